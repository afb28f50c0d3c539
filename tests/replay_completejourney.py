"""Replays real baskets through the counter's services, and proves that all balances.

    python -m tests.replay_completejourney [BASKETS] [FOLDER]

Households are members (card, member prices, points, tiers), their coupons are coupons
of the shop; they give points and bring goods back. Prints one JSON object: what was
booked, every proof, the time and the size of the databases.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.journey_baskets import baskets
from tests.journey_proof import proofs
from tests.journey_shop import JourneyShop, opened_shop

#: So many baskets between two words of progress, and between two proofs on the way.
_EVERY, _PROVEN_EVERY = 2_500, 20_000


def replay(shop: JourneyShop, *, say_progress: bool = False) -> float:
    """Ring every basket up; return the seconds it took."""
    began = time.perf_counter()
    for number, basket in enumerate(shop.baskets, 1):
        shop.ring_up(number, basket)
        if say_progress and number % _EVERY == 0:
            _say({"baskets": number, "seconds": round(time.perf_counter() - began)})
        if say_progress and number % _PROVEN_EVERY == 0:
            _say({"baskets": number, "proofs": proofs(shop)})
    shop.till.ledger.flush()
    return time.perf_counter() - began


def main(count: int, folder: Path) -> int:
    """Replay and print; 0 where everything is proven."""
    found, left_out = baskets(count)
    with opened_shop(folder, found) as shop:
        made = time.perf_counter()
        shop.prepare()
        enrolled = time.perf_counter() - made
        seconds = replay(shop, say_progress=True)
        began = time.perf_counter()
        proven = proofs(shop)
        sizes = {x.name: x.stat().st_size for x in shop.root.rglob("*.db")}
        _say(
            {
                "baskets": len(found),
                "lines_left_out": left_out,
                "booked": asdict(shop.sums),
                "proofs": proven,
                "seconds": {
                    "enrolment": round(enrolled, 1),
                    "replay": round(seconds, 1),
                    "proof": round(time.perf_counter() - began, 1),
                    "each_basket_ms": round(1000 * seconds / len(found), 2),
                },
                "bytes": sizes,
            }
        )
    return 0 if all(proven.values()) else 1


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2:
        sys.exit(main(asked, Path(sys.argv[2])))
    with tempfile.TemporaryDirectory() as own:
        sys.exit(main(asked, Path(own)))
