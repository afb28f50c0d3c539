"""Coupons at a real counter: given, shown, used once, and back with the goods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.amounts import slip_price
from pos_app.documents.layout import Text
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.coupon.signed import SignedCoupon
from pos_app.domain.coupon.template import ReturnPolicy
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.member.recognition import Means
from pos_app.persistence.checks.coupon_check import COUPON_RULES
from pos_app.ports.points import ProgrammeVersion
from pos_app.ports.printing import COUPON_PAPER
from pos_app.services.coupon_batches import BatchOrder
from pos_app.services.coupon_drafts import CouponDraft, CouponKind
from pos_app.services.coupon_finding import shop_zone
from pos_app.services.coupon_giving import CouponGift, issue_in
from pos_app.services.coupon_night import night_coupons
from pos_app.services.coupon_partners import PartnerDraft, settlement_table
from pos_app.services.coupon_signing import sign_coupon, signer_of
from pos_app.services.member_night import Night
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period
from tests.builders_members import LIN, WANG, enrol, enrol_here, give_points
from tests.builders_returns import refund, take_back
from tests.counter_shop import COLA, NOON, TEA, opened, pay_cash, query, refusal
from tests.coupon_shop import coupon_till, give, make, state_of

FIFTH = CouponDraft("八折券", CouponKind.PERCENT, percentage=Percentage.parse("20"))
ONE_OFF = CouponDraft("减 1 元", CouponKind.AMOUNT, amount_minor=100)
OWN = replace(FIFTH, is_bearer=False)
SHARED = replace(FIFTH, return_policy=ReturnPolicy.PROPORTIONAL)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with coupon_till(tmp_path, ReplayClock(NOON)) as found:
        yield found


def total(till: Till) -> int:
    priced = till.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def limit(till: Till, coupons: int) -> None:
    rules = Programme(version=1, coupon_limit=coupons)
    version = ProgrammeVersion(rules, till.counter.desk.clock.now(), "", "")
    till.counter.desk.record(lambda unit: unit.points.add_programme(version)).result()


def later(till: Till, seconds: int) -> None:
    wall = till.counter.desk.clock._clock
    assert isinstance(wall, ReplayClock)
    wall.set(wall.now().plus_seconds(seconds))


def write(till: Till, statement: str) -> None:
    """Write as somebody would who has the file and its key."""
    till.ledger.submit(
        lambda unit: unit._connection.exec_driver_sql(statement)
    ).result()


def test_a_paper_coupon_is_used_once(till: Till) -> None:
    given = give(till, make(till, FIFTH))
    counter = till.counter
    counter.sale.scan(TEA, Decimal(4))
    whole = total(till)
    assert counter.coupons.is_coupon_code(given.code)
    assert not counter.coupons.is_coupon_code(TEA)
    shown = counter.coupons.show(given.code.lower())
    assert shown.is_used
    assert shown.saves_minor == whole - total(till) > 0
    counter.coupons.show(given.code)  # scanned twice: the same coupon
    assert len(counter.sale.basket.coupons) == 1
    pay_cash(counter)
    used = till.ledger.coupons.coupon(given.coupon_id)
    assert used.state is CouponState.REDEEMED
    assert used.redeemed.saving_minor == shown.saves_minor
    counter.sale.scan(TEA)
    again = refusal(counter.coupons.show, given.code)
    assert again.key == "coupon_redeemed"
    assert again.params["number"]


def test_a_coupon_that_reaches_nothing_yet_waits_in_the_basket(till: Till) -> None:
    dear = CouponDraft(
        "满 100 减 15", CouponKind.AMOUNT, amount_minor=1500, threshold_minor=10_000
    )
    given = give(till, make(till, dear))
    counter = till.counter
    counter.sale.scan(TEA)
    shown = counter.coupons.show(given.code)
    assert (shown.why_not, shown.saves_minor) == ("coupon_saves_nothing", 0)
    line_id = counter.sale.basket.lines[0].line_id
    counter.sale.set_quantity(line_id, Decimal(100))
    assert counter.coupons.usable()[0].saves_minor == 1500
    counter.sale.set_quantity(line_id, Decimal(1))
    pay_cash(counter)
    assert state_of(till, given.coupon_id) is CouponState.ISSUED


def test_a_members_coupon_is_nobody_elses(till: Till) -> None:
    counter, template = till.counter, make(till, OWN)
    lin, wang = enrol(counter, LIN, "林可怡"), enrol(counter, WANG, "王伟")
    given = give(till, template, lin)
    assert given.code == ""
    counter.sale.scan(TEA, Decimal(4))
    counter.members.attach(wang, Means.PHONE_SAID)
    assert counter.coupons.usable() == ()
    refused = refusal(counter.coupons.use, given.coupon_id)
    assert refused.key == "coupon_of_another_member"
    counter.members.attach(lin, Means.PHONE_SAID)
    (offer,) = counter.coupons.usable()
    assert offer.is_own
    assert offer.saves_minor > 0
    assert counter.coupons.best() == (given.coupon_id,)
    counter.coupons.use_best()
    till.ledger.flush()
    assert state_of(till, given.coupon_id) is CouponState.RESERVED
    counter.members.attach(wang, Means.PHONE_SAID)  # another customer after all
    assert counter.sale.basket.coupons == ()
    assert state_of(till, given.coupon_id) is CouponState.CLAIMED


def test_a_code_that_has_to_be_claimed_is_claimed_by_the_customer(till: Till) -> None:
    counter, template = till.counter, make(till, OWN)
    given = give(till, template)
    counter.sale.scan(TEA, Decimal(4))
    assert refusal(counter.coupons.show, given.code).key == "coupon_needs_claim"
    lin = enrol_here(counter).glance.member_id
    assert counter.coupons.show(given.code).is_used
    sale = pay_cash(counter)
    known = till.ledger.coupons.coupon(given.coupon_id)
    assert (known.member_id, known.redeemed.sale_id) == (lin, sale.sale_id)


def test_in_a_parked_basket_a_coupon_is_not_free(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    counter.sale.scan(TEA, Decimal(4))
    counter.coupons.show(given.code)
    parked = counter.park.park().result()
    counter.park.settled()
    counter.sale.scan(TEA)
    refused = refusal(counter.coupons.show, given.code)
    assert refused.key == "coupon_reserved"
    assert refused.params["number"] == parked.number
    counter.park.void(parked.sale.basket.basket_id, "customer_left").result()
    assert counter.coupons.show(given.code).is_used
    pay_cash(counter)
    assert state_of(till, given.coupon_id) is CouponState.REDEEMED


def test_what_is_taken_back_or_voided_is_free_again(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    counter.sale.scan(TEA, Decimal(4))
    counter.coupons.show(given.code)
    assert state_of(till, given.coupon_id) is CouponState.RESERVED
    counter.coupons.take_back(given.coupon_id)
    assert state_of(till, given.coupon_id) is CouponState.ISSUED
    counter.coupons.show(given.code)
    counter.checkout.void_sale("customer_left").result()
    counter.checkout.finished()
    assert state_of(till, given.coupon_id) is CouponState.ISSUED


def test_a_power_cut_leaves_basket_and_coupon_as_they_were(tmp_path: Path) -> None:
    with coupon_till(tmp_path, ReplayClock(NOON)) as till:
        given = give(till, make(till, FIFTH))
        till.counter.sale.scan(TEA, Decimal(4))
        till.counter.coupons.show(given.code)
        till.ledger.flush()
        folder = till.folder
    with opened(folder, ReplayClock(NOON), number="3001") as again:
        assert [x.coupon_id for x in again.counter.sale.basket.coupons] == [
            given.coupon_id
        ]
        assert state_of(again, given.coupon_id) is CouponState.RESERVED
        pay_cash(again.counter)
        assert state_of(again, given.coupon_id) is CouponState.REDEEMED


def test_a_mirrored_sale_gives_its_coupon_back_once(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, replace(FIFTH, return_policy=ReturnPolicy.NEVER)))
    counter.sale.scan(TEA, Decimal(4))
    counter.coupons.show(given.code)
    sale = pay_cash(counter)
    counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
    assert state_of(till, given.coupon_id) is CouponState.RESTORED
    counter.sale.scan(TEA, Decimal(2))
    assert counter.coupons.show(given.code).is_used
    pay_cash(counter)
    assert state_of(till, given.coupon_id) is CouponState.REDEEMED


def test_only_when_all_comes_back_the_coupon_does(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    counter.sale.scan(TEA, Decimal(3))
    counter.coupons.show(given.code)
    sale = pay_cash(counter)
    take_back(counter, sale, quantity=Decimal(2))
    refund(counter)
    assert state_of(till, given.coupon_id) is CouponState.REDEEMED
    take_back(counter, sale)
    refund(counter)
    assert state_of(till, given.coupon_id) is CouponState.RESTORED


def test_shares_that_come_back_are_the_saving_and_work(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, SHARED))
    counter.sale.scan(TEA, Decimal(3))
    saving = counter.coupons.show(given.code).saves_minor
    sale = pay_cash(counter)
    for _each in range(3):
        take_back(counter, sale)
        refund(counter)
    old = till.ledger.coupons.coupon(given.coupon_id)
    assert old.shared_minor == saving
    assert len(old.shares) == 3
    values = [
        till.ledger.coupons.coupon(x.new_coupon_id).issued.value_minor
        for x in old.shares
    ]
    assert sum(values) == saving
    papers = query(
        till, f"SELECT plain(layout) FROM print_job WHERE kind = '{COUPON_PAPER}'"
    )
    assert len(papers) == 4
    for minor in values:
        assert any(slip_price(minor, "CNY") in layout for (layout,) in papers)
    assert refusal(counter.coupons.show, given.code).key in {
        "coupon_redeemed",
        "basket_empty",
    }


def test_a_share_of_a_members_coupon_is_on_the_list_and_takes_off_its_value(
    till: Till,
) -> None:
    counter, template = till.counter, make(till, replace(SHARED, is_bearer=False))
    lin = enrol(counter)
    given = give(till, template, lin)
    counter.sale.scan(TEA, Decimal(4))
    counter.members.attach(lin, Means.PHONE_SAID)
    saving = counter.coupons.use(given.coupon_id).saves_minor
    sale = pay_cash(counter)
    take_back(counter, sale)
    refund(counter)
    counter.sale.scan(TEA, Decimal(4))
    counter.members.attach(lin, Means.PHONE_SAID)
    (share,) = counter.coupons.usable()
    assert share.value_minor is not None
    assert 0 < share.value_minor < saving
    whole = total(till)
    counter.coupons.use(share.coupon_id)
    assert whole - total(till) == share.value_minor == share.saves_minor
    pay_cash(counter)


def test_signed_coupons_are_believed_once_and_false_ones_never(till: Till) -> None:
    counter, template = till.counter, make(till, FIFTH)
    until = NOON.plus_seconds(86_400)
    (text,) = counter.coupon_office.batches.signed(template.template_id, 1, until)
    assert counter.coupons.is_coupon_code(text)
    other = signer_of(b"x" * 32)
    foreign = sign_coupon(
        SignedCoupon(counter.desk.ids.new(), template.template_id, until), other
    )
    counter.sale.scan(TEA, Decimal(4))
    assert refusal(counter.coupons.show, foreign).key == "coupon_of_another_shop"
    wrong = text[:60] + ("2" if text[60] != "2" else "3") + text[61:]
    assert refusal(counter.coupons.show, wrong).key == "coupon_altered"
    shown = counter.coupons.show(text)
    assert shown.is_used
    pay_cash(counter)
    assert state_of(till, shown.coupon_id) is CouponState.REDEEMED
    counter.sale.scan(TEA, Decimal(4))
    assert refusal(counter.coupons.show, text).key == "coupon_redeemed"
    later(till, 2 * 86_400)
    (late,) = counter.coupon_office.batches.signed(template.template_id, 1, until)
    assert refusal(counter.coupons.show, late).key == "coupon_expired"


def test_what_was_revoked_meanwhile_stops_the_sale_by_name(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    counter.sale.scan(TEA, Decimal(4))
    counter.coupons.show(given.code)
    counter.checkout.take("cash", None)
    counter.coupon_office.revoke(given.coupon_id, "stolen").result()
    stopped = refusal(lambda: counter.checkout.finish(print_slip=False).result())
    assert stopped.key == "coupon_revoked"
    counter.checkout.finished()
    (cash,) = counter.sale.current.tenders
    counter.checkout.give_back(cash.tender_id)
    counter.coupons.take_back(given.coupon_id)
    pay_cash(counter)
    assert state_of(till, given.coupon_id) is CouponState.REVOKED


def test_what_another_sale_used_meanwhile_is_said_before_there_is_money(
    till: Till,
) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    counter.sale.scan(TEA, Decimal(4))
    counter.coupons.show(given.code)
    parked = counter.park.park().result().sale.basket.basket_id
    counter.park.settled()
    later(till, 5 * 3600)  # it is kept for four hours
    counter.sale.scan(TEA)
    counter.coupons.show(given.code)
    second = counter.park.park().result()
    counter.park.settled()
    counter.park.resume(parked).result()
    counter.park.settled()
    stopped = refusal(counter.checkout.take, "cash", None)
    assert (stopped.key, stopped.params["number"]) == ("coupon_reserved", second.number)
    counter.park.park().result()
    counter.park.settled()
    counter.park.resume(second.sale.basket.basket_id).result()
    counter.park.settled()
    used = pay_cash(counter)
    counter.park.resume(parked).result()
    counter.park.settled()
    stopped = refusal(counter.checkout.take, "cash", None)
    assert (stopped.key, stopped.params["number"]) == ("coupon_redeemed", used.number)
    assert counter.sale.current.tenders == ()
    counter.coupons.take_back(given.coupon_id)
    assert pay_cash(counter).priced.total_minor == 4 * 12_80


def test_what_is_over_is_written_off_at_night(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    later(till, 40 * 86_400)
    counter.sale.scan(TEA, Decimal(4))
    refused = refusal(counter.coupons.show, given.code)
    assert refused.key == "coupon_expired"
    assert refused.params["until"]
    desk = counter.desk
    stamp = desk.stamp()
    night = Night(desk, stamp.business_day, stamp.at, shop_zone(desk), stamp)
    night_coupons(night)
    night_coupons(night)
    assert state_of(till, given.coupon_id) is CouponState.EXPIRED
    pay_cash(counter)


def test_the_best_two_are_found_by_the_real_price(till: Till) -> None:
    limit(till, 2)
    counter = till.counter
    lin = enrol(counter)
    third = CouponDraft("减 2 元", CouponKind.AMOUNT, amount_minor=200)
    for draft in (ONE_OFF, FIFTH, third):
        give(till, make(till, draft), lin)
    counter.sale.scan(TEA, Decimal(10))
    counter.members.attach(lin, Means.PHONE_SAID)
    offers = {x.name: x for x in counter.coupons.usable()}
    assert set(offers) == {"减 1 元", "八折券", "减 2 元"}
    whole, names = total(till), {x.coupon_id: x.name for x in offers.values()}
    saved = counter.coupons.best_minor
    assert {names[x] for x in counter.coupons.use_best()} == {"八折券", "减 2 元"}
    assert whole - total(till) == saved
    rest = refusal(counter.coupons.use, offers["减 1 元"].coupon_id)
    assert (rest.key, rest.params["limit"]) == ("coupon_too_many", 2)
    pay_cash(counter)


def test_with_room_for_one_the_next_takes_its_place(till: Till) -> None:
    counter = till.counter
    lin = enrol(counter)
    small, large = (give(till, make(till, x), lin) for x in (ONE_OFF, FIFTH))
    counter.sale.scan(TEA, Decimal(10))
    counter.members.attach(lin, Means.PHONE_SAID)
    counter.coupons.use(small.coupon_id)
    counter.coupons.use(large.coupon_id)
    assert [x.coupon_id for x in counter.sale.basket.coupons] == [large.coupon_id]
    assert state_of(till, small.coupon_id) is CouponState.CLAIMED
    pay_cash(counter)


def test_a_batch_has_its_size_its_codes_and_its_end(till: Till) -> None:
    counter, template = till.counter, make(till, FIFTH)
    office = counter.coupon_office
    partner = office.partners.save(
        PartnerDraft("隔壁影院", Percentage.parse("50"), fee_minor=30)
    ).result()
    key = partner.terms.partner_id
    made = office.batches.making(BatchOrder(template.template_id, 5, key))()
    assert len({x.code for x in made.coupons}) == 5
    head, first, *_others = made.table.splitlines()
    assert head == "code,name,until"
    assert first.endswith(f",{template.name},2026-12-21")  # and all of that day
    counter.sale.scan(TEA, Decimal(4))
    shown = counter.coupons.show(made.coupons[0].code)
    pay_cash(counter)
    assert office.batches.revoke(made.batch.batch_id, "stolen").result() == 4
    counter.sale.scan(TEA)
    refused = refusal(counter.coupons.show, made.coupons[1].code)
    assert refused.key == "coupon_revoked"
    (row,) = office.batches.all()
    assert (row.issued, row.redeemed, row.open) == (5, 1, 0)
    settled = office.partners.settling(key, Period())()
    assert settled.settlement.saving_minor == shown.saves_minor
    assert settled.settlement.fee_minor == 30
    assert settled.settlement.due_minor == settled.settlement.partner_minor - 30
    assert "隔壁影院" in settlement_table(settled, "CNY")
    job = office.partners.print(settled).result()
    said = [x.text for x in job.layout.blocks if isinstance(x, Text)]
    assert "隔壁影院" in said
    end = refusal(lambda: office.batches.revoke(made.batch.batch_id, "again").result())
    assert end.key == "coupon_batch_ended"
    pay_cash(counter)


def test_the_same_cause_gives_the_same_coupon(till: Till) -> None:
    counter, template = till.counter, make(till, replace(OWN, most_per_member=1))
    lin = enrol(counter)
    desk = counter.desk
    stamp, zone = desk.stamp(), shop_zone(desk)
    gift = CouponGift(template.template_id, lin, "birthday:2026", "birthday", zone=zone)
    first, second = (
        desk.record(lambda unit: issue_in(unit, desk, gift, stamp)).result()
        for _each in range(2)
    )
    assert first.coupon_id == second.coupon_id
    more = replace(gift, cause="birthday:2027")
    enough = refusal(
        lambda: desk.record(lambda unit: issue_in(unit, desk, more, stamp)).result()
    )
    assert enough.key == "coupon_member_has_enough"


def test_a_free_item_is_one_unit_and_an_ended_template_gives_no_more(
    till: Till,
) -> None:
    counter = till.counter
    free = make(till, CouponDraft("送一件", CouponKind.FREE_ITEM))
    given = give(till, free)
    counter.sale.scan(TEA, Decimal(3))
    whole = total(till)
    assert counter.coupons.show(given.code).saves_minor == whole // 3
    pay_cash(counter)
    counter.coupon_office.end(free.template_id).result()
    refused = refusal(lambda: give(till, free))
    assert refused.key == "coupon_template_ended"


def test_the_doctor_finds_a_coupon_that_somebody_made_usable_again(till: Till) -> None:
    counter = till.counter
    given = give(till, make(till, FIFTH))
    counter.sale.scan(TEA, Decimal(4))
    counter.coupons.show(given.code)
    pay_cash(counter)
    rows = next(x for x in COUPON_RULES if x.key == "coupon_row_differs")
    assert query(till, rows.query) == []
    back = f"state = 'issued', sale_id = '' WHERE coupon_id = '{given.coupon_id}'"
    write(till, f"UPDATE coupon SET {back}")
    assert query(till, rows.query) == [(given.coupon_id,)]
    assert till.ledger.coupons.unproven() == [given.coupon_id]
    as_it_was = "state = 'redeemed', sale_id = (SELECT max(sale_id) FROM sale)"
    write(till, f"UPDATE coupon SET {as_it_was}")


def test_what_happened_to_a_coupon_never_changes(till: Till) -> None:
    give(till, make(till, FIFTH))
    for table in ("coupon_fact", "coupon_template"):
        with pytest.raises(Exception, match="append-only"):
            write(till, f"DELETE FROM {table}")


def test_a_coupon_for_points_burns_and_gives_at_once_or_not_at_all(till: Till) -> None:
    limit(till, 1)
    counter = till.counter
    template = make(till, replace(OWN, points_cost=300))
    lin = enrol(counter)
    counter.sale.scan(TEA, Decimal(4))
    counter.members.attach(lin, Means.PHONE_SAID)
    (offer,) = counter.coupons.redeem_points_offers()
    assert (offer.points, offer.why_not) == (300, "points_not_enough")
    weak = refusal(counter.coupons.redeem_points, template.template_id)
    assert weak.key == "member_burn_needs_more"
    counter.members.attach(lin, Means.PHONE_TYPED)
    few = refusal(lambda: counter.coupons.redeem_points(template.template_id).result())
    assert few.key == "points_not_enough"
    assert till.ledger.coupons.issued(template.template_id) == 0
    give_points(counter, lin, 500)
    assert counter.coupons.redeem_points_offers()[0].why_not == ""
    given = counter.coupons.redeem_points(template.template_id).result()
    active = till.ledger.points.balance((lin,), counter.desk.clock.now()).active
    assert active == 200
    assert counter.coupons.usable()[0].coupon_id == given.coupon_id
    assert counter.coupons.use(given.coupon_id).saves_minor > 0
    pay_cash(counter)


def test_a_usual_basket_with_many_coupons_is_looked_at_within_its_trials(
    till: Till,
) -> None:
    limit(till, 3)
    counter = till.counter
    lin = enrol(counter)
    for at in range(1, 9):
        draft = replace(ONE_OFF, name=f"减 {at}", amount_minor=10 * at)
        give(till, make(till, draft), lin)
    counter.sale.scan(TEA, Decimal(10))
    counter.members.attach(lin, Means.PHONE_SAID)
    whole = total(till)
    assert len(counter.coupons.best()) == 3
    assert counter.coupons.best_minor == 80 + 70 + 60
    assert counter.coupons.looking() is None  # known until something changes
    counter.coupons.use_best()
    assert whole - total(till) == 210
    counter.sale.scan(COLA)
    look = counter.coupons.looking()
    assert look is not None
    counter.coupons.looked(look())
    assert counter.coupons.looking() is None
    pay_cash(counter)


def test_the_next_basket_of_a_member_knows_what_the_last_one_used(till: Till) -> None:
    counter, template = till.counter, make(till, OWN)
    lin = enrol(counter)
    given = give(till, template, lin)
    for offered in (1, 0):
        counter.sale.scan(TEA, Decimal(4))
        counter.members.attach(lin, Means.PHONE_SAID)
        assert len(counter.coupons.usable()) == offered
        if offered:
            counter.coupons.use(given.coupon_id)
        pay_cash(counter)
