"""The one pricing function: screen, slip, invoice, refund, Z and hub use it (law 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellBy
from pos_app.domain.pricing_result import (
    LineTax,
    PricedBasket,
    PricedLine,
    TaxTotal,
    UnitShare,
)
from pos_app.domain.tax import PricingRules, TaxRate
from pos_app.domain.tax_calculation import TaxableLine, rate_key, split_taxes, tax_lines
from pos_app.domain.unit_split import align, split_evenly
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import Run, apportion, divide
from pos_app.values.times import Timestamp


def price_basket(
    basket: Basket, rules: PricingRules, moment: Timestamp
) -> PricedBasket:
    """Price a basket: list prices, allowances, tax, single units, sums.

    Red lines (barcodes nobody knows) are left out; payment waits for them.
    抹零 is an allowance on the document: it comes off the shelf amounts, so
    before tax where the shop's prices exclude it (EN 16931 BG-20).

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
    listed = tuple(_listed(line) for line in basket.lines if not line.is_unknown)
    discounts = _spread_round_off(basket.round_off_minor, listed)
    units = tuple(map(_unit_amounts, listed, discounts))
    taxable = _taxable(listed, units, rules, moment)
    taxes = tax_lines(taxable, rules)
    lines = tuple(
        _priced_line(*parts, rules)
        for parts in zip(listed, units, taxable, taxes, strict=True)
    )
    priced = _summed(lines, taxable, rules)
    _refuse_absurd(priced.total_minor)
    priced.check()
    return priced


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


def _spread_round_off(
    round_off_minor: int, listed: Sequence[_ListedLine]
) -> tuple[int, ...]:
    """Spread 抹零 over the lines in proportion to what each costs."""
    assert round_off_minor >= 0
    amounts = [line.list_minor for line in listed]
    if round_off_minor > sum(amounts):
        raise UserError("round_off_exceeds_total", total_minor=sum(amounts))
    return apportion(round_off_minor, amounts)


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


def _taxable(
    listed: Sequence[_ListedLine],
    units: Sequence[_UnitAmounts],
    rules: PricingRules,
    moment: Timestamp,
) -> tuple[TaxableLine, ...]:
    keys = {line.tax_category for line in listed}
    rates = {key: rules.category(key).rates_at(moment) for key in keys}
    return tuple(
        TaxableLine(
            rates=rates[line.tax_category],
            units=amounts.totals,
            total_minor=_sum_of(amounts.totals),
        )
        for line, amounts in zip(listed, units, strict=True)
    )


def _sum_of(runs: Sequence[Run]) -> int:
    return sum(count * amount for count, amount in runs)


def _priced_line(
    listed: _ListedLine,
    units: _UnitAmounts,
    taxable: TaxableLine,
    taxes: Sequence[int],
    rules: PricingRules,
) -> PricedLine:
    tax_minor, total_minor = sum(taxes), taxable.total_minor
    net_minor = total_minor - (tax_minor if rules.prices_include_tax else 0)
    return PricedLine(
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


def _summed(
    lines: tuple[PricedLine, ...], taxable: Sequence[TaxableLine], rules: PricingRules
) -> PricedBasket:
    net_minor = sum(line.net_minor for line in lines)
    tax_minor = sum(line.tax_minor for line in lines)
    return PricedBasket(
        currency=rules.currency,
        lines=lines,
        list_minor=sum(line.list_minor for line in lines),
        discount_minor=sum(line.discount_minor for line in lines),
        net_minor=net_minor,
        taxes=_tax_totals(lines, taxable),
        tax_minor=tax_minor,
        total_minor=net_minor + tax_minor,
        item_count=sum(share.count for line in lines for share in line.shares),
    )


def _tax_totals(
    lines: Sequence[PricedLine], taxable: Sequence[TaxableLine]
) -> tuple[TaxTotal, ...]:
    """Add up the tax by rate, in the order in which the slip meets the rates."""
    names: dict[tuple[str, int], TaxRate] = {}
    sums: dict[tuple[str, int], tuple[int, int]] = {}
    for line, known in zip(lines, taxable, strict=True):
        for rate, tax in zip(known.rates, line.taxes, strict=True):
            names.setdefault(rate_key(rate), rate)
            base_minor, tax_minor = sums.get(rate_key(rate), (0, 0))
            sums[rate_key(rate)] = (
                base_minor + tax.base_minor,
                tax_minor + tax.tax_minor,
            )
    return tuple(
        TaxTotal(rate.code, rate.name, rate.percentage, *sums[key])
        for key, rate in names.items()
    )
