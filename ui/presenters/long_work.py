"""A part of the back office that works for a while, and says how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.errors import GuitaiError
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace

Value = TypeVar("Value")


class LongWork(BackOfficePart):
    """Does one thing at a time behind the screen; the screen stays free."""

    went_on = Signal(int)
    """So much is done; emitted by the thread that works."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.progress = ""
        self._doing = ""
        self.went_on.connect(self._on_went_on)

    def work_behind(
        self, words: str, read: Callable[[], Value], then: Callable[[Value], None]
    ) -> None:
        """Do something on another thread.

        Args:
            words: what is being done, for the screen.
            read: does it; touches no widget.
            then: takes the answer, on the screen's thread.
        """
        if self.is_working:
            return
        self.is_working, self._doing, self.progress = True, words, words
        self.changed.emit()

        def done(value: Value) -> None:
            self._rest()
            then(value)
            self.changed.emit()

        task = self.place.runner.run(read)
        task.then(done).otherwise(self.on_refused).after_bug(self.on_stopped)

    @override
    def on_refused(self, error: GuitaiError) -> None:
        """Say why it was refused."""
        self._rest()
        super().on_refused(error)

    @override
    def on_stopped(self) -> None:
        """A bug ended the work: let the person go on."""
        self._rest()
        super().on_stopped()

    def _rest(self) -> None:
        self.is_working, self.progress = False, ""

    def _on_went_on(self, count: int) -> None:
        if self.is_working:
            self.progress = f"{self._doing}: {count:,}"
            self.changed.emit()
