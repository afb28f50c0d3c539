"""Whose value, points and coupons they are, and how much: named cases, to the cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.coupon.template import ReturnPolicy, Validity, ValidityKind
from pos_app.domain.coupon.using import in_hand
from pos_app.domain.loyalty.earn_rule import Multiplier, MultiplierKind
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.member.recognition import Means, Recognition
from pos_app.domain.offer_intents import SetShopper, ShowCoupon
from pos_app.domain.open_sale import GiveRefund
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.domain.stored_value.booking import RedeemOrder
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.services.counter import Counter
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.member_erasure import wipe
from pos_app.services.member_merge import MergeReason
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period
from tests.builders_points import RULES, TENDER, balance, bring, give_points
from tests.builders_returns import (
    SHIRT_L,
    SHIRT_M,
    approved,
    give_all_back,
    paid_back,
    return_shop,
    take_back,
)
from tests.counter_shop import (
    NOON,
    TEA,
    finish,
    pay_cash,
    query,
    refusal,
    unit_of,
)
from tests.coupon_shop import give, make, state_of
from tests.value_till import ANNA, BERT, CASH, RULE, filled, loyal_till, shown, wallet

BOXES = Decimal(20)  # of tea: 256.00


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    rules = replace(RULES, value=RULE, coupon_limit=2)
    with loyal_till(return_shop(tmp_path, "1 half_up"), clock, rules) as found:
        yield found


def in_vain(till: Till) -> str:
    """End the sale, which is refused; say why, and have the goods paid no more."""
    counter = till.counter
    key = refusal(lambda: counter.checkout.finish(print_slip=False).result()).key
    counter.checkout.finished()
    assert counter.sale.current is not None
    return key


# -------------------------------------------------------------------------- value


def test_goods_of_two_sales_pay_for_others_and_each_its_own_part(till: Till) -> None:
    counter = till.counter
    filled(counter, 500_00)
    counter.sale.scan(SHIRT_M)
    first = pay_cash(counter)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(wallet(counter).account_id)
    second = finish(counter)
    take_back(counter, first)
    take_back(counter, second)
    counter.sale.scan(TEA, BOXES)
    give_all_back(counter)
    third = finish(counter)
    told = {x.key: x.amount_minor for x in third.refunds}
    take_back(counter, third, 1, BOXES)
    ways = {way.key: way.amount_minor for way in counter.refund.ways()}
    assert told == {"cash": 142_00}
    assert ways == {"cash": 57_00, "stored_value": 199_00}


def test_a_sale_paid_twice_by_one_wallet_gets_the_last_payment_back_first(
    till: Till,
) -> None:
    counter = till.counter
    filled(counter, 90_00)
    filled(counter, 90_00)
    account_id = wallet(counter).account_id
    shown(counter)
    counter.sale.scan(TEA)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(account_id, 50_00)
    counter.stored_value.pay(account_id, 60_00)
    counter.checkout.take("cash", None)
    sale = finish(counter)
    take_back(counter, sale, 1)
    counter.refund.give("stored_value")
    finish(counter)
    account = till.ledger.stored_value.account(account_id)
    assert [x.left_minor for x in account.redeemed] == [50_00, 60_00 - 12_80]


def test_part_of_a_payment_goes_back_to_what_was_paid_and_to_the_bonus(
    till: Till,
) -> None:
    counter = till.counter
    tender = replace(RULE.tender, order=RedeemOrder.PROPORTIONAL)
    bring(till, replace(RULES, value=replace(RULE, tender=tender)))
    filled(counter, 500_00)  # and 50.00
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.sale.scan(SHIRT_L)
    counter.stored_value.pay(wallet(counter).account_id)
    sale = finish(counter)
    before = wallet(counter)
    take_back(counter, sale, 1)
    counter.refund.give("stored_value")
    finish(counter)
    after = wallet(counter)
    assert after.bonus_minor - before.bonus_minor == 18_09  # of 199.00: one of eleven
    assert after.paid_minor - before.paid_minor == 199_00 - 18_09


def test_a_bonus_counts_against_the_most_that_an_account_may_hold(till: Till) -> None:
    counter = till.counter
    for _ in range(3):
        filled(counter, 500_00)
    refused = refusal(filled, counter, 350_00)  # and 5.00
    assert (refused.key, refused.params["most_minor"]) == (
        "stored_value_above_most",
        2_000_00,
    )
    filled(counter, 345_00)
    assert wallet(counter).usable_minor == 2_000_00


def test_the_code_of_somebody_else_proves_nothing_of_a_wallet(till: Till) -> None:
    counter = till.counter
    filled(counter, 500_00)
    counter.sale.scan(SHIRT_M)
    known = Recognition(BERT, Means.ROTATING_CODE, counter.desk.clock.now())
    counter.sale.accept(SetShopper(Shopper(ANNA), known))
    account_id = wallet(counter).account_id
    refused = refusal(counter.stored_value.pay, account_id, 199_00)
    assert refused.key == "stored_value_not_proven"
    shown(counter)
    assert counter.stored_value.pay(account_id, 199_00).due_minor == 0
    finish(counter)


# ------------------------------------------------------------------------- points


def test_two_people_who_spent_what_came_back_owe_it_each(till: Till) -> None:
    counter = till.counter
    sales = []
    for who, code in ((ANNA, SHIRT_M), (BERT, SHIRT_L)):
        shown(counter, who)
        counter.sale.scan(code)
        sales.append(pay_cash(counter))
        shown(counter, who)
        counter.sale.scan(TEA)
        counter.points.give(100)
        pay_cash(counter)
    before = [balance(till, who).total for who in (ANNA, BERT)]
    assert before == [99 + 11, 119 + 11]
    for sale in sales:
        take_back(counter, sale)
    approved(counter, counter.refund.give, "cash")
    finish(counter)
    assert [balance(till, who).debt for who in (ANNA, BERT)] == [199 - 110, 219 - 130]


def test_points_pay_no_more_of_an_exchange_than_the_goods_cost_more(
    till: Till,
) -> None:
    counter = till.counter
    bring(till, TENDER)
    give_points(till, 30_000, ANNA)
    counter.sale.scan(SHIRT_M)
    sale = pay_cash(counter)
    take_back(counter, sale)
    counter.sale.scan(TEA, Decimal(16))  # 204.80
    shown(counter)
    assert counter.points.burnable().burn.amount_minor == 5_00
    assert refusal(counter.points.give, 30_000).key != ""
    counter.points.give(500)
    counter.checkout.take("cash", None)
    finish(counter)
    assert balance(till, ANNA).total == 30_000 - 500 + 204 - 5


def test_points_that_go_back_in_two_steps_of_one_ticket_all_go_back(
    till: Till,
) -> None:
    counter = till.counter
    bring(till, TENDER)
    give_points(till, 20_000, ANNA)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.points.give(19_900)
    sale = finish(counter)
    take_back(counter, sale)
    counter.refund.give("points", 50_00)
    counter.refund.give("points", 149_00)
    finish(counter)
    assert balance(till, ANNA).total == 20_000


def test_points_that_ended_are_good_as_long_as_a_recognition_and_no_longer(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    life = LifeRule(ExpiryKind.ROLLING, 1)
    bring(till, replace(RULES, life=life))
    shown(counter)
    counter.sale.scan(SHIRT_M)
    pay_cash(counter)
    assert balance(till, ANNA).active == 199
    end = next(iter(till.ledger.points.left((ANNA,)))).lot.expires_at
    assert end is not None
    fresh_s = till.ledger.points.programme().recognition.fresh_s
    clock.set(end.plus_seconds(-60))
    counter.sale.scan(TEA)
    shown(counter)
    counter.points.give(100)
    clock.set(end.plus_seconds(fresh_s + 1))
    known = Recognition(ANNA, Means.ROTATING_CODE, clock.now())
    counter.sale.accept(SetShopper(Shopper(ANNA), known))
    counter.checkout.take("cash", None)
    assert in_vain(till) == "points_not_enough"


def test_a_campaign_of_an_hour_counts_for_whoever_came_in_time(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    hour = Period(NOON, NOON.plus_seconds(3600))
    double = Multiplier(MultiplierKind.ITEM, "", Percentage.parse("200"), period=hour)
    counter.sale.scan(SHIRT_M)
    basket = counter.sale.basket
    assert basket is not None
    assert basket.lines[0].unit is not None
    double = replace(double, key=basket.lines[0].unit.item_id)
    earn = replace(RULES.earn, multipliers=(double,))
    bring(till, replace(RULES, earn=earn))
    shown(counter)
    clock.set(hour.end.plus_seconds(60))
    pay_cash(counter)
    assert balance(till, ANNA).active == 2 * 199


def test_points_that_go_home_repay_what_is_owed_there(till: Till) -> None:
    counter, merging = till.counter, till.counter.member_admin.merging
    shown(counter, BERT)
    counter.sale.scan(SHIRT_L)
    earned = pay_cash(counter)  # 219 points
    done = merging.merge(ANNA, BERT, MergeReason.SAME_PERSON).result()
    shown(counter)
    counter.sale.scan(TEA)
    counter.points.give(200)
    sale = pay_cash(counter)
    merging.undo(done.merge_id).result()
    take_back(counter, earned)
    paid_back(counter)
    assert balance(till, BERT).debt == 200
    take_back(counter, sale)
    paid_back(counter)
    assert balance(till, BERT) == Balance()


# ------------------------------------------------------------------------ coupons


@pytest.mark.parametrize(
    ("owner", "why"),
    [(ANNA, "coupon_of_another_member"), ("", "coupon_needs_claim")],
)
def test_a_coupon_is_held_to_its_owner_once_more_when_the_sale_ends(
    till: Till, owner: str, why: str
) -> None:
    counter = till.counter
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000, is_bearer=False)
    template = make(till, draft)
    coupon = till.ledger.coupons.coupon(give(till, template, owner).coupon_id)
    assert coupon is not None
    counter.sale.scan(SHIRT_M)
    shown(counter, BERT)
    counter.sale.accept(ShowCoupon(in_hand(template, coupon, is_chosen=True)))
    assert counter.sale.priced is not None
    counter.checkout.take("cash", None)
    assert in_vain(till) == why


def taken(counter: Counter, minor: int) -> None:
    """Let a wallet pay unproven, as if its service had found nothing to refuse."""
    tender = TenderLine(
        tender_id=counter.desk.ids.new(),
        key="stored_value",
        kind=TenderKind.STORED_VALUE,
        amount_minor=minor,
        account_id=wallet(counter).account_id,
    )
    counter.checkout.take_checked(tender)


def test_two_payments_without_proof_are_held_to_the_limit_together(
    till: Till,
) -> None:
    counter = till.counter
    filled(counter, 500_00)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    taken(counter, 30_00)
    taken(counter, 30_00)
    counter.checkout.take("cash", None)
    assert in_vain(till) == "stored_value_not_proven"
    assert wallet(counter).usable_minor == 550_00 - 60_00  # held by the open sale


def test_no_refund_puts_more_into_a_wallet_than_its_sale_took(till: Till) -> None:
    counter = till.counter
    filled(counter, 500_00)
    account_id = wallet(counter).account_id
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(account_id, 50_00)
    sale = pay_cash(counter)
    take_back(counter, sale)
    whole = TenderLine(
        tender_id=counter.desk.ids.new(),
        key="stored_value",
        kind=TenderKind.STORED_VALUE,
        amount_minor=199_00,
        account_id=account_id,
    )
    counter.sale.accept(GiveRefund(whole))
    key = refusal(lambda: counter.checkout.finish(print_slip=False).result()).key
    assert key == "stored_value_too_much_back"
    assert wallet(counter).usable_minor == 500_00


def test_a_coupon_gives_no_share_back_whose_time_is_over(
    till: Till, clock: ReplayClock
) -> None:
    counter = till.counter
    two_days = Validity(ValidityKind.DAYS, length=2)
    policy = ReturnPolicy.PROPORTIONAL
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000, validity=two_days)
    template = make(till, replace(draft, return_policy=policy))
    for waits, shares in ((0, 1), (3 * 86_400, 1)):
        counter.sale.scan(SHIRT_M)
        counter.sale.scan(SHIRT_L)
        counter.coupons.show(give(till, template).code)
        sale = pay_cash(counter)
        clock.set(clock.now().plus_seconds(waits))
        take_back(counter, sale)
        approved(counter, counter.refund.give, "cash")
        finish(counter)
        rows = "SELECT count(*) FROM coupon WHERE value_minor IS NOT NULL"
        assert query(till, rows) == [(shares,)]


def test_other_goods_that_come_back_move_no_coupon(till: Till) -> None:
    counter = till.counter
    shirts = Selector(GoodsSet(item_ids=(unit_of(counter, SHIRT_M).item_id,)))
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000, goods=shirts)
    coupon = give(till, make(till, draft))
    counter.sale.scan(SHIRT_M)
    counter.sale.scan(TEA)
    counter.coupons.show(coupon.code)
    sale = pay_cash(counter)
    for position in (1, 2):
        take_back(counter, sale, position)
        approved(counter, counter.refund.give, "cash")
        finish(counter)
        facts = till.ledger.coupons.facts(coupon.coupon_id)
        assert state_of(till, coupon.coupon_id) is CouponState.RESTORED
        assert len(facts) == 4  # issued, reserved, redeemed, restored


def test_a_coupon_for_points_is_not_given_at_a_price_that_is_no_more(
    till: Till,
) -> None:
    counter = till.counter
    give_points(till, 1_000, ANNA)
    draft = CouponDraft("ten", CouponKind.AMOUNT, amount_minor=1000, points_cost=300)
    draft = replace(draft, is_bearer=False)
    template = make(till, draft)
    counter.sale.scan(TEA)
    shown(counter)
    ids = {"template_id": template.template_id, "promotion_id": template.promotion_id}
    dearer, go_on = replace(draft, points_cost=900, **ids), Event()
    held = till.ledger.submit(lambda _unit: go_on.wait(120))
    saved = counter.coupon_office.save(dearer)
    given = counter.coupons.redeem_points(template.template_id)
    go_on.set()
    assert held.result()
    assert saved.result().points_cost == 900
    assert refusal(given.result).key == "coupon_template_ended"
    assert balance(till, ANNA).total == 1_000


# ------------------------------------------------------------------------ erasure


def test_nobody_is_erased_whose_wallet_was_filled_a_moment_ago(till: Till) -> None:
    counter, go_on = till.counter, Event()
    erase = counter.member_admin.erasure.erase
    held = till.ledger.submit(lambda _unit: go_on.wait(120))
    service = counter.stored_value
    filling = service.top_up(ANNA, 100_00, CASH, print_slip=False)
    erased = approved(counter, erase, ANNA)
    go_on.set()
    assert held.result()
    assert filling.result().paid_minor == 100_00
    assert refusal(erased.result).key == "member_erase_value"
    assert wallet(counter).usable_minor == 105_00


def test_a_parked_sale_that_an_older_copy_brought_back_loses_its_name(
    till: Till,
) -> None:
    counter = till.counter
    shown(counter)
    counter.sale.scan(TEA)
    counter.park.park("林女士").result()
    counter.park.settled()
    assert [x.name for x in counter.park.all()] == ["林女士"]
    at = counter.desk.clock.now()
    till.ledger.submit(lambda unit: wipe(unit, (ANNA,), at)).result()
    assert [x.name for x in counter.park.all()] == [""]


def test_a_merge_repays_what_the_one_owes_with_what_the_other_has(till: Till) -> None:
    counter = till.counter
    shown(counter)
    counter.sale.scan(SHIRT_M)
    sale = pay_cash(counter)
    shown(counter)
    counter.sale.scan(TEA)
    counter.points.give(100)
    pay_cash(counter)
    take_back(counter, sale)
    approved(counter, counter.refund.give, "cash")
    finish(counter)
    give_points(till, 500, BERT)
    owed = balance(till, ANNA).debt
    assert owed == 199 - 110
    merging = counter.member_admin.merging
    merging.merge(BERT, ANNA, MergeReason.SAME_PERSON).result()
    ids = till.ledger.members.ids_of(ANNA)
    now = counter.desk.clock.now()
    assert till.ledger.points.balance(ids, now) == Balance(active=500 - owed)
