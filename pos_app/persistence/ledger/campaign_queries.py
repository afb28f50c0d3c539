"""Reads reward rules, what they gave, referrals, segments (implements ports.campaigns)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.referral import ReferralFact
from pos_app.domain.coupon.reward import RewardRule
from pos_app.persistence.ledger import reward_rows
from pos_app.persistence.ledger.audience_sizes import LEFT_OUT, audience_size
from pos_app.persistence.ledger.campaign_tables import (
    reward_balance,
    reward_given,
)
from pos_app.persistence.ledger.reward_waiting import waiting_multipliers
from pos_app.persistence.ledger.segment_queries import SqlSegmentReader
from pos_app.ports.campaigns import (
    Absence,
    AudienceCount,
    GivenSums,
    OptOut,
    RewardSwitch,
    RewardVersion,
    StoredGift,
)
from pos_app.values.times import Timestamp

#: Friends whose order may be due: noted, its return window over, nothing given for it;
#: and those whose order came back after the gift.
_OPEN = """
SELECT o.friend_id FROM referral_fact o
WHERE o.kind = 'first_order' AND o.sale_id <> '' AND o.returnable_until_ms <= ?
AND NOT EXISTS (SELECT 1 FROM referral_fact d
  WHERE d.friend_id = o.friend_id AND d.kind IN ('rewarded', 'returned'))
ORDER BY o.returnable_until_ms
"""
#: One gift for each absence: a later purchase begins another one.
_AWAY = """
FROM member_score s
WHERE s.last_on < ? AND NOT EXISTS (SELECT 1 FROM reward_given g
  WHERE g.key = 'win_back:' || s.member_id || ':' || s.last_on)
"""
_ABSENT = f"SELECT s.member_id, s.last_on {_AWAY} ORDER BY s.last_on DESC LIMIT ?"
_ABSENT_COUNT = f"SELECT count(*) {_AWAY}"
_PENDING = """
SELECT count(*) FROM referral_fact o WHERE o.kind = 'referred'
AND NOT EXISTS (SELECT 1 FROM referral_fact d
  WHERE d.friend_id = o.friend_id AND d.kind IN ('rewarded', 'returned'))
"""


class SqlCampaignReader(SqlSegmentReader):
    """Reads reward rules, what they gave, referrals, segments, as committed."""

    def reward_versions(self) -> Sequence[RewardVersion]:
        """Return every version of every rule, by rule and version."""
        with self._engine.begin() as connection:
            return reward_rows.versions(connection)

    def reward_switches(self) -> Sequence[RewardSwitch]:
        """Return every start and stop, the oldest first."""
        with self._engine.begin() as connection:
            return reward_rows.switches(connection)

    def rewards_in_force(
        self, trigger: RewardTrigger | None = None
    ) -> Sequence[RewardRule]:
        """Return the started rules that this program knows, of one trigger or all."""
        with self._engine.begin() as connection:
            return reward_rows.in_force(connection, trigger)

    def given_sums(self) -> Mapping[str, GivenSums]:
        """Return what each rule gave so far, by rule id."""
        return {
            row.rule_id: GivenSums(row.given, row.cost_minor, row.taken_back)
            for row in self._all(select(reward_balance))
        }

    def gifts_of(self, member_ids: Sequence[str]) -> Sequence[StoredGift]:
        """Return a person's gifts, the newest first."""
        query = reward_rows.gift_query().where(reward_given.c.member_id.in_(member_ids))
        return self._gifts(query.order_by(reward_given.c.at_ms.desc()))

    def gifts_by(self, rule_id: str, limit: int) -> Sequence[StoredGift]:
        """Return the latest gifts of a rule, the newest first."""
        query = reward_rows.gift_query().where(reward_given.c.rule_id == rule_id)
        return self._gifts(query.order_by(reward_given.c.at_ms.desc()).limit(limit))

    def has_gift(self, key: str) -> bool:
        """Tell whether a happening was rewarded before, by whatever rule."""
        query = select(reward_given.c.key).where(reward_given.c.key == key)
        return bool(self._all(query))

    def earn_percent(self, member_ids: Sequence[str]) -> int:
        """Return by how much gifts multiply a person's next points; 100 for nothing."""
        with self._engine.begin() as connection:
            waiting = waiting_multipliers(connection, member_ids, "")
        return max((percent for _, percent in waiting), default=100)

    def referrer_of(self, friend_id: str) -> str:
        """Return the member who brought somebody; "" for nobody."""
        with self._engine.begin() as connection:
            return reward_rows.referrer_of(connection, friend_id)

    def referral_facts(self, friend_id: str) -> Sequence[ReferralFact]:
        """Return the facts of one friend, in the order of their times."""
        with self._engine.begin() as connection:
            return reward_rows.facts_of(connection, friend_id)

    def open_referrals(self, at: Timestamp) -> Sequence[str]:
        """Return the friends whose referrer is to be rewarded now."""
        with self._engine.begin() as connection:
            found = connection.exec_driver_sql(_OPEN, (at.unix_ms,))
            return [each for (each,) in found]

    def is_opted_out(self, member_ids: Sequence[str], what: OptOut) -> bool:
        """Tell whether a person wants no part."""
        with self._engine.begin() as connection:
            return reward_rows.objects(connection, member_ids, what)

    def left_out(self, what: OptOut) -> Sequence[str]:
        """Return who objects, took the consent back, or was erased."""
        with self._engine.begin() as connection:
            found = connection.exec_driver_sql(LEFT_OUT, (what.value, what.value))
            return [each for (each,) in found]

    def absent(self, since: date, limit: int) -> Sequence[Absence]:
        """Return who bought last before a day and was not won back since then."""
        with self._engine.begin() as connection:
            found = connection.exec_driver_sql(_ABSENT, (since.isoformat(), limit))
            return [
                Absence(member_id, date.fromisoformat(last))
                for member_id, last in found
            ]

    def absent_count(self, since: date) -> int:
        """Return how many bought last before a day and were not won back."""
        with self._engine.begin() as connection:
            found = connection.exec_driver_sql(_ABSENT_COUNT, (since.isoformat(),))
            return int(found.scalar_one())

    def pending_referrals(self) -> int:
        """Return how many friends were brought whose referrer has nothing yet."""
        with self._engine.begin() as connection:
            return int(connection.exec_driver_sql(_PENDING).scalar_one())

    def audience_size(self, audience: AudienceCount) -> int:
        """Return how many members belong to an audience."""
        with self._engine.begin() as connection:
            return audience_size(connection, audience)

    def _gifts(self, query: Any) -> list[StoredGift]:
        return [reward_rows.gift_of(row) for row in self._all(query)]
