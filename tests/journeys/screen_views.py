"""Every screen, panel and dialog of the counter, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.ports.printing import PrintJobState
from tests.journeys.screen_till import (
    BANANA,
    COLA_GTIN,
    FIRST_GTIN,
    PINS,
    UNKNOWN_GTIN,
    ScreenTill,
)
from tests.journeys.screen_views_devices import device_views
from tests.journeys.screen_views_items import item_views
from tests.journeys.screen_views_member_admin import member_admin_views
from tests.journeys.screen_views_members import member_views
from tests.journeys.screen_views_offers import offer_views
from tests.journeys.screen_views_office import office_views
from tests.journeys.screen_views_people import people_views, sign_on_views
from tests.journeys.screen_views_scale import weighing_views
from tests.journeys.screen_views_shift import shift_views
from tests.journeys.screen_views_slips import slip_views
from tests.journeys.screen_views_stock import bulk_views, stock_views
from tests.journeys.screen_views_value import value_views
from ui.dialogs.question import unknown_print
from ui.presenters.print_wait_state import PrintWaitState, WaitingSlipView
from ui.presenters.print_wait_words import OF_FAULT, OF_REPORT, OF_STATUS
from ui.presenters.settings_state import SettingsPage

MANAGER = "1005"


def every_view(till: ScreenTill, language: str) -> Iterator[str]:
    """Show one view after the other and give its name; ends on the sale screen.

    Args:
        till: shows the sign-on screen.
        language: chosen there.
    """
    till.press(f"segment-languageSwitch-{language}")
    yield "sign-on"
    till.press(f"staff-{MANAGER}")
    till.type("11")
    till.press("pin-BACKSPACE")
    till.type("11")
    till.press("signOn")
    yield "sign-on, a number too few"
    till.press("pin-CLEAR")
    till.type("1111")
    till.press("signOn")
    yield "sign-on, wrong PIN"
    yield from sign_on_views(till)
    till.type(PINS[MANAGER])
    till.press("signOn")
    yield "sale, empty"
    yield from offer_views(till)
    yield from member_views(till)
    yield from value_views(till)
    yield from _sale_views(till)
    yield from _slips_waiting(till)
    yield from _payment_views(till)
    yield from _settings_views(till)
    yield from item_views(till)
    yield from slip_views(till)
    yield from people_views(till)
    yield from member_admin_views(till)
    till.flow.go_to_sale()
    yield from office_views(till)
    yield from stock_views(till)
    yield from bulk_views(till, till.folder.root.parent)
    yield from shift_views(till, MANAGER, language)


def _slips_waiting(till: ScreenTill) -> Iterator[str]:
    """Show each trouble of a printer, whatever printer this till has."""
    feature = till.flow.features.print_wait
    feature.open()
    slip = WaitingSlipView("j", _("slip {number}", number="02-A-000001"), "20:45")
    for trouble in (*OF_STATUS.values(), *OF_REPORT.values(), *OF_FAULT.values()):
        steps = tuple(_(step) for step in trouble.steps)
        shown = PrintWaitState(
            _(trouble.title), steps, trouble.picture, (slip, slip), 2, "2", slip.title
        )
        feature.panel.show_state(shown)
        yield f"slips waiting, {trouble.title}"
    feature.leave()


def _sale_views(till: ScreenTill) -> Iterator[str]:
    till.scan(COLA_GTIN, FIRST_GTIN)
    yield "sale"
    till.pad("12×")
    yield "sale, typing"
    till.pad("C")
    till.scan(BANANA)
    yield "weight dialog"
    yield from weighing_views(till)
    till.pad("1.5⏎")
    till.press("lineWhy")
    till.press("whyNote")
    yield "note dialog"
    till.press("dialogClose")
    till.press("panelClose")
    till.press("linePrice")
    till.type("9")
    yield "price dialog"
    till.press("dialogClose")
    till.press("lineDiscount")
    till.type("15")
    yield "discount dialog"
    till.press("reductionReason_regular_customer")
    till.press("reductionTake")
    till.press("function_sale_discount")
    till.type("5")
    till.press("reductionReason_complaint")
    yield "sale discount dialog"
    till.press("reductionTake")
    yield "ticket with discounts"
    till.press("lineWhy")
    yield "why this price"
    till.press("panelClose")
    till.press("lineDelete")
    yield "toast"
    till.flow.frame.drop_toast()
    till.key(Qt.Key.Key_Up)
    till.pad("150")
    till.press("lineQuantity")
    yield "quantity question"
    till.press("answer-retype")
    till.scan(UNKNOWN_GTIN)
    yield "red line"
    till.press("problemFind")
    till.type("niunai")
    yield "search"
    till.type("zzz")
    yield "search, nothing found"
    till.press("searchClear")
    till.press("problemDelete")
    till.press("function_price_check")
    yield "price check, waiting"
    till.scan(COLA_GTIN)
    yield "price check"
    till.press("priceCheckAgain")
    till.scan(UNKNOWN_GTIN)
    yield "price check, not found"
    till.press("priceCheckAgain")
    expired = f"010{COLA_GTIN}17200131"  # GS1: a trade item, use by 2020-01-31
    till.scan(expired + "10L-77")
    yield "price check, expired"
    till.press("priceCheckBack")
    till.scan(expired)
    yield "expired goods"
    till.press("answer-keep")
    till.press("function_void_sale")
    yield "void dialog"
    till.press("reason-practice")
    yield "void dialog, reason chosen"
    till.press("dialogClose")
    till.flow.help.show_keys()
    yield "key map"
    till.key(Qt.Key.Key_F1)
    yield "manual"
    till.key(Qt.Key.Key_Escape)


def _payment_views(till: ScreenTill) -> Iterator[str]:
    till.press("mainAction")
    yield "payment"
    till.press("roundOffAction")
    yield "payment, rounded off"
    till.press("tender_code_group")
    till.pad("12")
    yield "payment, phone code"
    entry = till.window.screen_shown.pay.entry
    till.touch(entry, entry.rect().center())
    till.pad("1⏎")
    till.press("tender_card")
    yield "payment, one tender taken"
    till.pad("4321")
    till.press("mainAction")
    till.wait(lambda: till.shown == "paymentDoneScreen")
    till.wait_for_slips(1)
    yield "done"
    till.press("doneCorrect")
    yield "correction dialog"
    till.press("tender-voucher")
    yield "correction dialog, chosen"
    till.press("dialogClose")
    till.flow.dialogs.unknown_job.ask(unknown_print(till.last_sale.number))
    yield "unknown slip question"
    till.press("dialogClose")
    till.flow.dialogs.ask_clock()
    yield "clock question"
    till.press("dialogClose")
    till.press("mainAction")
    yield "sale, after a sale"
    till.press("bandAction")
    yield "done again"
    till.press("mainAction")


def _return_views(till: ScreenTill) -> Iterator[str]:
    number = till.last_sale.number
    till.press("tab_returns")
    yield "returns, today"
    till.press("dayBefore")
    yield "returns, an empty day"
    till.press("noReceipt")
    yield "returns, no receipt"
    till.scan(COLA_GTIN)
    yield "returns, no receipt, item"
    till.scan(number)
    yield "returns, receipt"
    till.press("returnAll")
    yield "returns, all of it"
    till.press("returnReason_damaged")
    till.press("returnPlace_damaged")
    yield "returns, refund"
    till.press("quickCash2")
    yield "returns, another way"
    till.press("quickCash2")
    yield "returns, other ways"
    till.press("dialogClose")
    till.press("quickCash1")
    till.scan(COLA_GTIN)
    yield "returns, exchange"
    till.press("panelClose")
    yield "ticket with returns"
    till.key(Qt.Key.Key_F8)
    till.wait(lambda: till.work.counter.park.count() == 1)
    till.wait(lambda: not till.flow.sale.is_held)
    till.scan(number)
    yield "returns, also in a parked sale"
    till.press("returnReverse")
    yield "reversal dialog"
    till.press("dialogClose")
    till.press("panelClose")


def _parked_views(till: ScreenTill) -> Iterator[str]:
    till.press("tab_parked")
    yield "parked sales"
    till.press("errandLine1")
    yield "parked sale's name"
    till.press("dialogClose")
    till.press("errandLine3")
    yield "parked sale's void"
    till.press("dialogClose")
    till.press("panelClose")


def _settings_views(till: ScreenTill) -> Iterator[str]:
    till.press("function_settings")
    for page in SettingsPage:
        till.press(f"go-{page.value}")
        yield f"settings, {page.value}"
    till.press("go-look")
    till.press("measureScreen")
    yield "settings, screen measured"
    till.press("dialogClose")
    yield from device_views(till)
    till.press("go-about")
    till.press("backUp")
    till.wait(lambda: len(till.journal(EntryKind.BACKUP_MADE)) >= 1)
    till.press("checkDatabase")
    till.wait(lambda: till.can_press("checkDatabase") and till.can_press("backUp"))
    yield "settings, checked"
    yield from _black_box_views(till)
    assert not [
        job
        for job in till.till.ledger.open_print_jobs()
        if job.state is PrintJobState.UNKNOWN
    ]
    till.flow.go_to_sale()


def _black_box_views(till: ScreenTill) -> Iterator[str]:
    till.press("goBlackBox")
    yield "black box"
    presenter = till.flow.features.black_box.presenter
    sold = next(row for row in presenter.state.rows if row.amount and row.has_sale)
    presenter.on_selected(sold.key)
    yield "black box, replay"
    till.press("replayBack")
    yield "black box, a step back"
    till.press("blackBoxExport")
    till.wait(lambda: bool(presenter.state.export_note))
    alone = next(row for row in presenter.state.rows if not row.has_sale)
    presenter.on_selected(alone.key)
    yield "black box, an entry"
    presenter.on_group_chosen("clock")
    yield "black box, nothing found"
    till.flow.features.black_box.screen.closed.emit()
