"""Prices that hold for a time come into force by themselves; variants have a parent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from pos_app.errors import UserError
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.ports.catalog_editing import UnitDraft
from pos_app.services.item_import import ImportOptions, ImportReport, import_items
from pos_app.values.times import Timestamp
from tests.builders_catalog import CountedIds, SteppedClock, opened_catalog, plain_item

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> Timestamp:
    """Return a moment of the shop's wall clock."""
    return Timestamp.of(datetime.fromisoformat(text).replace(tzinfo=ZONE))


class Shop:
    """A catalogue on 2026-11-10 at noon, and how to import into it."""

    def __init__(
        self, folder: Path, writer: CatalogWriter, reader: CatalogReader
    ) -> None:
        self.folder, self.writer, self.reader = folder, writer, reader
        self.clock, self.ids = SteppedClock(at("2026-11-10 12:00")), CountedIds()

    def take(self, text: str, *, is_dry_run: bool = False) -> ImportReport:
        file = self.folder / "items.csv"
        file.write_text(text, encoding="utf-8")
        return self.take_file(file, is_dry_run=is_dry_run)

    def take_file(self, file: Path, *, is_dry_run: bool = False) -> ImportReport:
        options = ImportOptions(self.clock, self.ids, is_dry_run=is_dry_run)
        return import_items(file, self.writer, options)

    def price(self, code: str, moment: str) -> int | None:
        found = self.reader.scan(code, at(moment))
        assert found is not None
        return None if found.unit.price is None else found.unit.price.minor

    def unit(self, sku: str) -> UnitDraft:
        return self.writer.items_by_sku([sku])[sku].units[0]


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with opened_catalog(tmp_path) as (writer, reader):
        yield Shop(tmp_path, writer, reader)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.refused


def keys(report: ImportReport) -> list[tuple[int, str]]:
    return [(problem.line, problem.key) for problem in report.problems]


PROMOTED = (
    "货号,名称,售价,生效日期,失效日期\n"
    "A,可乐,3.50,,\n"
    "A,,2.99,2026-11-11,2026-11-12\n"
    "A,,3.80,2026/12/1,\n"
)


def test_a_future_price_comes_and_goes_by_itself_at_the_right_minute(
    shop: Shop,
) -> None:
    assert counts(shop.take(PROMOTED)) == (1, 2, 0, 0)
    for moment, minor in (
        ("2026-11-10 12:00", 350),
        ("2026-11-10 23:59", 350),
        ("2026-11-11 00:00", 299),
        ("2026-11-12 23:59", 299),
        ("2026-11-13 00:00", 350),
        ("2026-11-30 23:59", 350),
        ("2026-12-01 00:00", 380),
        ("2027-12-01 00:00", 380),
    ):
        assert shop.price("A", moment) == minor, moment


@pytest.mark.parametrize("later", ["2026-11-10 13:00", "2026-11-11 09:00"])
def test_importing_periods_twice_changes_nothing(shop: Shop, later: str) -> None:
    shop.take(PROMOTED)
    before = shop.unit("A").prices
    shop.clock.moment = at(later)
    assert counts(shop.take(PROMOTED)) == (0, 0, 3, 0)
    assert shop.unit("A").prices == before


