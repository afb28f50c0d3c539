"""The layers after item deals, worked out slowly: one entry for each single unit.

Shares no code with the engine. It takes a basket as item deals left it and goes on as
ARCHITECTURE.md's order of layers says: discount by hand on the line, order deals,
discount by hand on the sale, coupons, points, 抹零 of a shop whose prices include tax.
Everything is dealt out by the largest remainder, first to lines, then to their units;
what a floor holds back the others bear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import (
    GiftDeal,
    Off,
    Qualifies,
    SpendDeal,
    TierCount,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Used
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.reduction import ManualDiscount
from tests.promotion_oracle import (
    Piece,
    dealt,
    group_sizes,
    half_up,
    is_for,
    is_gift,
    off_of,
    saving_of_group,
)


@dataclass(slots=True)
class One:
    """One unit on its way through the layers; minor units."""

    line: int
    piece: Piece
    asked: int
    now: int
    found: int
    may_lower: bool
    is_lowered: bool
    is_closed: bool = False
    is_bound: bool = False

    @property
    def room(self) -> int:
        """What a promotion may still take off it."""
        return max(0, self.now - self.piece.floor)


@dataclass(slots=True)
class Took:
    """What one promotion took, as the slip would tell it."""

    layer: Layer
    promotion_id: str
    saving: int
    coupon_id: str = ""
    points: int = 0


@dataclass(slots=True)
class Worked:
    """The units of each line in the end, and what was taken after item deals."""

    units: list[list[One]]
    took: list[Took] = field(default_factory=list)


def listed_and_asked(line: BasketLine, levels: Iterable[str]) -> tuple[int, int]:
    """Return what a line costs on the shelf, and before any deal."""
    unit, quantity = line.unit, Fraction(line.quantity)
    assert unit is not None
    assert unit.price is not None
    label = line.total_minor
    shelf = half_up(unit.price.minor * quantity)
    if line.source is PriceSource.MARKED_DOWN and label is not None:
        lowest = min(shelf, label)
    else:
        shelf = lowest = shelf if label is None else label
    allowed = [x.minor for x in unit.level_prices if x.level in set(levels)]
    if allowed:
        lowest = min(lowest, half_up(min(allowed) * quantity))
    if line.override is not None:
        lowest = half_up(line.override.unit_price_minor * quantity)
    return max(shelf, lowest), lowest


def open_pieces(basket: Basket, levels: Iterable[str] = ()) -> list[Piece]:
    """Return the units that item deals may take; a price by hand is for none of them."""
    found = []
    for line in basket.lines:
        units = _units(0, line, levels)
        is_label_of_many = line.total_minor is not None and len(units) > 1
        if line.override is None and not is_label_of_many:
            found += [x.piece for x in units if x.may_lower]
    return found


def _units(at: int, line: BasketLine, levels: Iterable[str]) -> list[One]:
    unit, quantity = line.unit, Fraction(line.quantity)
    assert unit is not None
    _, asked = listed_and_asked(line, levels)
    shelf, _ = listed_and_asked(line, levels)
    counted = unit.sell_by is SellBy.COUNT and quantity.denominator == 1
    count = int(quantity) if counted else 1
    cap = unit.discount_cap
    floor = Fraction(unit.floor_minor) * (1 if counted else quantity)
    is_label = line.total_minor is not None
    is_piece = line.source is PriceSource.MARKED_DOWN  # one piece like any other
    by_weight = not counted or (is_label and not is_piece)
    by_hand = line.override is not None
    found = []
    for each in _evenly(asked, count):
        piece = Piece(
            line.line_id,
            unit,
            each,
            quantity if by_weight else Fraction(1),
            by_weight,
            -(-floor.numerator // floor.denominator),
            is_lowered=asked < shelf,
        )
        lowered = by_hand or asked < shelf
        may = cap is None or cap.millionths > 0
        found.append(One(at, piece, each, each, each, may, lowered))
    return found


def _evenly(amount: int, count: int) -> list[int]:
    each, odd = divmod(amount, count)
    return [each + 1] * odd + [each] * (count - odd)


# --- dealing ------------------------------------------------------------------


def deal(amount: int, weights: Sequence[int], rooms: Sequence[int]) -> list[int]:
    """Deal by the largest remainder; who has no room for its share bears what it can.

    Who has no room at all is not dealt to, not even a rest of nothing.
    """
    shares = [0] * len(weights)
    inside = [i for i, room in enumerate(rooms) if room]
    while amount:
        wanted = dealt(amount, [weights[i] for i in inside])
        over = [i for i, share in zip(inside, wanted, strict=True) if share > rooms[i]]
        if not over:
            for i, share in zip(inside, wanted, strict=True):
                shares[i] = share
            break
        for i in over:
            shares[i] = rooms[i]
            amount -= rooms[i]
        inside = [i for i in inside if i not in over]
    return shares


def take_off(
    amount: int, units: Sequence[One], room: Callable[[One], int] = lambda x: x.room
) -> None:
    """Take an amount off units: first dealt to their lines, then within each."""
    lines: dict[int, list[One]] = {}
    for unit in units:
        lines.setdefault(unit.line, []).append(unit)
    groups = [lines[key] for key in sorted(lines)]
    of_lines = deal(
        amount,
        [sum(x.now for x in group) for group in groups],
        [sum(room(x) for x in group) for group in groups],
    )
    for group, share in zip(groups, of_lines, strict=True):
        shares = deal(share, [x.now for x in group], [room(x) for x in group])
        for unit, less in zip(group, shares, strict=True):
            unit.now -= less
            assert unit.now >= 0


def _all_of_it(unit: One) -> int:
    """What a person may take off a unit: no floor is a wall for people."""
    return unit.now


def by_hand(discount: ManualDiscount, base: int) -> int:
    if discount.percentage is None:
        return discount.amount_minor
    return half_up(Fraction(base * discount.percentage.millionths, 1_000_000))


# --- what a promotion lets go ---------------------------------------------------


def uses_left(promotion: Promotion, occasion: Occasion) -> int | None:
    limits = promotion.limits
    before = occasion.used.get(promotion.promotion_id, Used())
    left = [limits.per_basket]
    if limits.in_period is not None:
        left.append(limits.in_period - before.in_period)
    if limits.in_all is not None:
        left.append(limits.in_all - before.in_all)
    if limits.per_member is not None and occasion.shopper is not None:
        left.append(limits.per_member - before.by_member)
    known = [x for x in left if x is not None]
    return max(0, min(known)) if known else None


def _open(promotion: Promotion, units: Iterable[One]) -> list[One]:
    return [
        x
        for x in units
        if x.may_lower
        and not x.is_closed
        and (promotion.accepts_discounted or not x.is_lowered)
    ]


def _inside(promotion: Promotion, units: Iterable[One]) -> list[One]:
    goods = promotion.deal.goods  # type: ignore[union-attr]
    return [x for x in _open(promotion, units) if is_for(goods, x.piece.goods, {})]


def worth_of_spend(
    promotion: Promotion, units: Sequence[One], left: int | None
) -> tuple[int, int]:
    """Return what an order deal lets go now, and how many uses that is."""
    what = promotion.deal
    assert isinstance(what, SpendDeal)
    inside = _inside(promotion, units)
    by_list = what.qualifies is Qualifies.LIST
    held = sum(x.asked if by_list else x.found for x in inside)
    reached = [x for x in what.tiers if x.threshold_minor <= held]
    if not reached or left == 0:
        return 0, 0
    off, times = reached[-1].off, 1
    if what.repeats:
        times = held // reached[-1].threshold_minor
        times = times if left is None else min(times, left)
    if off.percentage is None:
        each = off.amount_minor or 0
        saving = each * times
    else:
        now = sum(x.now for x in inside)
        saving = half_up(Fraction(now * off.percentage.millionths, 1_000_000))
    if what.most_minor is not None:
        saving = min(saving, what.most_minor)
    saving = min(saving, sum(x.room for x in inside))
    if what.repeats and saving > 0:
        times = -(-saving // each)  # none of it is used for nothing
    return saving, times


def worth_of_unit(off: Off, unit: One) -> int:
    if off.percentage is not None:
        saving = half_up(Fraction(unit.now * off.percentage.millionths, 1_000_000))
    elif off.amount_minor is not None:
        saving = half_up(off.amount_minor * unit.piece.quantity)
    else:
        assert off.price_minor is not None
        saving = max(0, unit.now - half_up(off.price_minor * unit.piece.quantity))
    return min(saving, unit.room)


def worth_of_group(promotion: Promotion, units: Sequence[One]) -> tuple[list[One], int]:
    """Try every set of units of the right size: what one use of a deal lets go.

    Of sets that save the same the smallest, then the dearest, then the earliest.
    """
    lines = [x.line for x in units]
    whole = [x for x in units if not x.piece.by_weight or lines.count(x.line) == 1]
    tried = []
    for size in group_sizes(promotion):
        for places in combinations(range(len(whole)), size):
            some = [whole[i] for i in places]
            saving = _saved_together(promotion, some, whole)
            if saving > 0:
                tried.append((-saving, size, -sum(x.now for x in some), places))
    if not tried:
        return [], 0
    saving, *_, places = min(tried)
    return [whole[i] for i in places], -saving


def _saved_together(
    promotion: Promotion, some: Sequence[One], of_all: Sequence[One]
) -> int:
    now = [replace(x.piece, base=x.now) for x in some]
    what = promotion.deal
    if not isinstance(what, GiftDeal) or not what.threshold_minor:
        return saving_of_group(promotion, now, {})
    if not all(is_gift(what, x, {}) for x in now):
        return 0
    paying = (x for x in of_all if not any(x is y for y in some))
    spent = sum(x.asked for x in paying if is_for(what.goods, x.piece.goods, {}))
    saved = off_of(Off(price_minor=what.price_minor), now)
    return min(saved, sum(x.room for x in some)) if spent >= what.threshold_minor else 0


def worth_of_breaks(
    promotion: Promotion, inside: Sequence[One]
) -> tuple[list[One], int]:
    """Return the units that reach a break, and what that lets go of them together."""
    what = promotion.deal
    assert isinstance(what, TierDeal)
    by_off: dict[Off, list[One]] = {}
    for unit in inside:
        mates = [
            x.piece.quantity
            for x in inside
            if what.counts is TierCount.GOODS or x.piece.goods == unit.piece.goods
        ]
        reached = [x for x in what.breaks if Fraction(x.quantity) <= sum(mates)]
        if reached:
            by_off.setdefault(reached[-1].off, []).append(unit)
    saving = sum(_off_all(off, units) for off, units in by_off.items())
    found = [x for x in inside if any(x in units for units in by_off.values())]
    return found, min(saving, sum(x.room for x in found))


def _off_all(off: Off, units: Sequence[One]) -> int:
    if off.percentage is None:
        return sum(worth_of_unit(off, x) for x in units)
    now = sum(x.now for x in units)
    return half_up(Fraction(now * off.percentage.millionths, 1_000_000))


def _let_go(
    promotion: Promotion, units: Sequence[One], left: int | None
) -> tuple[list[One], int, int]:
    """Return what one coupon lets go: of which units, how much, how many uses."""
    what, free = promotion.deal, [x for x in units if not x.is_bound]
    if isinstance(what, SpendDeal):
        saving, times = worth_of_spend(promotion, units, left)
        return _inside(promotion, units), saving, times
    if isinstance(what, UnitDeal):
        inside = _inside(promotion, units)
        each = [worth_of_unit(what.off, x) for x in inside]
        best = max(each, default=0)
        return ([inside[each.index(best)]], best, 1) if best else ([], 0, 0)
    if isinstance(what, TierDeal):
        return *worth_of_breaks(promotion, _inside(promotion, free)), 1
    return *worth_of_group(promotion, _open(promotion, free)), 1


# --- the layers -----------------------------------------------------------------


class Layers:
    """A basket on its way."""

    def __init__(
        self, basket: Basket, found: Sequence[Promotion], occasion: Occasion
    ) -> None:
        self.basket, self.promotions, self.occasion = basket, found, occasion
        shopper = occasion.shopper
        levels = ("member", shopper.price_level) if shopper else ()
        self.lines = [_units(at, x, levels) for at, x in enumerate(basket.lines)]
        self.took: list[Took] = []
        self._uses: dict[str, int] = {}

    def work(self, item_uses: Sequence[Application]) -> Worked:
        self._item_deals(item_uses)
        for line, units in zip(self.basket.lines, self.lines, strict=True):
            if line.discount is not None:
                left = sum(x.now for x in units)
                amount = min(left, by_hand(line.discount, left))
                take_off(amount, units, _all_of_it)
        self._next_layer()
        self._order_deals()
        self._next_layer()
        self._sale_discount()
        self._next_layer()
        self._coupons()
        self._next_layer()
        self._points()
        if self.basket.round_off_minor:  # where prices include tax
            take_off(self.basket.round_off_minor, self._all(), _all_of_it)
        return Worked(self.lines, self.took)

    def _all(self) -> list[One]:
        return [x for units in self.lines for x in units]

    def _next_layer(self) -> None:
        for unit in self._all():
            unit.is_lowered = unit.is_lowered or unit.now < unit.found
            unit.found = unit.now

    def _item_deals(self, item_uses: Sequence[Application]) -> None:
        alone = {x.promotion_id for x in self.promotions if x.exclusive}
        places = {x.line_id: at for at, x in enumerate(self.basket.lines)}
        for use in item_uses:
            for claim in use.claims:
                units = self.lines[places[claim.line_id]]
                off = [each for count, each in claim.savings for _ in range(count)]
                for at, less in enumerate(off, claim.first):
                    units[at].now -= less
                    units[at].is_closed = use.promotion_id in alone

    def _order_deals(self) -> None:
        asked = [
            x
            for x in self.promotions
            if x.layer is Layer.ORDER and isinstance(x.deal, SpendDeal)
        ]
        alone = [x for x in asked if x.exclusive]
        groups = sorted({x.stack_group for x in asked if not x.exclusive})
        self._best_order(alone)
        for group in groups:
            self._best_order(
                [x for x in asked if x.stack_group == group and not x.exclusive]
            )

    def _best_order(self, rivals: Sequence[Promotion]) -> None:
        found = []
        for one in rivals:
            left = uses_left(one, self.occasion)
            saving, times = worth_of_spend(one, self._all(), left)
            if saving > 0:
                found.append((-saving, -one.priority, one.promotion_id, times, one))
        if not found:
            return
        saving, _, _, times, best = min(found, key=lambda x: x[:3])
        self._take(best, _inside(best, self._all()), -saving, times)

    def _take(
        self,
        one: Promotion,
        inside: Sequence[One],
        saving: int,
        times: int,
        coupon_id: str = "",
    ) -> None:
        take_off(saving, inside)
        for unit in inside:
            unit.is_closed = one.exclusive
            if coupon_id and not isinstance(one.deal, SpendDeal | UnitDeal):
                unit.is_bound = True
        used = self._uses.get(one.promotion_id, 0)
        self._uses[one.promotion_id] = used + times
        self.took.append(Took(one.layer, one.promotion_id, saving, coupon_id))

    def _sale_discount(self) -> None:
        discount = self.basket.discount
        if discount is None:
            return
        inside = [x for x in self._all() if x.may_lower and not x.is_closed]
        base = sum(x.now for x in inside)
        if base:
            take_off(min(base, by_hand(discount, base)), inside, _all_of_it)

    def _coupons(self) -> None:
        known = {x.promotion_id: x for x in self.promotions if x.layer is Layer.COUPON}
        shown = [x for x in self.occasion.coupons if x.promotion_id in known]
        places = self.occasion.coupon_limit
        for coupon in [x for x in shown if x.is_chosen]:
            found = self._of_coupon(coupon, known)
            if found and places:
                self._take(known[coupon.promotion_id], *found, coupon.coupon_id)
                places -= 1
        others = [x for x in shown if not x.is_chosen]
        while places:
            best = None
            for at, coupon in enumerate(others):
                one = known[coupon.promotion_id]
                found = self._of_coupon(coupon, known)
                if found:
                    rank = (-found[1], -one.priority, one.promotion_id, at)
                    best = (
                        min(best, (rank, coupon, found))
                        if best
                        else (rank, coupon, found)
                    )
            if best is None:
                return
            (_, coupon, found) = best
            others.remove(coupon)
            places -= 1
            self._take(known[coupon.promotion_id], *found, coupon.coupon_id)

    def _of_coupon(
        self, coupon: CouponInHand, known: Mapping[str, Promotion]
    ) -> tuple[list[One], int, int] | None:
        one = known[coupon.promotion_id]
        left = uses_left(one, self.occasion)
        if left is not None:
            left = max(0, left - self._uses.get(one.promotion_id, 0))
        if left == 0:
            return None
        inside, saving, times = _let_go(one, self._all(), left)
        if not saving:
            return None
        if coupon.value_minor is not None:
            saving = min(coupon.value_minor, sum(x.room for x in inside))
            times = 1
        return (inside, saving, times) if saving else None

    def _points(self) -> None:
        burn = self.occasion.points
        if burn is None:
            return
        inside = [x for x in self._all() if x.may_lower and not x.is_closed]
        saving = min(burn.amount_minor, sum(x.room for x in inside))
        if not saving:
            return
        points = -(-burn.points * saving // burn.amount_minor)
        take_off(saving, inside)
        self.took.append(Took(Layer.POINTS, "", saving, points=points))
