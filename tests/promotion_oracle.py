"""What promotions ought to give, by trying everything: for baskets of few units.

Shares no code with the engine: it takes a basket apart into single pieces and reads
the deals as `pos_app/domain/promotion/deal.py` defines them. Item deals: for every
promotion and every set of pieces, what that promotion saves when exactly these pieces
belong to it; then every way of dealing the pieces to the promotions. Seven pieces
have 128 sets, and a few hundred thousand ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from pos_app.domain.basket import Basket
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.promotion.deal import (
    BundleDeal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Qualifies,
    Slot,
    SpendDeal,
    TierCount,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import GoodsSet, Selector

Parents = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Piece:
    """One unit: a bottle, or all that was weighed for one line."""

    line_id: str
    goods: SellingUnit | None
    base: int
    quantity: Fraction
    by_weight: bool
    floor: int
    is_lowered: bool = False


def half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def pieces_of(basket: Basket, level: str = "", *, member: bool = False) -> list[Piece]:
    """Return the units of a basket, each at the lowest price that is permitted."""
    found = []
    for line in basket.lines:
        unit = line.unit
        assert unit is not None
        assert unit.price is not None
        levels = {level, "member" if member else level} - {""}
        shown = [one.minor for one in unit.level_prices if one.level in levels]
        each = min([unit.price.minor, *shown])
        quantity = Fraction(line.quantity)
        whole = quantity.denominator == 1 and unit.sell_by is SellBy.COUNT
        if whole and line.total_minor is None:
            piece = Piece(
                line.line_id, unit, each, Fraction(1), False, unit.floor_minor
            )
            found += [piece] * int(quantity)
            continue
        cost = line.total_minor
        if cost is None:
            cost = half_up(each * quantity)
        floor = half_up(unit.floor_minor * quantity)
        found.append(Piece(line.line_id, unit, cost, quantity, True, floor))
    return found


# --- which goods, and what comes off -----------------------------------------


def is_for(selector: Selector, unit: SellingUnit | None, parents: Parents) -> bool:
    return (
        unit is not None
        and _in(selector.include, unit, parents)
        and not _in(selector.exclude, unit, parents)
    )


def _in(named: GoodsSet, unit: SellingUnit, parents: Parents) -> bool:
    shelf, shelves = unit.category_id or "", []
    while shelf and shelf not in shelves:
        shelves.append(shelf)
        shelf = parents.get(shelf, "")
    brands = {x.strip().casefold() for x in named.brands}
    tags = {x.strip().casefold() for x in named.tags}
    return (
        named.everything
        or unit.unit_id in named.unit_ids
        or unit.item_id in named.item_ids
        or (unit.parent_id or "-") in named.item_ids
        or any(x in named.category_ids for x in shelves)
        or (unit.brand.strip().casefold() or "-") in brands
        or any(x.strip().casefold() in tags for x in unit.tags)
    )


def off_of(off: Off, pieces: Sequence[Piece]) -> int:
    """Return what comes off pieces: a share of their sum, or so much off each."""
    if off.percentage is not None:
        whole = sum(piece.base for piece in pieces)
        return half_up(Fraction(whole * off.percentage.millionths, 1_000_000))
    return sum(_off_each(off, piece) for piece in pieces)


def _off_each(off: Off, piece: Piece) -> int:
    times = piece.quantity if piece.by_weight else Fraction(1)
    if off.amount_minor is not None:
        return min(piece.base, half_up(off.amount_minor * times))
    assert off.price_minor is not None
    return max(0, piece.base - half_up(off.price_minor * times))


def _off_together(off: Off, pieces: Sequence[Piece]) -> int:
    whole = sum(piece.base for piece in pieces)
    if off.percentage is not None:
        return half_up(Fraction(whole * off.percentage.millionths, 1_000_000))
    if off.amount_minor is not None:
        return min(whole, off.amount_minor)
    assert off.price_minor is not None
    return max(0, whole - off.price_minor)


def _above_floors(pieces: Iterable[Piece]) -> int:
    return sum(max(0, piece.base - piece.floor) for piece in pieces)


# --- one use of one deal ------------------------------------------------------


def saving_of_group(
    promotion: Promotion, group: Sequence[Piece], parents: Parents
) -> int:
    """Return what one use on exactly these pieces saves; 0 where there is none."""
    deal = promotion.deal
    match deal:
        case UnitDeal(goods, off):
            fits = len(group) == 1 and is_for(goods, group[0].goods, parents)
            found = off_of(off, group) if fits else 0
        case NthDeal(goods, every, cheapest, off):
            fits = len(group) == every and _counted(goods, group, parents)
            lowest = sorted(group, key=lambda piece: piece.base)[:cheapest]
            found = off_of(off, lowest) if fits else 0
        case NForDeal(goods, count, price_minor):
            fits = len(group) == count and _counted(goods, group, parents)
            whole = sum(piece.base for piece in group)
            found = max(0, whole - price_minor) if fits else 0
        case BundleDeal(slots, off):
            found = _best_bundle(slots, off, list(group), parents)
        case GiftDeal() if not deal.threshold_minor:
            found = _best_gift(deal, list(group), parents)
        case _:
            found = 0
    return min(found, _above_floors(group))


def _counted(goods: Selector, group: Sequence[Piece], parents: Parents) -> bool:
    return all(
        not piece.by_weight and is_for(goods, piece.goods, parents) for piece in group
    )


def _best_bundle(
    slots: Sequence[Slot], off: Off | None, group: list[Piece], parents: Parents
) -> int:
    """Try every way of laying the pieces into the slots."""
    best = 0
    for laid in _laid(slots, tuple(range(len(group))), group, parents):
        if off is not None:
            return _off_together(off, group)
        lowered: dict[Off, list[Piece]] = {}
        for slot, inside in zip(slots, laid, strict=True):
            if slot.off is not None:
                lowered.setdefault(slot.off, []).extend(group[i] for i in inside)
        best = max(best, sum(off_of(x, pieces) for x, pieces in lowered.items()))
    return best


def _laid(
    slots: Sequence[Slot],
    left: tuple[int, ...],
    group: list[Piece],
    parents: Parents,
) -> Iterator[list[tuple[int, ...]]]:
    if not slots:
        if not left:
            yield []
        return
    slot = slots[0]
    fitting = [i for i in left if is_for(slot.goods, group[i].goods, parents)]
    for inside in combinations(fitting, slot.count):
        rest = tuple(i for i in left if i not in inside)
        for others in _laid(slots[1:], rest, group, parents):
            yield [inside, *others]


def _best_gift(deal: GiftDeal, group: list[Piece], parents: Parents) -> int:
    """Some pieces are bought, the others given."""
    best = 0
    for bought in combinations(range(len(group)), deal.count):
        given = [piece for i, piece in enumerate(group) if i not in bought]
        fits = (
            1 <= len(given) <= deal.gift_count
            and all(is_for(deal.goods, group[i].goods, parents) for i in bought)
            and all(is_gift(deal, piece, parents) for piece in given)
        )
        if fits:
            best = max(best, off_of(Off(price_minor=deal.price_minor), given))
    return best


def is_gift(deal: GiftDeal, piece: Piece, parents: Parents) -> bool:
    """Tell whether a piece can be given: what costs no more by itself is no gift."""
    cheaper = off_of(Off(price_minor=deal.price_minor), [piece]) > 0
    return cheaper and is_for(deal.gift, piece.goods, parents)


def _in_reach(promotion: Promotion, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Return pieces of which no selector is for those that the deal may not take."""
    if promotion.accepts_discounted:
        return pieces
    return [replace(x, goods=None) if x.is_lowered else x for x in pieces]


