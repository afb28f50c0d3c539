"""Labels at the till's own back office: due, chosen, on every kind of paper."""

from __future__ import annotations

import io
import threading

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.services.prices import PriceDraft
from tests.builders_labels import codes_in
from tests.journeys.screen_till import BANANA, COLA_GTIN, FIRST_GTIN, ScreenTill
from ui.presenters.labels import LabelsPart

MANAGER, CASHIER = "1005", "1001"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    return till


def part(till: ScreenTill) -> LabelsPart:
    found = till.flow.features.back_office.part
    assert isinstance(found, LabelsPart)
    return found


def change_price(till: ScreenTill, gtin: str, minor: int) -> None:
    counter = till.work.counter
    unit_id = counter.sale.look_up(gtin).unit.unit_id
    draft = PriceDraft(unit_id, minor)
    till.work.upkeep.catalog_change(counter.prices.schedule(draft))()
    till.clock.ahead_s += 2


def add_printer(till: ScreenTill) -> None:
    way = Connection(ConnectionKind.FOLDER, str(till.folder.slips))
    device = DeviceSettings(
        "labels", DeviceCategory.LABEL_PRINTER, "", "label_virtual", way
    )
    book, stamp = till.till.device_book, till.work.counter.desk.stamp()
    book.adopt(book.begin_put(stamp, device).result())
    till.till.devices.use(till.till.device_settings())


def open_labels(till: ScreenTill) -> None:
    till.press("tab_office")
    till.press("go-labels")


def wait_for_preview(till: ScreenTill) -> Image.Image:
    till.wait(lambda: bool(part(till).state.label and part(till).state.label.png))
    view = part(till).state.label
    assert view is not None
    return Image.open(io.BytesIO(view.png))


def pictures(till: ScreenTill, kind: str) -> list[Image.Image]:
    files = sorted(till.folder.slips.glob(f"*-{kind}-*.png"))
    return [Image.open(io.BytesIO(file.read_bytes())) for file in files]


def test_a_changed_price_is_printed_and_no_longer_asked_for(office) -> None:
    add_printer(office)
    change_price(office, COLA_GTIN, 399)
    open_labels(office)
    office.sees("¥3.99")
    assert codes_in(wait_for_preview(office)) == [COLA_GTIN]
    office.press("labelPrint")
    office.wait(lambda: len(pictures(office, "label")) == 1)
    (printed,) = pictures(office, "label")
    assert codes_in(printed) == [COLA_GTIN]
    office.wait(lambda: not part(office).state.rows)
    office.sees(_("All shelf labels are right"))
    assert office.journal(EntryKind.LABELS_PRINTED) == [{"count": 1}]


def test_the_list_of_changed_prices_comes_out_of_the_slip_printer(office) -> None:
    change_price(office, COLA_GTIN, 399)
    change_price(office, FIRST_GTIN, 777)
    open_labels(office)
    office.press("labelList")
    (slip,) = office.wait_for_slips(1)
    assert "¥3.99" in slip
    assert "¥7.77" in slip
    assert COLA_GTIN in slip
    assert len(part(office).state.rows) == 2


def test_without_a_label_printer_there_is_slip_paper(office) -> None:
    change_price(office, COLA_GTIN, 399)
    open_labels(office)
    wait_for_preview(office)
    office.press("labelSlips")
    office.wait_for_slips(1)
    (paper,) = pictures(office, "label_sheet")
    assert codes_in(paper) == [COLA_GTIN]
    office.wait(lambda: not part(office).state.rows)


def test_without_a_label_printer_there_is_a_pdf_for_any_other(office) -> None:
    open_labels(office)
    office.press("segment-labelTabs-goods")
    office.scan(*[COLA_GTIN] * 3, FIRST_GTIN)
    wait_for_preview(office)
    assert part(office).state.total == 4
    office.press("labelPdf")
    office.wait(lambda: any(office.folder.exports.glob("labels_*.pdf")))
    office.wait(lambda: not part(office).is_working)
    (file,) = office.folder.exports.glob("labels_*.pdf")
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in office.message
    assert part(office).state.rows == ()


def test_goods_are_chosen_counted_and_printed_as_item_labels(office) -> None:
    add_printer(office)
    open_labels(office)
    office.press("segment-labelTabs-goods")
    office.press("labelSearch")
    office.type("niunai")
    office.wait(lambda: bool(part(office).state.rows))
    first = part(office).state.rows[0]
    office.touch_row("labelRows", first.title)
    office.wait(lambda: part(office).state.total == 1)
    office.press("labelCount+10")
    office.press("labelCount-1")
    office.press("segment-labelUses-item")
    assert part(office).state.total == 10
    wait_for_preview(office)
    office.press("labelPrint")
    office.wait(lambda: len(pictures(office, "label")) == 1)
    (file,) = office.folder.slips.glob("*-label-*.png")
    assert file.name.endswith("x10.png")
    office.wait(lambda: part(office).state.rows == ())


