"""The life of a coupon: each step that may be, each that may not by its own name."""

from datetime import timedelta, timezone

import pytest

from pos_app.domain.coupon.facts import (
    Claimed,
    CouponFact,
    Expired,
    Issued,
    Redeemed,
    Released,
    Reserved,
    RestoreCause,
    Restored,
    Revoked,
    ShareGivenBack,
    Stamp,
)
from pos_app.domain.coupon.life import Coupon, CouponState, fold, merge, step
from pos_app.domain.coupon.returning import (
    GoodsBack,
    NothingBack,
    ShareBack,
    WholeBack,
    after_return,
    after_void,
    share_facts,
)
from pos_app.domain.coupon.template import (
    Batch,
    RestoreKind,
    RestoreRule,
    ReturnPolicy,
    Template,
    Validity,
    ValidityKind,
)
from pos_app.domain.coupon.using import (
    Issuing,
    cause_against,
    claim,
    in_hand,
    issue,
    require_room,
    require_stock,
)
from pos_app.domain.promotion.occasion import Occasion, Shopper
from pos_app.domain.promotion.promotion import Audience, AudienceKind, Hours
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp

SHANGHAI = timezone(timedelta(hours=8))
MONDAY = Timestamp.parse("2026-11-23T12:00:00+08:00")
END = MONDAY.plus_seconds(1000)
WINDOW = Period(MONDAY, END)


def stamp(name: str, seconds: int = 0) -> Stamp:
    return Stamp(name, "c", MONDAY.plus_seconds(seconds))


def issued(*, is_bearer: bool = True) -> Issued:
    return Issued(stamp("0"), "t", 1, "b", "digest", is_bearer, WINDOW)


def reserved(basket: str, seconds: int = 0, member: str = "") -> Reserved:
    until = MONDAY.plus_seconds(seconds + 60)
    return Reserved(stamp(f"res-{basket}", seconds), basket, "till", until, member)


def redeemed(basket: str, seconds: int = 0) -> Redeemed:
    return Redeemed(stamp(f"red-{basket}", seconds), basket, f"sale-{basket}", 10_00)


CLAIM = Claimed(stamp("claim"), "m", WINDOW)
REVOKE = Revoked(stamp("rev"), "stolen")
EXPIRE = Expired(stamp("exp", 1000))
RESTORE = Restored(stamp("back"), "sale-a", RestoreCause.VOID, WINDOW)
SHARE = ShareGivenBack(stamp("share"), "sale-a", "ret", "c2", 4_00)
SOLD: list[CouponFact] = [issued(), reserved("a"), redeemed("a")]


def folded(*facts: CouponFact) -> Coupon:
    coupon = fold(facts)
    assert coupon is not None
    return coupon


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ([issued()], CouponState.ISSUED),
        ([issued(), CLAIM], CouponState.CLAIMED),
        ([issued(), CLAIM, reserved("a", 0, "m")], CouponState.RESERVED),
        ([issued(), reserved("a"), Released(stamp("x"), "a")], CouponState.ISSUED),
        (SOLD, CouponState.REDEEMED),
        ([*SOLD, RESTORE], CouponState.RESTORED),
        ([*SOLD, RESTORE, reserved("b"), redeemed("b")], CouponState.REDEEMED),
        ([issued(), reserved("a"), reserved("b", 60)], CouponState.RESERVED),
        ([issued(), reserved("a"), redeemed("a", 2000)], CouponState.REDEEMED),
        ([issued(), EXPIRE], CouponState.EXPIRED),
        ([issued(), reserved("a"), REVOKE], CouponState.REVOKED),
    ],
)
def test_a_coupon_comes_to(facts: list[CouponFact], state: CouponState) -> None:
    assert folded(*facts).state is state


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ([reserved("a")], "coupon_unknown"),
        ([issued(), issued()], "coupon_issued_twice"),
        ([issued(), Revoked(Stamp("x", "other", MONDAY), "")], "coupon_is_another"),
        ([issued(), reserved("a"), reserved("b", 59)], "coupon_reserved"),
        (
            [issued(), reserved("a"), reserved("b", 60), redeemed("a")],
            "coupon_reserved",
        ),
        ([issued(), reserved("a"), Released(stamp("x"), "b")], "coupon_reserved"),
        ([issued(), reserved("a"), CLAIM], "coupon_reserved"),
        ([issued(), redeemed("a")], "coupon_not_reserved"),
        ([issued(), Released(stamp("x"), "a")], "coupon_not_reserved"),
        ([issued(is_bearer=False), reserved("a")], "coupon_needs_claim"),
        ([issued(), CLAIM, reserved("a", 0, "n")], "coupon_of_another_member"),
        ([issued(), CLAIM, CLAIM], "coupon_claimed_already"),
        ([issued(), reserved("a", -1)], "coupon_not_yet"),
        ([issued(), reserved("a", 1000)], "coupon_expired"),
        ([issued(), Expired(stamp("exp", 999))], "coupon_not_expired"),
        ([issued(), reserved("a", 990), EXPIRE], "coupon_reserved"),
        ([*SOLD, redeemed("a")], "coupon_redeemed"),
        ([*SOLD, reserved("b")], "coupon_redeemed"),
        ([*SOLD, REVOKE], "coupon_redeemed"),
        ([issued(), RESTORE], "coupon_not_redeemed"),
        ([*SOLD, RESTORE, RESTORE], "coupon_not_redeemed"),
        (
            [*SOLD, Restored(stamp("x"), "sale-b", RestoreCause.VOID, WINDOW)],
            "coupon_not_of_sale",
        ),
        ([*SOLD, SHARE, RESTORE], "coupon_partly_given_back"),
        ([*SOLD, SHARE, SHARE], "coupon_given_back_twice"),
        (
            [*SOLD, SHARE, ShareGivenBack(stamp("y"), "sale-a", "r2", "c3", 6_01)],
            "coupon_too_much_given_back",
        ),
        ([issued(), EXPIRE, reserved("a")], "coupon_expired"),
        ([issued(), REVOKE, reserved("a")], "coupon_revoked"),
        ([issued(), reserved("a"), REVOKE, redeemed("a")], "coupon_revoked"),
    ],
)
def test_a_step_is_refused_by_its_name(facts: list[CouponFact], refusal: str) -> None:
    before = fold(facts[:-1])
    with pytest.raises(UserError) as caught:
        step(before, facts[-1])
    assert caught.value.key == refusal


