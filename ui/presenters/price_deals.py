"""The promotions that goods are in, as whoever asks for their price hears them."""

from __future__ import annotations

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_terms import (
    audience_words,
    limit_words,
    trigger_words,
    when_words,
)
from pos_app.documents.promotion_words import deal_sentence
from pos_app.i18n import current_language
from pos_app.services.price_answer import AnsweredDeal, PriceAnswer
from ui.format import amount
from ui.presenters.price_check_state import PriceDeal
from ui.presenters.promotion_names import GoodsNames
from ui.presenters.workplace import Workplace

#: So many find room below the price.
SHOWN = 6


def price_deals(work: Workplace, answer: PriceAnswer) -> tuple[PriceDeal, ...]:
    """Return the promotions of an answer in the cashier's language."""
    language = current_language()
    names = GoodsNames(work.counter.desk.catalog, work, language)
    speech = Speech(language, work.currency, names, work.zone)
    return tuple(_deal(x, speech) for x in answer.deals[:SHOWN])


def _deal(found: AnsweredDeal, speech: Speech) -> PriceDeal:
    promotion = found.promotion
    terms = (
        deal_sentence(promotion.deal, speech),
        audience_words(speech, promotion.audience),
        trigger_words(speech, promotion.trigger),
        when_words(speech, promotion.schedule),
        limit_words(speech, promotion.limits),
    )
    return PriceDeal(
        promotion.name_in(speech.language),
        " · ".join(term for term in terms if term),
        found.is_used,
        found.cause is None,
        amount(found.then_minor, speech.currency)
        if found.then_minor is not None
        else "",
    )
