"""Wires presenters to screens: which screen is shown, and what a key means there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos_app.domain.sale import Sale
from pos_app.i18n import _
from pos_app.ports.sounds import Sound
from ui import tasks
from ui.announcer import Announcer
from ui.approval_flow import ApprovalFlow
from ui.counter_features import CounterFeatures
from ui.counter_screens import CounterScreens
from ui.deal_search import DealSearch
from ui.device_flow import DeviceFlow
from ui.dialog_flow import DialogFlow
from ui.main_window import MainWindow
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.done import DonePresenter, finished_words
from ui.presenters.frame import FramePresenter
from ui.presenters.payment import PaymentPresenter
from ui.presenters.sale import SalePresenter
from ui.presenters.sale_state import SaleFunction
from ui.presenters.settings import SettingsPresenter
from ui.presenters.sign_on import SignOnPresenter
from ui.presenters.workplace import Workplace
from ui.price_clock import PriceClock
from ui.render_turn import RenderTurn
from ui.scan_flow import ScanFlow
from ui.tasks import TaskRunner


class CounterFlow(QObject):
    """The counter's day: sign on, sell, take the money, next customer."""

    training_wanted = Signal()
    """The cashier wants to practise."""
    training_left = Signal()
    """Inside of training: back to the real till."""
    rendered = Signal()
    """The cashier's screen shows the present state."""
    sale_shown = Signal(object)
    """A sale has just ended and is shown; the `Sale`."""

    def __init__(self, window: MainWindow, work: Workplace) -> None:
        super().__init__(window)
        self.window, self.work = window, work
        self.runner = TaskRunner()
        #: After a crash the last sale comes before the open basket (law 10).
        self._shows_last = not work.was_clean
        self.frame = FramePresenter(work)
        self.sign_on = SignOnPresenter(work, self.frame)
        self.sale = SalePresenter(work, self.frame)
        self.payment = PaymentPresenter(work, self.frame, self.sale.view.ticket)
        self.done = DonePresenter(work, self.frame, self.runner)
        self.settings = SettingsPresenter(work, self.frame, self.runner)
        self.screens = CounterScreens(window)
        self.dialogs = DialogFlow(window, work, self.frame, self.sale)
        self.help = self.dialogs.help
        self.approvals = ApprovalFlow(window, work, self.frame)
        self.frame.ask_consent(self.approvals)
        self.scans = ScanFlow(self)
        self.devices = DeviceFlow(work, self.frame)
        self.prices = PriceClock(work, self)
        self.prices.struck.connect(self.render)
        self.features = CounterFeatures(self)
        self.announcer = Announcer(window)
        self.frame.ask_features(self.features)
        self.deals = DealSearch(work.counter, self.runner, self)
        self._lock_wanted = False
        self._rendering = RenderTurn(self, self.render_now)

    def render(self) -> None:
        """Show the present state before the next paint; asking again is free."""
        self._rendering.ask()

    def close(self) -> None:
        """Show nothing more and let what runs behind finish."""
        self.prices.stop()
        self.deals.stop()
        self.features.print_wait.stop()
        self.features.offers.stop()
        self._rendering.end()
        self.runner.close()

    def render_now(self) -> None:
        """Show the present state on the screen that is shown."""
        self.prices.follow()
        shown, screens = self.window.screen_shown, self.screens
        if shown is screens.sale:
            state = self.deals.dress(self.features.dress(self.sale.state))
            screens.sale.render(state)
            self.announcer.hear_sale(state)
        elif shown is screens.payment:
            screens.payment.render(self.payment.state)
        elif shown is screens.done and self.done.sale is not None:
            done = self.done.state
            screens.done.render(done)
            self.announcer.hear_done(done)
        elif screens.are_settings_shown:
            screens.settings.show_state(self.settings.state)
        elif shown is screens.sign_on:
            screens.sign_on.show_state(self.sign_on.state)
        self.features.show()
        self.deals.go_on()
        self.rendered.emit()

    def retranslate(self) -> None:
        """Read all words anew: another language is in use."""
        self.frame.forget_words()
        self.window.setWindowTitle(_("Guitai till"))
        self.screens.retranslate()
        self.features.retranslate()
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
        """Show the sale that ended last: its change, slip and drawer."""
        sale = self.work.counter.desk.ledger.last_sale()
        if sale is not None:
            self.done.show(sale)
            self.window.show_screen(self.screens.done)
            self.render()

    def lock(self) -> None:
        """Lock the till; the basket stays.

        A sale that is being committed comes first: its scans must have somebody
        who sells them, and its change is shown to whoever signs on next.
        """
        if self.sale.is_held:
            self._lock_wanted = True
            return
        self.approvals.leave()
        self.dialogs.leave_all()
        self.features.leave()
        self.frame.drop_toast()
        if self.work.counter.desk.session.staff is not None:
            left = self.work.counter.sign_on.leave("lock")
            tasks.watch(left).otherwise(self.frame.on_lost)
        self.go_to_sign_on()

    def lock_if_wanted(self) -> None:
        """Lock now if somebody asked for it during a commit."""
        if self._lock_wanted:
            self._lock_wanted = False
            self._shows_last = self.window.screen_shown is self.screens.done
            self.lock()

    def on_signed_on(self) -> None:
        """After a start the last sale is shown first, then the open basket."""
        payment = self.work.counter.checkout.payment
        has_last = self.work.counter.desk.ledger.last_sale() is not None
        if self._shows_last and has_last:
            self.show_last_sale()
        elif self.features.signed_on():
            pass
        elif payment is not None and payment.tenders:
            self.go_to_payment()
        else:
            self.go_to_sale()
        self._shows_last = False
        if self.work.counter.desk.clock.is_suspect:
            self.dialogs.ask_clock()

    def on_sale_ended(self, sale: Sale) -> None:
        """Show the change and the slip; serve the scans that came meanwhile."""
        try:
            self.frame.drop_toast()
            self.frame.say(finished_words(sale))
            self.done.show(sale)
            self.window.show_screen(self.screens.done)
            self.sale_shown.emit(sale)
            self.work.sounds.play(Sound.PAID)
            self.render()
        finally:  # whatever cannot be shown, the next customer is served
            self.sale.release()
        self.lock_if_wanted()

    def on_commit_failed(self) -> None:
        """Nothing was committed: basket and money are as before."""
        self.sale.release()
        if self.work.counter.refund.payment is not None:
            self.go_to_sale()
        else:
            self.go_to_payment()
        self.lock_if_wanted()

    def on_sale_voided(self) -> None:
        """The basket was given up: the next customer."""
        self.go_to_sale()
        self.lock_if_wanted()

    def on_first_scan(self) -> None:
        """A sale began: leave what the last one left; a cursor stays where it is."""
        if self.window.screen_shown is not self.screens.sale:
            self.go_to_sale()

    def on_scanned(self, code: str) -> None:
        """A code was scanned, whatever has the focus."""
        self.scans.on_scanned(code)

    def on_pad(self, value: str) -> None:
        """A key of the pad, on the screen or on a keyboard."""
        dialog = self.window.open_dialog()
        shown, screens = self.window.screen_shown, self.screens
        if dialog is not None:
            dialog.press(value)
        elif self.features.takes_pad(value):
            return
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
        if self.features.takes_function(value):
            return
        {
            SaleFunction.DRAWER: self.devices.open_drawer,
            SaleFunction.REPRINT: self.devices.reprint,
            SaleFunction.VOID_SALE: self.dialogs.ask_void,
            SaleFunction.LOCK: self.lock,
            SaleFunction.SETTINGS: self.go_to_settings,
            SaleFunction.CORRECT_TENDER: self.show_last_sale,
        }[SaleFunction(value)]()

    def on_chip(self, key: str) -> None:
        """A chip of the status bar: what it says leads somewhere."""
        if self.features.takes_function(key):
            return
        if key == "unknown_job":
            self.dialogs.ask_unknown_job()
        elif key == "clock":
            self.dialogs.ask_clock()
        elif key == "printer":
            self.go_to_settings()

    def with_approval(
        self, action: Callable[[], None], words: ApprovalWords | None = None
    ) -> None:
        """Do something that may need somebody's consent: ask for it, do it again."""
        self.approvals.attempt(action, words)

    def on_correct_tender(self) -> None:
        """Ask which tender of the sale on screen was wrong."""
        if self.done.sale is not None:
            self.dialogs.ask_correction(self.done.sale)

    def on_find(self, line_id: str) -> None:
        """Search by name for a red line."""
        self.sale.on_find_pressed(line_id)
        self.screens.sale.start_search()

    def on_search_picked(self, key: str) -> None:
        """Take a search result; the keyboard is the scanner's again."""
        self.sale.on_search_picked(key)
        self.screens.sale.setFocus()

    def on_drawer_kicked(self, was_kicked: bool) -> None:
        """The printer said whether it opened the drawer."""
        self.devices.on_drawer_kicked(was_kicked)
        self.features.drawer.on_kicked(was_kicked)
        self.done.on_drawer_kicked(was_kicked)

    def on_print_changed(self, _job_id: str, _state: str) -> None:
        """A print job moved on: chips and outcomes show it."""
        self.frame.look_at_print_jobs()
