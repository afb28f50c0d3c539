"""A till killed at any statement of a park, resume, merge or void; a full disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pos_app.bootstrap import Till
from pos_app.persistence.shop_folder import ShopFolder
from tests.counter_shop import (
    COLA,
    TEA,
    Losses,
    fill_disk,
    fresh_shop,
    lines_of,
    make_room,
    opened,
    prove,
    scan_beyond,
)


def park(till: Till, *codes: str) -> str:
    """Park a few goods; return the basket's id."""
    for code in codes:
        till.counter.sale.scan(code)
    parked = till.counter.park.park().result()
    return parked.sale.basket.basket_id


def merge(till: Till, key: str) -> Any:
    """Merge a parked sale into one with a cola."""
    till.counter.sale.scan(COLA)
    return till.counter.park.merge(key)


STEPS: dict[str, Callable[[Till, str], Any]] = {
    "park": lambda till, _key: till.counter.park.park(),
    "resume": lambda till, key: till.counter.park.resume(key),
    "merge": merge,
    "void": lambda till, key: till.counter.park.void(key, "customer_left"),
}


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_the_goods_lie_in_one_place_only(
    tmp_path: Path, step: str
) -> None:
    folder = fresh_shop(tmp_path)
    wrecks: list[Path] = []

    def wreck(connection: Any, *_statement: Any) -> None:
        if connection.engine.pool.size() == 1:  # the ledger's writer
            wrecks.append(tmp_path / f"wreck{len(wrecks)}")
            shutil.copytree(folder.root, wrecks[-1])

    with opened(folder) as till:
        key = park(till, TEA, TEA)
        if step == "park":
            till.counter.park.resume(key).result()
            till.counter.park.settled()
        till.ledger.flush()
        event.listen(Engine, "before_cursor_execute", wreck)
        event.listen(Engine, "commit", wreck)
        try:
            STEPS[step](till, key).result()
            till.ledger.flush()
        finally:
            event.remove(Engine, "before_cursor_execute", wreck)
            event.remove(Engine, "commit", wreck)
    assert len(wrecks) >= 5
    for place in wrecks:
        _examine(ShopFolder(place), key)


def _examine(folder: ShopFolder, key: str) -> None:
    """Look for two packets of tea, wherever a till has them."""
    with opened(folder) as till:
        baskets = [each.sale.basket for each in till.counter.park.all()]
        if till.counter.sale.basket is not None:
            baskets.append(till.counter.sale.basket)
        tea = sum(
            line.quantity
            for basket in baskets
            for line in basket.lines
            if line.scanned == TEA
        )
        voided = any("SaleVoided" in kind for kind in _kinds(till))
        assert tea == (0 if voided else 2)
        parked = {each.sale.basket.basket_id for each in till.counter.park.all()}
        current = till.counter.sale.basket
        assert not (current and current.basket_id in parked)
        if key in parked and (current is None or current.is_empty):
            till.counter.park.resume(key).result()
            till.counter.park.settled()
            assert lines_of(till.counter) == [("茉莉花茶", Decimal(2))]
        prove(till)


def _kinds(till: Till) -> list[str]:
    with till.ledger.read_engine.connect() as connection:
        query = "SELECT kind FROM journal ORDER BY epoch, seq"
        return [row[0] for row in connection.exec_driver_sql(query)]


def test_a_full_disk_parks_nothing_and_loses_nothing(tmp_path: Path) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses) as till:
        till.counter.sale.scan(TEA)
        fill_disk(till)
        count = scan_beyond(till.counter, losses)
        failed = till.counter.park.park()
        assert failed.exception() is not None
        till.counter.park.settled()
        assert lines_of(till.counter)[1] == ("可乐", Decimal(count))
        make_room(till)
        key = park(till)
        assert till.counter.park.count() == 1
        till.counter.park.resume(key).result()
        till.counter.park.settled()
        assert lines_of(till.counter)[1] == ("可乐", Decimal(count))


def test_a_merge_that_found_no_room_is_done_once_when_there_is_some(
    tmp_path: Path,
) -> None:
    losses = Losses()
    folder = fresh_shop(tmp_path)
    with opened(folder, losses=losses) as till:
        key = park(till, TEA)
        till.counter.sale.scan(COLA)
        fill_disk(till)
        assert till.counter.park.merge(key).exception() is not None
        till.counter.park.settled()
        count = scan_beyond(till.counter, losses)
        assert lines_of(till.counter) == [("可乐", Decimal(1 + count))]
        make_room(till)
        till.counter.park.merge(key).result()
        till.counter.park.settled()
        till.counter.sale.scan(COLA)
        whole = [("可乐", Decimal(2 + count)), ("茉莉花茶", Decimal(1))]
        assert lines_of(till.counter) == whole
    with opened(folder) as till:
        assert lines_of(till.counter) == whole
        assert till.counter.park.count() == 0
