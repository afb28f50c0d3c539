"""The one pricing function: screen, slip, invoice, refund, Z and hub use it (law 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellBy
from pos_app.domain.pricing_result import (
    LineTax,
    PricedBasket,
    PricedLine,
    UnitShare,
)
from pos_app.domain.pricing_sums import summed
from pos_app.domain.round_off import off_the_amount_to_pay, off_the_shelf
from pos_app.domain.tax import PricingRules, TaxRate
from pos_app.domain.tax_calculation import TaxableLine, split_taxes, tax_lines
from pos_app.domain.unit_split import align, split_evenly
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import Run, divide
from pos_app.values.times import Timestamp

#: The rates in force for a tax category.
Rates: TypeAlias = tuple[TaxRate, ...]


def price_basket(
    basket: Basket, rules: PricingRules, moment: Timestamp
) -> PricedBasket:
    """Price a basket: list prices, allowances, tax, single units, sums.

    Red lines (barcodes nobody knows) are left out; payment waits for them.
    抹零 is an allowance on the document (EN 16931 BG-20). It comes off the amount
    to pay: the total falls by exactly that, whether prices include tax or not.

    Args:
        basket: what the customer is about to buy.
        rules: the shop's currency and tax.
        moment: when the sale happens; decides which tax rates are in force.

    Returns:
        All amounts in minor units, proven by `PricedBasket.check`.

    Raises:
        UserError: "price_missing" for an open price nobody has typed yet,
            "amount_absurd" above `AMOUNT_LIMIT_MINOR`, or
            "round_off_exceeds_total" when more is let go than is asked.
    """
    return price_again(basket, rules, moment, None).priced


def price_again(
    basket: Basket, rules: PricingRules, moment: Timestamp, before: Pricing | None
) -> Pricing:
    """Price a basket as `price_basket` does, quickly where little has changed.

    Every amount comes out as if nothing were known: a step of a line is taken
    over from `before` only where all that it is computed from is the same.

    Args:
        basket: what the customer is about to buy.
        rules: the shop's currency and tax.
        moment: when the sale happens.
        before: any earlier pricing, of this basket or another; None for none.

    Raises:
        UserError: see `price_basket`.
    """
    known = before.lines if before is not None and before.rules == rules else {}
    lines = [line for line in basket.lines if not line.is_unknown]
    old = [known.get(line.line_id) for line in lines]
    listed = [
        work.listed if work and work.listed.line is line else _listed(line)
        for line, work in zip(lines, old, strict=True)
    ]
    off_minor = basket.round_off_minor if rules.prices_include_tax else 0
    discounts = off_the_shelf(off_minor, [line.list_minor for line in listed])
    units = _units(listed, discounts, old)
    rates = _rates(listed, rules, moment, before)
    taxable = _taxable(listed, units, old, rates)
    taxes = tax_lines(taxable, rules)
    if basket.round_off_minor > off_minor:
        discounts, taxes = off_the_amount_to_pay(
            basket.round_off_minor, taxable, taxes, rules
        )
        units = _units(listed, discounts, old)
        taxable = _taxable(listed, units, old, rates)
    steps = zip(listed, discounts, units, taxable, taxes, strict=True)
    works = [
        work
        if work and work.taxable is step[3] and work.taxes == step[4]
        else _line_work(step, rules)
        for work, step in zip(old, steps, strict=True)
    ]
    priced = summed(tuple(work.priced for work in works), taxable, rules)
    _refuse_absurd(priced.total_minor)
    priced.check_sums()
    kept = {work.priced.line_id: work for work in works}
    return Pricing(rules, rates, kept, priced)


@dataclass(frozen=True, slots=True)
class Pricing:
    """A priced basket with the steps that led to it, for the next pricing.

    Attributes:
        rules: that it was priced with.
        rates: that were in force, by tax category.
        lines: the steps of each line, by line id.
        priced: what came out.
    """

    rules: PricingRules
    rates: Mapping[str, Rates]
    lines: Mapping[str, _LineWork]
    priced: PricedBasket


@dataclass(frozen=True, slots=True)
class _ListedLine:
    """A known line at its list price; `count` is how many units can be returned."""

    line: BasketLine
    tax_category: str
    unit_price_minor: int
    list_minor: int
    count: int


def _listed(line: BasketLine) -> _ListedLine:
    """Multiply price by quantity and round once; a price label's total wins."""
    unit, total_minor = line.unit, line.total_minor
    assert unit is not None
    thousandths = to_thousandths(line.quantity)
    if unit.price is not None:
        unit_price_minor = unit.price.minor
    elif total_minor is not None:
        unit_price_minor = divide(total_minor * 1000, thousandths)
    else:
        raise UserError("price_missing", name=unit.name)
    if total_minor is None:
        total_minor = divide(unit_price_minor * thousandths, 1000)
    assert unit_price_minor >= 0
    assert total_minor >= 0
    _refuse_absurd(total_minor)
    whole_units = unit.sell_by is SellBy.COUNT and thousandths % 1000 == 0
    count = thousandths // 1000 if whole_units else 1
    return _ListedLine(line, unit.tax_category, unit_price_minor, total_minor, count)


