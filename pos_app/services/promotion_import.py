"""Promotions of a file into the catalogue, as drafts: nothing is started by a file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.ports.clock import Ids
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.promotions import PromotionEditor, PromotionVersion
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.promotion_changes import (
    next_version,
    promotion_told,
    told_change,
    write_draft,
)
from pos_app.services.promotion_file import FiledPromotion


class ImportOutcome(StrEnum):
    """What becomes of a promotion of a file."""

    ADDED = "added"
    CHANGED = "changed"  # a new draft of one that is there
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"  # kept as it is, never applied


@dataclass(frozen=True, slots=True)
class ImportedPromotion:
    """A promotion of a file, and what becomes of it."""

    filed: FiledPromotion
    promotion_id: str
    version: int
    outcome: ImportOutcome


def plan_import(
    editor: PromotionEditor, filed: Sequence[FiledPromotion], ids: Ids
) -> list[ImportedPromotion]:
    """Return what an import would do; one without an id is found by its name."""
    newest = {x.promotion_id: x for x in editor.promotion_versions()}
    by_name = {x.name: x.promotion_id for x in newest.values()}
    planned = []
    for each in filed:
        promotion_id = each.promotion_id or by_name.get(each.name, "") or ids.new()
        by_name.setdefault(each.name, promotion_id)
        version = next_version(editor, promotion_id)
        outcome = _outcome(each, newest.get(promotion_id))
        planned.append(ImportedPromotion(each, promotion_id, version, outcome))
    return planned


def _outcome(filed: FiledPromotion, last: PromotionVersion | None) -> ImportOutcome:
    if filed.promotion is None:
        is_same = last is not None and _said(last.text) == _said(filed.text)
        return ImportOutcome.UNCHANGED if is_same else ImportOutcome.UNKNOWN
    if last is None:
        return ImportOutcome.ADDED
    before = promotion_told(last.promotion) if last.promotion else None
    is_same = before == promotion_told(filed.promotion)
    return ImportOutcome.UNCHANGED if is_same else ImportOutcome.CHANGED


def _said(text: str) -> dict[str, object]:
    """Return what a promotion that is not known here says, whatever its id."""
    plain = json.loads(text)
    assert isinstance(plain, dict)
    return {key: value for key, value in plain.items() if key != "promotion_id"}


def store_import(
    editor: ShopEditor, planned: Sequence[ImportedPromotion], ids: Ids, stamp: Stamp
) -> list[JournalNote]:
    """Write what was planned, within one transaction; return what the journal says."""
    notes: list[JournalNote] = []
    for each in planned:
        if each.outcome is ImportOutcome.UNCHANGED:
            continue
        if each.filed.promotion is not None:
            draft = replace(each.filed.promotion, promotion_id=each.promotion_id)
            notes += write_draft(ids, stamp, editor, draft)
            continue
        strange = PromotionVersion(
            promotion_id=each.promotion_id,
            version=each.version,
            kind=each.filed.kind,
            name=each.filed.name,
            text=each.filed.text,
            promotion=None,
            made_at=stamp.at,
            made_by=stamp.actor,
        )
        editor.put_promotion_version(strange)
        after = {"kind": strange.kind}
        notes.append(told_change(ids, stamp, strange, "draft", (None, after)))
    return notes
