"""The shop of many days, with members: every ledger adds up after every step.

What the machine of days does (tickets, returns, mirrored sales, parked ones, discounts,
shifts, days, crashes) goes on beside what members do: being known, enrolled, merged and
forgotten, points, coupons, wallets and gift cards, nights and months; in any order.
"""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from typing_extensions import override

from pos_app.domain.codec import to_plain
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.loyalty.burning import BurnAs
from pos_app.domain.sale import Sale
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.replay_documents import document_of
from tests.day_books import Plain
from tests.day_machine import DayMachine
from tests.effort import examples
from tests.loyal_books import LoyalBooks
from tests.loyal_customers import Document, LoyalCustomers, loyal_shop
from tests.member_shop import TOPPED_UP, member_shop
from tests.member_wealth import (
    books_are_proven,
    everything_goes_back,
    ledgers_are_the_same_in_any_order,
)

WHO, MUCH = st.integers(0, 2), st.integers(1, 20) | st.integers(1, 600)
KNOWN = st.sampled_from(["attach", "attach", "said", "shown_code", "pin", "detach"])
TICKET = st.sampled_from(["scan", "remove", "cash", "give_back", "pay", "pay"])
BACK = st.sampled_from(["back", "back", "exchange", "exchange", "mirror", "give_money"])
OPEN = st.sampled_from(["park", "resume", "join", "void_parked", "void", "correct"])
SPENT = st.sampled_from(["points", "take_points_back", "wallet", "gift_card"])
COUPONS = st.sampled_from(
    ["coupon", "coupon", "best_coupons", "take_coupon_back", "show_twice"]
)
MADE = st.sampled_from(["signed", "printed", "give_coupon", "claim", "revoke"])
FILLED = st.sampled_from(["top_up", "sell_card", "refund_value", "refund_value"])
GIVEN = st.sampled_from(
    ["adjust", "coupon_for_points", "here", "tried_on", "refer", "new_rules"]
)
PEOPLE = st.sampled_from(["enrol", "new_number", "erase", "unite", "unite", "part"])
TIME = st.sampled_from(["seconds", "days", "months", "night", "night"])

_NAMES = {ValueDocument: "stored_value", TenderCorrection: "tender_correction"}


class LoyalDayMachine(DayMachine):
    """The till of many days, whose customers are members."""

    @initialize(
        burn_as=st.sampled_from(BurnAs), pending_days=st.sampled_from([0, 0, 1])
    )
    def open_the_shop(self, burn_as: BurnAs, pending_days: int) -> None:
        self.terms = (burn_as, pending_days)
        super().open_the_shop()

    @override
    def make_shop(self) -> ShopFolder:
        return member_shop(self.parent, *self.terms, loyal_shop)

    @override
    def start(self) -> None:
        super().start()
        if not hasattr(self, "customers"):
            self.customers = LoyalCustomers(self.till, self.clock, self.noted)
            self.members = LoyalBooks(self.customers)
            self.books.cash_minor = self.books.shift["tender", "cash"] = 3 * TOPPED_UP
        self.customers.at(self.till)

    @override
    def told(self, document: Plain) -> None:
        """Tickets of the day's rules are the customers' as well."""
        if document["document"] != "sale":
            super().told(document)
            return
        self.till.ledger.flush()
        sale = self.till.ledger.sale(document["sale_id"])
        assert sale is not None
        self.customers.booked(sale)

    def noted(self, done: Document) -> None:
        """Write down what a customer's step came to."""
        if isinstance(done, Sale):
            self.books.add(document_of(done))
        else:
            self.books.add({"document": _NAMES[type(done)], **to_plain(done)})

    @rule(what=KNOWN, who=WHO, much=MUCH)
    def be_known(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(who=WHO, much=MUCH)
    def buy(self, who: int, much: int) -> None:
        """Buy, with whatever there is to lower the price."""
        self.customers.do("buy", who, much)

    @rule(what=TICKET, who=WHO, much=MUCH)
    def go_on_with_the_ticket(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=BACK, who=WHO, much=MUCH)
    def bring_back(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=OPEN, who=WHO, much=MUCH)
    def leave_it_lying(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=SPENT, who=WHO, much=MUCH)
    def spend(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=COUPONS, who=WHO, much=MUCH)
    def use_coupons(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=MADE, who=WHO, much=MUCH)
    def make_coupons(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=FILLED, who=WHO, much=MUCH)
    def fill_wallets(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=GIVEN, who=WHO, much=MUCH)
    def be_given(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=PEOPLE, who=WHO, much=MUCH)
    def come_and_go(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @rule(what=TIME, who=WHO, much=MUCH)
    def let_time_pass(self, what: str, who: int, much: int) -> None:
        self.customers.do(what, who, much)

    @invariant()
    def moves_are_balances_and_nothing_comes_of_nothing(self) -> None:
        if not hasattr(self, "customers"):
            return
        self.till.ledger.flush()
        books_are_proven(self.customers)
        self.members.check()

    @override
    def teardown(self) -> None:
        if hasattr(self, "customers"):
            steps = len(self.customers.sales)
            ledgers_are_the_same_in_any_order(self.customers, steps)
            everything_goes_back(self.customers)
            self.members.check()
            books_are_proven(self.customers)
            ledgers_are_the_same_in_any_order(self.customers, steps)
        super().teardown()


TestLoyalDayMachine = LoyalDayMachine.TestCase
TestLoyalDayMachine.settings = settings(
    max_examples=examples(3, 40),
    stateful_step_count=examples(25, 60),
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes: read the steps
    suppress_health_check=[HealthCheck.too_slow],
)
