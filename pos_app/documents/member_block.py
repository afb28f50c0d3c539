"""What a ticket did for its member: points, tier, what ends soon, coupons given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from pos_app.documents.amounts import counted, moved, slip_price
from pos_app.documents.last_moment import until_text
from pos_app.documents.layout import Align, Block, Columns, QrCode, Rule, Text
from pos_app.domain.coupon.code import grouped
from pos_app.domain.loyalty.ticket_facts import WALLET, GivenCoupon, TicketFacts
from pos_app.i18n import Words

_AMOUNT = 0
_QR_DOTS = 4


@dataclass(frozen=True, slots=True)
class MemberSlip:
    """What the slip says to a member.

    Attributes:
        facts: of the ticket, as it was booked; a reprint has the same.
        tiers: name of each tier in the slip's language.
        counts_visits: whether what is missing to a tier is visits, not money.
        currency: of the ticket. zone: of the shop.
    """

    facts: TicketFacts
    tiers: Mapping[str, str] = field(default_factory=dict)
    counts_visits: bool = False
    currency: str = "CNY"
    zone: tzinfo | None = None


def member_rows(member: MemberSlip, words: Words) -> Iterable[tuple[str, str]]:
    """Yield (title, text) of points and tier; what is nothing is not said."""
    facts = member.facts
    for title, points in (
        (words("Points earned"), facts.earned),
        (words("Points spent"), -facts.burned),
        (words("Points reversed"), -facts.taken_back),
        (words("Points given back"), facts.given_back),
    ):
        if points:
            yield title, moved(points)
    is_moved = facts.earned or facts.burned or facts.taken_back or facts.given_back
    if is_moved or facts.active or facts.pending or facts.debt:
        yield words("Points now"), counted(facts.active)
    if facts.pending:
        yield words("Points that still wait"), counted(facts.pending)
    if facts.debt:
        yield words("Points owed"), counted(facts.debt)
    name = member.tiers.get(facts.tier, "")
    if name:
        yield words("Tier"), name
    yield from value_rows(member, words)


def value_rows(member: MemberSlip, words: Words) -> Iterable[tuple[str, str]]:
    """Yield what is left of each wallet and gift card that the ticket moved."""
    for value in member.facts.values:
        left = slip_price(value.left_minor, member.currency)
        if value.label == WALLET:
            yield words("Stored value left"), left
        else:
            title = words("Gift card ···· {label}", label=value.label)
            yield words("{title}, left", title=title), left


def member_lines(member: MemberSlip, words: Words) -> Iterable[str]:
    """Yield the sentences: a tier that was won or is near, points that end soon."""
    facts = member.facts
    name = member.tiers.get(facts.tier, "")
    if name and facts.tier != facts.tier_before:
        yield words("You are {tier} now.", tier=name)
    above = member.tiers.get(facts.next_tier, "")
    if above and facts.missing > 0:
        if member.counts_visits:
            yield words.plural(
                "{count} visit to {tier}",
                "{count} visits to {tier}",
                facts.missing,
                tier=above,
            )
        else:
            missing = slip_price(facts.missing, member.currency)
            yield words("{amount} to {tier}", amount=missing, tier=above)
    if facts.expiring and facts.expires_on is not None:
        yield words(
            "{points} points can be used until {day}.",
            points=counted(facts.expiring),
            day=until_text(facts.expires_on, member.zone),
        )


def _coupon_terms(
    coupon: GivenCoupon, member: MemberSlip, words: Words
) -> Iterable[str]:
    """Yield what a share is worth, and until when it is good."""
    if coupon.value_minor is not None:
        worth = slip_price(coupon.value_minor, member.currency)
        yield words("worth {amount}", amount=worth)
    if coupon.until is not None:
        yield words("until {day}", day=until_text(coupon.until, member.zone))


def member_blocks(member: MemberSlip | None, words: Words) -> Iterable[Block]:
    """Yield what the slip says to a member, under a rule; nothing to nobody."""
    if member is None:
        return
    rows = tuple(member_rows(member, words))
    lines = tuple(member_lines(member, words))
    coupons = member.facts.coupons
    if not (rows or lines or coupons):
        return
    yield Rule()
    for title, text in rows:
        yield Columns((title, text), (_AMOUNT,))
    for line in lines:
        yield Text(line)
    for coupon in coupons:
        yield Text(words("Coupon for you: {name}", name=coupon.name), bold=True)
        said = tuple(_coupon_terms(coupon, member, words))
        if said:
            yield Text("  " + " · ".join(said))
        if coupon.code:
            yield QrCode(coupon.code, module_dots=_QR_DOTS)
            yield Text(grouped(coupon.code), Align.CENTRE)
