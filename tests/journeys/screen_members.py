"""A shop with a programme, members with points and coupons, and who shows what."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.facts import Opened
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.member.profile_codec import profile_bytes, profile_of
from pos_app.domain.member.recognition import RecognitionPolicy
from pos_app.domain.member.rotating_code import (
    signed_message,
    step_at,
    write_rotating_code,
)
from pos_app.domain.promotion.deal import Deal
from pos_app.domain.promotion.promotion import Promotion
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.coupon_giving import CouponGift, issue_in
from pos_app.services.members import EnrolDraft
from tests.builders_promotions import by_coupon, cut, everything, spend, unit_deal
from tests.journeys.screen_till import ScreenTill
from tests.promotion_in_shop import hold

#: China's numbers for tests: nobody has one that begins so.
LIN, WANG = "13800006217", "13900001234"
POINTS = 3260
NAME, MASKED, MASKED_PHONE = "林可怡", "林*怡", "138****6217"
OTHER_NAME, OTHER_MASKED = "王小明", "王*明"
#: Somebody else's number with the same last four digits.
NAMESAKE = "13900006217"
#: What the coupons are called: here, in English, in Taiwan.
_COUPONS = (
    ("生日券 满 50 减 15", "Birthday, 15 off from 50", "生日券 滿 50 折 15"),
    ("每件减 0.10", "0.10 off each", "每件折 0.10"),
)
#: A burn of up to 1,000 points needs the phone typed by the customer.
PROGRAMME = Programme(
    version=1,
    earn=EarnRule(points=1, per_minor=100),
    burn=BurnRule(step_points=100, step_minor=100),
    tiers=(
        Tier("silver", "银卡", 10_000, names=(("en", "Silver"), ("zh-TW", "銀卡"))),
        Tier("gold", "金卡", 100_000, names=(("en", "Gold"), ("zh-TW", "金卡"))),
    ),
    recognition=RecognitionPolicy(medium_burn_points=1000),
    coupon_limit=2,
)
_PROMOTION = "018f0000-0000-7000-8000-0000000009{:02}"


@dataclass(frozen=True, slots=True)
class MembersThere:
    """Who is a member: ids, and the coupons that the first one has."""

    lin: str
    wang: str
    coupons: tuple[str, ...]


def enrol(till: ScreenTill, phone: str, name: str) -> str:
    """Make somebody a member and return their id; nobody is recognised by it."""
    members = till.work.counter.members
    member_id = members.enrol(EnrolDraft(phone, name)).result().member_id
    members.settled()
    members.detach()
    return member_id


def open_programme(till: ScreenTill, programme: Programme = PROGRAMME) -> None:
    """Bring a programme into force."""
    at = till.work.counter.desk.clock.now()
    number = till.work.counter.points.programme.version + 1
    version = ProgrammeVersion(replace(programme, version=number), at, "", "")
    till.till.ledger.submit(lambda unit: unit.points.add_programme(version)).result()


def give_points(till: ScreenTill, member_id: str, points: int = POINTS) -> None:
    """Let a member have points."""
    desk = till.work.counter.desk
    fact = Opened(desk.ids.new(), desk.clock.now(), points)
    desk.record(lambda unit: unit.points.open_points(member_id, fact)).result()


def _promotion(number: int, deal: Deal) -> Promotion:
    name, *others = _COUPONS[number - 1]
    names = tuple(zip(("en", "zh-TW"), others, strict=True))
    made = replace(by_coupon(deal, name), names=names)
    return replace(made, promotion_id=_PROMOTION.format(number))


def give_coupons(till: ScreenTill, member_id: str) -> tuple[str, ...]:
    """Give a member two coupons: 15 off from 50 on, and a tenth off everything."""
    fifteen = _promotion(1, spend((5000, cut(1500))))
    tenth = _promotion(2, unit_deal(everything(), cut(10)))
    hold(till.till, fifteen, tenth)
    desk, found = till.work.counter.desk, []
    at, zone, stamp = desk.clock.now(), till.work.zone, desk.stamp()

    def give(unit: UnitOfWork) -> None:
        for number, (name, *others) in enumerate(_COUPONS, 1):
            made = Template(
                f"018f0000-0000-7000-8000-0000000008{number:02}",
                1,
                name,
                _PROMOTION.format(number),
                Validity(ValidityKind.DAYS, length=30),
                names=tuple(zip(("en", "zh-TW"), others, strict=True)),
                is_bearer=False,
            )
            unit.coupons.add_template(made, at, "")
            gift = CouponGift(made.template_id, zone=zone, member_id=member_id)
            given = issue_in(unit, desk, gift, stamp)
            found.append(given.coupon_id)

    desk.record(give).result()
    return tuple(found)


def open_members(
    till: ScreenTill, names: tuple[str, str] = (NAME, OTHER_NAME)
) -> MembersThere:
    """Let the shop have a programme and two members; somebody must be signed on."""
    open_programme(till)
    lin, wang = enrol(till, LIN, names[0]), enrol(till, WANG, names[1])
    give_points(till, lin)
    return MembersThere(lin, wang, give_coupons(till, lin))


def code_of_phone(
    till: ScreenTill, member_id: str, seed: int = 1, *, is_paired: bool = True
) -> str:
    """Return what a member's phone shows now.

    Args:
        till: whose clock counts.
        member_id: whose phone.
        seed: of its key.
        is_paired: whether the phone is put on the member's list first.
    """
    counter = till.work.counter
    record = counter.desk.ledger.members.of(member_id)
    assert record is not None
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    number, now = record.member.number, counter.desk.clock.now()
    if is_paired:
        public = key.public_key().public_bytes_raw()
        member = record.member.with_token(public, now)
        counter.desk.record(lambda unit: unit.members.put_tokens(member)).result()
    step = step_at(now)
    signature = key.sign(signed_message(number, step))
    return write_rotating_code(number, step, signature)


def give_pin(till: ScreenTill, member_id: str, pin: str) -> None:
    """Give a member a PIN."""
    counter = till.work.counter
    record = counter.desk.ledger.members.of(member_id)
    assert record is not None
    vault = counter.desk.vault
    profile = profile_of(vault.open(record.sealed))
    hashed = replace(profile, pin_hash=counter.credentials.hash_pin(pin))
    sealed = vault.reseal(record.sealed, profile_bytes(hashed))
    indices = vault.indices(profile)
    counter.desk.record(lambda unit: unit.members.put_profile(sealed, indices)).result()
