"""The back office's list: every item once, in order, whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.item import Category
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.item_listing import ItemQuery, ItemRow, Standing
from tests.builders_catalog import NOW, opened_catalog

SHELVES = (None, "a", "b", "c")
COUNT = 230


def draft(n: int) -> ItemDraft:
    unit = UnitDraft(f"u{n:04d}", "H87", "件", barcodes=(f"6900000{n:05d}X",))
    return ItemDraft(
        f"i{n:04d}",
        f"S{n}",
        f"绿茶 {n} 号" if n % 3 else f"红茶 {n} 号",
        "standard",
        (unit,),
        category_id=SHELVES[n % 4],
        is_active=n % 5 != 0,
    )


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[CatalogReader]:
    with opened_catalog(tmp_path) as (writer, found):
        writer.put_categories(
            [
                Category(key, key, (), at, "food")
                for at, key in enumerate(SHELVES)
                if key is not None
            ]
        )
        writer.put_items([draft(n) for n in range(1, COUNT + 1)])
        yield found


def all_rows(reader: CatalogReader, query: ItemQuery, limit: int = 40) -> list[ItemRow]:
    """Return the rows of every page."""
    rows: list[ItemRow] = []
    after: int | None = None
    while True:
        page = reader.listing.page(query, NOW, after, limit)
        assert len(page.rows) <= limit
        rows += page.rows
        after = page.after
        if after is None:
            return rows


def expected(query: ItemQuery, words: str = "") -> list[str]:
    active = {
        Standing.ALL: (True, False),
        Standing.ON_SALE: (True,),
        Standing.RETIRED: (False,),
    }[query.standing]
    return [
        item.item_id
        for item in map(draft, range(COUNT, 0, -1))
        if item.is_active in active
        and (query.category_ids is None or item.category_id in query.category_ids)
        and words in item.name
    ]


SHELF_CHOICES = (None, (None,), ("a",), ("a", "b"), (None, "a", "b", "c"), ("gone",))


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("shelves", SHELF_CHOICES, ids=str)
@pytest.mark.parametrize("limit", [1, 40, 500])
def test_every_item_is_listed_once_the_newest_first(
    reader: CatalogReader, standing, shelves, limit
) -> None:
    query = ItemQuery(category_ids=shelves, standing=standing)
    rows = all_rows(reader, query, limit)
    assert [row.item_id for row in rows] == expected(query)


@pytest.mark.parametrize("standing", list(Standing))
@pytest.mark.parametrize("shelves", [None, ("a",), (None, "b")], ids=str)
def test_words_find_within_shelf_and_standing(
    reader: CatalogReader, standing, shelves
) -> None:
    query = ItemQuery("红茶", shelves, standing)
    rows = all_rows(reader, query)
    found = [row.item_id for row in rows]
    assert len(found) == len(set(found))
    assert sorted(found) == sorted(expected(query, "红茶"))


def test_an_item_with_many_units_is_found_once(tmp_path: Path) -> None:
    with opened_catalog(tmp_path) as (writer, reader):
        units = tuple(UnitDraft(f"u{n}", "XBX", f"箱{n}") for n in range(1, 9))
        writer.put_item(ItemDraft("i1", "", "矿泉水", "standard", units))
        writer.put_item(
            ItemDraft("i2", "", "矿泉水 2", "standard", (UnitDraft("v1", "H87", "件"),))
        )
        rows = all_rows(reader, ItemQuery("矿泉水"), limit=1)
        assert sorted(row.item_id for row in rows) == ["i1", "i2"]


def test_codes_name_items_whatever_they_are(reader: CatalogReader) -> None:
    item = draft(5)
    code = item.units[0].barcodes[0]
    assert reader.listing.id_of_code(code) == "i0005"  # retired
    assert reader.scan(code, NOW) is None
    assert reader.listing.id_of_code("S7") == "i0007"
    assert reader.listing.id_of_code("nothing") is None
    assert reader.listing.id_of_code("") is None


def test_an_item_is_opened_as_it_was_stored(reader: CatalogReader) -> None:
    assert reader.listing.item("i0005") == draft(5)
    assert reader.listing.item("i9999") is None


def test_a_page_is_found_by_indexes_alone(reader: CatalogReader) -> None:
    """A plan that scans would take seconds in a shop of a million items."""
    asked: list[str] = []
    listing = reader.listing
    plain = listing._query

    def watched(statement: str, parameters: tuple[object, ...] = ()) -> list[object]:
        plan = plain(f"EXPLAIN QUERY PLAN {statement}", parameters)
        asked.extend(str(row[3]) for row in plan)
        return plain(statement, parameters)  # type: ignore[no-any-return]

    listing._query = watched  # type: ignore[assignment]
    for shelves in SHELF_CHOICES:
        for standing in Standing:
            query = ItemQuery(category_ids=shelves, standing=standing)
            listing.page(query, NOW, 100, 40)
    listing.family("i0003", NOW)
    listing.id_of_code("S7")
    small = ("SCAN json_each", "SCAN category", "SCAN head", "SCAN CONSTANT ROW")
    scans = [line for line in asked if line.startswith("SCAN")]
    assert {line for line in scans if not line.startswith(small)} == set()
