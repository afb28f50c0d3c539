"""异业合作 in the back office: other businesses, and what is settled with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _
from pos_app.services.coupon_partners import PartnerDraft
from pos_app.values.money import format_minor, parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period
from pos_app.values.wall_time import wall_time
from ui.format import money
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)

if TYPE_CHECKING:
    from ui.presenters.coupon_part import CouponsPart

SETTLE, SETTLE_FILE, SETTLE_PRINT = "settle", "settleFile", "settlePrint"


@dataclass(frozen=True, slots=True)
class PartnerForm:
    """A partner as it is typed; `partner_id` "" for a new one."""

    partner_id: str = ""
    name: str = ""
    bears: str = "50"
    fee: str = ""
    is_ended: bool = False


class PartnerBook(OfficeBook[PartnerForm]):
    """Lists the businesses that hand coupons out (异业合作)."""

    key = "partners"
    title = N_("Partners")
    icon = "storefront"
    add_words = N_("Add a partner")
    can_order = False
    part: CouponsPart

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        return tuple(
            OfficeRow(
                each.terms.partner_id,
                each.name,
                _(
                    "bears {share} · {fee} for each coupon used",
                    share=str(each.terms.bears),
                    fee=money(each.terms.fee_minor, self.work.currency),
                ),
                _("ended") if each.is_ended else "",
                each.is_ended,
            )
            for each in self.part.service.partners.all()
        )

    @override
    def read(self, key: str) -> PartnerForm | None:
        for each in self.part.service.partners.all():
            if each.terms.partner_id == key:
                fee = each.terms.fee_minor
                return PartnerForm(
                    key,
                    each.name,
                    str(each.terms.bears).removesuffix("%").strip(),
                    format_minor(fee, self.work.currency) if fee else "",
                    each.is_ended,
                )
        return None

    @override
    def blank(self, wanted: str) -> PartnerForm:
        return PartnerForm()

    @override
    def name(self, draft: PartnerForm) -> str:
        return draft.name or _("New partner")

    @override
    def fields(self, draft: PartnerForm, *, is_new: bool) -> Sequence[FieldView]:
        bears = _("Percent of the savings that the partner pays")
        fee = _("What the partner gets for each coupon used")
        fields = [
            FieldView(
                FieldKind.TEXT, "name", _("Name of the business"), draft.name, limit=40
            ),
            FieldView(FieldKind.TEXT, "bears", bears, draft.bears, limit=6),
            FieldView(FieldKind.TEXT, "fee", fee, draft.fee, limit=12),
        ]
        if is_new:
            return fields
        fields.append(
            FieldView(
                FieldKind.SWITCH,
                "is_ended",
                _("The agreement has ended"),
                "1" if draft.is_ended else "",
                _("On: nothing new is handed out; what is open stays good"),
            )
        )
        return [*fields, *self._settled(draft)]

    def _settled(self, draft: PartnerForm) -> Sequence[FieldView]:
        keys = (
            OfficeKey(SETTLE, _("Settle these days"), "coins"),
            OfficeKey(SETTLE_FILE, _("Save as a table"), "file-xls"),
            OfficeKey(SETTLE_PRINT, _("Print"), "printer"),
        )
        first, last = self.part.settle_days
        head = (
            FieldView(FieldKind.HEAD, "settled", _("Settlement")),
            FieldView(
                FieldKind.TEXT, "first", _("From (year-month-day)"), first, limit=10
            ),
            FieldView(
                FieldKind.TEXT, "last", _("Until (year-month-day)"), last, limit=10
            ),
        )
        found = self.part.settled_of(draft.partner_id)
        if found is None:
            return (*head, FieldView(FieldKind.KEYS, "keys", keys=keys))
        sums, currency = found.settlement, self.work.currency
        facts = (
            Option(_("Handed out"), str(sums.issued)),
            Option(_("Used"), str(sums.redeemed)),
            Option(_("Saved by customers"), money(sums.saving_minor, currency)),
            Option(_("The partner bears"), money(sums.partner_minor, currency)),
            Option(_("Fees of the partner"), money(sums.fee_minor, currency)),
            Option(_("The partner pays to the shop"), money(sums.due_minor, currency)),
        )
        return (
            *head,
            FieldView(FieldKind.FACTS, "sums", options=facts),
            FieldView(FieldKind.KEYS, "keys", keys=keys),
        )

    @override
    def edited(self, draft: PartnerForm, key: str, value: str) -> PartnerForm:
        first, last = self.part.settle_days
        if key in ("first", "last"):
            days = (value, last) if key == "first" else (first, value)
            self.part.settle_days = days
            return draft
        if key == "is_ended":
            return replace(draft, is_ended=bool(value))
        changes: dict[str, Any] = {key: value}
        return replace(draft, **changes)

    def typed(self, draft: PartnerForm) -> PartnerDraft:
        """Return what was typed.

        Raises:
            UserError: "coupon_partner_share" with `field`.
        """
        try:
            bears = Percentage.parse(draft.bears.strip().removesuffix("%").strip())
            fee = parse_minor(draft.fee, self.work.currency) if draft.fee.strip() else 0
        except (UserError, ValueError):
            key = CouponRefusal.PARTNER_SHARE.value
            raise UserError(key, field="bears") from None
        return PartnerDraft(draft.name, bears, fee, draft.partner_id, draft.is_ended)

    @override
    def act(self, draft: PartnerForm, key: str) -> None:
        if key == SETTLE:
            self.part.settle(draft.partner_id)
        elif key == SETTLE_FILE:
            self.part.save_settlement(draft.partner_id)
        elif key == SETTLE_PRINT:
            self.part.print_settlement(draft.partner_id)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        known = {
            CouponRefusal.PARTNER_NAME.value: "name",
            CouponRefusal.PARTNER_SHARE.value: "bears",
            "moment_unreadable": "first",
        }
        return known.get(error.key, "")


def period_of_days(days: tuple[str, str], zone: tzinfo) -> Period:
    """Return the time from the first day's beginning to the last day's end.

    Args:
        days: first and last, "2026-11-01"; "" for no bound on that side.
        zone: of the shop.

    Raises:
        UserError: "moment_unreadable" for what is no day, or ends before it begins.
    """
    first, last = (_day(text) for text in days)
    start = None if first is None else wall_time(first, zone).moment
    end = None if last is None else wall_time(last + timedelta(days=1), zone).moment
    if start is not None and end is not None and end <= start:
        raise UserError("moment_unreadable")
    return Period(start, end)


def _day(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d")  # noqa: DTZ007 - wall time
    except ValueError:
        raise UserError("moment_unreadable") from None
