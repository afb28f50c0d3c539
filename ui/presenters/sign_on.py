"""Sign-on and lock screen: who sells, and that what is wrong is said at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Permission, Staff
from pos_app.domain.pin_rule import PIN_DIGITS
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language, plural, use_language
from pos_app.services.pin_lockout import FAILURES_ALLOWED
from pos_app.services.sign_on import Verdict
from ui import tasks
from ui.format import clock_text, money
from ui.messages import explain
from ui.presenters.frame import FramePresenter
from ui.presenters.settings import language_of
from ui.presenters.sign_on_state import (
    HealthView,
    KeptBasket,
    SignOnState,
    StaffView,
    backup_health,
    database_health,
    full_day_text,
    pin_rule,
    printer_health,
    till_label,
)
from ui.presenters.workplace import Workplace


class SignOnPresenter(QObject):
    """Chooses who signs on and asks the service."""

    state_changed = Signal()
    """The screen must show `state` anew."""
    signed_on = Signal()
    """Somebody is signed on; their language is in use."""
    badge_refused = Signal(object)
    """A badge let nobody in; the `GuitaiError`."""
    badge_ended = Signal()
    """A badge was read, whether it let somebody in or not."""
    language_changed = Signal()
    """All texts must be made anew."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._chosen = ""
        self._problem = ""
        self._attempt = 0
        self._locked_until_ms = 0
        self._language = ""
        self._is_checking = False
        self._is_reading_badge = False
        self._health: tuple[HealthView, ...] | None = None

    @property
    def state(self) -> SignOnState:
        """Return everything the screen shows."""
        desk = self._work.counter.desk
        now, language = self._work.local_now(), current_language()
        return SignOnState(
            shop_name=desk.shop.name_in(language),
            till_label=till_label(desk.shop.till, desk.business_day()),
            clock_text=clock_text(now.time()),
            date_text=full_day_text(now.date()),
            language=language,
            staff=tuple(_staff_view(s, language) for s in desk.catalog.staff()),
            frame=self._frame.state(tab=""),
            chosen=self._chosen,
            health=self._checked(),
            pin_digits=PIN_DIGITS,
            rule=pin_rule(PIN_DIGITS, FAILURES_ALLOWED),
            problem=self._problem,
            attempt=self._attempt,
            locked_seconds=self._locked_seconds(),
            is_checking=self._is_checking,
            kept=self._kept(),
            is_phone_order=desk.settings.current.pad == "123",
        )

    @property
    def is_checking(self) -> bool:
        """Tell whether a PIN or a badge is being checked."""
        return self._is_checking or self._is_reading_badge

    @property
    def is_reading_badge(self) -> bool:
        """Tell whether a badge is being checked: what is scanned now waits."""
        return self._is_reading_badge

    def _locked_seconds(self) -> int:
        left = self._locked_until_ms - self._work.counter.desk.clock.monotonic_ms()
        return max(0, -(-left // 1000))

    def _checked(self) -> tuple[HealthView, ...]:
        """Return what was checked; read anew when somebody comes to the screen."""
        if self._health is None:
            desk = self._work.counter.desk
            now = self._work.local_now()
            last = self._work.upkeep.last_backup()
            slips = self._work.counter.relief.counts().slips
            newest = desk.ledger.recent_sales(1)
            serial = int(newest[0].number.rsplit("-", 1)[-1]) if newest else 0
            self._health = (
                database_health(is_sound=self._work.is_sound, sales=serial),
                printer_health(desk.printer.status(), slips),
                backup_health(last, now),
            )
        return self._health

    def _kept(self) -> KeptBasket | None:
        priced = self._work.counter.sale.priced
        if priced is None or not priced.lines:
            return None  # nothing was scanned, or all of it was deleted again
        count = priced.item_count
        pieces = plural("{count} item", "{count} items", count)
        return KeptBasket(pieces, money(priced.total_minor, priced.currency))

    def begin(self) -> None:
        """Somebody comes to the screen: nobody is chosen, all is read anew."""
        self._chosen, self._problem, self._locked_until_ms = "", "", 0
        self._health, self._language = None, ""
        self._speak(language_of(self._work))
        self.refresh()

    def look_again(self) -> None:
        """Read anew what was checked: the upkeep has changed it."""
        self._health = None
        self.refresh()

    def refresh(self) -> None:
        """Show the present state."""
        self.state_changed.emit()

    # ----------------------------------------------------------------- intents

    def on_staff_chosen(self, staff_id: str) -> None:
        """A tile was chosen."""
        if self._is_checking:
            return  # the PIN under way is the other one's
        self._chosen, self._problem, self._locked_until_ms = staff_id, "", 0
        self.refresh()

    def on_number_entered(self, number: str) -> None:
        """A staff number was typed."""
        try:
            staff = self._work.counter.sign_on.by_number(number)
        except GuitaiError as error:
            self._refuse(error)
        else:
            self.on_staff_chosen(staff.staff_id)

    def on_pin_entered(self, pin: str) -> None:
        """A PIN was typed for the chosen person."""
        if self._is_checking:
            return
        try:
            future = self._work.counter.sign_on.check_pin(self._chosen, pin)
        except GuitaiError as error:
            self._refuse(error)
            return
        self._is_checking = True
        task = tasks.watch(future).then(self._on_checked)
        task.otherwise(self._on_not_checked).after_bug(self._end_checking)
        self.refresh()

    def _on_checked(self, verdict: Verdict) -> None:
        self._is_checking = False
        if self._work.counter.desk.session.staff is not None:
            return  # a badge came after the PIN
        try:
            staff = self._work.counter.sign_on.admit(verdict)
        except GuitaiError as error:
            self._refuse(error)
        else:
            self._enter(staff)

    def _on_not_checked(self, error: GuitaiError) -> None:
        self._is_checking = False
        self._refuse(error)

    def _end_checking(self) -> None:
        self._is_checking = False
        self.refresh()

    def on_badge_scanned(self, code: str) -> None:
        """A badge was scanned, here or while somebody else sells."""
        try:
            future = self._work.counter.sign_on.check_badge(code)
        except GuitaiError as error:
            self.badge_refused.emit(error)
            return
        self._is_reading_badge = True
        task = tasks.watch(future).then(self._on_badge_read)
        task.otherwise(self._on_badge_lost).after_bug(self._end_reading)

    def _on_badge_read(self, verdict: Verdict) -> None:
        self._is_reading_badge = False
        try:
            staff = self._work.counter.sign_on.admit(verdict)
        except GuitaiError as error:
            self.badge_refused.emit(error)
        else:
            self._enter(staff)
        self.badge_ended.emit()

    def _on_badge_lost(self, error: GuitaiError) -> None:
        self._is_reading_badge = False
        self.badge_refused.emit(error)
        self.badge_ended.emit()

    def _end_reading(self) -> None:
        self._is_reading_badge = False
        self.badge_ended.emit()

    def on_badge_refused(self, error: GuitaiError) -> None:
        """Say here why a badge let nobody in, and whose PIN is wanted."""
        if error.key == "badge_needs_pin":
            self._chosen = str(error.params["staff_id"])
        self._refuse(error)

    def on_language_chosen(self, language: str) -> None:
        """Another language for the screen, and for whoever signs on now."""
        self._language = language
        self._health, self._problem = None, ""
        self._speak(language)
        self.refresh()

    def _speak(self, language: str) -> None:
        if language != current_language():
            use_language(language)
            self.language_changed.emit()

    def _enter(self, staff: Staff) -> None:
        self._problem = ""
        self._speak(self._language or staff.language or language_of(self._work))
        name = staff.name_in(current_language())
        self._frame.say(_("Signed on: {name}", name=name))
        self.signed_on.emit()

    def _refuse(self, error: GuitaiError) -> None:
        self._attempt += 1
        self._work.beep()
        self._problem = explain(error, self._work.currency).sentence
        seconds = error.params.get("seconds")
        if error.key == "pin_locked" and isinstance(seconds, int):
            now_ms = self._work.counter.desk.clock.monotonic_ms()
            self._locked_until_ms = now_ms + 1000 * seconds
        self.refresh()


def _staff_view(staff: Staff, language: str) -> StaffView:
    return StaffView(
        staff.staff_id,
        staff.number,
        staff.name_in(language),
        staff.role.name_in(language),
        staff.may(Permission.PEOPLE),
    )
