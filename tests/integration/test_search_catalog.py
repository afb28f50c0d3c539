"""What a cashier types finds what the shop sells, best sellers first."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.persistence.catalog.generated import generate_catalog, goods
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.warming import warm_catalog
from pos_app.persistence.catalog.writer import CatalogWriter
from tests.builders_catalog import NOW, opened_catalog, plain_item

GOODS = (
    plain_item(
        1, "可口可乐 330ml 罐装", barcode="6901234567892", names=(("en", "Coca-Cola"),)
    ),
    plain_item(2, "百事可乐 500ml", barcode="6902083881405"),
    plain_item(3, "农夫山泉饮用天然水 550ml", barcode="6921168509256"),
    plain_item(4, "绿茶 500ml", spec="无糖"),
    plain_item(5, "重庆小面", variant="麻辣"),
    plain_item(6, "雲南白藥牙膏", unit="支"),
    plain_item(7, "Crème brûlée Dessert 120g"),
    plain_item(8, "AA 电池 4 粒"),
    plain_item(9, "חלב טרי 3%"),
    plain_item(10, "水", sku="WATER-1"),
    plain_item(11, "音乐贺卡 🎵"),
    plain_item(12, "乐可口香糖"),
)


@pytest.fixture(scope="module")
def shop() -> Iterator[tuple[CatalogWriter, CatalogReader]]:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_catalog(Path(folder)) as opened,
    ):
        opened[0].put_items(GOODS)
        yield opened


def found(reader: CatalogReader, typed: str) -> set[int]:
    return {int(unit.unit_id[1:]) for unit in reader.search(typed, NOW, 50)}


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        pytest.param("可乐", {1, 2}, id="two characters"),
        pytest.param("可口可乐", {1}, id="a whole word"),
        pytest.param("可口", {1, 12}, id="two characters anywhere"),
        pytest.param("口可乐", {1}, id="three characters from the middle"),
        pytest.param("乐可口可", set(), id="pairs alone are not enough"),
        pytest.param("水", {3, 10}, id="one character"),
        pytest.param("kkkl", {1}, id="initials"),
        pytest.param("KKKL", {1}, id="initials in capitals"),
        pytest.param("bskl", {2}, id="initials of another"),
        pytest.param("kl", {1, 2}, id="initials from the middle"),
        pytest.param("kekoukele", {1}, id="full pinyin"),
        pytest.param("shanquan", {3}, id="full pinyin from the middle"),
        pytest.param("lvcha", {4}, id="ü typed as v"),
        pytest.param("lc", {4}, id="initials of lü"),
        pytest.param("cqxm", {5}, id="a character of two readings, common"),
        pytest.param("zqxm", {5}, id="a character of two readings, other"),
        pytest.param("yinyue", {11}, id="yue of 乐"),
        pytest.param("yyhk", {11}, id="initial of yue"),
        pytest.param("可樂", {1, 2}, id="traditional typed, simplified stored"),
        pytest.param("云南白药", {6}, id="simplified typed, traditional stored"),
        pytest.param("雲南", {6}, id="traditional both"),
        pytest.param("ynby", {6}, id="initials of traditional"),
        pytest.param("可乐 500", {2}, id="two terms"),
        pytest.param("500 可乐", {2}, id="the other order"),
        pytest.param("330ML 可乐", {1}, id="mixed with capitals"),
        pytest.param("可乐330", {1}, id="no blank between"),
        pytest.param("coca", {1}, id="a name in another language"),
        pytest.param("cola coca", {1}, id="its words in any order"),
        pytest.param("creme", {7}, id="without accents"),
        pytest.param("BRÛLÉE", {7}, id="with accents"),
        pytest.param("dess", {7}, id="the beginning of a word"),
        pytest.param("无糖", {4}, id="the grade"),
        pytest.param("麻辣 小面", {5}, id="the variant"),
        pytest.param("支 牙膏", {6}, id="the unit"),
        pytest.param("water-1", {10}, id="the SKU"),
        pytest.param("S0003", {3}, id="another SKU"),
        pytest.param("7892", {1}, id="four digits of a barcode's tail"),
        pytest.param("6921168509256", {3}, id="the whole barcode"),
        pytest.param("7892 可乐", {1}, id="a tail and a name"),
        pytest.param("7892 绿茶", set(), id="a tail and another's name"),
        pytest.param("חלב", {9}, id="right to left"),
        pytest.param("🎵", set(), id="a picture is no word"),
        pytest.param("", set(), id="nothing"),
        pytest.param('"可乐" OR * NEAR(', set(), id="what a query language would obey"),
        pytest.param("aa", {8}, id="two Latin letters"),
    ],
)
def test_search(
    shop: tuple[CatalogWriter, CatalogReader], typed: str, numbers: set[int]
) -> None:
    assert found(shop[1], typed) == numbers


def test_search_never_gives_more_than_asked(
    shop: tuple[CatalogWriter, CatalogReader],
) -> None:
    assert len(shop[1].search("5", NOW, 1)) == 1
    assert shop[1].search("5", NOW, 0) == ()


def test_a_changed_name_is_found_by_the_new_one_only(tmp_path: Path) -> None:
    with opened_catalog(tmp_path) as (writer, reader):
        writer.put_item(plain_item(1, "可口可乐"))
        writer.put_item(plain_item(1, "雪碧"))
        assert found(reader, "可乐") == set()
        assert found(reader, "xb") == {1}


def test_best_sellers_come_first_and_move_up_when_they_sell(tmp_path: Path) -> None:
    with opened_catalog(tmp_path) as (writer, reader):
        writer.put_items([plain_item(n, f"矿泉水 {n}号") for n in range(1, 301)])
        writer.bump_velocity(
            {"u250": Decimal(90), "u299": Decimal(2), "gone": Decimal(1)}
        )
        first = [unit.unit_id for unit in reader.search("矿泉", NOW, 3)]
        assert first == ["u250", "u299", "u1"]
        writer.bump_velocity({"u299": Decimal(500)})
        first = [unit.unit_id for unit in reader.search("kqs", NOW, 2)]
        assert first == ["u299", "u250"]


def test_best_sellers_keep_their_place_when_their_item_changes(tmp_path: Path) -> None:
    with opened_catalog(tmp_path) as (writer, reader):
        writer.put_items([plain_item(n, f"茶 {n}") for n in range(1, 60)])
        writer.bump_velocity({"u50": Decimal(90)})
        writer.put_item(plain_item(50, "茶 五十"))
        assert [u.name for u in reader.search("茶", NOW, 1)] == ["茶 五十"]
        writer.bump_velocity({"u50": Decimal(9000)})
        assert [u.name for u in reader.search("茶", NOW, 60)].count("茶 五十") == 1


def test_the_generated_catalogue_is_scanned_and_searched(tmp_path: Path) -> None:
    done: list[int] = []
    generate_catalog(tmp_path / "c.db", bytes(32), 2_000, done.append)
    engine = open_catalog_reader(tmp_path / "c.db", bytes(32))
    reader = CatalogReader(engine)
    scanned = reader.scan(goods(1234).barcode, NOW)
    assert scanned is not None
    assert scanned.unit.name == goods(1234).name
    best = max(range(1, 2_001), key=lambda n: goods(n).sold)
    assert reader.search(goods(best).name, NOW, 5)[0].name == goods(best).name
    assert reader.item_count() == done[-1] == 2_000
    reader.close()
    engine.dispose()


def test_warming_asks_and_stops_when_nobody_waits_for_it(tmp_path: Path) -> None:
    path, key = tmp_path / "c.db", bytes(32)
    generate_catalog(path, key, 500)
    assert warm_catalog(path, key, NOW) == 37
    answers = iter([True, True, False, False])
    assert warm_catalog(path, key, NOW, lambda: next(answers)) == 2
