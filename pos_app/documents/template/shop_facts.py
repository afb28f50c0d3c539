"""The shop as a template sees it, the same on every slip."""

from __future__ import annotations

from pos_app.documents.heading import phone_words, tax_number_words
from pos_app.documents.template.fields import Facts, frozen
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipStyle
from pos_app.i18n import Words


def shop_facts(shop: Shop, words: Words, style: SlipStyle) -> Facts:
    """Return the shop's facts, as the style wants them."""
    return frozen(
        name=shop.name_in(words.language),
        address=shop.address if style.address else "",
        phone=shop.phone,
        phone_words=phone_words(shop, words) if style.phone else "",
        tax_number=shop.tax_number,
        tax_number_words=tax_number_words(shop, words) if style.tax_number else "",
        till=shop.till,
    )