def test_a_pack_is_weighed_and_its_code_is_sold_at_its_price(office) -> None:
    add_printer(office)
    open_labels(office)
    office.press("segment-labelTabs-goods")
    office.scan(BANANA)
    office.press("segment-labelUses-weighed")
    assert part(office).state.label.weight == ""
    field = office.find("edit-labelWeight")
    office.touch(field, field.rect().center())
    office.type("0.4x")
    assert part(office).state.label.weight_problem
    office.key("a", Qt.KeyboardModifier.ControlModifier)
    office.key(Qt.Key.Key_Backspace)
    office.type("0.436")
    (code,) = codes_in(wait_for_preview(office))
    office.press("tab_sale")
    office.scan(code)
    (line,) = office.lines
    assert str(line.quantity) == "0.436"


def test_a_delivery_asks_for_a_label_for_each_piece(office) -> None:
    office.press("tab_office")
    office.press("go-stock")
    office.press("stockWrite-received")
    office.scan(COLA_GTIN)
    office.pad("24⏎")
    office.press("stockKey-book")
    office.wait(lambda: office.is_there("stockLabels"))
    office.press("stockLabels")
    assert part(office).state.total == 24
    assert part(office).state.label.use == "item"


def test_an_items_card_leads_to_its_label(office) -> None:
    office.press("tab_office")
    office.press("go-items")
    items = office.flow.features.back_office.part
    unit = office.work.counter.sale.look_up(COLA_GTIN).unit
    items.open(unit.item_id)
    office.press("item_labels")
    assert part(office).state.total == 1
    assert codes_in(wait_for_preview(office)) == [COLA_GTIN]


def test_what_stands_on_labels_is_the_shops_choice(office) -> None:
    change_price(office, COLA_GTIN, 399)
    open_labels(office)
    large = wait_for_preview(office).size
    office.press("labelForms")
    office.press("switch-label_code")
    office.wait(lambda: part(office).state.forms.fields[-1][2] is False)
    office.press("segment-labelShelfForms-shelf_60x30")
    office.wait(lambda: part(office).state.forms.shelf_form == "shelf_60x30")
    office.press("labelForms")
    office.wait(lambda: wait_for_preview(office).size < large)
    assert codes_in(wait_for_preview(office)) == []
    assert len(office.journal(EntryKind.SETTINGS_CHANGED)) == 2


def test_a_price_to_come_is_printed_before_its_day(office) -> None:
    add_printer(office)
    counter = office.work.counter
    unit_id = counter.sale.look_up(COLA_GTIN).unit.unit_id
    start = counter.desk.clock.now().plus_seconds(86_400)
    draft = PriceDraft(unit_id, 450, start)
    office.work.upkeep.catalog_change(counter.prices.schedule(draft))()
    open_labels(office)
    assert part(office).state.rows == ()
    office.press("segment-labelTabs-coming")
    assert len(part(office).state.rows) == 1
    office.press("labelDay-1")
    assert part(office).state.rows == ()
    office.press("labelDay1")
    office.press("labelPrint")
    office.wait(lambda: len(pictures(office, "label")) == 1)
    office.wait(lambda: part(office).state.rows == ())
    office.press("segment-labelTabs-goods")
    office.press("labelRepeat")
    assert part(office).state.total == 1


def test_a_cashier_sees_no_labels(till: ScreenTill) -> None:
    till.sign_on(CASHIER)
    if till.is_there("tab_office"):
        till.press("tab_office")
    assert not till.is_there("go-labels")


def test_the_screen_waits_for_no_label(office) -> None:
    add_printer(office)
    change_price(office, COLA_GTIN, 399)
    open_labels(office)
    wait_for_preview(office)
    gate = threading.Event()
    for _thread in range(4):
        office.flow.runner.run(lambda: gate.wait(60))
    office.press("labelPrint")  # comes back although nobody makes a label
    assert part(office).is_working
    assert not pictures(office, "label")
    gate.set()
    office.wait(lambda: len(pictures(office, "label")) == 1)
    office.wait(lambda: not part(office).is_working)


def test_ticked_items_go_to_the_list_of_labels(office) -> None:
    office.press("tab_office")
    office.press("go-bulk")
    office.scan(COLA_GTIN, FIRST_GTIN)
    office.press("bulkKey-labels")
    office.wait(lambda: office.flow.features.back_office.shown_key == "labels")
    assert len(part(office).state.rows) == 2
    assert part(office).state.total == 2
    wait_for_preview(office)
