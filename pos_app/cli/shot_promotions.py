"""Promotions and their runs, put into a scripted till's catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.ports.shop_editing import ShopEditor


def put_promotions(place: ScriptedTill, *rows: PromotionVersion | PromotionRun) -> None:
    """Store versions and runs in one transaction, without a note in the journal."""

    def edit(editor: ShopEditor) -> Sequence[JournalNote]:
        for row in rows:
            if isinstance(row, PromotionRun):
                editor.put_promotion_run(row)
            else:
                editor.put_promotion_version(row)
        return ()

    with place.till.editor() as editor:
        editor.change(edit)
