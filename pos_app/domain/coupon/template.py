"""What coupons of one kind promise: versioned data, and the batches made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.promotion.promotion import Audience, Hours, Schedule
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp
from pos_app.values.wall_time import wall_time


class ValidityKind(StrEnum):
    """From when a coupon's time is counted."""

    FIXED = "fixed"  # from a day until a day
    DAYS = "days"  # so many whole days after it was given
    HOURS = "hours"  # so many hours after it was given (试穿即赠: 72)


@dataclass(frozen=True, slots=True)
class Validity:
    """When a coupon may be used.

    Attributes:
        kind: see there.
        period: of FIXED.
        length: days or hours, one or more. Days end with the shop's midnight: one
            given on Monday for 1 day is good until the end of Tuesday.
        weekdays: 1 Monday to 7 Sunday (ISO 8601); none for every day.
        hours: any of them, by the shop's clock; none for the whole day.
    """

    kind: ValidityKind
    period: Period = Period()  # noqa: RUF009 - frozen value
    length: int = 0
    weekdays: tuple[int, ...] = ()
    hours: tuple[Hours, ...] = ()

    @property
    def schedule(self) -> Schedule:
        """Its weekdays and hours, as promotions have them."""
        return Schedule(weekdays=self.weekdays, hours=self.hours)

    def window(self, given_at: Timestamp, zone: tzinfo) -> Period:
        """Return the time in which a coupon that is given now may be used.

        Args:
            given_at: when it was claimed, or issued where nobody claims it.
            zone: of the shop.
        """
        match self.kind:
            case ValidityKind.DAYS:
                return Period(given_at, end_of_day(given_at, zone, self.length))
            case ValidityKind.HOURS:
                return Period(given_at, given_at.plus_seconds(3600 * self.length))
        return self.period


def end_of_day(moment: Timestamp, zone: tzinfo, days_later: int) -> Timestamp:
    """Return the midnight that ends the day `days_later` days after a moment's."""
    local = moment.at(zone).date() + timedelta(days=days_later + 1)
    return wall_time(datetime(local.year, local.month, local.day), zone).moment  # noqa: DTZ001 - wall time on purpose


class ReturnPolicy(StrEnum):
    """What becomes of a used coupon when goods of its sale come back."""

    RESTORE_IF_ALL = "restore_if_all"
    NEVER = "never"
    PROPORTIONAL = "proportional"  # a new coupon over the share that came back


class RestoreKind(StrEnum):
    """Until when a coupon that came back may be used again."""

    SAME_END = "same_end"  # as before
    TIME_LEFT = "time_left"  # as long as was left when it was redeemed
    DAYS = "days"  # so many whole days from now


@dataclass(frozen=True, slots=True)
class RestoreRule:
    """Until when a coupon that came back may be used again; `days` for DAYS."""

    kind: RestoreKind = RestoreKind.SAME_END
    days: int = 0

    def window(
        self, before: Period, redeemed_at: Timestamp, now: Timestamp, zone: tzinfo
    ) -> Period:
        """Return the new time.

        Args:
            before: its time when it was redeemed.
            redeemed_at: when that was.
            now: when it comes back.
            zone: of the shop.
        """
        match self.kind:
            case RestoreKind.DAYS:
                return Period(before.start, end_of_day(now, zone, self.days))
            case RestoreKind.TIME_LEFT if before.end is not None:
                left = max(0, before.end.unix_ms - redeemed_at.unix_ms)
                return Period(before.start, Timestamp(now.unix_ms + left))
        return before


@dataclass(frozen=True, slots=True)
class Template:
    """One version of what coupons promise.

    Attributes:
        template_id: UUIDv7, the same for all versions. version: from 1.
        name: in the shop's language; `names` has (language tag, name) pairs.
        promotion_id: the promotion with the trigger COUPON that it unlocks.
        validity, audience: when, and who may use it.
        most_per_basket: of this template in one basket.
        most_per_member: ever given to one member; None for any number.
        most_in_all: ever issued; None for any number.
        is_bearer: whoever has it may use it; otherwise a member claims it first.
        return_policy, restore: what happens when goods come back.
        cost_minor: the most that one may cost the shop, minor units; budgets and
            the limit of coupons that are taken without asking anybody count it.
        points_cost: a member may have one for so many points; 0 for not at all.
        is_ended: nobody is given one any more; those given stay good.
    """

    template_id: str
    version: int
    name: str
    promotion_id: str
    validity: Validity
    names: tuple[tuple[str, str], ...] = ()
    audience: Audience = Audience()  # noqa: RUF009 - frozen value
    most_per_basket: int = 1
    most_per_member: int | None = None
    most_in_all: int | None = None
    is_bearer: bool = True
    return_policy: ReturnPolicy = ReturnPolicy.RESTORE_IF_ALL
    restore: RestoreRule = RestoreRule()
    cost_minor: int = 0
    points_cost: int = 0
    is_ended: bool = False

    def check(self) -> None:
        """Refuse what no coupon may promise.

        Raises:
            UserError: "coupon_template_unsound"; `field` names what is wrong.
        """
        for field, is_sound in (
            ("name", bool(self.name.strip())),
            ("promotion_id", bool(self.promotion_id)),
            ("validity", _is_sound(self.validity)),
            ("most_per_basket", self.most_per_basket >= 1),
            ("most_per_member", self.most_per_member is None or self.most_per_member),
            ("most_in_all", self.most_in_all is None or self.most_in_all >= 1),
            ("restore", self.restore.kind is not RestoreKind.DAYS or self.restore.days),
            ("cost_minor", self.cost_minor >= 0),
            ("points_cost", self.points_cost >= 0),
        ):
            if not is_sound:
                raise UserError(CouponRefusal.UNSOUND.value, field=field)

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


def _is_sound(validity: Validity) -> bool:
    if any(not 1 <= day <= 7 for day in validity.weekdays):
        return False
    if any(hours.start_minute == hours.end_minute for hours in validity.hours):
        return False
    if validity.kind is not ValidityKind.FIXED:
        return validity.length >= 1
    start, end = validity.period.start, validity.period.end
    return start is None or end is None or start < end


@dataclass(frozen=True, slots=True)
class Batch:
    """Coupons that are made together: for a print run, a partner or a rule.

    Attributes:
        batch_id: UUIDv7. template_id, template_version: of what.
        size: at most so many.
        partner_id: who hands them out (异业合作); "" for the shop itself.
    """

    batch_id: str
    template_id: str
    template_version: int
    size: int
    partner_id: str = ""
