"""Published scenarios (Sylius): delivery, an item of its own in the cart."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.promotion.deal import GiftDeal
from tests.builders_promotions import everything, items
from tests.contract.published_sylius_facts import DELIVERY, Way, minor, off_of
from tests.contract.published_sylius_shop import Shop
from tests.contract.published_sylius_steps import Q, step


@step(
    f'the store has {Q} shipping method with "(\\$[1-9][^"]*)" fee( per unit)?'
    f"(?: within the {Q} zone| (for the rest of the world)| for {Q} channel)?"
)
def _way(shop: Shop, name: str, fee: str, *rest: str | None) -> None:
    per_unit, zone, elsewhere, _channel = rest
    shop.ways[name] = Way(
        minor(fee), "" if elsewhere else zone, is_per_unit=bool(per_unit)
    )


@step(f"the store (?:also )?allows shipping with {Q} at position (\\d+) with {Q} fee")
def _way_at(shop: Shop, name: str, position: str, fee: str) -> None:
    shop.ways[name] = Way(minor(fee), position=int(position))


@step(f"shipping method {Q} belongs to {Q} tax category")
def _taxed(shop: Shop, name: str, category: str) -> None:
    shop.ways[name] = replace(shop.ways[name], category=category)


@step(
    f"I (?:proceed with selecting|proceed with|chose|completed the shipping step with)"
    f' {Q} shipping method(?: and ".*" payment)?',
    f"I change shipping method to {Q}",
)
def _chosen(shop: Shop, name: str) -> None:
    if name in shop.ways:  # one for nothing is no line
        shop.way = name


@step(f"I proceed with selecting {Q} as billing country")
def _country(shop: Shop, country: str) -> None:
    shop.zone = "US" if country == "United States" else ""


@step(f"(?:it|the promotion|this promotion) gives {Q} discount on shipping to .*order")
def _off_delivery(shop: Shop, off: str) -> None:
    if off == "100%":
        _free_delivery(shop, None)
    else:
        shop.give_unit(items(DELIVERY), off_of(off))


@step(
    "(?:it|the promotion|this promotion) gives free shipping to every order"
    f"(?: over {Q})?"
)
def _free_delivery(shop: Shop, least: str | None) -> None:
    """It is what a purchase of so much brings along."""
    threshold = minor(least or "$0.01")
    bought, given = everything(DELIVERY), items(DELIVERY)
    shop.give(GiftDeal(bought, given, count=0, threshold_minor=threshold))
