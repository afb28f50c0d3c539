"""What a promotion would have done to sales that were: cost, margin, wrong stacks.

Every sale is priced twice by the one pricing function, without and with it; all
figures are sums and differences of those prices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from pos_app.domain.dry_run_result import (
    DryRunLimits,
    DryRunResult,
    TriedItem,
    TriedLine,
)
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.promotion.application import Application
from pos_app.domain.reduction import DEAL_STEPS
from pos_app.domain.sale import Sale, SaleLine
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts
#: So many lines are named in each list; all are counted.
NAMED_LIMIT = 50


class TriedPrices(NamedTuple):
    """A sale without and with the promotion.

    Attributes:
        before, after: what was paid, and would have been.
        bare: as `after`, before points were given for it: how deep deals go.
    """

    before: PricedBasket
    after: PricedBasket
    bare: PricedBasket


class DryRun:
    """Adds sales up, one after the other.

    Args:
        promotion_id: of the promotion that is tried.
        costs: unit id -> what one unit costs the shop, minor units.
        limits: of a wrong stack.
    """

    def __init__(
        self, promotion_id: str, costs: Mapping[str, int], limits: DryRunLimits
    ) -> None:
        self._promotion_id, self._costs, self._limits = promotion_id, costs, limits
        self._sum = DryRunResult()
        self._stacks: list[TriedLine] = []
        self._below: list[TriedLine] = []
        self._items: dict[str, TriedItem] = {}

    def leave_out(self) -> None:
        """Count a sale that could not be priced."""
        self._sum = replace(self._sum, left_out=self._sum.left_out + 1)

    def add(self, sale: Sale, found: TriedPrices) -> None:
        """Add a sale: its price without and with the promotion."""
        before, after = found.before, found.after
        uses = [
            use
            for use in after.promoted.applications
            if use.promotion_id == self._promotion_id
        ]
        total, saved = self._sum, before.total_minor - after.total_minor
        is_most = saved > total.most_saved_minor
        self._sum = replace(
            total,
            baskets=total.baskets + 1,
            touched=total.touched + bool(uses),
            times=total.times + sum(use.times for use in uses),
            dearer=total.dearer + (saved < 0),
            unlike=total.unlike + (before.total_minor != sale.priced.total_minor),
            before_minor=total.before_minor + before.total_minor,
            after_minor=total.after_minor + after.total_minor,
            net_before_minor=total.net_before_minor + before.net_minor,
            net_after_minor=total.net_after_minor + after.net_minor,
            supplier_minor=total.supplier_minor + sum(map(_borne, uses)),
            saving_minor=total.saving_minor + sum(use.saving_minor for use in uses),
            most_saved_minor=max(saved, total.most_saved_minor),
            most_saved_number=sale.number if is_most else total.most_saved_number,
        )
        lines = zip(before.lines, after.lines, found.bare.lines, strict=True)
        for line, (was, now, bare) in zip(sale.lines, lines, strict=True):
            self._add_line(line, was, now)
            self._look_at(sale.number, line, bare)

    def _add_line(self, line: SaleLine, was: PricedLine, now: PricedLine) -> None:
        cost_minor = self._cost(line)
        total = self._sum
        if cost_minor is None:
            missing = total.lines_without_cost + 1
            self._sum = replace(total, lines_without_cost=missing)
        else:
            self._sum = replace(
                total,
                cost_minor=total.cost_minor + cost_minor,
                costed_before_minor=total.costed_before_minor + was.net_minor,
                costed_after_minor=total.costed_after_minor + now.net_minor,
            )
        if was.total_minor != now.total_minor:
            self._add_item(line, was.total_minor - now.total_minor)

    def _look_at(self, number: str, line: SaleLine, now: PricedLine) -> None:
        """Keep a line that a person should look at; points do not count."""
        mine = [x for x in now.steps if x.promotion_id == self._promotion_id]
        if not mine:
            return
        deals = sum(step.kind in DEAL_STEPS for step in now.steps)
        cost_minor = self._cost(line)
        tried = _tried(number, line, now, (deals, cost_minor))
        off = _WHOLE - self._limits.most_off.millionths
        is_deep = now.total_minor * _WHOLE < now.list_minor * off
        if deals > self._limits.most_deals or is_deep:
            self._stacks.append(tried)
        if cost_minor is not None and now.net_minor < cost_minor:
            self._below.append(tried)

    def _add_item(self, line: SaleLine, saving_minor: int) -> None:
        known = self._items.get(line.item_id) or TriedItem(
            line.item_id, line.name, line.variant, 0, 0, 0, line.names
        )
        self._items[line.item_id] = replace(
            known,
            lines=known.lines + 1,
            thousandths=known.thousandths + to_thousandths(line.priced.quantity),
            saving_minor=known.saving_minor + saving_minor,
        )

    def _cost(self, line: SaleLine) -> int | None:
        each = self._costs.get(line.unit_id)
        if each is None:
            return None
        return divide(each * to_thousandths(line.priced.quantity), 1000)

    @property
    def result(self) -> DryRunResult:
        """Everything so far; the worst lines and the most affected items first."""
        stacks = sorted(self._stacks, key=_kept_part)
        below = sorted(self._below, key=_under_cost)
        items = sorted(
            self._items.values(), key=lambda x: (-abs(x.saving_minor), x.item_id)
        )
        return replace(
            self._sum,
            stacked=len(stacks),
            stacks=tuple(stacks[:NAMED_LIMIT]),
            below=len(below),
            below_cost=tuple(below[:NAMED_LIMIT]),
            items=tuple(items[:NAMED_LIMIT]),
        )


def _borne(use: Application) -> int:
    return divide(use.saving_minor * use.supplier_share.millionths, _WHOLE)


def _tried(
    number: str, line: SaleLine, now: PricedLine, facts: tuple[int, int | None]
) -> TriedLine:
    deals, cost_minor = facts
    return TriedLine(
        number,
        line.item_id,
        line.name,
        line.variant,
        now.quantity,
        deals,
        now.list_minor,
        now.total_minor,
        now.net_minor,
        cost_minor,
        line.names,
    )


def _kept_part(line: TriedLine) -> tuple[int, int, str]:
    """Order stacks: the deepest first, then the most deals."""
    part = divide(line.total_minor * _WHOLE, line.list_minor) if line.list_minor else 0
    return part, -line.deals, line.number


def _under_cost(line: TriedLine) -> tuple[int, str]:
    assert line.cost_minor is not None
    return line.net_minor - line.cost_minor, line.number
