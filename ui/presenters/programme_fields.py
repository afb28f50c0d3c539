"""The fields of the programme's sections, in words."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.i18n import N_, _
from ui.presenters.office_form_state import FieldKind, FieldView, Option
from ui.presenters.programme_values import Values

#: Sections of the programme: title, icon is the page's.
SECTIONS = {
    "earn": N_("Earning points"),
    "burn": N_("Using points"),
    "life": N_("How long points live"),
    "tier_rules": N_("How tiers are won and kept"),
    "proof": N_("What a recognition allows"),
    "value": N_("Stored value and gift cards"),
}
_NUMBER_SIGNS, _AMOUNT_SIGNS = 9, 15
_LABELS = {
    "earn_points": N_("Points"),
    "earn_per": N_("for each amount of"),
    "earn_from": N_("Only sales from this amount on"),
    "earn_per_sale": N_("At most in one sale, empty for any"),
    "earn_per_day": N_("At most on one day, empty for any"),
    "burn_points": N_("So many points"),
    "burn_worth": N_("are worth"),
    "burn_least": N_("At least so many at once"),
    "burn_per_sale": N_("At most in one sale, empty for any"),
    "burn_per_day": N_("At most on one day, empty for any"),
    "burn_share": N_("At most this part of a sale, in per cent"),
    "life_months": N_("Months"),
    "pending_days": N_("Days that points wait before they can be used"),
    "grace_days": N_("Days that points live which come back after their end"),
    "tier_return_days": N_("Days in which a return takes an upgrade back"),
    "copyable_burn": N_("Points with a card or a code that can be copied"),
    "medium_burn": N_("Points with the phone number typed by the customer"),
    "fresh_minutes": N_("Minutes until a recognition fades"),
    "coupon_limit": N_("Coupons in one basket"),
    "value_share": N_("At most this part of a sale, in per cent"),
    "value_least": N_("Not for less than"),
    "value_free": N_("Up to this amount without a proof"),
    "value_most": N_("At most in one account, empty for any"),
    "bonus_days": N_("Days that a bonus lives, 0 for ever"),
}


def fields_of(section: str, values: Values, example: str) -> Sequence[FieldView]:
    """Return the fields of a section.

    Args:
        section: key of `SECTIONS`.
        values: what stands in them.
        example: what the rules make of a sale, in words.
    """
    found = {
        "earn": _earn,
        "burn": _burn,
        "life": _life,
        "tier_rules": _tier_rules,
        "proof": _proof,
        "value": _value,
    }[section](values)
    note = FieldView(FieldKind.NOTE, "example", detail=example)
    return (found[0], note, *found[1:]) if example else found


def _text(key: str, values: Values, *, is_amount: bool = False) -> FieldView:
    signs = _AMOUNT_SIGNS if is_amount else _NUMBER_SIGNS
    label = _(_LABELS[key])
    return FieldView(FieldKind.TEXT, key, label, values.get(key, ""), limit=signs)


def _switch(key: str, words: tuple[str, str], values: Values) -> FieldView:
    label, detail = words
    return FieldView(FieldKind.SWITCH, key, label, values.get(key, ""), detail)


def _pick(
    key: str, label: str, options: tuple[Option, ...], values: Values
) -> FieldView:
    return FieldView(FieldKind.PICK, key, label, values.get(key, ""), options=options)


def _earn(values: Values) -> tuple[FieldView, ...]:
    on = _switch(
        "earn_on",
        (
            _("Sales earn points"),
            _("Off: members keep what they have, nothing is added"),
        ),
        values,
    )
    if not values.get("earn_on"):
        return (on,)
    basis = (
        Option("with_tax", _("Of what is paid, tax included")),
        Option("without_tax", _("Of the amount without tax")),
    )
    steps = _("Off: parts of the amount earn their part")
    return (
        on,
        _text("earn_points", values),
        _text("earn_per", values, is_amount=True),
        _switch("earn_steps", (_("Only whole amounts earn"), steps), values),
        _pick("earn_basis", _("Counted of"), basis, values),
        _text("earn_from", values, is_amount=True),
        _text("earn_per_sale", values),
        _text("earn_per_day", values),
        _switch("earns_points", (_("What points pay earns again"), ""), values),
        _switch("earns_stored_value", (_("What stored value pays earns"), ""), values),
        _switch("earns_gift_card", (_("What gift cards pay earns"), ""), values),
    )


def _burn(values: Values) -> tuple[FieldView, ...]:
    on = _switch(
        "burn_on",
        (_("Points can be used"), _("Off: points are collected, and buy nothing")),
        values,
    )
    if not values.get("burn_on"):
        return (on,)
    ways = (
        Option("discount", _("As a discount: price and tax go down")),
        Option("tender", _("As a payment: price and tax stay")),
    )
    return (
        on,
        _text("burn_points", values),
        _text("burn_worth", values, is_amount=True),
        _pick("burn_as", _("How they are used"), ways, values),
        _text("burn_least", values),
        _text("burn_per_sale", values),
        _text("burn_per_day", values),
        _text("burn_share", values),
    )


def _life(values: Values) -> tuple[FieldView, ...]:
    kinds = (
        Option("never", _("They never end")),
        Option("rolling", _("On the day so many months later")),
        Option("month_end", _("At the end of that month")),
        Option("year_end", _("At the end of that year")),
    )
    kind = _pick("life_kind", _("When points end"), kinds, values)
    months = (
        () if values.get("life_kind") == "never" else (_text("life_months", values),)
    )
    return (
        kind,
        *months,
        _text("pending_days", values),
        _text("grace_days", values),
    )


def _tier_rules(values: Values) -> tuple[FieldView, ...]:
    metric = (
        Option("spend", _("What was spent")),
        Option("visits", _("Days with a purchase")),
    )
    window = (
        Option("rolling_year", _("In the last twelve months")),
        Option("calendar_year", _("In the calendar year")),
    )
    fall = (
        Option("one_level", _("One tier at a time")),
        Option("to_level", _("To the tier that was reached")),
    )
    return (
        _pick("metric", _("What counts"), metric, values),
        _pick("window", _("Counted"), window, values),
        _pick("downgrade", _("Who does not keep a tier falls"), fall, values),
        _text("tier_return_days", values),
    )


def _proof(values: Values) -> tuple[FieldView, ...]:
    keys = ("copyable_burn", "medium_burn", "fresh_minutes", "coupon_limit")
    said = _(
        "Points can always be earned. A code that changes, or the member's PIN, allows "
        "everything."
    )
    fields = tuple(_text(key, values) for key in keys)
    return (*fields, FieldView(FieldKind.NOTE, "proof_note", detail=said))


def _value(values: Values) -> tuple[FieldView, ...]:
    wallets = _("Members pay in beforehand and pay from it")
    amounts = ("value_least", "value_free", "value_most")
    found = [
        _switch("value_on", (_("Stored value"), wallets), values),
        _switch("gift_cards_on", (_("Gift cards"), _("Whoever has the code")), values),
        _text("value_share", values),
        *(_text(key, values, is_amount=True) for key in amounts),
        _text("bonus_days", values),
        FieldView(FieldKind.HEAD, "offers", _("Bonus of a top-up")),
    ]
    for at in range(3):
        for key, label in (
            (f"offer_paid_{at}", _("Pays in at least")),
            (f"offer_bonus_{at}", _("gets on top")),
        ):
            text = values.get(key, "")
            found.append(
                FieldView(FieldKind.TEXT, key, label, text, limit=_AMOUNT_SIGNS)
            )
    return tuple(found)
