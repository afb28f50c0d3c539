"""The customer of the open sale: found, recognised, changed, proved, let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.member.masking import mask_code
from pos_app.domain.member.merging import MemberMerge, MergeUndone
from pos_app.domain.member.phone_holding import HoldingEnd
from pos_app.domain.member.recognition import Means, RecognitionPolicy, Strength
from pos_app.domain.offer_intents import GivePoints, ShowCoupon
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn
from pos_app.domain.promotion.promotion import Limits
from pos_app.ports.members import MemberCard
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.builders_counter_members import (
    LIN,
    OUYANG,
    WANG,
    card_of,
    enrol,
    enrol_here,
    member_of,
    pair_phone,
    set_pin,
)
from tests.builders_promotions import everything, members_only, percent, unit_deal
from tests.counter_shop import (
    CASHIER,
    COLA,
    MANAGER,
    NOON,
    SUPERVISOR,
    TEA,
    TRAINEE,
    finish,
    fresh_shop,
    journal_kinds,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sign_on,
)
from tests.promotion_in_shop import hold

#: WeChat Pay shows 18 digits from 10 to 15.
WECHAT = "134567890123456789"


@dataclass
class Shop:
    till: Till
    clock: ReplayClock

    @property
    def counter(self) -> Counter:
        return self.till.counter

    def later(self, seconds: int) -> None:
        self.clock.set(self.clock.now().plus_seconds(seconds))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    clock = ReplayClock(NOON)
    with opened(fresh_shop(tmp_path), clock) as till:
        yield Shop(till, clock)


@pytest.fixture
def counter(shop: Shop) -> Counter:
    return shop.counter


def key_of(action, *what) -> str:  # type: ignore[no-untyped-def]
    return refusal(action, *what).key


# --------------------------------------------------------------------------- finding


def test_a_member_is_found_by_what_a_customer_says(counter) -> None:
    found_id = enrol(counter, LIN, "林可怡")
    enrol(counter, WANG, "王伟")
    for asked in (
        "13800006217",
        "+86 138 0000 6217",
        "0086-138-0000-6217",
        "１３８００００６２１７",
        "6217",
        "林可怡",
        "可怡",
        "linkeyi",
        "Lin Keyi",
        "lky",
        "keyi",
    ):
        (found,) = counter.members.find(asked)
        assert found.member_id == found_id
        assert (found.name_masked, found.phone_masked) == ("林*怡", "138****6217")
    for asked in ("", "   ", "6218", "13800006218", "陈", "🧋", "*", "²²²²", WECHAT):
        assert counter.members.find(asked) == ()


def test_several_are_found_by_four_digits_the_latest_visitor_first(shop) -> None:
    counter = shop.counter
    first = enrol(counter, "13800006217", "林可怡")
    second = enrol(counter, "13911116217", "王伟")
    shop.later(60)
    counter.members.attach(first, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    pay_cash(counter)
    assert [x.member_id for x in counter.members.find("6217")] == [first, second]


def test_a_static_code_a_pass_and_an_old_card_name_their_member(counter) -> None:
    member_id = enrol(counter, card="OLD-7788")
    code = card_of(counter, member_id)
    assert counter.members.find(code)[0].member_id == member_id
    for scanned, means in (
        (code, Means.STATIC_CODE),
        ("W" + code, Means.WALLET_PASS),
        ("old-7788", Means.CARD),
    ):
        counter.members.detach()
        assert counter.members.is_member_code(scanned)
        attached = counter.members.attach_code(scanned)
        assert attached.glance.member_id == member_id
        assert attached.strength is Strength.WEAK
        recognition = counter.members.recognition
        assert recognition is not None
        assert recognition.means is means
    (card,) = counter.desk.ledger.members.cards(member_id)
    assert card.shown == mask_code("OLD-7788")


def test_a_card_with_one_wrong_sign_is_refused_by_name(counter) -> None:
    code = card_of(counter, enrol(counter))
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    assert key_of(counter.members.attach_code, wrong) == "member_card_mistyped"
    assert counter.sale.current is None


# ------------------------------------------------------------------ payment codes


def test_an_18_digit_card_that_looks_like_a_payment_code_is_no_members_card(
    counter,
) -> None:
    member_id = enrol(counter)
    index = counter.desk.vault.card_index(WECHAT)
    card = MemberCard(index, "****", NOON)  # whatever put it there
    counter.desk.record(lambda unit: unit.members.add_card(member_id, card)).result()
    assert not counter.members.is_member_code(WECHAT)
    assert counter.members.find(WECHAT) == ()
    assert key_of(counter.members.attach_code, WECHAT) == "member_code_unknown"
    draft_refused = refusal(enrol, counter, WANG, "王伟", card=WECHAT)
    assert draft_refused.key == "member_card_like_payment"
    assert counter.desk.ledger.members.count() == 1


def test_goods_and_badges_are_no_member_codes(counter) -> None:
    enrol(counter)
    for code in (TEA, "2100005012345", "GTB-1001-777777777777", "8"):
        assert not counter.members.is_member_code(code)


# ------------------------------------------------------------ the sale and its member


def test_a_sale_may_begin_with_its_member(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    attached = counter.members.attach(member_id, Means.PHONE_SAID)
    assert (attached.before, attached.after, attached.is_same) == (None, None, False)
    assert counter.members.current == attached.glance
    refused = refusal(counter.checkout.take, "cash", None)
    assert refused.key == "basket_only_member"
    counter.sale.scan(TEA)
    sale = pay_cash(counter)
    assert (sale.member_id, sale.member_means) == (member_id, "phone_said")
    assert sale.member_strength == "weak"
    rows = query(shop.till, "SELECT member_id, member_means, member_strength FROM sale")
    assert [tuple(row) for row in rows] == [(member_id, "phone_said", "weak")]
    assert counter.members.current is None
    prove(shop.till)


def test_a_sale_of_nothing_but_its_member_leaves_no_trace(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    before = journal_kinds(shop.till)
    counter.members.attach(member_id, Means.PHONE_SAID)
    counter.members.detach()
    assert counter.sale.current is None
    assert counter.members.current is None
    counter.members.detach()  # once more changes nothing
    assert journal_kinds(shop.till) == before
    counter.sale.scan(TEA)
    assert pay_cash(counter).member_id == ""


def test_a_sale_of_nothing_but_its_member_does_not_come_back_with_the_till(
    tmp_path,
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder) as till:
        till.counter.members.attach(enrol(till.counter), Means.PHONE_SAID)
        till.counter.members.detach()
    with opened(folder) as till:
        assert till.counter.sale.current is None
        till.counter.sale.scan(TEA)
        assert pay_cash(till.counter).member_id == ""
        prove(till)


def test_the_next_customer_begins_a_sale_of_their_own(counter) -> None:
    lin, wang = enrol(counter), enrol(counter, WANG, "王伟")
    counter.members.attach(lin, Means.PHONE_SAID)
    first = counter.sale.basket
    counter.members.attach(wang, Means.PHONE_SAID)
    second = counter.sale.basket
    assert first is not None
    assert second is not None
    assert first.basket_id != second.basket_id
    counter.sale.scan(TEA)
    assert pay_cash(counter).member_id == wang


def test_a_member_who_joins_late_is_told_before_and_after(shop) -> None:
    counter = shop.counter
    hold(shop.till, members_only(unit_deal(everything(), percent("10"))))
    member_id = enrol(counter)
    counter.sale.scan(TEA)
    attached = counter.members.attach(member_id, Means.LAST_FOUR)
    assert (attached.before, attached.after) == (1280, 1152)
    counter.members.detach()
    assert counter.sale.priced is not None
    assert counter.sale.priced.total_minor == 1280


def test_a_member_scanned_twice_changes_nothing(shop) -> None:
    counter = shop.counter
    hold(shop.till, members_only(unit_deal(everything(), percent("10"))))
    member_id = enrol(counter)
    phone = pair_phone(counter, member_id)
    counter.sale.scan(TEA)
    code = phone.shows(shop.clock.now())
    assert not counter.members.attach_code(code).is_same
    counter.desk.ledger.flush()
    intents = query(shop.till, "SELECT count(*) FROM intent")[0][0]
    again = counter.members.attach_code(code)  # the customer holds it there still
    assert again.is_same
    assert (again.before, again.after, again.strength) == (1152, 1152, Strength.STRONG)
    weaker = counter.members.attach(member_id, Means.PHONE_SAID)
    assert weaker.strength is Strength.STRONG
    counter.desk.ledger.flush()
    assert query(shop.till, "SELECT count(*) FROM intent")[0][0] == intents


def test_another_member_after_deals_applied_pays_as_that_member(shop) -> None:
    counter = shop.counter
    once = members_only(
        unit_deal(everything(), percent("10")), limits=Limits(per_member=1)
    )
    hold(shop.till, once)
    lin, wang = enrol(counter), enrol(counter, WANG, "王伟")
    counter.members.attach(lin, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    assert pay_cash(counter).priced.total_minor == 1152
    counter.members.attach(wang, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    changed = counter.members.attach(lin, Means.PHONE_SAID)  # had it before
    assert (changed.before, changed.after) == (1152, 1280)
    assert pay_cash(counter).member_id == lin


def test_coupons_and_points_stay_with_the_member_they_belong_to(counter) -> None:
    lin, wang = enrol(counter), enrol(counter, WANG, "王伟")
    counter.sale.scan(TEA)
    counter.sale.accept(ShowCoupon(CouponInHand("paper", "p")))
    counter.members.attach(lin, Means.PHONE_SAID)
    counter.sale.accept(GivePoints(PointsBurn(10, 10)))
    basket = counter.sale.basket
    assert basket is not None
    assert len(basket.coupons) == 1  # shown before anybody was recognised
    counter.members.attach(wang, Means.PHONE_SAID)
    basket = counter.sale.basket
    assert basket is not None
    assert (basket.coupons, basket.points) == ((), None)


def test_a_customer_is_not_changed_while_money_lies_there_but_may_prove_more(
    counter,
) -> None:
    lin, wang = enrol(counter), enrol(counter, WANG, "王伟")
    counter.members.attach(lin, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    counter.checkout.take("cash", 500)
    refused = refusal(counter.members.attach, wang, Means.PHONE_SAID)
    assert refused.key == "money_already_taken"
    assert key_of(counter.members.detach) == "money_already_taken"
    proved = counter.members.prove_phone(LIN)
    assert (proved.is_same, proved.strength) == (True, Strength.MEDIUM)
    counter.checkout.take("cash", None)
    assert finish(counter).member_strength == "medium"


def test_a_round_off_survives_a_proof(counter) -> None:
    lin = enrol(counter)
    counter.members.attach(lin, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    counter.sale.round_off(80)
    counter.members.prove_phone(LIN)
    assert pay_cash(counter).round_off_minor == 80


def test_an_empty_sale_with_a_member_goes_on_over_the_turn_of_the_day(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    shop.clock.set(Timestamp.parse("2026-11-22T03:59:50+08:00"))
    counter.members.attach(member_id, Means.PHONE_SAID)
    shop.clock.set(Timestamp.parse("2026-11-22T04:00:10+08:00"))
    counter.sale.scan(TEA)
    sale = pay_cash(counter)
    assert (sale.member_id, sale.business_day.day) == (member_id, 22)


def test_the_next_cashier_does_not_sell_on_the_last_ones_member(counter) -> None:
    counter.members.attach(enrol(counter), Means.PHONE_SAID)
    sign_on(counter, SUPERVISOR)
    counter.sale.scan(TEA)
    assert pay_cash(counter).member_id == ""


def test_a_trainee_needs_somebodys_word_for_members(counter) -> None:
    member_id = enrol(counter)
    sign_on(counter, TRAINEE)
    for action in (
        lambda: counter.members.find("6217"),
        lambda: counter.members.attach(member_id, Means.NAME),
    ):
        assert key_of(action) == "not_permitted"


# --------------------------------------------------------------------- parked sales


def test_a_parked_sale_keeps_its_member_and_fades(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    phone = pair_phone(counter, member_id)
    counter.members.attach_code(phone.shows(shop.clock.now()))
    counter.sale.scan(TEA)
    parked = counter.park.park("", print_slip=False).result()
    counter.park.settled()
    assert counter.members.current is None
    shop.later(RecognitionPolicy().fresh_s)
    counter.park.resume(parked.sale.basket.basket_id).result()
    counter.park.settled()
    current = counter.members.current
    assert current is not None
    assert current.member_id == member_id
    assert counter.members.strength is Strength.WEAK
    shown = counter.members.attach_code(phone.shows(shop.clock.now()))
    assert (shown.is_same, shown.strength) == (True, Strength.STRONG)
    assert pay_cash(counter).member_strength == "strong"


def test_a_resumed_sale_knows_its_member_as_of_now(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    counter.members.attach(member_id, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    parked = counter.park.park("", print_slip=False).result()
    counter.park.settled()
    counter.desk.record(lambda u: u.members.set_tags(member_id, ["vip"])).result()
    counter.park.resume(parked.sale.basket.basket_id).result()
    counter.park.settled()
    basket = counter.sale.basket
    assert basket is not None
    assert basket.shopper is not None
    assert basket.shopper.tags == ("vip",)


def test_a_parked_sales_member_comes_along_where_nobody_is_recognised(counter) -> None:
    lin, wang = enrol(counter), enrol(counter, WANG, "王伟")

    def parked_with(member_id: str) -> str:
        counter.members.attach(member_id, Means.PHONE_SAID)
        counter.sale.scan(TEA)
        done = counter.park.park("", print_slip=False).result()
        counter.park.settled()
        return done.sale.basket.basket_id

    first, second = parked_with(lin), parked_with(wang)
    counter.sale.scan(COLA)
    for basket_id in (first, second):
        counter.park.merge(basket_id).result()
        counter.park.settled()
        assert counter.members.current is not None
        assert counter.members.current.member_id == lin


# ---------------------------------------------------------------------- rotating codes


def test_a_rotating_code_recognises_strongly_and_once(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    phone = pair_phone(counter, member_id)
    code = phone.shows(shop.clock.now())
    assert len(code) == 125
    assert counter.members.attach_code(code).strength is Strength.STRONG
    counter.members.detach()
    assert key_of(counter.members.attach_code, code) == "member_code_used"
    assert counter.sale.current is None
    shop.later(30)
    assert counter.members.attach_code(phone.shows(shop.clock.now()))


def test_forged_late_early_and_lost_codes_are_refused_and_written_down(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter)
    phone, now = pair_phone(counter, member_id), shop.clock.now()
    stranger = pair_phone(counter, enrol(counter, WANG, "王伟"), seed=2)
    forged = type(phone)(phone.number, stranger.key)
    lost = pair_phone(counter, member_id, seed=3)
    gone = member_of(counter, member_id).without_token(
        lost.key.public_key().public_bytes_raw(), now
    )
    counter.desk.record(lambda unit: unit.members.put_tokens(gone)).result()
    nobody = type(phone)(phone.number ^ 1, phone.key)
    expected = {
        forged.shows(now): "member_code_forged",
        phone.shows(now, -2): "member_code_late",
        phone.shows(now, 2): "member_code_early",
        lost.shows(now): "member_code_withdrawn",
        nobody.shows(now): "member_code_unknown",
        phone.shows(now)[:-1]: "member_code_damaged",
    }
    for code, key in expected.items():
        assert counter.members.is_member_code(code)
        assert key_of(counter.members.attach_code, code) == key
    assert counter.sale.current is None
    kinds = journal_kinds(shop.till)
    assert kinds.count("MemberProofFailed") == 4  # neither damaged nor unknown


def test_a_code_that_was_taken_is_refused_after_a_restart(tmp_path: Path) -> None:
    folder, clock = fresh_shop(tmp_path), ReplayClock(NOON)
    with opened(folder, clock) as till:
        member_id = enrol(till.counter)
        code = pair_phone(till.counter, member_id).shows(clock.now())
        till.counter.members.attach_code(code)
    with opened(folder, clock) as till:
        recognition = till.counter.members.recognition  # the sale is still open
        assert recognition is not None
        assert recognition.member_id == member_id
        assert till.counter.members.attach_code(code).is_same
        till.counter.members.detach()
        assert key_of(till.counter.members.attach_code, code) == "member_code_used"


# ------------------------------------------------------------------------ phone and PIN


def test_the_phone_that_the_customer_types_recognises_better(counter) -> None:
    member_id = enrol(counter)
    attached = counter.members.prove_phone(LIN)
    assert (attached.glance.member_id, attached.strength) == (
        member_id,
        Strength.MEDIUM,
    )


def test_a_phone_of_somebody_else_proves_nothing(shop) -> None:
    counter = shop.counter
    enrol(counter, WANG, "王伟")
    assert key_of(counter.members.prove_phone, OUYANG) == "member_unknown"
    counter.members.attach(enrol(counter), Means.LAST_FOUR)
    for typed in (WANG, OUYANG):
        assert key_of(counter.members.prove_phone, typed) == "member_proof_wrong"
    assert counter.members.strength is Strength.WEAK
    assert journal_kinds(shop.till).count("MemberProofFailed") == 2


def test_a_right_pin_makes_any_recognition_strong(counter) -> None:
    member_id = enrol(counter)
    set_pin(counter, member_id, "2468")
    assert key_of(counter.members.prove_pin, "2468") == "member_none"
    assert counter.members.attach(member_id, Means.NAME).glance.has_pin
    counter.members.prove_pin("2468").result()
    settled = counter.members.settled()
    assert settled is not None
    assert settled.strength is Strength.STRONG
    assert counter.members.settled() is None
    counter.sale.scan(TEA)
    assert pay_cash(counter).member_strength == "strong"


def test_a_pin_for_a_customer_who_left_meanwhile_proves_nobody_else(counter) -> None:
    lin, wang = enrol(counter), enrol(counter, WANG, "王伟")
    set_pin(counter, lin)
    counter.members.attach(lin, Means.NAME)
    counter.members.prove_pin("2468").result()
    counter.members.attach(wang, Means.NAME)
    assert counter.members.settled() is None
    assert counter.members.strength is Strength.WEAK


def test_a_member_without_a_pin_is_told_so(counter) -> None:
    counter.members.attach(enrol(counter), Means.NAME)
    assert refusal(counter.members.prove_pin("0000").result).key == "member_pin_none"


def test_wrong_pins_lock_the_member_and_no_restart_opens_the_lock(
    tmp_path: Path,
) -> None:
    folder, clock = fresh_shop(tmp_path), ReplayClock(NOON)
    with opened(folder, clock) as till:
        counter = till.counter
        member_id = enrol(counter)
        set_pin(counter, member_id)
        counter.members.attach(member_id, Means.NAME)
        keys = [refusal(counter.members.prove_pin("1357").result).key for _ in range(5)]
        assert keys == ["member_pin_wrong"] * 4 + ["member_pin_locked"]
        assert journal_kinds(till).count("MemberProofFailed") == 5
    with opened(folder, clock) as till:
        locked = refusal(till.counter.members.prove_pin("2468").result)
        assert (locked.key, locked.params) == ("member_pin_locked", {"seconds": 30})
        clock.set(clock.now().plus_seconds(31))
        till.counter.members.prove_pin("2468").result()
        assert till.counter.members.settled() is not None


# ------------------------------------------------------------------------- enrolling


def test_a_customer_becomes_a_member_and_is_recognised(shop) -> None:
    counter = shop.counter
    counter.sale.scan(TEA)
    attached = enrol_here(counter, birthday=(11, 5), source="POSTER-3")
    glance = attached.glance
    assert (glance.source, glance.birthday) == ("POSTER-3", (11, 5))
    assert glance.is_birth_month
    assert glance.is_newcomer
    assert counter.members.current == glance
    assert pay_cash(counter).member_id == glance.member_id
    assert not counter.members.glance(glance.member_id).is_newcomer
    assert "MemberEnrolled" in journal_kinds(shop.till)
    body = query(shop.till, "SELECT canonical FROM journal WHERE kind='MemberEnrolled'")
    for secret in (LIN, "6217", "林", "可怡"):
        assert secret not in body[0][0].decode()


def test_what_cannot_be_a_member_is_refused_by_name(counter) -> None:
    for draft, key in (
        ({"phone": ""}, "member_phone_or_card"),
        ({"phone": "138"}, "member_phone_short"),
        ({"phone": "138000062179"}, "member_phone_long"),
        ({"phone": "400-700-8800"}, "member_phone_service"),
        ({"purposes": ()}, "member_consent_missing"),
        ({"text_version": " "}, "member_consent_text"),
        ({"referrer": "13999999999"}, "member_referrer_unknown"),
        ({"birthday": (2, 30)}, "member_birthday_shape"),
        ({"source": "a b"}, "member_source_shape"),
        ({"name": "x" * 61}, "member_name_long"),
    ):
        assert refusal(enrol, counter, **draft).key == key
    assert counter.desk.ledger.members.count() == 0


def test_a_number_has_one_member_however_it_is_written(counter) -> None:
    member_id = enrol(counter)
    for written in ("+86 13800006217", "0086 138-0000-6217"):
        refused = refusal(enrol, counter, written, "别人")
        assert refused.key == "member_phone_taken"
        assert refused.params == {"member": member_id}
    assert counter.members.known_phone("138 0000 6217") is not None


def test_two_enrolments_of_one_number_at_once_make_one_member(counter) -> None:
    from pos_app.services.members import EnrolDraft

    first = counter.members.enrol(EnrolDraft(LIN, "林可怡"))
    second = counter.members.enrol(EnrolDraft(LIN, "林可怡"))
    first.result()
    assert refusal(second.result).key == "member_phone_taken"
    assert counter.desk.ledger.members.count() == 1


def test_a_number_that_the_operator_gave_to_somebody_else(shop) -> None:
    counter = shop.counter
    old = enrol(counter)
    assert refusal(enrol, counter, LIN, "陈晨", is_reissued=True).key == "not_permitted"
    sign_on(counter, MANAGER)
    shop.later(60)
    new = enrol(counter, LIN, "陈晨", is_reissued=True)
    assert [x.member_id for x in counter.members.find(LIN)] == [new]
    assert [x.member_id for x in counter.members.find("6217")] == [new]
    left = counter.members.glance(old)
    assert (left.phone_masked, left.name_masked) == ("", "林*怡")
    (ended,) = counter.desk.ledger.members.holdings(old)
    assert ended.end is HoldingEnd.REISSUED
    vault = counter.desk.vault
    phone = counter.members._finder.phone(LIN)
    digest = vault.newcomer_digest(phone).hex()
    seen = f"SELECT members FROM phone_seen WHERE lower(hex(digest)) = '{digest}'"
    assert query(shop.till, seen) == [(2,)]


def test_a_member_who_is_sure_of_a_new_block_of_numbers_is_believed(counter) -> None:
    assert refusal(enrol, counter, "12812346217").key == "member_phone_unknown"
    enrol(counter, "12812346217", is_sure=True)
    assert len(counter.members.find("12812346217")) == 1


def test_money_that_lies_there_keeps_the_new_member_for_the_next_sale(counter) -> None:
    counter.sale.scan(TEA)
    counter.checkout.take("cash", 500)
    assert refusal(enrol_here, counter).key == "money_already_taken"
    assert counter.members.known_phone(LIN) is not None
    counter.checkout.take("cash", None)
    assert finish(counter).member_id == ""


# ----------------------------------------------------------------- one person, nobody


def test_two_members_who_are_one_person_are_found_as_the_one_that_stays(shop) -> None:
    counter = shop.counter
    once = members_only(
        unit_deal(everything(), percent("10")), limits=Limits(per_member=1)
    )
    hold(shop.till, once)
    kept, gone = enrol(counter), enrol(counter, WANG, "林可怡")
    counter.members.attach(gone, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    pay_cash(counter)
    fact = MemberMerge("m1", kept, gone, NOON, CASHIER)
    counter.desk.record(lambda unit: unit.members.add_merge(fact)).result()
    assert [x.member_id for x in counter.members.find("林可怡")] == [kept]
    attached = counter.members.attach(gone, Means.PHONE_SAID)
    assert attached.glance.member_id == kept
    assert not attached.glance.is_newcomer  # the other id bought before
    assert counter.members.prove_phone(WANG).is_same  # either number is theirs
    counter.sale.scan(TEA)
    assert counter.sale.priced is not None
    assert counter.sale.priced.total_minor == 1280  # the person had the deal once
    pay_cash(counter)
    undone = MergeUndone("m1", NOON.plus_seconds(9), CASHIER)
    counter.desk.record(lambda unit: unit.members.undo_merge(undone)).result()
    assert {x.member_id for x in counter.members.find("林可怡")} == {kept, gone}


def test_whoever_was_erased_is_found_by_nothing(shop) -> None:
    counter = shop.counter
    member_id = enrol(counter, card="OLD-7788", birthday=(11, 5))
    code = card_of(counter, member_id)
    phone = pair_phone(counter, member_id)
    counter.members.attach(member_id, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    pay_cash(counter)
    counter.desk.record(lambda u: u.members.erase(member_id, NOON)).result()
    for asked in (LIN, "6217", "林可怡", "lky", code, "OLD-7788"):
        assert counter.members.find(asked) == ()
    assert key_of(counter.members.attach_code, code) == "member_erased"
    shown = phone.shows(shop.clock.now())
    assert key_of(counter.members.attach_code, shown) == "member_code_withdrawn"
    assert key_of(counter.members.attach, member_id, Means.NAME) == "member_erased"
    rows = query(shop.till, "SELECT count(*) FROM member_index")
    assert rows[0][0] == 0
    assert counter.desk.ledger.members.count() == 0
    again = enrol(counter)  # comes again, as somebody new
    assert again != member_id
    prove(shop.till)


def test_a_friend_is_named_by_number_code_or_card(shop) -> None:
    counter = shop.counter
    friend = enrol(counter, card="OLD-7788")
    for n, said in enumerate((LIN, card_of(counter, friend), "old-7788")):
        enrol(counter, f"1390000000{n}", "王伟", referrer=said)
    bodies = query(
        shop.till,
        "SELECT json_extract(plain(canonical), '$.body.referrer') FROM journal"
        " WHERE kind = 'MemberEnrolled' ORDER BY seq",
    )
    assert [row[0] for row in bodies] == ["", friend, friend, friend]
