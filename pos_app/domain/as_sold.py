"""Goods that were in a promotion still are, whatever became of them since.

A sold line knows its item and category, not the brand, tags, variants and floor that
its goods had. Where the catalogue of today no longer says what put them into the
promotion, the sale does: they are named in it by their unit, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.application import Application, Claim
from pos_app.domain.promotion.deal import BundleDeal, Deal, GiftDeal
from pos_app.domain.promotion.matching import selectors_of, selects
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import GoodsFacts, Selector
from pos_app.domain.sale import Sale, SaleLine

_GIFT_ROLE = 1


@dataclass(frozen=True, slots=True)
class AsSold:
    """A promotion and goods for asking it anew.

    Attributes:
        promotion: names what was in it. orphans: unit ids that only this names.
        units: what the catalogue says, with no floor above what goods were sold at.
    """

    promotion: Promotion
    units: Mapping[str, SellingUnit]
    orphans: frozenset[str] = frozenset()


def as_sold(
    sale: Sale,
    uses: Sequence[Application],
    catalogue: AsSold,
    parents: Mapping[str, str],
) -> AsSold:
    """Return promotion and goods as they were when goods were sold.

    Args:
        sale: the finished sale.
        uses: all uses of the promotion in it.
        catalogue: the promotion's stored version, and the goods as they are now.
        parents: category id -> the category above it.
    """
    deal, units = catalogue.promotion.deal, dict(catalogue.units)
    lines = {line.priced.line_id: line for line in sale.lines}
    claims = [(lines[x.line_id], x) for use in uses for x in use.claims]
    firsts = {line.unit_id: line for line, _claim in reversed(claims)}
    roles = {
        unit_id: _roles(deal, line, units.get(unit_id), parents)
        for unit_id, line in firsts.items()
    }
    filled = {role for found in roles.values() for role in found}
    for line, claim in claims:
        known = units.get(line.unit_id)
        least_minor = _least_minor(claim)
        if known is not None and known.floor_minor > least_minor:
            units[line.unit_id] = replace(known, floor_minor=least_minor)
        if not roles[line.unit_id]:
            for role in _lost_roles(deal, claim, filled):
                deal = _naming(deal, role, line.unit_id)
    orphans = frozenset(unit_id for unit_id, found in roles.items() if not found)
    return AsSold(replace(catalogue.promotion, deal=deal), units, orphans)


def _roles(
    deal: Deal,
    line: SaleLine,
    known: SellingUnit | None,
    parents: Mapping[str, str],
) -> tuple[int, ...]:
    """Return which of a deal's selectors still name the goods of a line."""
    facts = GoodsFacts(
        line.unit_id,
        line.item_id,
        (known.parent_id if known else None) or "",
        line.category_id,
        known.brand if known else "",
        known.tags if known else (),
    )
    selectors = enumerate(selectors_of(deal))
    return tuple(role for role, one in selectors if selects(one, facts, parents))


def _lost_roles(deal: Deal, claim: Claim, filled: set[int]) -> Iterator[int]:
    """Yield what goods may have been in a deal that no longer names them.

    In a bundle they filled a slot that nothing else of the sale fills; where others
    fill all of them, any.
    """
    if isinstance(deal, GiftDeal):
        yield _GIFT_ROLE if claim.is_reduced else 0
        return
    count = len(selectors_of(deal))
    yield from sorted(set(range(count)) - filled) or range(count)


def _naming(deal: Deal, role: int, unit_id: str) -> Deal:
    """Return a deal one of whose selectors names a unit, too."""
    if isinstance(deal, BundleDeal):
        slots = list(deal.slots)
        slots[role] = replace(slots[role], goods=_with(slots[role].goods, unit_id))
        return replace(deal, slots=tuple(slots))
    if isinstance(deal, GiftDeal) and role == _GIFT_ROLE:
        return replace(deal, gift=_with(deal.gift, unit_id))
    return replace(deal, goods=_with(deal.goods, unit_id))


def _with(selector: Selector, unit_id: str) -> Selector:
    include = selector.include
    ids = tuple(dict.fromkeys((*include.unit_ids, unit_id)))
    return replace(selector, include=replace(include, unit_ids=ids))


def _least_minor(claim: Claim) -> int:
    """Return what the cheapest of some units cost after the promotion, at least."""
    dearest = max((saving for _count, saving in claim.savings), default=0)
    return max(0, claim.base_minor // claim.count - dearest)
