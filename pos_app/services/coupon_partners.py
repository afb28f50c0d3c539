"""异业合作: other businesses that hand coupons out, and what is settled with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.documents.partner_slip import SettledPaper, partner_slip
from pos_app.domain.coupon.partner import PartnerTerms, Settlement, settle
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.coupons import PartnerVersion
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.services.slip_forms import SlipFormService
from pos_app.values.money import format_minor
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period

NAME_LIMIT = 40
SETTLEMENT_SLIP = "partner_settlement"
_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class PartnerDraft:
    """What is agreed with a partner, as a person types it.

    Attributes:
        name: of the business. bears: how much of the savings it pays.
        fee_minor: what it gets for each coupon that was used.
        partner_id: of the one that is changed; "" for a new one.
        is_ended: nothing new is handed out.
    """

    name: str
    bears: Percentage
    fee_minor: int = 0
    partner_id: str = ""
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class PartnerSettlement:
    """What is settled with a partner for a while.

    Attributes:
        partner: the agreement that holds. period: of the redemptions.
        settlement: the sums, and each coupon. numbers: of the sales, by their ids.
    """

    partner: PartnerVersion
    period: Period
    settlement: Settlement
    numbers: dict[str, str]


class CouponPartners:
    """Agreements with partners, and their settlements."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms

    def all(self) -> Sequence[PartnerVersion]:
        """Return the partners by name."""
        return self._desk.ledger.coupons.partners()

    def save(self, draft: PartnerDraft) -> Future[PartnerVersion]:
        """Store what is agreed as the next version.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_partner_name", "coupon_partner_share".
        """
        desk = self._desk
        clearance = desk.allow(Demand(Permission.LOYALTY, draft.partner_id))
        name = draft.name.strip()
        if not 1 <= len(name) <= NAME_LIMIT:
            raise UserError(CouponRefusal.PARTNER_NAME.value, most=NAME_LIMIT)
        if not 0 <= draft.bears.millionths <= _WHOLE or draft.fee_minor < 0:
            raise UserError(CouponRefusal.PARTNER_SHARE.value)
        stamp = desk.stamp()
        partner_id = draft.partner_id or desk.ids.new()
        terms = PartnerTerms(partner_id, draft.bears, draft.fee_minor)
        known = {each.terms.partner_id: each.version for each in self.all()}
        version = known.get(partner_id, 0) + 1
        stored = PartnerVersion(
            terms, version, name, stamp.at, stamp.actor, draft.is_ended
        )
        body = {
            "partner": partner_id,
            "version": version,
            "name": name,
            "bears_millionths": draft.bears.millionths,
            "fee_minor": draft.fee_minor,
            "is_ended": draft.is_ended,
            "approved_by": clearance.approved_by,
        }

        def work(unit: UnitOfWork) -> PartnerVersion:
            unit.coupons.add_partner(stored)
            unit.append(EntryKind.PARTNER_CHANGED, body, stamp)
            return stored

        return desk.record(work)

    def settling(
        self, partner_id: str, period: Period
    ) -> Callable[[], PartnerSettlement]:
        """Return what adds up the coupons used within a while, on any thread.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_unknown".
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, partner_id))
        partner = next(
            (x for x in self.all() if x.terms.partner_id == partner_id), None
        )
        if partner is None:
            raise UserError(CouponRefusal.UNKNOWN.value)
        known = partner

        def add_up() -> PartnerSettlement:
            coupons = desk.ledger.coupons.of_partner(partner_id, period)
            found = settle(known.terms, coupons)
            numbers = {}
            for row in found.rows:
                sale = desk.ledger.sale(row.sale_id)
                numbers[row.sale_id] = sale.number if sale is not None else ""
            return PartnerSettlement(known, period, found, numbers)

        return add_up

    def print(self, settled: PartnerSettlement) -> Future[PrintJob]:
        """Print a settlement; it is no document of value, so never a copy."""
        desk, shop = self._desk, self._desk.shop
        now = desk.clock.now()
        paper = SettledPaper(
            settled.partner.name,
            settled.settlement,
            settled.numbers,
            now.at(ZoneInfo(shop.time_zone)),
        )
        job = PrintJob(
            job_id=desk.ids.new(),
            document_id=desk.ids.new(),
            kind=SETTLEMENT_SLIP,
            copy_number=0,
            printer=RECEIPT_PRINTER,
            layout=partner_slip(paper, shop, Words(self._forms.language())),
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=now,
        )

        def work(unit: UnitOfWork) -> PrintJob:
            unit.add_print_job(job)
            return job

        future = desk.record(work)
        future.add_done_callback(lambda _done: desk.printer.wake())
        return future


def settlement_table(settled: PartnerSettlement, currency: str) -> str:
    """Return a settlement as CSV (RFC 4180), a row for each coupon, then the sums."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("partner", "sale", "coupon", "saving", "partner_share"))
    for row in settled.settlement.rows:
        writer.writerow(
            (
                settled.partner.name,
                settled.numbers.get(row.sale_id, ""),
                row.coupon_id,
                format_minor(row.saving_minor, currency),
                format_minor(row.partner_minor, currency),
            )
        )
    sums = settled.settlement
    for name, minor in (
        ("saving", sums.saving_minor),
        ("partner_share", sums.partner_minor),
        ("fee", sums.fee_minor),
        ("due", sums.due_minor),
    ):
        writer.writerow(("", "", name, format_minor(minor, currency), ""))
    return out.getvalue()
