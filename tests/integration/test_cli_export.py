"""`guitai export items`: what is exported is imported back, and nothing changes."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hardware.system_clock import SystemClock
from pos_app.bootstrap import create_shop, demo_setup
from pos_app.cli import main
from pos_app.cli.catalog_session import catalog_session
from pos_app.domain.item import Category, SellBy
from pos_app.domain.price import UnitPrice
from pos_app.i18n import LANGUAGES
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.item_columns import ItemField, find_columns
from pos_app.services.item_export_file import headers_in
from pos_app.services.setup_file import SetupFile
from pos_app.values.times import Period, Timestamp

DAY_MS = 86_400_000
NOW = SystemClock().now()


def later(days: int) -> Timestamp:
    return Timestamp(NOW.unix_ms + days * DAY_MS)


def price(name: str, minor: int, start: int | None, end: int | None) -> UnitPrice:
    period = Period(
        None if start is None else later(start), None if end is None else later(end)
    )
    return UnitPrice(name, minor, period)


def odd_items(category: str) -> list[ItemDraft]:
    """Return items that have everything an item may have."""
    piece = UnitDraft(
        "u1",
        "H87",
        "罐",
        barcodes=("6901234567892", "036000291452", "X-1"),
        prices=(
            price("p1", 350, None, None),
            price("p2", 299, -1, 5),
            price("p3", 289, 7, 9),
            price("p4", 380, 30, None),
            price("p0", 300, -9, -8),
        ),
        cost_minor=210,
    )
    boxes = (
        UnitDraft("u2", "XBX", "箱", Decimal(24), barcodes=("16901234567899",)),
        UnitDraft(
            "u3",
            "XPK",
            "提",
            Decimal(6),
            barcodes=("26901234567896",),
            prices=(price("q1", 1900, None, None), price("q2", 1800, 3, 4)),
        ),
    )
    names = (("en", "Cola"), ("zh-TW", "可樂"), ("ja", "コーラ"))
    apples = UnitDraft(
        "u4",
        "KGM",
        "斤",
        sell_by=SellBy.WEIGHT,
        plu="17",
        prices=(price("r1", 1280, -3, None),),
    )
    cup = UnitDraft("u5", "XCU", "杯", prices=(price("s1", 1200, None, None),))
    shirt = UnitDraft("u6", "H87", "件", barcodes=("A/B",), prices=())
    free = UnitDraft("u7", "H87", "件", prices=(price("t1", 5, 1, None),))
    return [
        ItemDraft("i1", "00017", "可口可乐  330ml", "standard", (piece, *boxes),
                  names=names, category_id=category, spec="330ml"),
        ItemDraft("i2", "", "红富士", "standard", (apples,), category_id=category),
        ItemDraft("i3", "=1+2", "=cmd|' /C calc'!A0", "standard", (cup,)),
        ItemDraft("i4", "'+7", "חלב טרי 3%", "standard", (shirt,), variant="-"),
        ItemDraft("i5", "E", "🍵 绿茶 👨‍👩‍👧", "standard", (free,),
                  parent_id="i6", variant="大, \"中\""),
        ItemDraft("i6", "P", "T恤;\n衫", "standard",
                  (UnitDraft("u8", "H87", "件", barcodes=("96385074",)),)),
        ItemDraft("i7", "", "没有号码", "standard", (UnitDraft("u9", "H87", "件"),)),
    ]  # fmt: skip


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    folder = ShopFolder(tmp_path / "shop")
    create_shop(folder, SetupFile(), FileKeyStore(folder.root))
    with catalog_session(folder) as session:
        session.editor.put_categories([Category("c1", "饮料 ", (), 0, "drinks")])
        session.editor.put_items(odd_items("c1"))
    return folder


@pytest.fixture
def ask(capsys):
    def run(*words: object):
        code = main([str(word) for word in words] + ["--json"])
        return code, json.loads(capsys.readouterr().out)

    return run


def stored(folder: ShopFolder, skus: list[str]) -> dict[str, ItemDraft]:
    with catalog_session(folder, writes=False) as session:
        return dict(session.editor.items_by_sku(skus))


SKUS = ["00017", "=1+2", "'+7", "E", "P"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_exporting_and_importing_changes_nothing(
    shop, ask, tmp_path: Path, kind: str, language: str
) -> None:
    file = tmp_path / f"items.{kind}"
    before = stored(shop, SKUS)
    code, said = ask(
        "--language", language, "export", "items", file, "--shop", shop.root
    )
    assert (code, said["items"], said["lines"], said["left_out"]) == (0, 6, 12, 1)
    code, report = ask("import", "items", file, "--shop", shop.root)
    assert report["problems"] == []
    assert (code, report["unchanged"], report["lines"]) == (0, 12, 12)
    assert report["unused_columns"] == []
    assert stored(shop, SKUS) == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_export_makes_the_same_goods_in_a_new_shop(
    shop, ask, tmp_path: Path, kind: str
) -> None:
    first, second = tmp_path / f"a.{kind}", tmp_path / f"b.{kind}"
    ask("export", "items", first, "--shop", shop.root)
    other = ShopFolder(tmp_path / "other")
    create_shop(other, SetupFile(), FileKeyStore(other.root))
    code, report = ask("import", "items", first, "--shop", other.root)
    assert (code, report["refused"], report["added"]) == (0, 0, 6)
    ask("export", "items", second, "--shop", other.root)
    assert cells(first) == cells(second)
    milk = stored(other, ["'+7"])["'+7"]
    assert (milk.name, milk.variant) == ("חלב טרי 3%", "-")
    assert stored(other, ["E"])["E"].parent_id == stored(other, ["P"])["P"].item_id


def cells(file: Path) -> list[list[str]]:
    """Return what is in a file, its parents' lines first as they stand."""
    if file.suffix == ".csv":
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.reader(stream))
    else:
        sheet = load_workbook(file).worksheets[0]
        rows = [
            [str(x or "") for x in row] for row in sheet.iter_rows(values_only=True)
        ]
    return sorted(rows)


