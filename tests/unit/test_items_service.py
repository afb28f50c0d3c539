"""Items in the back office: added, changed, retired, deleted, registered."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pos_app.bootstrap import Till
from pos_app.cli.till_upkeep import TillUpkeep
from pos_app.domain.barcode_presets import preset
from pos_app.domain.barcode_rule import first_match
from pos_app.domain.in_store_code import codes_after, free_prefix
from pos_app.domain.permission import Permission
from pos_app.domain.stock_document import StockKind
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.item_listing import ItemQuery, Standing
from pos_app.services.item_form import CodeForm, ItemForm, UnitForm, rebased
from pos_app.services.item_picture import read_picture, read_picture_file
from pos_app.services.item_save import ItemSave, Seen
from pos_app.services.item_variants import listed_values
from pos_app.services.replay import ReplayClock
from pos_app.services.session import ApprovalNeeded
from pos_app.values.gs1.gtin import is_gtin
from tests.builders_stock import receive
from tests.counter_shop import (
    BOX,
    CASHIER,
    COLA,
    MANAGER,
    NOON,
    SETUP,
    TEA,
    lines_of,
    make_counter_shop,
    opened,
    refusal,
    sell,
    sign_on,
)

FRESH, OTHER, WRONG = "6970000000017", "6970000000024", "6970000000014"


class Shop:
    """A till with a manager at it, and what a person does in the back office."""

    def __init__(self, till: Till, clock: ReplayClock) -> None:
        self.till, self.clock = till, clock
        self.counter = till.counter
        self.desk = self.counter.desk
        self.items, self.new = self.counter.items, self.counter.new_items
        self.upkeep = TillUpkeep(till, None)  # type: ignore[arg-type]

    def store(self, change: CatalogChange) -> None:
        self.clock.set(self.clock.now().plus_seconds(1))
        self.upkeep.catalog_change(change)()

    def seen(self, code: str) -> Seen:
        item_id = self.desk.catalog.listing.id_of_code(code)
        found = self.items.seen(item_id or "")
        assert found is not None, code
        return found

    def form(self, code: str) -> tuple[Seen, ItemForm]:
        seen = self.seen(code)
        return seen, self.items.form(seen.item)

    def change(self, code: str, **fields: object) -> None:
        seen, form = self.form(code)
        self.store(self.items.save(ItemSave(replace(form, **fields), seen)))

    def price(self, code: str) -> int | None:
        found = self.counter.sale.look_up(code)
        assert found is not None, code
        return found.unit.price.minor if found.unit.price else None

    def add(self, name: str, price: str = "2.00", code: str = FRESH) -> Seen:
        form = self.new.blank(code)
        unit = replace(form.units[0], price=price)
        self.store(self.items.save(ItemSave(replace(form, name=name, units=(unit,)))))
        return self.seen(code)

    def notes(self, kind: str) -> list[dict]:
        self.till.ledger.flush()
        with self.till.ledger.read_engine.begin() as connection:
            entries = list(journal_rows.entries(connection))
        return [
            json.loads(entry.canonical)["body"]
            for entry in entries
            if entry.kind == kind
        ]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    setup = json.loads(json.dumps(SETUP))
    for role in setup["roles"]:
        if role["key"] == "manager":
            role["permissions"] += ["items", "prices"]
    setup["categories"] = [{"key": "tea", "name": "茶"}]
    return make_counter_shop(tmp_path_factory.mktemp("items") / "shop", setup).root


@pytest.fixture
def shop(prepared: Path, tmp_path: Path) -> Iterator[Shop]:
    with open_shop(prepared, tmp_path) as found:
        yield found


@contextmanager
def open_shop(prepared: Path, tmp_path: Path) -> Iterator[Shop]:
    shutil.copytree(prepared, tmp_path / "shop")
    clock = ReplayClock(NOON)
    with opened(ShopFolder(tmp_path / "shop"), clock, number=MANAGER) as till:
        yield Shop(till, clock)


def picture(colour: str = "red", size: tuple[int, int] = (900, 600)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, colour).save(written, "PNG")
    return written.getvalue()


def test_an_item_with_two_units_and_three_barcodes_sells_by_each(shop: Shop) -> None:
    form = shop.new.blank(FRESH)
    piece = replace(
        form.units[0], price="3.50", codes=(*form.units[0].codes, CodeForm(OTHER))
    )
    box = replace(shop.new.unit(), pieces="24", codes=(CodeForm("16970000000014"),))
    shop.store(
        shop.items.save(
            ItemSave(replace(form, name="汽水", units=(piece, box), cap="20"))
        )
    )
    assert shop.price(FRESH) == shop.price(OTHER) == 350
    assert shop.price("16970000000014") == 24 * 350
    found = shop.counter.sale.look_up("16970000000014")
    assert found
    assert found.unit.pieces == Decimal(24)
    assert str(found.unit.discount_cap) == "20%"


def test_a_price_set_now_ends_the_old_row_and_begins_a_new_one(shop: Shop) -> None:
    before = shop.seen(TEA).item.units[0].prices
    _seen, form = shop.form(TEA)
    unit = replace(form.units[0], price="13.90")
    shop.change(TEA, units=(unit,))
    after = shop.seen(TEA).item.units[0].prices
    assert [row.minor for row in after] == [1280, 1390]
    assert after[0].price_id == before[0].price_id
    assert after[0].period.end == after[1].period.start
    assert after[1].period.end is None
    assert shop.price(TEA) == 1390
    (note,) = shop.notes("PriceChanged")
    assert set(note["after"]) == {row.price_id for row in after}
    assert shop.notes("ItemChanged") == []


def test_two_prices_in_one_millisecond_leave_no_empty_row(shop: Shop) -> None:
    for text in ("13.00", "14.00"):
        seen, form = shop.form(TEA)
        unit = replace(form.units[0], price=text)
        change = shop.items.save(ItemSave(replace(form, units=(unit,)), seen))
        shop.upkeep.catalog_change(change)()
    rows = shop.seen(TEA).item.units[0].prices
    assert all(
        row.period.end is None
        or row.period.start is None
        or row.period.start < row.period.end
        for row in rows
    )
    shop.clock.set(NOON.plus_seconds(1))
    assert shop.price(TEA) == 1400


def test_a_price_of_zero_asks_first(shop: Shop) -> None:
    seen, form = shop.form(TEA)
    free = replace(form, units=(replace(form.units[0], price="0"),))
    assert (
        refusal(shop.items.save, ItemSave(free, seen)).key == "price_zero_unconfirmed"
    )
    shop.store(shop.items.save(ItemSave(free, seen, allows_free=True)))
    assert shop.price(TEA) == 0


@pytest.mark.parametrize(
    ("fields", "key", "field"),
    [
        ({"name": " "}, "item_name_missing", "name"),
        ({"name": "x" * 121}, "item_text_too_long", "name"),
        ({"cap": "120"}, "import_cap_absurd", "cap"),
        ({"category_id": "gone"}, "category_gone", "category"),
        ({"tax_category": "gone"}, "tax_category_unknown", "tax"),
    ],
)
def test_what_does_not_fit_says_where(shop: Shop, fields, key, field) -> None:
    seen, form = shop.form(TEA)
    error = refusal(shop.items.save, ItemSave(replace(form, **fields), seen))
    assert (error.key, error.params["field"]) == (key, field)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"price": "-1"}, "price_negative"),
        ({"price": "100000000"}, "price_beyond_reason"),
        ({"price": "1.234"}, "amount_too_precise"),
        ({"price": "abc"}, "amount_unreadable"),
        ({"plu": "12a"}, "plu_unreadable"),
        ({"codes": (CodeForm(WRONG),)}, "barcode_typed_wrong"),
        ({"codes": (CodeForm(FRESH), CodeForm("0" + FRESH))}, "barcode_twice"),
        ({"name": "台斤"}, "unit_not_metric"),
        ({"is_weighed": True}, "unit_needs_weight"),
        ({"name": ""}, "item_unit_missing"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(shop: Shop, fields, key) -> None:
    seen, form = shop.form(TEA)
    typed = replace(form, units=(replace(form.units[0], **fields),))
    error = refusal(shop.items.save, ItemSave(typed, seen))
    assert error.key == key
    assert error.params["field"].startswith("unit0.")


def test_a_barcode_that_another_item_has_is_refused(shop: Shop) -> None:
    seen, form = shop.form(TEA)
    unit = replace(form.units[0], codes=(CodeForm(TEA), CodeForm(COLA, is_read=True)))
    change = shop.items.save(ItemSave(replace(form, units=(unit,)), seen))
    assert refusal(shop.store, change).key == "barcode_taken"
    assert shop.counter.sale.look_up(COLA).unit.name == "可乐"


def test_a_barcode_moves_while_the_old_item_lies_in_the_basket(shop: Shop) -> None:
    shop.counter.sale.scan(COLA)
    cola = shop.seen(COLA)
    _seen, form = shop.form(TEA)
    moved = CodeForm(COLA, takes_from=cola.item.item_id)
    unit = replace(form.units[0], codes=(*form.units[0].codes, moved))
    shop.change(TEA, units=(unit,))
    assert lines_of(shop.counter) == [("可乐", Decimal(1))]
    shop.counter.sale.scan(COLA)
    assert lines_of(shop.counter)[1] == ("茉莉花茶", Decimal(1))
    given, taken = shop.notes("ItemChanged")
    basket = shop.counter.sale.basket
    assert basket
    assert given["item_id"] == cola.item.item_id
    assert (given["basket_id"], given["moved_code"]) == (basket.basket_id, "0" + COLA)
    assert COLA in json.dumps(taken["after"])
    assert BOX in [code for unit in shop.seen(BOX).item.units for code in unit.barcodes]


def test_a_moved_barcode_that_moved_on_meanwhile_is_refused(shop: Shop) -> None:
    third = shop.add("第三")
    seen, form = shop.form(TEA)
    moved = CodeForm(COLA, takes_from=third.item.item_id)
    unit = replace(form.units[0], codes=(*form.units[0].codes, moved))
    change = shop.items.save(ItemSave(replace(form, units=(unit,)), seen))
    assert refusal(shop.store, change).key == "barcode_taken"


def test_what_somebody_changed_meanwhile_is_not_overwritten(shop: Shop) -> None:
    seen, form = shop.form(TEA)
    mine = shop.items.save(ItemSave(replace(form, name="我的茶"), seen))
    shop.change(TEA, spec="500ml")
    assert refusal(shop.store, mine).key == "item_changed_meanwhile"
    now, newer = shop.form(TEA)
    assert newer.spec == "500ml"
    laid = rebased(replace(form, name="我的茶"), form, newer)
    shop.store(shop.items.save(ItemSave(laid, now)))
    tea = shop.seen(TEA).item
    assert (tea.name, tea.spec) == ("我的茶", "500ml")


def test_rebasing_keeps_what_was_typed_in_each_unit(shop: Shop) -> None:
    _seen, old = shop.form(COLA)
    piece, box = old.units
    mine = replace(old, units=(replace(piece, price="4.00"), box))
    new = replace(old, units=(replace(piece, plu="77"), replace(box, pieces="12")))
    laid = rebased(mine, old, new)
    assert [(x.price, x.plu, x.pieces) for x in laid.units] == [
        ("4.00", "77", "1"),
        (box.price, "", "12"),
    ]


def test_retired_goods_are_not_sold_but_found_and_come_back(shop: Shop) -> None:
    shop.store(shop.items.set_active(shop.seen(TEA), is_active=False))
    assert shop.counter.sale.look_up(TEA) is None
    assert shop.desk.catalog.search("茉莉花茶", shop.clock.now(), 10) == ()
    listing = shop.desk.catalog.listing
    for words in ("", "茉莉", TEA[-5:]):
        query = ItemQuery(words=words, standing=Standing.RETIRED)
        page = listing.page(query, shop.clock.now(), None, 10)
        assert [row.name for row in page.rows] == ["茉莉花茶"]
    on_sale = ItemQuery(words="茉莉", standing=Standing.ON_SALE)
    assert listing.page(on_sale, shop.clock.now(), None, 10).rows == ()
    shop.store(shop.items.set_active(shop.seen(TEA), is_active=True))
    assert shop.price(TEA) == 1280
    assert len(shop.desk.catalog.search("茉莉花茶", shop.clock.now(), 10)) == 1


def test_what_was_sold_is_not_deleted(shop: Shop) -> None:
    sell(shop.counter, TEA)
    error = refusal(shop.items.delete, shop.seen(TEA))
    assert error.key == "item_has_history"
    assert shop.items.has_history(shop.seen(TEA).item.item_id)


def test_what_lies_in_a_basket_is_not_deleted(shop: Shop) -> None:
    shop.counter.sale.scan(TEA)
    assert refusal(shop.items.delete, shop.seen(TEA)).key == "item_in_basket"


def test_what_was_sold_while_somebody_deletes_it_stays(shop: Shop) -> None:
    change = shop.items.delete(shop.seen(TEA))
    sell(shop.counter, TEA)
    assert refusal(shop.store, change).key == "item_has_history"
    assert shop.price(TEA) == 1280


def test_what_never_did_anything_is_deleted_whole(shop: Shop) -> None:
    made = shop.add("错的")
    shop.store(shop.items.delete(made))
    assert shop.counter.sale.look_up(FRESH) is None
    assert shop.items.seen(made.item.item_id) is None
    assert shop.desk.catalog.search("错的", shop.clock.now(), 10) == ()
    assert shop.notes("ItemChanged")[-1]["after"] is None
    again = shop.add("对的")
    assert shop.price(FRESH) == 200
    assert again.item.item_id != made.item.item_id


def test_a_parent_is_not_deleted_before_its_variants(shop: Shop) -> None:
    made = shop.add("T 恤")
    shop.store(shop.items.add_variants(made, [["白"], ["S"]]))
    change = shop.items.delete(shop.seen(FRESH))
    assert refusal(shop.store, change).key == "item_has_variants"


def test_variants_are_made_for_every_pair_and_none_twice(shop: Shop) -> None:
    made = shop.add("T 恤", "99.00")
    colours = listed_values("米白、黑, 米白")
    assert colours == ("米白", "黑")
    shop.store(shop.items.add_variants(made, [colours, ("S", "M")]))
    listing = shop.desk.catalog.listing
    family = listing.family(made.item.item_id, shop.clock.now())
    assert [row.variant for row in family] == [
        "", "米白 / S", "米白 / M", "黑 / S", "黑 / M",
    ]  # fmt: skip
    assert {row.price_minor for row in family} == {9900}
    shop.store(shop.items.add_variants(shop.seen(FRESH), [colours, ("M", "L")]))
    assert len(listing.family(made.item.item_id, shop.clock.now())) == 7
    error = refusal(shop.items.add_variants, shop.seen(FRESH), [colours, ("s", "m")])
    assert error.key == "variants_missing"
    many = [[str(n) for n in range(30)], [str(n) for n in range(30)]]
    assert refusal(shop.items.add_variants, made, many).key == "variants_too_many"


def test_a_copy_has_what_only_one_may_have_not(shop: Shop) -> None:
    seen = shop.seen(COLA)
    copy = shop.new.copy(seen.item)
    assert list(copy.codes()) == []
    assert copy.sku == ""
    shop.store(shop.items.save(ItemSave(replace(copy, name="无糖可乐"))))
    assert shop.seen(COLA) == seen


def test_an_in_store_barcode_is_free_and_right(shop: Shop) -> None:
    first = shop.new.in_store_code()
    assert is_gtin(first)
    assert first.startswith("29")
    assert shop.new.in_store_code([first]) > first
    shop.add("散装", code=first)
    assert shop.new.in_store_code() > first
    assert shop.price(first) == 200


def test_in_store_barcodes_keep_out_of_the_scales_range() -> None:
    for country in ("CN", "TW", "DE", "SE", "DK", "GB", "US", "FI"):
        rules = preset(country)
        code = next(codes_after(free_prefix(rules), ""))
        assert first_match(rules, code) is None, country


def test_a_picture_is_made_small_and_kept_with_its_item(shop: Shop) -> None:
    seen, form = shop.form(TEA)
    drawn = read_picture(picture(), "tea.png")
    shop.store(shop.items.save(ItemSave(form, seen, picture=drawn)))
    listing = shop.desk.catalog.listing
    item_id = seen.item.item_id
    stored = listing.picture(item_id)
    assert stored == drawn
    with Image.open(BytesIO(stored.image)) as image:
        assert image.size == (512, 341)
    with Image.open(BytesIO(listing.small_picture(item_id))) as image:
        assert max(image.size) == 160
    assert shop.seen(TEA).digest == drawn.digest
    shop.store(shop.items.save(ItemSave(form, shop.seen(TEA), drops_picture=True)))
    assert listing.small_picture(item_id) == b""
    put, dropped = shop.notes("ItemChanged")
    assert put["after"] == {"picture": drawn.digest}
    assert dropped["after"] == {"picture": ""}


@pytest.mark.parametrize(
    "data",
    [b"", b"GIF89a" + bytes(40), picture()[:200], b"\x89PNG\r\n\x1a\n" + bytes(64)],
)
def test_a_file_that_is_no_picture_is_refused(data: bytes) -> None:
    assert refusal(read_picture, data, "x.png").key == "picture_unreadable"


def test_a_small_file_with_a_huge_picture_is_refused() -> None:
    written = BytesIO()
    Image.new("1", (12_000, 9_000)).save(written, "PNG")
    assert refusal(read_picture, written.getvalue(), "x.png").key == "picture_too_large"


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    assert refusal(read_picture_file, tmp_path / "no.png").key == "picture_not_there"


def test_a_picture_keeps_nothing_but_pixels() -> None:
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6  # turned
    Image.new("RGB", (600, 300), "blue").save(written, "JPEG", exif=exif)
    made = read_picture(written.getvalue(), "x.jpg")
    assert b"SecretCamera" not in made.image
    with Image.open(BytesIO(made.image)) as image:
        assert image.height > image.width


def test_goods_nobody_knows_are_registered_and_the_red_line_is_theirs(
    shop: Shop,
) -> None:
    sale = shop.counter.sale
    sale.scan(FRESH)
    sale.scan(FRESH)
    form = replace(shop.new.short(FRESH), name="新货", price="6.80")
    shop.store(shop.new.register(form))
    for line in sale.basket.lines:
        unit = sale.look_up(FRESH).unit
        sale.resolve(line.line_id, unit)
    assert {line.unit.name for line in sale.basket.lines} == {"新货"}


def test_who_may_not_register_asks_somebody(shop: Shop) -> None:
    sign_on(shop.counter, CASHIER)
    form = replace(shop.new.short(FRESH), name="新货", price="6.80")
    with pytest.raises(ApprovalNeeded) as needed:
        shop.new.register(form)
    assert needed.value.demand.action is Permission.ITEMS
    with pytest.raises(ApprovalNeeded):
        shop.items.delete(shop.seen(TEA))


def test_a_retired_items_barcode_is_not_registered_anew(shop: Shop) -> None:
    shop.store(shop.items.set_active(shop.seen(TEA), is_active=False))
    form = replace(shop.new.short(TEA), name="新货", price="6.80")
    error = refusal(shop.new.register, form)
    assert (error.key, error.params["name"]) == ("barcode_of_retired", "茉莉花茶")


def test_another_price_needs_the_permission_for_prices(shop: Shop) -> None:
    seen, form = shop.form(TEA)
    staff = shop.desk.session.staff
    assert staff
    role = replace(staff.role, permissions=staff.role.permissions - {Permission.PRICES})
    shop.desk.session.begin(replace(staff, role=role))
    shop.items.save(ItemSave(replace(form, spec="x"), seen))
    unit = replace(form.units[0], price="1.00")
    with pytest.raises(ApprovalNeeded) as needed:
        shop.items.save(ItemSave(replace(form, units=(unit,)), seen))
    assert needed.value.demand.action is Permission.PRICES


def test_no_other_way_round_makes_known_goods_cheaper(shop: Shop) -> None:
    seen, form = shop.form(COLA)
    staff = shop.desk.session.staff
    assert staff
    role = replace(staff.role, permissions=staff.role.permissions - {Permission.PRICES})
    shop.desk.session.begin(replace(staff, role=role))
    bottle, box = form.units
    cheap = replace(bottle, unit_id=shop.desk.ids.new(), price="0.01")
    boxed = replace(box, unit_id=shop.desk.ids.new(), price="0.01")
    for units in ((cheap, box), (bottle, boxed), (bottle, replace(box, price=""))):
        with pytest.raises(ApprovalNeeded) as needed:
            shop.items.save(ItemSave(replace(form, units=units), seen))
        assert needed.value.demand.action is Permission.PRICES
    priceless = replace(box, unit_id=shop.desk.ids.new(), price="", codes=())
    shop.items.save(ItemSave(replace(form, units=(bottle, priceless)), seen))


def test_a_box_without_a_price_costs_another_number_of_pieces(shop: Shop) -> None:
    seen, form = shop.form(COLA)
    shop.change(COLA, units=(form.units[0], replace(form.units[1], price="")))
    seen, form = shop.form(COLA)
    staff = shop.desk.session.staff
    assert staff
    role = replace(staff.role, permissions=staff.role.permissions - {Permission.PRICES})
    shop.desk.session.begin(replace(staff, role=role))
    smaller = (form.units[0], replace(form.units[1], pieces="1"))
    with pytest.raises(ApprovalNeeded):
        shop.items.save(ItemSave(replace(form, units=smaller), seen))


def test_goods_that_moved_are_counted_in_no_other_unit(shop: Shop) -> None:
    seen, form = shop.form(COLA)
    bottle, box = form.units
    weighed = replace(bottle, name="kg", is_weighed=True)
    wanted = ((box,), (box, bottle), (weighed, box))
    changes = [
        shop.items.save(ItemSave(replace(form, units=units), seen)) for units in wanted
    ]
    receive(shop.counter, COLA)
    for change in changes:  # asked before, stored after the goods came
        assert refusal(shop.store, change).key == "item_measure_fixed"
    for units in wanted:
        save = ItemSave(replace(form, units=units), seen)
        error = refusal(shop.items.save, save)
        assert (error.key, error.params["field"]) == (
            "item_measure_fixed",
            "unit0.name",
        )
    shop.change(COLA, units=(replace(bottle, name="瓶"), box))


def test_an_item_in_a_document_being_written_is_not_deleted(shop: Shop) -> None:
    seen = shop.add("新货")
    shop.counter.stock_drafts.scan(StockKind.RECEIVED, FRESH)
    shop.till.ledger.flush()
    assert refusal(shop.items.delete, seen).key == "item_in_stock_draft"
    shop.counter.stock_drafts.give_up(StockKind.RECEIVED)
    shop.till.ledger.flush()
    shop.store(shop.items.delete(seen))


def test_a_unit_that_is_taken_off_is_sold_no_more(shop: Shop) -> None:
    _seen, form = shop.form(COLA)
    shop.change(COLA, units=form.units[:1])
    assert shop.counter.sale.look_up(BOX) is None
    other = shop.add("箱装", code=BOX)
    assert other.item.name == "箱装"


def test_a_card_saved_unchanged_writes_nothing(shop: Shop) -> None:
    for code in (TEA, COLA):
        seen, form = shop.form(code)
        shop.store(shop.items.save(ItemSave(form, seen)))
        assert shop.seen(code) == seen
    assert shop.notes("ItemChanged") == shop.notes("PriceChanged") == []


def test_a_new_unit_of_weight_must_be_metric(shop: Shop) -> None:
    form = replace(shop.new.blank(FRESH), name="苹果干")
    weighed = UnitForm(
        form.units[0].unit_id, "kg", is_weighed=True, price="9.90", plu="0088"
    )
    shop.store(shop.items.save(ItemSave(replace(form, units=(weighed,)))))
    found = shop.counter.sale.look_up("88")
    assert found
    assert found.unit.unit_code == "KGM"
