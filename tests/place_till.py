"""A till with a second place in a process of its own, for the drills that kill it.

    python -m tests.place_till SHOP PLACE   reads replay commands, one JSON line each

After each command that is durable it prints {"did": how many}, and before it what the
command finished. The place has ample time: a busy machine is no slow stick.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pos_app.bootstrap import Options, Till
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.second_place import PlaceState
from pos_app.services.replay import Replay, ReplayClock

PATIENCE_S = 20.0


def main(shop: Path, place: Path) -> None:
    """Sell what is told, and say what is done."""
    options = Options(with_printer=False, place_patience_s=PATIENCE_S)
    with Till(ShopFolder(shop), options) as till:
        if till.second_place.report().state is PlaceState.NONE:
            till.second_place.choose(place, till.counter.desk.stamp())
        replay = Replay(till.counter, ReplayClock())
        for count, line in enumerate(sys.stdin, 1):
            for answer in replay.run([line]):
                say(answer)
            till.ledger.flush()
            say({"did": count})


def say(value: object) -> None:
    """Write one line that nobody buffers."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
