"""Puts the members' part together: presenter, page, questions, PINs, files."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.i18n import _
from ui.dialogs.member_files import MemberFiles
from ui.dialogs.pick_one import PickDialog
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.members import MembersPart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_members import MembersOfficePage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow

#: Keys and words to pick from.
Rows = list[tuple[str, str]]


def make_members(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = MembersPart(place), MembersOfficePage()
    form, table = page.form, page.table
    page.search.text_edited.connect(part.on_search)
    page.search.left.connect(lambda: _leave_search(part, page))
    form.view_chosen.connect(part.on_view)
    form.filter_chosen.connect(part.on_filter)
    form.row_chosen.connect(part.on_row)
    form.edited.connect(part.on_edited)
    form.acted.connect(part.on_act)
    form.saved.connect(part.on_save)
    form.discarded.connect(part.throw_away)
    table.closed.connect(part.back)
    table.filter_chosen.connect(part.file.choose)
    table.row_chosen.connect(part.on_table_row)
    table.acted.connect(part.on_act)
    people = flow.features.people
    part.question_wanted.connect(people.ask)
    part.pin_wanted.connect(
        lambda name, then: people.pins.set_for(name, then)  # noqa: PLW0108 - made late
    )
    MemberFileDialogs(flow, part, page)
    MemberPicking(flow, part, page)
    return part, page


def _leave_search(part: MembersPart, page: MembersOfficePage) -> None:
    page.search.stop()
    part.on_search("")


class MemberPicking(QObject):
    """Offers the parts of the list, and what columns mean; lives with its page."""

    def __init__(
        self, flow: CounterFlow, part: MembersPart, page: MembersOfficePage
    ) -> None:
        super().__init__(page)
        self._flow, self._part = flow, part
        page.filter_pressed.connect(self._pick)
        part.pick_wanted.connect(self._ask)

    @cached_property
    def _picker(self) -> PickDialog:
        picker = PickDialog(self._flow.window)
        self._flow.dialogs.own(picker)
        return picker

    def _pick(self) -> None:
        found = self._part.list
        self._picker.pick(
            _("Which members are shown"), found.filters(), found.filter, self._choose
        )

    def _ask(self, asked: tuple[str, Rows, str], then: Callable[[str], None]) -> None:
        title, rows, chosen = asked
        self._picker.pick(title, rows, chosen, then)

    def _choose(self, key: str) -> None:
        self._part.on_filter(key)


class MemberFileDialogs(QObject):
    """Asks for files; lives with its page."""

    def __init__(
        self, flow: CounterFlow, part: MembersPart, page: MembersOfficePage
    ) -> None:
        super().__init__(page)
        self._window, self._part = flow.window, part
        part.file_wanted.connect(self._ask)

    def _ask(self, is_to_write: bool) -> None:
        dialog = MemberFiles(self._window)
        if is_to_write:
            dialog.fileSelected.connect(self._part.actions.write_person)
            dialog.ask_where()
        else:
            dialog.fileSelected.connect(self._part.file.look)
            dialog.ask_which()
