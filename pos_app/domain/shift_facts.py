"""Journal entries beside the documents that count in a shift: voided lines, no-sales."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.domain.shift import ShiftTotal
from pos_app.domain.shift_totals import Tally, TotalKind

#: The body key under which such an entry names its shift; "" where none was open.
SHIFT = "shift"
_LINES = {
    EntryKind.LINE_VOIDED: TotalKind.LINE_VOID,
    EntryKind.LINE_RESTORED: TotalKind.LINE_RESTORED,
    EntryKind.QUANTITY_LOWERED: TotalKind.QUANTITY_LOWERED,
}
#: The entries that name their shift.
COUNTED_FACTS = frozenset(
    {
        *_LINES,
        EntryKind.DRAWER_OPENED,
        EntryKind.SLIP_REPRINTED,
        EntryKind.REPORT_PRINTED,
        EntryKind.CLOCK_WENT_BACK,
    }
)
#: A drawer that opens for one of these opens for work, not without a sale.
_OPENED_FOR = frozenset({"sale", "move", "count", "value"})
_REPORTS = {"x": TotalKind.X_REPORT, "z": TotalKind.REPRINT}


def of_fact(kind: EntryKind, body: Mapping[str, object]) -> tuple[ShiftTotal, ...]:
    """Return what a journal entry adds to its shift; nothing for most."""
    tally = Tally()
    if kind in _LINES:
        found = body.get("total_minor")
        amount_minor = found if isinstance(found, int) else 0
        tally.add(_LINES[kind], "", 1, amount_minor)
    elif kind is EntryKind.DRAWER_OPENED and not _OPENED_FOR & body.keys():
        tally.add(TotalKind.NO_SALE, str(body.get("why", "")), 1)
    elif kind is EntryKind.SLIP_REPRINTED:
        tally.add(TotalKind.REPRINT, "", 1)
    elif kind is EntryKind.REPORT_PRINTED and body.get("report") in _REPORTS:
        tally.add(_REPORTS[str(body["report"])], "", 1)
    elif kind is EntryKind.CLOCK_WENT_BACK:
        tally.add(TotalKind.CLOCK_SUSPECT, "", 1)
    return tally.totals
