"""A part of the back office that is a list and a form: chosen, typed, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.session import ApprovalNeeded
from ui.keymap import Action
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.office_book import OfficeBook
from ui.presenters.office_form_state import FieldView, OfficeFormState
from ui.presenters.question_state import Question

#: The key of what is being added.
NEW = "+"


class FormPart(BackOfficePart):
    """Shows one of its books: its rows, and the form of the one that is open."""

    question_wanted = Signal(object, object)
    """A `Question`, and what is called with the key of its answer."""
    pin_wanted = Signal(str, object)
    """Whose PIN is set, and what is called with the new one."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.books: dict[str, OfficeBook[Any]] = {}
        self._view, self._filter, self._chosen = "", "", ""
        self._stored: Any = None
        self._draft: Any = None
        self._problem = ("", "")

    def take_books(self, *books: OfficeBook[Any]) -> None:
        """Take the books; the first one is open."""
        self.books = {book.key: book for book in books}
        self._view = books[0].key

    # --------------------------------------------------------------- what to show

    @property
    def book(self) -> OfficeBook[Any]:
        """The book on show."""
        return self.books[self._view]

    @property
    def is_new(self) -> bool:
        """Tell whether something is being added."""
        return self._chosen == NEW

    @property
    @override
    def state(self) -> OfficeFormState:
        book, draft = self.book, self._draft
        rows = book.rows(self._filter)
        found = () if draft is None else book.fields(draft, is_new=self.is_new)
        fields = tuple(self._with_problem(field) for field in found)
        return OfficeFormState(
            views=tuple((x.key, _(x.title), x.icon) for x in self.books.values()),
            view=self._view,
            filters=book.filters(),
            filter=self._filter,
            list_title=_(book.title),
            list_icon=book.icon,
            rows=rows,
            chosen=self._chosen,
            add_words=_(book.add_words) if book.add_words else "",
            can_order=book.can_order,
            form_key=f"{self._view}:{self._chosen}",
            title=book.name(draft) if draft is not None else "",
            icon=book.icon,
            note=book.note(draft) if draft is not None else "",
            fields=fields,
            empty=_("Choose a row on the left") if rows else _(book.title),
            list_empty=_(book.empty) if book.empty else "",
            is_new=self.is_new,
            is_dirty=self.is_dirty,
            is_working=self.is_working,
            can_save=book.can_save,
            list_keys=book.list_keys(),
        )

    @property
    def is_dirty(self) -> bool:
        """Tell whether something is typed that is not stored."""
        return self._draft is not None and self._draft != self._stored

    def _with_problem(self, field: FieldView) -> FieldView:
        key, words = self._problem
        return replace(field, problem=words) if words and field.key == key else field

    @override
    def begin(self, subject: str = "") -> None:
        """Open the part; `subject` is a book's key, with a row's behind a slash."""
        view, _slash, row = subject.partition("/")
        if view in self.books and not self.is_dirty:
            self._view, self._filter = view, ""
            self._open(row or self._first())
        elif not self.is_dirty:
            self._open(self._chosen or self._first())
        self.changed.emit()

    @override
    def unsaved(self) -> str:
        if not self.is_dirty:
            return ""
        return self.book.name(self._draft) or _(self.book.title)

    @override
    def throw_away(self) -> None:
        self._open(self._first() if self.is_new else self._chosen)
        self.changed.emit()

    @override
    def save(self, then: Callable[[], None]) -> None:
        self._save(then)

    # ----------------------------------------------------------------- intents

    def on_view(self, key: str) -> None:
        """Another book is wanted."""
        if key != self._view and not self.is_working and not self.holds():
            self._view, self._filter = key, ""
            self._open(self._first())
        self.changed.emit()

    def on_filter(self, key: str) -> None:
        """Another part of the list is wanted."""
        if key != self._filter and not self.holds():
            self._filter = key
            self._open(self._first())
        self.changed.emit()

    def on_row(self, key: str) -> None:
        """A row was chosen."""
        if key != self._chosen and not self.holds():
            self._open(key)
        self.changed.emit()

    def on_add(self) -> None:
        """Something new is wanted."""
        if self.is_new or not self.holds():
            self._chosen, self._stored = NEW, None
            self._draft = self.book.blank(self._filter)
            self._problem = ("", "")
        self.changed.emit()

    def on_edited(self, key: str, value: object) -> None:
        """A value was typed or chosen."""
        if self._draft is None or self.is_working:
            return
        text = ("1" if value else "") if isinstance(value, bool) else str(value)
        self._draft = self.book.edited(self._draft, key, text)
        if self._problem[0] == key:
            self._problem = ("", "")
        self.changed.emit()

    def on_moved(self, keys: Sequence[str]) -> None:
        """The rows were put in another order."""
        self.store(lambda: self.book.ordering(keys), self.book.stored)

    def on_step(self, step: int) -> None:
        """Move the open row up or down by one."""
        keys = [row.key for row in self.book.rows(self._filter)]
        if self._chosen not in keys:
            return
        at = keys.index(self._chosen)
        to = at + step
        if 0 <= to < len(keys):
            keys.insert(to, keys.pop(at))
            self.on_moved(keys)

    def on_save(self) -> None:
        """What is typed shall hold."""
        self._save(lambda: self.frame.say(_("Saved")))

    def on_discard(self) -> None:
        """What is typed shall be forgotten."""
        self.throw_away()

    def on_act(self, key: str) -> None:
        """A key of the form was pressed."""
        if self._draft is not None and not self.is_working:
            self.book.act(self._draft, key)

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.ESCAPE and self.is_dirty:
            self.throw_away()
            return True
        return False

    # ------------------------------------------------------- what the books ask

    def holds(self) -> bool:
        """Say that something is not saved, and tell whether it is so."""
        if not self.is_dirty:
            return False
        name = self.unsaved()
        self.frame.say(_("{name} is not saved: save or discard it first", name=name))
        self.work.beep()
        return True

    def ask(self, question: Question, then: Callable[[str], None]) -> None:
        """Ask the person; `then` is called with the answer's key."""
        self.question_wanted.emit(question, then)

    def change_now(
        self,
        make: Callable[[], CatalogChange],
        then: Callable[[], None],
        words: ApprovalWords | None = None,
    ) -> None:
        """Store something at once that is no part of the draft; then read anew."""

        def done() -> None:
            self.book.stored()
            if not self.after_store():
                return
            if not self.is_dirty:
                self._open(self._chosen)
            then()

        self.store(make, done, words)

    def close_form(self) -> None:
        """Nothing is open any more: it is gone."""
        self._open("")

    def after_store(self) -> bool:
        """Tell whether the part goes on after a change; it may have cost the right."""
        return True

    @override
    def on_refused(self, error: GuitaiError) -> None:
        field = self.book.problem_field(error)
        if field:
            said = explain(error, self.work.currency)
            self._problem = (field, said.sentence)
            self.work.beep()
            self.is_working = False
            self.changed.emit()
            return
        super().on_refused(error)

    def _save(self, then: Callable[[], None]) -> None:
        if self._draft is None:
            return
        draft, is_new, book = self._draft, self.is_new, self.book
        made = {"key": self._chosen}
        self._problem = ("", "")

        def make() -> CatalogChange:
            made["key"], change = book.saving(draft, is_new=is_new)
            return change

        def done() -> None:
            book.stored()
            self._stored = self._draft = None
            if not self.after_store():
                return
            self._open(made["key"])
            then()

        self.frame.attempt(lambda: self._attempt(make, done))

    def _attempt(
        self, make: Callable[[], CatalogChange], done: Callable[[], None]
    ) -> None:
        """Store, but say at its field what does not fit a field."""
        try:
            change = make()
        except ApprovalNeeded:
            raise
        except GuitaiError as error:
            self.on_refused(error)
        else:
            if not self.is_working:
                self._store(change, done)

    def _first(self) -> str:
        """Return the row on top: a page begins with something on it."""
        rows = self.book.rows(self._filter)
        return rows[0].key if rows else ""

    def _open(self, key: str) -> None:
        self._problem = ("", "")
        found = self.book.read(key) if key and key != NEW else None
        self._chosen = key if found is not None else ""
        self._stored = self._draft = found