def test_an_edited_export_changes_what_was_edited(shop, ask, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    ask("export", "items", file, "--shop", shop.root)
    text = file.read_text("utf-8-sig").replace(",3.50,", ",3.60,")
    file.write_text(text, encoding="utf-8")
    code, report = ask("import", "items", file, "--shop", shop.root)
    assert (code, report["changed"], report["unchanged"]) == (0, 1, 11)
    prices = stored(shop, ["00017"])["00017"].units[0].prices
    assert 360 in [price.minor for price in prices]


def test_a_spreadsheet_keeps_zeros_and_runs_nothing(shop, ask, tmp_path: Path) -> None:
    file = tmp_path / "items.xlsx"
    ask("export", "items", file, "--shop", shop.root)
    sheet = load_workbook(file).worksheets[0]
    column = {cell.value: cell.column - 1 for cell in sheet[1]}
    lines = reversed(list(sheet.iter_rows(min_row=2)))
    rows = {row[column["sku"]].value: row for row in lines}  # the first of each
    cola = rows["00017"]
    assert cola[column["barcode"]].value.startswith("6901234567892;")
    assert cola[column["price"]].data_type == "n"
    assert {cell.data_type for row in rows.values() for cell in row} <= {"n", "s"}
    assert rows["=1+2"][column["name"]].value == "=cmd|' /C calc'!A0"


def test_a_table_program_runs_nothing_of_a_csv_file(shop, ask, tmp_path: Path) -> None:
    file = tmp_path / "items.csv"
    ask("export", "items", file, "--shop", shop.root)
    assert not [
        cell for row in cells(file) for cell in row if cell[:1] in {"=", "+", "-", "@"}
    ]


def test_the_sample_shop_goes_out_and_in_unchanged(ask, tmp_path: Path) -> None:
    folder = ShopFolder(tmp_path / "demo")
    create_shop(folder, demo_setup(), FileKeyStore(folder.root))
    for kind in ("csv", "xlsx"):
        file = tmp_path / f"demo.{kind}"
        code, said = ask("export", "items", file, "--shop", folder.root)
        assert (code, said["left_out"]) == (0, 0)
        code, report = ask("import", "items", file, "--shop", folder.root)
        assert code == 0
        assert report["lines"] == report["unchanged"] == said["lines"]


def test_every_header_means_its_column() -> None:
    for language in LANGUAGES:
        positions = find_columns(headers_in(language)).positions
        assert list(positions) == list(ItemField)
        assert list(positions.values()) == list(range(len(ItemField)))


def test_another_kind_of_file_is_refused_and_none_is_left(
    shop, ask, tmp_path: Path
) -> None:
    code, answer = ask("export", "items", tmp_path / "x.pdf", "--shop", shop.root)
    assert (code, answer["error"]) == (2, "file_kind_unknown")
    code, answer = ask(
        "export", "items", tmp_path / "no" / "x.csv", "--shop", shop.root
    )
    assert code == 2
    assert not list(tmp_path.glob("*x.*"))
