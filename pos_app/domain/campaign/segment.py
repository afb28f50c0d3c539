"""A group of customers by rule; whoever is in it carries its tag.

The tag is a word of the one language that members' own tags, promotions and rewards
share: an audience names it and does not ask where it came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.domain.campaign.rfm import Bought, RfmGroup, RfmScore
from pos_app.errors import UserError

LONGEST_TAG = 24
MOST_TESTS = 3
MOST_DAYS = 3660


class SegmentMetric(StrEnum):
    """What of a customer is measured, within the rule's days and goods."""

    SPEND = "spend"  # minor units, less what came back
    VISITS = "visits"  # tickets
    PIECES = "pieces"  # thousandths, less what came back
    AVERAGE = "average"  # spend for each visit, minor units
    DAYS_AWAY = "days_away"  # since the last purchase of all
    RECENCY = "recency"  # scores, 1 to 5, of everything ever bought
    FREQUENCY = "frequency"
    MONEY = "money"


SCORES = frozenset(
    {SegmentMetric.RECENCY, SegmentMetric.FREQUENCY, SegmentMetric.MONEY}
)


class Comparison(StrEnum):
    """How a measure is held against a number."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class SegmentTest:
    """One measure against one number; see `SegmentMetric` for its unit."""

    metric: SegmentMetric
    comparison: Comparison
    value: int

    def holds(self, measured: int) -> bool:
        """Tell whether a customer passes."""
        if self.comparison is Comparison.AT_LEAST:
            return measured >= self.value
        return measured <= self.value


@dataclass(frozen=True, slots=True)
class SegmentRule:
    """One version of a rule.

    Attributes:
        segment_id: UUIDv7, the same for all versions. version: from 1.
        name: for the people of the shop. tag: what its members carry.
        tests: all of them must hold.
        days: purchases of the last so many days count, today among them; 0 for all.
        category_ids: only goods of them and of what lies below; none for all goods.
        groups: any of these RFM groups; none for every score.
        is_on: whether it is computed; one that is off has nobody.
    """

    segment_id: str
    version: int
    name: str
    tag: str
    tests: tuple[SegmentTest, ...] = ()
    days: int = 0
    category_ids: tuple[str, ...] = ()
    groups: tuple[RfmGroup, ...] = ()
    is_on: bool = True

    def since(self, today: date) -> date | None:
        """Return the first business day that counts; None for all of them."""
        return today - timedelta(days=self.days - 1) if self.days else None

    @property
    def asks_lines(self) -> bool:
        """Tell whether single lines of tickets must be looked at."""
        pieces = any(x.metric is SegmentMetric.PIECES for x in self.tests)
        return pieces or bool(self.category_ids)

    @property
    def asks_sums(self) -> bool:
        """Tell whether anything is summed beyond what scores are made of."""
        apart = SCORES | {SegmentMetric.DAYS_AWAY}
        return any(x.metric not in apart for x in self.tests)

    def check(self) -> None:
        """Refuse what says nothing or cannot be.

        Raises:
            UserError: "segment_unsound"; `field` names what is wrong.
        """
        for field, is_sound in (
            ("name", bool(self.name.strip())),
            ("tag", 0 < len(self.tag.strip()) <= LONGEST_TAG),
            ("tests", bool(self.tests or self.groups)),
            ("tests", len(self.tests) <= MOST_TESTS),
            ("tests", all(_is_sound(each) for each in self.tests)),
            ("days", 0 <= self.days <= MOST_DAYS),
        ):
            if not is_sound:
                raise UserError("segment_unsound", field=field)


def _is_sound(test: SegmentTest) -> bool:
    if test.metric in SCORES:
        return 1 <= test.value <= 5
    return test.value >= 0


@dataclass(frozen=True, slots=True)
class Measured:
    """What a customer bought within a rule's days and goods.

    Attributes:
        visits, spend_minor, pieces_thousandths: as sums.
    """

    visits: int = 0
    spend_minor: int = 0
    pieces_thousandths: int = 0

    @property
    def average_minor(self) -> int:
        """Spend for each visit, rounded down; 0 without one."""
        return self.spend_minor // self.visits if self.visits else 0


@dataclass(frozen=True, slots=True)
class Customer:
    """What a rule looks at.

    Attributes:
        bought: everything ever bought. score: of it; None before the first night.
        measured: within the rule's days and goods.
    """

    bought: Bought
    score: RfmScore | None
    measured: Measured = Measured()


def belongs(rule: SegmentRule, customer: Customer, today: date) -> bool:
    """Tell whether a customer is in a segment.

    Only who ever bought is in any; a rule that asks for scores has nobody before the
    first night.
    """
    score = customer.score
    asks_scores = bool(rule.groups) or any(x.metric in SCORES for x in rule.tests)
    if not rule.is_on or (asks_scores and score is None):
        return False
    if rule.groups and (score is None or score.group not in rule.groups):
        return False
    return all(test.holds(_measure(test, customer, today)) for test in rule.tests)


def _measure(test: SegmentTest, customer: Customer, today: date) -> int:
    if test.metric in SCORES:
        assert customer.score is not None
        score = customer.score
        return {
            SegmentMetric.RECENCY: score.recency,
            SegmentMetric.FREQUENCY: score.frequency,
            SegmentMetric.MONEY: score.money,
        }[test.metric]
    mine = customer.measured
    return {
        SegmentMetric.SPEND: mine.spend_minor,
        SegmentMetric.VISITS: mine.visits,
        SegmentMetric.PIECES: mine.pieces_thousandths,
        SegmentMetric.AVERAGE: mine.average_minor,
        SegmentMetric.DAYS_AWAY: customer.bought.days(today),
    }[test.metric]
