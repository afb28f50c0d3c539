"""Prints the labels of a list, on each kind of paper, and takes note of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from pos_app.documents.label import Label
from pos_app.i18n import _, plural
from pos_app.services.label_changes import ChangedPrice
from pos_app.services.label_jobs import ReadyLabels
from pos_app.services.label_making import LabelWish
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
        self._print(self.list.wishes())

    def print_one(self) -> None:
        """Print what is on show only."""
        wish = self.list.wish(self.key)
        if wish is not None:
            self._print((replace(wish, count=1),), keeps=True)

    def print_on_slips(self) -> None:
        """Print the whole list on the slip printer's paper."""
        self._print(self.list.wishes(), on_slips=True)

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

    def _print(
        self,
        wishes: Sequence[LabelWish],
        *,
        on_slips: bool = False,
        keeps: bool = False,
    ) -> None:
        def make_ready() -> None:
            self._make_ready(
                self._labels.printing(wishes, on_slips=on_slips), keeps=keeps
            )

        if wishes and not self.is_working:
            self.frame.attempt(make_ready)

    def _make_ready(self, work: Callable[[], ReadyLabels], *, keeps: bool) -> None:
        """Hundreds of labels take most of a second: not on the screen's thread."""
        self.is_working, self._keeps = True, keeps
        self.changed.emit()
        task = self.place.runner.run(work)
        task.then(self._on_ready).otherwise(self.on_refused)
        task.after_bug(self.on_stopped)

    def _on_ready(self, ready: ReadyLabels) -> None:
        task = tasks.watch(self._labels.begin_queue(ready))
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

    def sheet(self) -> tuple[Callable[[], tuple[Label, ...]], str]:
        """Return what makes the labels of the list, and their language, for a PDF.

        It may be called on any thread, and raises what `LabelService.labels` does.
        """
        jobs, wishes = self._labels.jobs(), self.list.wishes()
        return lambda: jobs.labels(wishes), self._labels.language

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
