"""All cards, in the order in which they are best learnt."""

from __future__ import annotations

from pos_app.domain.training.after_sale import AFTER_SALE, SHIFT
from pos_app.domain.training.card import Card, CardKey
from pos_app.domain.training.selling import SELLING
from pos_app.domain.training.trouble import TROUBLE

CARDS: tuple[Card, ...] = (*SELLING, *AFTER_SALE, *TROUBLE, SHIFT)


def card_of(key: CardKey) -> Card:
    """Return a card by its key."""
    return next(card for card in CARDS if card.key is key)


def next_card(key: CardKey) -> CardKey:
    """Return the card behind a card; behind the last one the first."""
    keys = [card.key for card in CARDS]
    return keys[(keys.index(key) + 1) % len(keys)]
