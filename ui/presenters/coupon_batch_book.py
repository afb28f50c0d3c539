"""Batches in the back office: made, printed or saved as a table, revoked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _
from pos_app.services.coupon_batches import BatchOrder
from ui.format import day_text
from ui.presenters.coupon_form import read_count
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

REVOKE = "batchRevoke"
NOBODY = "shop"


@dataclass(frozen=True, slots=True)
class BatchForm:
    """A batch as it is ordered, or as it is; `batch_id` "" for a new one."""

    batch_id: str = ""
    template_id: str = ""
    count: str = "100"
    partner_id: str = NOBODY
    note: str = ""
    printed: bool = False
    signed: bool = False


class BatchBook(OfficeBook[BatchForm]):
    """Lists the batches, the newest first."""

    key = "batches"
    title = N_("Batches")
    icon = "package"
    add_words = N_("Make coupons")
    can_order = False
    part: CouponsPart

    @override
    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        names = self.part.names()
        zone = ZoneInfo(self.work.counter.desk.shop.time_zone)
        return tuple(
            OfficeRow(
                each.batch.batch_id,
                f"{names.get(each.batch.template_id, '')} × {each.batch.size}",
                _(
                    "{day} · {redeemed} used · {open} open",
                    day=day_text(each.made_at.at(zone).date()),
                    redeemed=each.redeemed,
                    open=each.open,
                ),
                _("revoked") if each.ended_at is not None else "",
                each.ended_at is not None,
            )
            for each in self.part.service.batches.all()
        )

    @override
    def read(self, key: str) -> BatchForm | None:
        stored = self.work.counter.desk.ledger.coupons.batch(key)
        if stored is None:
            return None
        batch = stored.batch
        return BatchForm(
            key,
            batch.template_id,
            str(batch.size),
            batch.partner_id or NOBODY,
            stored.note,
        )

    @override
    def blank(self, wanted: str) -> BatchForm:
        return BatchForm(template_id=next(iter(self.part.names(given=True)), ""))

    @override
    def name(self, draft: BatchForm) -> str:
        return self.part.names().get(draft.template_id, "") or _("New batch")

    @override
    def fields(self, draft: BatchForm, *, is_new: bool) -> Sequence[FieldView]:
        if not is_new:
            return self._known(draft)
        names = self.part.names(given=True)
        coupons = tuple(Option(key, words) for key, words in names.items())
        partners = (Option(NOBODY, _("This shop")), *self.part.partners())
        return (
            FieldView(
                FieldKind.PICK,
                "template_id",
                _("Which coupon"),
                draft.template_id,
                options=coupons,
            ),
            FieldView(FieldKind.TEXT, "count", _("How many"), draft.count, limit=5),
            FieldView(
                FieldKind.PICK,
                "partner_id",
                _("Who hands them out"),
                draft.partner_id,
                options=partners,
            ),
            FieldView(FieldKind.TEXT, "note", _("What for"), draft.note, limit=60),
            FieldView(
                FieldKind.SWITCH,
                "printed",
                _("Print each on paper"),
                "1" if draft.printed else "",
                _("Off: the codes are saved as a table, once"),
            ),
            FieldView(
                FieldKind.SWITCH,
                "signed",
                _("Signed by the shop"),
                "1" if draft.signed else "",
                _("On: printed only; good by the shop's signature, in no batch"),
            ),
        )

    def _known(self, draft: BatchForm) -> Sequence[FieldView]:
        stored = self.work.counter.desk.ledger.coupons.batch(draft.batch_id)
        assert stored is not None
        partners = {x.key: x.words for x in self.part.partners(ended_too=True)}
        facts = (
            Option(
                _("Who hands them out"), partners.get(draft.partner_id, _("This shop"))
            ),
            Option(_("What for"), stored.note or "–"),
            Option(_("Made"), str(stored.issued)),
            Option(_("Taken by members"), str(stored.claimed)),
            Option(_("Used"), str(stored.redeemed)),
            Option(_("Still open"), str(stored.open)),
        )
        gone = _("This batch was revoked.") if stored.ended_at is not None else ""
        key = OfficeKey(REVOKE, _("Revoke what is open"), "prohibit", True, gone)
        return (
            FieldView(FieldKind.FACTS, "facts", options=facts),
            FieldView(FieldKind.KEYS, "keys", keys=(key,)),
        )

    @override
    def edited(self, draft: BatchForm, key: str, value: str) -> BatchForm:
        if draft.batch_id:
            return draft
        if key == "printed":
            return replace(draft, printed=bool(value))
        if key == "signed":
            return replace(draft, signed=bool(value))
        changes: dict[str, Any] = {key: value}
        return replace(draft, **changes)

    def order(self, draft: BatchForm) -> BatchOrder:
        """Return what is ordered.

        Raises:
            UserError: "coupon_template_unsound" with `field`.
        """
        partner = "" if draft.partner_id == NOBODY else draft.partner_id
        count = read_count(draft.count, "count")
        return BatchOrder(
            draft.template_id, count, partner, draft.note.strip(), draft.printed
        )

    @override
    def act(self, draft: BatchForm, key: str) -> None:
        if key == REVOKE:
            self.part.revoke(draft.batch_id)

    @override
    def problem_field(self, error: GuitaiError) -> str:
        if error.key == CouponRefusal.COUNT_ABSURD.value:
            return "count"
        return str(error.params.get("field", ""))
