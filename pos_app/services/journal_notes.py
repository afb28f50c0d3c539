"""Journals what the catalogue's writers left a note of."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.ports.journal_notes import JournalNote, JournalNotes
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork

#: Device setting with the last note journalled: a till killed between the journal
#: and the taking away of the note does not journal it twice.
LAST_NOTE = "journalled_note"


def journal_notes(notes: JournalNotes, ledger: Ledger, stamp: Stamp) -> int:
    """Journal every waiting note, in order, and take it away.

    Args:
        notes: of the catalogue; nobody else changes it meanwhile.
        ledger: of this till.
        stamp: when they are journalled; when it happened stands in their bodies.

    Returns:
        How many entries were written.
    """
    written = 0
    for note in notes.waiting():
        if ledger.setting(LAST_NOTE) != note.note_id:
            ledger.submit(_work(note, stamp)).result()
            written += 1
        notes.drop(note.note_id)
    return written


def _work(note: JournalNote, stamp: Stamp) -> Callable[[UnitOfWork], None]:
    def work(unit: UnitOfWork) -> None:
        unit.append(note.kind, note.body, stamp)
        unit.set_setting(LAST_NOTE, note.note_id)

    return work
