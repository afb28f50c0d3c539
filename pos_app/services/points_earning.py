"""What the open basket will earn, kept line by line: a scan counts the line it made."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.item import SellingUnit
from pos_app.domain.loyalty.earn_rule import (
    EarnBasis,
    EarnLine,
    EarnOccasion,
    EarnRule,
)
from pos_app.domain.loyalty.earning import LineWorth, factor_of, points_of_worths
from pos_app.domain.loyalty.programme import REWARD, Programme
from pos_app.domain.loyalty.unit_points import WeightedLine
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.pricing_result import PricedBasket, UnitShare
from pos_app.services.points_basket import Earner

_NO_AMOUNTS = WeightedLine(0, 0, is_by_piece=True, units=())


@dataclass(frozen=True, slots=True)
class _Known:
    """A line as it was counted."""

    unit: SellingUnit
    shares: tuple[UnitShare, ...]
    factor: int
    worth: LineWorth


class BasketEarning:
    """The points of one open basket; used from the sale's thread."""

    def __init__(self) -> None:
        self._terms: tuple[object, ...] = ()
        self._known: dict[str, _Known] = {}

    def points(
        self,
        programme: Programme,
        earner: Earner,
        open_: OpenSale,
        priced: PricedBasket,
    ) -> int:
        """Return the points that an open basket will earn for its customer."""
        rule = programme.earning(earner.earn_percent)
        if rule is None:
            return 0
        excluded = sum(
            one.amount_minor
            for one in open_.tenders
            if one.key in rule.excluded_tenders
        )
        occasion = EarnOccasion(
            moment=open_.started_at,
            tier=earner.tier,
            campaigns=frozenset({REWARD}),
            is_newcomer=earner.is_newcomer,
            paid_minor=priced.total_minor,
            excluded_minor=min(excluded, priced.total_minor),
            earned_today=earner.earned_today,
        )
        self._forget_others(rule, earner, open_)
        worths = self._worths(rule, occasion, earner, (open_, priced))
        return points_of_worths(rule, worths, occasion)

    def _forget_others(self, rule: EarnRule, earner: Earner, open_: OpenSale) -> None:
        """Count all anew where the basket, its customer or the rules are others."""
        terms = (open_.basket.basket_id, open_.started_at, rule, earner)
        if terms != self._terms:
            self._terms, self._known = terms, {}

    def _worths(
        self,
        rule: EarnRule,
        occasion: EarnOccasion,
        earner: Earner,
        basket: tuple[OpenSale, PricedBasket],
    ) -> list[LineWorth]:
        open_, priced = basket
        taxed = rule.basis is EarnBasis.WITH_TAX
        amounts = {line.line_id: line for line in priced.lines}
        before, now = self._known, {}
        for line in open_.basket.lines:
            unit, one = line.unit, amounts.get(line.line_id)
            if unit is None or one is None:
                continue
            known, shares = before.get(line.line_id), one.shares
            if known is None or known.unit is not unit or known.shares != shares:
                if known is not None and known.unit is unit:
                    factor = known.factor
                else:
                    factor = factor_of(rule, _named(unit, earner), occasion)
                minor = sum(
                    share.count * (share.net_minor + taxed * share.tax_minor)
                    for share in shares
                )
                worth = LineWorth(minor, minor * factor)
                known = _Known(unit, shares, factor, worth)
            now[line.line_id] = known
        self._known = now
        return [one.worth for one in now.values()]


def _named(unit: SellingUnit, earner: Earner) -> EarnLine:
    """Return what multipliers ask of a line."""
    category = unit.category_id
    branch = (category, *earner.above.get(category, ())) if category else ()
    return EarnLine(_NO_AMOUNTS, unit.item_id, branch, unit.parent_id or "")
