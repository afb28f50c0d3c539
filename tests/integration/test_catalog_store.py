"""catalog.db answers what a till asks, from a real encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.domain.barcode_presets import preset
from pos_app.domain.item import Category, PriceSource, SellBy
from pos_app.domain.permission import Permission, Role, Staff
from pos_app.domain.price import UnitPrice
from pos_app.domain.shop import Shop
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.errors import StorageError, UserError
from pos_app.persistence.catalog.opening import (
    HEAD,
    MIGRATIONS,
    open_catalog,
    open_catalog_reader,
)
from pos_app.persistence.catalog.promotion_tables import TRIGGERS
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.tables import metadata
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.migration_runner import expected_schema, head_of
from pos_app.ports.catalog import Credential, Reason
from pos_app.ports.catalog_editing import ItemDraft, QuickKeyDraft, UnitDraft
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

KEY = bytes(range(32))
NOW = Timestamp(1_800_000_000_000)


def days(count: int) -> Timestamp:
    return NOW.plus_seconds(86_400 * count)


def cola() -> ItemDraft:
    can = UnitDraft(
        "unit-can",
        "H87",
        "罐",
        barcodes=("6901234567892", "036000291452"),
        prices=(UnitPrice("price-can", 300, Period()),),
        cost_minor=210,
    )
    box = UnitDraft(
        "unit-box", "XBX", "箱", pieces=Decimal(24), barcodes=("16901234567899",)
    )
    return ItemDraft(
        "item-cola",
        "A-001",
        "可口可乐",
        "standard",
        (can, box),
        names=(("en", "Cola"), ("zh-TW", "可口可樂")),
        category_id="cat-drinks",
        spec="330ml",
    )


def apples() -> ItemDraft:
    unit = UnitDraft(
        "unit-apple",
        "KGM",
        "kg",
        sell_by=SellBy.WEIGHT,
        plu="00123",
        prices=(UnitPrice("price-apple", 1280, Period()),),
    )
    return ItemDraft("item-apple", "F-7", "红富士苹果", "reduced", (unit,))


def shop() -> Shop:
    vat = TaxRate("A", "增值税 13%", Percentage.parse("13"), Period(end=days(10)))
    lower = TaxRate("B", "增值税 9%", Percentage.parse("9"), Period(start=days(10)))
    return Shop(
        shop_id="shop",
        name="晴川生活 · 湖滨店",
        names=(("en", "Qingchuan"),),
        address="湖滨路 1 号",
        phone="0571",
        tax_number="",
        language="zh-CN",
        time_zone="Asia/Shanghai",
        day_starts_at_hour=5,
        till="02",
        rules=PricingRules(
            currency="CNY",
            prices_include_tax=True,
            tax_rounding=TaxRounding.DOCUMENT,
            cash_rounding=CashRounding(10),
            tax_categories=(
                TaxCategory("standard", "标准", (vat, lower)),
                TaxCategory("reduced", "农产品", ()),
            ),
        ),
        cash_notes_minor=(10000, 5000, 100),
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


@pytest.fixture
def writer(path: Path) -> Iterator[CatalogWriter]:
    engine = open_catalog(path, KEY)
    writer = CatalogWriter(engine, lambda: NOW.unix_ms)
    writer.put_shop(shop())
    writer.put_categories(
        [Category("cat-drinks", "饮料", (("en", "Drinks"),), 0, "drinks")]
    )
    writer.put_items([cola(), apples()])
    yield writer
    engine.dispose()


@pytest.fixture
def reader(path: Path, writer: CatalogWriter) -> Iterator[CatalogReader]:
    engine = open_catalog_reader(path, KEY)
    reader = CatalogReader(engine)
    yield reader
    reader.close()
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_code_declares() -> None:
    made = {
        name for name in expected_schema(MIGRATIONS) if not name.startswith("search")
    }
    declared = set(metadata.tables)
    for table in metadata.tables.values():
        declared |= {str(index.name) for index in table.indexes}
    assert made - {"alembic_version"} == declared | TRIGGERS
    assert head_of(MIGRATIONS) == HEAD


def test_the_file_is_encrypted_and_refuses_a_wrong_key(
    path: Path, writer: CatalogWriter
) -> None:
    assert "可口可乐".encode() not in path.read_bytes()
    with pytest.raises(StorageError) as caught:
        CatalogReader(open_catalog_reader(path, bytes(32)))
    assert caught.value.key == "database_unreadable"


def test_a_catalogue_of_a_newer_program_is_refused(
    path: Path, writer: CatalogWriter
) -> None:
    engine = open_catalog(path, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(StorageError) as caught:
        open_catalog(path, KEY)
    assert caught.value.key == "database_newer"


@pytest.mark.parametrize(
    ("code", "unit_id"),
    [
        pytest.param("6901234567892", "unit-can", id="EAN-13"),
        pytest.param("06901234567892", "unit-can", id="as GTIN-14"),
        pytest.param("]E06901234567892", "unit-can", id="with identifier"),
        pytest.param("６９０１２３４５６７８９２", "unit-can", id="full-width digits"),
        pytest.param("0036000291452", "unit-can", id="UPC-A as EAN-13"),
        pytest.param("036000291452", "unit-can", id="UPC-A"),
        pytest.param("16901234567899", "unit-box", id="the box"),
        pytest.param("]C10106901234567892", "unit-can", id="GS1-128"),
        pytest.param("0106901234567892", "unit-can", id="GS1-128, no identifier"),
        pytest.param(
            "https://id.gs1.org/01/06901234567892", "unit-can", id="Digital Link"
        ),
        pytest.param("A-001", "unit-can", id="SKU"),
        pytest.param("123", "unit-apple", id="PLU"),
        pytest.param("0123", "unit-apple", id="PLU with zeros"),
    ],
)
def test_a_code_names_one_unit(reader: CatalogReader, code: str, unit_id: str) -> None:
    found = reader.scan(code, NOW)
    assert found is not None
    assert found.unit.unit_id == unit_id
    assert (found.quantity, found.total_minor) == (None, None)


@pytest.mark.parametrize(
    "code", ["", "]E0", "6901234567893", "nothing", "\x00", "9" * 4000]
)
def test_an_unknown_code_names_nothing(reader: CatalogReader, code: str) -> None:
    assert reader.scan(code, NOW) is None


def test_a_scanned_unit_says_everything_that_a_line_needs(
    reader: CatalogReader,
) -> None:
    unit = reader.scan("6901234567892", NOW).unit  # type: ignore[union-attr]
    assert (unit.name, unit.name_in("en"), unit.name_in("zh-TW")) == (
        "可口可乐",
        "Cola",
        "可口可樂",
    )
    assert (unit.sku, unit.category_id, unit.tax_category) == (
        "A-001",
        "cat-drinks",
        "standard",
    )
    assert unit.price == UnitPrice("price-can", 300, Period())
    assert (unit.source, unit.barcode) == (PriceSource.SHELF, "6901234567892")


def test_a_box_without_price_costs_its_pieces(reader: CatalogReader) -> None:
    unit = reader.unit("unit-box", NOW)
    assert unit is not None
    assert unit.price is not None
    assert (unit.price.minor, unit.source) == (7200, PriceSource.UNIT_FACTOR)


def test_of_prices_in_force_the_latest_start_wins(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    offer = UnitPrice("p-offer", 250, Period(days(1), days(2)))
    later = UnitPrice("p-later", 320, Period(days(5), None))
    can, box = cola().units
    prices = (*can.prices, offer, later)
    writer.put_item(replace(cola(), units=(replace(can, prices=prices), box)))
    found = [
        reader.unit("unit-can", days(day)).price.minor for day in (0, 1, 2, 4, 5, 99)
    ]  # type: ignore[union-attr]
    assert found == [300, 250, 300, 300, 320, 320]


def test_a_weight_label_finds_the_item_of_its_scale_number(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    writer.put_barcode_rules(preset("CN"))
    payload = "210012301250"
    found = reader.scan(payload + check_digit(payload), NOW)
    assert found is not None
    assert (found.unit.unit_id, found.quantity) == ("unit-apple", Decimal("1.25"))
    assert found.unit.source is PriceSource.EMBEDDED_WEIGHT


def test_a_price_label_carries_the_total(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    writer.put_barcode_rules(preset("CN"))
    payload = "220012301599"
    found = reader.scan(payload + check_digit(payload), NOW)
    assert found is not None
    assert (found.quantity, found.total_minor) == (None, 1599)
    assert found.unit.source is PriceSource.EMBEDDED_PRICE
    with pytest.raises(UserError) as caught:
        reader.scan(payload + str((int(check_digit(payload)) + 1) % 10), NOW)
    assert caught.value.key == "barcode_check_digit"


def test_a_label_filed_as_its_base_code_is_found_too(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    writer.put_barcode_rules(preset("CN"))
    base = "210077700000"
    unit = UnitDraft(
        "u-pear",
        "KGM",
        "kg",
        sell_by=SellBy.WEIGHT,
        barcodes=(base + check_digit(base),),
    )
    writer.put_item(ItemDraft("i-pear", "", "梨", "reduced", (unit,)))
    payload = "210077700480"
    found = reader.scan(payload + check_digit(payload), NOW)
    assert found is not None
    assert (found.unit.unit_id, found.quantity) == ("u-pear", Decimal("0.48"))


def test_a_gs1_message_carries_weight_and_amount(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    unit = UnitDraft(
        "u-ham", "KGM", "kg", sell_by=SellBy.WEIGHT, barcodes=("05901234123457",)
    )
    writer.put_item(ItemDraft("i-ham", "", "火腿", "standard", (unit,)))
    found = reader.scan("]C101059012341234573103001234392212341", NOW)
    assert found is not None
    assert (found.quantity, found.total_minor) == (Decimal("1.234"), 12341)


def test_a_broken_rule_is_refused_and_the_table_stays(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    writer.put_barcode_rules(preset("DE"))
    with pytest.raises(UserError):
        writer.put_barcode_rules([replace(preset("DE")[0], pattern="22C")])
    assert reader.barcode_rules() == preset("DE")


def test_numbers_of_another_item_are_refused(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    unit = UnitDraft("u-new", "H87", "件", barcodes=("06901234567892",))
    with pytest.raises(UserError) as caught:
        writer.put_item(ItemDraft("i-new", "", "新", "standard", (unit,)))
    assert caught.value.key == "barcode_taken"
    with pytest.raises(UserError) as caught:
        writer.put_item(
            ItemDraft(
                "i-new", "A-001", "新", "standard", (UnitDraft("u", "H87", "件"),)
            )
        )
    assert caught.value.key == "sku_taken"
    with pytest.raises(UserError) as caught:
        writer.put_item(
            ItemDraft(
                "i-new", "", "新", "standard", (UnitDraft("u", "H87", "件", plu="123"),)
            )
        )
    assert caught.value.key == "plu_taken"
    assert reader.item_count() == 2


def test_what_is_stored_reads_back_the_same(writer: CatalogWriter) -> None:
    assert writer.items_by_sku(["A-001"]) == {"A-001": cola()}
    assert writer.items_by_barcode(["16901234567899"[-14:]])["16901234567899"] == cola()


def test_a_unit_taken_off_and_an_item_no_longer_sold_are_not_found(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    writer.put_item(replace(cola(), units=cola().units[:1]))
    assert reader.scan("16901234567899", NOW) is None
    writer.put_item(replace(cola(), is_active=False))
    assert reader.scan("6901234567892", NOW) is None
    assert reader.search("可乐", NOW, 10) == ()
    writer.put_item(cola())
    assert reader.scan("16901234567899", NOW) is not None
    assert len(reader.search("可乐", NOW, 10)) == 2


def test_variants_are_items_that_name_their_parent(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    parent = ItemDraft(
        "shirt", "T", "短袖衬衫", "standard", (UnitDraft("u-t", "H87", "件"),)
    )
    white = replace(
        parent, item_id="shirt-w", sku="T-W", variant="米白 / M", parent_id="shirt",
        units=(UnitDraft("u-tw", "H87", "件", barcodes=("2000000000015",)),),
    )  # fmt: skip
    writer.put_items([white, parent])
    found = reader.scan("2000000000015", NOW)
    assert found is not None
    assert found.unit.variant == "米白 / M"
    assert writer.items_by_sku(["T-W"])["T-W"].parent_id == "shirt"


def test_the_shop_reads_back_and_follows_changes(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    assert reader.shop() == shop()
    writer.put_shop(replace(shop(), till="03"))
    assert reader.shop().till == "03"
    writer.put_setting("theme", "dark")
    assert (reader.setting("theme"), reader.setting("none")) == ("dark", None)


def test_a_shop_not_set_up_says_so(tmp_path: Path) -> None:
    open_catalog(tmp_path / "catalog.db", KEY).dispose()
    empty = CatalogReader(open_catalog_reader(tmp_path / "catalog.db", KEY))
    with pytest.raises(StorageError) as caught:
        empty.shop()
    assert caught.value.key == "shop_not_set_up"
    empty.close()


def test_people_tenders_reasons_and_tiles_read_back(
    writer: CatalogWriter, reader: CatalogReader
) -> None:
    role = Role(
        "cashier", "收银员", (), frozenset({Permission.SELL}), 500, is_supervisor=False
    )
    ann = Staff("s1", "1001", "早班收银", (), role, "zh-CN")
    gone = Staff("s2", "1002", "旧人", (), role, is_active=False)
    writer.put_roles([role])
    writer.put_staff([(ann, Credential("s1", "$argon2id$x", "ab12")), (gone, None)])
    assert list(reader.staff()) == [ann]
    assert reader.credential("s1") == Credential("s1", "$argon2id$x", "ab12")
    assert reader.staff_by_badge("ab12") == ann
    assert reader.staff_by_badge("") is None
    writer.put_staff([(ann, None)])
    assert reader.credential("s1") == Credential("s1", "$argon2id$x", "ab12")
    cash = TenderType(
        "cash", "现金", (("en", "Cash"),), TenderKind.CASH,
        opens_drawer=True, gives_change=True, asks_reference=False, position=0,
    )  # fmt: skip
    writer.put_tenders([cash])
    assert list(reader.tender_types()) == [cash]
    reason = Reason("wrong", "sale_void", "输错", (("en", "Mistake"),))
    writer.put_reasons([reason])
    assert list(reader.reasons("sale_void")) == [reason]
    assert list(reader.reasons("other")) == []
    writer.put_quick_keys("", [QuickKeyDraft(2, "unit-can", "可乐", (("en", "Coke"),))])
    (tile,) = reader.quick_keys("", NOW)
    assert (tile.position, tile.unit.unit_id, tile.label_in("en")) == (
        2,
        "unit-can",
        "Coke",
    )
    assert [c.name for c in reader.categories()] == ["饮料"]


def test_tax_is_named_by_key_name_code_and_percentage(writer: CatalogWriter) -> None:
    keys = writer.tax_keys()
    assert keys["13%"] == keys["13"] == keys["a"] == keys["标准"] == "standard"
    assert keys["reduced"] == keys["农产品"] == "reduced"
    assert writer.currency() == "CNY"
