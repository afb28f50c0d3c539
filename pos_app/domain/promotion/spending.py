"""What an amount spent, or a coupon for one unit, takes off units as they cost now.

Order deals and coupons use it: they find the units and the amount, and deal it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.deal import (
    Off,
    Qualifies,
    SpendDeal,
    SpendTier,
    UnitDeal,
    kind_of,
)
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.off_amount import for_quantity, taken
from pos_app.domain.promotion.picking import (
    Picked,
    RunPart,
    cost_of,
    most_off,
    take_off,
    taken_apart,
)
from pos_app.domain.promotion.promotion import Promotion
from pos_app.values.rounding import RoundingMode, divide

Lines = Sequence[UnitLine]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A promotion as it could be used now.

    Attributes:
        promotion: which. picks: the runs that it is for.
        off: the rule. base_minor: what that is taken of. times: uses.
        saving_minor: what it lets go; above zero.
        parts: the units that it is for, where they are not whole runs; else none.
        is_group: it is for goods that belong together.
        is_optimal: whether no other units would save more.
    """

    promotion: Promotion
    picks: tuple[Picked, ...]
    off: Off
    base_minor: int
    times: int
    saving_minor: int
    parts: tuple[RunPart, ...] = ()
    is_group: bool = False
    is_optimal: bool = True


def tier_reached(deal: SpendDeal, minor: int) -> tuple[SpendTier, int] | None:
    """Return the highest step that an amount reaches, and how often it fits."""
    tiers = [tier for tier in deal.tiers if tier.threshold_minor <= minor]
    if not tiers:
        return None
    tier = max(tiers, key=lambda each: each.threshold_minor)
    if deal.repeats and tier.threshold_minor > 0:
        return tier, minor // tier.threshold_minor
    return tier, 1


def spend_candidate(
    book: PromotionBook, lines: Lines, promotion: Promotion, left: int | None
) -> Candidate | None:
    """Return what a spend deal lets go; None where it lets nothing go.

    Args:
        book: knows which goods a selector takes.
        lines: as they cost now.
        promotion: with a `SpendDeal`.
        left: how often it may still be used; None for any number of times.
    """
    deal = promotion.deal
    assert isinstance(deal, SpendDeal)
    picks = _picked(book, lines, promotion)
    reached = _spent(lines, picks, deal.qualifies)
    found = tier_reached(deal, reached)
    if not picks or found is None or left == 0:
        return None
    tier, fits = found
    times = fits if left is None else min(fits, left)
    base_minor = cost_of(lines, picks)
    one_minor = taken(tier.off, base_minor)
    most_minor = most_off(lines, picks)
    if deal.most_minor is not None:
        most_minor = min(most_minor, deal.most_minor)
    saving_minor = min(times * one_minor, most_minor)
    if saving_minor <= 0:
        return None
    times = divide(saving_minor, one_minor, RoundingMode.UP)  # no use for nothing
    off = told(tier.off, times * one_minor, saving_minor)
    return Candidate(promotion, picks, off, base_minor, times, saving_minor)


def unit_candidate(
    book: PromotionBook, lines: Lines, promotion: Promotion, left: int | None
) -> Candidate | None:
    """Return what a coupon for one unit lets go: of the unit that it saves most on.

    Ties go to the earlier line, the earlier unit. A weighed line is one unit; an
    amount or a price is for one unit of measure of it.
    """
    deal = promotion.deal
    assert isinstance(deal, UnitDeal)
    best: Candidate | None = None
    for pick in _picked(book, lines, promotion) if left != 0 else ():
        line = lines[pick.at]
        for i in pick.runs:
            run = line.runs[i]
            off = for_quantity(deal.off, line.measure_thousandths)
            rule_minor = taken(off, run.minor)
            saving_minor = min(rule_minor, run.most_minor)
            if saving_minor > (best.saving_minor if best else 0):
                only = (RunPart(pick.at, i, 0, 1),)
                off = told(off, rule_minor, saving_minor)
                best = Candidate(promotion, (), off, run.minor, 1, saving_minor, only)
    return best


