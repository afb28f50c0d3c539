"""The black box: who did what at this till, searched, replayed and exported."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from pos_app.domain.item import SellingUnit
from pos_app.domain.journal import JournalEntry
from pos_app.domain.journal_export import fingerprint_of
from pos_app.domain.journal_groups import KINDS_OF, MARK_OF, EntryGroup
from pos_app.domain.journal_terms import typed_terms
from pos_app.domain.permission import Permission, Staff
from pos_app.errors import UserError
from pos_app.ports.black_box import EntryQuery, Place, Seal
from pos_app.ports.catalog import Reason
from pos_app.services.desk import Desk
from pos_app.services.journal_export import ExportReport, JournalExport
from pos_app.services.offers import offers_then
from pos_app.services.sale_replay import SaleReplay
from pos_app.values.times import BusinessDay

_SALE_KEYS = ("sale", "sale_id", "basket", "basket_id", "subject")
_APPROVERS = ("approved_by",)
_AMOUNTS = (
    "total_minor",
    "amount_minor",
    "refund_minor",
    "difference_minor",
    "counted_minor",
    "float_minor",
)


@dataclass(frozen=True, slots=True)
class EntrySearch:
    """What a person looks for; what is left out filters nothing.

    Attributes:
        first_day, last_day: business days, both included.
        group: what kind of thing. actor: staff id; "" is the till itself.
        text: a document's number or its end, an amount, a reason's name or key,
            an article number.
    """

    first_day: BusinessDay | None = None
    last_day: BusinessDay | None = None
    group: EntryGroup | None = None
    actor: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """An entry with what its sentence needs.

    Attributes:
        entry: as stored. body: its body.
        actor: who did it; None for the till, or somebody nobody knows any more.
        approver: who approved it; None for nobody.
        sale_id: the sale it is about, "" for none. number: the document's number
            that people know, "" for none.
        amount_minor: what it is about, minor units; None for no amount.
        reason: the reason; None where the words in the body are not a key.
        item: what a deleted line sold; None where the catalogue knows it no more.
    """

    entry: JournalEntry
    body: Mapping[str, Any]
    actor: Staff | None
    approver: Staff | None
    sale_id: str
    number: str
    amount_minor: int | None
    reason: Reason | None
    item: SellingUnit | None = None


@dataclass(frozen=True, slots=True)
class ToldPage:
    """A page of entries, newest first; give `next_before` for older ones."""

    entries: tuple[ToldEntry, ...]
    next_before: Place | None


class BlackBoxService:
    """Reads the journal for whoever may (Permission.BLACK_BOX)."""

    def __init__(self, desk: Desk, seal: Seal) -> None:
        self._desk = desk
        self._seal = seal

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key that exports are signed with."""
        return fingerprint_of(self._seal.public_key)

    def search(
        self, wanted: EntrySearch, before: Place | None = None, limit: int = 50
    ) -> ToldPage:
        """Return entries, newest first.

        Raises:
            UserError: "not_permitted" or "not_signed_on".
        """
        self._desk.session.require(Permission.BLACK_BOX)
        query = EntryQuery(
            first_day=wanted.first_day,
            last_day=wanted.last_day,
            kinds=KINDS_OF[wanted.group] if wanted.group else frozenset(),
            actor=wanted.actor,
            terms=self._terms(wanted.text) if wanted.text.strip() else None,
            mark=MARK_OF.get(wanted.group, "") if wanted.group else "",
        )
        page = self._desk.ledger.black_box.page(query, before, limit)
        return ToldPage(self.tell(page.entries), page.next_before)

    def tell(self, entries: Sequence[JournalEntry]) -> tuple[ToldEntry, ...]:
        """Return entries with names, numbers and reasons looked up."""
        bodies = [_body(entry) for entry in entries]
        sale_ids = {_first(body, _SALE_KEYS) for body in bodies} - {""}
        numbers = self._desk.ledger.black_box.numbers_of(sale_ids)
        staff = {each.staff_id: each for each in self._desk.catalog.everybody()}
        reasons = {each.key: each for each in self._reasons()}
        return tuple(
            ToldEntry(
                entry=entry,
                body=body,
                actor=staff.get(entry.actor),
                approver=staff.get(_first(body, _APPROVERS)),
                sale_id=_sale_id(body, numbers),
                number=_number(body, numbers),
                amount_minor=_amount_minor(body),
                reason=reasons.get(_first(body, ("reason", "why"))),
                item=self._item(_first(body, ("sku", "code"))),
            )
            for entry, body in zip(entries, bodies, strict=True)
        )

    def people(self) -> tuple[Staff, ...]:
        """Return whoever stands in the journal and is known, former staff too."""
        found = set(self._desk.ledger.black_box.actors())
        everybody = self._desk.catalog.everybody()
        return tuple(each for each in everybody if each.staff_id in found)

    def span(self) -> tuple[BusinessDay, BusinessDay] | None:
        """Return the first and the last business day; None for an empty journal."""
        return self._desk.ledger.black_box.days()

    def replay(self, sale_id: str) -> SaleReplay:
        """Return the steps of a sale, however it ended.

        Raises:
            UserError: "not_permitted", or "sale_not_found" for a sale of which
                no step is kept.
        """
        self._desk.session.require(Permission.BLACK_BOX)
        ledger = self._desk.ledger
        stored = ledger.black_box.intents_of(sale_id)
        if not stored:
            raise UserError("sale_not_found")
        rules, document = self._desk.shop.rules, ledger.sale(sale_id)
        offers_of = partial(offers_then, self._desk)
        return SaleReplay(sale_id, stored, rules, document, offers_of)

    def exporter(
        self, first_day: BusinessDay, last_day: BusinessDay, file: Path
    ) -> JournalExport:
        """Return an export of the days given; its `run` may be on any thread.

        Raises:
            UserError: "not_permitted", or "period_backwards".
        """
        self._desk.allow(Permission.BLACK_BOX)
        if last_day < first_day:
            raise UserError("period_backwards")
        days = (first_day, last_day)
        return JournalExport(self._desk, self._seal, days, file, self._desk.stamp())

    def export(
        self, first_day: BusinessDay, last_day: BusinessDay, file: Path
    ) -> ExportReport:
        """Write the days given into a signed file that proves itself.

        Raises:
            UserError, StorageError: as `exporter` and `JournalExport.run`.
        """
        return self.exporter(first_day, last_day, file).run()

    def _reasons(self) -> list[Reason]:
        return list(self._desk.catalog.known_reasons())

    def _item(self, code: str) -> SellingUnit | None:
        """Return what a code names now; a label's code that is none names nothing."""
        if not code:
            return None
        with suppress(UserError):
            found = self._desk.catalog.scan(code, self._desk.clock.now())
            return found.unit if found else None
        return None

    def _terms(self, text: str) -> tuple[str, ...]:
        """Return what a person may mean: a word of the journal, or a reason's name."""
        typed = text.strip().casefold()
        named = [
            reason.key.casefold()
            for reason in self._reasons()
            if any(typed in name.casefold() for name in _names(reason))
        ]
        return (*typed_terms(text, self._desk.shop.rules.currency), *named)


