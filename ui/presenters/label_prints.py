"""Prints the labels of a list, on each kind of paper, and takes note of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from pos_app.documents.label import Label
from pos_app.i18n import _, plural
from pos_app.services.label_changes import ChangedPrice
from ui import tasks
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.label_list import LabelList
from ui.presenters.labels_state import LabelsTab


class LabelPrints(BackOfficePart):
    """The printing half of the part of labels."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._labels = self.work.counter.labels
        self.list = LabelList(self.work)
        self.key = ""
        self._keeps = False

    def look(self) -> None:
        """Read the list anew, and show it."""
        raise AssertionError(type(self).__name__)

    # ------------------------------------------------------------------- printing

    def print_all(self) -> None:
        """Print the whole list on the label printer."""
        wishes = self.list.wishes()
        self._print(lambda: self._labels.begin_print(wishes))

    def print_one(self) -> None:
        """Print what is on show only."""
        wish = self.list.wish(self.key)
        if wish is not None:
            one = replace(wish, count=1)
            self._print(lambda: self._labels.begin_print([one]), keeps=True)

    def print_on_slips(self) -> None:
        """Print the whole list on the slip printer's paper."""
        wishes = self.list.wishes()
        self._print(lambda: self._labels.begin_print(wishes, on_slips=True))

    def print_list(self) -> None:
        """Print the changed prices as a list, for walking along the shelf."""
        changes = self.list.changes
        if changes and not self.is_working:
            self.frame.attempt(lambda: self._print_list(changes))

    def _print_list(self, changes: Sequence[ChangedPrice]) -> None:
        task = tasks.watch(self._labels.begin_print_list(changes))
        task.then(self._on_list_printed).otherwise(self.on_refused)

    def _on_list_printed(self, _count: int) -> None:
        self.frame.say(_("The list is on its way to the printer"))
        self.frame.look_at_print_jobs()

    def _print(self, begin: Callable[[], Future[int]], *, keeps: bool = False) -> None:
        if not self.is_working and self.list.wishes():
            self.frame.attempt(lambda: self._begin(begin, keeps=keeps))

    def _begin(self, begin: Callable[[], Future[int]], *, keeps: bool) -> None:
        future = begin()
        self.is_working, self._keeps = True, keeps
        self.changed.emit()
        task = tasks.watch(future)
        task.then(self._on_printed).otherwise(self.on_refused)
        task.after_bug(self.on_stopped)

    def _on_printed(self, count: int) -> None:
        self.is_working = False
        words = plural(
            "{count} label is being printed", "{count} labels are being printed", count
        )
        self.frame.say(words)
        self.frame.look_at_print_jobs()
        self._after_print()

    def _after_print(self) -> None:
        if self.list.tab is LabelsTab.GOODS and not self._keeps:
            self.list.clear()
        settling = tasks.watch(self._labels.begin_settle())
        settling.otherwise(self.frame.on_lost)
        self.look()

    # ---------------------------------------------------------------------- a PDF

    def sheet(self) -> tuple[tuple[Label, ...], str]:
        """Return the labels of the list and their language, for a PDF.

        Raises:
            UserError: what `LabelService.labels` raises.
        """
        return self._labels.labels(self.list.wishes()), self._labels.language

    def note_sheet(self, file: str) -> None:
        """Take note that the list lies in a file now."""
        self.frame.say(_("Saved as {file}", file=file))
        wishes = self.list.wishes()
        self._keeps = False
        task = tasks.watch(self._labels.begin_note_printed(wishes))
        task.then(self._on_noted).otherwise(self.on_refused)
        task.after_bug(self.on_stopped)

    def _on_noted(self, _count: int) -> None:
        self.is_working = False
        self._after_print()
