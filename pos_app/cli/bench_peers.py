"""guitai bench --peers: what another engine makes of the same baskets and rules."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.bench_figures import Figure, percentile, timed_ms
from pos_app.cli.bench_oscar import OscarShop, start
from pos_app.cli.bench_promotion_sets import (
    RULES,
    Load,
    PromotionSets,
    without_bundles,
)
from pos_app.cli.bench_promotions import MOMENT, offers_of
from pos_app.domain.pricing import price_basket

#: Percentages, amounts, prices, nth and n for a price: what both engines have. Bundles
#: of different goods are left out, which django-oscar does not know.
LOADS = (
    Load("20 lines, 50 promotions", 20, 50, 300, only_promoted=True),
    Load("20 lines, 200 promotions", 20, 200, 300, only_promoted=True),
)
PEER = "django-oscar"


def peer_figures(baskets: int) -> Iterator[Figure]:
    """Price the same baskets twice: total saving and time, side by side.

    Args:
        baskets: of each load.

    Raises:
        UserError: "peer_missing" where the other engine is not installed.
    """
    start()
    for load in LOADS:
        yield from _side_by_side(load, baskets)


def _side_by_side(load: Load, count: int) -> Iterator[Figure]:
    sets = without_bundles(PromotionSets(load, 1))
    baskets = [sets.basket() for _ in range(count)]
    items = {int(x.unit.sku) for b in baskets for x in b.lines if x.unit}
    shop, offers = OscarShop(sets, sorted(items)), offers_of(sets)
    ours, theirs, our_ms, their_ms = [], [], list[float](), list[float]()
    for basket in baskets:
        our_ms.append(
            timed_ms(
                lambda: ours.append(
                    price_basket(basket, RULES, MOMENT, offers).promoted.saving_minor  # noqa: B023
                )
            )
        )
        other = shop.basket(basket)
        their_ms.append(timed_ms(lambda: theirs.append(shop.saving_minor(other))))  # noqa: B023
    name = f"{load.name}, {count} baskets"
    yield Figure(f"{name}: saved for customers, Guitai", sum(ours) / 100, "¥")
    yield Figure(f"{name}: saved for customers, {PEER}", sum(theirs) / 100, "¥")
    behind = sum(mine < other for mine, other in zip(ours, theirs, strict=True))
    yield Figure(f"{name}: baskets in which {PEER} saves more", behind, "", 0)
    yield Figure(f"{name}: a basket, Guitai, p50", percentile(our_ms, 50), "ms")
    yield Figure(f"{name}: a basket, {PEER}, p50", percentile(their_ms, 50), "ms")