# --- one promotion on every set of pieces --------------------------------------


def group_sizes(promotion: Promotion) -> tuple[int, ...]:
    """Return how many pieces one use takes; of a gift for an amount only the gifts."""
    match promotion.deal:
        case UnitDeal():
            return (1,)
        case NthDeal(_, every):
            return (every,)
        case NForDeal(_, count):
            return (count,)
        case BundleDeal(slots):
            return (sum(slot.count for slot in slots),)
        case GiftDeal() as deal:
            bought = 0 if deal.threshold_minor else deal.count
            return tuple(range(bought + 1, bought + deal.gift_count + 1))
        case _:
            return ()


def savings_by_set(
    promotion: Promotion,
    pieces: Sequence[Piece],
    parents: Parents,
    uses_left: int | None,
) -> dict[int, int]:
    """Return the most that it saves when exactly a set of pieces (bits) is in it."""
    most = len(pieces) if uses_left is None else uses_left
    deal = promotion.deal
    if isinstance(deal, TierDeal):
        return _tier_sets(deal, pieces, parents, most)
    if isinstance(deal, GiftDeal) and deal.threshold_minor:
        return _gift_sets(deal, pieces, parents, most)
    once: dict[int, int] = {}
    for size in group_sizes(promotion):
        for chosen in combinations(range(len(pieces)), size):
            group = [pieces[i] for i in chosen]
            saved = saving_of_group(promotion, group, parents)
            if saved > 0:
                once[sum(1 << i for i in chosen)] = saved
    found, newest = {0: 0}, {0: 0}
    for _ in range(min(most, len(pieces))):
        newest = _one_more(newest, once)
        for bits, saved in newest.items():
            found[bits] = max(found.get(bits, 0), saved)
    return found


