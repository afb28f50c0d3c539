"""What promotions cost in time: whole baskets, and each scan of a basket."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.cli.bench_figures import Figure, spread, timed_ms
from pos_app.cli.bench_promotion_sets import LOADS, RULES, Load, PromotionSets
from pos_app.domain.basket import Basket
from pos_app.domain.pricing import Pricing, price_again, price_basket
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.offers import Offers
from pos_app.values.times import Timestamp

#: Any moment: the promotions of the bench hold always.
MOMENT = Timestamp(0)
#: Each book is compiled anew for so many baskets.
BASKETS_OF_A_BOOK = 10
#: A frame of the screen; see the design, section 7.
FRAME_MS = 16


def offers_of(sets: PromotionSets) -> Offers:
    """Return the promotions of a set as a till has them at hand."""
    return Offers(compile_book(sets.promotions, {}), Occasion(MOMENT))


def promotion_figures(samples: int) -> Iterator[Figure]:
    """Measure pricing under promotions.

    Args:
        samples: baskets of each load.
    """
    for load in LOADS:
        yield from _load_figures(load, samples)
    yield from _scan_figures(LOADS[2], max(2, samples // 10))


def _load_figures(load: Load, samples: int) -> Iterator[Figure]:
    times: list[float] = []
    worst_nodes, cut_short = 0, 0
    for seed in range(-(-samples // BASKETS_OF_A_BOOK)):
        sets = PromotionSets(load, seed)
        offers = offers_of(sets)
        for _ in range(BASKETS_OF_A_BOOK):
            basket = sets.basket()
            times.append(
                timed_ms(lambda: price_basket(basket, RULES, MOMENT, offers))  # noqa: B023 - called at once
            )
            promoted = price_basket(basket, RULES, MOMENT, offers).promoted
            worst_nodes = max(worst_nodes, promoted.nodes)
            cut_short += not promoted.is_optimal
    name = f"pricing {load.name}"
    yield from spread(name, times, {50: None, 95: load.target_ms, 100: None})
    yield Figure(f"{name}: nodes of the longest search", worst_nodes, "nodes")
    share = 100 * cut_short / len(times)
    yield Figure(f"{name}: not proven optimal", share, "%")


def _scan_figures(load: Load, baskets: int) -> Iterator[Figure]:
    """Price a basket anew after every scan, as the till does."""
    times: list[float] = []
    for seed in range(baskets):
        sets = PromotionSets(load, seed)
        offers, whole = offers_of(sets), sets.basket()
        before: Pricing | None = None
        for count in range(1, len(whole.lines) + 1):
            basket: Basket = replace(whole, lines=whole.lines[:count])
            found: list[Pricing] = []
            times.append(
                timed_ms(
                    lambda: found.append(  # noqa: B023 - called at once
                        price_again(basket, RULES, MOMENT, before, offers)  # noqa: B023
                    )
                )
            )
            before = found[0]
    name = "each scan of a 20-line basket priced again, 200 promotions"
    yield from spread(name, times, {50: None, 99: FRAME_MS})
