"""The one pricing function: screen, slip, invoice, refund, Z and hub use it (law 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.deal_layers import lower
from pos_app.domain.held_deals import NO_STAGE, ItemStage
from pos_app.domain.line_pricing import Found, priced_line
from pos_app.domain.listed_line import ListedLine, listed, refuse_absurd
from pos_app.domain.lowering import LookedAt, Lowering, rounded_off
from pos_app.domain.pricing_result import (
    PricedBasket,
    PricedLine,
)
from pos_app.domain.pricing_sums import summed
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.levels import levels_of
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.domain.reduction import PriceStep
from pos_app.domain.round_off import off_the_amount_to_pay, off_the_shelf
from pos_app.domain.tax import PricingRules, TaxRate
from pos_app.domain.tax_calculation import TaxableLine, tax_lines
from pos_app.domain.unit_amounts import (
    UnitAmounts,
    dealt_amounts,
    even_amounts,
)
from pos_app.values.rounding import Run
from pos_app.values.times import Timestamp

#: The rates in force for a tax category.
Rates: TypeAlias = tuple[TaxRate, ...]


def price_basket(
    basket: Basket,
    rules: PricingRules,
    moment: Timestamp,
    offers: Offers = NO_OFFERS,
) -> PricedBasket:
    """Price a basket: list prices, allowances, tax, single units, sums.

    Red lines (barcodes nobody knows) are left out; payment waits for them.
    A line's own price comes first, then item deals, its discount, order deals, the
    discount on the whole sale, coupons, points, then 抹零: all off what the shelf
    shows.
    抹零 is an allowance on the document (EN 16931 BG-20). It comes off the amount
    to pay: the total falls by exactly that, whether prices include tax or not.

    Args:
        basket: what the customer is about to buy.
        rules: the shop's currency and tax.
        moment: when the sale happens; decides which tax rates are in force.
        offers: the promotions that may hold, and for whom; none by default.

    Returns:
        All amounts in minor units, proven by `PricedBasket.check`.

    Raises:
        UserError: "price_missing" for an open price nobody has typed yet,
            "amount_absurd" above `AMOUNT_LIMIT_MINOR`, or "discount_exceeds_line",
            "discount_exceeds_sale", "round_off_exceeds_total" when more is let go
            than is asked.
    """
    return price_again(basket, rules, moment, None, offers).priced


def price_again(
    basket: Basket,
    rules: PricingRules,
    moment: Timestamp,
    before: Pricing | None,
    offers: Offers = NO_OFFERS,
) -> Pricing:
    """Price a basket as `price_basket` does, quickly where little has changed.

    Every amount comes out as if nothing were known: a step of a line is taken
    over from `before` only where all that it is computed from is the same.

    Args:
        basket: what the customer is about to buy.
        rules: the shop's currency and tax.
        moment: when the sale happens.
        before: any earlier pricing, of this basket or another; None for none.
        offers: the promotions that may hold, and for whom; none by default.

    Raises:
        UserError: see `price_basket`.
    """
    known = before.lines if before is not None and before.rules == rules else {}
    levels = levels_of(offers.occasion.shopper)
    lines = [line for line in basket.lines if not line.is_unknown]
    old = [known.get(line.line_id) for line in lines]
    goods = _goods(lines, old, levels, before)
    off_minor = basket.round_off_minor if rules.prices_include_tax else 0
    lowering, stage = lower(goods, basket, offers, *_looked_at(before))
    if off_minor:
        left = [x.list_minor - y for x, y in zip(goods, lowering.amounts, strict=True)]
        cuts = off_the_shelf(off_minor, left)
        lowering = rounded_off(lowering, goods, cuts, basket)
    units = _units(goods, lowering, old, before)
    rates = _rates(goods, rules, moment, before)
    taxable = _taxable(goods, units, old, rates)
    taxes = tax_lines(taxable, rules)
    if basket.round_off_minor > off_minor:
        cuts, taxes = off_the_amount_to_pay(
            basket.round_off_minor, taxable, taxes, rules
        )
        lowering = rounded_off(lowering, goods, cuts, basket)
        units = _units(goods, lowering, old, before)
        taxable = _taxable(goods, units, old, rates)
    found = zip(
        goods, lowering.amounts, lowering.steps, units, taxable, taxes, strict=True
    )
    works = _works(found, old, rules)
    lines_priced = tuple(work.priced for work in works)
    priced = summed(lines_priced, taxable, rules, lowering.promoted)
    refuse_absurd(priced.total_minor)
    priced.check_sums()
    kept = {work.priced.line_id: work for work in works}
    dealt = {goods[at].line.line_id: units for at, units in lowering.units.items()}
    return Pricing(rules, rates, kept, priced, levels, lowering.looked_at, stage, dealt)


@dataclass(frozen=True, slots=True)
class Pricing:
    """A priced basket with the steps that led to it, for the next pricing.

    Attributes:
        rules: that it was priced with.
        rates: that were in force, by tax category.
        lines: the steps of each line, by line id.
        priced: what came out.
        levels: the price levels that the customer bought at.
        looked_at: the lines as promotions looked at them.
        stage: how they stood after item deals.
        dealt: by line id, the units that a promotion made unequal.
    """

    rules: PricingRules
    rates: Mapping[str, Rates]
    lines: Mapping[str, _LineWork]
    priced: PricedBasket
    levels: tuple[str, ...] = ()
    looked_at: LookedAt = field(default_factory=dict)
    stage: ItemStage = NO_STAGE
    dealt: Mapping[str, UnitLine] = field(default_factory=dict)


def _goods(
    lines: Sequence[BasketLine],
    old: Sequence[_LineWork | None],
    levels: tuple[str, ...],
    before: Pricing | None,
) -> list[ListedLine]:
    """List the lines; one that has not changed is listed already."""
    same_levels = before is not None and before.levels == levels
    return [
        work.listed
        if work
        and work.listed.line is line
        and (same_levels or line.unit is None or not line.unit.level_prices)
        else listed(line, levels)
        for line, work in zip(lines, old, strict=True)
    ]


def _looked_at(before: Pricing | None) -> tuple[LookedAt, ItemStage]:
    return (before.looked_at, before.stage) if before is not None else ({}, NO_STAGE)


def _units(
    goods: Sequence[ListedLine],
    lowering: Lowering,
    old: Sequence[_LineWork | None],
    before: Pricing | None,
) -> list[UnitAmounts]:
    dealt = lowering.units
    known = before.dealt if before is not None else {}
    found = zip(goods, lowering.amounts, old, strict=True)
    return [
        _dealt(line, dealt[at], work, known)
        if at in dealt
        else work.units
        if work
        and work.listed is line
        and work.discount_minor == discount
        and not work.units.is_dealt
        else even_amounts(line, discount)
        for at, (line, discount, work) in enumerate(found)
    ]


def _dealt(
    line: ListedLine,
    dealt: UnitLine,
    work: _LineWork | None,
    known: Mapping[str, UnitLine],
) -> UnitAmounts:
    if work and work.listed is line and known.get(line.line.line_id) is dealt:
        return work.units
    found = dealt_amounts(line, dealt)
    return work.units if work and work.units == found else found


@dataclass(frozen=True, slots=True)
class _LineWork:
    """The steps of one line, each computed from those above it (and the rules)."""

    listed: ListedLine
    discount_minor: int
    steps: tuple[PriceStep, ...]
    units: UnitAmounts
    taxable: TaxableLine
    taxes: tuple[int, ...]
    priced: PricedLine


def _works(
    found: Iterable[Found], old: Sequence[_LineWork | None], rules: PricingRules
) -> list[_LineWork]:
    return [
        work
        if work
        and work.taxable is step[4]
        and work.taxes == step[5]
        # The same amount may be let go for another reason than before.
        and work.steps == step[2]
        else _line_work(step, rules)
        for work, step in zip(old, found, strict=True)
    ]


def _rates(
    goods: Sequence[ListedLine],
    rules: PricingRules,
    moment: Timestamp,
    before: Pricing | None,
) -> dict[str, Rates]:
    """Return the rates in force by tax category; the same tuple while they are."""
    known = before.rates if before is not None else {}
    found: dict[str, Rates] = {}
    for key in {line.tax_category for line in goods}:
        rates = rules.category(key).rates_at(moment)
        found[key] = known[key] if known.get(key) == rates else rates
    return found


def _taxable(
    goods: Sequence[ListedLine],
    units: Sequence[UnitAmounts],
    old: Sequence[_LineWork | None],
    rates: Mapping[str, Rates],
) -> list[TaxableLine]:
    return [
        work.taxable
        if work
        and work.units is amounts
        and work.taxable.rates is rates[line.tax_category]
        else TaxableLine(
            rates=rates[line.tax_category],
            units=amounts.totals,
            total_minor=_sum_of(amounts.totals),
        )
        for line, amounts, work in zip(goods, units, old, strict=True)
    ]


def _sum_of(runs: Sequence[Run]) -> int:
    return sum(count * amount for count, amount in runs)


def _line_work(found: Found, rules: PricingRules) -> _LineWork:
    return _LineWork(*found, priced_line(found, rules))
