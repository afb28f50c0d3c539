"""The page of devices: added, tested, renamed, off, removed; after a restart as before."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import text

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
)
from pos_app.ports.printing import LABEL_CALIBRATE, LABEL_FEED, PrintJobState
from tests.journeys.screen_printer import nobodys_port, press_chip
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.journeys.screen_views_devices import (
    FOUND,
    SCALE,
    SCANNER,
    choose_field,
    put_devices,
)
from tests.paper_printer import PaperPrinter
from ui.presenters.devices_state import DevicesMode
from ui.screens.customer_window import CustomerWindow

LABELS = DeviceSettings(
    "labels-1",
    DeviceCategory.LABEL_PRINTER,
    "4",
    "label_virtual",
    Connection(ConnectionKind.FOLDER),
)


@pytest.fixture
def devices(till: ScreenTill) -> ScreenTill:
    till.sign_on("1005")
    go_to_devices(till)
    return till


def go_to_devices(till: ScreenTill) -> None:
    till.press("function_settings")
    till.press("go-devices")
    till.wait(lambda: presenter(till).knows_drivers)


def presenter(till: ScreenTill):
    return till.flow.features.hardware.presenter


def settled(till: ScreenTill) -> None:
    till.wait(lambda: not presenter(till).is_changing)


def fill_in(till: ScreenTill, key: str, text: str) -> None:
    field = till.find(f"edit-device-{key}")
    till.touch(field, field.rect().center())
    field.selectAll()
    till.type(f"{text}\r")


def row(till: ScreenTill, device_id: str):
    return next(x for x in presenter(till).state.rows if x.key == device_id)


def network_printer(port: int, device_id: str = "backup") -> DeviceSettings:
    return DeviceSettings(
        device_id,
        DeviceCategory.RECEIPT_PRINTER,
        "Spare",
        "escpos",
        Connection(ConnectionKind.NETWORK, f"127.0.0.1:{port}"),
    )


def test_a_scanner_is_added_by_hand_renamed_switched_off_and_removed(devices):
    devices.press("deviceAdd")
    assert presenter(devices).state.mode is DevicesMode.ADD
    choose_field(devices, "category", "scanner")
    choose_field(devices, "driver", "scanner_virtual")
    fill_in(devices, "name", "Front")
    devices.press("deviceKeep")
    settled(devices)
    book = devices.till.device_book
    (scanner,) = book.of(DeviceCategory.SCANNER)
    assert (scanner.name, scanner.driver) == ("Front", "scanner_virtual")
    devices.sees("Front")
    devices.press("card-device-key")
    fill_in(devices, "name", "Back")
    settled(devices)
    devices.press("switch-device-is_on")
    settled(devices)
    assert row(devices, scanner.device_id).chip == _("Off")
    devices.press("deviceRemove")
    settled(devices)
    assert book.of(DeviceCategory.SCANNER) == ()
    assert len(devices.journal(EntryKind.DEVICE_ADDED)) == 1
    assert len(devices.journal(EntryKind.DEVICE_CHANGED)) == 2
    assert len(devices.journal(EntryKind.DEVICE_REMOVED)) == 1


def test_what_was_set_up_is_there_after_a_restart(devices):
    put_devices(devices, SCANNER, SCALE)
    before = devices.till.device_book.current
    devices.stop()
    devices.start()
    assert devices.till.device_book.current == before
    devices.sign_on("1005")
    go_to_devices(devices)
    assert [x.key for x in presenter(devices).state.rows] == [
        "receipt",
        SCANNER.device_id,
        SCALE.device_id,
    ]


def test_a_printer_out_of_paper_is_said_with_one_action_and_goes_on(devices):
    with PaperPrinter() as printer:
        printer.pull_paper()
        put_devices(devices, network_printer(printer.port, "receipt"))
        devices.press("deviceTest_receipt")
        devices.wait(lambda: row(devices, "receipt").chip == _("Out of paper"))
        devices.wait(lambda: devices.says(_("It is out of paper; slips wait.")))
        assert presenter(devices).state.attention
        printer.load_paper()
        devices.wait(lambda: bool(printer.paper))
        devices.wait(lambda: row(devices, "receipt").chip == _("Ready"))
        assert presenter(devices).state.attention == ""


def test_a_device_that_cannot_be_made_says_what_is_missing(devices):
    choices = [x.key for x in presenter(devices).state.rows]
    assert choices == ["receipt"]
    devices.press("card-device-key")
    choose_field(devices, "driver", "escpos")
    settled(devices)
    choose_field(devices, "kind", "network")
    settled(devices)
    devices.wait(lambda: devices.is_there("problem-device-address"))
    assert row(devices, "receipt").chip == _("Not set up")
    fill_in(devices, "address", "printer:port")
    settled(devices)
    devices.wait(lambda: devices.is_there("problem-device-address"))
    choose_field(devices, "driver", "virtual")
    settled(devices)
    devices.wait(lambda: row(devices, "receipt").chip == _("Ready"))


def test_the_guided_page_finds_out_how_the_printer_prints(devices):
    with PaperPrinter() as printer:
        put_devices(devices, network_printer(printer.port, "receipt"))
        devices.press("deviceTest_receipt")
        devices.wait(lambda: presenter(devices).state.chosen.test.asks)
        devices.wait(lambda: bool(printer.paper))
        devices.press("testWrong")
        guide = presenter(devices).guide
        devices.wait(lambda: bool(guide.view.choices))
        assert guide.view.choices[0] == ("1", "1  ABC abc 0123456789")
        devices.press("guideChoice_0")
        devices.press("guideChoice_2")  # 3: Big5
        for _question in range(5):
            devices.press("guideNext")
        settled(devices)
        devices.wait(
            lambda: devices.till.device_book.receipt.options.get("profile") == "taiwan"
        )
        devices.press("card-device-key")
        assert presenter(devices).state.mode is DevicesMode.STATE


def test_a_found_device_is_proposed_looked_at_and_then_kept(devices):
    presenter(devices).show_found(FOUND)
    devices.sees("TM-T88V", "FT232")
    devices.press("doctorAction_found_1")
    state = presenter(devices).state
    assert state.mode is DevicesMode.ADD
    assert devices.till.device_book.of(DeviceCategory.SCALE) == ()
    devices.press("deviceKeep")
    settled(devices)
    (scale,) = devices.till.device_book.of(DeviceCategory.SCALE)
    assert scale.connection == FOUND[1].connection
    assert presenter(devices).search.found == FOUND[:1]


def test_the_screen_goes_on_while_a_device_is_let_go(devices):
    manager, gate, seen = devices.till.devices, threading.Event(), []
    use = manager.use

    def use_late(wanted, timeout_s=3.0):
        seen.append(threading.current_thread())
        gate.wait(60)
        use(wanted, timeout_s)

    manager.use = use_late
    devices.press("card-device-key")
    devices.press("segment-choice-device-option-paper_mm-58")
    devices.wait(lambda: bool(seen))
    assert threading.main_thread() not in seen
    devices.press("tab_sale")
    devices.scan(COLA_GTIN)
    assert len(devices.basket) == 1
    gate.set()
    settled(devices)


def test_a_device_in_trouble_has_a_chip_that_leads_to_it(devices):
    devices.press("tab_sale")
    put_devices(devices, network_printer(nobodys_port()))
    stranger = DeviceSettings(
        "scale-9", DeviceCategory.SCALE, "Old scale", "gone", SCALE.connection
    )
    put_devices(devices, stranger)
    report = DeviceReport("scale-9", DeviceHealth.WAITING, "device_driver_unknown")
    devices.bridge.tell_report(report)
    devices.wait(lambda: devices.says("Spare") or devices.says("Old scale"))
    press_chip(devices, "devices")
    assert devices.shown == "settingsScreen"
    assert presenter(devices).state.chosen.key in {"backup", "scale-9"}


def test_the_drawer_is_opened_with_a_reason_and_journalled(devices):
    devices.press("deviceDrawer")
    assert devices.dialog
    devices.press("dialogClose")
    assert devices.journal(EntryKind.DRAWER_OPENED) == []


def test_a_scan_is_shown_on_the_scanners_page_and_sells_nothing(devices):
    put_devices(devices, SCANNER)
    devices.press(f"deviceTest_{SCANNER.device_id}")
    devices.scan(COLA_GTIN)
    devices.wait(lambda: (_("Last code"), COLA_GTIN) in test_lines(devices))
    assert devices.basket == []
    assert devices.shown == "settingsScreen"


def test_lines(till: ScreenTill) -> tuple[tuple[str, str], ...]:
    return tuple(presenter(till).state.chosen.test.lines)


test_lines.__test__ = False


def test_a_cashier_sees_the_devices_and_changes_none(till):
    till.sign_on("1001")
    till.flow.features.hardware.open_page()
    till.wait(lambda: presenter(till).knows_drivers)
    if not presenter(till).state.may_change:
        assert not till.can_press("deviceAdd")
        return
    till.press("card-device-key")
    till.press("segment-choice-device-option-paper_mm-58")
    assert till.dialog  # a manager must agree
    assert till.till.device_book.paper_mm == 80


def test_slips_of_a_sale_come_after_the_printer_was_changed_meanwhile(devices):
    with PaperPrinter() as printer:
        put_devices(devices, network_printer(nobodys_port(), "receipt"))
        devices.press("tab_sale")
        devices.scan(COLA_GTIN)
        sale = devices.pay_cash()
        devices.press("tab_sale")
        go_to_devices(devices)
        devices.press("card-device-key")
        fill_in(devices, "address", f"127.0.0.1:{printer.port}")
        settled(devices)
        ledger = devices.till.ledger
        devices.wait(
            lambda: (
                [x.state for x in ledger.print_jobs_of(sale.sale_id)]
                == [PrintJobState.CONFIRMED]
            ),
        )
    assert printer.paper.count(sale.number.encode()) >= 1


def test_a_device_that_is_plugged_in_is_offered_and_never_while_somebody_pays(devices):
    hardware = devices.flow.features.hardware
    devices.press("tab_sale")
    devices.scan(COLA_GTIN)
    devices.press("mainAction")
    hardware._on_plugs_seen(FOUND)  # as the look at the computer's plugs ends
    devices.settle()
    assert not devices.says("TM-T88V")
    devices.key(Qt.Key.Key_Escape)
    devices.wait(lambda: devices.says("TM-T88V"))
    assert devices.basket  # nothing stands in the way of the sale
    press_chip(devices, "new_device")
    assert devices.shown == "settingsScreen"
    assert presenter(devices).state.mode is DevicesMode.FOUND
    assert [x.title for x in presenter(devices).state.found] == ["TM-T88V"]


def test_a_look_at_what_is_plugged_in_ends_without_a_word_where_nothing_is_new(devices):
    before = devices.flow.features.hardware.chips()
    devices.bridge.tell_plugged()
    devices.settle()
    assert devices.flow.features.hardware.chips() == before


def test_a_label_printer_prints_a_test_label(devices):
    printer = DeviceSettings(
        "labels-1",
        DeviceCategory.LABEL_PRINTER,
        "",
        "label_virtual",
        Connection(ConnectionKind.FOLDER),
    )
    put_devices(devices, printer)
    before = set(devices.folder.slips.rglob("*"))
    devices.press("deviceTest_labels-1")
    devices.wait(lambda: presenter(devices).state.chosen.test.asks)
    devices.wait(lambda: bool(set(devices.folder.slips.rglob("*")) - before))
    devices.wait(lambda: bool(presenter(devices).state.chosen.test.png))


def test_the_customers_display_stands_among_the_devices(devices):
    display = devices.app.customer
    devices.sees(_("Customer display"))
    devices.sees(display.status().title)
    devices.press("deviceTest_customer_display")  # no second screen: a window here
    shown = [x for x in QApplication.topLevelWidgets() if isinstance(x, CustomerWindow)]
    assert any(x.isVisible() for x in shown)
    display.end_trial()
    devices.press("deviceChoose_customer_display")
    assert devices.flow.screens.settings.customer.isVisible()


def test_the_roll_of_a_label_printer_is_measured_and_moved_on(devices):
    put_devices(devices, LABELS)
    devices.press("deviceChoose_labels-1")
    devices.press("deviceMeasure")
    devices.press("deviceFeed")

    def told() -> dict[str, str]:
        devices.till.ledger.flush()
        with devices.till.ledger.read_engine.connect() as connection:
            query = text("SELECT kind, state FROM print_job WHERE printer='labels-1'")
            return dict(connection.execute(query).all())

    done = PrintJobState.CONFIRMED.value
    devices.wait(lambda: told() == {LABEL_CALIBRATE: done, LABEL_FEED: done})
    devices.press("deviceChoose_receipt")
    assert not devices.is_there("deviceMeasure")


def test_the_scale_that_is_tested_is_the_chosen_one(devices, tmp_path):
    for number, weight in (("1", "0.250"), ("2", "0.500")):
        (tmp_path / number).mkdir()
        (tmp_path / number / "scale.txt").write_text(weight)
        way = Connection(ConnectionKind.FOLDER, str(tmp_path / number))
        own = replace(SCALE, device_id=f"scale-{number}", name=number, connection=way)
        put_devices(devices, own)

    def weighs(weight: str) -> bool:
        lines = presenter(devices).state.chosen.test.lines
        return any(weight in value for _label, value in lines)

    devices.press("deviceChoose_scale-2")
    devices.wait(lambda: weighs("0.5"))
    devices.press("deviceChoose_scale-1")
    devices.wait(lambda: weighs("0.25"))
    running = devices.till.devices
    assert running.scale() is running.scale("scale-1")
    assert running.scale("nobody") is None
