"""What a change of the shop's rules was, in words."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.i18n import N_, _
from pos_app.services.loyalty_reports import LIMITS
from ui.format import money
from ui.presenters.approval_words import action_name
from ui.presenters.limit_words import limit_changes
from ui.presenters.settings_rules import RULE, RULE_NAMES

_CHOICES = {
    "till": N_("The till"),
    "cashier": N_("Each cashier"),
    "ask": N_("Count the float first"),
    "auto": N_("Opens by itself"),
}


def rule_changes(
    body: Mapping[str, object], currency: str
) -> tuple[tuple[str, str], ...]:
    """Return what rules were before and are since: ("Usual float", "¥500 → ¥300").

    Args:
        body: of a `SETTINGS_CHANGED` entry.
        currency: ISO 4217 code of the shop.
    """
    if LIMITS in body:
        return limit_changes(body)
    policy = body.get("policy")
    if not isinstance(policy, dict):
        return ()
    before, after = policy.get("before"), policy.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return ()
    return tuple(
        (_name(key), f"{_value(key, before.get(key), currency)} → {said}")
        for key in sorted(after)
        for said in (_value(key, after[key], currency),)
    )


def _name(key: str) -> str:
    if key == "four_eyes":
        return _("Always two people")
    return _(RULE_NAMES.get(RULE + key, N_("Settings")))


def _value(key: str, value: object, currency: str) -> str:
    """Write a value of a policy as the page of the rules shows it."""
    if value is None:
        return _("Any number")
    if isinstance(value, bool):
        return _("On") if value else _("Off")
    if isinstance(value, int):
        return money(value, currency) if key.endswith("_minor") else str(value)
    if isinstance(value, list):
        return ", ".join(action_name(str(x)) for x in value) or _("None")
    return _(_CHOICES.get(str(value), N_("Cannot tell")))
