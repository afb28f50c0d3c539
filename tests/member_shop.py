"""A shop with everything that members can have, prepared once and copied for a test."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos_app.bootstrap import Till
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Cap, Condition, Effect, RewardRule
from pos_app.domain.coupon.template import ReturnPolicy, Template
from pos_app.domain.loyalty.burning import BurnAs, BurnRule
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.promotion.promotion import LimitPeriod
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.members import EnrolDraft
from pos_app.services.replay import ReplayClock
from tests.builders_counter_members import MemberPhone, member_of, pair_phone, set_pin
from tests.builders_points import RULES, bring, give_points
from tests.builders_returns import return_shop
from tests.counter_shop import NOON, opened
from tests.coupon_shop import make
from tests.value_till import RULE, able, filled

PHONES = ("13812346217", "13912340001", "13712345678")
#: What the shop's coupons are worth, in minor units, by name.
WHOLE, SHARED, ONCE = "whole", "shared", "once"
WORTH = {WHOLE: 1000, SHARED: 500, ONCE: 300}
_POLICIES = {
    WHOLE: ReturnPolicy.RESTORE_IF_ALL,
    SHARED: ReturnPolicy.PROPORTIONAL,
    ONCE: ReturnPolicy.NEVER,
}
#: Points are worth a fen each; a coupon of `WHOLE` costs what it is worth.
OPENING, TOPPED_UP = 3_000, 100_00
LIFE = LifeRule(ExpiryKind.ROLLING, 1, grace_days=2)
PROGRAMME = replace(RULES, value=RULE, life=LIFE, coupon_limit=2)
#: What every member of it types where a PIN is asked for.
PIN = "2468"
#: Makes the shop that members are brought into.
Base = Callable[[Path], ShopFolder]


def exact_shop(folder: Path) -> ShopFolder:
    """Return a shop whose cash needs no rounding."""
    return return_shop(folder, "1 half_up")


@cache
def _prepared(burn_as: BurnAs, pending_days: int, base: Base) -> ShopFolder:
    folder = Path(tempfile.mkdtemp(prefix="guitai-members-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shop = base(folder)
    with opened(shop, ReplayClock(NOON)) as till:
        able(till.counter)
        bring(till, rules(burn_as, pending_days))
        templates = {name: make(till, _draft(name)) for name in WORTH}
        for trigger in RewardTrigger:
            _start(till, _reward(trigger, templates[WHOLE]))
        for phone in PHONES:
            till.counter.members.enrol(
                EnrolDraft(phone, "", birthday=(11, 25))
            ).result()
            till.counter.members._pending = None
        for member_id in members_of(till):
            give_points(till, OPENING, member_id)
            filled(till.counter, TOPPED_UP, member_id=member_id)
            set_pin(till.counter, member_id, PIN)
            pair_phone(till.counter, member_id)
    return shop


def rules(burn_as: BurnAs, pending_days: int) -> Programme:
    """Return the shop's programme: a point is a fen, however it is given."""
    life = replace(LIFE, pending_days=pending_days)
    burn = BurnRule(step_points=100, step_minor=100, burn_as=burn_as)
    earn = replace(PROGRAMME.earn, excluded_tenders=("points",))
    return replace(PROGRAMME, burn=burn, life=life, earn=earn)


def phone_of(till: Till, member_id: str) -> MemberPhone:
    """Return the phone that was paired when the shop was prepared."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([1]) * 32)
    return MemberPhone(member_of(till.counter, member_id).number, key)


def _draft(name: str) -> CouponDraft:
    return CouponDraft(
        name,
        CouponKind.AMOUNT,
        amount_minor=WORTH[name],
        is_bearer=name != WHOLE,
        return_policy=_POLICIES[name],
        points_cost=WORTH[name] if name == WHOLE else 0,
    )


def _reward(trigger: RewardTrigger, template: Template) -> RewardRule:
    percent = 200 if trigger is RewardTrigger.NEWCOMER else 100
    effect = Effect((template.template_id,), percent, WORTH[WHOLE])
    return RewardRule(
        rule_id=f"rule-{trigger.value}",
        version=0,
        name=trigger.value,
        trigger=trigger,
        effect=effect,
        condition=Condition(days_before=3, days_absent=5),
        cap=Cap(2, LimitPeriod.MONTH, in_all=6),
        budget_minor=6 * WORTH[WHOLE],
    )


def _start(till: Till, wanted: RewardRule) -> None:
    rules = till.counter.campaign_rules
    stored = rules.save(wanted).result()
    rules.start(stored.rule_id, stored.version).result()


def member_shop(
    parent: Path,
    burn_as: BurnAs = BurnAs.DISCOUNT,
    pending_days: int = 0,
    base: Base = exact_shop,
) -> ShopFolder:
    """Return a shop of one's own, with three members, points, coupons and value."""
    root = parent / "shop"
    shutil.copytree(_prepared(burn_as, pending_days, base).root, root)
    return ShopFolder(root)


def members_of(till: Till) -> list[str]:
    """Return the ids of the prepared members, in the order of their phones."""
    found = [till.counter.members.find(phone) for phone in PHONES]
    return [glances[0].member_id for glances in found]


def templates_of(till: Till) -> dict[str, Template]:
    """Return the shop's coupons by name."""
    return {one.name: one for one in till.ledger.coupons.templates()}