def test_regression_two_open_carts_redeem_one_coupon_once() -> None:
    """Facts of two tills that could not see each other, in either order of arrival."""
    facts: list[CouponFact] = [issued(), reserved("a", 1), redeemed("a", 9)]
    facts += [reserved("b", 2), redeemed("b", 8)]
    for arrived in (facts, facts[::-1], facts + facts):
        merged = merge(arrived)
        assert merged.coupon is not None
        assert merged.coupon.redeemed == redeemed("a", 9)
        assert {fact.stamp.fact_id for fact, _ in merged.refused} == {"res-b", "red-b"}


def template(**changes: object) -> Template:
    fixed = Validity(ValidityKind.FIXED, WINDOW)
    plain: dict[str, object] = {"validity": fixed, **changes}
    return Template("t", 1, "满100减10", "p", **plain)  # type: ignore[arg-type]


def occasion(seconds: int = 0, shopper: Shopper | None = None) -> Occasion:
    return Occasion(MONDAY.plus_seconds(seconds), SHANGHAI, shopper=shopper)


@pytest.mark.parametrize(
    ("kind", "length", "end"),
    [
        (ValidityKind.DAYS, 1, "2026-11-25T00:00:00+08:00"),
        (ValidityKind.HOURS, 72, "2026-11-26T12:00:00+08:00"),
    ],
)
def test_time_runs_from_the_claim(kind: ValidityKind, length: int, end: str) -> None:
    given = template(validity=Validity(kind, length=length), is_bearer=False)
    ids = iter("abcd")
    source = Issuing(MONDAY.plus_seconds(-9), SHANGHAI, bytes, lambda: next(ids))
    made = issue(Batch("b", "t", 1, 1), given, 1, 0, source)[0]
    coupon = folded(made.issued)
    assert coupon.window == Period()
    taken = claim(given, coupon, "m", Stamp("f", coupon.coupon_id, MONDAY), SHANGHAI)
    assert step(coupon, taken).window == Period(MONDAY, Timestamp.parse(end))


def test_a_batch_is_never_exceeded() -> None:
    ids = iter(range(100))
    source = Issuing(
        MONDAY,
        SHANGHAI,
        lambda n: next(ids).to_bytes(n, "big"),
        lambda: f"id-{next(ids)}",
    )
    batch = Batch("b", "t", 1, 3)
    assert len(issue(batch, template(), 3, 0, source)) == 3
    with pytest.raises(UserError, match=r"coupon_batch_full\(left=1\)"):
        issue(batch, template(), 2, 2, source)
    with pytest.raises(UserError, match="coupon_batch_full"):
        require_stock(template(most_in_all=5), 5, None)
    with pytest.raises(UserError, match="coupon_member_has_enough"):
        require_stock(template(most_per_member=1), 5, 1)