def _one_more(before: Mapping[int, int], once: Mapping[int, int]) -> dict[int, int]:
    """Add one use to each way of using it so often, on pieces that are free."""
    grown: dict[int, int] = {}
    for bits, saved in before.items():
        for more, extra in once.items():
            if not bits & more:
                grown[bits | more] = max(grown.get(bits | more, 0), saved + extra)
    return grown


def _sets(pieces: Sequence[Piece], fitting: Sequence[int]) -> Iterator[list[int]]:
    for size in range(len(fitting) + 1):
        for chosen in combinations(fitting, size):
            yield list(chosen)


def _tier_sets(
    deal: TierDeal, pieces: Sequence[Piece], parents: Parents, most: int
) -> dict[int, int]:
    """All pieces of the set take part; what they are together decides the break."""
    fitting = [i for i, x in enumerate(pieces) if is_for(deal.goods, x.goods, parents)]
    found = {}
    for chosen in _sets(pieces, fitting):
        if len(chosen) > most:
            continue
        saved = 0
        for i in chosen:
            piece = pieces[i]
            mates = [
                pieces[j].quantity
                for j in chosen
                if deal.counts is TierCount.GOODS or _same_unit(pieces[j], piece)
            ]
            reached = [x for x in deal.breaks if Fraction(x.quantity) <= sum(mates)]
            if not reached:
                break
            saved += min(off_of(reached[-1].off, [piece]), _above_floors([piece]))
        else:
            found[sum(1 << i for i in chosen)] = saved
    return found


def _same_unit(one: Piece, other: Piece) -> bool:
    both = (one.goods, other.goods)
    return len({x and x.unit_id for x in both}) == 1


def _gift_sets(
    deal: GiftDeal, pieces: Sequence[Piece], parents: Parents, most: int
) -> dict[int, int]:
    """The set is what is given; the threshold is held against all that is not."""
    fitting = [i for i, x in enumerate(pieces) if is_gift(deal, x, parents)]
    once = {}
    for chosen in _sets(pieces, fitting):
        given = [pieces[i] for i in chosen]
        if 1 <= len(given) <= deal.gift_count:
            saved = off_of(Off(price_minor=deal.price_minor), given)
            once[sum(1 << i for i in chosen)] = min(saved, _above_floors(given))
    found, newest = {0: 0}, {0: 0}
    for uses in range(1, min(most, len(pieces)) + 1):
        newest = _one_more(newest, once)
        for bits, saved in newest.items():
            bought = sum(
                piece.base
                for i, piece in enumerate(pieces)
                if not bits >> i & 1 and is_for(deal.goods, piece.goods, parents)
            )
            if uses * deal.threshold_minor <= bought:
                found[bits] = max(found.get(bits, 0), saved)
    return found