def _refuse_absurd(amount_minor: int) -> None:
    if amount_minor > AMOUNT_LIMIT_MINOR:
        raise UserError("amount_absurd", amount_minor=amount_minor)


@dataclass(frozen=True, slots=True)
class _UnitAmounts:
    """A line in single units: runs of what was let go, runs of what is left."""

    discounts: tuple[Run, ...]
    totals: tuple[Run, ...]


def _unit_amounts(listed: _ListedLine, discount_minor: int) -> _UnitAmounts:
    lists = split_evenly(listed.list_minor, listed.count)
    discounts = split_evenly(discount_minor, listed.count)
    sides = align((lists, discounts))
    return _UnitAmounts(
        discounts=tuple((count, discount) for count, (_, discount) in sides),
        totals=tuple((count, price - discount) for count, (price, discount) in sides),
    )


def _units(
    listed: Sequence[_ListedLine],
    discounts: Sequence[int],
    old: Sequence[_LineWork | None],
) -> list[_UnitAmounts]:
    return [
        work.units
        if work and work.listed is line and work.discount_minor == discount
        else _unit_amounts(line, discount)
        for line, discount, work in zip(listed, discounts, old, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _LineWork:
    """The steps of one line, each computed from those above it (and the rules)."""

    listed: _ListedLine
    discount_minor: int
    units: _UnitAmounts
    taxable: TaxableLine
    taxes: tuple[int, ...]
    priced: PricedLine


def _rates(
    listed: Sequence[_ListedLine],
    rules: PricingRules,
    moment: Timestamp,
    before: Pricing | None,
) -> dict[str, Rates]:
    """Return the rates in force by tax category; the same tuple while they are."""
    known = before.rates if before is not None else {}
    found: dict[str, Rates] = {}
    for key in {line.tax_category for line in listed}:
        rates = rules.category(key).rates_at(moment)
        found[key] = known[key] if known.get(key) == rates else rates
    return found


def _taxable(
    listed: Sequence[_ListedLine],
    units: Sequence[_UnitAmounts],
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
        for line, amounts, work in zip(listed, units, old, strict=True)
    ]


def _sum_of(runs: Sequence[Run]) -> int:
    return sum(count * amount for count, amount in runs)


def _line_work(
    step: tuple[_ListedLine, int, _UnitAmounts, TaxableLine, tuple[int, ...]],
    rules: PricingRules,
) -> _LineWork:
    listed, _, units, taxable, taxes = step
    return _LineWork(*step, _priced_line(listed, units, taxable, taxes, rules))


def _priced_line(
    listed: _ListedLine,
    units: _UnitAmounts,
    taxable: TaxableLine,
    taxes: Sequence[int],
    rules: PricingRules,
) -> PricedLine:
    tax_minor, total_minor = sum(taxes), taxable.total_minor
    net_minor = total_minor - (tax_minor if rules.prices_include_tax else 0)
    priced = PricedLine(
        line_id=listed.line.line_id,
        quantity=listed.line.quantity,
        unit_price_minor=listed.unit_price_minor,
        list_minor=listed.list_minor,
        discount_minor=listed.list_minor - total_minor,
        total_minor=total_minor,
        net_minor=net_minor,
        tax_minor=tax_minor,
        taxes=tuple(
            LineTax(code=rate.code, base_minor=net_minor, tax_minor=tax)
            for rate, tax in zip(taxable.rates, taxes, strict=True)
        ),
        shares=_shares(units, split_taxes(taxable, taxes, rules), rules),
    )
    priced.check()
    return priced


def _shares(
    units: _UnitAmounts, taxes: Sequence[Sequence[Run]], rules: PricingRules
) -> tuple[UnitShare, ...]:
    """Split a line to its units, so that a return only has to read (law 6).

    What the customer gets back for a unit is what the shelf said less its part
    of the allowance. Tax follows these amounts, rate by rate, and net is the
    rest, so no unit comes back a cent dearer than it was sold.
    """
    shares = []
    for count, (total, discount, *tax) in align(
        (units.totals, units.discounts, *taxes)
    ):
        net = total - (sum(tax) if rules.prices_include_tax else 0)
        shares.append(UnitShare(count, net, sum(tax), discount, tuple(tax)))
    return tuple(shares)
