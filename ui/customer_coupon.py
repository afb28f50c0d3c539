"""A coupon that a ticket gave, as a code on the customer's screen.

Only one with a code of its own is shown: what is on a member's list needs none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from pos_app.documents.last_moment import until_text
from pos_app.domain.coupon.signed import looks_signed
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.sale import Sale
from pos_app.i18n import Words
from ui.presenters.customer import customer_language
from ui.presenters.customer_state import CustomerQr

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class CustomerCoupon(QObject):
    """Encodes the coupon of the sale that ended, off the screen's thread.

    Args:
        flow: the counter that the customer stands at.
        show: shows the customer's screen anew.
    """

    def __init__(self, flow: CounterFlow, show: Callable[[], None]) -> None:
        super().__init__(flow)
        self._flow, self._show = flow, show
        self._made: tuple[str, CustomerQr] | None = None

    def offered(self) -> str:
        """Return the names of coupons that the open basket could use."""
        work, look = self._flow.work, self._flow.features.coupons.look
        offer = look.offer(customer_language(work))
        return offer.title if offer is not None else ""

    def qr_of(self, sale: Sale) -> CustomerQr | None:
        """Return the code of a ticket's coupon; None for none."""
        made = self._made
        return made[1] if made is not None and made[0] == sale.sale_id else None

    def look(self, sale: Sale) -> None:
        """A sale has ended: encode its coupon if it gave one to take along."""
        self._made = None
        work = self._flow.work
        given = work.counter.checkout.given_with(sale.sale_id)
        if not given:
            return
        code, encode = given[0].code, work.upkeep.qr_rows
        correction = "L" if looks_signed(code) else "M"
        task = self._flow.runner.run(lambda: encode(code, correction))
        task.then(partial(self._on_made, sale.sale_id, given))

    def _on_made(
        self, sale_id: str, given: tuple[GivenCoupon, ...], rows: tuple[str, ...]
    ) -> None:
        words, first = Words(customer_language(self._flow.work)), given[0]
        detail = [words("Take a picture of it, or use the one on paper")]
        if first.until is not None:
            zone = ZoneInfo(self._flow.work.counter.desk.shop.time_zone)
            detail.append(words("until {day}", day=until_text(first.until, zone)))
        if len(given) > 1:
            more = len(given) - 1
            detail.append(
                words.plural("{count} more on paper", "{count} more on paper", more)
            )
        title = words("For you: {coupon}", coupon=first.name)
        self._made = (sale_id, CustomerQr(rows, title, " · ".join(detail)))
        self._show()
