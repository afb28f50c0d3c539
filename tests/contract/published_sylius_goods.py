"""Published scenarios (Sylius): their goods, categories and taxes."""

from __future__ import annotations

import re

from pos_app.domain.tax import TaxRounding
from pos_app.values.times import Period
from tests.builders_promotions import at
from tests.contract.published_sylius_facts import Rate, minor
from tests.contract.published_sylius_shop import Shop
from tests.contract.published_sylius_steps import Q, noon, step


@step(f"the store has a product {Q}(?: priced at {Q})?(?: in {Q} channel)?")
def _product(shop: Shop, name: str, price: str | None, channel: str | None) -> None:
    shop.add_product(name, price)
    if channel:
        shop.prices_by_channel[name] = {channel: price or ""}


@step(f"this product is also priced at {Q} in {Q} channel")
def _also(shop: Shop, price: str, channel: str) -> None:
    shop.prices_by_channel[shop.product][channel] = price


@step(f"I change my current channel to {Q}")
def _channel(shop: Shop, channel: str) -> None:
    shop.channel = channel
    for name, prices in shop.prices_by_channel.items():
        shop.products[name] = []
        shop.add_variant(name, name, prices[channel])


@step(f"the store operates on (?:a|another) channel named {Q} in .*")
def _channels(_shop: Shop, _name: str) -> None:
    """A till of that shop; which one is told later."""


@step(f"the store operates on a single channel in the {Q} named {Q}")
def _one_channel(shop: Shop, _country: str, name: str) -> None:
    shop.channel = name


@step(f"the store has a {Q} configurable product")
def _configurable(shop: Shop, name: str) -> None:
    shop.add_product(name, None)


@step(f"this product has {Q} variant priced at {Q}(?: .*)?")
def _variant(shop: Shop, name: str, price: str) -> None:
    shop.add_variant(shop.product, name, price)


@step(f"the product {Q} has a {Q} variant priced at {Q}")
def _variant_of(shop: Shop, product: str, name: str, price: str) -> None:
    shop.add_variant(product, name, price)


@step(f"this product's price is {Q}")
def _price(shop: Shop, price: str) -> None:
    shop.add_variant(shop.product, shop.product, price)


@step(f"the product {Q} has original price {Q}")
def _original(shop: Shop, product: str, price: str) -> None:
    """The shelf said so; the lower price is a special one beside other offers."""
    now = shop.units[product].price
    assert now is not None
    shop.products[product] = []
    shop.add_variant(product, product, price)
    shop.begin_promotion("special price")
    shop.give_unit(shop.of_product(product), at(now.minor))


@step(f"the {Q} variant has minimum price of {Q} in the .*")
def _floor(shop: Shop, name: str, price: str) -> None:
    shop.change_variant(name, floor_minor=minor(price))


@step("the store classifies its products as .*")
def _taxons(_shop: Shop) -> None:
    """A category is known by those that stand in it."""


@step(f"(?:it|this product) belongs to {Q}")
def _belongs(shop: Shop, category: str) -> None:
    shop.change(shop.product, category_id=category)


@step(f"the {Q} taxon has child taxon {Q}")
def _child(shop: Shop, above: str, below: str) -> None:
    shop.parents[below] = above


@step(f"it belongs to {Q} tax category")
def _taxed(shop: Shop, category: str) -> None:
    shop.change(shop.product, tax_category=category)


@step(f"{Q} variant of product {Q} belongs to {Q} tax category")
def _variant_taxed(shop: Shop, name: str, _product: str, category: str) -> None:
    shop.change_variant(name, tax_category=category)


@step(
    f"the store has( included in price)? {Q} tax rate of (\\d+)% for {Q} "
    f"(?:within the {Q} zone|for the rest of the world)"
    f"(?: (ending|starting) at {Q})?"
)
def _rate(
    shop: Shop, included: str | None, name: str, percent: str, *rest: str
) -> None:
    category, zone, edge, day = rest
    period = Period()
    if edge:
        moment = noon("-".join(reversed(day.split("-"))))
        period = Period(moment, None) if edge == "starting" else Period(None, moment)
    shop.rates.append(Rate(name, percent, category, zone or "", bool(included), period))


@step("default tax zone is .*")
def _zone(shop: Shop) -> None:
    shop.zone = "US"


@step(f"the store uses the {Q} tax calculation strategy")
def _strategy(shop: Shop, name: str) -> None:
    assert name == "Order item units based"
    shop.rounding = TaxRounding.UNIT


@step(f"there is user {Q} with {Q} as shipping country")
def _country(shop: Shop, _who: str, country: str) -> None:
    """A till asks the tax of the place where it stands."""
    shop.zone = "US" if country == "United States" else ""


@step(f"I specified the billing address as .*, {Q} for {Q}")
def _address(shop: Shop, country: str, _name: str) -> None:
    shop.zone = "US" if country == "United States" else ""


@step(f"it is {Q} now")
def _now(shop: Shop, day: str) -> None:
    if re.match(r"\d\d-", day):
        day = "-".join(reversed(day.split("-")))
    shop.moment = noon(day)


@step('the ".*" tax rate has decimal calculator configured')
def _decimal(shop: Shop) -> None:
    """Tax is rounded once, on the document."""
    shop.rounding = TaxRounding.DOCUMENT
