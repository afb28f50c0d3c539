"""What published scenarios (Sylius) say of a cart, as figures beside ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from pos_app.domain.pricing_result import PricedLine
from tests.contract.published_sylius_facts import minor
from tests.contract.published_sylius_shop import Shop
from tests.contract.published_tax_rates import Figure

Q = r'"([^"]*)"'
Told: TypeAlias = Callable[..., Figure]
THEN: list[tuple[re.Pattern[str], Told]] = []


def told(*patterns: str) -> Callable[[Told], Told]:
    def keep(figure: Told) -> Told:
        THEN.extend((re.compile(x + "$"), figure) for x in patterns)
        return figure

    return keep


def _each(line: PricedLine) -> int:
    return line.total_minor // int(line.quantity)


@told(
    f"(?:my|the) (?:cart|order)(?:'s)? total should be {Q}",
)
def _total(shop: Shop, amount: str) -> Figure:
    return "total", shop.price().total_minor, minor(amount)


@told(f"my cart items total should be {Q}", f"my cart should have {Q} items total")
def _items_total(shop: Shop, amount: str) -> Figure:
    lines = shop.price_of_goods()
    return "items", sum(line.total_minor for line in lines), minor(amount)


@told(
    f"my (?:cart|order) shipping(?: total)? should be {Q}",
    f"my cart estimated shipping cost should be {Q}",
    "my cart shipping should be for Free",
)
def _delivery(shop: Shop, amount: str = "$0.00") -> Figure:
    (line,) = shop.price().lines[len(shop.cart) :]
    return "delivery", line.net_minor + line.tax_minor, minor(amount)


@told(f"this promotion should give {Q} discount on shipping")
def _off_delivery(shop: Shop, amount: str) -> Figure:
    (line,) = shop.price().lines[len(shop.cart) :]
    return "off delivery", line.discount_minor, minor(amount)


@told(
    f"my discount should be {Q}",
    f"my order promotion total should be {Q}",
    "there should be no discount applied",
)
def _discount(shop: Shop, amount: str = "$0.00") -> Figure:
    """Off goods; what comes off a delivery is told by itself."""
    found = sum(line.discount_minor for line in shop.price_of_goods())
    return "discount", found, minor(amount)


@told(
    f"my cart (?:included in price )?taxes should be {Q}",
    f"my included in price taxes should be {Q}",
    f"my tax total should be {Q}",
    "there should be no taxes charged",
)
def _taxes(shop: Shop, amount: str = "$0.00") -> Figure:
    return "tax", shop.price().tax_minor, minor(amount)


@told(
    f"product {Q} price should be (?:decreased|discounted) by {Q}",
    f"product {Q} price should not be decreased",
)
def _less(shop: Shop, product: str, amount: str = "$0.00") -> Figure:
    line = shop.line_of(product, shop.price())
    return f"off {product}", line.discount_minor, minor(amount)


@told(f"(?:its|theirs|theirs subtotal) price should be decreased by {Q}")
def _its(shop: Shop, amount: str) -> Figure:
    return _less(shop, shop.named[-1], amount)


@told(f"the {Q} product should have unit prices? discounted by (.*)")
def _units(shop: Shop, product: str, amounts: str) -> Figure:
    line = shop.line_of(product, shop.price())
    ours = [x.discount_minor for x in line.shares for _ in range(x.count)]
    wanted = [minor(x) for x in re.findall(Q, amounts)]
    return f"off each {product}", ours, wanted * (len(ours) // len(wanted))


@told(f"I should see the product price {Q}")
def _shown(shop: Shop, amount: str) -> Figure:
    return "price", shop.view(shop.viewed).total_minor, minor(amount)


@told(f"I should see the product original price {Q}")
def _shown_before(shop: Shop, amount: str) -> Figure:
    return "list price", shop.view(shop.viewed).list_minor, minor(amount)


@told("I should see this product has no catalog promotion applied")
def _untouched(shop: Shop) -> Figure:
    return "uses", len(shop.view(shop.viewed).promoted.applications), 0


@told(
    f"I should see (?:this|{Q}) (?:product|variant) is discounted "
    f"from {Q} to {Q} with {Q} promotion"
)
def _from_to(shop: Shop, name: str | None, *rest: str) -> Figure:
    before, after, promotion = rest
    for variant in [name] if name else shop.variants_viewed(minor(before)):
        priced = shop.view(variant)
        used = [x.name for x in priced.promoted.applications]
        ours = (priced.list_minor, priced.total_minor, used)
    return "before, after, by", ours, (minor(before), minor(after), [promotion])


@told(f"I should see {Q} variant is not discounted")
def _not_lowered(shop: Shop, name: str) -> Figure:
    return f"off {name}", shop.view(name).discount_minor, 0


@told(
    f"I should see {Q} (?:only )?with (?:discounted )?unit price {Q} in my cart",
    f"the product {Q} should have discounted unit price {Q} in the cart",
    f"I should see product {Q} with unit price {Q}",
)
def _unit_price(shop: Shop, product: str, amount: str) -> Figure:
    line = shop.line_of(product, shop.price())
    return f"one {product}", _each(line), minor(amount)


@told(f"I should see {Q} with original price {Q} in my cart")
def _list_price(shop: Shop, product: str, amount: str) -> Figure:
    line = shop.line_of(product, shop.price())
    return f"list of {product}", line.unit_price_minor, minor(amount)


@told(f"I should see {Q} with quantity (\\d+) in my cart")
def _quantity(shop: Shop, product: str, count: str) -> Figure:
    line = shop.line_of(product, shop.price())
    return f"count of {product}", int(line.quantity), int(count)


@told("there should be one item in my cart")
def _one_line(shop: Shop) -> Figure:
    return "lines", len(shop.price().lines), 1


@told(f"total price of {Q} item should be {Q}")
def _line_total(shop: Shop, product: str, amount: str) -> Figure:
    line = shop.line_of(product, shop.price())
    return f"line of {product}", line.total_minor, minor(amount)


@told("my cart should be empty")
def _empty(shop: Shop) -> Figure:
    return "lines", len(shop.cart), 0
