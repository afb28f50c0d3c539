"""The screens of this machine, as the customer's display chooses among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtGui import QGuiApplication, QScreen, QWindow

AUTO, OFF = "auto", "off"


@dataclass(frozen=True, slots=True)
class ScreenPlace:
    """One screen.

    Attributes:
        number: from 1, as `identify` shows it. name: the system's ("HDMI-1").
        area: where it lies, in logical pixels. is_cashiers: the till is on it.
    """

    number: int
    name: str
    area: QRect
    is_cashiers: bool = False


def chosen_place(setting: str, places: Sequence[ScreenPlace]) -> ScreenPlace | None:
    """Return where the customer's display belongs; never on the cashier's screen.

    Args:
        setting: "auto", "off" or a screen's name.
        places: the screens there are.
    """
    if setting == OFF:
        return None
    free = [place for place in places if not place.is_cashiers]
    if setting != AUTO:
        free = [place for place in free if place.name == setting]
    return free[0] if free else None


def gives_focus_back(window: QWindow | None) -> bool:
    """Tell whether the focus went to a window that shall never have it.

    Some desktops (Wayland) give it to any new window, whatever the window says.
    """
    return window is not None and belongs_to_customer(window)


class SystemScreens(QObject):
    """Knows the system's screens, and says when one came, went or moved.

    Args:
        parent: lives as long.
    """

    changed = Signal()
    """There are other screens now, or the till stands on another one."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._cashiers: QWindow | None = None
        self._known: set[QScreen] = set()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._on_change)
        # Straight away: Qt moves the windows of a screen that goes to another one.
        application.screenRemoved.connect(self._on_change)
        application.primaryScreenChanged.connect(self._on_change)
        self._watch()

    def follow(self, window: QWindow | None) -> None:
        """Notice when the cashier's window goes to another screen."""
        if window is None or window is self._cashiers:
            return
        self._cashiers = window
        window.screenChanged.connect(self._on_change)

    def places(self) -> tuple[ScreenPlace, ...]:
        """Return the screens there are."""
        own = None
        if self._cashiers is not None:
            # Not QWindow.screen(): PySide makes the window the screen's owner then,
            # and a window that goes takes the screen, and so the program, with it.
            own = QGuiApplication.screenAt(self._cashiers.geometry().center())
        own = own or QGuiApplication.primaryScreen()
        return tuple(
            ScreenPlace(number, screen.name(), screen.geometry(), screen is own)
            for number, screen in enumerate(QGuiApplication.screens(), 1)
        )

    def _watch(self) -> None:
        """Notice when a screen turns or gets another resolution."""
        present = set(QGuiApplication.screens())
        for screen in present - self._known:
            screen.geometryChanged.connect(self._on_change)
        self._known = present

    def _on_change(self, _what: object = None) -> None:
        self._watch()
        self.changed.emit()


def belongs_to_customer(watched: object) -> bool:
    """Tell whether an event is about the customer's screen and no work of staff."""
    name = getattr(watched, "objectName", None)
    return name is not None and str(name()).startswith("customer")
