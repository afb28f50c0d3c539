"""Customers who try everything at a real counter, and what is really in their pockets.

What they have is counted from outside: money that changed hands, goods at the price of
the shelf, and what the ledgers say is theirs. Nothing here knows how points, coupons
and value are booked.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from decimal import Decimal
from typing import Any

from pos_app.bootstrap import Till
from pos_app.domain.member.recognition import Means
from pos_app.domain.permission import Permission
from pos_app.domain.sale import Sale
from pos_app.domain.tender import LEDGER_KINDS
from pos_app.errors import GuitaiError, UserError
from pos_app.services.counter import Counter
from pos_app.services.member_merge import MergeReason
from pos_app.services.replay import ReplayClock
from pos_app.services.returnable import ReturnableSale
from pos_app.services.session import ApprovalNeeded
from pos_app.services.value_view import ValueMoney
from tests.builders_returns import REASON, SHIRT_M, approve
from tests.counter_shop import COLA, SUPERVISOR, TEA, query, unit_of
from tests.member_shop import OPENING, TOPPED_UP, WORTH, members_of, templates_of
from tests.value_till import able

GOODS = (TEA, COLA, SHIRT_M)
PRICES = {TEA: 1280, COLA: 350, SHIRT_M: 19900}
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


class Customers:
    """All customers together; `do` never raises for what a till refuses."""

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        self.clock = clock
        #: Money that they handed over, below zero; and what the shop gave away: of
        #: the prepared shop three top-ups with a bonus, and points.
        self.pocket, self.gifts = -3 * TOPPED_UP, 3 * (OPENING + 500)
        self.sales: dict[str, Sale] = {}
        self.back_minor: dict[str, int] = defaultdict(int)
        self.goods = 0
        self.cards: list[str] = []
        self.codes: list[str] = []
        self.bought_coupons: set[str] = set()
        self.merges: list[str] = []
        self.at(till)
        self.ids = members_of(till)
        self.templates = templates_of(till)
        self.price = {unit_of(self.counter, x).item_id: PRICES[x] for x in GOODS}

    def at(self, till: Till) -> None:
        """Go on at a till that was opened (again)."""
        self.till = till
        able(till.counter, Permission.REFUND_OTHER_TENDER)

    @property
    def counter(self) -> Counter:
        return self.till.counter

    def do(self, action: str, who: int, much: int) -> bool:
        """Try something; tell whether the till let it happen."""
        self.clock.tick()
        try:
            getattr(self, action)(who, much)
        except GuitaiError:
            self.counter.checkout.finished()
            return False
        finally:
            self.till.ledger.flush()
        return True

    # ---------------------------------------------------------- the open ticket

    def scan(self, who: int, much: int) -> None:
        self.counter.sale.scan(GOODS[who], Decimal(1 + much % 3))

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

    def booked(self, sale: Sale) -> None:
        """Count what changed hands with a ticket."""
        sign = {True: 0, False: 1}
        for tender in sale.tenders:
            self.pocket -= sign[tender.kind in LEDGER_KINDS] * tender.amount_minor
        for refund in sale.refunds:
            self.pocket += sign[refund.kind in LEDGER_KINDS] * refund.amount_minor
        self.pocket += sale.change_minor
        self.goods += self.shelf(sale)
        for line in sale.returns:
            minor = self.price[line.item_id] * line.pieces_thousandths // 1000
            self.goods -= minor
            if line.origin is not None:
                self.back_minor[line.origin.sale_id] += minor
        self.sales[sale.sale_id] = sale

    def shelf(self, sale: Sale) -> int:
        """Return what a ticket's goods cost on the shelf."""
        return sum(
            self.price[x.item_id] * x.pieces_thousandths // 1000 for x in sale.lines
        )

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
            done = reverse(sale.sale_id, "rung_wrongly", print_slip=False)
            self.booked(done.result())

    def correct(self, who: int, much: int) -> None:
        """Have a tender booked as another one."""
        sale = self._some_sale(much)
        if sale is not None and sale.tenders:
            wrong = sale.tenders[who % len(sale.tenders)].tender_id
            key = ("cash", "stored_value", "points")[much % 3]
            correct = self.counter.tender_correction.correct
            correct(sale.sale_id, wrong, key, "1234").result()

    def _approved(self, action: Any, *what: Any) -> Any:
        try:
            return action(*what)
        except ApprovalNeeded as needed:
            approve(self.counter, needed.demand, SUPERVISOR)
        return action(*what)

    # ------------------------------------------------------ value, points, coupons

    def top_up(self, who: int, much: int) -> None:
        service, money = self.counter.stored_value, (ValueMoney("cash"),)
        minor = much * 100
        done = service.top_up(self.ids[who], minor, money, print_slip=False).result()
        self.pocket -= done.taken_minor
        self.gifts += done.bonus_minor

    def sell_card(self, _who: int, much: int) -> None:
        code = f"GIFT-0000-{len(self.cards):04}"
        service, money = self.counter.stored_value, (ValueMoney("cash"),)
        done = service.sell_gift_card(code, much * 10, money, print_slip=False)
        self.pocket -= done.result().taken_minor
        self.cards.append(code)

    def refund_value(self, who: int, much: int) -> None:
        """Have some of a top-up paid back."""
        service = self.counter.stored_value
        accounts = [x.account_id for x in service.wallets(self.ids[who])]
        accounts += [service.gift_card(code).account_id for code in self.cards[who::3]]
        for account in accounts:
            for lot in service.lots(account)[:1]:
                minor = min(lot.left_minor, much * 50)
                refund = service.refund_top_up
                done = refund(account, lot.lot_id, minor, print_slip=False).result()
                self.pocket -= done.taken_minor
                self.gifts -= done.bonus_minor + done.clawed_minor

    def adjust(self, who: int, much: int) -> None:
        points = much * 10 if much % 4 else -much * 10
        adjust = self.counter.points.adjust
        self._approved(adjust, self.ids[who], points, "goodwill").result()
        self.gifts += points

    def give_coupon(self, who: int, much: int) -> None:
        name = list(WORTH)[much % 3]
        template = self.templates[name].template_id
        member = self.ids[who] if name == "whole" else ""
        given = self.counter.coupon_office.give(template, member).result()
        if given.code:
            self.codes.append(given.code)

    def coupon_for_points(self, _who: int, _much: int) -> None:
        template = self.templates["whole"].template_id
        given = self.counter.coupons.redeem_points(template).result()
        self.bought_coupons.add(given.coupon_id)

    def revoke(self, who: int, much: int) -> None:
        rows = query(self.till, "SELECT coupon_id FROM coupon ORDER BY coupon_id")
        if rows and much % 5 == 0:
            office = self.counter.coupon_office
            office.revoke(rows[who % len(rows)][0], "stolen").result()

    def here(self, who: int, _much: int) -> None:
        self.counter.campaigns.here(self.ids[who]).result()

    def tried_on(self, who: int, _much: int) -> None:
        self.counter.campaigns.tried_on(self.ids[who]).result()

    def refer(self, who: int, much: int) -> None:
        self.counter.campaigns.refer(self.ids[who], self.ids[much % 3]).result()

    # --------------------------------------------------------- people, time, till

    def unite(self, who: int, much: int) -> None:
        merging = self.counter.member_admin.merging
        other = self.ids[(who + 1 + much % 2) % 3]
        done = merging.merge(self.ids[who], other, MergeReason.SAME_PERSON)
        self.merges.append(done.result().merge_id)

    def part(self, who: int, _much: int) -> None:
        if self.merges:
            merge_id = self.merges.pop(who % len(self.merges))
            self.counter.member_admin.merging.undo(merge_id).result()

    def seconds(self, _who: int, much: int) -> None:
        self.clock.set(self.clock.now().plus_seconds(much * 7))

    def days(self, who: int, much: int) -> None:
        hours = (who + 1) * (much % 12)
        self.clock.set(self.clock.now().plus_seconds(hours * 6 * 3600))

    def night(self, _who: int, _much: int) -> None:
        due = self.counter.night.due()
        if due is not None:
            self.counter.night.run(due)

    def restart(self, _who: int, _much: int) -> None:
        """Close the shop and open it again; the test says how."""
        self.reopen()

    def reopen(self) -> None:
        """Nothing here: whoever owns the till puts it in."""
