"""The list of members: searched, filtered, sorted, read behind the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_app.i18n import _
from pos_app.ports.member_admin import (
    MemberOrder,
    MemberPlace,
    MemberQuery,
    MemberStanding,
)
from pos_app.services.member_pages import MemberPage, MemberRow
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.member_admin_words import ORDERS, STANDINGS
from ui.presenters.office_form_state import OfficeRow

#: Prefixes of the filters' keys.
_ORDER, _TAG, _TIER, _GROUP = "order:", "tag:", "tier:", "group:"
_MOST_TAGS = 8


class MemberList:
    """Keeps what is looked for and the rows that were read."""

    def __init__(self, place: BackOfficePlace, changed: Callable[[], None]) -> None:
        self._place, self._changed = place, changed
        self.words, self.filter = "", MemberStanding.PRESENT.value
        self._rows: tuple[MemberRow, ...] = ()
        self._after: MemberPlace | None = None
        self._filters: tuple[tuple[str, str], ...] = ()
        self._turn = 0

    def begin(self) -> None:
        """Read anew what there is, the filters too."""
        self._load(None)
        desk = self._place.work.counter.desk
        members = desk.ledger.members
        tiers = [(x.key, x.name) for x in desk.ledger.points.programme().tiers]

        def read() -> tuple[tuple[str, str], ...]:
            groups = members.segments_used()
            return (
                *((_TIER + key, name) for key, name in tiers),
                *((_TAG + tag, tag) for tag, _n in members.tags_used()[:_MOST_TAGS]),
                *((_GROUP + key, name) for key, name, _n in groups),
            )

        self._place.runner.run(read).then(self._on_filters)

    def search(self, words: str) -> None:
        """Look for others."""
        self.words = words
        self._load(None)

    def choose(self, key: str) -> None:
        """Show another part of the list."""
        self.filter = key
        self._load(None)

    def more(self) -> None:
        """Show further members."""
        if self._after is not None:
            self._load(self._after)

    @property
    def has_more(self) -> bool:
        """Tell whether there are further members."""
        return self._after is not None

    def filters(self) -> tuple[tuple[str, str], ...]:
        """Return the parts of the list."""
        standings = [(key.value, _(words)) for key, words in STANDINGS.items()]
        orders = [
            (_ORDER + key.value, _(words))
            for key, words in ORDERS.items()
            if key is not MemberOrder.ENROLLED
        ]
        return (*standings[:1], *orders, *self._filters, *standings[1:])

    def rows(self) -> tuple[OfficeRow, ...]:
        """Return the rows."""
        return tuple(_row(row) for row in self._rows)

    # -------------------------------------------------------------------- inside

    def _query(self) -> MemberQuery:
        query, key = MemberQuery(), self.filter
        if key in set(MemberStanding):
            return replace(query, standing=MemberStanding(key))
        if key.startswith(_ORDER):
            return replace(query, order=MemberOrder(key.removeprefix(_ORDER)))
        if key.startswith(_TAG):
            return replace(query, tag=key.removeprefix(_TAG))
        if key.startswith(_TIER):
            return replace(query, tier=key.removeprefix(_TIER))
        return replace(query, segment=key.removeprefix(_GROUP))

    def _load(self, after: MemberPlace | None) -> None:
        self._turn += 1
        if after is None:
            self._after = None  # there is no more of a list that is not there yet
        turn, query, words = self._turn, self._query(), self.words
        pages = self._place.work.counter.member_admin.pages

        def read() -> tuple[int, bool, MemberPage]:
            return turn, after is not None, pages.page(query, words, after)

        task = self._place.runner.run(read)
        task.then(self._on_page).otherwise(self._place.frame.refuse)

    def _on_page(self, answer: tuple[int, bool, MemberPage]) -> None:
        turn, is_more, page = answer
        if turn != self._turn:
            return
        self._rows = (*self._rows, *page.rows) if is_more else page.rows
        self._after = page.after
        self._changed()

    def _on_filters(self, filters: tuple[tuple[str, str], ...]) -> None:
        self._filters = filters
        self._changed()


def _row(row: MemberRow) -> OfficeRow:
    title = " ".join(x for x in (row.name, row.phone) if x) or _("Erased")
    detail = _("{points} points", points=f"{row.points:,}")
    return OfficeRow(row.member_id, title, detail, row.tier, is_off=row.is_erased)
