"""Searches the best deals to the end beside the screen, where a frame was too short.

A scan paints at once, at the best that a frame's search found. With nearly every
basket that is the best there is; with the others the end of the search is painted
when it is known, unless the basket has changed meanwhile. Whoever takes money first
waits for it (services.open_sale).
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from pos_app.services.counter import Counter
from pos_app.services.open_sale import Searched
from ui.presenters.priced_first import pricing_words
from ui.presenters.sale_state import SaleState
from ui.tasks import TaskRunner

#: What takes less is not worth a word: it would only flicker.
LATE_MS = 300


class DealSearch(QObject):
    """Runs one search at a time; a newer basket waits for it."""

    #: A better price is known: it is to be painted.
    found = Signal()
    #: The search takes long enough for a word.
    late = Signal()
    #: Nothing is searched for any more, found or not.
    ended = Signal()

    def __init__(self, counter: Counter, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._counter = counter
        self._runner = runner
        self._is_under_way = False
        self._is_late = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(LATE_MS)
        self._clock.timeout.connect(self._on_late)

    @property
    def is_under_way(self) -> bool:
        """Tell whether a better price may still be found."""
        return self._is_under_way

    @property
    def is_late(self) -> bool:
        """Tell whether a search has been going on for long enough to be told."""
        return self._is_late

    def dress(self, state: SaleState) -> SaleState:
        """Say on the screen that the best price is still looked for."""
        if not self._is_late:
            return state
        return replace(state, pricing_text=pricing_words())

    def stop(self) -> None:
        """Say nothing more: the till closes."""
        self._clock.stop()

    def _on_late(self) -> None:
        self._is_late = True
        self.late.emit()

    def _end(self) -> None:
        self._clock.stop()
        self._is_under_way = self._is_late = False
        self.ended.emit()

    def go_on(self) -> None:
        """Begin a search if the open sale needs one and none is under way."""
        if self._is_under_way:
            return
        search = self._counter.sale.keeper.search_on()
        if search is not None:
            self._is_under_way = True
            if not self._is_late and not self._clock.isActive():
                self._clock.start()
            task = self._runner.run(search)
            task.then(self._take).otherwise(self._leave).after_bug(self._stop)

    def _take(self, searched: Searched) -> None:
        self._is_under_way = False
        if self._counter.sale.keeper.take_searched(searched):
            self._end()
            self.found.emit()
            return
        self.go_on()
        if not self._is_under_way:
            self._end()

    def _leave(self, _error: object) -> None:
        """The basket cannot be priced; the screen has said so already."""
        self._stop()

    def _stop(self) -> None:
        self._end()
