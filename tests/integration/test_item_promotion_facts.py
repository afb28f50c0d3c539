"""Brand, tags, lowest price and member price: from a file to the scan, and found by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.domain.item import LevelPrice, SellingUnit
from pos_app.domain.promotion.deal import Off, SpendDeal, SpendTier
from pos_app.domain.promotion.selector import (
    ALL_GOODS,
    NO_GOODS,
    GoodsSet,
    Selector,
)
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.promotion_goods import trigger_counts
from pos_app.values.times import Timestamp
from tests.counter_shop import BOX, COLA, MANAGER, NOON, TEA, fresh_shop, opened

EVERYTHING = Selector(ALL_GOODS)
ROWS = (
    "货号,名称,品牌,标签,最低售价,会员价\nS4,粗盐,海屋,调味; 早市;调味,1.00,2.50\n"
    "S1,,湖滨,送礼、清明前,,\n"
)


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return fresh_shop(tmp_path)


def take(
    shop: ShopFolder, tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> dict[str, Any]:
    file = tmp_path / "items.csv"
    file.write_text(text, "utf-8")
    assert main(["import", "items", str(file), "--shop", str(shop.root), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def scanned(till: Till, code: str) -> SellingUnit:
    found = till.counter.desk.catalog.scan(code, Timestamp(1 << 45))
    assert found is not None
    return found.unit


def test_a_file_says_them_and_the_scan_knows_them(
    shop: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = take(shop, tmp_path, ROWS, capsys)
    assert (said["changed"], said["unused_columns"]) == (2, [])
    with opened(shop, number=MANAGER) as till:
        salt, tea = scanned(till, "S4"), scanned(till, TEA)
        assert (salt.brand, salt.tags, salt.floor_minor) == (
            "海屋",
            ("调味", "早市"),
            100,
        )
        (level,) = salt.level_prices
        assert (level.level, level.minor) == ("member", 250)
        assert (tea.brand, tea.tags, tea.floor_minor, tea.level_prices) == (
            "湖滨",
            ("送礼", "清明前"),
            0,
            (),
        )
    assert take(shop, tmp_path, ROWS, capsys)["changed"] == 0
    assert take(shop, tmp_path, ROWS.replace("2.50", "2.40"), capsys)["changed"] == 1
    with opened(shop, number=MANAGER) as till:
        assert [x.minor for x in scanned(till, "S4").level_prices] == [240]


def test_what_is_exported_is_read_back_without_a_change(
    shop: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(shop, tmp_path, ROWS, capsys)
    out = tmp_path / "out.csv"
    words = ["export", "items", str(out), "--shop", str(shop.root), "--json"]
    assert main(["--language", "zh-CN", *words]) == 0
    capsys.readouterr()
    text = out.read_text("utf-8-sig")
    assert "品牌,标签,最低售价,会员价" in text.splitlines()[0]
    assert take(shop, tmp_path, text, capsys)["changed"] == 0


def test_a_member_price_ends_when_the_next_one_begins(
    shop: ShopFolder, tmp_path: Path
) -> None:
    with opened(shop, number=MANAGER) as till:
        with till.editor() as editor:
            (salt,) = editor.items_by_sku(["S4"]).values()
        unit_id = salt.units[0].unit_id
        rows = [("member", 100, 5, 9), ("member", 90, 9, 1 << 62), ("gold", 80, 0, 7)]
        with till.editor() as editor, editor._writing() as connection:
            (key,) = connection.exec_driver_sql(
                "SELECT unit_key FROM unit WHERE unit_id = ?", (unit_id,)
            ).first()
            for level, minor, start, end in rows:
                connection.exec_driver_sql(
                    "INSERT INTO level_price VALUES (?, ?, ?, ?, ?, ?)",
                    (key, level, start, f"{level}{minor}", end, minor),
                )
        catalog = till.counter.desk.catalog

        def at(moment: int) -> list[tuple[str, int]]:
            unit = catalog.unit(unit_id, Timestamp(moment))
            assert unit is not None
            assert all(isinstance(x, LevelPrice) for x in unit.level_prices)
            return [(x.level, x.minor) for x in unit.level_prices]

        assert at(4) == [("gold", 80)]
        assert at(5) == [("gold", 80), ("member", 100)]
        assert at(8) == [("member", 100)]
        assert at(9) == [("member", 90)]
        with till.editor() as editor:
            editor.delete_item(salt.item_id)
        assert catalog.unit(unit_id, NOON) is None


def test_goods_are_found_by_what_a_promotion_names(
    shop: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(shop, tmp_path, ROWS, capsys)
    with opened(shop, number=MANAGER) as till:
        catalog = till.counter.desk.catalog
        assert catalog.brands() == ("海屋", "湖滨")
        assert set(catalog.tags()) == {"清明前", "调味", "送礼", "早市"}

        def skus(include: GoodsSet, exclude: GoodsSet = NO_GOODS) -> set[str]:
            chosen = Selector(include, exclude)
            return {x.sku for x in catalog.units_of(chosen, NOON, 99)}

        assert skus(GoodsSet(brands=(" 海屋 ",))) == {"S4"}
        assert skus(GoodsSet(tags=("送礼",), brands=("海屋",))) == {"S1", "S4"}
        assert skus(GoodsSet(brands=("海屋",)), GoodsSet(tags=("调味",))) == set()
        every = skus(ALL_GOODS)
        assert {"S1", "S4"} < every
        assert skus(ALL_GOODS, GoodsSet(tags=("送礼",))) == every - {"S1"}
        tea = scanned(till, TEA)
        assert skus(GoodsSet(item_ids=(tea.item_id,))) == {"S1"}
        assert skus(GoodsSet(unit_ids=(tea.unit_id,))) == {"S1"}
        assert skus(GoodsSet()) == set()


def test_goods_are_found_by_their_brand(
    shop: ShopFolder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(till: Till, typed: str) -> list[str]:
        return [x.sku for x in till.counter.desk.catalog.search(typed, NOON, 9)]

    take(shop, tmp_path, ROWS, capsys)
    with opened(shop, number=MANAGER) as till:
        assert [found(till, x) for x in ("海屋", "haiwu")] == [["S4"], ["S4"]]
    take(shop, tmp_path, ROWS.replace("海屋", "山里"), capsys)
    with opened(shop, number=MANAGER) as till:
        assert [found(till, x) for x in ("海屋", "山里")] == [[], ["S4"]]


def test_a_box_without_a_cost_of_its_own_costs_what_its_pieces_cost(
    shop: ShopFolder,
) -> None:
    with opened(shop, number=MANAGER) as till:
        piece, box = scanned(till, COLA), scanned(till, BOX)
        with till.editor() as editor:
            editor.put_cost(piece.unit_id, 210, NOON)
        catalog = till.counter.desk.catalog
        both = [piece.unit_id, box.unit_id]
        assert catalog.unit_costs(both) == {piece.unit_id: 210, box.unit_id: 24 * 210}
        with till.editor() as editor:
            editor.put_cost(box.unit_id, 4800, NOON)
        assert catalog.unit_costs(both)[box.unit_id] == 4800


def test_a_sample_is_of_few_goods_that_may_be_lowered(shop: ShopFolder) -> None:
    with opened(shop, number=MANAGER) as till:
        catalog = till.counter.desk.catalog
        deal = SpendDeal((SpendTier(10_000, Off(amount_minor=2000)),), EVERYTHING)
        tried = dict(trigger_counts(deal, catalog, NOON))
        worth = sum(x.price.minor * n for x, n in tried.items() if x.price)
        assert worth >= 10_000
        assert sum(tried.values()) <= 8
        with till.editor() as editor, editor._writing() as connection:
            connection.exec_driver_sql("UPDATE item SET discount_cap_millionths = 0")
        left = [x for x, n in trigger_counts(deal, catalog, NOON) if n]
        assert left  # a basket, in which nothing comes off
