"""Builds what the counter shows of a member from the services; keeps nothing."""

from __future__ import annotations

from pos_app.documents.last_moment import until_text
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.member.recognition import Recognition, Strength
from pos_app.errors import UserError
from pos_app.i18n import _, current_language, plural
from pos_app.services.coupon_choice import CouponOffer
from pos_app.services.members import MemberGlance
from pos_app.services.points import Standing
from ui.format import amount, money
from ui.messages import explain
from ui.presenters.campaign_words import group_name
from ui.presenters.frame_state import Tone
from ui.presenters.member_said import (
    needs_words,
    next_tier_words,
    saving_words,
    since_words,
    until_words,
)
from ui.presenters.member_state import CouponView, FigureView, MemberCardView
from ui.presenters.ticket_state import MarkKind, MarkView
from ui.presenters.two_line import TwoLineRow
from ui.presenters.workplace import Workplace

#: So many coupons stand on the member's page; the others are behind F7.
MOST_COUPONS = 3


class MemberView:
    """Reads members, points, coupons and wallets for one picture."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    @property
    def programme(self) -> Programme:
        """The rules in force."""
        return self._work.counter.points.programme

    @property
    def has_points(self) -> bool:
        """Tell whether points are earned or used in this shop at all."""
        return self._work.counter.points.is_on

    @property
    def recognition(self) -> Recognition | None:
        """How the customer of the open sale was recognised."""
        basket = self._work.counter.sale.basket
        return basket.recognition if basket is not None else None

    def marks(self, glance: MemberGlance, standing: Standing) -> tuple[MarkView, ...]:
        """Return tier and birthday."""
        found = []
        tier = standing.tier
        if tier is not None:
            name = tier.name_in(current_language())
            found.append(MarkView(name, "crown", MarkKind.TIER))
        if glance.is_birth_month:
            words = _("Birthday this month")
            found.append(MarkView(words, "cake", MarkKind.OCCASION))
        return tuple(found)

    def card(self, glance: MemberGlance) -> MemberCardView:
        """Return who it is and what is missing to the next tier."""
        standing = self._work.counter.points.standing(glance.member_id)
        upper, reached, words = standing.next_tier, None, ""
        if upper is not None and upper.threshold > 0:
            reached = min(1000, standing.metric * 1000 // upper.threshold)
            words = next_tier_words(
                upper, standing.missing, self.programme.metric, self._work.currency
            )
        if standing.kept_until is not None:
            kept = until_text(standing.kept_until, self._work.zone)
            until = _("tier kept until {day}", day=kept)
            words = " · ".join(x for x in (words, until) if x)
        return MemberCardView(
            initial=glance.initial,
            name=glance.name_masked or glance.phone_masked,
            phone=glance.phone_masked if glance.name_masked else "",
            marks=self._card_marks(glance, standing),
            about=self._about(glance),
            reached=reached,
            next_words=words,
            needs=self._needs(standing),
        )

    def _card_marks(
        self, glance: MemberGlance, standing: Standing
    ) -> tuple[MarkView, ...]:
        marks = self.marks(glance, standing)
        if glance.birthday is None:
            return marks
        month, day = glance.birthday
        words = _("Birthday {day}", day=f"{month:02}-{day:02}")
        kind = MarkKind.OCCASION if glance.is_birth_month else MarkKind.PLAIN
        tier = tuple(mark for mark in marks if mark.kind is MarkKind.TIER)
        return (*tier, MarkView(words, "cake", kind))

    def _about(self, glance: MemberGlance) -> str:
        today = self._work.counter.desk.business_day()
        parts = [since_words(glance.enrolled_on, today)]
        if glance.is_newcomer:
            parts.append(_("first purchase"))
        parts += glance.tags
        score = self._work.counter.campaigns.score_of(glance.member_id)
        if score is not None:
            parts.append(group_name(score.group))
        tier = self._work.counter.points.standing(glance.member_id).tier
        if tier is not None and tier.benefits.advisor:
            parts.append(_("advisor {name}", name=self._who(tier.benefits.advisor)))
        return " · ".join(dict.fromkeys(parts))

    def _who(self, advisor: str) -> str:
        """Return the name of somebody of the staff; other words as they are."""
        staff = self._work.counter.desk.catalog.staff()
        names = {x.staff_id: x.name_in(current_language()) for x in staff}
        return names.get(advisor, advisor)

    def _needs(self, standing: Standing) -> str:
        """Say what using points asks for, where there are any to use."""
        programme = self.programme
        if programme.burn is None or standing.active <= 0:
            return ""
        strength = self._work.counter.members.strength
        limit = programme.recognition.medium_burn_points
        if strength is Strength.MEDIUM and standing.active <= limit:
            return ""
        return needs_words(strength, limit)

    def figures(self, glance: MemberGlance) -> tuple[FigureView, ...]:
        """Return points, wallet, coupons and the last visit; nothing that is off."""
        found = []
        counter, currency = self._work.counter, self._work.currency
        if self.has_points:
            standing = counter.points.standing(glance.member_id)
            found.append(_points_figure(standing))
        wallet = counter.stored_value.wallet(glance.member_id)
        if wallet is not None and counter.stored_value.is_on:
            found.append(FigureView(amount(wallet.usable_minor, currency), _("Wallet")))
        coupons = counter.coupons.usable(current_language())
        if coupons:
            basket = counter.sale.basket
            is_begun = basket is not None and not basket.is_empty
            good = [one for one in coupons if not (is_begun and one.why_not)]
            count = len(good)
            found.append(FigureView(str(count), _("Coupons")))
        last = glance.last_visit_on
        day = f"{last.month:02}-{last.day:02}" if last is not None else "–"
        found.append(FigureView(day, _("Last visit")))
        return tuple(found)

    def coupons(self) -> tuple[CouponView, ...]:
        """Return the coupons for the member's page, usable ones first."""
        offers = [
            x
            for x in self._work.counter.coupons.usable(current_language())
            if not x.why_not
        ]
        shown = [self.coupon(each) for each in offers[:MOST_COUPONS]]
        return tuple(shown)

    def coupon(self, offer: CouponOffer) -> CouponView:
        """Return one coupon as a card."""
        currency = self._work.currency
        is_refused = bool(offer.why_not)
        worth = saving_words(offer.saves_minor, currency) if offer.saves_minor else ""
        until = ""
        if offer.until is not None:
            today = self._work.counter.desk.business_day()
            day = until_words(offer.until, self._work.zone, today)
            until = _("until {day}", day=day)
        if offer.is_used:
            said = _("In this sale")
        elif is_refused:
            said = explain(UserError(offer.why_not), currency).text
        else:
            said = _("Good for this sale")
        action = _("Undo") if offer.is_used else "" if is_refused else _("Use")
        return CouponView(
            key=offer.coupon_id,
            worth=worth or _("Coupon"),
            title=offer.name,
            detail=" · ".join(x for x in (said, until) if x),
            action=action,
            is_used=offer.is_used,
            is_refused=is_refused,
        )

    def row(self, glance: MemberGlance) -> TwoLineRow:
        """Return a member in a list: masked, with tier and last visit."""
        last = glance.last_visit_on
        seen = _("last here {day}", day=f"{last:%Y-%m-%d}") if last else ""
        return TwoLineRow(
            key=glance.member_id,
            title=glance.name_masked or glance.phone_masked,
            subtitle=glance.phone_masked if glance.name_masked else "",
            detail=seen or _("not here yet"),
            mark=self._tier_name(glance),
            tone=Tone.WARN,
            icon="user-circle",
        )

    def _tier_name(self, glance: MemberGlance) -> str:
        for tier in self.programme.tiers:
            if tier.key == glance.tier:
                return tier.name_in(current_language())
        return ""

    def standing_words(self, glance: MemberGlance, standing: Standing) -> str:
        """Say in one row how a member stands: points and wallet."""
        counter, parts = self._work.counter, []
        if self.has_points:
            parts.append(_("Points {points}", points=f"{standing.active:,}"))
        if counter.stored_value.is_on:
            wallet = counter.stored_value.wallet(glance.member_id)
            if wallet is not None:
                held = money(wallet.usable_minor, self._work.currency)
                parts.append(_("Wallet {amount}", amount=held))
        return "    ".join(parts) or since_words(
            glance.enrolled_on, counter.desk.business_day()
        )


def _points_figure(standing: Standing) -> FigureView:
    """Return the points; a debt stands below zero, what waits or ends is named."""
    if standing.debt:
        return FigureView(f"\u2212{standing.debt:,}", _("Points owed"), Tone.BAD)
    if standing.expiring:
        words = plural(
            "{points} ends soon",
            "{points} end soon",
            standing.expiring,
            points=f"{standing.expiring:,}",
        )
        return FigureView(f"{standing.active:,}", words, Tone.WARN)
    if standing.pending:
        words = _("Points, +{points} later", points=f"{standing.pending:,}")
        return FigureView(f"{standing.active:,}", words)
    return FigureView(f"{standing.active:,}", _("Points"))
