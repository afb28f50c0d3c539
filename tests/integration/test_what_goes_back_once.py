"""What goes back once and no more: top-ups, shares of coupons, gifts, merges undone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.coupon.reward import Condition
from pos_app.domain.coupon.template import ReturnPolicy
from pos_app.domain.member.consent import ConsentEntry, Purpose
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.stored_value.booking import RedeemOrder
from pos_app.ports.campaigns import OptOut
from pos_app.services.counter import Counter
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.member_merge import MergeReason
from pos_app.services.opt_out import is_opted_out
from pos_app.services.replay import ReplayClock
from pos_app.services.value_view import ValueMoney
from tests.builders_campaigns import (
    LIN,
    WANG,
    coupon_template,
    enrol,
    night,
    rule,
    run,
)
from tests.builders_points import RULES, balance, buy
from tests.builders_returns import (
    SHIRT_L,
    SHIRT_M,
    approve,
    approved,
    refund,
    return_shop,
    take_back,
)
from tests.counter_shop import (
    SUPERVISOR,
    TEA,
    finish,
    journal_kinds,
    pay_cash,
    query,
    refusal,
)
from tests.coupon_shop import give, make, state_of
from tests.value_till import ANNA, BERT, RULE, filled, loyal_till, shown, wallet

DAY_S = 86_400
BONUS_FIRST = replace(RULE, tender=replace(RULE.tender, order=RedeemOrder.BONUS_FIRST))


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    rules = replace(RULES, value=BONUS_FIRST)
    with loyal_till(return_shop(tmp_path, "1 half_up"), clock, rules) as found:
        yield found


def spent(counter: Counter, *codes: str) -> None:
    """Let Anna's wallet pay for goods."""
    counter.sale.scan(*codes[:1])
    for code in codes[1:]:
        counter.sale.scan(code)
    shown(counter)
    counter.stored_value.pay(wallet(counter).account_id)
    finish(counter)


def paid_out(counter: Counter, lot_id: str, minor: int) -> int:
    """Pay some of a top-up back; return the money that was handed over."""
    account_id = wallet(counter).account_id
    service = counter.stored_value
    done = service.refund_top_up(account_id, lot_id, minor, print_slip=False).result()
    return sum(line.amount_minor for line in done.money)


# -------------------------------------------------------------------------- value


def test_a_top_up_pays_no_more_back_than_is_left_of_what_was_paid(till: Till) -> None:
    counter = till.counter
    lot_id = filled(counter, 500_00).lot_id  # and 50.00
    spent(counter, SHIRT_M)  # the bonus, and 149.00
    what, service = (wallet(counter).account_id, lot_id), counter.stored_value
    for minor in (351_01, 500_00, 500_01):
        for refused in (
            refusal(service.refund_terms, *what, minor),
            refusal(service.refund_top_up, *what, minor, print_slip=False),
        ):
            assert refused.key == "stored_value_too_much_back"
            assert refused.params["left_minor"] == 351_00
    assert wallet(counter).usable_minor == 351_00
    assert paid_out(counter, lot_id, 351_00) == 351_00 - (50_00 - 14_90)
    assert wallet(counter).usable_minor == 0


def test_a_bonus_that_was_spent_is_kept_once_however_many_refunds_there_are(
    till: Till,
) -> None:
    counter = till.counter
    lot_id = filled(counter, 500_00).lot_id
    spent(counter, TEA, TEA, TEA, TEA)  # 51.20: the bonus, and 1.20
    assert paid_out(counter, lot_id, 250_00) == 250_00 - 25_00
    assert paid_out(counter, lot_id, 248_80) == 248_80 - 24_88
    assert wallet(counter).usable_minor == 0


def test_a_bonus_spent_in_part_leaves_what_the_money_that_stays_has_earned(
    till: Till,
) -> None:
    counter = till.counter
    lot_id = filled(counter, 500_00).lot_id
    spent(counter, TEA)  # 12.80 of the bonus
    assert paid_out(counter, lot_id, 250_00) == 250_00
    after = wallet(counter)
    assert (after.paid_minor, after.bonus_minor) == (250_00, 25_00 - 12_80)
    assert paid_out(counter, lot_id, 250_00) == 250_00 - 12_80
    assert wallet(counter).usable_minor == 0


def test_small_refunds_draw_on_all_that_paid_and_not_on_one_alone(till: Till) -> None:
    counter = till.counter
    money = (ValueMoney("card", 50_00, "4242"), ValueMoney("cash", 50_00))
    lot_id = filled(counter, 100_00, money).lot_id
    account_id = wallet(counter).account_id
    back: dict[str, int] = {}
    for _ in range(4):
        done = counter.stored_value.refund_top_up(
            account_id, lot_id, 1, print_slip=False
        ).result()
        for line in done.money:
            back[line.key] = back.get(line.key, 0) + line.amount_minor
    assert back == {"card": 2, "cash": 2}


# ------------------------------------------------------------------------ coupons


def test_each_return_gives_its_own_share_of_a_coupon_and_no_other(till: Till) -> None:
    counter = till.counter
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000)
    draft = replace(draft, return_policy=ReturnPolicy.PROPORTIONAL)
    counter.sale.scan(TEA, Decimal(3))
    counter.sale.scan(SHIRT_M)
    counter.coupons.show(give(till, make(till, draft)).code)
    sale = pay_cash(counter)
    shares: list[int] = []
    for position, quantity in ((1, 1), (2, 1), (1, 2)):
        take_back(counter, sale, position, Decimal(quantity))
        approved(counter, refund, counter)
        rows = "SELECT value_minor FROM coupon WHERE value_minor IS NOT NULL"
        values = [minor for (minor,) in query(till, rows)]
        assert len(values) == len(shares) + 1
        shares.append(sum(values) - sum(shares))
    tea, shirt, more_tea = shares
    assert sum(shares) == 10_00
    assert abs(more_tea - 2 * tea) <= 1
    assert shirt > 10 * tea


