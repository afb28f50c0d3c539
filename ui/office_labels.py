"""Puts the part of labels together: presenter, page, and sheets as PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.documents.label import Label
from pos_app.errors import GuitaiError
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.labels import LabelsPart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_labels import LabelsPage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_labels(
    _flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = LabelsPart(place), LabelsPage()
    card, keys = page.card, page.keys
    page.tab_chosen.connect(part.on_tab)
    page.day_stepped.connect(part.on_day)
    page.search.text_edited.connect(part.on_search)
    page.list.chosen.connect(part.on_row)
    card.use_chosen.connect(part.on_use)
    card.counted.connect(part.on_count)
    card.weight.typed.connect(part.on_weight)
    card.setting_changed.connect(part.on_setting)
    card.field_switched.connect(part.on_field)
    card.remove.clicked.connect(part.on_remove)
    card.forms.clicked.connect(part.on_forms)
    card.one.clicked.connect(part.print_one)
    keys["labelPrint"].clicked.connect(part.print_all)
    keys["labelSlips"].clicked.connect(part.print_on_slips)
    keys["labelList"].clicked.connect(part.print_list)
    keys["labelRepeat"].clicked.connect(part.on_repeat)
    sheets = LabelSheets(part, page)
    keys["labelPdf"].clicked.connect(sheets.write)
    search = LabelSearch(part, page)
    page.search.submitted.connect(search.take_first)
    page.search.left.connect(search.leave)
    return part, page


class LabelSearch(QObject):
    """What the search's own keys mean; lives with its page."""

    def __init__(self, part: LabelsPart, page: LabelsPage) -> None:
        super().__init__(page)
        self._part, self._page = part, page

    def take_first(self) -> None:
        """Put the first goods found on the list."""
        rows = self._page.list.rows
        if self._part.list.search and rows:
            self._part.on_row(rows[0].key)

    def leave(self) -> None:
        """Forget what was searched for."""
        self._part.on_search("")
        self._page.search.stop()


class LabelSheets(QObject):
    """Writes the list as a PDF; lives with its page."""

    def __init__(self, part: LabelsPart, page: LabelsPage) -> None:
        super().__init__(page)
        self._part = part

    def write(self) -> None:
        """Write it beside the other exports; painting is the screen's own work."""
        if not self._part.is_working and self._part.list.wishes():
            self._part.frame.attempt(self._write)

    def _write(self) -> None:
        part, work = self._part, self._part.work
        make, language = part.sheet()
        now = work.local_now()
        name = f"labels_{work.counter.desk.shop.till}_{now:%Y%m%d_%H%M%S}.pdf"
        file = work.upkeep.label_file(name)

        def draw_all() -> tuple[tuple[Label, bytes], ...]:
            return tuple((x, work.upkeep.draw_label(x, language)) for x in make())

        part.is_working = True
        part.changed.emit()
        task = part.place.runner.run(lambda: (file, draw_all()))
        task.then(self._on_drawn).otherwise(part.on_refused)
        task.after_bug(part.on_stopped)

    def _on_drawn(self, drawn: tuple[object, tuple[tuple[Label, bytes], ...]]) -> None:
        from pathlib import Path

        from ui.label_pdf import write_label_pdf

        file, pictures = Path(str(drawn[0])), iter(drawn[1])
        try:
            write_label_pdf(
                [label for label, _png in drawn[1]],
                lambda _label: next(pictures)[1],
                file,
            )
        except GuitaiError as error:
            self._part.on_refused(error)
            return
        self._part.note_sheet(str(file))
