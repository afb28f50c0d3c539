"""An item file becomes items, line by line; nothing is guessed in silence."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from pos_app.domain.item import SellBy
from pos_app.errors import UserError
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.services.item_import import (
    ImportOptions,
    ImportReport,
    import_items,
    write_report,
)
from tests.builders_catalog import (
    NOW,
    CountedIds,
    SteppedClock,
    opened_catalog,
    plain_item,
)

HEADER = "货号,条码,商品名称,售价,进价,单位,分类,规格,税率,箱规,箱条码"
GOOD = f"""{HEADER}
A1,6901234567892,可口可乐,3.50,2.10,罐,饮料,330ml,13%,24,16901234567899
A2,"6902083881405;036000291452",百事可乐,￥3.00,2,瓶,饮料,500ml,13,,
A3,,红富士苹果,12.8,8,kg,水果,,9%,,
"""


class Shop:
    """A catalogue, and how to import into it."""

    def __init__(
        self, folder: Path, writer: CatalogWriter, reader: CatalogReader
    ) -> None:
        self.folder, self.writer, self.reader = folder, writer, reader
        self.clock, self.ids = SteppedClock(), CountedIds()
        self.progress: list[int] = []

    def take(
        self, text: str | bytes, name: str = "items.csv", **options: object
    ) -> ImportReport:
        file = self.folder / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self.take_file(file, **options)

    def take_file(self, file: Path, **options: object) -> ImportReport:
        chosen = ImportOptions(
            self.clock,
            self.ids,
            on_progress=self.progress.append,
            **options,  # type: ignore[arg-type]
        )
        return import_items(file, self.writer, chosen)


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with opened_catalog(tmp_path) as (writer, reader):
        yield Shop(tmp_path, writer, reader)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.refused


def keys(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(p.line, p.column, p.key) for p in report.problems]


def test_a_chinese_file_becomes_items(shop: Shop) -> None:
    report = shop.take(GOOD)
    assert counts(report) == (3, 0, 0, 0)
    assert report.problems == []
    assert report.categories_added == ["饮料", "水果"]
    can = shop.reader.scan("6901234567892", NOW).unit  # type: ignore[union-attr]
    assert (can.name, can.unit_name, can.tax_category, can.sku) == (
        "可口可乐",
        "罐",
        "standard",
        "A1",
    )
    assert can.price is not None
    assert can.price.minor == 350
    box = shop.reader.scan("16901234567899", NOW).unit  # type: ignore[union-attr]
    assert (box.unit_name, box.pieces) == ("箱", Decimal(24))
    assert box.price is not None
    assert box.price.minor == 8400
    assert shop.reader.scan("0036000291452", NOW).unit.sku == "A2"  # type: ignore[union-attr]
    apple = shop.reader.scan("A3", NOW).unit  # type: ignore[union-attr]
    assert (apple.sell_by, apple.unit_code, apple.tax_category) == (
        SellBy.WEIGHT,
        "KGM",
        "reduced",
    )
    assert shop.writer.items_by_sku(["A1"])["A1"].units[0].cost_minor == 210
    assert shop.progress == [3]


def test_importing_twice_changes_nothing(shop: Shop) -> None:
    shop.take(GOOD)
    before = shop.writer.items_by_sku(["A1", "A2", "A3"])
    assert counts(shop.take(GOOD)) == (0, 0, 3, 0)
    assert shop.writer.items_by_sku(["A1", "A2", "A3"]) == before


def test_a_dry_run_tells_the_same_and_writes_nothing(shop: Shop) -> None:
    report = shop.take(GOOD, is_dry_run=True)
    assert counts(report) == (3, 0, 0, 0)
    assert report.was_dry_run
    assert shop.reader.item_count() == 0
    assert list(shop.reader.categories()) == []


def test_a_new_price_is_a_new_row_and_the_old_one_stays(shop: Shop) -> None:
    shop.take(GOOD)
    shop.clock.moment = NOW.plus_seconds(3600)
    report = shop.take(GOOD.replace("3.50", "3.80"))
    assert counts(report) == (0, 1, 2, 0)
    prices = shop.writer.items_by_sku(["A1"])["A1"].units[0].prices
    assert [price.minor for price in prices] == [350, 380]
    assert shop.reader.scan("A1", NOW).unit.price.minor == 350  # type: ignore[union-attr]
    assert shop.reader.scan("A1", shop.clock.moment).unit.price.minor == 380  # type: ignore[union-attr]


def test_what_the_file_does_not_say_stays(shop: Shop) -> None:
    shop.take(GOOD)
    report = shop.take("条码,名称\n6901234567892,可口可乐 经典\n")
    assert counts(report) == (0, 1, 0, 0)
    item = shop.writer.items_by_sku(["A1"])["A1"]
    assert (item.name, item.spec, len(item.units)) == ("可口可乐 经典", "330ml", 2)
    assert item.units[0].cost_minor == 210


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "big5", "utf-16"]
)
def test_every_common_encoding_is_read(shop: Shop, encoding: str) -> None:
    text = GOOD
    if encoding == "big5":
        text = "貨號,條碼,商品名稱,售價,單位,分類\nB1,4710018000010,黑松沙士,25,瓶,飲料\nB2,,茶葉蛋,10,個,熟食\n"
    report = shop.take(text.encode(encoding))
    assert report.refused == 0
    assert report.added == len(text.splitlines()) - 1
    sku, name = ("B1", "黑松沙士") if encoding == "big5" else ("A1", "可口可乐")
    assert shop.reader.scan(sku, NOW).unit.name == name  # type: ignore[union-attr]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_common_separator_is_read(shop: Shop, separator: str) -> None:
    rows = [["sku", "name", "price"], ["1", "Tea", "2.50"], ["2", "Milk", "3,20"]]
    lines = [
        separator.join(f'"{c}"' if separator == "," else c for c in r) for r in rows
    ]
    assert counts(shop.take("\r\n".join(lines), "x.tsv")) == (2, 0, 0, 0)
    assert shop.reader.scan("2", NOW).unit.price.minor == 320  # type: ignore[union-attr]


def test_a_spreadsheet_is_read_as_it_looks(shop: Shop) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: Sequence[Sequence[object]] = [
        ["商品编码", "条形码", "品名", "零售价", "税率"],
        ["00017", 6901234567892, "=1+2", 3.3, 0.13],
        [18, "036000291452", "牛奶", "¥1,204.50", "9%"],
        [None, None, None, None, None],
    ]
    for row in rows:
        sheet.append(list(row))
    book.save(shop.folder / "shop.xlsx")
    report = shop.take_file(shop.folder / "shop.xlsx")
    assert counts(report) == (2, 0, 0, 0)
    formula = shop.reader.scan("00017", NOW).unit  # type: ignore[union-attr]
    assert (formula.name, formula.price.minor, formula.barcode) == (
        "=1+2",
        330,
        "6901234567892",
    )  # type: ignore[union-attr]
    assert shop.reader.scan("18", NOW).unit.price.minor == 120450  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("line", "key", "column"),
    [
        pytest.param("B1,,新,abc,,,,,,,", "amount_unreadable", "售价", id="no price"),
        pytest.param(
            "B1,,新,1.234,,,,,,,", "amount_too_precise", "售价", id="too precise"
        ),
        pytest.param(
            "B1,,新,-1,,,,,,,", "import_price_negative", "售价", id="negative"
        ),
        pytest.param(
            "B1,,新,6901234567892,,,,,,,", "amount_absurd", "售价", id="a barcode"
        ),
        pytest.param(
            "B1,,新,690123456,,,,,,,", "import_price_absurd", "售价", id="absurd"
        ),
        pytest.param(
            "B1,6.90123E+12,新,1,,,,,,,",
            "import_barcode_scientific",
            "条码",
            id="crushed",
        ),
        pytest.param("B1,,,1,,,,,,,", "import_name_missing", "", id="no name"),
        pytest.param(",,新,1,,,,,,,", "import_number_missing", "条码", id="no number"),
        pytest.param("B1,,新,1,,,,,17%,,", "import_tax_unknown", "税率", id="tax"),
        pytest.param(
            "B1,,新,1,,台斤,,,,,", "import_unit_not_metric", "单位", id="Taiwan's catty"
        ),
        pytest.param(
            "B1,,新,1,,,,,,,16901234567899",
            "import_box_pieces_missing",
            "箱规",
            id="box",
        ),
        pytest.param(
            "B1,,新,1,,,,,,-3,16901234567899", "quantity_absurd", "箱规", id="pieces"
        ),
        pytest.param(
            "B1,6901234567892,新,1,,,,,,6,6901234567892",
            "import_box_same_barcode",
            "箱条码",
            id="one code twice",
        ),
        pytest.param(
            f"B1,,{'长' * 400},1,,,,,,,", "import_text_too_long", "商品名称", id="long"
        ),
    ],
)
def test_a_bad_line_is_refused_by_name_and_the_others_stay(
    shop: Shop, line: str, key: str, column: str
) -> None:
    report = shop.take(f"{HEADER}\n{line}\nC1,,好,1,,,,,,,\n")
    assert counts(report) == (1, 0, 0, 1)
    assert (2, column, key) in keys(report)
    assert shop.reader.item_count() == 1


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param(
            "B1,6901234567893,新,1,,,,,,,", "import_check_digit", id="check digit"
        ),
        pytest.param("B1,11210000155,新,1,,,,,,,", "import_zeros_lost", id="no zeros"),
        pytest.param("B1,,新,0,,,,,,,", "import_price_zero", id="free"),
        pytest.param(
            "B1,,新,1,2,,,,,,", "import_cost_above_price", id="cost above price"
        ),
        pytest.param(
            "B1,,新,1,,斤,,,,,", "import_unit_half_kilogram", id="half kilograms"
        ),
    ],
)
def test_what_is_odd_is_imported_and_said(shop: Shop, line: str, key: str) -> None:
    report = shop.take(f"{HEADER}\n{line}\n")
    assert counts(report) == (1, 0, 0, 0)
    assert [p.key for p in report.problems] == [key]
    assert report.warnings == 1


def test_a_price_per_half_kilogram_becomes_the_price_per_kilogram(shop: Shop) -> None:
    shop.take("plu,名称,售价,单位\n7,白菜,1.99,斤\n")
    unit = shop.reader.scan("7", NOW).unit  # type: ignore[union-attr]
    assert unit.price is not None
    assert (unit.unit_code, unit.price.minor) == ("KGM", 398)


def test_numbers_that_stand_twice_are_refused_the_second_time(shop: Shop) -> None:
    report = shop.take(
        f"{HEADER}\nA,6901234567892,一,1,,,,,,,\nA,,二,1,,,,,,,\n"
        "B,06901234567892,三,1,,,,,,,\nC,,四,x,,,,,,,\nC,,五,1,,,,,,,\n"
    )
    assert counts(report) == (2, 0, 0, 3)
    assert [(p.line, p.key, dict(p.params)) for p in report.problems] == [
        (3, "import_duplicate", {"line": 2}),
        (4, "import_duplicate", {"line": 2}),
        (5, "amount_unreadable", {}),
    ]


def test_a_barcode_of_another_item_is_refused(shop: Shop) -> None:
    shop.writer.put_item(plain_item(1, "有主", barcode="6901234567892"))
    report = shop.take(f"{HEADER}\nB1,6901234567892,新,1,,,,,,,\n")
    assert counts(report) == (0, 0, 0, 1)
    (problem,) = report.problems
    assert (problem.key, problem.value) == ("import_barcode_taken", "6901234567892")
    assert dict(problem.params) == {"sku": "S0001", "name": "有主"}


def test_two_lines_of_one_stored_item_are_refused(shop: Shop) -> None:
    shop.take("条码,名称,售价\n6901234567892 6902083881405,一,1\n")
    report = shop.take("条码,名称,售价\n6901234567892,二,1\n6902083881405,三,1\n")
    assert counts(report) == (0, 1, 0, 1)
    assert report.problems[0].key == "import_same_item"


def test_a_number_that_only_the_catalogue_can_refuse_costs_its_line_only(
    shop: Shop,
) -> None:
    report = shop.take("sku,plu,名称,售价\nA,7,一,1\nB,07,二,1\nC,8,三,1\n")
    assert counts(report) == (2, 0, 0, 1)
    assert [(p.line, p.key) for p in report.problems] == [(3, "plu_taken")]


def test_columns_are_named_by_the_person_where_the_headers_do_not(shop: Shop) -> None:
    text = "甲,乙,丙,丁\nX1,茶,2.5,备注\n"
    with pytest.raises(UserError) as caught:
        shop.take(text)
    assert caught.value.key == "import_columns_missing"
    report = shop.take(text, mapping={"sku": "甲", "name": "2", "price": "丙"})
    assert counts(report) == (1, 0, 0, 0)
    assert report.unused_columns == ("丁",)


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        ({"colour": "甲"}, "import_mapping_field"),
        ({"sku": "戊"}, "import_mapping_column"),
        ({"sku": "9"}, "import_mapping_column"),
    ],
)
def test_a_mapping_that_names_nothing_is_refused(
    shop: Shop, mapping: dict[str, str], key: str
) -> None:
    with pytest.raises(UserError) as caught:
        shop.take("甲,乙\n1,2\n", mapping=mapping)
    assert caught.value.key == key


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        pytest.param("a.csv", b"", "file_empty", id="empty"),
        pytest.param("a.csv", b"\n\n , \n", "file_empty", id="blank"),
        pytest.param("a.pdf", b"%PDF", "file_kind_unknown", id="kind"),
        pytest.param("a.xlsx", b"no zip", "file_unreadable", id="spreadsheet"),
        pytest.param(
            "a.xlsx", b"PK\x05\x06" + bytes(18), "file_unreadable", id="empty zip"
        ),
        pytest.param("a.csv", b"\xff\xff\xff\x80" * 9, "file_encoding", id="no text"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    shop: Shop, name: str, content: bytes, key: str
) -> None:
    with pytest.raises(UserError) as caught:
        shop.take(content, name)
    assert caught.value.key == key


def test_a_missing_file_says_so(shop: Shop) -> None:
    with pytest.raises(UserError) as caught:
        shop.take_file(shop.folder / "none.csv")
    assert caught.value.key == "file_missing"


def test_names_are_kept_whatever_their_script(shop: Shop) -> None:
    names = [
        "🍵 绿茶 👨‍👩‍👧",
        "חלב טרי",
        "=cmd|' /C calc'!A0",
        "x\u202eevil",
        "a\u0000b\u0007c",
    ]
    rows = "".join(f'N{i},"{name}",1\n' for i, name in enumerate(names))
    shop.take("sku,name,price\n" + rows)
    shown = [shop.reader.scan(f"N{i}", NOW).unit.name for i in range(5)]  # type: ignore[union-attr]
    assert shown == [names[0], names[1], names[2], "xevil", "ab c"]


def test_the_report_opens_in_a_spreadsheet_and_runs_nothing(shop: Shop) -> None:
    report = shop.take('sku,name,price\n1,a,"=HYPERLINK(1)"\n2,b,1.999\n')
    target = shop.folder / "report.csv"
    write_report(report, target, lambda problem: f"because {problem.key}")
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    with target.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[1] == [
        "2",
        "price",
        "'=HYPERLINK(1)",
        "refused",
        "amount_unreadable",
        "because amount_unreadable",
    ]
    assert len(rows) == 3


def test_a_long_file_comes_in_batches(shop: Shop) -> None:
    rows = "".join(f"{n},item {n},{n % 50}.00\n" for n in range(1, 1201))
    report = shop.take("sku,name,price\n" + rows)
    assert counts(report) == (1200, 0, 0, 0)
    assert shop.progress == [500, 1000, 1200]
    assert Counter(p.key for p in report.problems) == {"import_price_zero": 24}
