"""A printer in trouble: the sale goes on, the slips come later and in order."""

from __future__ import annotations

import socket

import pytest

from pos_app.domain.journal import EntryKind
from pos_app.ports.devices import Connection, ConnectionKind
from pos_app.ports.printing import PrintJobState
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, ScreenTill
from tests.journeys.screen_views_devices import choose_field
from tests.paper_printer import PaperPrinter
from ui.widgets.status_bar import StatusBar


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def use_network_printer(till: ScreenTill, port: int) -> None:
    """Set the printer up on the settings screen, then sell."""
    till.press("function_settings")
    till.press("go-devices")
    devices = till.flow.features.hardware.presenter
    till.wait(lambda: devices.knows_drivers)
    till.press("card-device-key")
    choose_field(till, "driver", "escpos")
    till.wait(lambda: till.till.device_book.receipt.driver == "escpos")
    choose_field(till, "kind", "network")
    kind = ConnectionKind.NETWORK
    till.wait(lambda: till.till.device_book.receipt.connection.kind is kind)
    field = till.find("edit-device-address")
    till.touch(field, field.rect().center())
    field.selectAll()
    till.type(f"127.0.0.1:{port}\r")
    way = Connection(kind, f"127.0.0.1:{port}")
    till.wait(lambda: till.till.device_book.receipt.connection == way)
    till.wait(lambda: not devices.is_changing)
    till.press("tab_sale")
    assert till.shown == "saleScreen"


def printer_on(port: int) -> PaperPrinter:
    """Return a printer that listens where one was missing."""
    printer = PaperPrinter()
    printer._server.close()
    printer._server = socket.create_server(("127.0.0.1", port))
    printer._server.settimeout(0.05)
    return printer


@pytest.fixture
def manager(till: ScreenTill) -> ScreenTill:
    return till.sign_on("1005")


def states(till: ScreenTill) -> list[PrintJobState]:
    """Return where each sale's slip stands, in the order of printing."""
    ledger = till.till.ledger
    sales = [sale.sale_id for sale in reversed(ledger.recent_sales(9))]
    return [job.state for sale in sales for job in ledger.print_jobs_of(sale)]


def test_sale_goes_on_without_a_printer_and_slips_come_in_order_when_it_answers(
    manager,
):
    port = free_port()
    use_network_printer(manager, port)
    numbers = []
    for _sale in range(2):
        manager.scan(COLA_GTIN)
        numbers.append(manager.pay_cash().number)
    manager.wait(lambda: manager.says("打印机没有回应 · 已排队 2 张"))
    assert manager.shown == "paymentDoneScreen"
    with printer_on(port) as printer:
        manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED] * 2)
    paper = bytes(printer.paper)
    places = [paper.find(number.encode("ascii")) for number in numbers]
    assert -1 not in places
    assert places == sorted(places)
    manager.wait(lambda: not manager.says("已排队"))


def test_paper_out_is_said_and_the_slip_comes_after_new_paper(manager):
    with PaperPrinter() as printer:
        printer.pull_paper()
        use_network_printer(manager, printer.port)
        manager.scan(COLA_GTIN)
        sale = manager.pay_cash()
        manager.wait(lambda: manager.says("打印机缺纸"))
        assert sale.number.encode() not in printer.paper
        printer.load_paper()
        manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
        manager.wait(lambda: not manager.says("打印机缺纸"))
    assert printer.paper.count(sale.number.encode()) >= 1


def test_slip_that_broke_off_is_asked_about_and_printed_again_as_a_copy(manager):
    with PaperPrinter() as printer:
        use_network_printer(manager, printer.port)
        printer.hang_up_at = printer.received + 300
        manager.scan(COLA_GTIN)
        sale = manager.pay_cash()
        manager.wait(lambda: PrintJobState.UNKNOWN in states(manager))
        manager.wait(lambda: manager.says("小票打出来了吗？点这里回答"))
        press_chip(manager, "unknown_job")
        assert manager.dialog == "unknownJobQuestion"
        manager.sees(f"小票 {sale.number} 打完整了吗？")
        manager.press("answer-again")
        manager.wait(lambda: states(manager)[-1] is PrintJobState.CONFIRMED)
        jobs = manager.till.ledger.print_jobs_of(sale.sale_id)
        assert [job.copy_number for job in jobs] == [0, 1]
        assert jobs[0].state is PrintJobState.CANCELLED
        assert not manager.says("点这里回答")
    assert len(manager.journal(EntryKind.SLIP_REPRINTED)) == 1


def press_chip(till: ScreenTill, key: str) -> None:
    """Touch a chip of the status bar."""
    till.settle()
    bar = till.window.screen_shown.findChild(StatusBar)
    area = next(area for area, name in bar._areas if name == key)
    till.touch(bar, area.center())


def test_scan_goes_on_while_the_printer_is_asked_about(manager):
    with PaperPrinter() as printer:
        use_network_printer(manager, printer.port)
        printer.hang_up_at = printer.received + 300
        manager.scan(COLA_GTIN)
        manager.pay_cash()
        manager.wait(lambda: PrintJobState.UNKNOWN in states(manager))
        manager.wait(lambda: manager.says("点这里回答"))
        press_chip(manager, "unknown_job")
        manager.scan(FIRST_GTIN)
        assert manager.dialog == ""
        assert len(manager.basket) == 1
        assert manager.says("点这里回答")  # nothing was answered
