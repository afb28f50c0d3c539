"""Points of real tickets: sold, given, brought back, mirrored, exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Till
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.expiry import ExpiryKind, LifeRule
from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.member.recognition import Means
from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.permission import Demand, Permission
from pos_app.persistence.checks.point_check import POINT_RULES
from pos_app.services.member_night_steps import STEPS
from pos_app.services.point_spending import spend_points
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.builders_points import (
    FRIEND,
    GOLD,
    MEMBER,
    RULES,
    SILVER,
    TENDER,
    balance,
    bring,
    buy,
    give_points,
    proven,
    recognise,
    told,
)
from tests.builders_returns import (
    SHIRT_L,
    SHIRT_M,
    approve,
    approved,
    returning_till,
    take_back,
)
from tests.counter_shop import (
    MANAGER,
    NOON,
    TEA,
    finish,
    journal_kinds,
    pay_cash,
    refusal,
    sign_on,
)

DAY_MS = 86_400_000


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with returning_till(tmp_path, clock) as found:
        yield found
        proven(found)


def back(till: Till, sale, position: int = 1, quantity: int = 1, key: str = "cash"):
    """Bring goods back for money."""
    take_back(till.counter, sale, position, Decimal(quantity))
    approved(till.counter, till.counter.refund.give, key)
    return finish(till.counter)


def mirrored(till: Till, sale):
    """Undo a sale."""
    return approved(
        till.counter, till.counter.reversal.reverse, sale.sale_id, "rung_up_wrongly"
    ).result()


def test_a_shop_without_a_programme_earns_nothing_and_counts_for_later(till) -> None:
    sale = buy(till, SHIRT_M)
    assert balance(till) == Balance()
    assert till.counter.points.facts_of(sale) is None or not told(till, sale).earned
    assert till.ledger.points.has_bought((MEMBER,))


def test_a_sale_earns_and_tells_it(till) -> None:
    bring(till)
    till.counter.sale.scan(SHIRT_M)
    recognise(till.counter)
    assert till.counter.points.will_earn() == 199
    sale = pay_cash(till.counter)
    assert balance(till) == Balance(active=199)
    facts = told(till, sale)
    assert (facts.earned, facts.active, facts.next_tier) == (199, 199, "silver")
    assert facts.missing == 30_000 - 19_900
    assert journal_kinds(till).count("PointsBooked") == 1


def test_points_are_given_as_a_discount_and_come_back_with_the_goods(till) -> None:
    bring(till)
    give_points(till, 5_000)
    sale = buy(till, SHIRT_M, SHIRT_L, points=5_000)
    assert sale.priced.total_minor == 19_900 + 21_900 - 5_000
    assert balance(till).active == 368
    back(till, sale, 1)
    half = balance(till)
    back(till, sale, 2)
    assert balance(till) == Balance(active=5_000)
    assert half.active < 5_000


def test_points_pay_as_a_tender_and_go_back_as_points_only(till) -> None:
    bring(till, TENDER)
    give_points(till, 10_000)
    sale = buy(till, SHIRT_M, points=10_000)
    assert sale.priced.total_minor == 19_900
    assert [(t.key, t.amount_minor) for t in sale.tenders] == [
        ("points", 10_000),
        ("cash", 9_900),
    ]
    assert balance(till) == Balance(active=99)  # what points paid earns nothing
    take_back(till.counter, sale)
    approved(till.counter, till.counter.refund.give, "cash", 9_900)
    assert refusal(till.counter.refund.give, "cash").key == "stored_value_not_as_money"
    approved(till.counter, till.counter.refund.give, "points")
    finish(till.counter)
    assert balance(till) == Balance(active=10_000)


def test_who_buys_spends_and_brings_back_owes_what_was_spent(till) -> None:
    """Odoo #257854: buy, refund, keep the points."""
    bring(till)
    first = buy(till, SHIRT_M)
    buy(till, SHIRT_L, points=100)
    assert balance(till).active == 99 + 218
    back(till, first)
    assert balance(till).active == 99 + 218 - 199
    assert balance(till).debt == 0


