"""The shop's rules as their page shows them, and as a person sets them."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.permission import Permission, Role
from pos_app.domain.policy import ALWAYS_ALONE, FOUR_EYES_CHOICES
from pos_app.i18n import N_, _, current_language
from pos_app.values.money import parse_minor
from ui.format import amount, money, symbol_of
from ui.presenters.approval_words import action_name
from ui.presenters.settings_rules_state import RulesView, TwoPeopleView
from ui.presenters.workplace import Workplace

RULE, TWO_PEOPLE = "rule_", "two_people_"
_AMOUNTS = ("difference_limit_minor", "float_minor")
_DAYS = ("return_days", "no_receipt_days")
#: What each rule is called on the screen.
RULE_NAMES = {
    "rule_return_days": N_("Days with a receipt"),
    "rule_no_receipt_days": N_("Days without a receipt"),
    "rule_refunds_to_original": N_("Refund the way it was paid"),
    "rule_exchange_keeps_price": N_("Exchange keeps the price paid"),
    "rule_shift_scope": N_("A shift is counted for"),
    "rule_shift_opening": N_("Opening a shift"),
    "rule_float_minor": N_("Usual float"),
    "rule_difference_limit_minor": N_("Difference limit"),
    **{
        f"{TWO_PEOPLE}{action.value}": N_("Always two people")
        for action in Permission
        if action not in ALWAYS_ALONE
    },
}
#: (action, whether it has no limit) -> words.
_REACHES = {
    (Permission.RETURN, False): N_("refund up to {amount}"),
    (Permission.RETURN, True): N_("refund without limit"),
    (Permission.PAID_OUT, False): N_("paid out up to {amount}"),
    (Permission.PAID_OUT, True): N_("paid out without limit"),
}


def rules_view(work: Workplace) -> RulesView:
    """Return the rules in force."""
    desk, currency = work.counter.desk, work.currency
    policy = desk.shop.policy
    days = policy.return_days
    return RulesView(
        symbol=symbol_of(currency).strip(),
        return_days="" if days is None else str(days),
        no_receipt_days=str(policy.no_receipt_days),
        refunds_to_original=policy.refunds_to_original,
        exchange_keeps_price=policy.exchange_keeps_price,
        shift_scope=policy.shift_scope.value,
        shift_opening=policy.shift_opening.value,
        float_text=amount(policy.float_minor, currency),
        limit_text=amount(policy.difference_limit_minor, currency),
        open_shifts=len(work.counter.shift.open_shifts()),
        two_people=_two_people(policy.four_eyes),
        roles=_roles(work),
    )


def rule_change(work: Workplace, key: str, value: object) -> Callable[[], None]:
    """Return what changes a rule, for another thread than the screen's.

    Args:
        work: of this till.
        key: one of `RULE_NAMES`.
        value: as the field gives it: a text typed, the key of a choice, on or off.

    Raises:
        UserError: what does not fit, in the words of its field.
    """
    if key.startswith(TWO_PEOPLE):
        action = Permission(key.removeprefix(TWO_PEOPLE))
        return work.upkeep.four_eyes_change(action, needs_two=value is True)
    field = key.removeprefix(RULE)
    if field in _AMOUNTS:
        return work.upkeep.rule_change(field, parse_minor(str(value), work.currency))
    if field in _DAYS:
        return work.upkeep.rule_change(field, _days(str(value).strip()))
    return work.upkeep.rule_change(field, value)


def _days(text: str) -> object:
    """Read days; nothing typed is None, and what is no number stays as it is."""
    if not text:
        return None
    return int(text) if text.isdecimal() else text


def _two_people(four_eyes: tuple[Permission, ...]) -> tuple[TwoPeopleView, ...]:
    """Return the usual actions, then others that the shop was set up with."""
    others = tuple(x for x in four_eyes if x not in FOUR_EYES_CHOICES)
    return tuple(
        TwoPeopleView(
            f"{TWO_PEOPLE}{action.value}",
            action_name(action.value),
            action in four_eyes,
        )
        for action in (*FOUR_EYES_CHOICES, *others)
        if action not in ALWAYS_ALONE
    )


def _roles(work: Workplace) -> tuple[str, ...]:
    """Return one line for each role that somebody has, in the order of the staff."""
    roles = {x.role.key: x.role for x in work.counter.desk.catalog.staff()}
    return tuple(_reach(role, work.currency) for role in roles.values())


def _reach(role: Role, currency: str) -> str:
    """Say how far a role goes by itself: discount, refund, paid-out."""
    parts = []
    may = role.permissions
    if Permission.DISCOUNT in may or Permission.PRICE_OVERRIDE in may:
        cap = str(role.limits.discount_cap)
        parts.append(_("discount up to {percentage}", percentage=cap))
    limits = role.limits
    caps = {
        Permission.RETURN: limits.refund_cap_minor,
        Permission.PAID_OUT: limits.paid_out_cap_minor,
    }
    for action, cap_minor in caps.items():
        if action in may:
            message = _REACHES[action, cap_minor is None]
            most = "" if cap_minor is None else money(cap_minor, currency)
            parts.append(_(message, amount=most))
    name = role.name_in(current_language())
    reach = " · ".join(parts) or _("none of these")
    return _("{role}: {reach}", role=name, reach=reach)
