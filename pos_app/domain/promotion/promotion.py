"""A promotion: a deal, for whom, when, how often, and how it stands to others.

Versioned data: a version that was ever active is never changed (law 3); a change is
a new version, and a sale stores which version it was sold under.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from pos_app.domain.promotion.deal import Deal, SpendDeal
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period

#: Minutes of a day.
DAY_MINUTES = 24 * 60


class Layer(IntEnum):
    """The order in which a price is made, and in which a slip tells it."""

    PRICE = 0  # shelf, member or level price
    ITEM = 1
    ORDER = 2
    COUPON = 3
    POINTS = 4
    ROUNDING = 5


class AudienceKind(StrEnum):
    """For whom."""

    EVERYONE = "everyone"
    MEMBER = "member"
    TIER = "tier"
    NEWCOMER = "newcomer"
    BIRTHDAY = "birthday"  # the month of it
    BIRTH_DATE = "birth_date"  # the very day
    TAG = "tag"
    STAFF = "staff"


#: Those that are nobody without a name.
NAMED_AUDIENCES = frozenset({AudienceKind.TIER, AudienceKind.TAG})


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom; `values` name tiers or tags, any of which will do."""

    kind: AudienceKind = AudienceKind.EVERYONE
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """A while of a day, in minutes after midnight; half-open.

    One that ends before it begins goes past midnight and belongs to the weekday on
    which it began.
    """

    start_minute: int = 0
    end_minute: int = DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Schedule:
    """When, in the shop's time zone; all that is given must hold.

    Attributes:
        period: from when until when.
        weekdays: 1 Monday to 7 Sunday (ISO 8601); none for every day.
        hours: any of them; none for the whole day.
    """

    period: Period = Period()  # noqa: RUF009 - frozen value
    weekdays: tuple[int, ...] = ()
    hours: tuple[Hours, ...] = ()


class TriggerKind(StrEnum):
    """What makes it apply."""

    AUTO = "auto"
    COUPON = "coupon"  # a coupon of the customer names it
    MANUAL = "manual"  # a person at the till chooses it


@dataclass(frozen=True, slots=True)
class Trigger:
    """What makes it apply; `roles` are keys of those who may choose it, none for all."""

    kind: TriggerKind = TriggerKind.AUTO
    roles: tuple[str, ...] = ()


class LimitPeriod(StrEnum):
    """A while within which uses are counted, in business days of the shop."""

    DAY = "day"
    WEEK = "week"  # from Monday on
    MONTH = "month"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Limits:
    """How often it may be used; None for any number of times.

    One use is one application: a unit of a `unit` or `tier` deal, a group of the
    others, a whole `spend` (of 每满 each time).

    Attributes:
        per_basket: in one basket.
        per_member: by one member within `member_period`; customers who are not known
            have no such limit, so such a promotion wants an audience of members.
        in_period: in the shop within `period`.
        in_all: in the shop, ever.
    """

    per_basket: int | None = None
    per_member: int | None = None
    member_period: LimitPeriod = LimitPeriod.EVER
    in_period: int | None = None
    period: LimitPeriod = LimitPeriod.DAY
    in_all: int | None = None

    @property
    def looks_back(self) -> bool:
        """Tell whether uses before this basket count."""
        spans = (self.per_member, self.in_period, self.in_all)
        return any(most is not None for most in spans)


class ReturnBasis(StrEnum):
    """What a return of goods that were in the deal gives back."""

    PRORATED = "prorated"  # the unit's own stored price
    RECOMPUTE = "recompute"  # what was paid, less what is kept costs without the rest


@dataclass(frozen=True, slots=True)
class Promotion:
    """One version of a promotion.

    Attributes:
        promotion_id: UUIDv7; the same for all its versions.
        version: from 1.
        name: in the shop's language, for staff, slip and customer.
        names: (language tag, name) pairs in other languages.
        deal: what it does.
        audience, schedule, trigger, limits: for whom, when, by what, how often.
        channels: "shop", "online"; none for all. stores: their ids; none for all.
        exclusive: solved first and by itself; its units take part in nothing later
            (秒杀).
        accepts_discounted: whether units that an earlier layer lowered take part.
        stack_group: order deals of different groups add up, of one group the best
            holds.
        priority: breaks ties only; the higher first.
        supplier_share: how much of the saving the supplier bears.
        return_basis: see there.
    """

    promotion_id: str
    version: int
    name: str
    deal: Deal
    names: tuple[tuple[str, str], ...] = ()
    audience: Audience = Audience()
    schedule: Schedule = Schedule()
    trigger: Trigger = Trigger()
    limits: Limits = Limits()
    channels: tuple[str, ...] = ()
    stores: tuple[str, ...] = ()
    exclusive: bool = False
    accepts_discounted: bool = True
    stack_group: str = ""
    priority: int = 0
    supplier_share: Percentage = Percentage(0)  # noqa: RUF009 - frozen value
    return_basis: ReturnBasis = ReturnBasis.PRORATED

    @property
    def layer(self) -> Layer:
        """In which layer it is taken; whatever a coupon unlocks is a coupon."""
        if self.trigger.kind is TriggerKind.COUPON:
            return Layer.COUPON
        return Layer.ORDER if isinstance(self.deal, SpendDeal) else Layer.ITEM

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)
