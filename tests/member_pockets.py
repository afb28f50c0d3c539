"""What is really in customers' pockets: counted from outside.

Money that changed hands, goods at the price of the shelf, and what the ledgers say is
theirs. Nothing here knows how points, coupons and value are booked.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, ClassVar

from pos_app.bootstrap import Till
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.permission import Permission
from pos_app.domain.reduction import DEAL_STEPS, StepKind
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale, SaleLine
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.tender import LEDGER_KINDS
from pos_app.errors import GuitaiError
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.session import ApprovalNeeded
from tests.builders_returns import SHIRT_M, approve
from tests.counter_shop import COLA, SUPERVISOR, TEA, unit_of
from tests.member_shop import OPENING, TOPPED_UP, members_of, templates_of
from tests.value_till import able

PRICES = {TEA: 1280, COLA: 350, SHIRT_M: 19900}


class Pockets:
    """All customers together; `do` never raises for what a till refuses.

    Attributes:
        prices: what the shelf says of the three goods that they buy, in minor units.
        helper: number of who consents where the cashier may not alone.
        mistake: why a sale is mirrored.
    """

    prices: ClassVar[dict[str, int]] = PRICES
    helper: ClassVar[str] = SUPERVISOR
    mistake: ClassVar[str] = "rung_wrongly"

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        self.clock = clock
        #: Money that they handed over, below zero; and what the shop gave away: of
        #: the prepared shop three top-ups with a bonus, and points.
        self.pocket, self.gifts = -3 * TOPPED_UP, 3 * (OPENING + 500)
        self.sales: dict[str, Sale] = {}
        self.back_minor: dict[str, int] = defaultdict(int)
        self._back: dict[tuple[str, int], int] = defaultdict(int)
        self.goods = 0
        self.cards: list[str] = []
        self.codes: list[str] = []
        self.bought_coupons: set[str] = set()
        self.merges: list[str] = []
        self.at(till)
        self.ids = members_of(till)
        #: All who ever were members, erased ones too.
        self.people = list(self.ids)
        self.templates = templates_of(till)
        found = {code: unit_of(self.counter, code).item_id for code in self.prices}
        self.price = {found[code]: minor for code, minor in self.prices.items()}

    def at(self, till: Till) -> None:
        """Go on at a till that was opened (again)."""
        self.till = till
        self.sign_on()

    def sign_on(self) -> None:
        """Let somebody sell who may do nearly everything."""
        able(self.counter, Permission.REFUND_OTHER_TENDER)

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

    def booked(self, sale: Sale) -> None:
        """Count what changed hands with a ticket."""
        sign = {True: 0, False: 1}
        for tender in sale.tenders:
            self.pocket -= sign[tender.kind in LEDGER_KINDS] * tender.amount_minor
        for refund in sale.refunds:
            self.pocket += sign[refund.kind in LEDGER_KINDS] * refund.amount_minor
        self.pocket += sale.change_minor
        # What no coin could say is the shop's gift, or the customer's.
        self.gifts -= sale.rounding_minor
        self.sales[sale.sale_id] = sale
        self.goods += self.shelf(sale)
        for line in sale.returns:
            minor = self._brought(line)
            self.goods -= minor
            if line.origin is not None:
                self.gifts += line.rounding_minor
                self.back_minor[line.origin.sale_id] += minor

    def shelf(self, sale: Sale) -> int:
        """Return what a ticket's goods cost on the shelf, but for gifts by hand."""
        return sum(self._worth(line) for line in sale.lines)

    def _worth(self, line: SaleLine) -> int:
        """Return what goods cost without points and coupons."""
        priced = line.priced
        by_hand = [step for step in priced.steps if step.kind not in DEAL_STEPS]
        kinds = {step.kind for step in by_hand}
        raised = {StepKind.OVERRIDE, StepKind.EXCHANGE_PRICE} & kinds
        if line.item_id in self.price and not raised:
            price = self.price[line.item_id]
            assert priced.list_minor == price * line.pieces_thousandths // 1000
        return priced.list_minor - sum(step.amount_minor for step in by_hand)

    def _brought(self, line: ReturnedLine) -> int:
        """Return what goods that came back had cost without points and coupons."""
        origin = line.origin
        if origin is None:
            return line.list_minor
        sold = self.sales[origin.sale_id].lines[origin.line_position - 1]
        worth, whole = self._worth(sold), int(sold.priced.quantity * 1000)
        before = self._back[origin.sale_id, origin.line_position]
        assert before == origin.taken_before_thousandths
        after = before + int(line.quantity * 1000)
        self._back[origin.sale_id, origin.line_position] = after
        if worth != sold.priced.list_minor:
            self.gifts += 1 + (after - before) // 1000  # a fen that has no half
        return worth * after // whole - worth * before // whole

    def value_moved(self, done: ValueDocument) -> None:
        """Count what changed hands for value."""
        self.pocket -= done.taken_minor
        self.gifts -= done.rounding_minor
        if done.is_refund:
            self.gifts -= done.bonus_minor + done.clawed_minor
        else:
            self.gifts += done.bonus_minor

    def corrected(self, made: TenderCorrection) -> None:
        """Nobody has more or less by it."""

    def _approved(self, action: Any, *what: Any) -> Any:
        try:
            return action(*what)
        except ApprovalNeeded as needed:
            approve(self.counter, needed.demand, self.helper)
        return action(*what)
