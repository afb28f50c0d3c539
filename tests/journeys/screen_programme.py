"""The back office's programme, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.screen_office import part_of
from tests.journeys.screen_till import ScreenTill


def programme_views(till: ScreenTill) -> Iterator[str]:
    """Show each section, one that is switched on, a refused one, and tiers."""
    till.press("go-programme")
    part = part_of(till)
    for section in ("earn", "burn", "life", "tier_rules", "proof", "value"):
        part.on_row(section)
        yield f"programme, {section}"
    for section in ("earn", "burn"):
        part.on_row(section)
        part.on_edited(f"{section}_on", "1")
        yield f"programme, {section} switched on"
        part.throw_away()
    part.on_row("proof")
    part.on_edited("coupon_limit", "x")
    part.on_save()
    yield "programme, a number that means nothing"
    part.throw_away()
    part.on_view("tiers")
    part.on_add()
    part.on_edited("name", "金卡")
    part.on_edited("asks", "1000")
    yield "programme, a new tier"
    part.throw_away()
    part.on_view("multipliers")
    part.on_add()
    part.on_edited("search", "T")
    yield "programme, more points for goods"
    part.throw_away()
    part.on_view("limits")
    for group in ("states", "card", "points", "people"):
        part.on_row(group)
        yield f"programme, limits of {group}"
    part.on_edited("payers", "1")
    part.on_save()
    yield "programme, a limit that means nothing"
    part.throw_away()
    part.on_view("programme_rules")
