"""A page of the back office: what stands right of its list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.panel import surface


class BackOfficePage(QWidget):
    """Shows the state of one part; made when the part is first opened."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(f"office-{key}")
        surface(self, "bg")

    def show_state(self, state: object) -> None:
        """Show the part's present state."""
        raise AssertionError(type(self).__name__, state)

    def retranslate(self) -> None:
        """Read all words anew: another language is in use."""
