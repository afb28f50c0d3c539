"""How a member is named, recognised and greeted at the counter, in words."""

from __future__ import annotations

from datetime import date, tzinfo

from pos_app.documents.last_moment import ends_within_day, last_moment
from pos_app.domain.loyalty.burning import BurnBound
from pos_app.domain.loyalty.tier import Tier, TierMetric
from pos_app.domain.member.recognition import Means, Strength
from pos_app.i18n import N_, _, current_language, plural
from pos_app.values.times import Timestamp
from ui.format import amount, clock_text, money
from ui.presenters.frame_state import Tone
from ui.presenters.stock_words import day_words

#: What a customer was recognised by, as the chip says it.
_MEANS = {
    Means.NAME: N_("By name"),
    Means.LAST_FOUR: N_("By the last four digits"),
    Means.PHONE_SAID: N_("By phone number"),
    Means.PHONE_TYPED: N_("Phone typed by the customer"),
    Means.STATIC_CODE: N_("By member code"),
    Means.CARD: N_("By card"),
    Means.NFC: N_("By card"),
    Means.WALLET_PASS: N_("By wallet pass"),
    Means.ROTATING_CODE: N_("By the code on the phone"),
}
_TONES = {
    Strength.WEAK: Tone.PLAIN,
    Strength.MEDIUM: Tone.INFO,
    Strength.STRONG: Tone.GOOD,
}
#: What holds a burn down.
_BOUNDS = {
    BurnBound.BALANCE: N_("all there are"),
    BurnBound.OTHER_BASKETS: N_("the rest lies in another open sale"),
    BurnBound.PER_SALE: N_("the most for one sale"),
    BurnBound.PER_DAY: N_("the most for one day"),
    BurnBound.SHARE: N_("the most of this sale that points may pay"),
    BurnBound.AMOUNT: N_("as much as the goods cost"),
    BurnBound.LEAST: N_("too few to be used"),
    BurnBound.RECOGNITION: N_("the most without code or PIN"),
}


def means_words(means: Means, *, has_pin: bool) -> str:
    """Say what the customer was recognised by."""
    words = _(_MEANS[means])
    return _("{means} and PIN", means=words) if has_pin else words


def strength_tone(strength: Strength | None) -> Tone:
    """Return how the chip of a recognition looks."""
    return Tone.PLAIN if strength is None else _TONES[strength]


def bound_words(bound: BurnBound) -> str:
    """Say what holds the points down; "" for nothing."""
    words = _BOUNDS.get(bound)
    return _(words) if words else ""


def points_words(points: int) -> str:
    """Write so many points: "3,260 points"."""
    return plural("{points} point", "{points} points", points, points=f"{points:,}")


def needs_words(strength: Strength | None, medium_points: int) -> str:
    """Say what the use of points asks for; "" where nothing more is needed.

    Args:
        strength: of the recognition.
        medium_points: the most without code or PIN; 0 where that is not enough.
    """
    if strength is Strength.STRONG:
        return ""
    if strength is Strength.MEDIUM:
        return _(
            "Up to {points} points may be used; more needs the code on the phone or the PIN",
            points=f"{medium_points:,}",
        )
    return _(
        "Using points needs the phone number typed by the customer, the code on the phone, or the PIN"
    )


def next_tier_words(tier: Tier, missing: int, metric: TierMetric, currency: str) -> str:
    """Say what is missing to a tier: "¥1,240.00 to 黑金卡"."""
    name = tier.name_in(current_language())
    if metric is TierMetric.SPEND:
        return _("{amount} to {tier}", amount=money(missing, currency), tier=name)
    return plural(
        "{count} visit to {tier}", "{count} visits to {tier}", missing, tier=name
    )


def since_words(day: date, today: date) -> str:
    """Say for how long somebody is a member."""
    months = (today.year - day.year) * 12 + today.month - day.month
    months -= today.day < day.day
    if months < 1:
        return _("Member since {day}", day=f"{day.month:02}-{day.day:02}")
    if months < 12:
        return plural("Member for {count} month", "Member for {count} months", months)
    return plural("Member for {count} year", "Member for {count} years", months // 12)


def until_words(end: Timestamp, zone: tzinfo, today: date) -> str:
    """Write the last day of what ends then, short: "12-23"; its time too if needed."""
    last = last_moment(end, zone)
    day = day_words(last.date(), today)
    return f"{day} {clock_text(last.time())}" if ends_within_day(end, zone) else day


def price_change(before: int | None, after: int | None, currency: str) -> str:
    """Write what recognising did to the price: "¥218.40 → ¥180.10"; "" for nothing."""
    if before is None or after is None or before == after:
        return ""
    return f"{money(before, currency)} → {money(after, currency)}"


def price_said(before: int | None, after: int | None, currency: str) -> str:
    """Say the same for ears: "was ¥218.40, now ¥180.10"; "" for nothing."""
    if not price_change(before, after, currency):
        return ""
    assert before is not None
    assert after is not None
    was, now = money(before, currency), money(after, currency)
    return _("was {before}, now {after}", before=was, after=now)


def saving_words(minor: int, currency: str) -> str:
    """Write a saving as a coupon's stub does: "−15.00", whole amounts without cents."""
    written = amount(-minor, currency)
    head, point, cents = written.partition(".")
    return head if point and not cents.strip("0") else written