def test_points_spent_elsewhere_become_a_debt_that_the_next_sale_repays(till) -> None:
    bring(till)
    first = buy(till, SHIRT_M, SHIRT_L)
    second = buy(till, SHIRT_M, points=400)
    assert balance(till).active == 18 + 195
    back(till, first, 1)
    back(till, first, 2)
    assert balance(till) == Balance(debt=418 - 18 - 195)
    buy(till, SHIRT_L)
    assert balance(till) == Balance(active=219 - 205)
    assert told(till, second).burned == 400


def test_a_return_takes_points_once_however_often_it_is_looked_at(till) -> None:
    """Odoo #212922, #221928: points taken again at each refund."""
    bring(till)
    sale = buy(till, SHIRT_M, SHIRT_M)
    assert balance(till).active == 398
    ticket = back(till, sale)
    assert told(till, ticket).taken_back == 199
    assert balance(till).active == 199
    ticket = back(till, sale)
    assert balance(till) == Balance()
    assert (
        refusal(till.counter.returns.set_quantity, sale.sale_id, 1, Decimal(1)).key
        == "all_returned"
    )


def test_a_mirrored_sale_leaves_no_point_and_no_tier(till) -> None:
    bring(till)
    give_points(till, 1_000)
    sale = buy(till, SHIRT_M, SHIRT_L, points=1_000)
    assert told(till, sale).tier == "silver"
    ticket = mirrored(till, sale)
    assert balance(till) == Balance(active=1_000)
    assert told(till, ticket).tier == ""
    assert till.counter.points.standing(MEMBER).metric == 0


def test_an_exchange_takes_and_gives_in_one_ticket(till) -> None:
    bring(till)
    sale = buy(till, SHIRT_M)
    take_back(till.counter, sale)
    till.counter.sale.scan(SHIRT_L)
    till.counter.sale.scan(TEA)
    recognise(till.counter)
    ticket = pay_cash(till.counter)  # another size costs what the first one did
    assert balance(till) == Balance(active=211)
    facts = told(till, ticket)
    assert (facts.earned, facts.taken_back) == (211, 199)


def test_goods_paid_by_voucher_do_not_begin_to_earn_by_an_exchange(till) -> None:
    bring(till)
    sale = buy(till, SHIRT_M, key="voucher")
    assert balance(till) == Balance()
    take_back(till.counter, sale)
    till.counter.sale.scan(SHIRT_L)
    till.counter.sale.scan(TEA)
    recognise(till.counter)
    pay_cash(till.counter)
    assert balance(till) == Balance(active=12)


def test_another_person_brings_goods_back_and_the_buyer_loses_the_points(till) -> None:
    bring(till)
    sale = buy(till, SHIRT_M)
    take_back(till.counter, sale)
    till.counter.sale.scan(SHIRT_L)
    till.counter.sale.scan(TEA)
    recognise(till.counter, FRIEND)
    pay_cash(till.counter)
    assert balance(till) == Balance()
    assert balance(till, FRIEND) == Balance(active=211)


def test_two_open_carts_cannot_give_the_same_points(till) -> None:
    """Odoo: two open carts; here the other one is a gift for points."""
    bring(till)
    give_points(till, 1_000)
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    recognise(counter)
    counter.points.give(1_000)
    stamp = counter.desk.stamp()
    till.ledger.submit(
        lambda unit: spend_points(unit, MEMBER, 300, "gift", stamp)
    ).result()
    counter.checkout.take("cash", None)
    future = counter.checkout.finish(print_slip=False)
    assert refusal(future.result).params == {"asked": 1_000, "active": 700}
    counter.checkout.finished()
    (tender,) = counter.sale.current.tenders
    counter.checkout.give_back(tender.tender_id)
    counter.points.give(700)
    pay_cash(counter)
    assert balance(till) == Balance(active=192)


def test_points_that_end_at_midnight_are_good_for_the_sale_that_began_before(
    till, clock
) -> None:
    bring(till, replace(RULES, life=LifeRule(ExpiryKind.MONTH_END, 0)))
    clock.set(Timestamp.parse("2026-11-30T23:00:00+08:00"))
    buy(till, SHIRT_M)
    counter = till.counter
    clock.set(Timestamp.parse("2026-11-30T23:58:00+08:00"))
    counter.sale.scan(SHIRT_L)
    recognise(counter)
    counter.points.give(100)
    clock.set(Timestamp.parse("2026-12-01T00:02:00+08:00"))
    sale = pay_cash(counter)
    assert told(till, sale).burned == 100
    assert balance(till).lapsed == 99
    counter.sale.scan(SHIRT_L)
    recognise(counter)
    assert counter.points.burnable().burn.points == 200  # of the 218 just earned
    assert refusal(counter.points.give, 300).key == "points_too_many"
    pay_cash(counter)