# --- all item deals -------------------------------------------------------------


def _best_for_sets(
    promotions: Sequence[Promotion],
    pieces: Sequence[Piece],
    parents: Parents,
    uses_left: Mapping[str, int],
) -> list[int]:
    """Return, for every set of pieces, the most that all promotions save on it."""
    best = [0] * (1 << len(pieces))
    for promotion in promotions:
        left = uses_left.get(promotion.promotion_id, promotion.limits.per_basket)
        reach = _in_reach(promotion, pieces)
        by_set = savings_by_set(promotion, reach, parents, left)
        better = list(best)
        for taken, saved in by_set.items():
            if saved <= 0:
                continue
            rest = (len(best) - 1) & ~taken
            without = rest
            while True:  # every set of the other pieces
                both = without | taken
                better[both] = max(better[both], best[without] + saved)
                if not without:
                    break
                without = (without - 1) & rest
        best = better
    return best


def item_savings(
    pieces: Sequence[Piece],
    promotions: Sequence[Promotion],
    parents: Parents | None = None,
    uses_left: Mapping[str, int] | None = None,
) -> set[int]:
    """Return what all item deals save at best.

    More than one answer where exclusive deals save as much on one set of pieces as on
    another: which of them is taken is a rule for ties, and what is left differs.
    """
    shelves, uses = parents or {}, uses_left or {}
    alone = [x for x in promotions if x.exclusive]
    others = [x for x in promotions if not x.exclusive]
    first = _best_for_sets(alone, pieces, shelves, uses)
    most = max(first)
    answers = set()
    for bits, saved in enumerate(first):
        if saved == most and _uses_all(first, bits):
            rest = [x for i, x in enumerate(pieces) if not bits >> i & 1]
            answers.add(most + max(_best_for_sets(others, rest, shelves, uses)))
    return answers


def _uses_all(first: Sequence[int], bits: int) -> bool:
    """Tell whether no piece of the set could be left out at the same saving."""
    return all(
        first[bits & ~(1 << i)] < first[bits]
        for i in range(bits.bit_length())
        if bits >> i & 1
    )


# --- the layers after them --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Left:
    """A piece after the layers before: what it costs now, and whether it is lowered."""

    piece: Piece
    now: int
    is_lowered: bool = False


def order_saving(promotion: Promotion, left: Sequence[Left], parents: Parents) -> int:
    """Return what an order deal takes off what the pieces cost now."""
    deal = promotion.deal
    assert isinstance(deal, SpendDeal)
    inside = [
        one
        for one in left
        if is_for(deal.goods, one.piece.goods, parents)
        and (promotion.accepts_discounted or not one.is_lowered)
    ]
    by_list = deal.qualifies is Qualifies.LIST
    held = sum(one.piece.base if by_list else one.now for one in inside)
    now = sum(one.now for one in inside)
    reached = [tier for tier in deal.tiers if tier.threshold_minor <= held]
    if not reached:
        return 0
    times, off = 1, reached[-1].off
    if deal.repeats:
        times = held // reached[-1].threshold_minor
        if promotion.limits.per_basket is not None:
            times = min(times, promotion.limits.per_basket)
    if off.percentage is not None:
        saved = half_up(Fraction(now * off.percentage.millionths, 1_000_000))
    else:
        saved = (off.amount_minor or 0) * times
    if deal.most_minor is not None:
        saved = min(saved, deal.most_minor)
    return min(saved, sum(max(0, one.now - one.piece.floor) for one in inside))


def dealt(amount: int, weights: Sequence[int]) -> list[int]:
    """Split by the largest remainder; ties to the earlier."""
    whole = sum(weights)
    exact = [Fraction(amount * weight, whole) for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda i: (shares[i] - exact[i], i))
    for i in order[: amount - sum(shares)]:
        shares[i] += 1
    return shares
