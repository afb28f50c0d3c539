"""A till on a disk of a few megabytes, for the tests of a full one.

Run in a mount namespace of its own:
    unshare -Urm sh -c 'mount -t tmpfs -o size=12m small FOLDER && python -m tests.small_disk FOLDER'
Prints one JSON line with what happened.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pos_app.bootstrap import Options, Till
from pos_app.persistence.shop_folder import free_bytes
from pos_app.services.replay import Replay, ReplayClock
from tests.builders_till import SIGN_ON, as_lines, make_shop, one_sale

BALLAST_BYTES = 1024 * 1024
LEFT_BYTES = 700 * 1024
LIMIT = 5_000


class Day:
    """Sells until the disk refuses, and remembers what was acknowledged."""

    def __init__(self, replay: Replay) -> None:
        self._replay = replay
        self.acknowledged: list[str] = []
        self.refused: list[str] = []

    def sell_until_refused(self) -> None:
        """Sell; stop at the first sale that the disk refuses."""
        for number in range(LIMIT):
            self.sell(number)
            if self.refused:
                return
        raise AssertionError("the disk never filled")

    def sell(self, number: int) -> None:
        """Sell once; begin with whatever is in the basket."""
        for answer in self._replay.run(as_lines(iter(one_sale(number)))):
            if "number" in answer:
                self.acknowledged.append(answer["number"])
            elif answer["refused"] not in {"money_already_taken", "nothing_due"}:
                self.refused.append(answer["refused"])


def main(root: Path) -> dict[str, object]:
    """Fill the disk, sell on with the ballast, be refused, make room, sell on."""
    folder, _ = make_shop(root / "shop")
    clock = ReplayClock()
    options = Options(clock=clock, with_printer=False, ballast_bytes=BALLAST_BYTES)
    filler = root / "holiday.mp4"
    with Till(folder, options) as till:
        assert till.ballast
        till.ballast.restore()
        assert till.ballast.is_present
        replay = Replay(till.counter, clock)
        list(replay.run(as_lines(iter([SIGN_ON]))))
        day = Day(replay)
        day.sell(0)
        filler.write_bytes(bytes(free_bytes(root) - LEFT_BYTES))
        with_ballast = 0
        for number in range(LIMIT):
            if not till.ballast.is_present:
                break
            day.sell(number)
            with_ballast = len(day.acknowledged)
        assert not day.refused, "the ballast should have carried this sale"
        day.sell_until_refused()
        at_full, refused = len(day.acknowledged), list(day.refused)
        day.refused.clear()
        filler.unlink()
        for number in range(10):
            day.sell(number)
        stored = [sale.number for sale in till.ledger.recent_sales(LIMIT)]
    return {
        "before_the_ballast": with_ballast,
        "on_the_ballast": at_full - with_ballast,
        "refused": refused,
        "refused_with_room": day.refused,
        "after_room": len(day.acknowledged) - at_full,
        "missing": sorted(set(day.acknowledged) - set(stored)),
        "unsaid": sorted(set(stored) - set(day.acknowledged)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))) + "\n")