def test_of_periods_that_overlap_the_one_that_began_last_is_in_force(
    shop: Shop,
) -> None:
    shop.take(
        "sku,name,price,valid_from,valid_until\nA,Tea,9,,\n"
        "A,,8,2026-11-20,2026-11-30\nA,,7,2026-11-25,2026-11-26\n"
    )
    days = ["2026-11-19", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"]
    found = [shop.price("A", f"{day} 12:00") for day in days]
    assert found == [900, 800, 700, 700, 800]


def test_a_future_price_is_corrected_and_a_past_one_never(shop: Shop) -> None:
    shop.take(PROMOTED)
    shop.take("sku,price,valid_from,valid_until\nA,2.89,2026-11-11,2026-11-13\n")
    assert shop.price("A", "2026-11-13 23:59") == 289
    assert len(shop.unit("A").prices) == 3
    shop.clock.moment = at("2026-11-12 08:00")
    shop.take("sku,price,valid_from,valid_until\nA,2.79,2026-11-11,2026-11-13\n")
    assert shop.price("A", "2026-11-12 07:59") == 289
    assert shop.price("A", "2026-11-12 08:00") == 279
    assert shop.price("A", "2026-11-14 00:00") == 350


def test_a_running_price_gets_another_end(shop: Shop) -> None:
    shop.take(PROMOTED)
    shop.clock.moment = at("2026-11-12 08:00")
    text = "sku,price,valid_from,valid_until\nA,2.99,2026-11-11,2026-11-20\n"
    assert counts(shop.take(text)) == (0, 1, 0, 0)
    assert shop.price("A", "2026-11-20 23:59") == 299
    shop.clock.moment = at("2026-11-16 08:00")
    text = "sku,price,valid_from,valid_until\nA,2.99,2026-11-11,2026-11-15\n"
    assert counts(shop.take(text)) == (0, 1, 0, 0)
    assert shop.price("A", "2026-11-16 07:59") == 299
    assert shop.price("A", "2026-11-16 08:00") == 350
    assert counts(shop.take(text)) == (0, 0, 1, 0)


def test_a_price_of_now_goes_before_a_price_for_a_time_and_says_so(shop: Shop) -> None:
    shop.take(PROMOTED)
    shop.clock.moment = at("2026-11-12 08:00")
    report = shop.take("sku,price\nA,3.20\n")
    assert keys(report) == [(2, "import_price_over_period")]
    assert shop.price("A", "2026-11-12 08:00") == 320
    assert shop.price("A", "2026-12-02 00:00") == 380


def test_a_price_until_a_day_begins_now(shop: Shop) -> None:
    shop.take("sku,name,price\nA,Tea,9\n")
    text = "sku,price,valid_until\nA,8,2026-11-15\n"
    assert counts(shop.take(text)) == (0, 1, 0, 0)
    assert counts(shop.take(text)) == (0, 0, 1, 0)
    assert shop.price("A", "2026-11-10 11:59") == 900
    assert shop.price("A", "2026-11-15 23:59") == 800
    assert shop.price("A", "2026-11-16 00:00") == 900


def test_a_record_of_when_a_price_was_set_is_no_change(shop: Shop) -> None:
    text = "货号,名称,售价,生效日期\nA,茶,9,2026-01-01\n"
    assert counts(shop.take(text)) == (1, 0, 0, 0)
    assert counts(shop.take(text)) == (0, 0, 1, 0)
    report = shop.take("货号,售价,生效日期\nA,8,2025-01-01\n")
    assert keys(report) == [(2, "import_price_overtaken")]
    assert shop.price("A", "2026-11-10 12:00") == 900


@pytest.mark.parametrize(
    ("period", "problem"),
    [
        pytest.param(
            "2026-11-20,2026-11-19", "import_period_backwards", id="backwards"
        ),
        pytest.param("31/12/2026,", "date_unreadable", id="unreadable"),
        pytest.param(",2999-01-01", "date_absurd", id="absurd"),
    ],
)
def test_periods_that_cannot_be_are_refused(
    shop: Shop, period: str, problem: str
) -> None:
    report = shop.take(f"sku,name,price,valid_from,valid_until\nA,Tea,9,{period}\n")
    assert counts(report) == (0, 0, 0, 1)
    assert keys(report) == [(2, problem)]


def test_a_period_that_is_over_is_said_and_adds_no_price(shop: Shop) -> None:
    report = shop.take(
        "sku,name,price,valid_from,valid_until\nA,Tea,9,2026-10-01,2026-10-31\n"
    )
    assert keys(report) == [(2, "import_period_over")]
    assert shop.unit("A").prices == ()


def test_a_period_may_end_never(shop: Shop) -> None:
    shop.take("sku,name,price,valid_from,valid_until\nA,Tea,9,20261201,9999-12-31\n")
    assert shop.price("A", "2026-11-30 23:59") is None
    assert shop.price("A", "2099-01-01 00:00") == 900


def test_a_spreadsheets_dates_are_the_shops_days(shop: Shop) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["货号", "名称", "售价", "起", "止"])
    sheet.append(
        ["A", "茶", 9, datetime(2026, 11, 22), datetime(2026, 11, 23)]  # noqa: DTZ001
    )
    sheet.append(["A", None, 8, 46352, "2026年11月27日"])
    book.save(shop.folder / "x.xlsx")
    assert counts(shop.take_file(shop.folder / "x.xlsx")) == (1, 1, 0, 0)
    days = ["2026-11-21 23:59", "2026-11-22 00:00", "2026-11-23 23:59"]
    days += ["2026-11-24 00:00", "2026-11-26 00:00", "2026-11-27 23:59"]
    found = [shop.price("A", day) for day in days]
    assert found == [None, 900, 900, None, 800, 800]


def test_a_boxs_price_has_its_periods_too(shop: Shop) -> None:
    shop.take(
        "货号,名称,售价,箱规,箱条码,箱价,生效日期\n"
        "A,茶,9,6,16901234567899,50,\nA,,,6,16901234567899,48,2026-12-01\n"
    )
    assert shop.price("16901234567899", "2026-11-30 12:00") == 5000
    assert shop.price("16901234567899", "2026-12-01 00:00") == 4800
    assert shop.price("A", "2026-12-01 00:00") == 900


def test_an_item_may_have_several_boxes(shop: Shop) -> None:
    text = (
        "货号,名称,售价,箱规,箱条码\nA,茶,9,6,16901234567899\nA,,,24,26901234567896\n"
    )
    assert counts(shop.take(text)) == (1, 1, 0, 0)
    assert counts(shop.take(text)) == (0, 0, 2, 0)
    assert shop.price("26901234567896", "2026-11-10 12:00") == 24 * 900


