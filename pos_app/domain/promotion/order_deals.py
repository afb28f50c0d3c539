"""L2: what is let go for the amount spent: 满减, 满折, 每满 (promotion kind `spend`)."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.holding import holds, uses_left
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.spending import best_of, spend_candidate, use


def standing_order_deals(offers: Offers) -> list[Promotion]:
    """Return the order deals that hold on this occasion, by priority, then id."""
    return [
        promotion
        for promotion in offers.book.promotions
        if promotion.layer is Layer.ORDER and holds(promotion, offers.occasion)
    ]


def order_deals(
    lines: Sequence[UnitLine], promotions: Sequence[Promotion], offers: Offers
) -> tuple[list[UnitLine], list[Application]]:
    """Take the best order deal of each stack group.

    Exclusive ones go first, the best of them alone: its units are for nothing else.
    The groups follow in the order of their names, each off what the one before it
    left; whether an amount is reached does not depend on the others.

    Args:
        lines: as item deals and discounts by hand left them.
        promotions: of `standing_order_deals`.
        offers: the book, and how often each was used before.

    Returns:
        The lines after it, and what was taken, in that order.
    """
    now, taken = list(lines), list[Application]()
    for group in _groups(promotions):
        found = (
            spend_candidate(
                offers.book, now, promotion, uses_left(promotion, offers.occasion)
            )
            for promotion in group
        )
        best = best_of([each for each in found if each is not None])
        if best is not None:
            now, application = use(now, best)
            taken.append(application)
    return now, taken


def _groups(promotions: Sequence[Promotion]) -> list[list[Promotion]]:
    alone = [promotion for promotion in promotions if promotion.exclusive]
    groups: dict[str, list[Promotion]] = {}
    for promotion in promotions:
        if not promotion.exclusive:
            groups.setdefault(promotion.stack_group, []).append(promotion)
    return [alone, *(groups[name] for name in sorted(groups))]
