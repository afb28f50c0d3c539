"""A finished sale as the basket that it was, to be priced under other promotions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import LevelPrice, PriceSource, SellingUnit
from pos_app.domain.price import UnitPrice
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.reduction import (
    ManualDiscount,
    OverrideCause,
    PriceOverride,
    PriceStep,
    StepKind,
)
from pos_app.domain.sale import Sale, SaleLine
from pos_app.values.quantity import from_thousandths, to_thousandths
from pos_app.values.rounding import divide
from pos_app.values.times import Period

_CAUSES = {
    StepKind.OVERRIDE: OverrideCause.MANUAL,
    StepKind.EXCHANGE_PRICE: OverrideCause.EXCHANGE,
}


def sold_again(sale: Sale, units: Mapping[str, SellingUnit]) -> Basket:
    """Return the basket of a finished sale: its prices, and what was let go by hand.

    The amounts are those stored with the sale; what it does not store (brand, tags,
    floor, discount cap) is what the catalogue says now.

    Args:
        sale: with goods that were sold; what came back in it plays no part.
        units: unit id -> what the catalogue says of it; those that are gone are left
            out.
    """
    return Basket(
        basket_id=sale.sale_id,
        lines=tuple(_line(line, units.get(line.unit_id)) for line in sale.lines),
        round_off_minor=sale.round_off_minor,
        round_off_by=sale.round_off_by,
        discount=_sale_discount(sale),
        shopper=_shopper(sale),
    )


def _line(line: SaleLine, known: SellingUnit | None) -> BasketLine:
    priced = line.priced
    steps = {step.kind: step for step in priced.steps}
    thousandths = to_thousandths(priced.quantity)
    total_minor = None
    by_price = divide(priced.unit_price_minor * thousandths, 1000)
    if line.source is PriceSource.EMBEDDED_PRICE or by_price != priced.list_minor:
        total_minor = priced.list_minor
    if line.source is PriceSource.MARKED_DOWN:
        marked = steps.get(StepKind.MARKED_DOWN)
        total_minor = priced.list_minor - (marked.amount_minor if marked else 0)
    return BasketLine(
        line_id=priced.line_id,
        unit=_unit(line, known, steps.get(StepKind.LEVEL_PRICE)),
        scanned=line.barcode,
        quantity=priced.quantity,
        total_minor=total_minor,
        source=line.source,
        override=_override(steps, thousandths),
        discount=_by_hand(steps.get(StepKind.LINE_DISCOUNT)),
        trace=line.trace,
    )


def _unit(
    line: SaleLine, known: SellingUnit | None, level: PriceStep | None
) -> SellingUnit:
    priced, levels = line.priced, tuple[LevelPrice, ...]()
    thousandths = to_thousandths(priced.quantity)
    if level is not None:
        left_minor = priced.list_minor - level.amount_minor
        each_minor = divide(left_minor * 1000, thousandths)
        levels = (LevelPrice(level.name, each_minor, ""),)
    return SellingUnit(
        item_id=line.item_id,
        unit_id=line.unit_id,
        sku=line.sku,
        name=line.name,
        variant=line.variant,
        names=line.names,
        category_id=line.category_id or None,
        unit_code=line.unit_code,
        unit_name=line.unit_name,
        pieces=from_thousandths(divide(line.pieces_thousandths * 1000, thousandths)),
        sell_by=line.sell_by,
        tax_category=line.tax_category,
        price=UnitPrice(line.price_id, priced.unit_price_minor, Period()),
        source=line.source,
        barcode=line.barcode,
        discount_cap=known.discount_cap if known else None,
        parent_id=known.parent_id if known else None,
        brand=known.brand if known else "",
        tags=known.tags if known else (),
        level_prices=levels,
        floor_minor=known.floor_minor if known else 0,
    )


def _override(
    steps: Mapping[StepKind, PriceStep], thousandths: int
) -> PriceOverride | None:
    for kind, cause in _CAUSES.items():
        if kind in steps:
            step = steps[kind]
            left_minor = step.base_minor - step.amount_minor
            each_minor = divide(left_minor * 1000, thousandths)
            return PriceOverride(each_minor, step.reason, step.by, cause=cause)
    return None


def _by_hand(step: PriceStep | None, amount_minor: int = 0) -> ManualDiscount | None:
    if step is None:
        return None
    minor = 0 if step.percentage else amount_minor or step.amount_minor
    return ManualDiscount(
        step.percentage, minor, step.reason, step.by, step.approved_by
    )


def _sale_discount(sale: Sale) -> ManualDiscount | None:
    found = next(iter(_steps(sale, StepKind.SALE_DISCOUNT)), None)
    return _by_hand(found, found.whole_minor if found else 0)


def _shopper(sale: Sale) -> Shopper | None:
    levels = [step.name for step in _steps(sale, StepKind.LEVEL_PRICE)]
    if not sale.member_id and not levels:
        return None
    return Shopper(sale.member_id, price_level=levels[0] if levels else "")


def _steps(sale: Sale, kind: StepKind) -> Iterable[PriceStep]:
    return (x for line in sale.priced.lines for x in line.steps if x.kind is kind)
