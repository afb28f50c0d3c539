"""Campaigns at the counter: a check-in, a try-on, who brought whom, who wants none."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.domain.campaign.rfm import RfmScore
from pos_app.domain.coupon.happening import RewardTrigger, visit_happening
from pos_app.domain.coupon.reward import Withheld
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.campaigns import OptOut, StoredGift
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.campaign_referral import note_referral
from pos_app.services.desk import Desk
from pos_app.services.opt_out import is_opted_out, note_opt_out
from pos_app.services.reward_giving import Gift, Giving, outcome


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    """What came of a check-in or a try-on.

    Attributes:
        gift: what was given; None for nothing.
        why_not: key of the reason; "" where something was given.
    """

    gift: Gift | None
    why_not: str = ""


class CampaignService:
    """What screens ask and do; reads answer at once, writes are futures."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ reading

    @property
    def has_check_in(self) -> bool:
        """Tell whether a rule for 到店打卡 is in force: the key is shown then."""
        return bool(self._rules(RewardTrigger.CHECK_IN))

    @property
    def has_try_on(self) -> bool:
        """Tell whether a rule for 试穿即赠 is in force: the key is shown then."""
        return bool(self._rules(RewardTrigger.TRY_ON))

    def _rules(self, trigger: RewardTrigger) -> object:
        return self._desk.ledger.campaigns.rewards_in_force(trigger)

    def tags_of(self, member_id: str) -> tuple[str, ...]:
        """Return the tags that segments give to a person."""
        return self._desk.ledger.campaigns.tags_of(self._ids(member_id))

    def score_of(self, member_id: str) -> RfmScore | None:
        """Return a person's RFM score; None before there is one."""
        scored = self._desk.ledger.campaigns.score_of(self._ids(member_id))
        return None if scored is None else scored.score

    def gifts_of(self, member_id: str) -> tuple[StoredGift, ...]:
        """Return what rules gave to a person, the newest first."""
        return tuple(self._desk.ledger.campaigns.gifts_of(self._ids(member_id)))

    def is_opted_out(self, member_id: str, what: OptOut) -> bool:
        """Tell whether a person wants no part, by word or by consent taken back."""
        return is_opted_out(self._desk.ledger, self._ids(member_id), what)

    def _ids(self, member_id: str) -> tuple[str, ...]:
        return tuple(self._desk.ledger.members.ids_of(member_id))

    # ------------------------------------------------------------------ changes

    def here(self, member_id: str) -> Future[VisitOutcome]:
        """Note that a member came (到店打卡) and give what a rule says; once a day.

        Raises:
            ApprovalNeeded: "not_permitted". UserError: "not_signed_on".
        """
        return self._visit(RewardTrigger.CHECK_IN, member_id)

    def tried_on(self, member_id: str) -> Future[VisitOutcome]:
        """Note that a member tried goods on (试穿即赠); as `here`."""
        return self._visit(RewardTrigger.TRY_ON, member_id)

    def _visit(self, trigger: RewardTrigger, member_id: str) -> Future[VisitOutcome]:
        desk = self._desk
        desk.session.require(Permission.MEMBERS)
        stamp, zone = desk.stamp(), ZoneInfo(desk.shop.time_zone)
        happening = visit_happening(trigger, member_id, stamp.at, zone)

        def work(unit: UnitOfWork) -> VisitOutcome:
            found = outcome(Giving(unit, desk, stamp, zone), happening)
            if isinstance(found, Gift):
                return VisitOutcome(found)
            return VisitOutcome(None, (found or Withheld.OTHER_TRIGGER).value)

        return desk.record(work)

    def refer(self, friend_id: str, referrer_id: str) -> Future[None]:
        """Note who brought a new member, until the first order.

        The future raises UserError: "referral_of_oneself", "referral_has_referrer",
        "referral_friend_not_new", "referral_in_a_circle".
        """
        desk = self._desk
        desk.session.require(Permission.MEMBERS)
        stamp, zone = desk.stamp(), ZoneInfo(desk.shop.time_zone)

        def work(unit: UnitOfWork) -> None:
            if unit.members.of(referrer_id) is None:
                raise UserError("member_unknown")
            note_referral(Giving(unit, desk, stamp, zone), referrer_id, friend_id)

        return desk.record(work)

    def opt_out(
        self, member_id: str, what: OptOut, *, is_out: bool = True
    ) -> Future[None]:
        """Note that a member objects to unasked gifts or to segments, or no more.

        A consent that was taken back goes on counting until it is given again.
        """
        desk = self._desk
        desk.session.require(Permission.MEMBERS)
        stamp = desk.stamp()

        def work(unit: UnitOfWork) -> None:
            ids = unit.members.ids_of(member_id)
            note_opt_out(unit, ids, what, stamp, is_out=is_out)

        return desk.record(work)
