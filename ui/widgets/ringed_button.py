"""A painted key that shows where the keyboard is."""

from __future__ import annotations

from PySide6.QtGui import QFocusEvent, QHideEvent
from PySide6.QtWidgets import QAbstractButton
from typing_extensions import override

from ui.theme.host import theme
from ui.widgets.focus_ring import focus_came, focus_went


class RingedButton(QAbstractButton):
    """Has the focus ring around it while the keyboard brought the focus here."""

    def ring_radius(self) -> int:
        """Return the radius of the ring's corners, in pixels of this screen."""
        return theme().radius("button")

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        focus_came(self, event, self.rect(), self.ring_radius())

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Take the focus ring away with the key."""
        super().hideEvent(event)
        focus_went(self)
