"""Tenders in the back office: what customers pay with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from typing_extensions import override

from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderType
from pos_app.errors import GuitaiError
from pos_app.i18n import LANGUAGES, N_, _, current_language
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.choice_rules import CHOICE_NAME_LIMIT
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeRow, Option

_LANGUAGE_NAMES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English"}
_KINDS = {
    TenderKind.CASH: N_("Cash"),
    TenderKind.CARD: N_("Card"),
    TenderKind.CODE: N_("Phone code"),
    TenderKind.OTHER: N_("Other"),
    TenderKind.STORED_VALUE: N_("Stored value"),
    TenderKind.GIFT_CARD: N_("Gift card"),
}
_PROBLEMS = {"choice_name_missing": "name", "tender_name_taken": "name"}
_FLAGS = ("opens_drawer", "asks_reference", "is_refundable", "is_active")


def names_fields(
    name: str, names: tuple[tuple[str, str], ...], limit: int, own: str
) -> list[FieldView]:
    """Return the fields of a name and of its translations.

    Args:
        name: in the shop's own language.
        names: in others.
        limit: characters of each.
        own: the shop's language, which needs no second.
    """
    known = dict(names)
    return [
        FieldView(FieldKind.TEXT, "name", _("What it is called"), name, limit=limit),
        FieldView(FieldKind.HEAD, "names", _("In other languages")),
        *(
            FieldView(
                FieldKind.TEXT,
                f"name_{tag}",
                _LANGUAGE_NAMES[tag],
                known.get(tag, ""),
                limit=limit,
            )
            for tag in LANGUAGES
            if tag != own or known.get(tag)
        ),
    ]


def with_name(
    names: tuple[tuple[str, str], ...], key: str, value: str
) -> tuple[tuple[str, str], ...]:
    """Return names with one of them typed anew; `key` is "name_en"."""
    known = {**dict(names), key.removeprefix("name_"): value}
    return tuple((tag, known[tag]) for tag in LANGUAGES if known.get(tag))


class TenderBook(OfficeBook[TenderType]):
    """Lists tenders in the order of the payment screen."""

    key = "tenders"
    title = N_("Tenders")
    icon = "credit-card"
    add_words = N_("Add a tender")

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        language = current_language()
        return tuple(
            OfficeRow(
                x.key,
                x.name_in(language),
                _(_KINDS[x.kind]),
                "" if x.is_active else _("off"),
                not x.is_active,
            )
            for x in self.work.counter.tenders.all()
        )

    @override
    def read(self, key: str) -> TenderType | None:
        return next((x for x in self.work.counter.tenders.all() if x.key == key), None)

    @override
    def blank(self, wanted: str) -> TenderType:
        return TenderType(
            key=self.work.counter.tenders.new_key(),
            name="",
            names=(),
            kind=TenderKind.OTHER,
            opens_drawer=False,
            gives_change=False,
            asks_reference=False,
            position=0,
        )

    @override
    def name(self, draft: TenderType) -> str:
        return draft.name_in(current_language()) or _("A new tender")

    @override
    def fields(self, draft: TenderType, *, is_new: bool) -> Sequence[FieldView]:
        is_cash = draft.kind is TenderKind.CASH
        kinds = [
            kind
            for kind in TenderKind
            if kind not in LEDGER_KINDS and (is_cash or kind is not TenderKind.CASH)
        ]
        words = {
            "opens_drawer": (_("Opens the drawer"), ""),
            "asks_reference": (
                _("Asks for a reference"),
                _("The last four digits or a voucher's number, never a card number"),
            ),
            "is_refundable": (
                _("Money can be given back with it"),
                _("Off: a refund of it goes back another way"),
            ),
            "is_active": (
                _("Customers can pay with it"),
                _("Off: gone from the payment screen; old documents keep its name"),
            ),
        }
        shown = [x for x in _FLAGS if not (is_cash and x == "asks_reference")]
        return [
            *names_fields(
                draft.name,
                draft.names,
                CHOICE_NAME_LIMIT,
                self.work.counter.desk.shop.language,
            ),
            FieldView(
                FieldKind.CHOICE,
                "kind",
                _("Kind"),
                draft.kind.value,
                options=tuple(Option(x.value, _(_KINDS[x])) for x in kinds),
                is_enabled=is_new,
            ),
            *(
                FieldView(
                    FieldKind.SWITCH,
                    flag,
                    words[flag][0],
                    "1" if getattr(draft, flag) else "",
                    words[flag][1],
                    is_enabled=not (is_cash and flag == "is_active"),
                )
                for flag in shown
            ),
        ]

    @override
    def edited(self, draft: TenderType, key: str, value: str) -> TenderType:
        if key == "kind":
            return replace(draft, kind=TenderKind(value))
        if key in _FLAGS:
            flags = {key: bool(value)}
            return replace(draft, **flags)  # type: ignore[arg-type]
        if key.startswith("name_"):
            return replace(draft, names=with_name(draft.names, key, value))
        return replace(draft, name=value)

    @override
    def saving(self, draft: TenderType, *, is_new: bool) -> tuple[str, CatalogChange]:
        return draft.key, self.work.counter.tenders.put(draft)

    @override
    def ordering(self, keys: Sequence[str]) -> CatalogChange:
        return self.work.counter.tenders.order(keys)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        return _PROBLEMS.get(error.key, "")
