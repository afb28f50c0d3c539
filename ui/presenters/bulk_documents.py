"""The documents over many items: what was changed when, and what set it back."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.bulk_edit import BulkDocument, BulkKind, BulkState
from pos_app.i18n import _, current_language
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.bulk_words import FieldWords, document_words, rows_words
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.stock_words import when

_LIMIT = 100


class BulkDocuments:
    """Keeps the list."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._place = place
        self._found: Sequence[BulkDocument] = ()

    def begin(self) -> None:
        """Read anew."""
        self._found = self._place.work.counter.desk.catalog.bulks.recent(_LIMIT)

    def view(self, words: FieldWords) -> ListTableView:
        """Return the list, newest first; a row that can be set back opens that."""
        return ListTableView(
            title=_("Changes of many items"),
            heads=(_("When"), _("What"), _("By"), _("Items"), _("Set back")),
            is_number=(False, False, False, True, False),
            weights=(16, 32, 18, 14, 20),
            rows=tuple(self._row(one, words) for one in self._found),
            empty=_("No changes yet"),
        )

    def _row(self, one: BulkDocument, words: FieldWords) -> ListRowView:
        work = self._place.work
        desk = work.counter.desk
        people = {x.staff_id: x for x in desk.catalog.everybody()}
        who = people.get(one.by)
        is_open = one.state is BulkState.DONE and not one.undone_by
        can_undo = is_open and one.kind is not BulkKind.UNDO and one.done > 0
        state = _("Look and set back") if can_undo else ""
        if one.undone_by:
            state = _("was set back")
        elif one.state is BulkState.APPLYING:
            state = _("is being finished")
        cells = (
            when(one.at.at(work.zone), desk.business_day()),
            document_words(one, words, work.currency),
            who.name_in(current_language()) if who else "",
            rows_words(one.done),
            state,
        )
        return ListRowView(one.bulk_id if can_undo else "", cells)
