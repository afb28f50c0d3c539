"""Members of a counter's shop, for tests; enrolled as at the counter.

What recognises them (phones with codes, PINs, cards) is in builders_counter_members.
"""

from __future__ import annotations

from concurrent.futures import Future
from typing import TypeVar

from pos_app.domain.loyalty.facts import Opened
from pos_app.domain.member.consent import Purpose
from pos_app.domain.permission import Approval
from pos_app.services.counter import Counter
from pos_app.services.members import EnrolDraft
from pos_app.services.session import ApprovalNeeded
from tests.builders_counter_members import (
    MemberPhone,
    card_of,
    enrol,
    enrol_here,
    member_of,
    pair_phone,
    set_pin,
)

T = TypeVar("T")
WAIT_S = 120
LIN, WANG, CHEN = "13812346217", "13912340001", "13712345678"
OUYANG = "13700006217"


def enrolled(counter: Counter, phone: str = LIN, name: str = "", **more: object) -> str:
    """Enrol somebody who agrees to marketing, too, and return the id."""
    purposes = (Purpose.MEMBERSHIP, Purpose.MARKETING)
    draft = EnrolDraft(phone=phone, name=name, purposes=purposes, **more)  # type: ignore[arg-type]
    return counter.members.enrol(draft).result(WAIT_S).member_id


def wait(future: Future[T]) -> T:
    """Return what a write came to."""
    return future.result(WAIT_S)


def give_points(counter: Counter, member_id: str, points: int) -> None:
    """Let points come along."""
    desk = counter.desk
    fact = Opened(desk.ids.new(), desk.clock.now(), points)
    wait(desk.record(lambda unit: unit.points.open_points(member_id, fact)))


def approve(counter: Counter, needed: ApprovalNeeded, number: str) -> None:
    """Let somebody else agree."""
    desk = counter.desk
    approver = counter.sign_on.by_number(number)
    cashier = desk.session.cashier
    assert approver.staff_id != cashier.staff_id
    desk.session.approve(
        Approval(
            desk.ids.new(),
            needed.demand,
            cashier.staff_id,
            approver.staff_id,
            "",
            desk.clock.now(),
        )
    )


__all__ = [
    "CHEN",
    "LIN",
    "OUYANG",
    "WANG",
    "MemberPhone",
    "approve",
    "card_of",
    "enrol",
    "enrol_here",
    "enrolled",
    "give_points",
    "member_of",
    "pair_phone",
    "set_pin",
    "wait",
]
