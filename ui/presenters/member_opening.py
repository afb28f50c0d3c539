"""Which member is open: another one is shown only where nothing typed would be lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from pos_app.i18n import _
from ui.presenters.member_reading import MemberDraft, OpenMember, reading

if TYPE_CHECKING:
    from ui.presenters.members import MembersPart


class MemberOpening:
    """Reads members behind the screen and puts them into the form.

    Args:
        part: shows them.
    """

    def __init__(self, part: MembersPart) -> None:
        self._part = part
        self._turn = 0
        self._is_typed = False

    def open(self, member_id: str) -> None:
        """Read a member and show it; what was shown in full is forgotten."""
        self._turn += 1
        self._is_typed = False
        part, read = self._part, reading(self._part.work.counter, member_id)
        task = part.place.runner.run(read).then(self._shower(self._turn))
        task.otherwise(part.on_refused)

    def typed(self) -> None:
        """Something is typed into the form on show, or is about to be."""
        self._is_typed = True

    def end(self) -> None:
        """Show nobody: whoever is still being read is not wanted any more."""
        self._turn += 1
        self._part.member, self._part.draft = None, MemberDraft()

    def say_held(self) -> None:
        """Say what is to be done with what is typed."""
        part = self._part
        member = part.member
        if member is not None and part.draft.saved_as(member.draft) == part.draft:
            part.frame.say(_("Press the key below what is typed, or discard it"))
        else:
            part.frame.say(_("Save or discard what is typed first"))

    def _shower(self, turn: int) -> Callable[[OpenMember], None]:
        def show(member: OpenMember) -> None:
            if turn == self._turn:
                self._show(member)

        return show

    def _show(self, member: OpenMember) -> None:
        part, old, row = self._part, self._part.member, member.detail.row
        is_other = old is None or old.detail.row.member_id != row.member_id
        if is_other and old is not None and (self._is_typed or part.is_dirty):
            self.say_held()  # one did not see yet whom the letters would be for
            return
        draft = member.draft
        if old is not None and not is_other and not row.is_erased:
            draft = _carried_over(part.draft, old.draft, member.draft)
        part.member, part.draft = member, draft
        part.changed.emit()


def _carried_over(
    typed: MemberDraft, old: MemberDraft, new: MemberDraft
) -> MemberDraft:
    """Return a form as it begins now, with what was typed into it before."""
    names = [x.name for x in fields(typed)]
    kept = {x: getattr(typed, x) for x in names if getattr(typed, x) != getattr(old, x)}
    return replace(new, **kept)
