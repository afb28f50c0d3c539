"""Wires presenters to screens: which screen is shown, and what a key means there."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos_app.domain.sale import Sale
from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.services.credentials import is_badge
from ui import tasks
from ui.bridge import Bridge
from ui.counter_screens import CounterScreens
from ui.dialog_flow import DialogFlow
from ui.main_window import MainWindow
from ui.panels.keymap_overlay import KeymapOverlay
from ui.panels.price_check import PriceCheckPanel
from ui.presenters.done import DonePresenter
from ui.presenters.frame import FramePresenter
from ui.presenters.payment import PaymentPresenter
from ui.presenters.price_check import PriceCheckPresenter
from ui.presenters.sale import SalePresenter
from ui.presenters.sale_state import SaleFunction
from ui.presenters.settings import SettingsPresenter
from ui.presenters.sign_on import SignOnPresenter
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner


class CounterFlow(QObject):
    """The counter's day: sign on, sell, take the money, next customer."""

    def __init__(self, window: MainWindow, work: Workplace, bridge: Bridge) -> None:
        super().__init__(window)
        self.window, self.work = window, work
        self.runner = TaskRunner()
        self.frame = FramePresenter(work)
        self.sign_on = SignOnPresenter(work, self.frame)
        self.sale = SalePresenter(work, self.frame)
        self.payment = PaymentPresenter(work, self.frame, self.sale.view.ticket)
        self.done = DonePresenter(work, self.frame, self.runner)
        self.settings = SettingsPresenter(work, self.frame, self.runner)
        self.price_check = PriceCheckPresenter(work, self.frame)
        self.screens = CounterScreens(window)
        self.panel = PriceCheckPanel()
        self.help = KeymapOverlay(window)
        self.dialogs = DialogFlow(window, work, self.frame, self.sale)
        self._connect_presenters(bridge)
        self._connect_sale()
        self._connect_others()

    # ------------------------------------------------------------------ wiring

    def _connect_presenters(self, bridge: Bridge) -> None:
        self.frame.changed.connect(self.render)
        self.sign_on.state_changed.connect(self.render)
        self.sale.state_changed.connect(self.render)
        self.payment.state_changed.connect(self.render)
        self.done.state_changed.connect(self.render)
        self.settings.state_changed.connect(self.render)
        self.price_check.state_changed.connect(self._render_price_check)
        self.sign_on.signed_on.connect(self._on_signed_on)
        self.sale.payment_wanted.connect(self.go_to_payment)
        self.sale.quick_cash_taken.connect(self.payment.quick_cash)
        self.sale.first_scan_came.connect(self.go_to_sale)
        self.payment.commit_began.connect(self.sale.hold)
        self.payment.sale_ended.connect(self._on_sale_ended)
        self.payment.commit_failed.connect(self._on_commit_failed)
        self.dialogs.sale_voided.connect(self.go_to_sale)
        self.dialogs.correction.corrected.connect(self.done.on_tender_corrected)
        bridge.intent_lost.connect(self.frame.on_lost)
        bridge.print_changed.connect(self._on_print_changed)

    def _connect_sale(self) -> None:
        view, sale = self.screens.sale, self.sale
        view.pad_pressed.connect(self.on_pad)
        view.line_selected.connect(sale.lines.on_line_selected)
        view.quantity_stepped.connect(sale.lines.on_quantity_stepped)
        view.quantity_pressed.connect(sale.on_quantity_pressed)
        view.note_pressed.connect(self.dialogs.ask_note)
        view.delete_pressed.connect(sale.lines.on_delete_pressed)
        view.find_pressed.connect(self._on_find)
        view.unknown_delete_pressed.connect(sale.lines.on_delete_pressed)
        view.tab_selected.connect(sale.on_tab_selected)
        view.tile_pressed.connect(sale.on_tile_pressed)
        view.search_edited.connect(sale.on_search_edited)
        view.search_picked.connect(self._on_search_picked)
        view.search_left.connect(sale.on_search_left)
        view.function_pressed.connect(self.on_function)
        view.quick_cash_pressed.connect(sale.on_quick_cash_pressed)
        view.pay_pressed.connect(sale.on_pay_pressed)
        view.undo_pressed.connect(sale.lines.on_undo)
        view.lock_pressed.connect(self.lock)
        view.cashier_pressed.connect(self.lock)
        view.chip_pressed.connect(self.on_chip)
        view.band_pressed.connect(self.show_last_sale)
        self.panel.closed.connect(self.leave_price_check)
        self.panel.again.connect(self.price_check.begin)

    def _connect_others(self) -> None:
        signing, paying = self.screens.sign_on, self.screens.payment
        done, settings = self.screens.done, self.screens.settings
        signing.staff_chosen.connect(self.sign_on.on_staff_chosen)
        signing.number_entered.connect(self.sign_on.on_number_entered)
        signing.pin_entered.connect(self.sign_on.on_pin_entered)
        signing.language_chosen.connect(self.sign_on.on_language_chosen)
        paying.pad_pressed.connect(self.on_pad)
        paying.tender_selected.connect(self.payment.on_tender_pressed)
        paying.choice_selected.connect(self.payment.on_tender_pressed)
        paying.suggestion_pressed.connect(self.payment.on_suggestion_pressed)
        paying.take_back_pressed.connect(self.payment.on_give_back)
        paying.round_off_pressed.connect(self.payment.on_round_off_pressed)
        paying.reference_pressed.connect(self.payment.on_reference_pressed)
        paying.amount_pressed.connect(self.payment.on_amount_pressed)
        paying.back_pressed.connect(self.go_to_sale)
        paying.slip_toggled.connect(self.payment.on_print_toggled)
        paying.finish_pressed.connect(self.payment.on_finish_pressed)
        paying.lock_pressed.connect(self.lock)
        paying.chip_pressed.connect(self.on_chip)
        done.new_sale_pressed.connect(self.go_to_sale)
        done.reprint_pressed.connect(self.done.on_reprint)
        done.correct_tender_pressed.connect(self._on_correct_tender)
        done.drawer_pressed.connect(self.open_drawer)
        done.pad_pressed.connect(self.on_pad)
        done.lock_pressed.connect(self.lock)
        done.chip_pressed.connect(self.on_chip)
        settings.setting_changed.connect(self.settings.on_setting_changed)
        settings.test_print.connect(self.settings.on_test_print)
        settings.back_up.connect(self.settings.on_back_up)
        settings.run_doctor.connect(self.settings.on_check)
        settings.closed.connect(self.go_to_sale)

    # --------------------------------------------------------------- rendering

    def render(self) -> None:
        """Show the present state on the screen that is shown."""
        shown, screens = self.window.screen_shown, self.screens
        if shown is screens.sale:
            screens.sale.render(self.sale.state)
        elif shown is screens.payment:
            screens.payment.render(self.payment.state)
        elif shown is screens.done and self.done.sale is not None:
            screens.done.render(self.done.state)
        elif shown is screens.settings:
            screens.settings.show_state(self.settings.state)
        elif shown is screens.sign_on:
            screens.sign_on.show_state(self.sign_on.state)

    def _render_price_check(self) -> None:
        self.panel.show_state(self.price_check.state)

    def retranslate(self) -> None:
        """Read all words anew: another language is in use."""
        self.screens.retranslate()
        self.render()

    # -------------------------------------------------------------- navigation

    def go_to_sign_on(self) -> None:
        """Ask who sells; an open basket stays where it is."""
        self.window.show_screen(self.screens.sign_on)
        self.sign_on.begin()

    def go_to_sale(self) -> None:
        """Sell."""
        if self.work.counter.desk.session.staff is None:
            self.go_to_sign_on()
            return
        self.window.show_screen(self.screens.sale)
        self.render()

    def go_to_payment(self) -> None:
        """Take the money for the open sale."""
        self.window.show_screen(self.screens.payment)
        self.payment.begin()

    def go_to_settings(self) -> None:
        """Change how this till works."""
        self.window.show_screen(self.screens.settings)
        self.settings.begin()

    def show_last_sale(self) -> None:
        """Show the sale that ended last: change, slip and drawer (law 10)."""
        sale = self.work.counter.desk.ledger.last_sale()
        if sale is not None and self.work.counter.sale.basket is None:
            self.done.show(sale)
            self.window.show_screen(self.screens.done)
            self.render()

    def lock(self) -> None:
        """Lock the till; the basket stays."""
        self.work.counter.sign_on.sign_off("lock")
        self.go_to_sign_on()

    def _on_signed_on(self) -> None:
        """After a start the last sale is shown first, then the open basket."""
        payment = self.work.counter.checkout.payment
        if payment is not None and payment.tenders:
            self.go_to_payment()
        else:
            self.go_to_sale()
        if self.work.counter.desk.clock.is_suspect:
            self.dialogs.ask_clock()

    def _on_sale_ended(self, sale: Sale) -> None:
        self.done.show(sale)
        self.window.show_screen(self.screens.done)
        self.render()
        self.sale.release()

    def _on_commit_failed(self) -> None:
        self.sale.release()
        self.go_to_payment()

    # ------------------------------------------------------------------ intents

    def on_scanned(self, code: str) -> None:
        """A code was scanned, whatever has the focus."""
        if is_badge(code):
            self._on_badge(code)
        elif self.work.counter.desk.session.staff is None:
            self.frame.say(_("Sign on first; this scan was not kept"))
            self.work.beep()
        elif self.panel.isVisible() and self.price_check.takes_scan:
            self.price_check.on_scanned(code)
        elif self.window.screen_shown is self.screens.payment:
            self._scan_in_payment(code)
        else:
            self.leave_price_check()
            self.sale.on_scanned(code)
            if self.window.screen_shown is not self.screens.sale:
                self.go_to_sale()

    def _scan_in_payment(self, code: str) -> None:
        """One more item after all: back to the ticket, unless money was taken."""
        payment = self.work.counter.checkout.payment
        if payment is not None and not payment.tenders and not self.payment.is_waiting:
            self.go_to_sale()
        self.sale.on_scanned(code)

    def _on_badge(self, code: str) -> None:
        self.sign_on.on_badge_scanned(code)
        if self.work.counter.desk.session.staff is None:
            self.window.show_screen(self.screens.sign_on)
            self.render()

    def on_pad(self, value: str) -> None:
        """A key of the pad, on the screen or on a keyboard."""
        dialog = self.window.open_dialog()
        shown, screens = self.window.screen_shown, self.screens
        if dialog is not None:
            dialog.press(value)
        elif shown is screens.payment:
            self.payment.on_pad_pressed(value)
        elif shown is screens.done:
            self.go_to_sale()
            if value.isdigit():
                self.sale.on_pad_pressed(value)
        elif shown is screens.sale:
            self.sale.on_pad_pressed(value)

    def on_function(self, value: str) -> None:
        """A function key below the tiles."""
        {
            SaleFunction.PRICE_CHECK: self.begin_price_check,
            SaleFunction.DRAWER: self.open_drawer,
            SaleFunction.REPRINT: self.reprint,
            SaleFunction.VOID_SALE: self.dialogs.ask_void,
            SaleFunction.LOCK: self.lock,
            SaleFunction.SETTINGS: self.go_to_settings,
            SaleFunction.CORRECT_TENDER: self.show_last_sale,
        }[SaleFunction(value)]()

    def on_chip(self, key: str) -> None:
        """A chip of the status bar: what it says leads somewhere."""
        if key == "unknown_job":
            self.dialogs.ask_unknown_job()
        elif key == "clock":
            self.dialogs.ask_clock()
        elif key == "printer":
            self.go_to_settings()

    def begin_price_check(self) -> None:
        """The next scan is looked up, not sold."""
        if self.window.screen_shown is self.screens.sale:
            self.screens.sale.goods.show_guest(self.panel)
            self.price_check.begin()

    def leave_price_check(self) -> None:
        """Sell again."""
        self.screens.sale.goods.show_guest(None)
        self.render()

    def open_drawer(self) -> None:
        """Open the drawer without a sale; journalled."""
        try:
            future = self.work.counter.drawer.open("no_sale")
        except GuitaiError as error:
            self.frame.refuse(error)
            return
        tasks.watch(future).then(self._on_drawer).otherwise(self.frame.refuse)

    def _on_drawer(self, _done: object) -> None:
        self.frame.say(_("Drawer opened; it is in the journal"))

    def reprint(self) -> None:
        """Print the last slip again, marked COPY n."""
        try:
            future = self.work.counter.slip.reprint()
        except GuitaiError as error:
            self.frame.refuse(error)
            return
        tasks.watch(future).then(self._on_reprinted).otherwise(self.frame.refuse)

    def _on_reprinted(self, _job: object) -> None:
        self.frame.say(_("A copy of the slip is on its way"))

    def _on_correct_tender(self) -> None:
        if self.done.sale is not None:
            self.dialogs.ask_correction(self.done.sale)

    def _on_find(self, line_id: str) -> None:
        self.sale.on_find_pressed(line_id)
        self.screens.sale.start_search()

    def _on_search_picked(self, key: str) -> None:
        self.sale.on_search_picked(key)
        self.screens.sale.setFocus()

    def _on_print_changed(self, _job_id: str, _state: str) -> None:
        self.render()
