"""Reasons in the back office: what people may answer when the till asks why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.catalog import Reason
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.choice_rules import CHOICE_NAME_LIMIT, REASON_USES
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import FieldKind, FieldView, OfficeRow
from ui.presenters.tender_book import names_fields, with_name

_USES: Mapping[str, str] = {
    "line_void": N_("Delete line"),
    "sale_void": N_("Void sale"),
    "discount": N_("Discount"),
    "price_override": N_("Price change"),
    "promotion_decline": N_("Without the promotion"),
    "return": N_("Return"),
    "sale_reverse": N_("Reverse sale"),
    "no_sale": N_("Open drawer"),
    "paid_in": N_("Paid in"),
    "paid_out": N_("Paid out"),
    "stock_waste": N_("Write-off"),
    "stock_adjust": N_("Stock by hand"),
}
_PROBLEMS = {"choice_name_missing": "name", "reason_name_taken": "name"}


class ReasonBook(OfficeBook[Reason]):
    """Lists the reasons of one use, in the order of their keys."""

    key = "reasons"
    title = N_("Reasons")
    icon = "question"
    add_words = N_("Add a reason")

    @override
    def filters(self) -> tuple[tuple[str, str], ...]:
        uses = [use for use in REASON_USES if use in _USES]
        return tuple(("" if use == uses[0] else use, _(_USES[use])) for use in uses)

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        language, use = current_language(), wanted or REASON_USES[0]
        return tuple(
            OfficeRow(
                x.key,
                x.name_in(language),
                mark="" if x.is_active else _("off"),
                is_off=not x.is_active,
            )
            for x in self.work.counter.reasons.all()
            if x.use == use
        )

    @override
    def read(self, key: str) -> Reason | None:
        return next((x for x in self.work.counter.reasons.all() if x.key == key), None)

    @override
    def blank(self, wanted: str) -> Reason:
        key = self.work.counter.reasons.new_key()
        return Reason(key, wanted or REASON_USES[0], "", ())

    @override
    def name(self, draft: Reason) -> str:
        return draft.name_in(current_language()) or _("A new reason")

    @override
    def note(self, draft: Reason) -> str:
        return _(_USES.get(draft.use, N_("Approval")))

    @override
    def fields(self, draft: Reason, *, is_new: bool) -> Sequence[FieldView]:
        return [
            *names_fields(
                draft.name,
                draft.names,
                CHOICE_NAME_LIMIT,
                self.work.counter.desk.shop.language,
            ),
            FieldView(
                FieldKind.SWITCH,
                "is_active",
                _("May be chosen"),
                "1" if draft.is_active else "",
                _("Off: offered no more; journal and reports keep its name"),
            ),
        ]

    @override
    def edited(self, draft: Reason, key: str, value: str) -> Reason:
        if key == "is_active":
            return replace(draft, is_active=bool(value))
        if key.startswith("name_"):
            return replace(draft, names=with_name(draft.names, key, value))
        return replace(draft, name=value)

    @override
    def saving(self, draft: Reason, *, is_new: bool) -> tuple[str, CatalogChange]:
        return draft.key, self.work.counter.reasons.put(draft)

    @override
    def ordering(self, keys: Sequence[str]) -> CatalogChange:
        return self.work.counter.reasons.order(keys)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        return _PROBLEMS.get(error.key, "")
