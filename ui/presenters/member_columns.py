"""Which column of a file of members is which: proposed, and named by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pos_app.domain.member.masking import mask_digits, mask_name
from pos_app.i18n import N_, _
from pos_app.services.member_columns import MemberField
from pos_app.services.member_file_columns import (
    FileGlimpse,
    Meanings,
    finds_people,
    with_meaning,
)
from ui.presenters.frame_state import Tone
from ui.presenters.members_state import MembersTable
from ui.presenters.office_form_state import OfficeKey
from ui.presenters.report_state import ListRowView, ListTableView

if TYPE_CHECKING:
    from ui.presenters.members import MembersPart

#: What each meaning is called.
FIELDS = {
    MemberField.PHONE: N_("Phone"),
    MemberField.NAME: N_("Name"),
    MemberField.BIRTHDAY: N_("Birthday"),
    MemberField.TIER: N_("Tier"),
    MemberField.POINTS: N_("Points"),
    MemberField.POINTS_UNTIL: N_("Points good until"),
    MemberField.CARD: N_("Card"),
    MemberField.TAGS: N_("Tags"),
    MemberField.CONSENT: N_("Agrees to be a member"),
    MemberField.MARKETING: N_("Agrees to offers"),
    MemberField.SOURCE: N_("Source"),
    MemberField.JOINED: N_("Enrolled on"),
    MemberField.NOTE: N_("Note"),
}
NO_HEADER = N_("The columns have no names: the first line is a member as well.")
#: So many digits in a cell are somebody's number, and no day.
_NUMBER_DIGITS = 9


class MemberColumnsPage:
    """Keeps the beginning of the file and what its columns are said to be."""

    def __init__(self, part: MembersPart) -> None:
        self._part = part
        self.path = Path()
        self._glimpse: FileGlimpse | None = None
        self.meanings: Meanings = ()

    def begin(self, path: Path, glimpse: FileGlimpse) -> None:
        """Take a file that was just opened."""
        self.path, self._glimpse = path, glimpse
        self.meanings = glimpse.meanings

    @property
    def headers(self) -> tuple[str, ...]:
        """The file's own words for its columns."""
        return self._glimpse.headers if self._glimpse else ()

    @property
    def has_header(self) -> bool:
        """Tell whether the first line names the columns, and is nobody."""
        return self._glimpse is None or self._glimpse.has_header

    @property
    def is_enough(self) -> bool:
        """Tell whether a line could be held against the members."""
        return finds_people(self.meanings)

    def choose(self, key: str) -> None:
        """A column was touched: what it means is picked."""
        at = int(key)
        now = self.meanings[at]
        rows = [("", _("Not read")), *((x.value, _(w)) for x, w in FIELDS.items())]
        title = _("What is in “{column}”?", column=self._header(at))

        def picked(wanted: str) -> None:
            field = MemberField(wanted) if wanted else None
            self.meanings = with_meaning(self.meanings, at, field)
            self._part.changed.emit()

        self._part.pick_wanted.emit((title, rows, now.value if now else ""), picked)

    def view(self) -> MembersTable:
        """Return the page."""
        count = len(self.headers)
        rows = tuple(self._row(at) for at in range(count))
        table = ListTableView(
            title=_("Columns of the file"),
            heads=(_("Column"), _("First lines"), _("Read as")),
            is_number=(False, False, False),
            weights=(24, 50, 26),
            rows=rows,
        )
        reason = "" if self.is_enough else _("Say where phone or card stand")
        look = OfficeKey("look", _("Look at the lines"), "check", reason=reason)
        note = _("Touch a column to say what it is. It is remembered for such files.")
        if not self.has_header:
            note = f"{_(NO_HEADER)} {note}"
        return MembersTable(self.path.name, note, table, keys=(look,))

    def _row(self, at: int) -> ListRowView:
        field = self.meanings[at]
        words = _(FIELDS[field]) if field else _("Not read")
        tone = Tone.PLAIN if field else Tone.WARN
        cells = (self._header(at), self._first(at), words)
        return ListRowView(str(at), cells, (Tone.PLAIN, Tone.PLAIN, tone))

    def _header(self, at: int) -> str:
        name = self.headers[at] if self.has_header else ""
        return name or _("Column {number}", number=at + 1)

    def _first(self, at: int) -> str:
        """Return the first cells; nobody is named in full on a screen."""
        assert self._glimpse is not None
        may_name = self.meanings[at] in (MemberField.NAME, None)
        cells = [line[at] for line in self._glimpse.lines if line[at]]
        return ", ".join(_masked(x, may_name=may_name) for x in cells)


def _masked(cell: str, *, may_name: bool) -> str:
    digits = sum(x.isdigit() for x in cell)
    if not digits and may_name:
        return mask_name(cell)
    return mask_digits(cell) if digits >= _NUMBER_DIGITS else cell
