"""The drawer: it opens for every cash sale, and the screen says when it did not."""

from __future__ import annotations

from pos_app.i18n import _
from tests.journeys.screen_printer import nobodys_port, use_network_printer
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.paper_printer import PaperPrinter
from ui.presenters.done import DRAWER_SHUT


def test_drawer_opens_for_every_cash_sale_while_the_paper_is_out(selling):
    with PaperPrinter() as printer:
        printer.pull_paper()
        use_network_printer(selling, printer.port)
        for count in range(1, 4):
            selling.scan(COLA_GTIN)
            selling.pay_cash()
            selling.wait(lambda wanted=count: printer.kicks == wanted)
            selling.wait(lambda: selling.says(_("Drawer opened")))
        assert printer.kicks == 3
        selling.till.devices.stop(5)


def test_drawer_that_stays_shut_is_said_aloud(selling: ScreenTill) -> None:
    use_network_printer(selling, nobodys_port())
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    selling.wait(lambda: selling.message == _(DRAWER_SHUT))
    selling.sees(_(DRAWER_SHUT))
    assert selling.beeps == 1
