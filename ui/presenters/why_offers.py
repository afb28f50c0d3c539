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
    if found.missing_minor:
        missing = short_money(found.missing_minor, currency)
        return NearlyView(
            words("{amount} more for {offer}", amount=missing, offer=name),
            save,
            promotion_id=found.promotion_id,
        )
    title = words.plural(
        "{count} more: {offer}",
        "{count} more: {offer}",
        found.missing_units,
        offer=name,
    )
    detail = " · ".join(x for x in (save, goods) if x)
    key = words("Add 1 more") if found.line_id or found.unit_id else ""
    return NearlyView(
        title, detail, key, found.line_id, found.unit_id, found.promotion_id
    )
