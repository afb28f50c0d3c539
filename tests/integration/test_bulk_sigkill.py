"""kill -9 in the middle of a change of 2,000 items: finished, and exactly once."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from pathlib import Path

import pytest

from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.bulk_edit import BulkState
from pos_app.domain.price import UnitPrice
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.values.times import Period
from tests.builders_till import RunningTill
from tests.counter_shop import MANAGER, fresh_shop, opened, prove, query
from tests.drawing import NoRasteriser

ITEMS = 2000
PRICE_MINOR, DEARER_MINOR = 1000, 1100


@pytest.fixture(scope="module")
def stocked(tmp_path_factory) -> ShopFolder:
    """Return a shop of two thousand items beside its few."""
    folder = fresh_shop(tmp_path_factory.mktemp("bulk"))
    with opened(folder, number=MANAGER) as till:
        ids = till.counter.desk.ids
        with till.editor() as editor:
            for start in range(0, ITEMS, 500):
                some = [item(ids.new, number) for number in range(start, start + 500)]
                editor.put_items(some)
    return folder


def item(new_id, number: int) -> ItemDraft:
    price = UnitPrice(new_id(), PRICE_MINOR, Period())
    unit = UnitDraft(new_id(), "H87", "件", prices=(price,))
    return ItemDraft(new_id(), f"M{number:04d}", f"饼干 {number}", "standard", (unit,))


def child(folder: ShopFolder, what: str) -> RunningTill:
    program = ("tests.bulk_till", str(folder.root), what)
    return RunningTill(folder, iter(()), program)


def prices_set(folder: ShopFolder, key: bytes) -> Counter[tuple[int, int]]:
    """Count the items by how many prices they have, and which holds."""
    engine = open_catalog_reader(folder.catalog, key)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT count(*), max(p.minor) FROM price p JOIN unit u USING (unit_key) "
            "JOIN item i USING (item_key) WHERE i.sku LIKE 'M%' GROUP BY i.item_key"
        ).all()
    engine.dispose()
    return Counter((found, minor) for found, minor in rows)


def test_a_change_of_two_thousand_items_is_finished_exactly_once(stocked) -> None:
    draw = random.Random(20261122)
    till = child(stocked, "make")
    head = till.next_answer()
    assert head["rows"] >= ITEMS
    while till.next_answer().get("applied", 0) < 600:
        pass
    said = till.kill()
    assert not any("done" in answer for answer in said), "it was killed too late"
    starting = child(stocked, "start")
    starting.next_answer()
    time.sleep(draw.uniform(0.1, 0.4))  # and once more, while it is being finished
    starting.kill()
    with opened(stocked, number=MANAGER) as again:
        upkeep, desk = TillUpkeep(again, NoRasteriser()), again.counter.desk
        upkeep.daily_care(desk.stamp())
        document = desk.catalog.bulks.document(head["bulk"])
        assert document is not None
        assert (document.state, document.done) == (BulkState.DONE, head["rows"])
        key = again.ring.catalog_key
        assert prices_set(stocked, key) == {(2, DEARER_MINOR): ITEMS}
        journalled = bodies(again, head["bulk"])
        changed = Counter(x["item_id"] for body in journalled for x in body["items"])
        assert set(changed.values()) == {1}
        assert len(changed) == head["rows"]
        assert all(body["left"] == 0 for body in journalled)
        upkeep.daily_care(desk.stamp())  # nothing waits any more
        assert len(bodies(again, head["bulk"])) == len(journalled)
        prove(again)


def bodies(till, bulk_id: str) -> list[dict]:
    till.ledger.flush()
    rows = query(
        till, "SELECT plain(canonical) FROM journal WHERE kind = 'BulkChanged'"
    )
    told = [body_of(json.loads(row[0])) for row in rows]
    return [body for body in told if body["document"] == bulk_id]


def body_of(entry: dict) -> dict:
    return dict(entry.get("body", entry))


def test_a_kill_just_after_the_decision_leaves_all_of_it_or_nothing(
    tmp_path: Path,
) -> None:
    folder = fresh_shop(tmp_path)
    till = child(folder, "make")
    till.next_answer()
    till.kill()
    with opened(folder, number=MANAGER) as again:
        TillUpkeep(again, NoRasteriser()).daily_care(again.counter.desk.stamp())
        bulks = again.counter.desk.catalog.bulks
        assert bulks.unfinished() == []
        assert {x.state for x in bulks.recent(10)} <= {BulkState.DONE}
        prove(again)
