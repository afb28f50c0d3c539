"""Coupons for goods that belong together: 买一送一券, a set for a price, 满 3 件 8 折.

One coupon is one use of its deal, on the units that it saves most on as they cost now.
A unit is in one such coupon at most: two coupons of 买一送一 want four pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    TierCount,
    TierDeal,
)
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.enumeration import uses_of
from pos_app.domain.promotion.group_saving import Use, Worth, off_of
from pos_app.domain.promotion.layout import Entrant
from pos_app.domain.promotion.matching import selectors_of
from pos_app.domain.promotion.off_amount import for_quantity, taken
from pos_app.domain.promotion.picking import RunPart, cost_of, most_off
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.spending import Candidate, open_runs, picks_of, told
from pos_app.domain.promotion.stacks import Stack

Lines = Sequence[UnitLine]
#: (position of a line, position of its run).
_Place: TypeAlias = tuple[int, int]


def group_candidate(
    book: PromotionBook, lines: Lines, promotion: Promotion, left: int | None
) -> Candidate | None:
    """Return what a coupon for goods together lets go; None where it lets nothing go.

    Of all units that it could be for those that save most; of as good ones the fewest,
    then the dearest, then the earlier lines, the earlier units.

    Args:
        book: knows which goods a selector takes.
        lines: as they cost now.
        promotion: with an nth, n-for-a-price, bundle or gift deal.
        left: how often it may still be used; None for any number of times.
    """
    laid = _Laid(promotion, lines)
    for at, i, roles in _free_runs(book, lines, promotion) if left != 0 else ():
        laid.lay(at, i, roles)
    if not laid.is_possible:
        return None
    deal, stacks = promotion.deal, laid.stacks
    found = uses_of(deal, laid.wanted(), stacks)
    best = min(
        (x for x in found.worths.items() if laid.pays_for(x[0])),
        key=lambda x: _rank(x[0], x[1], stacks),
        default=None,
    )
    if best is None:
        return None
    use, worth = best
    off, base_minor = off_of(deal, worth, stacks)
    return Candidate(
        promotion,
        (),
        off,
        base_minor,
        1,
        worth.saving_minor,
        laid.parts(use, worth),
        is_group=True,
        is_optimal=found.is_complete,
    )


def tier_candidate(
    book: PromotionBook, lines: Lines, promotion: Promotion, left: int | None
) -> Candidate | None:
    """Return what a coupon for a quantity lets go: off all units that reach a break.

    A percentage is taken once of all units at one break; an amount or a price is for
    one unit, or for one unit of measure of weighed goods.
    """
    deal = promotion.deal
    assert isinstance(deal, TierDeal)
    if left == 0 or not Entrant(promotion, ()).is_possible:
        return None
    together: dict[str, list[_Place]] = {}
    for at, i, _ in _free_runs(book, lines, promotion):
        by_line = deal.counts is TierCount.LINE
        key = lines[at].goods.unit_id if by_line else ""
        together.setdefault(key, []).append((at, i))
    reached: dict[Off, list[_Place]] = {}
    for places in together.values():
        thousandths = sum(
            lines[at].measure_thousandths * lines[at].runs[i].count for at, i in places
        )
        offs = [x.off for x in deal.breaks if x.quantity * 1000 <= thousandths]
        if offs:
            reached.setdefault(offs[-1], []).extend(places)
    rule_minor = sum(_of_all(off, lines, places) for off, places in reached.items())
    picks = picks_of(place for places in reached.values() for place in places)
    saving_minor = min(rule_minor, most_off(lines, picks))
    if saving_minor <= 0:
        return None
    base_minor = cost_of(lines, picks)
    off = next(iter(reached)) if len(reached) == 1 else Off(amount_minor=saving_minor)
    off = told(off, taken(off, base_minor), saving_minor)
    return Candidate(promotion, picks, off, base_minor, 1, saving_minor, is_group=True)


def _free_runs(
    book: PromotionBook, lines: Lines, promotion: Promotion
) -> Iterator[tuple[int, int, int]]:
    """Yield the runs that no other coupon for goods together has taken."""
    for at, i, roles in open_runs(book, lines, promotion):
        if not lines[at].runs[i].is_bound:
            yield at, i, roles


def _of_all(off: Off, lines: Lines, places: Sequence[_Place]) -> int:
    """Return what an off of each unit is for all units of some runs."""
    if off.percentage is not None:
        return taken(
            off,
            sum(lines[at].runs[i].count * lines[at].runs[i].minor for at, i in places),
        )
    saving_minor = 0
    for at, i in places:
        run = lines[at].runs[i]
        of_one = for_quantity(off, lines[at].measure_thousandths)
        saving_minor += run.count * min(taken(of_one, run.minor), run.most_minor)
    return saving_minor


class _Laid:
    """The units that a deal could be for, run by run, as equal units of L1 lie."""

    def __init__(self, promotion: Promotion, lines: Lines) -> None:
        self._promotion, self._lines = promotion, lines
        self._pools = [list[int]() for _ in selectors_of(promotion.deal)]
        self._places: list[_Place] = []
        self.stacks: list[Stack] = []

    def lay(self, at: int, i: int, roles: int) -> None:
        """Lay the units of one run down; a label for several cannot be taken apart."""
        line, run = self._lines[at], self._lines[at].runs[i]
        if not line.is_counted and sum(x.count for x in line.runs) > 1:
            return
        for role, pool in enumerate(self._pools):
            if roles >> role & 1:
                pool.append(len(self.stacks))
        self._places.append((at, i))
        self.stacks.append(
            Stack(
                goods=line.goods,
                unit_minor=run.minor,
                thousandths=line.measure_thousandths,
                is_counted=line.is_counted,
                room_minor=run.most_minor,
                is_lowered=run.is_lowered,
                count=run.count,
                lines=((at, run.count),),
            )
        )

    @property
    def is_possible(self) -> bool:
        """Tell whether the deal can be fulfilled at all, whoever wrote it."""
        pools = tuple(map(tuple, self._pools))
        if not all(pools) or not Entrant(self._promotion, pools).is_possible:
            return False
        return self.pays_for(())

    def wanted(self) -> list[list[int]]:
        """Return the stacks of each selector that a best use may be of.

        Of counted goods so many of the dearest are enough as one use takes units: any
        other unit may give its place to one of them, which is no worse. Units near
        their floor push nobody out, nor where a gift is goods that pay for it.
        """
        deal = self._promotion.deal
        if isinstance(deal, GiftDeal) and deal.threshold_minor:
            return self._pools
        units, found = _most_units(deal), []
        for pool in self._pools:
            kept, before = [], 0
            for at in sorted(pool, key=lambda x: (-self.stacks[x].unit_minor, x)):
                stack = self.stacks[at]
                if before < units or not stack.is_counted:
                    kept.append(at)
                if stack.is_counted and stack.room_minor == stack.unit_minor:
                    before += stack.count
            found.append(sorted(kept))
        return found

    def pays_for(self, use: Use) -> bool:
        """Tell whether goods for so much are there beside what is given."""
        deal = self._promotion.deal
        if not isinstance(deal, GiftDeal) or not deal.threshold_minor:
            return True
        spent_minor = sum(
            self._list(at) * self.stacks[at].count for at in self._pools[0]
        )
        given_minor = sum(self._list(at) * n for at, n in use if at in self._pools[0])
        return spent_minor - given_minor >= deal.threshold_minor

    def _list(self, stack: int) -> int:
        at, i = self._places[stack]
        return self._lines[at].runs[i].list_minor

    def parts(self, use: Use, worth: Worth) -> tuple[RunPart, ...]:
        """Return the units of a use by line and run."""
        reduced = dict(worth.reduced)
        return tuple(
            RunPart(*self._places[at], n - reduced.get(at, 0), reduced.get(at, 0))
            for at, n in use
        )


def _most_units(deal: Deal) -> int:
    """Return how many units one use takes at most."""
    match deal:
        case NthDeal(every=units) | NForDeal(count=units):
            return units
        case BundleDeal(slots=slots):
            return sum(slot.count for slot in slots)
        case GiftDeal(count=count, gift_count=gift_count):
            return count + gift_count
    return 0


def _rank(use: Use, worth: Worth, stacks: Sequence[Stack]) -> tuple[object, ...]:
    units = sum(n for _, n in use)
    cost_minor = sum(stacks[at].unit_minor * n for at, n in use)
    return -worth.saving_minor, units, -cost_minor, [(at, -n) for at, n in use]
