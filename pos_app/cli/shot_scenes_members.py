"""Members at the counter in believable states: found, proved, enrolled, deducted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.cli.shot_promotions import put_promotions
from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.facts import Opened
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.member.recognition import RecognitionPolicy
from pos_app.domain.promotion.deal import Off, SpendDeal, SpendTier, kind_of
from pos_app.domain.promotion.promotion import Promotion, Trigger, TriggerKind
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.services.coupon_giving import CouponGift, issue_in
from pos_app.services.members import EnrolDraft
from pos_app.values.times import Period

#: Tea, a coffee, a T-shirt, a pair of socks.
_BASKET = ("9521010002743", "110001", "710002", "710020")
#: Nobody has a number that begins so.
_PHONE, _NAMESAKE, _NEW = "13512346217", "13712346217", "13912345678"
_POINTS = 3260


class MemberScenes:
    """Plays with an empty till and a manager signed on; leaves a sale open.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place, self._hand = place, place.hand
        self._flow: Any = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._prepare()
        self._hand.strike("F2")
        yield "member_find"
        self._hand.key_in(_NEW)
        self._hand.strike("Return")
        self._hand.strike("Return")
        yield "member_enrol"
        for _step in range(2):
            self._hand.strike("Escape")
        for code in _BASKET:
            self._hand.scan(code)
        self._hand.strike("F2")
        self._hand.type_words("memberField", "6217")
        yield "member_several"
        self._hand.strike("Escape")
        self._hand.key_in(_PHONE + "⏎")
        yield "member"
        self._hand.strike("Escape")
        yield from self._pay()

    def _pay(self) -> Iterator[str]:
        """Use the best coupons and points of whoever was found."""
        self._flow.frame.drop_toast()
        look = self._flow.features.coupons.look
        self._hand.wait(lambda: look.offer() is not None, "the best coupons")
        yield "sale_member"
        self._hand.strike("F7")
        yield "coupons"
        self._hand.press("couponsBest")
        self._hand.strike("Escape")
        proven = self._flow.work.counter.members.prove_phone(_PHONE)
        self._flow.features.members.recognised(proven)
        self._flow.frame.drop_toast()
        self._hand.strike("F12")
        self._hand.press("deductUse-points")
        yield "payment_deduct"
        self._hand.strike("Escape")

    def _prepare(self) -> None:
        """Bring a programme into force, enrol two members, give points and a coupon."""
        counter = self._flow.work.counter
        desk = counter.desk
        at, stamp, zone = desk.clock.now(), desk.stamp(), self._flow.work.zone
        number = counter.points.programme.version + 1
        version = ProgrammeVersion(_programme(number), at, "", "")
        desk.record(lambda unit: unit.points.add_programme(version)).result()
        ids = [self._enrol(_PHONE, "林可怡"), self._enrol(_NAMESAKE, "欧阳娜")]
        points = Opened(desk.ids.new(), at, _POINTS)
        promotion = self._promotion()

        def give(unit: UnitOfWork) -> None:
            unit.points.open_points(ids[0], points)
            made = Template(
                desk.ids.new(),
                1,
                promotion.name,
                promotion.promotion_id,
                Validity(ValidityKind.DAYS, length=9),
                names=promotion.names,
                is_bearer=False,
            )
            unit.coupons.add_template(made, at, "")
            gift = CouponGift(made.template_id, zone=zone, member_id=ids[0])
            issue_in(unit, desk, gift, stamp)

        desk.record(give).result()

    def _enrol(self, phone: str, name: str) -> str:
        members = self._flow.work.counter.members
        draft = EnrolDraft(phone, name, birthday=(11, 26))
        found: str = members.enrol(draft).result().member_id
        members.settled()
        members.detach()
        return found

    def _promotion(self) -> Promotion:
        deal = SpendDeal((SpendTier(15_000, Off(amount_minor=1_500)),))
        made = Promotion(
            self._place.till.counter.desk.ids.new(),
            1,
            "生日券 满 150 减 15",
            deal,
            (("en", "Birthday, 15 off from 150"), ("zh-TW", "生日券 滿 150 折 15")),
            trigger=Trigger(TriggerKind.COUPON),
        )
        now = self._place.till.counter.desk.clock.now()
        text, kind = promotion_to_text(made), kind_of(deal).value
        key = made.promotion_id
        version = PromotionVersion(key, 1, kind, made.name, text, made, now, "")
        run = PromotionRun(f"run-{key}", key, 1, Period(now), "", "", now)
        put_promotions(self._place, version, run)
        return made


def _programme(version: int) -> Programme:
    names = (("en", "Gold"), ("zh-TW", "金卡"))
    black = (("en", "Black"), ("zh-TW", "黑金卡"))
    return Programme(
        version=version,
        recognition=RecognitionPolicy(medium_burn_points=5_000),
        earn=EarnRule(points=1, per_minor=100),
        burn=BurnRule(step_points=100, step_minor=100),
        tiers=(
            Tier("gold", "金卡", 10_000, names=names),
            Tier("black", "黑金卡", 500_000, names=black),
        ),
    )
