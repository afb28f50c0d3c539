"""A promotion as one sentence, in each language of the till.

The back office writes it with blanks to tap, the counter's and the customer's "why",
slips, reports and the dry run as plain words: all from here.
"""

from __future__ import annotations

from pos_app.documents.promotion_deals import deal_pieces
from pos_app.documents.promotion_pieces import Piece, Pieces, fill_clause, text_of
from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_terms import (
    audience_words,
    limit_words,
    trigger_words,
    when_words,
    where_words,
)
from pos_app.domain.promotion.deal import Deal
from pos_app.domain.promotion.promotion import Promotion


def promotion_sentence(promotion: Promotion, speech: Speech) -> str:
    """Write a promotion as one sentence; what is usual is not said.

    "19:00 后 面包 7 折", "Everything: 10% off, for members".
    """
    return _capital(text_of(promotion_pieces(promotion, speech)), speech)


def deal_sentence(deal: Deal, speech: Speech) -> str:
    """Write a deal alone: what one does and gets, whoever and whenever."""
    return _capital(text_of(deal_pieces(speech, deal)), speech)


def terms_sentence(promotion: Promotion, speech: Speech) -> str:
    """Write when, for whom, by what and how often; "" where all of it is usual."""
    words = (term for _blank, term in _terms(promotion, speech))
    return " · ".join(term for term in words if term)


def promotion_pieces(
    promotion: Promotion, speech: Speech, *, is_whole: bool = False
) -> Pieces:
    """Return the sentence in pieces.

    Args:
        promotion: which.
        speech: who tells it.
        is_whole: says what is usual as well ("所有顾客"), so that each of the
            terms can be tapped.
    """
    told = dict(_terms(promotion, speech))
    usual = {
        "when": speech.plain("when.always"),
        "audience": speech.plain("audience.everyone"),
        "trigger": "",
        "limits": speech.plain("limits.none"),
        "alone": "",
        "where": "",
    }
    blanks: dict[str, Pieces] = {
        "deal": deal_pieces(speech, promotion.deal, is_whole=is_whole)
    }
    for name, words in told.items():
        shown = words or (usual[name] if is_whole else "")
        key = "lead" if name in {"when", "audience"} else "tail"
        piece = (Piece(shown, name),)
        blanks[name] = speech.clause(key, words=piece) if shown else ()
    return fill_clause(speech.phrases.clauses["sentence"], **blanks)


def _terms(promotion: Promotion, speech: Speech) -> tuple[tuple[str, str], ...]:
    alone = speech.plain("alone.yes") if promotion.exclusive else ""
    return (
        ("when", when_words(speech, promotion.schedule)),
        ("audience", audience_words(speech, promotion.audience)),
        ("trigger", trigger_words(speech, promotion.trigger)),
        ("limits", limit_words(speech, promotion.limits)),
        ("alone", alone),
        ("where", where_words(speech, promotion.stores, promotion.channels)),
    )


def _capital(words: str, speech: Speech) -> str:
    return words if speech.language.startswith("zh") else words[:1].upper() + words[1:]
