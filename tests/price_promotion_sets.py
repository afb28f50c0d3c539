"""Prices the bench's baskets and prints the digest of all that came out.

    python -m tests.price_promotion_sets forwards | backwards

The promotions are put in in that order. Two processes that agree print the same.
"""

from __future__ import annotations

import hashlib
import sys

from pos_app.cli.bench_promotion_sets import LOADS, RULES, PromotionSets
from pos_app.domain.pricing import price_basket
from tests.builders_pricing import NOON
from tests.builders_promotions import offers

BASKETS = 4


def digest(*, backwards: bool) -> str:
    """Return the digest of a few baskets of each load."""
    seen = hashlib.sha256()
    for load in LOADS:
        sets = PromotionSets(load, 1)
        found = sets.promotions[::-1] if backwards else sets.promotions
        asked = offers(found)
        for _ in range(BASKETS):
            priced = price_basket(sets.basket(), RULES, NOON, asked)
            seen.update(repr(priced).encode())
    return seen.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest(backwards=sys.argv[1] == "backwards"))
