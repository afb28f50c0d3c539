"""Stored value at a real counter, in any order: nobody gets value out of nothing.

What all customers have (goods kept and balances) is what they paid, and the bonus that
was given and is neither cancelled, kept nor ended; coins apart, which are counted.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.errors import UserError
from pos_app.services.counter import Counter
from pos_app.services.member_night import Night
from pos_app.services.value_night import night_value
from pos_app.services.value_view import ValueMoney
from tests.builders_returns import ONE, REASON, SHIRT_M, return_shop
from tests.counter_shop import COLA, TEA, finish, opened, prove, query
from tests.effort import examples
from tests.value_till import ANNA, BERT, shown, with_value

MEMBERS = (ANNA, BERT)
GOODS = (TEA, COLA, SHIRT_M)
#: Which member or card, which amount or goods, and how much of it.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["top_up", "card", "buy", "buy", "return", "refund", "night", "reverse"]
        ),
        st.integers(0, 1),
        st.integers(1, 600),
    ),
    min_size=4,
    max_size=14,
)


class Customers:
    """Two members and their cards, who do what they are told."""

    def __init__(self, till: Till) -> None:
        self.till, self.counter = till, till.counter
        self.cards: list[str] = []

    def top_up(self, who: int, much: int) -> None:
        """Pay into a wallet, by card and cash."""
        money = (ValueMoney("card", much, "4242"), ValueMoney("cash"))
        service = self.counter.stored_value
        service.top_up(MEMBERS[who], much * 101, money, print_slip=False).result()

    def card(self, _who: int, much: int) -> None:
        """Buy a gift card."""
        code = f"GIFT-0000-{len(self.cards):04}"
        service, money = self.counter.stored_value, (ValueMoney("cash"),)
        service.sell_gift_card(code, much * 100, money, print_slip=False).result()
        self.cards.append(code)

    def _accounts(self, who: int) -> list[str]:
        service = self.counter.stored_value
        cards = [service.gift_card(code).account_id for code in self.cards[who::2]]
        return [x.account_id for x in service.wallets(MEMBERS[who])] + cards

    def buy(self, who: int, much: int) -> None:
        """Buy goods with whatever there is, the rest in cash."""
        counter = self.counter
        shown(counter, MEMBERS[who])
        for at in range(1 + much % 3):
            counter.sale.scan(GOODS[(much + at) % 3])
        for account in self._accounts(who):
            with suppress(UserError):
                counter.stored_value.pay(account, None if much % 2 else much)
        payment = counter.checkout.payment
        assert payment is not None
        if not payment.is_settled:
            counter.checkout.take("cash", None)
        finish(counter)

    def _sales(self) -> list[str]:
        rows = query(self.till, "SELECT sale_id FROM sale ORDER BY epoch, seq")
        return [row[0] for row in rows]

    def back(self, _who: int, much: int) -> None:
        """Bring a piece back; the money as it came, else any way that is let."""
        sales = self._sales()
        counter = self.counter
        if not sales:
            return
        sale = counter.desk.ledger.sale(sales[much % len(sales)])
        assert sale is not None
        if not sale.lines:
            return
        found = counter.returns.set_quantity(sale.sale_id, 1, ONE)
        here = found.lines[0].here
        assert here is not None
        counter.returns.set_reason(here.line_id, REASON)
        self._refund("cash" if much % 2 else "")

    def _refund(self, first: str) -> None:
        refund = self.counter.refund
        ways = [first] * bool(first) + [way.key for way in refund.ways()] + ["cash"]
        for key in ways:
            payment = refund.payment
            if payment is None or payment.is_settled:
                break
            with suppress(UserError):
                refund.give(key)
        finish(self.counter)

    def refund(self, who: int, much: int) -> None:
        """Have some of a top-up or card paid back."""
        service = self.counter.stored_value
        for account in self._accounts(who):
            for lot in service.lots(account):
                minor = min(lot.left_minor, much * 50)
                done = service.refund_top_up(
                    account, lot.lot_id, minor, print_slip=False
                )
                done.result()

    def night(self, _who: int, much: int) -> None:
        """Let days pass, and the night's work be done."""
        clock, desk = self.till.options.clock, self.counter.desk
        clock.set(clock.now().plus_seconds(much * 3600))  # type: ignore[union-attr]
        stamp = desk.stamp()
        zone = ZoneInfo("Asia/Shanghai")
        night_value(Night(desk, stamp.business_day, desk.clock.now(), zone, stamp))

    def reverse(self, _who: int, much: int) -> None:
        """Mirror a sale."""
        sales = self._sales()
        if sales:
            sale_id = sales[much % len(sales)]
            done = self.counter.reversal.reverse(
                sale_id, "rung_wrongly", print_slip=False
            )
            done.result()


def tidied(counter: Counter) -> None:
    """Give what lies there back and leave the sale, as after any refusal."""
    counter.checkout.finished()
    current = counter.sale.current
    if current is None:
        return
    for refund in current.refunds:
        counter.refund.take_back(refund.tender_id)
    for tender in current.tenders:
        counter.checkout.give_back(tender.tender_id)
    for line in current.basket.returns:
        counter.returns.remove(line.line_id)
    for line in current.basket.lines:
        counter.sale.remove_line(line.line_id)
    if counter.members.current is not None:
        counter.members.detach()


def one(till: Till, statement: str) -> int:
    return int(query(till, f"SELECT coalesce(({statement}), 0)")[0][0])


def nothing_came_of_nothing(till: Till) -> None:
    """Assert that goods and balances are what was paid and the bonus that is left."""
    till.ledger.flush()
    goods = one(till, "SELECT sum(total_minor - returned_minor) FROM sale")
    coins = one(till, "SELECT sum(rounding_minor) FROM sale")
    coins += one(till, "SELECT sum(body ->> '$.rounding_minor') FROM value_document")
    balances = one(till, "SELECT sum(paid_minor + bonus_minor) FROM value_balance")
    money = one(
        till,
        "SELECT sum(amount_minor) FROM money_move m "
        "WHERE tender_key NOT IN ('stored_value', 'gift_card') "
        "AND document_id NOT IN (SELECT shift_id FROM shift)",
    )
    bonus = one(
        till, "SELECT sum(bonus_minor) FROM value_document WHERE kind <> 'refund'"
    )
    gone = one(
        till,
        "SELECT sum(bonus_minor + (body ->> '$.clawed_minor')) FROM value_document "
        "WHERE kind = 'refund'",
    )
    ended = one(
        till,
        "SELECT -sum(paid_minor + bonus_minor) FROM value_move WHERE kind = 'expire'",
    )
    assert goods + coins + balances == money + bonus - gone - ended


@settings(max_examples=examples(3, 60))
@given(STEPS)
def test_nobody_gets_value_out_of_nothing(steps: list[tuple[str, int, int]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(return_shop(Path(folder))) as till,
    ):
        with_value(till.counter)
        customers = Customers(till)
        for name, who, much in steps:
            action = customers.back if name == "return" else getattr(customers, name)
            try:
                action(who, much)
            except UserError:
                tidied(till.counter)
        nothing_came_of_nothing(till)
        prove(till)
