"""Promotions as plain JSON values and back: how they are stored, sent and written.

A deal says its kind, so that each kind is read as itself. What a newer program wrote
(a kind, a word, or a field that is not known here) is not guessed at: it is no
promotion of this program, and the text is kept as it is.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    DealKind,
    GiftDeal,
    NForDeal,
    NthDeal,
    SpendDeal,
    TierDeal,
    UnitDeal,
    kind_of,
)
from pos_app.domain.promotion.promotion import Promotion

DEALS: dict[str, type[Deal]] = {
    DealKind.UNIT: UnitDeal,
    DealKind.TIER: TierDeal,
    DealKind.NTH: NthDeal,
    DealKind.NFOR: NForDeal,
    DealKind.BUNDLE: BundleDeal,
    DealKind.GIFT: GiftDeal,
    DealKind.SPEND: SpendDeal,
}


class NotKnownHereError(ValueError):
    """A promotion that this program cannot read; `word` is what it stumbled over."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


def promotion_to_plain(promotion: Promotion) -> dict[str, Any]:
    """Return a promotion as JSON values; the deal says its kind."""
    plain = to_plain(promotion)
    deal = to_plain(promotion.deal)
    return {**plain, "deal": {"kind": kind_of(promotion.deal).value, **deal}}


def promotion_from_plain(plain: object) -> Promotion:
    """Return the promotion that JSON values describe.

    Raises:
        NotKnownHereError: with the kind, word or field that is not known here.
        ValueError: for what is no promotion at all (pydantic's own, with places).
    """
    if not isinstance(plain, dict) or not isinstance(plain.get("deal"), dict):
        raise ValueError("deal")  # noqa: TRY004 - of the file, not of the program
    said = dict(plain["deal"])
    kind = str(said.pop("kind", ""))
    if kind not in DEALS:
        raise NotKnownHereError(kind)
    deal = from_plain(DEALS[kind], said)
    promotion: Promotion = from_plain(Promotion, {**plain, "deal": deal})
    strange = _strange(plain, promotion_to_plain(promotion))
    if strange:
        raise NotKnownHereError(strange)
    return promotion


def promotion_to_text(promotion: Promotion) -> str:
    """Return a promotion as it is stored: JSON, sorted, without blanks."""
    plain = promotion_to_plain(promotion)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=4096)
def promotion_from_text(text: str) -> Promotion | None:
    """Return a stored promotion; None for one that is not known here.

    Each text is read once (0.4 ms): every thread's own reader then has it at once.
    """
    try:
        return promotion_from_plain(json.loads(text))
    except ValueError:
        return None


def name_and_kind(plain: object) -> tuple[str, str]:
    """Return what can be told of any promotion, one not known here too."""
    if not isinstance(plain, dict):
        return "", ""
    deal = plain.get("deal")
    kind = deal.get("kind", "") if isinstance(deal, dict) else ""
    return str(plain.get("name", "")), str(kind)


def _strange(said: object, understood: object) -> str:
    """Return the first field that was said and is not understood; "" for none."""
    if isinstance(said, dict) and isinstance(understood, dict):
        for key, value in said.items():
            if key not in understood:
                return str(key)
            found = _strange(value, understood[key])
            if found:
                return found
    if isinstance(said, list) and isinstance(understood, list):
        pairs = zip(said, understood, strict=False)
        return next((x for x in (_strange(a, b) for a, b in pairs) if x), "")
    return ""
