"""What a basket lacks for a promotion: so many units, or so much of an amount."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.domain.promotion.application import Claim, Promoted
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Qualifies,
    SpendDeal,
    TierDeal,
)
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.selector import GoodsFacts


@dataclass(frozen=True, slots=True)
class Missing:
    """What is lacking; both zero where nothing is.

    Attributes:
        units: of its goods. role: which selector they would have to be of.
        minor: of the amount. of_minor: the threshold.
    """

    units: int = 0
    role: int = 0
    minor: int = 0
    of_minor: int = 0


def roles_of(book: PromotionBook, promotion: Promotion, goods: GoodsFacts) -> int:
    """Return the bits of a promotion's selectors that name some goods."""
    for match in book.matching(goods):
        if book.promotions[match.index] is promotion:
            return match.roles
    return 0


def may_take(promotion: Promotion, line: OfferedLine) -> bool:
    """Tell whether a promotion for item deals may take units of a line at all."""
    is_open = line.is_open and line.may_lower
    return is_open and (promotion.accepts_discounted or not line.is_lowered)


class Counted:
    """What the goods of a basket count for a threshold, as earlier layers left them.

    Args:
        book, promoted: of the basket.
        layer: of the thresholds; what was taken before it is gone.
    """

    def __init__(
        self, book: PromotionBook, promoted: Promoted, layer: Layer = Layer.ORDER
    ) -> None:
        alone = {x.promotion_id for x in book.promotions if x.exclusive}
        self._claims: dict[str, list[tuple[Claim, bool]]] = {}
        self._closed: set[str] = set()  # lines with units in an order deal of its own
        for one in promoted.applications:
            is_alone = one.promotion_id in alone
            for claim in one.claims:
                if one.layer < layer:
                    known = self._claims.setdefault(claim.line_id, [])
                    known.append((claim, is_alone))
                if is_alone and one.layer is not Layer.ITEM:
                    self._closed.add(claim.line_id)

    def minor(self, promotion: Promotion, line: OfferedLine) -> int:
        """Return the amount of a line that counts; units that stand alone never do."""
        deal = promotion.deal
        is_net = isinstance(deal, SpendDeal) and deal.qualifies is Qualifies.NET
        return self._of(promotion, line, is_net=is_net)

    def is_closed(self, promotion: Promotion, line: OfferedLine) -> bool:
        """Tell whether an order deal that stands alone has a line to itself."""
        is_order = isinstance(promotion.deal, SpendDeal)
        return is_order and not promotion.exclusive and line.line_id in self._closed

    def left_minor(self, promotion: Promotion, line: OfferedLine) -> int:
        """Return what the units of a line that count cost after item deals."""
        return self._of(promotion, line, is_net=True)

    def _of(self, promotion: Promotion, line: OfferedLine, *, is_net: bool) -> int:
        takes_all = promotion.accepts_discounted
        if line.is_lowered and not takes_all:
            return 0
        if self.is_closed(promotion, line):
            return 0
        is_order = isinstance(promotion.deal, SpendDeal)
        minor = line.unit_minor * line.count
        for claim, is_closed in self._claims.get(line.line_id, ()):
            for count, saving in claim.savings:
                if is_closed or (is_order and saving and not takes_all):
                    minor -= line.unit_minor * count
                elif is_net:
                    minor -= saving * count
        return max(0, minor)


def missing_for(
    promotion: Promotion, parts: Sequence[tuple[OfferedLine, int]], counted: Counted
) -> Missing:
    """Return what is lacking for one more use.

    Args:
        promotion: which.
        parts: lines that it may take, and the bits of its selectors that name them.
        counted: what they count for a threshold.
    """
    deal = promotion.deal
    spent = sum(counted.minor(promotion, line) for line, roles in parts if roles & 1)
    match deal:
        case NthDeal(every=size) | NForDeal(count=size):
            return Missing(units=_to_a_group(size, parts))
        case TierDeal(breaks=breaks):
            thousandths = sum(line.quantity_thousandths for line, _ in parts)
            numbers = [x.quantity for x in breaks if x.quantity.is_finite()]
            return _to_the_break([int(x * 1000) for x in numbers], thousandths)
        case SpendDeal(tiers=tiers):
            return _to_a_threshold(
                [x.threshold_minor for x in tiers], spent, deal.repeats
            )
    return _of_parts(deal, parts, spent)


def _of_parts(
    deal: Deal, parts: Sequence[tuple[OfferedLine, int]], spent: int
) -> Missing:
    """Return what is lacking for a bundle or a gift."""
    if isinstance(deal, GiftDeal) and deal.threshold_minor:
        given = [  # what is given does not count; what costs no more is no gift
            line.unit_minor if roles & 1 else 0
            for line, roles in parts
            if roles & 2 and line.unit_minor > deal.price_minor
        ]
        lacking = max(0, deal.threshold_minor - spent + min(given, default=0))
        if lacking:
            return Missing(minor=lacking, of_minor=deal.threshold_minor)
        return Missing(units=0 if given else 1, role=1)
    if isinstance(deal, GiftDeal):
        wanted = [deal.count, 1]
    elif isinstance(deal, BundleDeal):
        wanted = [slot.count for slot in deal.slots]
    else:
        return Missing()
    left = {line.line_id: line.count for line, _ in parts}
    units, first = 0, 0
    # Goods that fit the fewest parts are laid first, so that they are not wanted twice.
    for role, count in enumerate(wanted):
        fitting = [x for x in parts if x[1] >> role & 1]
        for line, _ in sorted(fitting, key=lambda x: x[1].bit_count()):
            n = min(count, left[line.line_id])
            left[line.line_id] -= n
            count -= n  # noqa: PLW2901 - what is still wanted of this part
        if count:
            first = first if units else role
            units += count
    return Missing(units=units, role=first)


def _to_a_threshold(thresholds: Sequence[int], amount: int, repeats: bool) -> Missing:  # noqa: FBT001 - as the deal says
    threshold = min((x for x in thresholds if x > amount), default=0)
    each = min(thresholds, default=0)
    if repeats and each > 0:
        threshold = (amount // each + 1) * each
    return Missing(minor=max(0, threshold - amount), of_minor=threshold)


def _to_a_group(size: int, parts: Sequence[tuple[OfferedLine, int]]) -> int:
    """Return how many units an unfinished group lacks; of none at all a whole one."""
    units = sum(line.count for line, _ in parts if line.is_counted)
    return -units % size if units and size > 0 else max(0, size)


def _to_the_break(breaks: Sequence[int], thousandths: int) -> Missing:
    above = [one for one in breaks if one > thousandths]
    return Missing(units=-((thousandths - min(above)) // 1000) if above else 0)
