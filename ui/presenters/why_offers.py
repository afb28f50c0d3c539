"""Offers that were not used, and those nearly reached, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pos_app.domain.promotion.explanation import Nearly, Refusal, RefusalCause
from pos_app.i18n import Words
from ui.format import amount, money, short_money
from ui.presenters.why_price_state import NearlyView, RefusedView

_Say = Callable[[Refusal, Words, str], str]


def refused_view(refusal: Refusal, currency: str, words: Words) -> RefusedView:
    """Write an offer that was not used, and what it would have saved."""
    saving = refusal.saving_minor
    return RefusedView(
        title=dict(refusal.names).get(words.language, refusal.name),
        reason=_CAUSES[refusal.cause](refusal, words, currency),
        amount=amount(-saving, currency) if saving else "",
        restore=refusal.promotion_id if refusal.cause is RefusalCause.DECLINED else "",
    )


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


def _winner(refusal: Refusal, words: Words) -> str:
    return dict(refusal.winner_names).get(words.language, refusal.winner_name)


def _cheaper(refusal: Refusal, words: Words, _currency: str) -> str:
    winner = _winner(refusal, words)
    if not winner:
        return words("Other offers save more on this basket")
    return words("“{offer}” was taken, it saves more", offer=winner)


def _excluded(refusal: Refusal, words: Words, _currency: str) -> str:
    winner = _winner(refusal, words)
    if not winner:
        return words("Not for goods that cost less already")
    return words("Cannot be added to “{offer}”", offer=winner)


def _more_units(refusal: Refusal, words: Words, _currency: str) -> str:
    return words.plural(
        "{count} more unit needed", "{count} more units needed", refusal.missing_units
    )


def _more_amount(refusal: Refusal, words: Words, currency: str) -> str:
    missing = money(refusal.missing_minor, currency)
    return words("{amount} more needed", amount=missing)


def _plain(message: Callable[[Words], str]) -> _Say:
    return lambda _refusal, words, _currency: message(words)


_CAUSES: Mapping[RefusalCause, _Say] = {
    RefusalCause.CHEAPER_TAKEN: _cheaper,
    RefusalCause.EXCLUDED_BY: _excluded,
    RefusalCause.MORE_UNITS: _more_units,
    RefusalCause.MORE_AMOUNT: _more_amount,
    RefusalCause.NOT_NOW: _plain(lambda words: words("Not at this time")),
    RefusalCause.NOT_FOR_CUSTOMER: _plain(lambda words: words("Not for this customer")),
    RefusalCause.USED_UP: _plain(lambda words: words("Used up")),
    RefusalCause.DECLINED: _plain(lambda words: words("Taken away from this sale")),
    RefusalCause.NOT_CHOSEN: _plain(
        lambda words: words("Has to be chosen, or named by a coupon")
    ),
    RefusalCause.PRICE_BY_HAND: _plain(
        lambda words: words("The line has a price given by hand")
    ),
    RefusalCause.AT_THE_FLOOR: _plain(
        lambda words: words("These goods cost their lowest price already")
    ),
    RefusalCause.NEVER_DISCOUNTED: _plain(
        lambda words: words("These goods are never reduced")
    ),
}