def test_recognition_holds_a_burn_down_and_says_what_to_prove(till) -> None:
    bring(till)
    give_points(till, 9_000)
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    recognise(counter, means=Means.LAST_FOUR)
    error = refusal(counter.points.give, 100)
    assert (error.key, error.params["needs"]) == ("member_burn_needs_more", "medium")
    assert counter.points.burnable().burn.points == 0
    assert counter.points.refusal().params["needs"] == "strong"
    recognise(counter, means=Means.PHONE_TYPED)
    assert counter.points.burnable().burn.points == 5_000
    counter.points.give(5_000)
    pay_cash(counter)


def test_a_recognition_that_faded_is_seen_when_the_ticket_ends(till, clock) -> None:
    bring(till)
    give_points(till, 1_000)
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    recognise(counter)
    counter.points.give(1_000)
    clock.set(Timestamp(NOON.unix_ms + 1_800_000))
    counter.checkout.take("cash", None)
    future = counter.checkout.finish(print_slip=False)
    assert refusal(future.result).key == "member_burn_needs_more"
    counter.checkout.finished()
    assert balance(till) == Balance(active=1_000)
    (tender,) = counter.sale.current.tenders
    counter.checkout.give_back(tender.tender_id)
    recognise(counter)
    pay_cash(counter)
    assert balance(till).active == 189


def test_points_of_one_member_are_not_another_members(till) -> None:
    bring(till)
    give_points(till, 1_000)
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    recognise(counter)
    counter.points.give(1_000)
    recognise(counter, FRIEND)
    assert counter.points.given is None
    sale = pay_cash(counter)
    assert sale.priced.total_minor == 19_900
    assert balance(till) == Balance(active=1_000)


def test_nobody_can_give_points(till) -> None:
    bring(till)
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    assert refusal(counter.points.give, 100).key == "points_without_member"
    recognise(counter)
    counter.sale.accept(SetShopper(None))
    assert counter.points.will_earn() == 0
    pay_cash(counter)


def test_a_cap_of_a_day_holds_over_several_tickets(till, clock) -> None:
    rule = replace(RULES.earn, per_day=250)
    bring(till, replace(RULES, earn=rule))
    buy(till, SHIRT_M)
    buy(till, SHIRT_L)
    assert balance(till).active == 250
    clock.set(Timestamp(NOON.unix_ms + DAY_MS))
    buy(till, SHIRT_L)
    assert balance(till).active == 469


def test_a_tier_is_won_at_once_gives_more_points_and_falls_by_a_return(till) -> None:
    bring(till, replace(RULES, tiers=(SILVER, replace(GOLD, threshold=60_000))))
    first = buy(till, SHIRT_M, SHIRT_L)
    assert told(till, first).tier == "silver"
    second = buy(till, SHIRT_M)
    assert (told(till, second).tier_before, told(till, second).tier) == (
        "silver",
        "gold",
    )
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    recognise(counter)
    assert counter.points.will_earn() == 398
    assert counter.sale.basket.shopper.tier == "gold"
    pay_cash(counter)
    ticket = back(till, second)
    assert told(till, ticket).tier == "gold"  # 19900 * 3 + 2000: still enough
    back(till, first, 2)
    assert till.counter.points.standing(MEMBER).tier.key == "silver"
    assert journal_kinds(till).count("TierChanged") == 3


def test_two_people_change_points_by_hand(till) -> None:
    bring(till)
    counter = till.counter
    demand = Demand(Permission.POINTS_ADJUST, MEMBER)
    assert refusal(counter.points.adjust, MEMBER, 50, "goodwill").key == "not_permitted"
    sign_on(counter, MANAGER)
    approve(counter, demand, "2001")
    after = counter.points.adjust(MEMBER, 50, "goodwill").result()
    assert after == Balance(active=50)
    approve(counter, demand, "2001")
    taken = counter.points.adjust(MEMBER, -60, "points_wrong")
    assert refusal(taken.result).key == "points_adjusted_below_zero"
    (row,) = counter.points.history(MEMBER, Timestamp(0))
    assert (row.kind, row.points) == ("adjust", 50)


