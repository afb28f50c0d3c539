"""What a member's tier gives: the price level of the basket, and more points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.loyalty.tier_moves import standing
from pos_app.domain.promotion.occasion import Shopper
from pos_app.ports.points import PointBooks
from pos_app.services.desk import Desk
from pos_app.services.person import person_ids


def tier_named(programme: Programme, key: str) -> Tier | None:
    """Return a tier of the programme; None for "" and for one that is gone."""
    return next((tier for tier in programme.tiers if tier.key == key), None)


def tier_of(books: PointBooks, ids: Sequence[str]) -> str:
    """Return the key of a person's tier, "" for none."""
    return standing(books.tier_moves(ids)).tier


def with_tier(desk: Desk, shopper: Shopper) -> Shopper:
    """Return a customer with the tier and the price level that it gives.

    Args:
        desk: whose ledger is asked, on its readers' thread.
        shopper: as recognised.
    """
    programme = desk.ledger.points.programme()
    if not programme.tiers:
        return replace(shopper, tier="", price_level="")
    key = tier_of(
        desk.ledger.points, person_ids(desk.ledger.members, shopper.member_id)
    )
    found = tier_named(programme, key)
    if found is None:
        return replace(shopper, tier="", price_level="")
    return replace(shopper, tier=key, price_level=found.benefits.price_level)
