"""An approval covers what it was given for, and nothing more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.permission import (
    Approval,
    Demand,
    Permission,
    Role,
    RoleLimits,
    Staff,
)
from pos_app.services.session import ApprovalNeeded, Session
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

percentages = st.none() | st.integers(0, 1_000_000).map(Percentage)
amounts = st.none() | st.integers(0, 10**9)
demands = st.builds(
    Demand,
    st.sampled_from([Permission.DISCOUNT, Permission.RETURN, Permission.DRAWER_OPEN]),
    st.sampled_from(["", "line-1", "line-2"]),
    percentages,
    amounts,
)
NOBODY = Role("trainee", "trainee", (), frozenset(), 0, is_supervisor=False)
ALL = Role(
    "manager",
    "manager",
    (),
    frozenset(Permission),
    10**9,
    is_supervisor=True,
    limits=RoleLimits(Percentage(1_000_000)),
)


def person(staff_id: str, role: Role) -> Staff:
    return Staff(staff_id, staff_id, staff_id, (), role)


def asked_by(cashier: str, demand: Demand) -> Approval:
    return Approval("a", demand, cashier, "boss", "", Timestamp(0))


def goes_through(session: Session, demand: Demand) -> bool:
    try:
        cleared = session.clear(demand)
    except ApprovalNeeded:
        return False
    assert cleared.approved_by == "boss"
    return True


def within(asked: Demand, given: Demand) -> bool:
    """The rule in other words: same action and thing, no deeper, no more."""
    if (asked.action, asked.subject) != (given.action, given.subject):
        return False
    pairs = (
        (asked.percentage, given.percentage),
        (asked.amount_minor, given.amount_minor),
    )
    return all(
        want is None or (have is not None and not have < want)  # type: ignore[operator]
        for want, have in pairs
    )


@given(demands, demands)
def test_an_approval_covers_the_same_and_less_and_nothing_else(
    approved: Demand, asked: Demand
) -> None:
    session = Session()
    session.begin(person("cashier", NOBODY))
    session.approve(asked_by("cashier", approved))
    assert goes_through(session, asked) == within(asked, approved)


@given(demands)
def test_it_is_used_up_by_one_use(demand: Demand) -> None:
    session = Session()
    session.begin(person("cashier", NOBODY))
    session.approve(asked_by("cashier", demand))
    assert goes_through(session, demand)
    assert not goes_through(session, demand)


@given(demands, demands)
def test_what_did_not_help_is_still_there(approved: Demand, other: Demand) -> None:
    session = Session()
    session.begin(person("cashier", NOBODY))
    session.approve(asked_by("cashier", approved))
    used = goes_through(session, other)
    assert goes_through(session, approved) != used


@given(demands)
def test_it_is_of_no_use_to_anybody_else(demand: Demand) -> None:
    session = Session()
    session.begin(person("another", NOBODY))
    session.approve(asked_by("cashier", demand))
    assert not goes_through(session, demand)


@given(demands, st.booleans())
def test_four_eyes_asks_even_whoever_may_everything(
    demand: Demand, is_marked: bool
) -> None:
    session = Session()
    session.begin(person("manager", ALL))
    if not is_marked:
        assert session.clear(demand).approved_by == ""
        return
    marked = (demand.action,)
    with pytest.raises(ApprovalNeeded) as asked:
        session.clear(demand, marked)
    assert asked.value.demand == demand
    session.approve(asked_by("manager", demand))
    assert session.clear(demand, marked).approved_by == "boss"


@given(demands)
def test_whoever_meets_a_demand_meets_a_smaller_one(demand: Demand) -> None:
    role = replace(ALL, limits=RoleLimits(Percentage(100_000), refund_cap_minor=20_000))
    staff = person("supervisor", role)
    smaller = replace(
        demand,
        percentage=demand.percentage and Percentage(demand.percentage.millionths // 2),
        amount_minor=demand.amount_minor and demand.amount_minor // 2,
    )
    assert staff.meets(smaller) or not staff.meets(demand)
