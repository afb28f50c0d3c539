"""Coupons as a person describes them: the template, and of simple ones the promotion."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.domain.coupon.template import (
    RestoreRule,
    ReturnPolicy,
    Template,
    Validity,
    ValidityKind,
)
from pos_app.domain.promotion.deal import (
    Deal,
    NForDeal,
    NthDeal,
    Off,
    SpendDeal,
    SpendTier,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import (
    Audience,
    Promotion,
    Trigger,
    TriggerKind,
)
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.values.percentage import Percentage

_FREE = Percentage(1_000_000)
_NOTHING = Percentage(0)


class CouponKind(StrEnum):
    """What a simple coupon does."""

    AMOUNT = "amount"  # 15 off from 150
    PERCENT = "percent"  # 20 % off
    FREE_ITEM = "free_item"  # one of these, or so many, for nothing
    ONE_MORE = "one_more"  # 买一送一, second one half price
    SET_PRICE = "set_price"  # any 3 for 25
    PROMOTION = "promotion"  # what a promotion of its own says


#: How long a coupon is good where nobody says otherwise.
A_MONTH = Validity(ValidityKind.DAYS, length=30)


@dataclass(frozen=True, slots=True)
class CouponDraft:
    """A coupon as a person describes it.

    Attributes:
        template_id, promotion_id: as of the template that is changed; "" for new. Of
            PROMOTION the second is chosen.
        name: for staff, slip and customer. kind: see there.
        amount_minor: off, of AMOUNT; what is paid, of SET_PRICE.
        percentage: off, of PERCENT; off the one more, of ONE_MORE.
        pieces: so many are bought for one more, make the set, or are for nothing.
        threshold_minor: from so much of the goods on; 0 for any amount.
        most_minor: never more off, of PERCENT; None for no limit.
        goods: what it is for. validity: how long it is good.
        audience: who may use it. is_bearer: whoever has the code may.
        return_policy, restore: what happens when goods come back.
        most_per_basket, most_per_member, most_in_all: limits; None for none.
        cost_minor: what one costs the shop, where its rule does not say it.
        points_cost: what one costs in points; 0: not so.
    """

    name: str
    kind: CouponKind
    template_id: str = ""
    promotion_id: str = ""
    amount_minor: int = 0
    percentage: Percentage = _NOTHING
    pieces: int = 1
    threshold_minor: int = 0
    most_minor: int | None = None
    goods: Selector = Selector(ALL_GOODS)  # noqa: RUF009 - frozen value
    validity: Validity = A_MONTH
    audience: Audience = Audience()  # noqa: RUF009 - frozen value
    is_bearer: bool = True
    return_policy: ReturnPolicy = ReturnPolicy.RESTORE_IF_ALL
    restore: RestoreRule = RestoreRule()  # noqa: RUF009 - frozen value
    most_per_basket: int = 1
    most_per_member: int | None = None
    most_in_all: int | None = None
    cost_minor: int = 0
    points_cost: int = 0


def promotion_of(draft: CouponDraft, promotion_id: str) -> Promotion:
    """Return what a simple coupon unlocks; it is to be started for it."""
    return Promotion(
        promotion_id=promotion_id,
        version=1,
        name=draft.name,
        deal=_deal(draft),
        trigger=Trigger(TriggerKind.COUPON),
    )


def _deal(draft: CouponDraft) -> Deal:
    match draft.kind:
        case CouponKind.FREE_ITEM if draft.pieces == 1:
            deal: Deal = UnitDeal(draft.goods, Off(percentage=_FREE))
        case CouponKind.FREE_ITEM:
            deal = NForDeal(draft.goods, draft.pieces, 0)
        case CouponKind.ONE_MORE:
            off = Off(percentage=draft.percentage)
            deal = NthDeal(draft.goods, draft.pieces + 1, 1, off)
        case CouponKind.SET_PRICE:
            deal = NForDeal(draft.goods, draft.pieces, draft.amount_minor)
        case CouponKind.PERCENT:
            tier = SpendTier(max(1, draft.threshold_minor), Off(draft.percentage))
            deal = SpendDeal((tier,), draft.goods, most_minor=draft.most_minor)
        case _:
            # Less than the amount itself is never paid out: the goods cost more.
            least_minor = max(draft.threshold_minor, draft.amount_minor + 1)
            off = Off(amount_minor=draft.amount_minor)
            deal = SpendDeal((SpendTier(least_minor, off),), draft.goods)
    return deal


def template_of(draft: CouponDraft, known: Template | None) -> Template:
    """Return the next version of a draft's template.

    Args:
        draft: with its ids.
        known: the newest version; None for a new template.
    """
    cost_minor = {
        CouponKind.AMOUNT: draft.amount_minor,
        CouponKind.PERCENT: draft.most_minor or 0,
    }.get(draft.kind, draft.cost_minor)
    return Template(
        template_id=draft.template_id,
        version=known.version + 1 if known is not None else 1,
        name=draft.name,
        promotion_id=draft.promotion_id,
        validity=draft.validity,
        names=known.names if known is not None else (),
        audience=draft.audience,
        most_per_basket=draft.most_per_basket,
        most_per_member=draft.most_per_member,
        most_in_all=draft.most_in_all,
        is_bearer=draft.is_bearer,
        return_policy=draft.return_policy,
        restore=draft.restore,
        cost_minor=cost_minor,
        points_cost=draft.points_cost,
    )


def draft_of(template: Template, promotion: Promotion | None) -> CouponDraft | None:
    """Return a template as it was described; None where its promotion does not run."""
    if promotion is None:
        return None
    of_its_own = CouponDraft(
        template.name, CouponKind.PROMOTION, cost_minor=template.cost_minor
    )
    return replace(
        _simple(template, promotion.deal) or of_its_own,
        template_id=template.template_id,
        promotion_id=template.promotion_id,
        validity=template.validity,
        audience=template.audience,
        is_bearer=template.is_bearer,
        return_policy=template.return_policy,
        restore=template.restore,
        most_per_basket=template.most_per_basket,
        most_per_member=template.most_per_member,
        most_in_all=template.most_in_all,
        points_cost=template.points_cost,
    )


def _simple(template: Template, deal: Deal) -> CouponDraft | None:
    some = CouponDraft(
        template.name, CouponKind.FREE_ITEM, cost_minor=template.cost_minor
    )
    if isinstance(deal, UnitDeal):
        is_free = deal.off.percentage == _FREE
        return replace(some, goods=deal.goods) if is_free else None
    if isinstance(deal, NthDeal | NForDeal):
        return _of_group(some, deal)
    if isinstance(deal, SpendDeal) and len(deal.tiers) == 1:
        return _of_amount(replace(some, cost_minor=0), deal)
    return None


def _of_amount(some: CouponDraft, deal: SpendDeal) -> CouponDraft | None:
    (tier,) = deal.tiers
    some = replace(some, kind=CouponKind.AMOUNT, goods=deal.goods)
    if tier.off.amount_minor is not None and not deal.repeats:
        amount = tier.off.amount_minor
        return replace(some, amount_minor=amount, threshold_minor=tier.threshold_minor)
    if tier.off.percentage is None:
        return None
    threshold = tier.threshold_minor if tier.threshold_minor > 1 else 0
    return replace(
        some,
        kind=CouponKind.PERCENT,
        percentage=tier.off.percentage,
        threshold_minor=threshold,
        most_minor=deal.most_minor,
    )


def _of_group(some: CouponDraft, deal: NthDeal | NForDeal) -> CouponDraft | None:
    if isinstance(deal, NForDeal):
        some = replace(some, goods=deal.goods, pieces=deal.count)
        if not deal.price_minor:
            return some
        minor = deal.price_minor
        return replace(some, kind=CouponKind.SET_PRICE, amount_minor=minor)
    if deal.cheapest != 1 or deal.off.percentage is None:
        return None
    return replace(
        some,
        kind=CouponKind.ONE_MORE,
        goods=deal.goods,
        pieces=deal.every - 1,
        percentage=deal.off.percentage,
    )
