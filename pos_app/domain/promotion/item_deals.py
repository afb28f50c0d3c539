"""Layer L1, the item deals: each unit in one deal at most, the most saved in all.

Deals that stand alone (`exclusive`) are dealt with first and by themselves; what they
take is closed for every other deal and every later layer. So of their choices that save
the same the one of fewest units is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.domain.promotion.allocation import Handing
from pos_app.domain.promotion.application import NOT_PROMOTED, Application, Promoted
from pos_app.domain.promotion.book import PromotionBook
from pos_app.domain.promotion.choosing import choose
from pos_app.domain.promotion.effort import FULL_SEARCH, effort_of
from pos_app.domain.promotion.holding import holds, uses_left
from pos_app.domain.promotion.layout import Entrant
from pos_app.domain.promotion.matching import selectors_of
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.stacks import Stack, stacks_of


def item_deals(
    lines: Sequence[OfferedLine], offers: Offers, budget: int = FULL_SEARCH
) -> Promoted:
    """Return the best choice of item deals for a basket.

    The same goods give the same result in any order of lines; of equal units in
    several lines those of the earlier line are handed out first.

    Args:
        lines: at their L0 prices.
        offers: the promotions, and for whom, when and where.
        budget: states that the search may look at.
    """
    if not offers.book.promotions:
        return NOT_PROMOTED
    named = _named(lines, offers)
    handing = Handing(lines)
    found: list[Application] = []
    is_optimal, nodes, effort = True, 0, effort_of(budget)
    for exclusive in (True, False):
        if not any(x.exclusive is exclusive for x in named.values()):
            continue
        open_lines = [
            (position, line, line.count - handing.taken.get(position, 0))
            for position, line in enumerate(lines)
            if line.is_open
            and line.may_lower
            and any(x.index in named for x in offers.book.matching(line.goods))
        ]
        stacks = stacks_of(part for part in open_lines if part[2] > 0)
        entrants = entrants_of(stacks, named, offers, exclusive=exclusive)
        chosen = choose(stacks, entrants, budget - nodes, effort)
        found += handing.applications(stacks, chosen)
        is_optimal = is_optimal and chosen.packed.is_optimal
        nodes += chosen.packed.nodes
    return Promoted(tuple(found), is_optimal, nodes, offers.book.version)


def closed_units(
    applications: Sequence[Application], book: PromotionBook
) -> Mapping[str, int]:
    """Return how many units of each line stand alone: closed for all later layers.

    They are the first units of the line in the stored order, since what stands
    alone is handed out first.
    """
    alone = {x.promotion_id for x in book.promotions if x.exclusive}
    closed: dict[str, int] = {}
    for one in applications:
        if one.promotion_id in alone:
            for claim in one.claims:
                closed[claim.line_id] = closed.get(claim.line_id, 0) + claim.count
    return closed


def _named(lines: Sequence[OfferedLine], offers: Offers) -> dict[int, Promotion]:
    """Return the item deals that name anything in the basket and hold now, by rank."""
    book = offers.book
    ranks = {
        match.index
        for goods in {line.goods for line in lines}
        for match in book.matching(goods)
    }
    return {
        rank: book.promotions[rank]
        for rank in sorted(ranks)
        if book.promotions[rank].layer is Layer.ITEM
        and holds(book.promotions[rank], offers.occasion)
    }


def entrants_of(
    stacks: Sequence[Stack],
    named: Mapping[int, Promotion],
    offers: Offers,
    *,
    exclusive: bool,
) -> list[Entrant]:
    """Return the promotions of one round, with the stacks that each may take."""
    pools: dict[int, list[list[int]]] = {
        rank: [[] for _ in selectors_of(promotion.deal)]
        for rank, promotion in named.items()
        if promotion.exclusive is exclusive
    }
    for at, stack in enumerate(stacks):
        for match in offers.book.matching(stack.goods):
            roles = pools.get(match.index)
            if roles is None:
                continue
            if stack.is_lowered and not named[match.index].accepts_discounted:
                continue
            for role, pool in enumerate(roles):
                if match.roles >> role & 1:
                    pool.append(at)
    entrants = (
        Entrant(
            named[rank],
            tuple(tuple(pool) for pool in roles),
            uses_left(named[rank], offers.occasion),
        )
        for rank, roles in pools.items()
        if all(roles)
    )
    return [entrant for entrant in entrants if entrant.is_possible]
