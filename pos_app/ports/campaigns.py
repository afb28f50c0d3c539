"""The ledger's reward rules, what they gave, referrals, opt-outs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from pos_app.domain.coupon.happening import Happening, RewardTrigger
from pos_app.domain.coupon.referral import ReferralFact
from pos_app.domain.coupon.reward import Given, RewardRule, SoFar
from pos_app.domain.promotion.promotion import AudienceKind
from pos_app.ports.segments import SegmentReader, SegmentWriter
from pos_app.values.times import BusinessDay, Timestamp


class OptOut(StrEnum):
    """What a member wants no part of; asked apart from each other."""

    MARKETING = "marketing"  # gifts that the shop begins by itself
    PROFILING = "profiling"  # groups by what was bought


@dataclass(frozen=True, slots=True)
class RewardVersion:
    """A stored version of a rule.

    Attributes:
        rule_id, version, name, trigger: which. text: as stored.
        rule: None for one of a newer program.
        made_at, made_by: when, and the staff id.
    """

    rule_id: str
    version: int
    name: str
    trigger: str
    text: str
    rule: RewardRule | None
    made_at: Timestamp
    made_by: str


@dataclass(frozen=True, slots=True)
class RewardSwitch:
    """A version was started, or its rule stopped.

    Attributes:
        switch_id: UUIDv7. rule_id, version: which. is_on: started, not stopped.
        at: when. by, approved_by: staff ids.
    """

    switch_id: str
    rule_id: str
    version: int
    is_on: bool
    at: Timestamp
    by: str
    approved_by: str


@dataclass(frozen=True, slots=True)
class GivenSums:
    """What a rule gave so far; what was taken back counts in both.

    Attributes:
        count: gifts. cost_minor: the most that they may cost.
        taken_back: gifts whose cause went away.
    """

    count: int = 0
    cost_minor: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class StoredGift:
    """A gift as it stands in the ledger.

    Attributes:
        given: what, to whom, when. coupon_ids: of the coupons that it made.
        business_day: of the shop. is_taken_back: its cause went away.
        earned_on: the sale whose points it multiplied; "" for none yet.
    """

    given: Given
    coupon_ids: tuple[str, ...]
    business_day: BusinessDay
    is_taken_back: bool = False
    earned_on: str = ""


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody stays away: the person, and the last purchase."""

    member_id: str
    last_on: BusinessDay


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """Whom to count.

    Attributes:
        kind, values: of a promotion's audience.
        birthdays: digests of the month's days, for AudienceKind.BIRTHDAY.
        without: those who want no part are not counted; None counts everybody.
    """

    kind: AudienceKind
    values: tuple[str, ...] = ()
    birthdays: tuple[bytes, ...] = ()
    without: OptOut | None = None


class CampaignReader(SegmentReader, Protocol):
    """Reads reward rules, what they gave and referrals, as committed."""

    def reward_versions(self) -> Sequence[RewardVersion]:
        """Return every version of every rule, by rule and version."""
        ...

    def reward_switches(self) -> Sequence[RewardSwitch]:
        """Return every start and stop, the oldest first."""
        ...

    def rewards_in_force(
        self, trigger: RewardTrigger | None = None
    ) -> Sequence[RewardRule]:
        """Return the started rules that this program knows, of one trigger or all."""
        ...

    def given_sums(self) -> Mapping[str, GivenSums]:
        """Return what each rule gave so far, by rule id."""
        ...

    def gifts_of(self, member_ids: Sequence[str]) -> Sequence[StoredGift]:
        """Return a person's gifts, the newest first."""
        ...

    def gifts_by(self, rule_id: str, limit: int) -> Sequence[StoredGift]:
        """Return the latest gifts of a rule, the newest first."""
        ...

    def has_gift(self, key: str) -> bool:
        """Tell whether a happening was rewarded before, by whatever rule."""
        ...

    def earn_percent(self, member_ids: Sequence[str]) -> int:
        """Return by how much gifts multiply a person's next points; 100 for nothing."""
        ...

    def referrer_of(self, friend_id: str) -> str:
        """Return the member who brought somebody; "" for nobody."""
        ...

    def referral_facts(self, friend_id: str) -> Sequence[ReferralFact]:
        """Return the facts of one friend, in the order they were written."""
        ...

    def open_referrals(self, at: Timestamp) -> Sequence[str]:
        """Return the friends whose referrer is to be rewarded now."""
        ...

    def is_opted_out(self, member_ids: Sequence[str], what: OptOut) -> bool:
        """Tell whether a person objects."""
        ...

    def left_out(self, what: OptOut) -> Sequence[str]:
        """Return who objects, took the consent back, or was erased."""
        ...

    def absent(self, since: date, limit: int) -> Sequence[Absence]:
        """Return who bought last before a day and was not won back, latest first."""
        ...

    def absent_count(self, since: date) -> int:
        """Return how many bought last before a day and were not won back."""
        ...

    def pending_referrals(self) -> int:
        """Return how many friends were brought whose referrer has nothing yet."""
        ...

    def audience_size(self, audience: AudienceCount) -> int:
        """Return how many members belong to an audience."""
        ...


