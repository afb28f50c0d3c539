"""A till that changes many items, in a process of its own, for a drill that kills it.

    python -m tests.bulk_till SHOP make   makes every price 10% dearer, one document
    python -m tests.bulk_till SHOP start  starts as a till does, and finishes what waits

It prints one JSON line for each batch that is applied, and before it begins. Half way
it stands still: however late it is killed, that is before the end.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pos_app.bootstrap import Options, Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.bulk_edit import BulkAction, BulkField
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.item_listing import ItemQuery
from pos_app.services.bulk_plan import ids_of, plan_edit
from pos_app.values.percentage import Percentage
from tests.counter_shop import MANAGER, sign_on
from tests.drawing import NoRasteriser

DEARER = BulkAction(BulkField.PRICE_PERCENT, Percentage.parse("10"))


def main(shop: Path, what: str) -> None:
    """Open the shop and do it."""
    with Till(ShopFolder(shop), Options(with_printer=False)) as till:
        sign_on(till.counter, MANAGER)
        upkeep = TillUpkeep(till, NoRasteriser())
        desk = till.counter.desk
        if what == "start":
            say({"begins": True})
            upkeep.daily_care(desk.stamp())
            say({"cared": True})
            return
        now = desk.clock.now()
        found = ids_of(desk.catalog, ItemQuery(), now)
        job = till.counter.bulk.decide(plan_edit(desk.catalog, DEARER, found, now))
        say({"bulk": job.document.bulk_id, "rows": job.document.row_count})
        half = job.document.row_count // 2
        outcome = upkeep.run_bulk(job, lambda done: go_on(done, half))
        say({"done": outcome.done})


def go_on(done: int, half: int) -> None:
    """Say how far it is; half way, wait for a word that nobody says."""
    say({"applied": done})
    if done >= half:
        sys.stdin.readline()


def say(value: object) -> None:
    """Write one line that nobody buffers."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
