"""One change of the catalogue: all of it and the journal's note of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor

#: Changes the catalogue through the editor of one transaction and returns what the
#: journal says of it, in order; nothing at all where nothing is different. It reads
#: what it changes from the same editor, so that no other change lies in between, and
#: what it raises leaves everything as it was. It may be run on any thread.
CatalogEdit = Callable[[ShopEditor], Sequence[JournalNote]]


@dataclass(frozen=True, slots=True)
class CatalogChange:
    """What a person decided, checked on the screen's thread, stored on another.

    Attributes:
        stamp: who, on which day, when.
        edit: makes the change; raises UserError where the catalogue is not any
            more as the person saw it.
    """

    stamp: Stamp
    edit: CatalogEdit
