"""What goods cost, from the documents that received them to the catalogue.

The document is the truth; the catalogue follows in a transaction of its own. Until
it has, the document's id waits in the ledger, stored with the document: a till that
is killed in between takes the costs over when it next looks after itself. Taking
them over twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.journal import EntryKind
from pos_app.domain.stock_document import StockDocument, StockKind
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note
from pos_app.services.desk import Desk


def cost_change(desk: Desk, document: StockDocument) -> CatalogChange:
    """Return the change that gives units the cost they were received at.

    A mirror changes none: what the goods cost before is not in the document.
    """
    stamp = Stamp(document.staff_id, document.business_day, document.at)
    is_receipt = document.kind is StockKind.RECEIVED and not document.mirrors

    def edit(editor: ShopEditor) -> Sequence[JournalNote]:
        costs = {
            line.unit_id: (line.item_id, line.cost_minor)
            for line in document.lines
            if line.cost_minor is not None and is_receipt
        }
        notes = []
        for unit_id, (item_id, minor) in costs.items():
            assert minor is not None
            before = editor.put_cost(unit_id, minor, document.at)
            if before is None or before == minor:
                continue
            notes.append(
                change_note(
                    desk,
                    EntryKind.ITEM_CHANGED,
                    stamp,
                    before={"cost_minor": before if before >= 0 else None},
                    after={"cost_minor": minor},
                    item_id=item_id,
                    unit_id=unit_id,
                    document=document.document_id,
                )
            )
        return notes

    return CatalogChange(stamp, edit)