class CampaignWriter(SegmentWriter, Protocol):
    """Writes reward rules, what they gave and referrals, in one transaction."""

    def put_reward_version(self, version: RewardVersion) -> None:
        """Store a new version of a rule."""
        ...

    def put_reward_switch(self, switch: RewardSwitch) -> None:
        """Store that a version was started or its rule stopped."""
        ...

    def rewards_in_force(
        self, trigger: RewardTrigger | None = None
    ) -> Sequence[RewardRule]:
        """Return the started rules as the transaction sees them."""
        ...

    def reward_versions(self) -> Sequence[RewardVersion]:
        """Return every version of every rule as the transaction sees it."""
        ...

    def reward_switches(self) -> Sequence[RewardSwitch]:
        """Return every start and stop as the transaction sees it, the oldest first."""
        ...

    def so_far(
        self,
        rule: RewardRule,
        happening: Happening,
        member_ids: Sequence[str],
        day: BusinessDay,
    ) -> SoFar:
        """Return what was given before, within the cap's while until a business day.

        Args:
            rule: whose caps count.
            happening: whose key counts.
            member_ids: all ids of the person.
            day: the shop's, now.
        """
        ...

    def put_gift(self, gift: StoredGift) -> None:
        """Store a gift and add it to its rule's sums; a key is stored once only."""
        ...

    def gift(self, key: str) -> StoredGift | None:
        """Return the gift of a happening."""
        ...

    def take_gift_back(self, key: str, document_id: str, at: Timestamp) -> None:
        """Store that a gift's cause went away; once only."""
        ...

    def earn_percent(self, member_ids: Sequence[str], sale_id: str = "") -> int:
        """Return by how much gifts multiply a sale's points; 100 for nothing."""
        ...

    def use_earn_percent(self, member_ids: Sequence[str], sale_id: str) -> None:
        """Store which sale a person's waiting multipliers went to."""
        ...

    def referrer_of(self, friend_id: str) -> str:
        """Return the member who brought somebody; "" for nobody."""
        ...

    def referral_facts(self, friend_id: str) -> Sequence[ReferralFact]:
        """Return the facts of one friend, in the order they were written."""
        ...

    def add_referral_fact(self, friend_id: str, fact: ReferralFact) -> None:
        """Store a fact of one friend; the same one again changes nothing."""
        ...

    def friend_of_order(self, sale_id: str) -> str:
        """Return the friend whose order a sale is noted as; "" for nobody's."""
        ...

    def has_bought(self, member_ids: Sequence[str], but_sale_id: str = "") -> bool:
        """Tell whether a person has any ticket with goods sold, one sale apart."""
        ...

    def left_of_sale(self, sale_id: str) -> int:
        """Return what is left of a ticket's total after what came back; minor units."""
        ...

    def members_of_sales(self, sale_ids: Sequence[str]) -> frozenset[str]:
        """Return who bought these tickets, as they were booked."""
        ...

    def set_opt_out(
        self, member_id: str, what: OptOut, *, is_out: bool, at: Timestamp, by: str
    ) -> None:
        """Store that a member objects, or objects no more."""
        ...

    def is_opted_out(self, member_ids: Sequence[str], what: OptOut) -> bool:
        """Tell whether a person wants no part, as the transaction sees it."""
        ...
