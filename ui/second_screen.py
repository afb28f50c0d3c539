"""A second screen that is not there, for pictures of what would be on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QWindow

from ui.customer_places import ScreenPlace

if TYPE_CHECKING:
    from ui.screens.customer_window import CustomerWindow

#: A common second screen, for which the display was drawn.
WIDTH, HEIGHT = 1024, 600


class SecondScreen(QObject):
    """Says that there is a second screen, to the right of the till's."""

    changed = Signal()

    def follow(self, window: QWindow | None) -> None:
        """The till stays where it is."""

    def places(self) -> tuple[ScreenPlace, ...]:
        """Return the cashier's screen and the customer's."""
        return (
            ScreenPlace(1, "cashier", QRect(0, 0, 1366, 768), is_cashiers=True),
            ScreenPlace(2, "customer", QRect(1366, 0, WIDTH, HEIGHT)),
        )

    def fill(self, window: CustomerWindow) -> None:
        """Give a window the size that it would have there."""
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(WIDTH, HEIGHT)
