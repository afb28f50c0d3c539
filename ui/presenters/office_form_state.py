"""What a page of list and form shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """How a value is set."""

    TEXT = "text"
    CHOICE = "choice"  # a few short words, side by side
    PICK = "pick"  # more or longer words, as keys in two columns
    SWITCH = "switch"
    NOTE = "note"  # a paragraph that explains; nothing to set
    FACTS = "facts"  # rows of what is so
    HEAD = "head"  # the title of what stands below
    KEYS = "keys"  # keys that do something at once


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a field, or a row of facts: `key` is its value."""

    key: str
    words: str
    is_enabled: bool = True


@dataclass(frozen=True, slots=True)
class OfficeKey:
    """A key of a form.

    Attributes:
        key: what `acted` says. words, icon: on it.
        is_danger: takes something away.
        reason: why it cannot be pressed; "" when it can.
    """

    key: str
    words: str
    icon: str
    is_danger: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field of the form.

    Attributes:
        kind: how it is set. key: what `edited` says.
        label: above it. detail: what a switch means, a note's words.
        value: a text, the key of an option, or "1" and "" for a switch.
        problem: why the value was refused; "" for none.
        options: of a choice, or the rows of facts. keys: of keys.
        is_enabled: whether this person may set it.
        limit: characters of a text.
    """

    kind: FieldKind
    key: str
    label: str = ""
    value: str = ""
    detail: str = ""
    problem: str = ""
    options: tuple[Option, ...] = ()
    keys: tuple[OfficeKey, ...] = ()
    is_enabled: bool = True
    limit: int = 60


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """A row of the list: what it is, what is said of it, whether it is off."""

    key: str
    title: str
    detail: str = ""
    mark: str = ""
    is_off: bool = False

    @property
    def words(self) -> str:
        """What assistive tools say."""
        return " ".join(x for x in (self.title, self.detail, self.mark) if x)


@dataclass(frozen=True, slots=True)
class OfficeFormState:
    """Everything on the page.

    Attributes:
        views, view: the lists and the one on show.
        filters, filter: parts of a list and the one on show; none for all.
        list_title, list_icon: above the list. rows: its rows. chosen: the open one.
        add_words: on the key that adds one; "" where none is added.
        can_order: whether rows are moved.
        form_key: another form has another key. title, icon, note: its head.
        fields: from top to bottom. empty: said where nothing is open.
        list_empty: said where there are no rows; "" that there is nothing yet.
        is_new: not stored yet. is_dirty: something is typed. is_working: being
            stored. list_keys: below the list. can_save: whether anything is ever typed here that is stored.
    """

    views: tuple[tuple[str, str, str], ...]
    view: str
    list_title: str
    list_icon: str
    rows: tuple[OfficeRow, ...]
    chosen: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    filter: str = ""
    add_words: str = ""
    can_order: bool = False
    form_key: str = ""
    title: str = ""
    icon: str = ""
    note: str = ""
    fields: tuple[FieldView, ...] = ()
    empty: str = ""
    list_empty: str = ""
    is_new: bool = False
    is_dirty: bool = False
    is_working: bool = False
    can_save: bool = True
    list_keys: tuple[OfficeKey, ...] = ()
