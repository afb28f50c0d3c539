"""Signed coupons on paper: the shop's key vouches for them, no list has to know them."""

from __future__ import annotations

from concurrent.futures import Future
from zoneinfo import ZoneInfo

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import end_of_day
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.coupon_batches import CouponBatches
from pos_app.services.coupon_papers import CouponForm, queue_coupons
from pos_app.services.desk import Desk
from pos_app.services.slip_forms import SlipFormService

#: A signature says until when it is good: so long where the template never ends.
LONGEST_DAYS = 365


class SignedPapers:
    """Signs coupons and queues a paper for each."""

    def __init__(
        self, desk: Desk, batches: CouponBatches, forms: SlipFormService
    ) -> None:
        self._desk, self._batches, self._forms = desk, batches, forms

    def print(self, template_id: str, count: int) -> Future[int]:
        """Sign coupons and print each; return how many.

        Args:
            template_id: of what. They end as the template says, from now.
            count: how many.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: what `CouponBatches.signed` refuses.
        """
        desk, shop = self._desk, self._desk.shop
        template = desk.ledger.coupons.template(template_id)
        if template is None:
            raise UserError(CouponRefusal.UNKNOWN.value)
        now, zone = desk.clock.now(), ZoneInfo(shop.time_zone)
        until = template.validity.window(now, zone).end
        ends = until or end_of_day(now, zone, LONGEST_DAYS)
        texts = self._batches.signed(template_id, count, ends)
        given = [
            GivenCoupon(desk.ids.new(), template.name, text, ends) for text in texts
        ]
        form = CouponForm(shop, self._forms.language())

        def work(unit: UnitOfWork) -> int:
            return queue_coupons(unit, desk, given, form, now)

        future = desk.record(work)
        future.add_done_callback(lambda _done: desk.printer.wake())
        return future
