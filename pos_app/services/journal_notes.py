"""Journals what the catalogue's writers left a note of."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.ports.journal_notes import JournalNote, JournalNotes
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork

#: Device setting with the last notes journalled, apart by spaces: neither a till
#: killed between the journal and the taking away of a note, nor two threads that
#: found the same one, journal it twice.
LAST_NOTES = "journalled_note"
#: Notes are taken away at once, so that few stand between one and its repetition.
_KEPT = 32


def journal_notes(notes: JournalNotes, ledger: Ledger, stamp: Stamp) -> int:
    """Journal every waiting note, in order, and take it away.

    Args:
        notes: of the catalogue; no import is at work in it meanwhile.
        ledger: of this till.
        stamp: when they are journalled; when it happened stands in their bodies.

    Returns:
        How many entries were written.
    """
    written = 0
    for note in notes.waiting():
        written += ledger.submit(journal_note(note, stamp)).result()
        notes.drop(note.note_id)
    return written


def journal_note(note: JournalNote, stamp: Stamp) -> Callable[[UnitOfWork], bool]:
    """Return what journals a note in a transaction, and tells whether it had to."""

    def work(unit: UnitOfWork) -> bool:
        journalled = (unit.setting(LAST_NOTES) or "").split()
        if note.note_id in journalled:
            return False
        unit.append(note.kind, note.body, stamp)
        kept = [*journalled, note.note_id][-_KEPT:]
        unit.set_setting(LAST_NOTES, " ".join(kept))
        return True

    return work
