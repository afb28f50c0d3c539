"""What the members' part of the back office shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.office_form_state import OfficeFormState, OfficeKey
from ui.presenters.report_state import ListTableView


class MembersPage(StrEnum):
    """The pages of the part."""

    PEOPLE = "people"  # the list, and the one that is open
    DOUBLES = "doubles"
    MERGE = "merge"
    COLUMNS = "columns"  # of a file
    FILE = "file"


@dataclass(frozen=True, slots=True)
class MembersTable:
    """A page with a table: doubles, two members side by side, lines of a file.

    Attributes:
        title, note: above the table. filters, filter: parts of it.
        table: the rows. keys: below it; the first one is the main one.
    """

    title: str
    note: str
    table: ListTableView
    filters: tuple[tuple[str, str], ...] = ()
    filter: str = ""
    keys: tuple[OfficeKey, ...] = ()


@dataclass(frozen=True, slots=True)
class MembersState:
    """Everything on the page.

    Attributes:
        page: which one. search: words of the list.
        form: of PEOPLE. table: of all others.
        progress: what is being done; "" for nothing.
    """

    page: MembersPage
    search: str
    form: OfficeFormState | None
    table: MembersTable | None
    progress: str = ""
