"""One list of the back office with its form: what it reads, what a save changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from pos_app.errors import GuitaiError
from pos_app.ports.catalog_changes import CatalogChange
from ui.presenters.office_form_state import FieldView, OfficeKey, OfficeRow
from ui.presenters.workplace import Workplace

if TYPE_CHECKING:
    from ui.presenters.office_form import FormPart

Draft = TypeVar("Draft")


class OfficeBook(Generic[Draft]):
    """What a page of list and form does with one kind of thing.

    A draft is frozen and compared: one that is equal to what is stored is not
    dirty.
    """

    key = ""
    title = ""
    icon = ""
    add_words = ""
    #: What an empty list says; "" that there is nothing yet.
    empty = ""
    can_order = True
    can_save = True

    def __init__(self, part: FormPart) -> None:
        self.part = part

    def list_keys(self) -> tuple[OfficeKey, ...]:
        """Return the keys below the list; none for nearly every one."""
        return ()

    @property
    def work(self) -> Workplace:
        """What everything works with."""
        return self.part.work

    # ------------------------------------------------------------------ reading

    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the parts of the list, key and words; none for one whole."""
        return ()

    def rows(self, wanted: str) -> tuple[OfficeRow, ...]:
        """Return the rows of a part of the list."""
        raise AssertionError(type(self).__name__, wanted)

    def read(self, key: str) -> Draft | None:
        """Return what is stored; None when it is gone."""
        raise AssertionError(type(self).__name__, key)

    def blank(self, wanted: str) -> Draft:
        """Return a draft of something new."""
        raise AssertionError(type(self).__name__, wanted)

    def name(self, draft: Draft) -> str:
        """Return what the form is called."""
        raise AssertionError(type(self).__name__, draft)

    def note(self, draft: Draft) -> str:
        """Return what stands beside the form's name."""
        del draft
        return ""

    def fields(self, draft: Draft, *, is_new: bool) -> Sequence[FieldView]:
        """Return the form."""
        raise AssertionError(type(self).__name__, draft, is_new)

    # ----------------------------------------------------------------- changing

    def edited(self, draft: Draft, key: str, value: str) -> Draft:
        """Return a draft with another value."""
        raise AssertionError(type(self).__name__, draft, key, value)

    def saving(self, draft: Draft, *, is_new: bool) -> tuple[str, CatalogChange]:
        """Return the key it then has, and what stores it."""
        raise AssertionError(type(self).__name__, draft, is_new)

    def ordering(self, keys: Sequence[str]) -> CatalogChange:
        """Return what puts the rows in another order."""
        raise AssertionError(type(self).__name__, keys)

    def act(self, draft: Draft, key: str) -> None:
        """A key of the form was pressed."""

    def problem_field(self, error: GuitaiError) -> str:
        """Return the field that an error is said at; "" for the status bar."""
        del error
        return ""

    def stored(self) -> None:
        """Something of this book was stored."""
