"""Writes reward rules, what they gave, referrals, segments (implements ports.campaigns)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.coupon.happening import Happening, RewardTrigger
from pos_app.domain.coupon.referral import ReferralFact
from pos_app.domain.coupon.reward import RewardRule, SoFar
from pos_app.persistence.ledger import reward_rows
from pos_app.persistence.ledger.campaign_tables import (
    campaign_opt_out,
    referral_fact,
    reward_balance,
    reward_earned,
    reward_given,
    reward_rule,
    reward_switch,
    reward_taken_back,
)
from pos_app.persistence.ledger.reward_waiting import waiting_multipliers
from pos_app.persistence.ledger.segment_rows import SqlSegments
from pos_app.persistence.ledger.tables import sale
from pos_app.ports.campaigns import OptOut, RewardSwitch, RewardVersion, StoredGift
from pos_app.values.times import BusinessDay, Timestamp


class SqlCampaigns(SqlSegments):
    """Writes reward rules, what they gave, referrals, segments within one transaction."""

    def put_reward_version(self, version: RewardVersion) -> None:
        """Store a new version of a rule."""
        row = {
            "rule_id": version.rule_id,
            "version": version.version,
            "name": version.name,
            "trigger": version.trigger,
            "text": version.text,
            "made_at_ms": version.made_at.unix_ms,
            "made_by": version.made_by,
        }
        self._connection.execute(insert(reward_rule), row)

    def put_reward_switch(self, switch: RewardSwitch) -> None:
        """Store that a version was started or its rule stopped."""
        row = {
            "switch_id": switch.switch_id,
            "rule_id": switch.rule_id,
            "version": switch.version,
            "is_on": int(switch.is_on),
            "at_ms": switch.at.unix_ms,
            "by": switch.by,
            "approved_by": switch.approved_by,
        }
        self._connection.execute(insert(reward_switch), row)

    def reward_versions(self) -> Sequence[RewardVersion]:
        """Return every version of every rule as the transaction sees it."""
        return reward_rows.versions(self._connection)

    def reward_switches(self) -> Sequence[RewardSwitch]:
        """Return every start and stop as the transaction sees it, the oldest first."""
        return reward_rows.switches(self._connection)

    def rewards_in_force(
        self, trigger: RewardTrigger | None = None
    ) -> Sequence[RewardRule]:
        """Return the started rules as the transaction sees them."""
        return reward_rows.in_force(self._connection, trigger)

    def so_far(
        self,
        rule: RewardRule,
        happening: Happening,
        member_ids: Sequence[str],
        day: BusinessDay,
    ) -> SoFar:
        """Return what was given before, within the cap's while until a business day."""
        mine = (member_ids, day)
        return reward_rows.so_far(self._connection, rule, happening, mine)

    def put_gift(self, gift: StoredGift) -> None:
        """Store a gift and add it to its rule's sums; a key is stored once only."""
        self._connection.execute(insert(reward_given), reward_rows.row_of(gift))
        table = reward_balance
        statement = upsert(table).values(
            rule_id=gift.given.rule_id,
            given=1,
            cost_minor=gift.given.cost_minor,
            taken_back=0,
        )
        self._connection.execute(
            statement.on_conflict_do_update(
                index_elements=[table.c.rule_id],
                set_={
                    "given": table.c.given + 1,
                    "cost_minor": table.c.cost_minor + statement.excluded.cost_minor,
                },
            )
        )

    def gift(self, key: str) -> StoredGift | None:
        """Return the gift of a happening."""
        query = reward_rows.gift_query().where(reward_given.c.key == key)
        row = self._connection.execute(query).first()
        return None if row is None else reward_rows.gift_of(row)

    def take_gift_back(self, key: str, document_id: str, at: Timestamp) -> None:
        """Store that a gift's cause went away; once only."""
        row = {"key": key, "document_id": document_id, "at_ms": at.unix_ms}
        self._connection.execute(insert(reward_taken_back), row)
        table = reward_balance
        whose = select(reward_given.c.rule_id).where(reward_given.c.key == key)
        self._connection.execute(
            table.update()
            .where(table.c.rule_id == whose.scalar_subquery())
            .values(taken_back=table.c.taken_back + 1)
        )

    def earn_percent(self, member_ids: Sequence[str], sale_id: str = "") -> int:
        """Return by how much gifts multiply a sale's points; 100 for nothing."""
        waiting = waiting_multipliers(self._connection, member_ids, sale_id)
        return max((percent for _, percent in waiting), default=100)

    def use_earn_percent(self, member_ids: Sequence[str], sale_id: str) -> None:
        """Store which sale a person's waiting multipliers went to."""
        rows = [
            {"key": key, "sale_id": sale_id}
            for key, _ in waiting_multipliers(self._connection, member_ids, "")
        ]
        if rows:
            self._connection.execute(insert(reward_earned), rows)

    def referrer_of(self, friend_id: str) -> str:
        """Return the member who brought somebody; "" for nobody."""
        return reward_rows.referrer_of(self._connection, friend_id)

    def referral_facts(self, friend_id: str) -> Sequence[ReferralFact]:
        """Return the facts of one friend, in the order of their times."""
        return reward_rows.facts_of(self._connection, friend_id)

    def add_referral_fact(self, friend_id: str, fact: ReferralFact) -> None:
        """Store a fact of one friend; the same one again changes nothing."""
        statement = upsert(referral_fact).on_conflict_do_nothing()
        self._connection.execute(statement, reward_rows.fact_row(friend_id, fact))

    def friend_of_order(self, sale_id: str) -> str:
        """Return the friend whose order a sale is noted as; "" for nobody's."""
        table = referral_fact
        query = select(table.c.friend_id).where(
            table.c.sale_id == sale_id,
            table.c.sale_id != "",
            table.c.kind == reward_rows.FIRST_ORDER,
        )
        return self._connection.execute(query).scalar() or ""

    def has_bought(self, member_ids: Sequence[str], but_sale_id: str = "") -> bool:
        """Tell whether a person has any ticket with goods sold, one sale apart."""
        return reward_rows.has_bought(self._connection, member_ids, but_sale_id)

    def left_of_sale(self, sale_id: str) -> int:
        """Return what is left of a ticket's total after what came back; minor units."""
        return reward_rows.left_of_sale(self._connection, sale_id)

    def members_of_sales(self, sale_ids: Sequence[str]) -> frozenset[str]:
        """Return who bought these tickets, as they were booked."""
        query = select(sale.c.member_id).where(
            sale.c.sale_id.in_(sale_ids), sale.c.member_id != ""
        )
        return frozenset(self._connection.execute(query).scalars())

    def set_opt_out(
        self, member_id: str, what: OptOut, *, is_out: bool, at: Timestamp, by: str
    ) -> None:
        """Store that a member objects, or objects no more."""
        table = campaign_opt_out
        last = select(func.coalesce(func.max(table.c.position), 0)).where(
            table.c.member_id == member_id, table.c.what == what.value
        )
        row = {
            "member_id": member_id,
            "what": what.value,
            "position": 1 + self._connection.execute(last).scalar_one(),
            "is_out": int(is_out),
            "at_ms": at.unix_ms,
            "by": by,
        }
        self._connection.execute(insert(table), row)

    def is_opted_out(self, member_ids: Sequence[str], what: OptOut) -> bool:
        """Tell whether a person wants no part, as the transaction sees it."""
        return reward_rows.objects(self._connection, member_ids, what)
