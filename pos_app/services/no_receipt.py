"""Goods without a receipt: priced once, at the lowest price of the last days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain.basket import Basket
from pos_app.domain.item import PriceSource, SellingUnit
from pos_app.domain.price import UnitPrice
from pos_app.domain.pricing import price_basket
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.tax import PricingRules
from pos_app.services.desk import Desk
from pos_app.services.sale_lines import unit_line
from pos_app.values.rounding import divide
from pos_app.values.times import Period, Timestamp

_DAY_MS = 24 * 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class LowestPrice:
    """What goods without a receipt come back for.

    Attributes:
        minor: for one unit, minor units. days: how far back it was looked for.
        since: when it became that; None where it is not known.
    """

    minor: int
    days: int
    since: Timestamp | None


def lowest_price(desk: Desk, unit: SellingUnit) -> LowestPrice | None:
    """Return what a unit comes back for; None for one that never had a price."""
    price, days = _lowest_price(desk, unit), desk.shop.policy.no_receipt_days
    if price is None:
        return None
    now = desk.clock.now()
    begin = Timestamp(now.unix_ms - days * _DAY_MS)
    since = desk.catalog.lowest_since(unit.unit_id, price.minor, begin, now)
    return LowestPrice(price.minor, days, since)


def line_without_receipt(
    desk: Desk, rules: PricingRules, unit: SellingUnit, quantity: Decimal, reason: str
) -> ReturnedLine:
    """Price goods as if they were sold now, so that the tax in them is right.

    Args:
        desk: knows the catalogue, the policy and the time.
        rules: of the open ticket.
        unit: what comes back.
        quantity: in units.
        reason: key of the reason.

    Raises:
        UserError: "item_without_price", "quantity_not_whole", or what
            `checked_quantity` refuses.
    """
    cheap = replace(unit, price=_lowest_price(desk, unit))
    sold = unit_line(desk.ids.new(), cheap, quantity, "")
    line = replace(sold, source=PriceSource.SHELF)
    priced = price_basket(Basket(line.line_id, (line,)), rules, desk.clock.now())
    (amounts,) = priced.lines
    numerator, denominator = (line.quantity * unit.pieces).as_integer_ratio()
    return ReturnedLine(
        line_id=line.line_id,
        origin=None,
        item_id=unit.item_id,
        unit_id=unit.unit_id,
        sku=unit.sku,
        name=unit.name,
        variant=unit.variant,
        names=unit.names,
        barcode=line.scanned,
        unit_code=unit.unit_code,
        unit_name=unit.unit_name,
        sell_by=unit.sell_by,
        category_id=unit.category_id or "",
        tax_category=unit.tax_category,
        quantity=line.quantity,
        pieces_thousandths=divide(numerator * 1000, denominator),
        list_minor=amounts.list_minor,
        discount_minor=amounts.discount_minor,
        net_minor=amounts.net_minor,
        taxes=priced.taxes,
        rounding_minor=0,
        reason=reason,
    )


def _lowest_price(desk: Desk, unit: SellingUnit) -> UnitPrice | None:
    now = desk.clock.now()
    days = desk.shop.policy.no_receipt_days
    since = Timestamp(now.unix_ms - days * _DAY_MS)
    minor = desk.catalog.lowest_price_minor(unit.unit_id, since, now)
    return None if minor is None else UnitPrice("", minor, Period())
