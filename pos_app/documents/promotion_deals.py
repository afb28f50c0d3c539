"""The clause of each kind of deal, with its blanks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos_app.documents.promotion_pieces import Piece, Pieces, joined, merged
from pos_app.documents.promotion_speech import Speech, blank, off_kind
from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Qualifies,
    Slot,
    SpendDeal,
    TierCount,
    TierDeal,
    UnitDeal,
    is_flat,
)
from pos_app.values.percentage import Percentage

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts


def deal_pieces(speech: Speech, deal: Deal, *, is_whole: bool = False) -> Pieces:
    """Return what a deal does, in pieces; their blanks are those of its kind.

    Args:
        speech: who tells it.
        deal: what.
        is_whole: says all goods, one piece and any amount, too, where that is usual:
            they can be tapped.
    """
    if isinstance(deal, SpendDeal):
        return _spend(speech, deal, is_whole=is_whole)
    if isinstance(deal, BundleDeal):
        return _bundle(speech, deal, is_whole=is_whole)
    return _TELL[type(deal)](speech, deal)


def _unit(speech: Speech, deal: UnitDeal) -> Pieces:
    return speech.clause(
        f"unit.{off_kind(deal.off)}",
        goods=blank(speech.goods(deal.goods), "goods"),
        off=blank(speech.off(deal.off), "off"),
    )


def _tier(speech: Speech, deal: TierDeal) -> Pieces:
    steps = tuple(_break(speech, at, one) for at, one in enumerate(deal.breaks))
    return speech.clause(
        "tier.line" if deal.counts is TierCount.LINE else "tier",
        goods=blank(speech.goods(deal.goods), "goods"),
        steps=joined(steps, speech.plain("steps.join")),
    )


def _break(speech: Speech, at: int, step: Break) -> Pieces:
    return speech.clause(
        f"step.{off_kind(step.off)}",
        count=blank(speech.count(step.quantity), f"count:{at}"),
        off=blank(speech.off(step.off), f"off:{at}"),
    )


def _nth(speech: Speech, deal: NthDeal) -> Pieces:
    goods = blank(speech.goods(deal.goods), "goods")
    off = blank(speech.off(deal.off), "off")
    is_free = (
        deal.off.percentage is not None and deal.off.percentage.millionths >= _WHOLE
    )
    spoken = speech.phrases.spoken
    if is_free and (deal.every, deal.cheapest) == (2, 1):
        goods_word, every_word = "{goods}", speech.phrases.clauses["nth.pair.free"]
        return merged(
            tuple(
                goods[0] if part == goods_word else Piece(part, "every")
                for part in _halves(every_word, goods_word)
            )
        )
    if is_free:
        return speech.clause(
            "nth.free",
            goods=goods,
            every=blank(spoken(deal.every), "every"),
            cheapest=blank(spoken(deal.cheapest), "cheapest"),
        )
    if (deal.every, deal.cheapest) == (2, 1):
        ordinal = blank(speech.phrases.ordinal(2), "every")
        is_half = deal.off.percentage == Percentage(_WHOLE // 2)
        key = f"nth.second.{'half' if is_half else off_kind(deal.off)}"
        return speech.clause(key, goods=goods, every=ordinal, off=off)
    cheapest = "cheapest.one" if deal.cheapest == 1 else "cheapest"
    words = speech.plain(cheapest, count=speech.count(deal.cheapest))
    return speech.clause(
        f"nth.{off_kind(deal.off)}",
        goods=goods,
        every=blank(speech.count(deal.every), "every"),
        cheapest=blank(words, "cheapest"),
        off=off,
    )


def _halves(clause: str, name: str) -> tuple[str, ...]:
    before, _name, behind = clause.partition(name)
    return tuple(part for part in (before, name, behind) if part)


def _nfor(speech: Speech, deal: NForDeal) -> Pieces:
    price = speech.money(deal.price_minor)
    if not deal.price_minor:  # by coupon
        price = speech.plain("nfor.free")
    return speech.clause(
        "nfor",
        goods=blank(speech.goods(deal.goods), "goods"),
        count=blank(speech.count(deal.count), "count"),
        price=blank(price, "price"),
    )


def _bundle(speech: Speech, deal: BundleDeal, *, is_whole: bool) -> Pieces:
    slots = tuple(
        _slot(speech, at, one, is_whole=is_whole) for at, one in enumerate(deal.slots)
    )
    if deal.off is None:
        return _bundle_of_its_own(speech, deal, slots)
    together = joined(slots, speech.plain("slots.join"))
    off = blank(speech.off(deal.off), "off")
    return speech.clause(f"bundle.{off_kind(deal.off)}", slots=together, off=off)


def _bundle_of_its_own(
    speech: Speech, deal: BundleDeal, slots: tuple[Pieces, ...]
) -> Pieces:
    """Tell what is bought at its price, and what is lowered beside it."""
    plain = (one.off is None for one in deal.slots)
    told = tuple(zip(plain, slots, strict=True))
    between = speech.plain("slots.join")
    bought = joined(tuple(x for is_plain, x in told if is_plain), between)
    lowered = joined(tuple(x for is_plain, x in told if not is_plain), between)
    if not bought:
        return lowered
    return speech.clause("bundle.own", bought=bought, lowered=lowered)


def _slot(speech: Speech, at: int, slot: Slot, *, is_whole: bool) -> Pieces:
    goods = speech.clause(
        "slot" if slot.count == 1 and not is_whole else "slot.many",
        goods=blank(speech.goods(slot.goods), f"goods:{at}"),
        count=blank(speech.count(slot.count), f"count:{at}"),
    )
    if slot.off is None:
        return goods
    off = blank(speech.off(slot.off), f"off:{at}")
    return speech.clause(f"slot.{off_kind(slot.off)}", slot=goods, off=off)


def _gift(speech: Speech, deal: GiftDeal) -> Pieces:
    price = speech.plain("gift.free")
    if deal.price_minor:
        price = speech.plain("gift.price", price=speech.money(deal.price_minor))
    return speech.clause(
        "gift.bought" if deal.count else "gift.spent",
        goods=blank(speech.goods(deal.goods), "goods"),
        count=blank(speech.count(deal.count), "count"),
        threshold=blank(speech.money(deal.threshold_minor), "threshold"),
        gift=blank(speech.goods(deal.gift), "gift"),
        gift_count=blank(speech.count(deal.gift_count), "gift_count"),
        price=blank(price, "price"),
    )


def _spend(speech: Speech, deal: SpendDeal, *, is_whole: bool) -> Pieces:
    parts = tuple(
        _spend_step(speech, deal, at, is_whole=is_whole)
        for at in range(len(deal.tiers))
    )
    steps = joined(parts, speech.plain("steps.join"))
    is_plain = deal.goods.include.everything and deal.goods.exclude.is_empty
    key = "spend.all" if is_plain and not is_whole else "spend"
    goods = blank(speech.goods(deal.goods), "goods")
    found = speech.clause(key, goods=goods, steps=steps)
    if deal.most_minor is not None:
        most = blank(speech.money(deal.most_minor), "most")
        found += speech.clause("spend.most", most=most)
    if deal.qualifies is Qualifies.NET:
        found += speech.clause("spend.net")
    return merged(found)


def _spend_step(speech: Speech, deal: SpendDeal, at: int, *, is_whole: bool) -> Pieces:
    tier = deal.tiers[at]
    words, kind = speech.money(tier.threshold_minor), off_kind(tier.off)
    key = f"spend.step.{kind}"
    if is_flat(tier) and not deal.repeats:
        key = f"spend.flat.{kind}.whole" if is_whole else f"spend.flat.{kind}"
        words = speech.plain("spend.any")
    elif deal.repeats and tier.off.amount_minor is not None:
        key = "spend.repeats"
    off = blank(speech.off(tier.off), f"off:{at}")
    return speech.clause(key, threshold=blank(words, f"threshold:{at}"), off=off)


_TELL: dict[type, Callable[[Speech, Any], Pieces]] = {
    UnitDeal: _unit,
    TierDeal: _tier,
    NthDeal: _nth,
    NForDeal: _nfor,
    GiftDeal: _gift,
}
