"""What every change of the catalogue says in the journal: before, after, who, when."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.services.desk import Desk


def change_note(
    desk: Desk,
    kind: EntryKind,
    stamp: Stamp,
    *,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    **ids: str,
) -> JournalNote:
    """Return the note of one change.

    A note may be journalled by another start than the one that left it, so it says
    itself who did it and when.

    Args:
        desk: makes the note's id.
        kind: what became true.
        stamp: who, when.
        before: only what is different, as plain JSON; None for what was not there.
            No names of people, no PINs (law 14).
        after: likewise; None for what is there no more.
        ids: what it is about, such as item_id.
    """
    body = {"at": str(stamp.at), "by": stamp.actor, **ids}
    told = {"before": before, "after": after}
    return JournalNote(desk.ids.new(), kind, {**body, **told})


def differences(
    before: Mapping[str, object], after: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, object]]:
    """Return the parts of two plain values that differ: what was, and what is."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return (
        {key: before[key] for key in keys if key in before},
        {key: after[key] for key in keys if key in after},
    )
