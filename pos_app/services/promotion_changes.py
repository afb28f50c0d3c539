"""What a change of promotions does within its transaction, and what it tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.deal import kind_of
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion_plain import promotion_to_plain, promotion_to_text
from pos_app.errors import UserError
from pos_app.ports.clock import Ids
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.promotions import (
    PromotionEditor,
    PromotionReader,
    PromotionRun,
    PromotionVersion,
)
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import differences
from pos_app.values.times import Period, Timestamp

#: What the journal leaves out of a promotion: it names it and its version anyway.
_IDENTITY = ("promotion_id", "version")


def stored_version(
    editor: ShopEditor, promotion_id: str, version: int
) -> PromotionVersion:
    """Return one version as it stands in the transaction.

    Raises:
        UserError: "promotion_gone".
    """
    for each in editor.promotion_versions(promotion_id):
        if each.version == version:
            return each
    raise UserError("promotion_gone")


def refuse_changed(editor: ShopEditor, promotion_id: str, seen: str | None) -> None:
    """Refuse what was thought of another text than the one that stands there now.

    Args:
        editor: of the transaction.
        promotion_id: of what.
        seen: the newest version's text as it was looked at; "" for none yet, None
            for whatever stands there.

    Raises:
        UserError: "promotion_changed".
    """
    if seen is None:
        return
    versions = editor.promotion_versions(promotion_id)
    if seen != (versions[-1].text if versions else ""):
        raise UserError("promotion_changed", blank="name")


def next_version(stored: PromotionReader | PromotionEditor, promotion_id: str) -> int:
    """Return the number of the draft: the newest one, or the next once it was run."""
    versions = stored.promotion_versions(promotion_id)
    newest = versions[-1].version if versions else 0
    if versions and not was_started(newest, stored.promotion_runs(promotion_id)):
        return newest
    return max(newest + 1, stored.first_promotion_version())


def was_started(version: int, runs: Sequence[PromotionRun]) -> bool:
    """Tell whether a version has a run, even one that was taken back."""
    return any(run.version == version for run in runs)


def to_come(runs: Sequence[PromotionRun], now: Timestamp) -> tuple[PromotionRun, ...]:
    """Return the runs that have not begun and were not taken back."""
    return tuple(
        run
        for run in runs
        if run.period.start is not None
        and run.period.start > now
        and not run.is_taken_back
    )


def write_draft(
    ids: Ids, stamp: Stamp, editor: ShopEditor, promotion: Promotion
) -> Sequence[JournalNote]:
    """Write a promotion as the draft of its id; nothing where nothing is different."""
    versions = editor.promotion_versions(promotion.promotion_id)
    number = next_version(editor, promotion.promotion_id)
    last = versions[-1] if versions else None
    whole = replace(promotion, version=number)
    before = promotion_told(last.promotion) if last and last.promotion else None
    after = promotion_told(whole)
    if before == after:
        return []
    stored = version_of(whole, stamp)
    editor.put_promotion_version(stored)
    changed = (None, after) if before is None else differences(before, after)
    return [told_change(ids, stamp, stored, "draft", changed)]


def version_of(promotion: Promotion, stamp: Stamp) -> PromotionVersion:
    """Return a promotion as it is stored."""
    return PromotionVersion(
        promotion_id=promotion.promotion_id,
        version=promotion.version,
        kind=kind_of(promotion.deal).value,
        name=promotion.name,
        text=promotion_to_text(promotion),
        promotion=promotion,
        made_at=stamp.at,
        made_by=stamp.actor,
    )


def begin_run(
    ids: Ids, stamp: Stamp, editor: ShopEditor, run: PromotionRun
) -> Sequence[JournalNote]:
    """Start a version: what runs then ends there, what was to come is taken back."""
    stored = stored_version(editor, run.promotion_id, run.version)
    _refuse_run(stored, run)
    runs = editor.promotion_runs(run.promotion_id)
    begins = run.period.start
    assert begins is not None
    notes = []
    for other in runs:
        if other.is_taken_back or other.period.start is None:
            continue
        if other.period.covers(begins) and other.period.start < begins:
            if other.version == run.version:
                raise UserError("promotion_is_running", blank="when")
            ended = ended_run(other, begins, stamp, run.started_approved_by)
        elif other.period.start >= begins:
            if other.period.start <= stamp.at:  # begun in this very moment
                raise UserError("promotion_is_running", blank="when")
            ended = ended_run(other, other.period.start, stamp, run.started_approved_by)
        else:
            continue
        editor.put_promotion_run(ended)
        told = stored_version(editor, run.promotion_id, other.version)
        notes.append(
            told_change(ids, stamp, told, "stop", (while_of(other), while_of(ended)))
        )
    editor.put_promotion_run(run)
    return [*notes, told_change(ids, stamp, stored, "start", (None, while_of(run)))]


def _refuse_run(stored: PromotionVersion, run: PromotionRun) -> None:
    if stored.promotion is None:
        raise UserError("promotion_unknown_kind")
    refuse_unsound(stored.promotion)
    over = stored.promotion.schedule.period.end
    if over is not None and run.period.start is not None and over <= run.period.start:
        raise UserError("promotion_over", blank="when")


def ended_run(
    run: PromotionRun, ends: Timestamp, stamp: Stamp, approved_by: str
) -> PromotionRun:
    """Return a run that somebody ends at a moment."""
    return replace(
        run,
        period=Period(run.period.start, ends),
        stopped_by=stamp.actor,
        stopped_approved_by=approved_by,
    )


def told_change(
    ids: Ids,
    stamp: Stamp,
    stored: PromotionVersion,
    what: str,
    change: tuple[Mapping[str, object] | None, Mapping[str, object] | None],
) -> JournalNote:
    """Return the journal's note: which version, what was done, before and after."""
    body = {
        "at": str(stamp.at),
        "by": stamp.actor,
        "promotion_id": stored.promotion_id,
        "version": str(stored.version),
        "name": stored.name,
        "what": what,
        "before": change[0],
        "after": change[1],
    }
    return JournalNote(ids.new(), EntryKind.PROMOTION_CHANGED, body)


def promotion_told(promotion: Promotion) -> dict[str, object]:
    """Return a promotion as the journal keeps it: JSON values without its identity."""
    plain = promotion_to_plain(promotion)
    return {key: value for key, value in plain.items() if key not in _IDENTITY}


def while_of(run: PromotionRun) -> dict[str, object]:
    """Return the while of a run as the journal keeps it; UTC."""
    start, end = run.period.start, run.period.end
    return {"from": str(start or ""), "until": str(end or "")}
