"""The limits from which on the reports look at something, in words with their unit."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.i18n import N_, _
from pos_app.services.loyalty_reports import LIMITS

#: Kept in thousandths, typed in per cent.
PER_CENT = frozenset({"card_share_permille"})
#: What each limit is called; more than what stands there is found, or at least that.
LIMIT_NAMES: Mapping[str, str] = {
    "active": N_("At risk after more than so many days without a purchase"),
    "lost": N_("Lost after more than so many days without a purchase"),
    "card_uses_a_day": N_(
        "One member at one cashier on one day: more than so many tickets"
    ),
    "card_share_permille": N_(
        "One member on more than this part of a cashier's tickets, in per cent"
    ),
    "card_least": N_("… and on at least so many tickets of the period"),
    "weak_burn_points": N_(
        "Used by a member who was hardly recognised: more than so many points"
    ),
    "adjusted_points": N_("Changed by hand by one person: more than so many points"),
    "refunds_after_burn": N_(
        "Returns of sales that points paid, of one member: at least so many"
    ),
    "earned_a_day": N_("Earned by one member on one day: more than so many points"),
    "debt_days": N_("Owed by a member for more than so many days"),
    "payers": N_("Members that one payment reference paid for: at least so many"),
    "ring_least": N_("Members who brought each other: at least so many"),
    "phones": N_("Enrolments with one phone number: at least so many"),
}


def limit_text(key: str, number: int) -> str:
    """Write a limit as it is typed."""
    if key not in PER_CENT:
        return str(number)
    whole, rest = divmod(number, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def limit_changes(body: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return what limits were before and are since.

    Args:
        body: of a `SETTINGS_CHANGED` entry.
    """
    told = body.get(LIMITS)
    before = told.get("before") if isinstance(told, dict) else None
    after = told.get("after") if isinstance(told, dict) else None
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    return tuple(
        (_(name), f"{limit_text(key, before[key])} → {limit_text(key, after[key])}")
        for key, name in LIMIT_NAMES.items()
        if key in before and key in after
    )
