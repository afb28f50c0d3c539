"""Puts the items page of the back office together: presenter, page, dialogs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.i18n import _
from ui.dialogs.item_questions import (
    RETIRE,
    YES,
    VariantsDialog,
    delete_question,
    free_question,
    move_question,
)
from ui.dialogs.pick_one import PickDialog
from ui.dialogs.picture_files import PictureFiles
from ui.dialogs.question import Question, QuestionDialog
from ui.dialogs.unsaved import UnsavedDialog
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.items import ItemsPart
from ui.screens.office_items import ItemsPage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_items(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[ItemsPart, ItemsPage]:
    """Return the part and its page, connected."""
    part, page = ItemsPart(place), ItemsPage()
    ItemsFlow(flow, part, page)
    return part, page


class ItemsFlow(QObject):
    """Asks what the part wants to know; lives with its page."""

    def __init__(self, flow: CounterFlow, part: ItemsPart, page: ItemsPage) -> None:
        super().__init__(page)
        self._window, self._part, self._page = flow.window, part, page
        self._on_answer: Callable[[str], None] | None = None
        self._connect_list()
        self._connect_card()
        part.unsaved_asked.connect(self._ask_unsaved)
        part.move_asked.connect(self._ask_move)
        part.free_asked.connect(self._ask_free)
        part.delete_asked.connect(self._ask_delete)
        part.search_wanted.connect(page.start_search)
        part.name_wanted.connect(page.start_name)

    def _connect_list(self) -> None:
        part, page = self._part, self._page
        page.search.text_edited.connect(part.on_words)
        page.search.submitted.connect(self._on_submitted)
        page.search.moved.connect(part.step)
        page.search.left.connect(self._on_search_left)
        page.standing.chosen.connect(part.on_standing)
        page.category_pressed.connect(self._pick_shelf)
        page.rows.opened.connect(part.open)
        page.rows.more_wanted.connect(part.on_more)
        page.new.clicked.connect(self._on_new)

    def _connect_card(self) -> None:
        part, card = self._part, self._page.card
        card.typed.connect(part.on_typed)
        card.opened.connect(part.open)
        card.asked.connect(self._on_asked)
        card.unit_pressed.connect(self._on_unit_pressed)

    # ------------------------------------------------------------------- dialogs

    @cached_property
    def question(self) -> QuestionDialog:
        """The dialog of all questions here."""
        dialog = QuestionDialog(self._window, "itemQuestion")
        dialog.cover_all()
        dialog.answered.connect(self._on_answered)
        return dialog

    @cached_property
    def picker(self) -> PickDialog:
        """The dialog that offers categories."""
        return PickDialog(self._window)

    @cached_property
    def unsaved(self) -> UnsavedDialog:
        """The dialog that asks what becomes of what is typed."""
        return UnsavedDialog(self._window)

    @cached_property
    def variants(self) -> VariantsDialog:
        """The dialog of colours and sizes."""
        dialog = VariantsDialog(self._window)
        dialog.wanted.connect(self._part.on_variants)
        return dialog

    @cached_property
    def files(self) -> PictureFiles:
        """The dialog that finds a picture."""
        dialog = PictureFiles(self._window)
        dialog.fileSelected.connect(self._part.on_picture_file)
        return dialog

    def _ask(self, question: Question, then: Callable[[str], None]) -> None:
        self._on_answer = then
        self.question.ask(question)

    def _on_answered(self, key: str) -> None:
        then, self._on_answer = self._on_answer, None
        if then is not None:
            then(key)

    # --------------------------------------------------------------------- asking

    def _ask_unsaved(self, go_on: Callable[[], None]) -> None:
        part = self._part

        def on_thrown_away() -> None:
            part.throw_away()
            go_on()

        self.unsaved.ask_about(part.unsaved(), on_thrown_away, lambda: part.save(go_on))

    def _ask_move(self, code: str, name: str) -> None:
        def on_answer(key: str) -> None:
            if key == YES:
                self._part.on_moved()

        self._ask(move_question(code, name), on_answer)

    def _ask_free(self) -> None:
        def on_answer(key: str) -> None:
            if key == YES:
                self._part.on_free_meant()

        self._ask(free_question(), on_answer)

    def _ask_delete(self, name: str, may_go: bool) -> None:
        def on_answer(key: str) -> None:
            if key == YES:
                self._part.on_delete_meant()
            elif key == RETIRE:
                self._part.on_retire()

        self._ask(delete_question(name, may_go=may_go), on_answer)

    # ------------------------------------------------------------------ the page's

    def _on_submitted(self) -> None:
        rows = self._part.list.rows
        if rows:
            self._part.open(rows[0].key)
        self._page.search.stop()

    def _on_search_left(self) -> None:
        self._part.on_words("")
        self._page.search.stop()

    def _on_new(self) -> None:
        self._part.on_new()

    def _pick_shelf(self) -> None:
        listed = self._part.list
        title = _("Show which category?")
        self.picker.pick(title, listed.shelves(), listed.shelf, self._part.on_shelf)

    def _pick_category(self) -> None:
        card = self._part.card
        if card is None:
            return
        rows = [("", _("Without a category")), *self._part.list.shelf_rows()]

        def on_picked(key: str) -> None:
            self._part.on_typed("category", key)

        title = _("Which category?")
        self.picker.pick(title, rows, card.form.category_id, on_picked)

    def _ask_picture(self) -> None:
        self.files.ask()

    def _ask_variants(self) -> None:
        part = self._part
        if part.card is not None and part.card.is_changed:
            self._ask_unsaved(self._ask_variants)
        elif part.card is not None:
            self.variants.ask(part.card.name)

    def _on_asked(self, key: str) -> None:
        part = self._part
        {
            "save": part.on_save,
            "labels": part.on_labels,
            "copy": part.on_copy,
            "variants": self._ask_variants,
            "retire": part.on_retire,
            "delete": part.on_delete,
            "unit": part.on_unit_added,
            "category": self._pick_category,
            "picture": self._ask_picture,
            "no_picture": part.on_picture_dropped,
            "mine": part.on_keep_mine,
            "theirs": part.throw_away,
        }[key]()

    def _on_unit_pressed(self, what: str, at: int, code: str) -> None:
        part = self._part
        if what == "unit_removed":
            part.on_unit_removed(at)
        elif what == "wait":
            part.on_waiting(at)
        elif what == "make":
            part.on_code_made(at)
        elif what == "code":
            part.on_code(at, code)
        else:
            part.on_code_removed(at, code)
