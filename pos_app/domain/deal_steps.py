"""What a deal took off one line, as a step of that line."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.promotion.application import Application, Claim
from pos_app.domain.promotion.deal import DealKind
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.reduction import PriceStep, StepKind

_KINDS = {
    Layer.ITEM: StepKind.ITEM_DEAL,
    Layer.ORDER: StepKind.ORDER_DEAL,
    Layer.COUPON: StepKind.COUPON,
    Layer.POINTS: StepKind.POINTS,
}
#: Item deals that take the same off all units that are in them.
_EACH_UNIT = (DealKind.UNIT, DealKind.TIER)


def is_same(one: PriceStep, other: PriceStep) -> bool:
    """Tell whether two steps of a line are of one deal, and may be told as one."""
    same_deal = one.promotion_id == other.promotion_id and one.version == other.version
    return one.kind is other.kind and same_deal and one.percentage == other.percentage


def deal_step(
    application: Application, claims: Sequence[Claim], count: int
) -> PriceStep:
    """Return a deal as a step of one line; over the whole sale its base is of all."""
    of_all = application.layer is not Layer.ITEM
    units = sum(claim.count for claim in claims)
    base_minor = sum(claim.base_minor for claim in claims)
    off = application.off if of_all or application.kind in _EACH_UNIT else None
    return PriceStep(
        kind=_KINDS[application.layer],
        amount_minor=sum(claim.saving_minor for claim in claims),
        base_minor=application.off_base_minor if of_all else base_minor,
        percentage=off.percentage if off is not None else None,
        whole_minor=application.saving_minor if of_all else 0,
        promotion_id=application.promotion_id,
        version=application.version,
        name=application.name,
        names=application.names,
        units=units if not of_all or units < count else 0,
    )
