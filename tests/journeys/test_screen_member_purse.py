"""Points by hand, coupons of one member: given, taken back, by two people where due."""

from __future__ import annotations

import pytest

from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.programme import Programme
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from tests.builders_members import LIN, WANG, enrolled, wait
from tests.journeys.busy_threads import nothing_done
from tests.journeys.screen_till import PINS, ScreenTill
from tests.journeys.test_screen_approval import choose, give_pin
from tests.journeys.test_screen_member_admin import (
    MANAGER,
    SUPERVISOR,
    open_member,
    part,
    press,
)
from tests.journeys.test_screen_people import stored, write


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till with points and one kind of coupon; one member is open."""
    till.sign_on(MANAGER)
    desk = till.work.counter.desk
    at = desk.clock.now()

    def bring(unit: UnitOfWork) -> None:
        rules = Programme(version=1, earn=EarnRule(points=1, per_minor=100))
        unit.points.add_programme(ProgrammeVersion(rules, at, "", ""))
        days = Validity(ValidityKind.DAYS, length=30)
        template = Template("t-1", 1, "满 100 减 15", "p-1", days)
        unit.coupons.add_template(template, at, "")

    wait(desk.record(bring))
    enrolled(till.work.counter, LIN, "林可怡")
    till.press("tab_office")
    till.press("go-members")
    till.wait(lambda: len(part(till).list.rows()) == 1)
    open_member(till)
    return till


def balance(till: ScreenTill, member_id: str) -> int:
    ledger = till.work.counter.desk.ledger
    return ledger.points.balance(
        (member_id,), till.work.counter.desk.clock.now()
    ).active


def test_points_change_by_hand_only_with_a_second_person(office: ScreenTill) -> None:
    member_id = part(office).member.detail.row.member_id
    part(office).on_view("balance")
    office.settle()
    write(office, "points", "300")
    press(office, "act-points:add")
    assert balance(office, member_id) == 0  # the reason is asked first
    press(office, "pick-why-goodwill")
    press(office, "act-points:add")
    assert balance(office, member_id) == 0
    choose(office, SUPERVISOR)
    give_pin(office, PINS[SUPERVISOR])
    stored(office)
    office.wait(lambda: balance(office, member_id) == 300)
    (body,) = office.journal(EntryKind.POINTS_ADJUSTED)
    assert (body["points"], body["reason"]) == (300, "goodwill")
    assert body["approved_by"]
    office.wait(lambda: part(office).draft.points == "")


def test_points_go_to_whose_form_was_on_show_when_they_were_given(
    office: ScreenTill,
) -> None:
    lin = part(office).member.detail.row.member_id
    wang = enrolled(office.work.counter, WANG, "王敏")
    part(office).on_view("balance")
    office.settle()
    write(office, "points", "300")
    press(office, "pick-why-goodwill")
    with nothing_done(part(office).place.runner):
        part(office).begin(wang)  # from another part; it is read late
        press(office, "act-points:add")
        choose(office, SUPERVISOR)
    office.settle()
    give_pin(office, PINS[SUPERVISOR])
    stored(office)
    office.wait(lambda: balance(office, lin) == 300)
    assert balance(office, wang) == 0


def test_a_coupon_is_given_listed_and_revoked(office: ScreenTill) -> None:
    part(office).on_view("coupons")
    office.settle()
    press(office, "pick-template-t-1")
    press(office, "act-coupon_give")
    stored(office)
    office.wait(lambda: len(part(office).member.coupons) == 1)
    (coupon,) = part(office).member.coupons
    assert coupon.name == "满 100 减 15"
    assert coupon.can_revoke
    press(office, f"act-revoke:{coupon.coupon_id}")
    office.press("answer-keep")
    assert part(office).member.coupons == (coupon,)
    press(office, f"act-revoke:{coupon.coupon_id}")
    office.press("answer-revoke")
    stored(office)
    office.wait(lambda: not part(office).member.coupons[0].can_revoke)
    (body,) = office.journal(EntryKind.COUPON_REVOKED)
    assert coupon.coupon_id in str(body)


def test_what_a_key_takes_does_not_hold_the_tab(office: ScreenTill) -> None:
    part(office).on_view("means")
    office.settle()
    write(office, "phone", "137")
    part(office).on_view("coupons")
    assert part(office).state.form.view == "coupons"
