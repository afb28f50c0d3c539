"""Members in the back office: list and form, doubles, two side by side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.member.consent import Purpose
from pos_app.services.member_draft import EnrolDraft
from ui.presenters.members import MembersPart

_PEOPLE = (
    ("13812346217", "林可怡", (5, 17)),
    ("13812346271", "林可怡", (5, 17)),
    ("13912340001", "王伟", None),
    ("13712345678", "欧阳娜娜", (11, 2)),
)
#: As another till writes it; nobody's numbers.
_FILE = "A,姓名,C\n13712340001,陈小雨,120\n13712340002,赵一鸣,45\n"
_WAIT_S = 20


class MemberAdminScenes:
    """Plays with a few members of its own and a manager signed on.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._flow = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._enrol()
        self._hand.press("tab_office")
        self._hand.press("go-members")
        self._hand.wait(lambda: len(self._part.list.rows()) >= len(_PEOPLE), "members")
        self._part.on_row(self._part.list.rows()[-1].key)
        self._hand.wait(lambda: self._part.member is not None, "members")
        for tab in ("profile", "means", "balance", "coupons", "consents", "history"):
            self._part.on_view(tab)
            yield f"office_members_{tab}"
        self._part.on_act("doubles")
        self._hand.wait(lambda: not self._part.is_working, "members")
        yield "office_members_doubles"
        rows = self._part.joining.view().table.rows
        self._part.on_table_row(rows[0].key)
        self._hand.wait(lambda: not self._part.is_working, "members")
        yield "office_members_merge"
        self._part.back()
        yield from self._columns()
        self._hand.press("tab_sale")

    def _columns(self) -> Iterator[str]:
        """Open a file whose header says nothing, and name a column."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "members.csv"
            file.write_text(_FILE, "utf-8")
            self._part.file.look(str(file))
            self._hand.wait(lambda: not self._part.is_working, "lines")
        yield "office_members_columns"
        self._part.back()

    @property
    def _part(self) -> MembersPart:
        part = self._flow.features.back_office.part
        assert isinstance(part, MembersPart)
        return part

    def _enrol(self) -> None:
        counter = self._flow.work.counter
        purposes = (Purpose.MEMBERSHIP, Purpose.MARKETING)
        for phone, name, birthday in _PEOPLE:
            if not counter.members.find(phone):
                draft = EnrolDraft(phone, name, birthday, purposes=purposes)
                counter.members.enrol(draft).result(_WAIT_S)
