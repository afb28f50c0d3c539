"""The bulk part of the back office: many items at once, by hand or by spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.permission import Demand, Permission
from pos_app.i18n import _, current_language, plural
from pos_app.services.bulk_plan import BulkPlan, plan_edit, plan_undo
from pos_app.services.bulk_run import BulkOutcome
from pos_app.services.item_sheet import SheetReport
from pos_app.services.sheet_plan import SheetPlan
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.bulk_change import BulkValue
from ui.presenters.bulk_choose import BulkChoice
from ui.presenters.bulk_documents import BulkDocuments
from ui.presenters.bulk_preview import BulkPreview
from ui.presenters.bulk_state import BulkPage, BulkPartState
from ui.presenters.bulk_words import FieldWords, rows_words
from ui.presenters.long_work import LongWork
from ui.presenters.report_state import ListTableView


class BulkPart(LongWork):
    """Leads from choosing to the change, its preview, and its documents."""

    file_wanted = Signal(bool)
    """A file must be named: True to write one, False to read one."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.page = BulkPage.CHOOSE
        self.choice, self.value = BulkChoice(place), BulkValue(place)
        self.preview = BulkPreview(self._field_words())
        self.documents = BulkDocuments(place)
        self._before = BulkPage.CHOOSE  # where a preview came from

    @property
    @override
    def state(self) -> BulkPartState:
        """Return everything the page shows."""
        page = self.page
        chosen = len(self.choice.chosen)
        return BulkPartState(
            page=page,
            is_working=self.is_working,
            progress=self.progress,
            choose=self.choice.view() if page is BulkPage.CHOOSE else None,
            change=self.value.view(chosen) if page is BulkPage.CHANGE else None,
            preview=self.preview.view() if page is BulkPage.PREVIEW else None,
            documents=self._documents() if page is BulkPage.DOCUMENTS else None,
        )

    def _documents(self) -> ListTableView:
        return self.documents.view(self._field_words())

    @override
    def begin(self, subject: str = "") -> None:
        """Open the part where it was left."""
        del subject
        if self.page is BulkPage.CHOOSE:
            self.choice.begin()

    # ------------------------------------------------------------------- choosing

    def on_words(self, words: str) -> None:
        """Look for items."""
        self.choice.search(words)
        self.changed.emit()

    def on_shelf(self, key: str) -> None:
        """Show the items of a category."""
        self.choice.choose_shelf(key)
        self.changed.emit()

    def on_row(self, key: str) -> None:
        """Tick an item, or take its tick away."""
        self.choice.touch(key)
        self.changed.emit()

    def tick_found(self) -> None:
        """Tick everything that is found; read behind the screen."""
        self.work_behind(_("Looking"), self.choice.reading_found(), self.choice.take)

    def tick_none(self) -> None:
        """Take all ticks away."""
        self.choice.clear()
        self.changed.emit()

    def go_change(self) -> None:
        """Say what is changed."""
        if self.choice.chosen:
            self.page = BulkPage.CHANGE
            self.changed.emit()

    def go_labels(self) -> None:
        """Put the first unit of each ticked item on the list of labels."""
        if self.choice.chosen:
            read = self.choice.reading_units()
            self.work_behind(_("Looking"), read, self._on_units)

    def _on_units(self, unit_ids: tuple[str, ...]) -> None:
        self.left.emit("labels:units:" + ",".join(unit_ids))

    def go_documents(self) -> None:
        """Show what was changed before."""
        self.documents.begin()
        self.page = BulkPage.DOCUMENTS
        self.changed.emit()

    # ------------------------------------------------------------------- previews

    def on_value(self, change: Callable[[], None]) -> None:
        """Take a key or a choice of the change's page."""
        change()
        self.changed.emit()

    def look_ahead(self) -> None:
        """Show what the change would make of each item."""
        action = self.value.action()
        if action is None:
            self.changed.emit()
            return
        desk, item_ids = self.work.counter.desk, tuple(self.choice.chosen)
        now = desk.clock.now()

        def read() -> BulkPlan:
            with desk.catalog.beside() as catalog:
                return plan_edit(catalog, action, item_ids, now, self.went_on.emit)

        self.work_behind(_("Reading items"), read, self._on_planned)

    def look_back(self, bulk_id: str) -> None:
        """Show what setting a document back would make of each item."""
        desk = self.work.counter.desk
        now = desk.clock.now()

        def read() -> BulkPlan:
            with desk.catalog.beside() as catalog:
                return plan_undo(catalog, bulk_id, now, self.went_on.emit)

        self.work_behind(_("Reading items"), read, self._on_planned)

    def _on_planned(self, plan: BulkPlan) -> None:
        self.preview.show_plan(plan, self._field_words())
        self._before, self.page = self.page, BulkPage.PREVIEW

    def read_file(self, file: str) -> None:
        """Show what an edited file would change."""
        path, upkeep = Path(file), self.work.upkeep

        def begin() -> None:
            self.work.counter.desk.allow(Demand(Permission.IMPORT))
            self.work_behind(
                _("Reading lines"),
                lambda: upkeep.plan_sheet(path, self.went_on.emit),
                self._on_sheet,
            )

        self.frame.attempt(begin)

    def _on_sheet(self, sheet: SheetPlan) -> None:
        self.preview.show_sheet(sheet, self._field_words())
        self._before, self.page = BulkPage.CHOOSE, BulkPage.PREVIEW

    def write_file(self, file: str) -> None:
        """Write the chosen items into a spreadsheet."""
        path, item_ids = Path(file).with_suffix(".xlsx"), tuple(self.choice.chosen)
        upkeep = self.work.upkeep
        self.work_behind(
            _("Writing items"),
            lambda: (path, upkeep.write_sheet(item_ids, path, self.went_on.emit)),
            self._on_written,
        )

    def _on_written(self, answer: tuple[Path, SheetReport]) -> None:
        path, report = answer
        told = _(
            "{items} written: {file}", items=rows_words(report.items), file=path.name
        )
        if report.nameless:
            left = plural(
                "{count} item has no number and was left out",
                "{count} items have no number and were left out",
                report.nameless,
            )
            told = f"{told} · {left}"
        self.frame.say(told)

    def on_preview_row(self, key: str) -> None:
        """Take a row of a file in, or leave it out; show more."""
        self.preview.touch(key)
        self.changed.emit()

    def on_filter(self, key: str) -> None:
        """Show other rows of the preview."""
        self.preview.choose_filter(key)
        self.changed.emit()

    # ----------------------------------------------------------------- confirming

    def confirm(self) -> None:
        """Make it one document."""
        if not self.is_working and self.page is BulkPage.PREVIEW:
            self.frame.attempt(self._confirm)

    def _confirm(self) -> None:
        job = self.work.counter.bulk.decide(self.preview.decided())
        upkeep = self.work.upkeep
        self.work_behind(
            _("Changing items"),
            lambda: upkeep.run_bulk(job, self.went_on.emit),
            self._on_done,
        )

    def _on_done(self, outcome: BulkOutcome) -> None:
        self.work.counter.sale.refresh_rules()
        told = _("{items} changed", items=rows_words(outcome.done))
        if outcome.left:
            left = plural(
                "{count} had changed meanwhile and was left as it is",
                "{count} had changed meanwhile and were left as they are",
                outcome.left,
            )
            told = f"{told} · {left}"
        self.frame.say(told)
        self.choice.clear()
        self.documents.begin()
        self.page = BulkPage.DOCUMENTS

    # -------------------------------------------------------------------- the rest

    def back(self) -> None:
        """Go back to the page before."""
        if self.is_working:
            return
        if self.page is BulkPage.PREVIEW:
            self.page = self._before
        else:
            self.page = BulkPage.CHOOSE
        if self.page is BulkPage.CHOOSE:
            self.choice.begin()
        self.changed.emit()

    @override
    def takes_scan(self, code: str) -> bool:
        """Tick a scanned item while items are chosen."""
        if self.page is not BulkPage.CHOOSE or self.is_working:
            return True
        item_id = self.work.counter.desk.catalog.listing.id_of_code(code)
        if item_id is not None:
            self.choice.take((item_id,))
            self.choice.search(code)
        self.changed.emit()
        return True

    @override
    def takes_pad(self, value: str) -> bool:
        """Type the change's number."""
        if self.page is not BulkPage.CHANGE:
            return False
        if value == "⏎":
            self.look_ahead()
        else:
            self.on_value(lambda: self.value.press(value))
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        """Esc goes back a page; F12 is the page's main key."""
        if action is Action.ESCAPE and self.page is not BulkPage.CHOOSE:
            self.back()
            return True
        if action is not Action.PAY:
            return False
        main = {
            BulkPage.CHOOSE: self.go_change,
            BulkPage.CHANGE: self.look_ahead,
            BulkPage.PREVIEW: self.confirm,
        }.get(self.page)
        if main is not None:
            main()
        return True

    def _field_words(self) -> FieldWords:
        desk, language = self.work.counter.desk, current_language()
        rules = desk.shop.rules
        taxes = {x.key: x.name_in(language) for x in rules.tax_categories}
        shelves = {
            x.category_id: x.name_in(language) for x in desk.catalog.categories()
        }
        return FieldWords(rules.currency, taxes, shelves)
