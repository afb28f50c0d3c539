"""Two members who are one person: likely pairs, both side by side, made one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.domain.member.likeness import LikelyPair
from pos_app.i18n import _
from pos_app.services.member_merge import MergePreview, MergeReason, MergeSide
from pos_app.services.member_pages import MemberRow
from ui.format import money
from ui.presenters.member_admin_words import (
    DOUBTS,
    LIKENESS,
    MERGES,
    PURPOSES,
    birthday_words,
    day_words,
)
from ui.presenters.members_state import MembersPage, MembersTable
from ui.presenters.office_form_state import OfficeKey
from ui.presenters.report_state import ListRowView, ListTableView

if TYPE_CHECKING:
    from ui.presenters.members import MembersPart


class MemberJoining:
    """Keeps the pair that is looked at."""

    def __init__(self, part: MembersPart) -> None:
        self._part = part
        self._kept = ""  # the other one is chosen next
        self._pairs: tuple[tuple[LikelyPair, MemberRow, MemberRow], ...] = ()
        self._pair: LikelyPair | None = None
        self._preview: MergePreview | None = None

    @property
    def asking(self) -> str:
        """What is said while the other one is to be chosen; "" else."""
        return _("Choose the other member on the left") if self._kept else ""

    def ask(self) -> None:
        """The open member is one of two; the other one is chosen in the list."""
        part = self._part
        assert part.member is not None
        self._kept = part.member.detail.row.member_id
        part.opening.end()
        part.frame.say(self.asking)
        part.changed.emit()

    def forget(self) -> None:
        """Ask no more."""
        self._kept, self._preview, self._pair = "", None, None

    def takes(self, member_id: str) -> bool:
        """Take the second one of a merge; whether that was asked."""
        if not self._kept:
            return False
        kept, self._kept = self._kept, ""
        self._look(kept, member_id)
        return True

    def find(self) -> None:
        """Look for members who were perhaps enrolled twice."""
        part = self._part
        doubles, pages = part.admin.doubles, part.admin.pages
        members = part.work.counter.desk.ledger.members

        def read() -> tuple[tuple[LikelyPair, MemberRow, MemberRow], ...]:
            pairs = doubles.find(part.went_on.emit)
            ids = {x for pair in pairs for x in (pair.first_id, pair.second_id)}
            rows = {x.member_id: x for x in pages.rows(members.records(sorted(ids)))}
            return tuple(
                (pair, rows[pair.first_id], rows[pair.second_id]) for pair in pairs
            )

        part.work_behind(_("Looking"), read, self._on_found)

    def _on_found(
        self, pairs: tuple[tuple[LikelyPair, MemberRow, MemberRow], ...]
    ) -> None:
        self._pairs = pairs
        self._part.go(MembersPage.DOUBLES)

    def choose(self, key: str) -> None:
        """Look at a pair side by side."""
        for pair, _first, _second in self._pairs:
            if f"{pair.first_id}/{pair.second_id}" == key:
                self._pair = pair
                self._look(pair.first_id, pair.second_id)

    def _look(self, kept: str, absorbed: str) -> None:
        merging = self._part.admin.merging
        self._part.work_behind(
            _("Looking"), lambda: merging.preview(kept, absorbed), self._on_preview
        )

    def _on_preview(self, preview: MergePreview) -> None:
        self._preview = preview
        self._part.go(MembersPage.MERGE)

    def act(self, key: str) -> None:
        """A key below the table was pressed."""
        preview, part = self._preview, self._part
        if preview is None:
            return
        if key == "swap":
            self._look(preview.absorbed.row.member_id, preview.kept.row.member_id)
        elif key == "two" and self._pair is not None:
            pair = self._pair
            part.do(lambda: part.admin.doubles.two_people(pair), self._on_two)
        elif key in set(MergeReason):
            kept, absorbed = preview.kept.row.member_id, preview.absorbed.row.member_id
            merge = part.admin.merging.merge
            part.do(
                lambda: merge(kept, absorbed, MergeReason(key)),
                lambda _fact: self._on_merged(kept),
            )

    def _on_two(self, _done: object) -> None:
        self._pairs = tuple(x for x in self._pairs if x[0] != self._pair)
        self.forget()
        self._part.go(MembersPage.DOUBLES)

    def _on_merged(self, kept: str) -> None:
        part = self._part
        self.forget()
        part.frame.say(_("They are one person now"))
        part.page = MembersPage.PEOPLE
        part.list.begin()
        part.open(kept)

    # --------------------------------------------------------------- what to show

    def view(self) -> MembersTable:
        """Return the page: the pairs, or two members side by side."""
        preview = self._preview
        if self._part.page is MembersPage.MERGE and preview is not None:
            return self._side_by_side(preview)
        rows = tuple(
            ListRowView(
                f"{pair.first_id}/{pair.second_id}",
                (_title(first), _title(second), _(LIKENESS[pair.why])),
            )
            for pair, first, second in self._pairs
        )
        heads = (_("Member"), _("Member"), _("Why they look alike"))
        table = ListTableView(
            title=_("Enrolled twice?"),
            heads=heads,
            is_number=(False, False, False),
            weights=(32, 32, 36),
            rows=rows,
            empty=_("Nobody looks like two"),
        )
        note = _("Tap a pair to see both side by side.") if rows else ""
        return MembersTable(_("Enrolled twice?"), note, table)

    def _side_by_side(self, preview: MergePreview) -> MembersTable:
        kept, absorbed = preview.kept, preview.absorbed
        currency = self._part.work.currency
        facts = [
            (_("Name"), kept.row.name, absorbed.row.name, ""),
            (_("Phone"), kept.row.phone, absorbed.row.phone, _("Both find the person")),
            (
                _("Birthday"),
                birthday_words(kept.birthday),
                birthday_words(absorbed.birthday),
                birthday_words(kept.birthday),
            ),
            (
                _("Enrolled"),
                day_words(kept.row.enrolled_on),
                day_words(absorbed.row.enrolled_on),
                "",
            ),
            (_("Tier"), kept.row.tier, absorbed.row.tier, _("The higher one")),
            (
                _("Points"),
                f"{kept.row.points:,}",
                f"{absorbed.row.points:,}",
                f"{preview.points:,}",
            ),
            (
                _("Coupons"),
                str(kept.coupons),
                str(absorbed.coupons),
                str(preview.coupons),
            ),
            (
                _("Wallet"),
                money(kept.value_minor, currency),
                money(absorbed.value_minor, currency),
                money(preview.value_minor, currency),
            ),
            (
                _("Purchases"),
                str(kept.sales),
                str(absorbed.sales),
                str(kept.sales + absorbed.sales),
            ),
            (_("Consents"), _agreed(kept), _agreed(absorbed), _agreed(kept)),
        ]
        rows = tuple(ListRowView("", tuple(x or "–" for x in fact)) for fact in facts)
        table = ListTableView(
            title=_("Two members, one person"),
            heads=("", _("Stays"), _("Joins it"), _("Together")),
            is_number=(False, False, False, False),
            weights=(20, 28, 28, 24),
            rows=rows,
        )
        doubts = " · ".join(_(DOUBTS[key]) for key in preview.doubts)
        note = doubts or _("Both histories are kept, and it can be undone.")
        return MembersTable(
            _("Two members, one person"), note, table, keys=self._keys()
        )

    def _keys(self) -> tuple[OfficeKey, ...]:
        keys = [
            OfficeKey(key.value, _(words), "users") for key, words in MERGES.items()
        ]
        keys.append(OfficeKey("swap", _("The other one stays"), "swap"))
        if self._pair is not None:
            keys.append(OfficeKey("two", _("They are two people"), "x"))
        return tuple(keys)


def _title(row: MemberRow) -> str:
    return " ".join(x for x in (row.name, row.phone) if x)


def _agreed(side: MergeSide) -> str:
    words = {purpose.value: text for purpose, text in PURPOSES.items()}
    return ", ".join(_(words[key]) for key in side.consents)
