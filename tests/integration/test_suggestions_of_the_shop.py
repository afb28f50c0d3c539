"""Suggestions at a real counter: what one buys again, what goes together, who says no."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.member.recognition import Means
from pos_app.domain.suggestion import PairRule
from pos_app.ports.campaigns import OptOut
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.suggestions import PAIRS_THROUGH, count_pairs
from tests.builders_loyalty_reports import MemberDays, member_days
from tests.counter_shop import COLA, SALT, TEA

RULE = PairRule(least_baskets=5, least_together=3, least_permille=80, deviations=0)


@pytest.fixture
def days(tmp_path: Path) -> Iterator[MemberDays]:
    with member_days(tmp_path) as found:
        yield found


def opt_out(days: MemberDays, member: str) -> None:
    desk = days.till.counter.desk
    at = desk.clock.now()

    def work(unit: UnitOfWork) -> None:
        unit.campaigns.set_opt_out(member, OptOut.PROFILING, is_out=True, at=at, by="m")

    desk.record(work).result()


def test_last_purchases_have_their_rhythm_and_forget_what_came_back(
    days: MemberDays,
) -> None:
    lin = days.enrol()
    for number in range(4):
        sale = days.sell(lin, TEA, COLA) if number == 3 else days.sell(lin, TEA)
        days.later(days=9)
    days.give_back(sale, 2)
    service = days.till.counter.suggestions
    (tea,) = service.last_purchases(lin)
    assert tea.bought.name == "茉莉花茶"
    assert (tea.every_days, tea.is_due) == (9, True)
    assert tea.unit is not None
    assert tea.unit.price is not None
    assert service.last_purchases("") == ()
    opt_out(days, lin)
    assert service.last_purchases(lin) == ()


def test_what_goes_together_is_said_once_there_is_enough_and_to_nobody_who_says_no(
    days: MemberDays,
) -> None:
    counter = days.till.counter
    for _ in range(3):
        days.sell("", TEA, COLA)
    lin = days.enrol()
    for _ in range(3):
        days.sell("", SALT)
    days.later(days=1)
    service, today = counter.suggestions, counter.reports.today()
    counter.sale.scan(TEA)
    assert service.bought_together(counter.sale.basket) == ()
    assert count_pairs(counter.desk, today, RULE)
    assert not count_pairs(counter.desk, today, RULE)  # once a day
    assert days.till.ledger.setting(PAIRS_THROUGH) == today.isoformat()
    (cola,) = service.bought_together(counter.sale.basket)
    assert (cola.unit.name, cola.because_name) == ("可乐", "茉莉花茶")
    assert (cola.permille, cola.lift) == (1000, 200)
    opt_out(days, lin)
    counter.members.attach(lin, Means.LAST_FOUR)
    assert service.bought_together(counter.sale.basket) == ()
    counter.members.detach()
    counter.sale.scan(COLA)
    assert service.bought_together(counter.sale.basket) == ()  # it lies there already
    assert service.bought_together(None) == ()
