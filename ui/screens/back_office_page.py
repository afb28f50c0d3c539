"""A page of the back office: what stands right of its list."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.panel import surface
from ui.widgets.search_box import SearchBox


class BackOfficePage(QWidget):
    """Shows the state of one part; made when the part is first opened."""

    def __init__(self, key: str) -> None:
        super().__init__()
        self.setObjectName(f"office-{key}")
        surface(self, "bg")

    def show_state(self, state: object) -> None:
        """Show the part's present state."""
        raise AssertionError(type(self).__name__, state)

    def starts_search(self) -> bool:
        """Give the keyboard to the page's search; tell whether it has one."""
        for box in self.findChildren(SearchBox):
            if box.isVisible() and box.isEnabled():
                box.start()
                return True
        return False

    def retranslate(self) -> None:
        """Read all words anew: another language is in use."""