def _names(reason: Reason) -> tuple[str, ...]:
    return (reason.name, *(name for _language, name in reason.names))


def _body(entry: JournalEntry) -> Mapping[str, Any]:
    body = json.loads(entry.canonical)["body"]
    assert isinstance(body, dict)
    return body


def _first(body: Mapping[str, Any], keys: Sequence[str]) -> str:
    """Return the first of these words that a body has."""
    found = (body.get(key) for key in keys)
    return next((word for word in found if isinstance(word, str) and word), "")


def _sale_id(body: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    """Return the sale; an approval's subject may be a line or a shift as well."""
    sale_id = _first(body, _SALE_KEYS[:-1])
    subject = _first(body, _SALE_KEYS[-1:])
    return sale_id or (subject if subject in numbers else "")


def _number(body: Mapping[str, Any], numbers: Mapping[str, str]) -> str:
    own = _first(body, ("number", "z_number", "shift_number"))
    return own or numbers.get(_first(body, _SALE_KEYS), "")


def _amount_minor(body: Mapping[str, Any]) -> int | None:
    """Return the amount that an entry is about."""
    if "expected_minor" in body and "counted_minor" in body:  # a closed shift
        return int(body["counted_minor"] - body["expected_minor"])
    if "tenders" in body and "change_minor" in body:  # a finished ticket
        taken = sum(each["amount_minor"] for each in body["tenders"])
        given = sum(each["amount_minor"] for each in body.get("refunds", ()))
        return int(taken - body["change_minor"] - given)
    found = (body.get(key) for key in _AMOUNTS)
    return next((amount for amount in found if isinstance(amount, int)), None)
