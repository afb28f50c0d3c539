"""Starts Qt, puts the till into its window, and ends it."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from time import monotonic_ns
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language, use_language
from ui.bridge import Bridge
from ui.counter_flow import CounterFlow
from ui.counter_wiring import connect
from ui.customer_flow import CustomerFlow
from ui.customer_page_flow import CustomerPageFlow
from ui.customer_places import belongs_to_customer
from ui.dialogs.startup_problem import StartupProblemPage, startup_problem
from ui.first_paint import FirstPaint
from ui.idle_memory import IdleMemory, leave_start_alone
from ui.keyboard_flow import KeyboardFlow
from ui.main_window import MainWindow, room_for_window
from ui.night_watch import NightWatch
from ui.presenters.frame_state import Tone
from ui.presenters.settings import language_of
from ui.presenters.workplace import Workplace
from ui.scan_sources import ScanSources
from ui.scanning.wedge import Wedge
from ui.theme.fonts import load_bundled_fonts
from ui.theme.host import theme_host

if TYPE_CHECKING:
    from ui.training_session import TrainingSession

CLOCK_MS = 1_000
#: A cashier who opens the till wants to sell; the upkeep can wait that long.
CARE_AFTER_MS = 20_000
CARE_AGAIN_MS = 3_600_000
_log = logging.getLogger("guitai.ui")
#: A key that a shortcut takes is no key press to anybody else.
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.TouchBegin,
    }
)


def make_application(arguments: list[str]) -> QApplication:
    """Return the QApplication of this process, dressed."""
    # Qt collects changes for 5 ms before it paints; ours come collected (RenderTurn).
    os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
    existing = QApplication.instance()
    application = existing or QApplication(["guitai", *arguments])
    assert isinstance(application, QApplication)
    application.setApplicationName("Guitai")
    load_bundled_fonts()
    theme_host().dress(application)
    return application


def _use_look(work: Workplace) -> None:
    now = work.counter.desk.settings.current
    theme_host().use_look(now.theme, now.size_percent, now.screen_um_per_px)
    theme_host().use_help(
        high_contrast=now.contrast == "high",
        reduced_motion=now.reduce_motion,
        left_handed=now.left_handed,
    )


def _now_ms() -> int:
    return monotonic_ns() // 1_000_000


class TillWindow(QObject):
    """The window of one till with everything behind it."""

    def __init__(self, work: Workplace, bridge: Bridge, language: str = "") -> None:
        super().__init__()
        use_language(language or language_of(work))
        # First the theme, then the widgets: restyling them takes half a second.
        theme_host().use_language(current_language())
        _use_look(work)
        theme_host().fit(room_for_window())
        self.work = work
        self.window = MainWindow(_("Guitai till"))
        self.flow = CounterFlow(self.window, work)
        connect(self.flow, bridge)
        self.keyboard = KeyboardFlow(self.flow)
        self.customer = CustomerFlow(self.flow)
        self.wedge = Wedge(_now_ms)
        self.wedge.install()
        self.scans = ScanSources(self, _now_ms)
        self._idle_ms = self._rest_ms = 0
        self._memory = IdleMemory()
        self._night = NightWatch(work.counter, self.flow.runner)
        self._hook_before = sys.excepthook
        self._is_open = False
        self._care_timer = QTimer(self)
        self._care_timer.setSingleShot(True)
        self._care_timer.setInterval(CARE_AFTER_MS)
        self._care_timer.timeout.connect(self.care)
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCK_MS)
        self._timer.timeout.connect(self._on_second)
        self._listen(bridge)
        #: The way into training and back; made when somebody first goes in.
        self.training: TrainingSession | None = None
        self.dress()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def _listen(self, bridge: Bridge) -> None:
        """Hear scanners, and what the flow wants of the window."""
        CustomerPageFlow(self.flow, self.customer)
        self.wedge.scanned.connect(self.scans.on_typed)
        bridge.scanned.connect(self.scans.on_event)
        self.flow.training_wanted.connect(self.practise)
        self.flow.settings.look_changed.connect(self.dress)
        for source in (self.flow.settings, self.flow.sign_on):
            source.language_changed.connect(self._on_language)

    def _on_bug(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """A bug of ours: log it whole, say it plainly, and go on selling."""
        _log.error("unexpected", exc_info=(kind, error, trace))
        self._hook_before(kind, error, trace)
        self.flow.frame.say(
            _("Something went wrong inside the till. What was accepted is safe."),
            Tone.BAD,
        )

    def open(self, *, full_screen: bool) -> None:
        """Show the window with the sign-on screen."""
        self._hook_before, sys.excepthook = sys.excepthook, self._on_bug
        self.flow.go_to_sign_on()
        self._care_timer.start()
        self._is_open = True
        warm = self.work.upkeep.warm
        self.flow.runner.run(lambda: warm(self._is_wanted))
        if full_screen:
            self.window.resize(room_for_window())
            self.window.showMaximized()
        else:
            self.window.show()
        self._timer.start()
        self.customer.wake()

    def after_first_paint(self, work: Callable[[], object]) -> None:
        """Do something off the screen's thread once the till is seen."""
        FirstPaint(self.window).painted.connect(lambda: self.flow.runner.run(work))

    def close(self) -> None:
        """Stop clocks and filters; the window goes, training with it."""
        if self.training is not None:
            self.training.close_with_program()
        self.stop()
        self.window.close()

    def stop(self) -> None:
        """Stop clocks, filters and what runs behind; the window stays."""
        self.pause()
        self._is_open = False
        sys.excepthook = self._hook_before
        self.flow.close()

    def pause(self) -> None:
        """Hear and do nothing: another window is in front."""
        self._timer.stop()
        self._care_timer.stop()
        self.customer.sleep()
        self.wedge.remove()
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def resume(self) -> None:
        """Go on where `pause` stopped; whoever left is still there."""
        self._idle_ms = self._rest_ms = 0
        self.wedge.install()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        self._timer.start()
        self._care_timer.start()
        self.customer.wake()
        self.dress()

    def practise(self, card: str = "") -> None:
        """Go into training; most days nobody does.

        Args:
            card: the one somebody comes for; "" for all of them.
        """
        if self.training is None:
            from ui.training_session import TrainingSession

            self.training = TrainingSession(self)
        self.training.enter(card)

    def _is_wanted(self) -> bool:
        """Tell a task thread whether anybody still waits for it."""
        return self._is_open

    def care(self) -> None:
        """Back up once a day, behind the screen; not while the day begins.

        Hour by hour, because a till may never be switched off.
        """
        self._care_timer.start(CARE_AGAIN_MS)
        stamp, care = self.work.counter.desk.stamp(), self.work.upkeep.daily_care
        task = self.flow.runner.run(lambda: care(stamp))
        task.then(self._on_cared).otherwise(self.flow.frame.on_lost)

    def _on_cared(self, _was_due: object) -> None:
        self.flow.sign_on.look_again()

    def dress(self) -> None:
        """Put theme, size and pad of the settings on the window."""
        _use_look(self.work)
        now = self.work.counter.desk.settings.current
        self.flow.screens.use_phone_order(is_on=now.pad == "123")
        self.flow.render()

    def _on_language(self) -> None:
        theme_host().use_language(current_language())
        self.flow.retranslate()

    def _on_second(self) -> None:
        """Let the clock go on; lock a till that nobody touches."""
        self.flow.frame.tick()
        self.customer.tick()
        self._rest_ms += CLOCK_MS
        self._memory.rest(self._rest_ms)
        self._night.rest(self._rest_ms)
        minutes = self.work.counter.desk.settings.current.auto_lock_minutes
        self._idle_ms += CLOCK_MS
        if self.work.counter.desk.session.staff is None or not minutes:
            self._idle_ms = 0
        elif self._idle_ms >= minutes * 60_000 and not self.flow.payment.is_waiting:
            self._idle_ms = 0
            self.flow.lock()

    def notice_person(self) -> None:
        """Somebody is there: a till that is used is not locked."""
        self._idle_ms = self._rest_ms = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice that somebody is there; a customer's finger is no cashier's."""
        if event.type() in _ACTIVITY and not belongs_to_customer(watched):
            self.notice_person()
        return False


def show_problem(error: GuitaiError, retry: Callable[[], None]) -> StartupProblemPage:
    """Show why the till does not start, as the whole window."""
    page = StartupProblemPage(startup_problem(error))
    page.retried.connect(retry)
    page.closed.connect(QApplication.quit)
    page.resize(1366, 768)
    page.show()
    return page


def beep() -> None:
    """Make the short sound of a problem."""
    QApplication.beep()


def execute() -> int:
    """Run Qt until the window is closed."""
    leave_start_alone()
    return QApplication.exec()


def has_display(environment: dict[str, str]) -> bool:
    """Tell whether a window can be shown on this machine."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
