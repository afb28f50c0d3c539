"""What stays with the customer of goods that were in a promotion, unit by unit.

The units of a line come back in their stored order, so what stays of it are its
last ones. A weighed line is one unit, of which any part may stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.promotion.application import Application, Claim
from pos_app.domain.promotion.promotion import Layer, ReturnBasis
from pos_app.domain.reduction import StepKind
from pos_app.domain.refund import comes_by_piece, sold_thousandths
from pos_app.domain.sale import Sale, SaleLine
from pos_app.values.rounding import Run, apportion, divide

_ONE = 1000  # thousandths of one unit
_BEFORE_DEALS = {
    StepKind.MARKED_DOWN,
    StepKind.LEVEL_PRICE,
    StepKind.OVERRIDE,
    StepKind.EXCHANGE_PRICE,
}
_BY_HAND = {StepKind.OVERRIDE, StepKind.EXCHANGE_PRICE}


@dataclass(frozen=True, slots=True)
class KeptGoods:
    """What stays of a line and is, or may be, in a promotion.

    Attributes:
        position: of the sale's line, from 1. line: as sold.
        count: units that stay. thousandths: how much that is, of the line's unit.
        unit_minor: what one cost before any deal, as the shelf shows prices; of
            weighed goods what all that stays of it did.
        amounts: what the units cost just before the promotion's layer, as runs.
        given_minor: what the promotion let go on them.
        was_in: some of the line was in the promotion when it was sold.
    """

    position: int
    line: SaleLine
    count: int
    thousandths: int
    unit_minor: int
    amounts: tuple[Run, ...]
    given_minor: int
    was_in: bool = True

    @property
    def is_lowered(self) -> bool:
        """Tell whether it was sold below the shelf price before any deal."""
        return _base_minor(self.line) < self.line.priced.list_minor


def recomputed(sale: Sale) -> Mapping[tuple[str, int], tuple[Application, ...]]:
    """Return the uses of promotions that look at what stays, by id and version."""
    found: dict[tuple[str, int], list[Application]] = {}
    for use in sale.priced.promoted.applications:
        if use.return_basis is ReturnBasis.RECOMPUTE:
            found.setdefault((use.promotion_id, use.version), []).append(use)
    return {key: tuple(uses) for key, uses in found.items()}


class GoodsOf:
    """The goods of a promotion in a sale, and what stays of them.

    Units that are in no item deal at all belong to it too: two of three that stay
    are still a pair. Of a line of which no more came back since it was last asked
    for the same object stays.
    """

    def __init__(self, sale: Sale, uses: Sequence[Application]) -> None:
        """Take all uses of one version of one promotion in a finished sale."""
        layer, key = uses[0].layer, (uses[0].promotion_id, uses[0].version)
        self._sale, self._layer = sale, layer
        self._owned = _claims(uses)
        self._earlier = _claims(
            use
            for use in sale.priced.promoted.applications
            if use.layer < layer
            or (use.layer is layer and (use.promotion_id, use.version) != key)
        )
        self._known: dict[int, tuple[int, KeptGoods | None]] = {}

    def kept(self, taken: Mapping[int, int]) -> tuple[KeptGoods, ...]:
        """Return what stays.

        Args:
            taken: line position -> how much of it came back, in thousandths.
        """
        found = []
        for position, line in enumerate(self._sale.lines, 1):
            gone, known = taken.get(position, 0), self._known.get(position)
            if known is None or known[0] != gone:
                known = (gone, self._of(position, line, gone))
                self._known[position] = known
            if known[1] is not None:
                found.append(known[1])
        return tuple(found)

    def _of(self, position: int, line: SaleLine, gone: int) -> KeptGoods | None:
        own = self._owned.get(line.priced.line_id, [])
        others = self._earlier.get(line.priced.line_id, [])
        is_open = self._layer is Layer.ITEM and not _is_by_hand(line)
        if not (own or is_open) or gone >= sold_thousandths(line):
            return None
        kept = _kept(position, line, gone, (own, others, is_open))
        return replace(kept, was_in=bool(own)) if kept.count else None


def _claims(uses: Iterable[Application]) -> Mapping[str, list[Claim]]:
    """Return the claims of uses by line, in their order."""
    found: dict[str, list[Claim]] = {}
    for use in uses:
        for claim in use.claims:
            found.setdefault(claim.line_id, []).append(claim)
    return found


def _is_by_hand(line: SaleLine) -> bool:
    return any(step.kind in _BY_HAND for step in line.priced.steps)


def _base_minor(line: SaleLine) -> int:
    """Return what the line cost before any deal, as the shelf shows prices."""
    priced = line.priced
    lowered = sum(x.amount_minor for x in priced.steps if x.kind in _BEFORE_DEALS)
    return priced.list_minor - lowered


def _kept(
    position: int,
    line: SaleLine,
    gone: int,
    claims: tuple[list[Claim], list[Claim], bool],
) -> KeptGoods:
    own, others, is_open = claims
    sold = sold_thousandths(line)
    if not comes_by_piece(line):
        return _kept_of_one(position, line, sold - gone, claims)
    count, start = sold // _ONE, gone // _ONE
    unit_minor = divide(_base_minor(line), count)
    mine, theirs = _by_unit(own, count), _by_unit(others, count)
    units = [
        at
        for at in range(start, count)
        if mine[at] is not None or (is_open and theirs[at] is None)
    ]
    costs = [max(0, unit_minor - (saved or 0)) for saved in theirs]
    if not is_open:
        costs = _as_claimed(own, costs)
    amounts = [costs[at] for at in units]
    return KeptGoods(
        position,
        line,
        len(units),
        len(units) * _ONE,
        unit_minor,
        _as_runs(amounts),
        sum(mine[at] or 0 for at in units),
    )


def _kept_of_one(
    position: int,
    line: SaleLine,
    left: int,
    claims: tuple[list[Claim], list[Claim], bool],
) -> KeptGoods:
    """Return what stays of a line that is one unit, such as a weighed one."""
    own, others, is_open = claims
    sold = sold_thousandths(line)
    takes_part = bool(own) or (is_open and not others)
    base_minor = divide(_base_minor(line) * left, sold)
    given = sum(claim.saving_minor for claim in own)
    before = divide(sum(claim.saving_minor for claim in others) * left, sold)
    cost_minor = max(0, base_minor - before)
    if own and not is_open:  # a discount by hand came before it too
        cost_minor = divide(own[0].base_minor * left, sold)
    return KeptGoods(
        position,
        line,
        1 if takes_part else 0,
        left,
        base_minor,
        ((1, cost_minor),),
        # What the part that came back had saved is rounded, as its refund was.
        given - divide(given * (sold - left), sold),
    )


def _as_claimed(claims: Sequence[Claim], costs: Sequence[int]) -> list[int]:
    """Return what units cost when they were claimed, discounts by hand taken off.

    Of several uses the first counts: the others saw what it had left.
    """
    found = list(costs)
    for claim in reversed(claims):
        end = claim.first + claim.count
        weights = costs[claim.first : end]
        if any(weights):
            found[claim.first : end] = apportion(claim.base_minor, weights)
    return found


def _by_unit(claims: Sequence[Claim], count: int) -> list[int | None]:
    """Return what each unit saves in some claims; None for those in none."""
    saved: list[int | None] = [None] * count
    for claim in claims:
        for at, saving in enumerate(_unit_savings(claim), claim.first):
            saved[at] = (saved[at] or 0) + saving
    return saved


def _unit_savings(claim: Claim) -> Iterator[int]:
    for count, saving in claim.savings:
        for _ in range(count):
            yield saving


def _as_runs(amounts: Sequence[int]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for amount in amounts:
        if runs and runs[-1][1] == amount:
            runs[-1] = (runs[-1][0] + 1, amount)
        else:
            runs.append((1, amount))
    return tuple(runs)
