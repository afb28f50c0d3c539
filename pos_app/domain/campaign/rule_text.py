"""Rules as text and back; what a newer program wrote is kept and not guessed at."""

from __future__ import annotations

import json
from functools import lru_cache

from pos_app.domain.campaign.segment import SegmentRule
from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.coupon.reward import RewardRule


def _text(rule: RewardRule | SegmentRule) -> str:
    plain = to_plain(rule)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def reward_to_text(rule: RewardRule) -> str:
    """Return a reward rule as it is stored: JSON, sorted, without blanks."""
    return _text(rule)


def segment_to_text(rule: SegmentRule) -> str:
    """Return a segment's rule as it is stored: JSON, sorted, without blanks."""
    return _text(rule)


@lru_cache(maxsize=512)
def reward_from_text(text: str) -> RewardRule | None:
    """Return a stored rule; None for one that is not known here."""
    try:
        rule: RewardRule = from_plain(RewardRule, json.loads(text))
    except ValueError:
        return None
    return rule if reward_to_text(rule) == text else None


@lru_cache(maxsize=512)
def segment_from_text(text: str) -> SegmentRule | None:
    """Return a stored rule; None for one that is not known here."""
    try:
        rule: SegmentRule = from_plain(SegmentRule, json.loads(text))
    except ValueError:
        return None
    return rule if segment_to_text(rule) == text else None
