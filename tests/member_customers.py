"""Customers who try everything at a real counter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pos_app.domain.loyalty.burning import BurnAs
from pos_app.domain.member.recognition import Means
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.services.replay import ReplayClock
from pos_app.services.returnable import ReturnableSale
from tests.builders_returns import REASON
from tests.counter_shop import NOON, opened
from tests.member_dealings import Dealings
from tests.member_shop import member_shop

#: Everything somebody may try; often what moves something.
ACTIONS = (
    *("scan", "scan", "attach", "pay", "pay", "buy", "buy", "buy", "buy", "buy"),
    *("points", "wallet", "gift_card", "coupon", "coupon", "back", "back", "back"),
    *("back", "mirror", "mirror", "exchange", "exchange", "remove", "cash"),
    *("take_coupon_back", "take_points_back", "give_back", "give_money", "detach"),
    *("void", "park", "resume", "join", "void_parked", "restart", "night", "days"),
    *("seconds", "top_up", "sell_card", "refund_value", "refund_value", "adjust"),
    *("give_coupon", "coupon_for_points", "here", "tried_on", "unite", "part"),
    *("revoke", "correct", "refer"),
)


class Customers(Dealings):
    """Customers at a till; `do` never raises for what a till refuses."""

    #: What closes the shop that was opened for them; None where it stays open.
    opening: ExitStack | None = None

    # ---------------------------------------------------------- the open ticket

    def scan(self, who: int, much: int) -> None:
        self.counter.sale.scan(list(self.prices)[who], Decimal(1 + much % 3))

    def remove(self, who: int, _much: int) -> None:
        basket = self.counter.sale.keeper.going_on().basket
        lines = basket.lines[who : who + 1]
        for line in lines:
            self.counter.sale.remove_line(line.line_id)
        for back in basket.returns[who : who + 1]:
            self.counter.returns.remove(back.line_id)

    def attach(self, who: int, much: int) -> None:
        means = (Means.ROTATING_CODE, Means.ROTATING_CODE, Means.PHONE_SAID)[much % 3]
        self.counter.members.attach(self.ids[who], means)

    def detach(self, _who: int, _much: int) -> None:
        self.counter.members.detach()

    def points(self, _who: int, much: int) -> None:
        most = self.counter.points.burnable().burn.points
        if most:
            self.counter.points.give(most if much % 2 else max(100, most // 200 * 100))

    def take_points_back(self, _who: int, _much: int) -> None:
        self.counter.points.give(None)

    def wallet(self, who: int, much: int) -> None:
        wallet = self.counter.stored_value.wallet(self.ids[who])
        if wallet is not None:
            self._value(wallet.account_id, much)

    def gift_card(self, who: int, much: int) -> None:
        for code in self.cards[who::3][:1]:
            self._value(self.counter.stored_value.gift_card(code).account_id, much)

    def _value(self, account_id: str, much: int) -> None:
        self.counter.stored_value.pay(account_id, None if much % 2 else much * 10)

    def coupon(self, who: int, much: int) -> None:
        if much % 2 and self.codes:
            self.counter.coupons.show(self.codes[much // 2 % len(self.codes)])
            return
        usable = self.counter.coupons.usable()
        if usable:
            self.counter.coupons.use(usable[who % len(usable)].coupon_id)

    def take_coupon_back(self, who: int, _much: int) -> None:
        for shown in self.counter.sale.keeper.going_on().basket.coupons[who : who + 1]:
            self.counter.coupons.take_back(shown.coupon_id)

    def cash(self, _who: int, much: int) -> None:
        self.counter.checkout.take("cash", much)

    def give_back(self, who: int, _much: int) -> None:
        current = self.counter.sale.keeper.going_on()
        for tender in current.tenders[who : who + 1]:
            self.counter.checkout.give_back(tender.tender_id)
        for refund in current.refunds[who : who + 1]:
            self.counter.refund.take_back(refund.tender_id)

    def give_money(self, who: int, much: int) -> None:
        key = ("cash", "points", "stored_value")[who]
        self.counter.refund.give(key, much if much % 2 else None)

    def pay(self, _who: int, much: int) -> None:
        """Pay or refund what is left, in the usual way, and end the ticket."""
        counter = self.counter
        payment = counter.checkout.payment
        if payment is not None and payment.due_minor > 0:
            key = "card" if much % 3 == 0 else "cash"
            counter.checkout.take(key, None, "1234" if key == "card" else "")
        for way in counter.refund.ways():
            refund = counter.refund.payment
            if refund is not None and not refund.is_settled:
                with suppress(UserError):
                    counter.refund.give(way.key, way.amount_minor)
        refund = counter.refund.payment
        if refund is not None and not refund.is_settled:
            with suppress(UserError):
                counter.refund.give("cash")
        self.booked(counter.checkout.finish(print_slip=False).result())
        counter.checkout.finished()

    def buy(self, who: int, much: int) -> None:
        """Buy at once, with whatever there is to lower the price."""
        self.scan(who, much)
        self.attach((who + much) % 3, much)
        for means in (self.coupon, self.points, self.wallet, self.gift_card)[
            much % 5 :
        ]:
            with suppress(UserError):
                means((who + much) % 3, much)
        self.pay(who, much)

    def void(self, _who: int, _much: int) -> None:
        self.counter.checkout.void_sale("customer_left").result()
        self.counter.checkout.finished()

    def park(self, _who: int, _much: int) -> None:
        self.counter.park.park().result()
        self.counter.park.settled()

    def _parked(self, action: Any) -> None:
        for parked in self.counter.park.all()[:1]:
            action(parked.sale.basket.basket_id).result()
            self.counter.park.settled()

    def resume(self, _who: int, _much: int) -> None:
        self._parked(self.counter.park.resume)

    def join(self, _who: int, _much: int) -> None:
        self._parked(self.counter.park.merge)

    def void_parked(self, _who: int, _much: int) -> None:
        self._parked(lambda key: self.counter.park.void(key, "customer_left"))

    # ------------------------------------------------------------------- back

    def _some_sale(self, much: int) -> Sale | None:
        sold = [sale for sale in self.sales.values() if sale.lines]
        return sold[-1 - much % len(sold)] if sold else None

    def back(self, who: int, much: int) -> None:
        """Bring some goods of a sale back; in an open ticket it is an exchange."""
        sale = self._some_sale(much)
        if sale is None:
            return
        position = 1 + who % len(sale.lines)
        quantity = Decimal(1 + much % 2)
        take = self.counter.returns.set_quantity
        self._reasons(self._approved(take, sale.sale_id, position, quantity))
        if much % 3:
            self.pay(who, 1)

    def _reasons(self, found: ReturnableSale) -> None:
        for line in found.lines:
            if line.here is not None:
                self.counter.returns.set_reason(line.here.line_id, REASON)

    def exchange(self, who: int, much: int) -> None:
        """Bring something back and buy something else in the same ticket."""
        self.back(who, 3 * (much // 3))
        self.buy(who, much)

    def mirror(self, _who: int, much: int) -> None:
        sale = self._some_sale(much)
        if sale is not None:
            reverse = self.counter.reversal.reverse
            done = reverse(sale.sale_id, self.mistake, print_slip=False)
            self.booked(done.result())

    def correct(self, who: int, much: int) -> None:
        """Have a tender booked as another one."""
        sale = self._some_sale(much)
        if sale is not None and sale.tenders:
            wrong = sale.tenders[who % len(sale.tenders)].tender_id
            key = ("cash", "stored_value", "points")[much % 3]
            correct = self.counter.tender_correction.correct
            self.corrected(correct(sale.sale_id, wrong, key, "1234").result())

    def restart(self, _who: int, _much: int) -> None:
        """Close the shop and open it again, where it was opened for them."""
        self.reopen()

    def reopen(self) -> None:
        """Start the till anew; what lies on the counter goes on lying there."""
        if self.opening is None:
            return
        folder = self.till.folder
        self.till.ledger.flush()
        before = self.counter.sale.current
        self.opening.close()
        self.at(self.opening.enter_context(opened(folder, self.clock)))
        assert self.counter.sale.current == before


Kind = TypeVar("Kind", bound=Customers)


@contextmanager
def customers_of(
    kind: type[Kind], burn_as: BurnAs, pending_days: int = 0
) -> Iterator[Kind]:
    """Open a shop full of members, and close it whatever was opened since."""
    clock = ReplayClock(NOON)
    with tempfile.TemporaryDirectory() as parent, ExitStack() as stack:
        folder = member_shop(Path(parent), burn_as, pending_days)
        customers = kind(stack.enter_context(opened(folder, clock)), clock)
        customers.opening = stack
        yield customers
