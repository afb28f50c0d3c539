"""How well a card was solved, and how far somebody has come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.training.card import CardKey, Mistake
from pos_app.values.times import Timestamp

MISTAKE_COSTS = 10
HELP_COSTS = 10
#: For each begun half of the card's time that it took longer.
SLOW_COSTS = 5
PASSED = 60
ADVANCED_CARDS, ADVANCED_SCORE = 8, 70
EXPERT_SCORE = 85


@dataclass(frozen=True, slots=True)
class Attempt:
    """A card that was played to its end.

    Attributes:
        card: which. seconds: how long it took. helps: how often help was taken.
        mistakes: each as often as it was made.
        steps_done, steps: of how many. score: 0 to 100.
    """

    card: CardKey
    seconds: int
    mistakes: tuple[Mistake, ...]
    helps: int
    steps_done: int
    steps: int
    score: int


def score_of(
    steps: tuple[int, int], mistakes: int, helps: int, times: tuple[int, int]
) -> int:
    """Return the score of an attempt, 0 to 100.

    The share of the steps that were done, in hundredths; less 10 for each mistake,
    less 10 for each help, less 5 for each begun half of the card's time that it
    took longer.

    Args:
        steps: (done, all).
        mistakes: how many.
        helps: how often it was taken.
        times: (seconds taken, seconds of the card).
    """
    done, whole = steps
    taken, due = times
    half = max(1, due // 2)
    slow = -(-max(0, taken - due) // half)
    cost = MISTAKE_COSTS * mistakes + HELP_COSTS * helps + SLOW_COSTS * slow
    return max(0, 100 * done // whole - cost)


class Level(StrEnum):
    """How far somebody has come: 基础, 进阶, 专家."""

    NONE = "none"  # no card passed yet
    BASIC = "basic"
    ADVANCED = "advanced"
    EXPERT = "expert"


@dataclass(frozen=True, slots=True)
class CardProgress:
    """One person and one card.

    Attributes:
        best: best score. attempts: how often. last_at: when last.
    """

    best: int
    attempts: int
    last_at: Timestamp


def level_of(best: Iterable[int]) -> Level:
    """Return the level of somebody's best scores, one for each card played.

    Expert: all twelve with 85 or more. Advanced: eight or more with 70 or more.
    Basic: one with 60 or more.
    """
    scores = list(best)
    if sum(score >= EXPERT_SCORE for score in scores) == len(CardKey):
        return Level.EXPERT
    if sum(score >= ADVANCED_SCORE for score in scores) >= ADVANCED_CARDS:
        return Level.ADVANCED
    return Level.BASIC if any(x >= PASSED for x in scores) else Level.NONE
