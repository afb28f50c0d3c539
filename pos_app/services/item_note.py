"""What the journal says of an item: before and after, only what is different.

The notes of an item, laid over each other in their order, give the item as it is:
ItemChanged has all but the prices, PriceChanged a unit's price rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos_app.domain.codec import to_plain
from pos_app.domain.journal import EntryKind
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.services.catalog_change import change_note, differences
from pos_app.services.desk import Desk

#: Before a unit's id, among the fields of an item.
UNIT = "unit:"


def item_plain(draft: ItemDraft | None, digest: str = "") -> dict[str, Any]:
    """Return an item as plain JSON, without its prices; {} for none.

    Args:
        draft: the item.
        digest: of its picture, "" for none.
    """
    if draft is None:
        return {}
    plain = to_plain(draft)
    del plain["units"]
    plain["picture"] = digest
    for position, unit in enumerate(draft.units):
        said = to_plain(unit)
        del said["prices"]
        plain[UNIT + unit.unit_id] = {**said, "position": position}
    return plain


def prices_plain(unit: UnitDraft | None) -> dict[str, Any]:
    """Return a unit's price rows by their ids."""
    return {row.price_id: to_plain(row) for row in unit.prices} if unit else {}


def item_notes(
    desk: Desk,
    stamp: Stamp,
    before: tuple[ItemDraft | None, str],
    after: tuple[ItemDraft | None, str],
    **ids: str,
) -> list[JournalNote]:
    """Return the notes of one change of an item; none where nothing differs.

    Args:
        desk: makes the notes' ids.
        stamp: who, when.
        before: the item and its picture's digest; None for one that is new.
        after: likewise; None for one that is deleted.
        ids: what else it is about, such as the basket that still has the item.
    """
    known = before[0] or after[0]
    assert known is not None
    item_id = known.item_id
    was, now = differences(item_plain(*before), item_plain(*after))
    notes = []
    if was or now:
        notes.append(
            change_note(
                desk,
                EntryKind.ITEM_CHANGED,
                stamp,
                before=was if before[0] else None,
                after=now if after[0] else None,
                item_id=item_id,
                **ids,
            )
        )
    olds, news = _units(before[0]), _units(after[0])
    for unit_id in dict.fromkeys([*olds, *news]):
        was, now = differences(
            prices_plain(olds.get(unit_id)), prices_plain(news.get(unit_id))
        )
        if was or now:
            notes.append(
                change_note(
                    desk,
                    EntryKind.PRICE_CHANGED,
                    stamp,
                    before=was,
                    after=now,
                    item_id=item_id,
                    unit_id=unit_id,
                )
            )
    return notes


def _units(draft: ItemDraft | None) -> Mapping[str, UnitDraft]:
    return {unit.unit_id: unit for unit in draft.units} if draft else {}
