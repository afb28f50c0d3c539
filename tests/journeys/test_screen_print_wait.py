"""Slips wait: the chip says so, its panel shows what to do; nothing interrupts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.print_relief import FAILOVER, FAILOVER_S
from tests.journeys.screen_printer import (
    nobodys_port,
    press_chip,
    use_network_printer,
)
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.journeys.screen_views_devices import put_devices
from tests.paper_printer import PaperPrinter
from ui.panels.print_wait import PrintWaitPanel
from ui.presenters.print_wait_state import TroublePicture


@pytest.fixture
def manager(till: ScreenTill) -> ScreenTill:
    return till.sign_on("1005")


@pytest.fixture
def printer() -> Iterator[PaperPrinter]:
    with PaperPrinter() as running:
        yield running


def sell(till: ScreenTill) -> str:
    till.scan(COLA_GTIN)
    return till.pay_cash().number


def states(till: ScreenTill) -> list[PrintJobState]:
    ledger = till.till.ledger
    sales = [sale.sale_id for sale in reversed(ledger.recent_sales(9))]
    return [job.state for sale in sales for job in ledger.print_jobs_of(sale)]


def panel(till: ScreenTill) -> PrintWaitPanel:
    found = till.window.findChild(PrintWaitPanel)
    assert isinstance(found, PrintWaitPanel)
    assert found.isVisible()
    return found


def open_panel(till: ScreenTill) -> PrintWaitPanel:
    till.wait(lambda: PrintJobState.HELD in states(till))
    press_chip(till, "printer")
    till.wait(lambda: till.flow.features.print_wait.is_shown)
    return panel(till)


def test_no_trouble_opens_anything_by_itself(manager, printer) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    sell(manager)
    manager.wait(lambda: manager.says("打印机缺纸 · 已排队 1 张"))
    assert manager.window.open_dialog() is None
    assert not manager.flow.features.print_wait.has_made("panel")


def test_the_chip_shows_what_to_do_and_the_slip_comes_by_itself(
    manager, printer
) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    number = sell(manager)
    shown = open_panel(manager)
    feature = manager.flow.features.print_wait
    assert feature.presenter.state.picture is TroublePicture.PAPER
    assert number in feature.presenter.state.slips[0].title
    assert number in feature.presenter.state.lets_go
    printer.load_paper()
    manager.press("printTryNow")
    manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
    manager.wait(lambda: feature.presenter.state.count == 0)
    assert shown.isVisible()  # it stays until somebody shuts it
    sell(manager)  # and keeps nobody from selling
    manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED] * 2)


def test_an_open_cover_and_a_missing_printer_have_their_pictures(
    manager, printer
) -> None:
    printer.open_cover()
    use_network_printer(manager, printer.port)
    sell(manager)
    open_panel(manager)
    presenter = manager.flow.features.print_wait.presenter
    assert presenter.state.picture is TroublePicture.COVER
    use_network_printer(manager, nobodys_port())
    manager.wait(lambda: presenter.state.picture is TroublePicture.CABLE)


def beside(key: str, name: str, port: int) -> DeviceSettings:
    """Return another receipt printer of the till."""
    connection = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{port}")
    return DeviceSettings(
        key, DeviceCategory.RECEIPT_PRINTER, name, "escpos", connection
    )


def test_the_other_printer_takes_the_slips_at_once(manager, printer) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    with PaperPrinter() as other:
        put_devices(manager, beside("spare", "吧台", other.port))
        number = sell(manager)
        open_panel(manager)
        feature = manager.flow.features.print_wait
        manager.wait(lambda: feature.presenter.state.helper == "吧台")
        feature.show()
        manager.press("printElsewhere")
        manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
        assert number.encode() in bytes(other.paper)
        assert number.encode() not in bytes(printer.paper)


def queue(till: ScreenTill, job: PrintJob) -> None:
    """Put a paper into the queue behind the screen."""
    till.work.counter.desk.record(lambda unit: unit.add_print_job(job)).result()


def see_helper(till: ScreenTill, name: str) -> PrintWaitPanel:
    """Open the panel once its key names a printer, and let nothing draw it anew."""
    shown, feature = open_panel(till), till.flow.features.print_wait
    till.wait(lambda: feature.presenter.state.helper == name)
    feature.stop()
    feature.show()
    till.settle()
    assert name in shown.other_key.accessibleName()
    return shown


def test_the_key_moves_slips_to_the_printer_it_names_or_not_at_all(
    manager, printer
) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    with PaperPrinter() as first, PaperPrinter() as second:
        put_devices(manager, beside("spare", "吧台", first.port))
        number = sell(manager)
        shown = see_helper(manager, "吧台")
        seen = shown.state
        # With the finger on the key, the bar's printer is taken away, another one put.
        put_devices(
            manager,
            replace(beside("spare", "吧台", first.port), is_on=False),
            beside("yard", "后院", second.port),
        )
        relief = manager.work.counter.relief
        manager.wait(
            lambda: [x.device_id for x in relief.helpers("receipt")] == ["yard"]
        )
        shown.show_state(seen)  # a chip that moves on draws the panel anew
        shown.other_key.click()
        manager.sees(
            _("Nothing was moved: {printer} does not print now", printer="吧台")
        )
        (job,) = relief.waiting()
        assert job.printer == "receipt"
        assert "后院" in shown.other_key.accessibleName()
        manager.press("printElsewhere")
        manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
        assert number.encode() in bytes(second.paper)
        assert number.encode() not in bytes(first.paper)


def test_the_key_moves_the_slips_that_were_shown_and_none_that_came_after(
    manager, printer
) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    with PaperPrinter() as other:
        put_devices(manager, beside("spare", "吧台", other.port))
        number = sell(manager)
        shown = see_helper(manager, "吧台")
        relief = manager.work.counter.relief
        (job,) = relief.waiting()
        queue(manager, replace(job, job_id="later", copy_number=1))
        shown.other_key.click()
        manager.wait(lambda: [x.job_id for x in relief.waiting()] == ["later"])
        (later,) = relief.waiting()
        assert later.printer == "receipt"
        manager.wait(lambda: PrintJobState.CONFIRMED in states(manager))
        assert number.encode() in bytes(other.paper)


def test_slips_that_are_printed_by_now_are_said_to_wait_no_more(
    manager, printer
) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    with PaperPrinter() as other, PaperPrinter() as third:
        put_devices(manager, beside("spare", "吧台", other.port))
        put_devices(manager, beside("yard", "后院", third.port))
        sell(manager)
        shown = see_helper(manager, "吧台")
        ledger = manager.till.ledger
        (job,) = manager.work.counter.relief.waiting()
        ledger.set_state(job.job_id, PrintJobState.CONFIRMED, offset_bytes=9, reason="")
        # A paper of another printer is the oldest one now.
        elsewhere = {"job_id": "job-2", "printer": "yard_of_yesterday"}
        queue(manager, replace(job, copy_number=1, **elsewhere))
        shown.other_key.click()
        manager.sees(_("Nothing was moved: these slips wait no more"))
        (left,) = manager.work.counter.relief.waiting()
        assert left.printer == "yard_of_yesterday"


def test_a_rule_moves_what_waits_too_long_and_says_so(manager, printer) -> None:
    printer.pull_paper()
    with PaperPrinter() as other:
        put_devices(manager, beside("spare", "吧台", other.port))
        use_network_printer(manager, printer.port)
        main = manager.till.device_book.receipt
        rule = {**main.options, FAILOVER: "spare", FAILOVER_S: 90}
        put_devices(manager, replace(main, options=rule))
        number = sell(manager)
        manager.wait(lambda: PrintJobState.HELD in states(manager))
        relief = manager.work.counter.relief
        manager.wait(lambda: "receipt" in relief._since)
        manager.wait(lambda: bool(relief.helpers("receipt")))
        assert PrintJobState.HELD in states(manager)  # not before its time
        manager.clock.ahead_s += 90
        manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
        assert number.encode() in bytes(other.paper)
        assert manager.window.open_dialog() is None


def test_a_slip_that_nobody_wants_is_let_go(manager, printer) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    sell(manager)
    open_panel(manager)
    manager.press("printLetGo")
    manager.wait(lambda: states(manager) == [PrintJobState.CANCELLED])
    printer.load_paper()
    manager.wait(lambda: not manager.says("已排队"))
    assert b"\x1dV" not in printer.paper


def test_the_key_lets_go_what_it_names_and_nothing_that_came_after(
    manager, printer
) -> None:
    printer.pull_paper()
    use_network_printer(manager, printer.port)
    sell(manager)
    sell(manager)
    open_panel(manager)
    feature = manager.flow.features.print_wait
    ledger = manager.till.ledger
    (job, _later) = manager.work.counter.relief.waiting()
    # Between two looks of the panel, with the finger on the key, it is printed.
    ledger.set_state(job.job_id, PrintJobState.CONFIRMED, offset_bytes=9, reason="")
    feature.panel.go_key.click()
    ledger.flush()
    assert states(manager)[0] is PrintJobState.CONFIRMED
    assert states(manager)[1] is not PrintJobState.CANCELLED
    (second,) = feature.presenter.state.slips
    assert second.title in feature.panel.go_key.accessibleName()
    manager.press("printLetGo")
    manager.wait(lambda: states(manager)[1] is PrintJobState.CANCELLED)


def test_a_question_about_a_slip_is_asked_again_until_it_is_answered(
    manager, printer
) -> None:
    use_network_printer(manager, printer.port)
    sell(manager)
    manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
    (job,) = manager.till.ledger.print_jobs_of(
        manager.till.ledger.recent_sales(1)[0].sale_id
    )
    manager.till.ledger.set_state(
        job.job_id, PrintJobState.UNKNOWN, offset_bytes=9, reason=""
    )
    manager.flow.frame.look_at_print_jobs()
    press_chip(manager, "unknown_job")
    manager.wait(lambda: manager.window.open_dialog() is not None)
    manager.press("dialogClose")
    press_chip(manager, "unknown_job")  # not answered: asked again
    manager.press("answer-again")
    manager.wait(lambda: len(states(manager)) == 2)
    manager.wait(lambda: states(manager)[-1] is PrintJobState.CONFIRMED)
    assert states(manager) == [PrintJobState.CANCELLED, PrintJobState.CONFIRMED]


def test_labels_without_a_printer_have_a_chip_and_one_thing_to_do(manager) -> None:
    number = sell(manager)
    manager.wait(lambda: states(manager) == [PrintJobState.CONFIRMED])
    sale = next(x for x in manager.till.ledger.recent_sales(9) if x.number == number)
    (slip,) = manager.till.ledger.print_jobs_of(sale.sale_id)
    label = replace(
        slip,
        job_id="label-1",
        kind="label",
        printer="of_yesterday",
        state=PrintJobState.HELD,
    )
    queue(manager, label)
    manager.flow.frame.look_at_print_jobs()
    press_chip(manager, "stray_labels")
    feature = manager.flow.features.print_wait
    manager.wait(lambda: feature.is_shown)
    assert feature.presenter.state.lets_go
    manager.press("printLetGo")
    manager.wait(lambda: not manager.flow.frame.prints.stray_labels)
    manager.wait(lambda: not feature.presenter.state.lets_go)