def test_a_coupon_that_was_used_is_not_taken_back_from_its_sale(till: Till) -> None:
    counter = till.counter
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000)
    coupon = give(till, make(till, draft))
    counter.sale.scan(SHIRT_M)
    counter.coupons.show(coupon.code)
    pay_cash(counter)
    office = counter.coupon_office
    assert office.revoke(coupon.coupon_id, "by_hand").result() == ()
    assert state_of(till, coupon.coupon_id) is CouponState.REDEEMED


def test_nobody_claims_more_coupons_than_one_may_have(till: Till) -> None:
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000, is_bearer=False)
    template = make(till, replace(draft, most_per_member=1))
    first, second = (give(till, template).code for _ in range(2))
    claim = till.counter.coupons.claim
    claim(first, ANNA).result()
    assert refusal(claim, second, ANNA).key == "coupon_member_has_enough"


# --------------------------------------------------------------- gifts, one person


def test_somebody_who_was_two_is_given_once_for_one_day(till: Till) -> None:
    counter = till.counter
    coupon_template(counter)
    run(counter, rule(RewardTrigger.CHECK_IN))
    kept, other = enrol(counter), enrol(counter, WANG, "王")
    assert counter.campaigns.here(other).result().gift is not None
    merging = counter.member_admin.merging
    merging.merge(kept, other, MergeReason.SAME_PERSON).result()
    for one in (kept, other):
        assert counter.campaigns.here(one).result().why_not == "given_already"
    assert len(counter.campaigns.gifts_of(kept)) == 1


def test_a_referral_is_taken_back_when_too_little_is_left_of_the_order_and_once(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    coupon_template(counter)
    least = Condition(least_spend_minor=30_00)
    run(counter, rule(RewardTrigger.REFERRAL, condition=least))
    referrer = enrol(counter)
    friend = enrol(counter, WANG, "王", referrer=LIN)
    counter.sale.scan(TEA, Decimal(4))  # 51.20
    shown(counter, friend)
    sale = pay_cash(counter)
    clock.set(clock.now().plus_seconds(8 * DAY_S))
    night(till)
    (gift,) = counter.campaigns.gifts_of(referrer)
    for told in (0, 1, 1, 1):  # 38.40, 25.60, 12.80, nothing left
        take_back(counter, sale)
        approved(counter, refund, counter)
        (gift,) = counter.campaigns.gifts_of(referrer)
        assert gift.is_taken_back == bool(told)
        assert journal_kinds(till).count("RewardTakenBack") == told


def test_an_objection_of_one_half_holds_for_the_whole_person(till: Till) -> None:
    counter = till.counter
    kept, other = enrol(counter), enrol(counter, WANG, "王")
    merging = counter.member_admin.merging
    merging.merge(kept, other, MergeReason.SAME_PERSON).result()
    ids = till.ledger.members.ids_of(kept)
    assert not is_opted_out(till.ledger, ids, OptOut.MARKETING)
    entry = ConsentEntry(
        counter.desk.ids.new(),
        other,
        Purpose.MARKETING,
        "1",
        is_given=False,
        at=counter.desk.clock.now(),
    )
    till.ledger.submit(lambda unit: unit.members.add_consent(entry)).result()
    assert is_opted_out(till.ledger, ids, OptOut.MARKETING)


def test_two_chains_that_are_made_one_by_their_ends_are_one_person(till: Till) -> None:
    counter, merging = till.counter, till.counter.member_admin.merging
    one, two = enrol(counter), enrol(counter, WANG, "王")
    merging.merge(ANNA, one, MergeReason.SAME_PERSON).result()
    merging.merge(BERT, two, MergeReason.SAME_PERSON).result()
    merging.merge(one, two, MergeReason.NEW_NUMBER).result()
    for each in (ANNA, BERT, one, two):
        ids = till.ledger.members.ids_of(each)
        assert ids[0] == ANNA
        assert set(ids) == {ANNA, BERT, one, two}


def test_a_tier_won_since_a_merge_stays_when_the_merge_is_undone(till: Till) -> None:
    counter, merging = till.counter, till.counter.member_admin.merging
    buy(till, SHIRT_M, SHIRT_L, who=BERT)
    done = merging.merge(ANNA, BERT, MergeReason.SAME_PERSON).result()
    assert counter.points.standing(ANNA).tier.key == "silver"
    buy(till, SHIRT_M, SHIRT_L, SHIRT_L, who=ANNA)
    assert counter.points.standing(ANNA).tier.key == "gold"
    merging.undo(done.merge_id).result()
    assert counter.points.standing(ANNA).tier.key == "gold"
    assert counter.points.standing(BERT).tier.key == "silver"


def test_points_added_by_hand_end_like_those_that_were_earned(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    approve(counter, Demand(Permission.POINTS_ADJUST, ANNA), SUPERVISOR)
    counter.points.adjust(ANNA, 50, "goodwill").result()
    buy(till, TEA, who=ANNA)
    ends = {x.lot.expires_at for x in till.ledger.points.left((ANNA,))}
    assert len(ends) == 1
    assert None not in ends
    assert balance(till, ANNA).active == 50 + 12
