"""What a promotion is at a moment, for the list of the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.promotion.promotion import Promotion
from pos_app.ports.catalog import Catalog
from pos_app.ports.promotion_uses import UsedInAll
from pos_app.ports.promotions import RESTORED_AT, PromotionRun, PromotionVersion
from pos_app.services.promotion_changes import to_come
from pos_app.values.times import Period, Timestamp

#: So long after a restore it is said what holds as it did in the copy.
_WORTH_A_LOOK_S = 7 * 24 * 3600


class PromotionState(StrEnum):
    """What a promotion is at a moment."""

    ACTIVE = "active"
    TO_COME = "to_come"
    DRAFT = "draft"
    STOPPED = "stopped"  # by a person
    ENDED = "ended"  # by its own schedule
    UNKNOWN = "unknown"  # of a kind that is not known here; never applied


@dataclass(frozen=True, slots=True)
class ListedPromotion:
    """A promotion in the list of the shop.

    Attributes:
        promotion_id: which. state: see there.
        version: the one that holds, will hold, or held last; of a draft the newest.
        promotion: that version; None for one that is not known here.
        name, kind: of it, as text.
        period: of its run; open where it has none.
        newest: the newest version; above `version` where a draft waits beside it.
        used: how often, all versions together.
    """

    promotion_id: str
    state: PromotionState
    version: int
    promotion: Promotion | None
    name: str
    kind: str
    period: Period
    newest: int
    used: UsedInAll


def listed(
    versions: Sequence[PromotionVersion],
    runs: Sequence[PromotionRun],
    now: Timestamp,
    used: UsedInAll,
) -> ListedPromotion:
    """Return a promotion with the version that holds, will hold, or held last."""
    shown, run = versions[-1], None
    lasting = [x for x in runs if not x.is_taken_back]
    running = [x for x in lasting if x.period.covers(now)]
    for found in (running, to_come(lasting, now)[:1], lasting):
        if found:
            run = found[-1]
            shown = next(x for x in versions if x.version == run.version)
            break
    return ListedPromotion(
        promotion_id=shown.promotion_id,
        state=_state(shown, run, now),
        version=shown.version,
        promotion=shown.promotion,
        name=shown.name,
        kind=shown.kind,
        period=run.period if run else Period(),
        newest=versions[-1].version,
        used=used,
    )


def restored_lately(
    catalog: Catalog, one: ListedPromotion, now: Timestamp
) -> Timestamp | None:
    """Return when the shop was restored, where a promotion holds as it did before.

    Somebody may have stopped or changed it since the copy was made: nobody here knows.
    """
    text = catalog.setting(RESTORED_AT)
    if text is None or one.state not in {PromotionState.ACTIVE, PromotionState.TO_COME}:
        return None
    at = Timestamp(int(text))
    runs = [x for x in catalog.promotion_runs(one.promotion_id) if not x.is_taken_back]
    was_there = any(x.period == one.period and x.made_at < at for x in runs)
    return at if was_there and now < at.plus_seconds(_WORTH_A_LOOK_S) else None


def _state(
    shown: PromotionVersion, run: PromotionRun | None, now: Timestamp
) -> PromotionState:
    if shown.promotion is None:
        return PromotionState.UNKNOWN
    if run is None:
        return PromotionState.DRAFT
    if run.period.start is not None and run.period.start > now:
        return PromotionState.TO_COME
    over = shown.promotion.schedule.period.end
    if run.period.covers(now) and (over is None or now < over):
        return PromotionState.ACTIVE
    is_stopped = run.stopped_by and not run.period.covers(now)
    return PromotionState.STOPPED if is_stopped else PromotionState.ENDED
