"""The shop of a published scenario (Sylius): goods, promotions, a cart, a price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pos_app.domain.basket import BasketLine
from pos_app.domain.campaign.rfm import Bought
from pos_app.domain.campaign.segment import Customer, Measured, SegmentRule, belongs
from pos_app.domain.item import SellingUnit
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.promotion.deal import Deal, Off, UnitDeal
from pos_app.domain.promotion.occasion import CouponInHand, Shopper, Used
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.tax import TaxCategory, TaxRate, TaxRounding
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from tests.builders_pricing import NOON, rules
from tests.builders_promotions import (
    everything,
    goods,
    promotion,
    sold,
    spend,
)
from tests.contract.published_promotions import off_everything, price_accepted
from tests.contract.published_sylius_facts import (
    DELIVERY,
    TODAY,
    Rate,
    Way,
    minor,
    off_of,
)
from tests.contract.published_tax_rates import NotExpressibleError


@dataclass(slots=True)
class Shop:
    """What the steps of a scenario have told so far."""

    products: dict[str, list[str]] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    units: dict[str, SellingUnit] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    rates: list[Rate] = field(default_factory=list)
    rounding: TaxRounding = TaxRounding.LINE
    ways: dict[str, Way] = field(default_factory=dict)
    way: str = ""
    zone: str = "US"
    promotions: dict[str, list[Promotion]] = field(default_factory=dict)
    settings: dict[str, dict[str, Any]] = field(default_factory=dict)
    coupon_codes: dict[str, str] = field(default_factory=dict)
    coupons: list[CouponInHand] = field(default_factory=list)
    used: dict[str, Used] = field(default_factory=dict)
    shopper: Shopper | None = None
    moment: Timestamp = NOON
    cart: dict[str, int] = field(default_factory=dict)
    product: str = ""
    promotion: str = ""
    has_catalog_prices: bool = False
    named: list[str] = field(default_factory=list)
    prices_by_channel: dict[str, dict[str, str]] = field(default_factory=dict)
    channel: str = "shop"
    keeps_uses: bool = False
    viewed: str = ""
    segment: SegmentRule | None = None
    visits: int = 0

    # --- goods ---

    def add_product(self, name: str, price: str | None) -> None:
        self.product = name
        self.products.setdefault(name, [])
        if price is not None:
            self.add_variant(name, name, price)

    def add_variant(self, product: str, name: str, price: str) -> None:
        self.product = product
        self.products.setdefault(product, []).append(name)
        made = goods(name, minor(price), parent=f"product-{product}", tax="untaxed")
        self.units[name] = replace(made, **self.facts.get(product, {}))

    def change(self, product: str, **facts: Any) -> None:
        self.facts.setdefault(product, {}).update(facts)
        for name in self.products[product]:
            self.units[name] = replace(self.units[name], **facts)

    def change_variant(self, name: str, **facts: Any) -> None:
        self.units[name] = replace(self.units[name], **facts)

    def variants_viewed(self, list_minor: int) -> list[str]:
        """Return the variant on view: by its name, or by its price."""
        named = self.products.get(self.viewed) or [self.viewed]
        units = [self.units[name] for name in named]
        return [x.name for x in units if x.price and x.price.minor == list_minor]

    def of_products(self, *names: str) -> Selector:
        found = [self.of_product(name).include.item_ids for name in names]
        return Selector(GoodsSet(item_ids=tuple(x for ids in found for x in ids)))

    def of_category(self, *names: str) -> Selector:
        return Selector(GoodsSet(category_ids=names))

    def of_product(self, product: str) -> Selector:
        """Return a product by its item, or a variant by its own name."""
        names = self.products.get(product) or [product]
        return Selector(GoodsSet(item_ids=tuple(f"item-{x}" for x in names)))

    def priced_between(self, least: str, most: str) -> Selector:
        """Our selectors look at no prices: the goods in the range are named."""
        low, high = minor(least or "$0"), minor(most or "$1000000")
        named = [
            unit.item_id
            for unit in self.units.values()
            if unit.price and low <= unit.price.minor <= high
        ]
        if not named:
            raise NotExpressibleError("a promotion for no goods at all")
        return Selector(GoodsSet(item_ids=tuple(named)))

    # --- promotions ---

    def begin_promotion(self, name: str, **facts: Any) -> None:
        self.promotion = name
        self.promotions[name] = []
        self.settings[name] = {"stack_group": name, **facts}

    def give(self, deal: Deal) -> None:
        """Add a deal to the promotion at hand; each deal is a promotion of ours."""
        found = self.promotions[self.promotion]
        facts = dict(self.settings[self.promotion])
        facts["stack_group"] += f" {len(found)}"
        name = f"{self.promotion}#{len(found)}" if found else self.promotion
        found.append(promotion(deal, name, **facts))

    def give_unit(self, chosen: Selector, off: Off) -> None:
        self.give(UnitDeal(chosen, off))

    def also_for(self, item_id: str) -> None:
        """Widen the unit deal at hand to other goods."""
        (one,) = self.promotions[self.promotion]
        assert isinstance(one.deal, UnitDeal)
        wider = replace(one.deal.goods.include, item_ids=(item_id,))
        deal = replace(one.deal, goods=Selector(wider))
        self.promotions[self.promotion] = [replace(one, deal=deal)]

    def set(self, **facts: Any) -> None:
        self.settings[self.promotion].update(facts)
        found = self.promotions[self.promotion]
        self.promotions[self.promotion] = [replace(x, **facts) for x in found]

    def each(self, off: str, chosen: Selector) -> None:
        """Off every product of these; on lowered prices as an order deal."""
        if not self.has_catalog_prices or not off.endswith("%"):
            self.give(UnitDeal(chosen, off_of(off)))
            return
        # A price lowered already and a discount on it are two layers here.
        self.give(spend((1, off_of(off)), chosen=chosen))

    def whole(self, off: str, least: str = "", **facts: Any) -> None:
        facts = {"chosen": everything(DELIVERY)} | facts
        if least:
            self.give(spend((minor(least), off_of(off)), **facts))
        else:
            self.give(off_everything(off_of(off), **facts))

    # --- delivery ---

    def delivery(self) -> BasketLine | None:
        """Return the delivery that is chosen, or the first there is; None for none."""
        found = [
            name
            for name, way in sorted(self.ways.items(), key=lambda x: x[1].position)
            if way.zone in {None, self.zone} and not way.is_per_unit
        ]
        name = self.way or next(iter(found), "")
        if not name or not self.cart:
            return None
        way = self.ways[name]
        return sold(goods(DELIVERY, way.fee_minor, tax=way.category))

    # --- the customer ---

    def visit(self, count: int) -> None:
        """Let the customer have been here so often; segments give their tags."""
        self.visits = count
        found = Customer(
            Bought("member", TODAY, count, 0), score=None, measured=Measured(count)
        )
        rule = self.segment
        is_in = rule is not None and belongs(rule, found, TODAY)
        tags = (rule.tag,) if rule is not None and is_in else ()
        self.shopper = Shopper("member", tags=tags)

    # --- the price ---

    def add(self, product: str, count: int = 1) -> None:
        self.product = product
        name = (self.products.get(product) or [product])[0]
        self.cart[name] = self.cart.get(name, 0) + count
        self.named = [*self.named, name][-4:]

    def line_of(self, product: str, priced: PricedBasket) -> PricedLine:
        names = [*(self.products.get(product) or []), product]
        at = next(i for i, name in enumerate(self.cart) if name in names)
        return priced.lines[at]

    def view(self, product: str) -> PricedBasket:
        """Price one unit by itself, as a product page shows it."""
        name = (self.products.get(product) or [product])[0]
        return self._price([(name, 1)])

    def price(self) -> PricedBasket:
        """Price the cart, with its delivery as the last line."""
        return self._price(list(self.cart.items()), self.delivery())

    def price_of_goods(self) -> tuple[PricedLine, ...]:
        """Price the cart; return its lines without that of the delivery."""
        return self.price().lines[: len(self.cart)]

    def _price(
        self, wanted: Sequence[tuple[str, int]], delivery: BasketLine | None = None
    ) -> PricedBasket:
        lines = [sold(self.units[name], Decimal(count)) for name, count in wanted]
        lines += [delivery] if delivery else []
        found = [one for deals in self.promotions.values() for one in deals]
        return price_accepted(
            lines,
            *found,
            using=self._rules([x.unit for x in lines if x.unit is not None]),
            parents=self.parents,
            moment=self.moment,
            shopper=self.shopper,
            channel=self.channel,
            used=self.used,
            coupons=tuple(self.coupons),
        )

    def _rules(self, sold_units: Sequence[SellingUnit]) -> Any:
        rates = [rate for rate in self.rates if rate.zone == self.zone]
        keys = {unit.tax_category for unit in sold_units}
        ways = {rate.is_included for rate in rates if rate.category in keys}
        if len(ways) > 1:
            raise NotExpressibleError("prices with and without tax in one document")
        categories = [
            TaxCategory(
                key,
                "",
                tuple(
                    TaxRate(
                        rate.name,
                        rate.name,
                        Percentage.parse(rate.percent),
                        rate.period,
                    )
                    for rate in rates
                    if rate.category == key
                ),
            )
            for key in sorted(keys)
        ]
        return rules(
            self.rounding,
            prices_include_tax=ways == {True},
            categories=categories,
        )
