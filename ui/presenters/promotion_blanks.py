"""The blanks of a promotion's sentence: what stands in them, and something else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    Deal,
    GiftDeal,
    Off,
    Slot,
    SpendDeal,
    SpendTier,
    TierDeal,
    flat_threshold,
    is_flat,
)
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import NO_GOODS, Selector
from pos_app.values.percentage import Percentage

#: No sentence has more steps or parts than a person can read.
PARTS_LIMIT = 5
#: Blanks whose field has another name in the deal.
_FIELDS = {
    "price": "price_minor",
    "threshold": "threshold_minor",
    "most": "most_minor",
}
_PARTS = {TierDeal: "breaks", BundleDeal: "slots", SpendDeal: "tiers"}


class BlankKind(StrEnum):
    """What is put into a blank."""

    GOODS = "goods"
    OFF = "off"
    COUNT = "count"
    MONEY = "money"
    TERM = "term"  # when, audience, limits and what else is not of the deal


_KINDS = {
    "goods": BlankKind.GOODS,
    "gift": BlankKind.GOODS,
    "off": BlankKind.OFF,
    "count": BlankKind.COUNT,
    "every": BlankKind.COUNT,
    "cheapest": BlankKind.COUNT,
    "gift_count": BlankKind.COUNT,
    "price": BlankKind.MONEY,
    "threshold": BlankKind.MONEY,
    "most": BlankKind.MONEY,
}


def kind_of_blank(blank: str) -> BlankKind:
    """Return what a blank takes."""
    return _KINDS.get(blank.partition(":")[0], BlankKind.TERM)


def value_of(deal: Deal, blank: str) -> Any:
    """Return what stands in a blank of a deal."""
    name, _colon, at = blank.partition(":")
    owner: Any = _parts(deal)[int(at)] if at else deal
    return getattr(owner, _field(owner, name))


def with_value(promotion: Promotion, blank: str, value: object) -> Promotion:
    """Return the promotion with something else in a blank of its deal."""
    deal = promotion.deal
    name, _colon, at = blank.partition(":")
    if not at:
        return replace(promotion, deal=_put(deal, name, value))
    parts = list(_parts(deal))
    parts[int(at)] = _put(parts[int(at)], name, value)
    if name == "off" and is_any_amount(promotion, f"threshold:{at}"):
        parts[int(at)] = _flat(parts[int(at)])
    return replace(promotion, deal=_with_parts(deal, tuple(parts)))


def can_be_flat(promotion: Promotion, blank: str) -> bool:
    """Tell whether an amount to be reached may be none: that of the only step."""
    deal = promotion.deal
    if blank != "threshold:0" or not isinstance(deal, SpendDeal):
        return False
    return len(deal.tiers) == 1 and not deal.repeats


def is_any_amount(promotion: Promotion, blank: str) -> bool:
    """Tell whether no amount has to be reached: 立减 10."""
    deal = promotion.deal
    if not isinstance(deal, SpendDeal) or not can_be_flat(promotion, blank):
        return False
    return is_flat(deal.tiers[0])


def flattened(promotion: Promotion, blank: str) -> Promotion:
    """Return it without an amount to be reached."""
    deal = promotion.deal
    assert isinstance(deal, SpendDeal), blank
    return replace(promotion, deal=replace(deal, tiers=(_flat(deal.tiers[0]),)))


def _flat(tier: SpendTier) -> SpendTier:
    return replace(tier, threshold_minor=flat_threshold(tier.off))


def _put(owner: Any, name: str, value: object) -> Any:
    field = _field(owner, name)
    if field == "quantity":
        value = Decimal(str(value))
    return replace(owner, **{field: value})


def _field(owner: object, name: str) -> str:
    if name == "count" and isinstance(owner, Break):
        return "quantity"
    return _FIELDS.get(name, name)


def _parts(deal: Deal) -> tuple[Any, ...]:
    return tuple(getattr(deal, _PARTS[type(deal)]))


def _with_parts(deal: Deal, parts: tuple[Any, ...]) -> Deal:
    owner: Any = deal
    changed: Deal = replace(owner, **{_PARTS[type(deal)]: parts})
    return changed


# ------------------------------------------------------------------ steps and parts


def can_grow(deal: Deal) -> bool:
    """Tell whether another step or part fits."""
    if isinstance(deal, SpendDeal) and deal.repeats:
        return False
    return type(deal) in _PARTS and len(_parts(deal)) < PARTS_LIMIT


def can_shrink(deal: Deal) -> bool:
    """Tell whether a step or part can be taken away."""
    least = 2 if isinstance(deal, BundleDeal) else 1
    return type(deal) in _PARTS and len(_parts(deal)) > least


def grown(promotion: Promotion) -> Promotion:
    """Return it with a step or part more: a higher one, or one without goods yet."""
    deal = promotion.deal
    last = _parts(deal)[-1]
    if isinstance(last, Break):
        fresh: Any = Break(last.quantity + 1, _deeper(last.off))
    elif isinstance(last, SpendTier):
        fresh = SpendTier(2 * last.threshold_minor, _deeper(last.off))
    else:
        fresh = Slot(Selector(NO_GOODS), 1, last.off)
    return replace(promotion, deal=_with_parts(deal, (*_parts(deal), fresh)))


def shrunk(promotion: Promotion) -> Promotion:
    """Return it without its last step or part."""
    deal = promotion.deal
    return replace(promotion, deal=_with_parts(deal, _parts(deal)[:-1]))


def _deeper(off: Off) -> Off:
    """Return what a higher step gives: more off, or a lower price."""
    if off.percentage is not None:
        more = min(900_000, off.percentage.millionths + 100_000)
        return Off(percentage=Percentage(more))
    if off.amount_minor is not None:
        return Off(amount_minor=2 * off.amount_minor + off.amount_minor // 2)
    price = off.price_minor or 0
    return Off(price_minor=max(1, price - price // 10))


# ------------------------------------------------------------------------- goods


def selectors(deal: Deal) -> tuple[tuple[str, Selector], ...]:
    """Return (blank, goods) of a deal, in the order of its sentence."""
    if isinstance(deal, BundleDeal):
        return tuple((f"goods:{at}", one.goods) for at, one in enumerate(deal.slots))
    found = [("goods", deal.goods)]
    gift = getattr(deal, "gift", None)
    if gift is not None:
        found.append(("gift", gift))
    return tuple(found)


def without_own_gift(promotion: Promotion) -> Promotion:
    """Leave a gift out of the goods whose amount earns it; else it earned itself."""
    deal = promotion.deal
    if not isinstance(deal, GiftDeal) or not deal.threshold_minor:
        return promotion
    goods = replace(deal.goods, exclude=deal.gift.include)
    return replace(promotion, deal=replace(deal, goods=goods))


def blank_of_deal(draft: Promotion | None, blank: str) -> str:
    """Return the blank of the deal that a check means: its first step's, its part's."""
    deal = draft.deal if draft is not None else None
    has_parts = hasattr(deal, "tiers") or hasattr(deal, "breaks")
    has_parts = has_parts and blank in {"off", "threshold", "count"}
    is_slot = hasattr(deal, "slots") and blank == "goods"
    return f"{blank}:0" if has_parts or is_slot else blank
