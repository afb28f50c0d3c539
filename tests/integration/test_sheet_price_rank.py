"""A price for a while that is corrected in a spreadsheet stays one, and holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.price import PROMOTION
from pos_app.services.item_sheet import write_sheet
from pos_app.services.prices import PriceDraft
from tests.counter_shop import TEA, unit_of
from tests.people_shop import PeopleShop, people_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PeopleShop]:
    with people_shop(tmp_path) as found:
        yield found


@pytest.mark.parametrize("begins", [3600, None])
def test_a_price_for_a_while_corrected_in_a_file_is_what_is_paid(
    shop: PeopleShop, tmp_path: Path, begins: int | None
) -> None:
    import openpyxl

    desk, unit = shop.desk, unit_of(shop.counter, TEA)
    now = desk.clock.now()
    start = None if begins is None else now.plus_seconds(begins)
    for draft in (
        PriceDraft(unit.unit_id, 900, start, now.plus_seconds(7200)),
        PriceDraft(unit.unit_id, 1400, now.plus_seconds(5000)),
    ):
        shop.store(shop.counter.prices.schedule(draft))
    file = tmp_path / "items.xlsx"
    shop.clock.set(now.plus_seconds(60))
    write_sheet(desk.catalog, [unit.item_id], file, (desk.clock.now(), "en", "1"))
    book = openpyxl.load_workbook(file)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == 9:
                cell.value = 8
    book.save(file)
    plan = shop.upkeep.plan_sheet(file, lambda _lines: None)
    job = shop.counter.bulk.decide(plan.decided(plan.offered))
    assert shop.upkeep.run_bulk(job, lambda _done: None).done == 1

    def price_at(seconds: int) -> int | None:
        found = desk.catalog.unit(unit.unit_id, now.plus_seconds(seconds))
        return found.price.minor if found and found.price else None

    assert [price_at(x) for x in (4000, 5500, 8000)] == [800, 800, 1400]
    rows = desk.catalog.price_rows(unit.unit_id)
    assert len({row.price_id for row in rows}) == len(rows)
    assert next(x for x in rows if x.minor == 800).priority == PROMOTION