def worth(found: Candidate, lines: Lines, value_minor: int) -> Candidate | None:
    """Return what a coupon over a share lets go: its own value.

    Only where the promotion lets anything go at all, and never more than can be.
    """
    if found.parts:
        most_minor = sum(
            lines[one.at].runs[one.run].most_minor * (one.plain + one.reduced)
            for one in found.parts
        )
    else:
        most_minor = most_off(lines, found.picks)
    saving_minor = min(value_minor, most_minor)
    if saving_minor <= 0:
        return None
    off = Off(amount_minor=saving_minor)
    return replace(found, off=off, times=1, saving_minor=saving_minor)


def told(off: Off, rule_minor: int, saving_minor: int) -> Off:
    """Return the rule to tell: where it gives more than is let go, what is let go."""
    return off if rule_minor == saving_minor else Off(amount_minor=saving_minor)


def use(
    lines: Lines, chosen: Candidate, coupon_id: str = ""
) -> tuple[list[UnitLine], Application]:
    """Take a promotion: return the lines after it, and what it did."""
    promotion, picks, now = chosen.promotion, chosen.picks, list(lines)
    if chosen.parts:
        now, picks = taken_apart(lines, chosen.parts)
    after, claims = take_off(
        now,
        picks,
        chosen.saving_minor,
        closes=promotion.exclusive,
        binds=chosen.is_group,
    )
    return after, Application(
        promotion_id=promotion.promotion_id,
        version=promotion.version,
        kind=kind_of(promotion.deal),
        layer=promotion.layer,
        name=promotion.name,
        times=chosen.times,
        off=chosen.off,
        off_base_minor=chosen.base_minor,
        saving_minor=chosen.saving_minor,
        claims=claims,
        names=promotion.names,
        coupon_id=coupon_id,
        supplier_share=promotion.supplier_share,
        return_basis=promotion.return_basis,
    )


def best_of(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the one that lets most go; then higher priority, then lower id."""
    return min(
        candidates,
        key=lambda one: (
            -one.saving_minor,
            -one.promotion.priority,
            one.promotion.promotion_id,
        ),
        default=None,
    )


def open_runs(
    book: PromotionBook, lines: Lines, promotion: Promotion
) -> Iterator[tuple[int, int, int]]:
    """Yield the runs that a promotion is for, where they are open: line, run, roles.

    Rising; the roles are the bits of its selectors that name the goods.
    """
    takes_all = promotion.accepts_discounted
    index = book.promotions.index(promotion)
    for at, line in enumerate(lines):
        if not line.may_lower:
            continue
        matches = book.matching(line.goods)
        roles = next((x.roles for x in matches if x.index == index), 0)
        for i, run in enumerate(line.runs) if roles else ():
            if not run.is_closed and (takes_all or not run.is_lowered):
                yield at, i, roles


def picks_of(places: Iterable[tuple[int, int]]) -> tuple[Picked, ...]:
    """Return runs, (line, run) in any order, as whole runs by line."""
    found: dict[int, list[int]] = {}
    for at, i in sorted(places):
        found.setdefault(at, []).append(i)
    return tuple(Picked(at, tuple(runs)) for at, runs in found.items())


def _picked(
    book: PromotionBook, lines: Lines, promotion: Promotion
) -> tuple[Picked, ...]:
    return picks_of((at, i) for at, i, _ in open_runs(book, lines, promotion))


def _spent(lines: Lines, picks: Iterable[Picked], qualifies: Qualifies) -> int:
    """Return the amount that a threshold is held against."""
    runs = [lines[pick.at].runs[i] for pick in picks for i in pick.runs]
    if qualifies is Qualifies.LIST:
        return sum(run.count * run.list_minor for run in runs)
    return sum(run.count * run.found_minor for run in runs)
