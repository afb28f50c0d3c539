"""Searches the best deals to the end beside the screen, where a frame was too short.

A scan paints at once, at the best that a frame's search found. With nearly every
basket that is the best there is; with the others the end of the search is painted
when it is known, unless the basket has changed meanwhile. Whoever takes money first
waits for it (services.open_sale).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos_app.services.counter import Counter
from pos_app.services.open_sale import Searched
from ui.tasks import TaskRunner


class DealSearch(QObject):
    """Runs one search at a time; a newer basket waits for it."""

    #: A better price is known: it is to be painted.
    found = Signal()

    def __init__(self, counter: Counter, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._runner = runner
        self._is_under_way = False

    def go_on(self) -> None:
        """Begin a search if the open sale needs one and none is under way."""
        if self._is_under_way:
            return
        search = self._counter.sale.keeper.search_on()
        if search is not None:
            self._is_under_way = True
            task = self._runner.run(search)
            task.then(self._take).otherwise(self._leave).after_bug(self._stop)

    def _take(self, searched: Searched) -> None:
        self._is_under_way = False
        if self._counter.sale.keeper.take_searched(searched):
            self.found.emit()
        else:
            self.go_on()

    def _leave(self, _error: object) -> None:
        """The basket cannot be priced; the screen has said so already."""
        self._stop()

    def _stop(self) -> None:
        self._is_under_way = False
