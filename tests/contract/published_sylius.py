"""Published shopping scenarios (Sylius, gherkin) as baskets of ours.

Each step is a sentence; `GIVEN` says what it does to the shop, `THEN` which figure it
publishes. A sentence that is in neither asks for something that is no till's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TypeAlias

from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.values.quantity import checked_quantity
from tests.contract import (
    published_sylius_delivery,
    published_sylius_goods,
    published_sylius_promotions,
)
from tests.contract.published_sylius_shop import Shop
from tests.contract.published_sylius_steps import GIVEN, Q, step
from tests.contract.published_sylius_then import THEN
from tests.contract.published_tax_rates import Figure, NotExpressibleError

assert published_sylius_delivery
assert published_sylius_goods
assert published_sylius_promotions  # their steps are in GIVEN now

Case: TypeAlias = dict[str, Any]

#: Sentences about screens, accounts and addresses: they change no price here.
NOTHING = re.compile(
    r"the store operates on a single channel.*|I am a logged in customer"
    r"|the store ships (everywhere for Free|to .*)|the store allows paying.*"
    r"|I should be on .*|I should be notified that the product has been .*"
    r"|I see the summary .*|I check details .*|I proceed .*|I complete addressing .*"
    r"|the store has currency .*|that channel allows .*|there is a zone .*"
    r"|I (specified|define) the billing .*|I am at the checkout .*|I addressed .*"
    r"|there is a customer account .*|the store has a customer group .*"
    r"|I placed an order .*|I chose .*|the customer chose .*"
    r"|the store has .* shipping method with \"\$0\.00\" fee"
    r"|this product has option .*|this product is configured with the option .*"
    r"|I should be notified that the coupon is invalid"
    r"|I decide to change order shipping .*|I complete the shipping step|I choose .*"
    r"|\".*\" should be applied to my order shipping"
)


# --- the cart ---


@step(f"I use coupon with code {Q}", f"this cart has promotion applied with coupon {Q}")
def _use_coupon(shop: Shop, code: str) -> None:
    unlocked = shop.coupon_codes.get(code, "unknown")
    shop.coupons.append(CouponInHand(code, unlocked, is_chosen=True))


@step("I remove coupon from my cart")
def _no_coupon(shop: Shop) -> None:
    shop.coupons.clear()


@step(
    f"(?:I add|I added|I have|I had)(?: the)? product {Q} (?:to|in) the cart",
    f"the customer adds {Q} product to the cart",
)
def _add(shop: Shop, product: str) -> None:
    shop.add(product)


@step(f"(?:I add|I added|I have added|I have) (\\d+) products {Q} (?:to|in) the cart")
def _add_many(shop: Shop, count: str, product: str) -> None:
    shop.add(product, int(count))


@step("I add products (.*) to the cart")
def _add_several(shop: Shop, names: str) -> None:
    for name in re.findall(Q, names):
        shop.add(name)


@step("I add (?:this product|(\\d+) of them) to (?:the|my) cart")
def _add_this(shop: Shop, count: str | None) -> None:
    shop.add(shop.product, int(count or 1))


@step(f"I (?:add|have) {Q} variant of (?:this )?product(?: {Q})? (?:to|in) the cart")
def _add_variant(shop: Shop, name: str, _product: str | None) -> None:
    shop.add(name)


@step(f"I remove(?:d)? product {Q} from the cart")
def _remove(shop: Shop, product: str) -> None:
    del shop.cart[product]


@step(f"I change product {Q} quantity to (\\d+)(?: in my cart)?")
def _change(shop: Shop, product: str, count: str) -> None:
    if int(count) > 9999:
        checked_quantity(Decimal(count))
        raise NotExpressibleError("refused there, sold here")
    shop.cart[product] = int(count)


@step(
    f"I view product {Q}", f"I view {Q} variant of the {Q} product", "I view variants"
)
def _view(shop: Shop, name: str = "", _product: str = "") -> None:
    shop.viewed = name


@step(f"I select its {Q} as {Q}")
def _select(_shop: Shop, _option: str, _value: str) -> None:
    """Which variant is meant the next sentence says."""


def scenario(case: Case) -> Iterator[Figure]:
    """Play a scenario and yield every figure that it publishes."""
    shop = Shop()
    for sentence in [*case["background"], *case["steps"]]:
        plain = re.sub(r"^(Given|And|When|Then|But) ", "", sentence)
        if _play(shop, plain):
            continue
        for pattern, figure in THEN:
            found = pattern.match(plain)
            if found:
                yield figure(shop, *found.groups())
                break
        else:
            if not NOTHING.match(plain):
                raise NotExpressibleError(plain)


def _play(shop: Shop, sentence: str) -> bool:
    for pattern, action in GIVEN:
        found = pattern.match(sentence)
        if found:
            action(shop, *found.groups())
            return True
    return False
