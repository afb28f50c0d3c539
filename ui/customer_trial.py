"""Tries the customer's display: a number on each screen, a basket nobody buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QTimer, Signal

from pos_app.i18n import _
from ui.customer_places import ScreenPlace
from ui.presenters.customer_state import CustomerState

if TYPE_CHECKING:
    from ui.screens.customer_identify import IdentifyWindow
    from ui.screens.customer_window import CustomerWindow

IDENTIFY_MS = 5_000
TRIAL_MS = 20_000


def make_window(*, is_framed: bool) -> CustomerWindow:
    """Make the customer's window; imported when there is a screen for it.

    Most tills have one screen, and none waits for this at its start.

    Args:
        is_framed: a trial on the cashier's own screen can be moved and closed.
    """
    from ui.screens.customer_window import CustomerWindow

    return CustomerWindow(_("Customer display"), is_framed=is_framed)


class CustomerTrial(QObject):
    """Shows what is to be looked at for a few seconds.

    Args:
        parent: lives as long.
    """

    ended = Signal()
    """The trial is over: what is so is shown again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._numbers: list[IdentifyWindow] = []
        self._own: CustomerWindow | None = None
        self._identify_over = self._timer(IDENTIFY_MS)
        self._identify_over.timeout.connect(self.end_identify)
        self._trial_over = self._timer(TRIAL_MS)
        self._trial_over.timeout.connect(self.end)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        return timer

    @property
    def is_on(self) -> bool:
        """Tell whether an example is shown."""
        return self._trial_over.isActive()

    def identify(self, places: Sequence[ScreenPlace]) -> int:
        """Show its number on every screen but the cashier's; return how many."""
        from ui.screens.customer_identify import IdentifyWindow

        self.end_identify()
        for place in places:
            if not place.is_cashiers:
                window = IdentifyWindow(place.number)
                window.cover(place.area)
                self._numbers.append(window)
        self._identify_over.start()
        return len(self._numbers)

    def end_identify(self) -> None:
        """Take the numbers away."""
        self._identify_over.stop()
        windows, self._numbers = self._numbers, []
        for window in windows:
            window.close()
            window.deleteLater()

    def show(
        self, state: CustomerState, window: CustomerWindow | None, beside: QRect
    ) -> None:
        """Show an example.

        Args:
            state: the example.
            window: the customer's; None makes a small one.
            beside: where the cashier's window is.
        """
        self.end()
        shown = window
        if shown is None:
            shown = self._own = make_window(is_framed=True)
            wide = beside.width() // 2
            shown.resize(wide, wide * 600 // 1024)
            shown.move(beside.center() - shown.rect().center())
            shown.closing.connect(self.end)
            shown.show()
        shown.show_state(state)
        self._trial_over.start()

    def end(self) -> None:
        """Show again what is so."""
        self._trial_over.stop()
        own, self._own = self._own, None
        if own is not None:
            own.closing.disconnect(self.end)
            own.close()
            own.deleteLater()
        self.ended.emit()
