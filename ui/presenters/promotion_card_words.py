"""What the cards of a promotion are called, and what can be chosen on them."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.promotion.promotion import (
    AudienceKind,
    LimitPeriod,
    ReturnBasis,
    Trigger,
    TriggerKind,
)
from pos_app.i18n import N_, _

#: The field that every card with one number has.
VALUE = "value"
#: Before the key of a role, in the name of its field.
ROLE = "role:"
TITLES = {
    "goods": N_("Which goods"),
    "gift": N_("What is given"),
    "off": N_("What comes off"),
    "count": N_("How many pieces"),
    "every": N_("Of how many pieces"),
    "cheapest": N_("How many of them"),
    "gift_count": N_("How many are given"),
    "price": N_("At what price"),
    "threshold": N_("From what amount on"),
    "most": N_("At most so much off"),
    "when": N_("When"),
    "audience": N_("For whom"),
    "limits": N_("How often"),
    "where": N_("Where"),
    "name": N_("What it is called"),
    "trigger": N_("What makes it apply"),
    "together": N_("With other deals"),
    "priority": N_("When two save the same"),
    "funding": N_("Who bears the cost"),
    "returns": N_("When goods come back"),
    "qualifies": N_("Which amount counts"),
    "counts": N_("What is counted"),
}
AUDIENCES = {
    AudienceKind.EVERYONE: N_("Everybody"),
    AudienceKind.MEMBER: N_("Members"),
    AudienceKind.TIER: N_("Members of a tier"),
    AudienceKind.NEWCOMER: N_("New customers"),
    AudienceKind.BIRTHDAY: N_("Birthday month"),
    AudienceKind.BIRTH_DATE: N_("On the birthday"),
    AudienceKind.TAG: N_("Members with a tag"),
    AudienceKind.STAFF: N_("Our own staff"),
}
TRIGGERS = {
    TriggerKind.AUTO: N_("By itself"),
    TriggerKind.COUPON: N_("A coupon names it"),
    TriggerKind.MANUAL: N_("The cashier chooses it"),
}
RETURNS = {
    ReturnBasis.PRORATED: N_("Each piece gives back what was paid for it"),
    ReturnBasis.RECOMPUTE: N_("What is kept is priced anew"),
}
TOGETHER = {
    "yes": N_("Later deals come off the rest"),
    "list_only": N_("Not for goods already lowered"),
    "alone": N_("Stands alone"),
}
PERIODS = {
    LimitPeriod.DAY: N_("a day"),
    LimitPeriod.WEEK: N_("a week"),
    LimitPeriod.MONTH: N_("a month"),
    LimitPeriod.EVER: N_("ever"),
}


def title_of(key: str) -> str:
    """Return what a card is called."""
    return _(TITLES[key.partition(":")[0]])


def return_words(basis: ReturnBasis) -> str:
    """Say shortly what a return gives back."""
    if basis is ReturnBasis.RECOMPUTE:
        return _("the rest is priced anew")
    return _("what was paid")


def trigger_words(trigger: Trigger, roles: Sequence[tuple[str, str]]) -> str:
    """Say what makes it apply, and who alone may choose it; roles: (key, name)."""
    who = [name for key, name in roles if key in trigger.roles]
    if who:
        return _("{who} chooses it", who=" · ".join(who))
    return _(TRIGGERS[trigger.kind])


def amount_words(key: str) -> str:
    """Say shortly which amount is held against a threshold."""
    return _("before other deals") if key == "list" else _("after other deals")


def count_words(key: str) -> str:
    """Say shortly what a quantity break counts."""
    return _("all its goods together") if key == "goods" else _("each item by itself")
