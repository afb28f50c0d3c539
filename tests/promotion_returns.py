"""Goods that were in promotions come back in parts, without a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.given_alone import GivenAlone, given_as_known
from pos_app.domain.item import SellingUnit
from pos_app.domain.kept_back import Recomputed
from pos_app.domain.kept_goods import recomputed
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.refund_payment import SalePaid
from pos_app.domain.returned_line import KeptBack, ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.domain.tax import CashRounding, PricingRules
from pos_app.services.money_ways import paid_for
from pos_app.values.quantity import to_thousandths
from tests.builders_pricing import rules
from tests.builders_promotions import basket_of, offers
from tests.builders_refund import ended, part


class SoldAndBack:
    """A sale under promotions, and the tickets in which its goods come back.

    Attributes:
        sale: the sale. tickets: the returns so far.
    """

    def __init__(
        self,
        lines: Sequence[BasketLine] | Basket,
        promotions: Iterable[Promotion],
        *,
        shop: PricingRules | None = None,
        coins: CashRounding | None = None,
        **occasion: object,
    ) -> None:
        self._shop, self._coins = shop or rules(), coins
        self._promotions = {(x.promotion_id, x.version): x for x in promotions}
        goods = lines if isinstance(lines, Basket) else basket_of(lines)
        asked = offers(self._promotions.values(), **occasion)
        self.sale = ended(goods, self._shop, coins, offers=asked)
        self._units: dict[str, SellingUnit] = {
            x.unit.unit_id: x.unit for x in goods.lines if x.unit is not None
        }
        self._taken: dict[int, int] = {}
        self.tickets: list[Sale] = []

    def forget_rules(self) -> None:
        """Let nobody know the promotions any more."""
        self._promotions = {}

    @property
    def paid_minor(self) -> int:
        """What was paid for all goods, cash rounding included."""
        return paid_for(self.sale)

    @property
    def refunded_minor(self) -> int:
        """What went back so far."""
        return sum(x.refunded_minor for t in self.tickets for x in t.returns)

    @property
    def back(self) -> list[ReturnedLine]:
        """Everything that came back so far."""
        return [line for ticket in self.tickets for line in ticket.returns]

    def left(self, position: int) -> Decimal:
        """How much of a line is still with the customer."""
        sold = to_thousandths(self.sale.lines[position - 1].priced.quantity)
        return Decimal(sold - self._taken.get(position, 0)) / 1000

    def rest(self) -> dict[int, Decimal]:
        """How much of each line is still with the customer, but for what is gone."""
        positions = range(1, len(self.sale.lines) + 1)
        return {at: left for at in positions if (left := self.left(at))}

    def look(self, back: Mapping[int, str | Decimal]) -> tuple[ReturnedLine, ...]:
        """Return what comes back, by position of the sale's line; nothing changes."""
        plain = [
            part(self.sale, position, str(count), self._taken.get(position, 0))
            for position, count in back.items()
        ]
        earlier: list[KeptBack] = [y for x in self.back for y in x.kept_back]
        asked = Recomputed(self.sale, self._regivers())
        return asked.settled(plain, self._taken, earlier)

    def give_back(self, back: Mapping[int, str | Decimal]) -> int:
        """Take goods back and end the ticket; return what the customer gets."""
        lines = self.look(back)
        before = self.refunded_minor
        rounded = sum(x.own_rounding_minor for x in self.back)
        paid = SalePaid(self.sale.sale_id, self.paid_minor, before, rounded)
        ticket = replace(basket_of(()), returns=lines)
        self.tickets.append(ended(ticket, self._shop, self._coins, paid=(paid,)))
        for position, count in back.items():
            taken = to_thousandths(Decimal(count))
            self._taken[position] = self._taken.get(position, 0) + taken
        return sum(x.amount_minor for x in self.tickets[-1].refunds)

    def _regivers(self) -> dict[tuple[str, int], GivenAlone | None]:
        found: dict[tuple[str, int], GivenAlone | None] = {}
        for key, uses in recomputed(self.sale).items():
            known = given_as_known(self._promotions.get(key), uses[0].kind)
            times, layer = sum(use.times for use in uses), uses[0].layer
            found[key] = known and GivenAlone(known, times, layer, self._units, {})
        return found
