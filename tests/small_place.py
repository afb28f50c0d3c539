"""A till whose second place is a disk of a few megabytes, for the test of a full one.

Run in a mount namespace of its own:
    unshare -Urm sh -c 'mount -t tmpfs -o size=40m small PLACE && python -m tests.small_place SHOP PLACE'
Prints one JSON line with what happened.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pos_app.persistence.shop_folder import free_bytes
from pos_app.ports.second_place import PlaceState
from tests.builders_place import (
    choose,
    make_place_shop,
    open_till,
    restore,
    sell,
    wait_for,
)

LEFT_BYTES = 300 * 1024


def main(shop: Path, place: Path) -> dict[str, object]:
    """Fill the place, sell on, make room, and restore from it."""
    folder, code = make_place_shop(shop)
    filler = place / "holiday.mp4"
    with open_till(folder, patience_s=0.5) as till:
        choose(till, place)
        before = sell(till, 2)
        filler.write_bytes(bytes(free_bytes(place) - LEFT_BYTES))
        full: list[str] = []

        def is_full() -> bool:
            full.extend(sell(till, 3))
            return till.second_place.report().state is PlaceState.FULL

        wait_for(is_full)
        alarm = till.second_place.report().is_alarming
        filler.unlink()
        till.second_place.look_again()
        wait_for(lambda: till.second_place.report().state is PlaceState.CURRENT)
        after = sell(till, 2)
        wait_for(lambda: not till.second_place.is_behind)
    restored, _begun = restore(place, code, shop.with_name("spare"))
    with open_till(restored) as till:
        there = {sale.number for sale in till.ledger.recent_sales(10_000)}
    sold = [*before, *full, *after]
    return {
        "alarm": alarm,
        "sold_while_full": len(full),
        "missing": sorted(set(sold) - there),
        "unsaid": sorted(there - set(sold)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))) + "\n")
