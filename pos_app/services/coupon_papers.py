"""Coupons on paper: queued in the transaction that gives them, wiped once printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.documents.amounts import slip_price
from pos_app.documents.coupon_paper import PaperCoupon, coupon_paper
from pos_app.documents.last_moment import until_text
from pos_app.documents.layout import Layout
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.shop import Shop
from pos_app.i18n import Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import COUPON_PAPER, PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class CouponForm:
    """What coupons on paper need; gathered before the core thread runs.

    Attributes:
        shop: whose name stands on top. language: of the paper. note: a last line.
    """

    shop: Shop
    language: str
    note: str = ""


def queue_coupons(
    unit: UnitOfWork,
    desk: Desk,
    given: Sequence[GivenCoupon],
    form: CouponForm,
    at: Timestamp,
) -> int:
    """Queue a paper for each coupon that has a code; return how many.

    Args:
        unit: the transaction; the caller wakes the printer after it.
        desk: for ids.
        given: the coupons; one on a member's list needs no paper.
        form: see there.
        at: when.
    """
    count = 0
    for coupon in given:
        if coupon.code:
            unit.add_print_job(_job(desk, coupon, form, at))
            count += 1
    return count


def queue_given(booking: SaleBooking) -> int:
    """Queue the papers of the coupons that a ticket gave to whoever holds them.

    Whether the customer wants a slip or not: the code is nowhere else.
    """
    form = CouponForm(booking.shop, booking.sale.language)
    given = booking.facts.coupons
    return queue_coupons(booking.unit, booking.desk, given, form, booking.stamp.at)


def _job(desk: Desk, given: GivenCoupon, form: CouponForm, at: Timestamp) -> PrintJob:
    return PrintJob(
        job_id=desk.ids.new(),
        document_id=given.coupon_id,
        kind=COUPON_PAPER,
        copy_number=0,
        printer=RECEIPT_PRINTER,
        layout=paper_layout(given, form),
        opens_drawer=False,
        state=PrintJobState.QUEUED,
        offset_bytes=0,
        reason="",
        queued_at=at,
    )


def paper_layout(given: GivenCoupon, form: CouponForm) -> Layout:
    """Lay a coupon's paper out."""
    zone = ZoneInfo(form.shop.time_zone)
    until = until_text(given.until, zone) if given.until is not None else ""
    value_minor, currency = given.value_minor, form.shop.rules.currency
    value = "" if value_minor is None else slip_price(value_minor, currency)
    paper = PaperCoupon(given.name, given.code, until, value, form.note)
    return coupon_paper(paper, form.shop, Words(form.language))
