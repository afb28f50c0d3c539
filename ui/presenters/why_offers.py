"""Offers that are nearly reached, in words."""

from __future__ import annotations

from pos_app.domain.promotion.explanation import Nearly
from pos_app.i18n import Words
from ui.format import money, short_money
from ui.presenters.why_price_state import NearlyView


def nearly_view(found: Nearly, currency: str, words: Words, goods: str) -> NearlyView:
    """Write what is missing and what it would save.

    Args:
        found: what is nearly reached.
        currency: of its amounts.
        words: of the reader's language.
        goods: the name of what would do it; "" where any of many would.
    """
    name = dict(found.names).get(words.language, found.name)
    saving = money(found.saving_minor, currency)
    save = words("Saves {amount} more", amount=saving)
    icon = "ticket" if found.coupon_id else "lightning"
    if found.missing_minor:
        title = _amount_more(found, name, currency, words)
        return NearlyView(title, save, promotion_id=found.promotion_id, icon=icon)
    title = _pieces_more(found, name, words)
    detail = " · ".join(x for x in (save, goods) if x)
    key = words("Add 1 more") if found.line_id or found.unit_id else ""
    return NearlyView(
        title, detail, key, found.line_id, found.unit_id, found.promotion_id, icon
    )


def _amount_more(found: Nearly, name: str, currency: str, words: Words) -> str:
    missing = short_money(found.missing_minor, currency)
    if found.coupon_id:
        return words("{amount} more for the coupon {name}", amount=missing, name=name)
    return words("{amount} more for {offer}", amount=missing, offer=name)


def _pieces_more(found: Nearly, name: str, words: Words) -> str:
    if found.coupon_id:
        return words.plural(
            "{count} more for the coupon {name}",
            "{count} more for the coupon {name}",
            found.missing_units,
            name=name,
        )
    return words.plural(
        "{count} more: {offer}",
        "{count} more: {offer}",
        found.missing_units,
        offer=name,
    )