def test_the_same_said_twice_is_refused_the_second_time(shop: Shop) -> None:
    report = shop.take(
        "sku,name,price,valid_from\nA,Tea,9,2026-12-01\nA,Tea,8,2026-12-01\n"
    )
    assert keys(report) == [(3, "import_duplicate")]
    assert shop.price("A", "2026-12-01 00:00") == 900


def test_further_lines_of_a_refused_line_are_refused_with_it(shop: Shop) -> None:
    report = shop.take("sku,name,price,valid_from\nA,,9,\nA,Tea,8,2026-12-01\n")
    assert keys(report) == [
        (2, "import_name_missing"),
        (3, "import_first_line_refused"),
    ]


def test_further_lines_follow_across_batches_in_a_dry_run_too(shop: Shop) -> None:
    rows = "".join(f"F{n},x,1,\n" for n in range(499))
    text = f"sku,name,price,valid_from\n{rows}A,Tea,9,\nA,,8,2026-12-01\n"
    assert counts(shop.take(text, is_dry_run=True)) == (500, 1, 0, 0)
    assert counts(shop.take(text)) == (500, 1, 0, 0)


def test_items_known_by_plu_alone_are_found_again(shop: Shop) -> None:
    assert counts(shop.take("plu,名称,售价\n07,白菜,2\n")) == (1, 0, 0, 0)
    assert counts(shop.take("plu,名称,售价\n7,白菜,2\n")) == (0, 0, 1, 0)
    assert counts(shop.take("plu,名称,售价\n7,白菜,3\n")) == (0, 1, 0, 0)


# ------------------------------------------------------------------- variants


def test_a_variant_names_its_parent_by_sku(shop: Shop) -> None:
    text = "货号,名称,款式,售价,上级货号\nT,T恤,,59,\nT-M,T恤,米白 / M,59,T\nT-L,T恤,米白 / L,59,T\n"
    assert counts(shop.take(text, is_dry_run=True)) == (3, 0, 0, 0)
    assert counts(shop.take(text)) == (3, 0, 0, 0)
    assert counts(shop.take(text)) == (0, 0, 3, 0)
    items = shop.writer.items_by_sku(["T", "T-M"])
    assert items["T-M"].parent_id == items["T"].item_id
    assert items["T"].parent_id is None


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        pytest.param("V,v,1,NONE\n", (2, "import_parent_missing"), id="missing"),
        pytest.param("V,v,1,V\n", (2, "import_parent_itself"), id="itself"),
        pytest.param(
            "T,t,1,\nV,v,1,T\nW,w,1,V\n",
            (4, "import_parent_is_variant"),
            id="grandchild",
        ),
    ],
)
def test_parents_that_cannot_be_are_refused(
    shop: Shop, lines: str, problem: tuple[int, str]
) -> None:
    assert keys(shop.take("sku,name,price,parent_sku\n" + lines)) == [problem]


# ----------------------------------------------------------- whose a number is


def test_a_barcode_belongs_to_one_item_however_it_comes(shop: Shop) -> None:
    shop.writer.put_item(plain_item(1, "有主", barcode="6901234567892"))
    for code in ("6901234567892", "06901234567892"):
        with pytest.raises(UserError) as refused:
            shop.writer.put_item(plain_item(2, "夺者", barcode=code))
        assert refused.value.key == "barcode_taken"
    twice = (
        plain_item(3, "一", barcode="96385074"),
        plain_item(4, "二", barcode="96385074"),
    )
    with pytest.raises(UserError) as refused:
        shop.writer.put_items(twice)
    assert refused.value.key == "barcode_taken"
    found = {
        shop.reader.scan(code, shop.clock.moment).unit.unit_id  # type: ignore[union-attr]
        for code in ("6901234567892", "06901234567892") * 3
    }
    assert found == {"u1"}
    assert shop.reader.item_count() == 1
    assert shop.reader.scan("96385074", shop.clock.moment) is None


def test_a_sku_or_plu_belongs_to_one_item(shop: Shop) -> None:
    shop.writer.put_item(plain_item(1, "一", sku="A"))
    with pytest.raises(UserError) as refused:
        shop.writer.put_item(plain_item(2, "二", sku="A"))
    assert refused.value.key == "sku_taken"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("B,x,99999999999999,,,", "amount_absurd", id="price"),
        pytest.param("B,x,100000001,,,", "import_price_absurd", id="dear"),
        pytest.param("B,x,1e9,,,", "amount_unreadable", id="exponent"),
        pytest.param("B,x,1,-5,,", "import_price_negative", id="cost"),
        pytest.param("B,x,1,,0,16901234567899", "quantity_absurd", id="empty box"),
        pytest.param("B,x,1,,100000,16901234567899", "quantity_absurd", id="a house"),
        pytest.param(
            "B,x,1,,1.2345,16901234567899", "quantity_too_precise", id="crumbs"
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(shop: Shop, line: str, problem: str) -> None:
    report = shop.take(f"sku,name,price,cost,box_pieces,box_barcode\n{line}\n")
    assert keys(report) == [(2, problem)]
    assert shop.reader.item_count() == 0
