"""Screens that a test may plug in and pull out, and what the customer reads there."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication

from tests.journeys.painted_words import painted_words
from tests.journeys.screen_till import ScreenTill
from ui.customer_places import ScreenPlace

CASHIERS = ScreenPlace(1, "eDP-1", QRect(0, 0, 1366, 768), is_cashiers=True)
SECOND = ScreenPlace(2, "HDMI-1", QRect(1366, 0, 1024, 600))


class PluggedScreens(QObject):
    """Screens as the test plugs them in."""

    changed = Signal()

    def __init__(self, *places: ScreenPlace) -> None:
        super().__init__()
        self._places = places

    def follow(self, window: QWindow | None) -> None:
        """The cashier's window stays where it is."""

    def places(self) -> tuple[ScreenPlace, ...]:
        """Return what is plugged in."""
        return self._places

    def plug(self, *places: ScreenPlace) -> None:
        """Plug other screens in."""
        self._places = places
        self.changed.emit()


class Customer:
    """Stands at a till with a second screen and reads.

    Args:
        till: the till.
        place: the second screen.
    """

    def __init__(self, till: ScreenTill, place: ScreenPlace = SECOND) -> None:
        self.till = till
        self.screens = PluggedScreens(CASHIERS, place)
        till.app.customer.use_screens(self.screens)
        # The offscreen platform has one screen and fills that.
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.window.resize(place.area.size())
        self.look()

    @property
    def window(self) -> Any:
        """The customer's window."""
        window = self.till.app.customer.window
        assert window is not None, "there is no customer's window"
        return window

    @property
    def state(self) -> Any:
        """What is shown, once the till has come to rest."""
        self.look()
        return self.window.state

    def look(self) -> None:
        """Let the till show what it has to."""
        self.till.settle()
        self.till.app.customer.show_now()
        QApplication.processEvents()

    def words(self) -> list[str]:
        """Return everything that is painted for the customer."""
        self.look()
        return painted_words(self.window)

    def reads(self, *texts: str) -> None:
        """Fail unless every text is painted somewhere."""
        painted = self.words()
        missing = [x for x in texts if not any(x in text for text in painted)]
        assert not missing, (missing, painted)