def test_a_rule_that_changes_does_not_change_what_was_earned(till) -> None:
    bring(till)
    sale = buy(till, SHIRT_M)
    bring(till, replace(RULES, earn=EarnRule(points=10, per_minor=100)))
    buy(till, SHIRT_L)
    assert balance(till).active == 199 + 2_190
    back(till, sale)
    assert balance(till).active == 2_190
    assert [
        one.programme.version for one in till.ledger.points.programme_versions()
    ] == [
        2,
        1,
    ]


def test_the_night_writes_off_what_is_over_and_judges_tiers(till, clock) -> None:
    bring(till, replace(RULES, life=LifeRule(ExpiryKind.ROLLING, 2, pending_days=3)))
    buy(till, SHIRT_M, SHIRT_L)
    assert balance(till) == Balance(pending=418)
    counter = till.counter
    clock.set(Timestamp(NOON.unix_ms + 5 * DAY_MS))
    assert counter.night.run(counter.night.due()) == len(STEPS)
    assert counter.night.due() is None
    assert balance(till) == Balance(active=418)
    clock.set(Timestamp.parse("2027-01-10T09:00:00+08:00"))
    counter.night.run(counter.night.due())
    (notice,) = till.ledger.points.notices((MEMBER,))
    assert (notice.key, notice.points) == ("points/2027-01-21/30", 418)
    assert counter.points.standing(MEMBER).expiring == 418
    clock.set(Timestamp.parse("2027-12-05T09:00:00+08:00"))
    assert balance(till) == Balance(lapsed=418)
    counter.night.run(counter.night.due())
    assert balance(till) == Balance()
    assert counter.points.standing(MEMBER).tier is None
    kinds = [one.kind for one in counter.points.history(MEMBER, Timestamp(0))]
    assert kinds == ["expire", "earn"]
    clock.set(Timestamp.parse("2027-12-06T09:00:00+08:00"))
    counter.night.run(counter.night.due())
    assert len(till.ledger.points.notices((MEMBER,))) == 1


TAMPERED = {
    "points_left_differ": "UPDATE point_left SET points = points + 1",
    "points_below_zero": "UPDATE point_left SET points = -points",
    "tier_standing_differs": "UPDATE tier_standing SET tier = 'gold'",
    "points_journal_differs": "INSERT INTO point_move SELECT 'x', lot_id, member_id, "
    "'earn', at_ms, 1, event_id, '', 0, 0, 0 FROM point_move LIMIT 1",
}


@pytest.mark.parametrize("key", TAMPERED)
def test_the_doctor_finds_points_that_somebody_put_there(till, key: str) -> None:
    bring(till)
    buy(till, SHIRT_M, SHIRT_L)
    rules = {rule.key: rule.query for rule in POINT_RULES}
    with till.ledger._writer.connect() as connection:
        assert connection.execute(text(rules[key])).all() == []
        connection.execute(text(TAMPERED[key]))
        assert len(connection.execute(text(rules[key])).all()) == 1
        connection.rollback()


def words_of(layout) -> str:
    """Return all words of a slip, row by row."""
    rows = [
        getattr(block, "cells", None) or (getattr(block, "text", ""),)
        for block in layout.blocks
    ]
    return "\n".join("|".join(row) for row in rows)


def test_the_slip_says_points_and_tier_and_a_reprint_says_the_same(till) -> None:
    bring(till)
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    recognise(counter)
    counter.checkout.take("cash", None)
    sale = finish(counter, print_slip=True)
    buy(till, SHIRT_L, points=100)
    (job,) = till.ledger.print_jobs_of(sale.sale_id)
    first = job.layout
    again = approved(counter, counter.slip.reprint, sale.sale_id, "zh-CN").result()
    shown = words_of(first)
    assert "+199" in shown
    assert "101.00" in shown  # still missing to the tier above
    for row in shown.splitlines():
        if "199" in row:
            assert row in words_of(again.layout)
