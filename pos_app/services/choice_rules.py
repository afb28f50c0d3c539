"""Tenders and reasons: named, ordered, switched off and on; old documents keep theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.errors import UserError
from pos_app.ports.catalog import Reason
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note, differences
from pos_app.services.desk import Desk
from pos_app.services.stock_reasons import with_usual
from pos_app.services.typed_text import typed_text

CHOICE_NAME_LIMIT = 30
#: What the till asks a reason for, in the order of a day.
REASON_USES = (
    "line_void",
    "sale_void",
    "discount",
    "price_override",
    "promotion_decline",
    "return",
    "sale_reverse",
    "no_sale",
    "paid_in",
    "paid_out",
    "stock_waste",
    "stock_adjust",
)

Choice = TypeVar("Choice", TenderType, Reason)


class TenderRuleService:
    """Changes tenders (Permission.SETTINGS)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[TenderType, ...]:
        """Return every tender in order, those switched off too."""
        return tuple(self._desk.catalog.known_tenders())

    def new_key(self) -> str:
        """Return the key of a tender that is about to be added."""
        return self._desk.ids.new()

    def put(self, tender: TenderType) -> CatalogChange:
        """Return what adds a tender, or changes the one of its key.

        Its kind stays what it is; change is given for cash only, and another cash
        cannot be added: a drawer holds one.

        Raises:
            UserError: "choice_name_missing", "tender_in_open_sale"; from the
                change "tender_last_cash", "tender_name_taken", "tender_second_cash".
            ApprovalNeeded: "not_permitted".
        """
        stamp = _allowed(self._desk, tender.key)
        name, names = _named(tender.name, tender.names)
        if not tender.is_active and tender.key in self._in_open_sale():
            raise UserError("tender_in_open_sale", tender=tender.name)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = tuple(editor.known_tenders())
            before = next((x for x in present if x.key == tender.key), None)
            kind = before.kind if before else tender.kind
            is_cash = kind is TenderKind.CASH
            if before is None and is_cash:
                raise UserError("tender_second_cash")
            if is_cash and not tender.is_active:
                raise UserError("tender_last_cash")
            if any(x.name == name and x.key != tender.key for x in present):
                raise UserError("tender_name_taken", tender=name)
            after = replace(
                tender,
                name=name,
                names=names,
                kind=kind,
                gives_change=is_cash,
                asks_reference=tender.asks_reference and not is_cash,
                position=before.position if before else len(present),
            )
            if before == after:
                return ()
            editor.put_tenders(_with(present, after))
            old = _tender(before) if before else None
            return [
                _note(
                    self._desk,
                    stamp,
                    EntryKind.TENDER_CHANGED,
                    old,
                    _tender(after),
                    tender=after.key,
                )
            ]

        return CatalogChange(stamp, edit)

    def order(self, keys: Sequence[str]) -> CatalogChange:
        """Return what puts the tenders in another order.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        stamp = _allowed(self._desk, "order")

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = tuple(editor.known_tenders())
            moved = _ordered(present, keys)
            was, now = [x.key for x in present], [x.key for x in moved]
            if was == now:
                return ()
            editor.put_tenders(
                [replace(x, position=place) for place, x in enumerate(moved)]
            )
            kind = EntryKind.TENDER_CHANGED
            return [_note(self._desk, stamp, kind, {"order": was}, {"order": now})]

        return CatalogChange(stamp, edit)

    def _in_open_sale(self) -> set[str]:
        sale = self._desk.ledger.open_sale()
        if sale is None:
            return set()
        return {x.key for x in (*sale.tenders, *sale.refunds)}


class ReasonRuleService:
    """Changes the reasons that people may choose (Permission.SETTINGS)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> tuple[Reason, ...]:
        """Return every reason in order, those switched off too.

        A shop that has none for stock begins with the usual ones.
        """
        return self._all(self._desk.catalog.known_reasons())

    def new_key(self) -> str:
        """Return the key of a reason that is about to be added."""
        return self._desk.ids.new()

    def put(self, reason: Reason) -> CatalogChange:
        """Return what adds a reason, or changes the one of its key.

        What it is for stays; journal and reports name it for ever.

        Raises:
            UserError: "choice_name_missing", "reason_use_unknown"; from the change
                "reason_name_taken", or "reason_last" for the only one of its use
                that is left.
            ApprovalNeeded: "not_permitted".
        """
        stamp = _allowed(self._desk, reason.key)
        name, names = _named(reason.name, reason.names)
        language = self._desk.shop.language  # the catalogue is the screen's thread's

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = with_usual(editor.known_reasons(), language)
            before = next((x for x in present if x.key == reason.key), None)
            if before is None and reason.use not in REASON_USES:
                raise UserError("reason_use_unknown")
            use = before.use if before else reason.use
            after = replace(reason, name=name, names=names, use=use)
            others = [x for x in present if x.use == use and x.key != after.key]
            if any(x.name == name for x in others):
                raise UserError("reason_name_taken", reason=name)
            was_on = before is not None and before.is_active
            if was_on and not after.is_active and not any(x.is_active for x in others):
                raise UserError("reason_last", reason=name)
            if before == after:
                return ()
            editor.put_reasons(_with(present, after))
            old = _reason(before) if before else None
            return [
                _note(
                    self._desk,
                    stamp,
                    EntryKind.REASON_CHANGED,
                    old,
                    _reason(after),
                    reason=after.key,
                )
            ]

        return CatalogChange(stamp, edit)

    def order(self, keys: Sequence[str]) -> CatalogChange:
        """Return what puts reasons in another order; those not named keep theirs.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        stamp = _allowed(self._desk, "order")
        language = self._desk.shop.language

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            present = with_usual(editor.known_reasons(), language)
            moved = _ordered(present, keys)
            was, now = [x.key for x in present], [x.key for x in moved]
            if was == now:
                return ()
            editor.put_reasons(moved)
            kind = EntryKind.REASON_CHANGED
            return [_note(self._desk, stamp, kind, {"order": was}, {"order": now})]

        return CatalogChange(stamp, edit)

    def _all(self, known: Sequence[Reason]) -> tuple[Reason, ...]:
        return with_usual(known, self._desk.shop.language)


def _allowed(desk: Desk, subject: str) -> Stamp:
    desk.allow(Demand(Permission.SETTINGS, subject))
    return desk.stamp()


def _named(
    name: str, names: tuple[tuple[str, str], ...]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    called = typed_text(name, CHOICE_NAME_LIMIT)
    if not called:
        raise UserError("choice_name_missing")
    cleaned = [(tag, typed_text(text, CHOICE_NAME_LIMIT)) for tag, text in names]
    return called, tuple((tag, text) for tag, text in cleaned if text)


def _with(present: Sequence[Choice], after: Choice) -> list[Choice]:
    """Return what there is with one changed in its place, or added at the end."""
    found: list[Choice] = list(present)
    place = next((at for at, x in enumerate(found) if x.key == after.key), len(found))
    found[place : place + 1] = [after]
    return found


def _ordered(present: Sequence[Choice], keys: Sequence[str]) -> list[Choice]:
    """Put those that are named in their order into the places that they have."""
    named = [key for key in keys if any(x.key == key for x in present)]
    by_key = {x.key: x for x in present}
    waiting = iter(named)
    return [by_key[next(waiting)] if x.key in named else x for x in present]


def _note(
    desk: Desk,
    stamp: Stamp,
    kind: EntryKind,
    before: dict[str, object] | None,
    after: dict[str, object],
    **ids: str,
) -> JournalNote:
    if before is None:
        return change_note(desk, kind, stamp, before=None, after=after, **ids)
    old, new = differences(before, after)
    return change_note(desk, kind, stamp, before=old, after=new, **ids)


def _tender(tender: TenderType) -> dict[str, object]:
    return {
        "name": tender.name,
        "names": [list(pair) for pair in tender.names],
        "kind": tender.kind.value,
        "opens_drawer": tender.opens_drawer,
        "asks_reference": tender.asks_reference,
        "is_refundable": tender.is_refundable,
        "is_active": tender.is_active,
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {
        "use": reason.use,
        "name": reason.name,
        "names": [list(pair) for pair in reason.names],
        "is_active": reason.is_active,
    }