@pytest.mark.parametrize(
    ("changes", "who", "seconds", "refusal"),
    [
        ({}, None, 0, None),
        ({}, None, -1, "coupon_not_yet"),
        ({}, None, 1000, "coupon_expired"),
        ({"weekdays": (2, 3)}, None, 0, "coupon_not_at_this_time"),
        ({"weekdays": (1,)}, None, 0, None),
        ({"hours": (Hours(12 * 60, 13 * 60),)}, None, 0, None),
        ({"hours": (Hours(13 * 60, 14 * 60),)}, None, 0, "coupon_not_at_this_time"),
        ({"audience": AudienceKind.MEMBER}, None, 0, "coupon_not_for_customer"),
        ({"audience": AudienceKind.MEMBER}, Shopper("m"), 0, None),
    ],
)
def test_a_coupon_holds_for_whom_and_when_it_says(
    changes: dict[str, object], who: Shopper | None, seconds: int, refusal: str | None
) -> None:
    kind = changes.pop("audience", AudienceKind.EVERYONE)
    validity = Validity(ValidityKind.FIXED, WINDOW, 0, **changes)  # type: ignore[arg-type]
    given = template(validity=validity, audience=Audience(kind))  # type: ignore[arg-type]
    coupon = folded(issued())
    assert cause_against(given, coupon, occasion(seconds, who), "b") == refusal
    assert in_hand(given, coupon, is_chosen=True).promotion_id == "p"


def test_only_so_many_lie_in_a_basket() -> None:
    require_room(template(), ["other"], 2)
    with pytest.raises(UserError, match=r"coupon_too_many\(limit=1\)"):
        require_room(template(), ["t"])
    with pytest.raises(UserError, match=r"coupon_too_many\(limit=2\)"):
        require_room(template(), ["x", "y"], 2)


@pytest.mark.parametrize(
    ("policy", "now", "before", "left", "kind"),
    [
        (ReturnPolicy.RESTORE_IF_ALL, 10_00, 0, 0, WholeBack),
        (ReturnPolicy.RESTORE_IF_ALL, 4_00, 6_00, 0, WholeBack),
        (ReturnPolicy.RESTORE_IF_ALL, 4_00, 0, 1, NothingBack),
        (ReturnPolicy.NEVER, 10_00, 0, 0, NothingBack),
        (ReturnPolicy.PROPORTIONAL, 10_00, 0, 0, WholeBack),
        (ReturnPolicy.PROPORTIONAL, 4_00, 0, 1, ShareBack),
        (ReturnPolicy.PROPORTIONAL, 0, 0, 1, NothingBack),
    ],
)
def test_a_return_gives_the_coupon_back_by_policy(
    policy: ReturnPolicy, now: int, before: int, left: int, kind: type
) -> None:
    goods, given = GoodsBack("r", now, before, left), template(return_policy=policy)
    back = after_return(given, folded(*SOLD), goods, stamp("x"), SHANGHAI)
    assert isinstance(back, kind)
    too_much = GoodsBack("r", now + 10_01, before, left)
    with pytest.raises(UserError, match="coupon_too_much_given_back"):
        after_return(given, folded(*SOLD), too_much, stamp("x"), SHANGHAI)


def test_shares_come_to_the_whole_saving_and_no_more() -> None:
    given, coupon = template(return_policy=ReturnPolicy.PROPORTIONAL), folded(*SOLD)
    before = 0
    for number, (now, left) in enumerate([(3_33, 2), (3_33, 1), (3_34, 0)]):
        goods = GoodsBack(f"r{number}", now, before, left)
        share = after_return(given, coupon, goods, stamp("x"), SHANGHAI)
        assert isinstance(share, ShareBack)
        both = share_facts(given, coupon, share, issued(), f"f{number}")
        assert both.issued.parent_id == "c"
        assert both.issued.value_minor == now
        coupon, before = step(coupon, both.given_back), before + now
    assert coupon.shared_minor == 10_00


@pytest.mark.parametrize(
    ("rule", "seconds"),
    [
        (RestoreRule(), 1000),
        (RestoreRule(RestoreKind.TIME_LEFT), 2900),
        (RestoreRule(RestoreKind.DAYS, 1), 36 * 3600),
    ],
)
def test_a_void_restores_by_any_policy(rule: RestoreRule, seconds: int) -> None:
    given = template(return_policy=ReturnPolicy.NEVER, restore=rule)
    coupon = folded(issued(), reserved("a"), redeemed("a", 100))
    back = after_void(given, coupon, stamp("void", 2000), SHANGHAI)
    assert back.window.end == MONDAY.plus_seconds(seconds)
    assert step(coupon, back).state is CouponState.RESTORED


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("validity", {"validity": Validity(ValidityKind.DAYS)}),
        (
            "validity",
            {"validity": Validity(ValidityKind.DAYS, length=1, weekdays=(8,))},
        ),
        ("validity", {"validity": Validity(ValidityKind.FIXED, Period(END, MONDAY))}),
        ("most_per_basket", {"most_per_basket": 0}),
        ("most_per_member", {"most_per_member": 0}),
        ("restore", {"restore": RestoreRule(RestoreKind.DAYS)}),
        ("cost_minor", {"cost_minor": -1}),
    ],
)
def test_an_unsound_template_is_refused(field: str, changes: dict[str, object]) -> None:
    template().check()
    with pytest.raises(UserError, match=f"coupon_template_unsound.field={field}"):
        template(**changes).check()
