"""Offers and groups are for those who want them: by the switch, the word, the consent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.reward import Condition
from pos_app.domain.member.consent import Purpose
from pos_app.domain.member.recognition import Means
from pos_app.ports.campaigns import OptOut
from pos_app.services.members import EnrolDraft
from pos_app.services.opt_out import is_opted_out
from tests.builders_campaigns import coupon_template, gifts, night, rule, run
from tests.builders_members import LIN, WANG
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, TEA, finish, journal_kinds, opened, prove
from ui.presenters.member_enrol import EnrolTyping
from ui.presenters.member_state import EnrolField


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        yield till


def join(till: Till, draft: EnrolDraft) -> str:
    return till.counter.members.enrol(draft).result().member_id


def form(till: Till, phone: str, **switches: bool) -> EnrolDraft:
    """Return what the form of the counter hands over; today is the birthday."""
    today = till.counter.desk.business_day()
    typing = EnrolTyping(is_agreed=True, **switches)
    typing = typing.with_text(EnrolField.PHONE, phone)
    return typing.with_text(
        EnrolField.BIRTHDAY, f"{today.month:02}{today.day:02}"
    ).draft()


def is_out(till: Till, member_id: str, what: OptOut) -> bool:
    """Tell what campaigns, segments and suggestions read, which is one and the same."""
    found = till.counter.campaigns.is_opted_out(member_id, what)
    asked = till.ledger.submit(lambda unit: is_opted_out(unit, (member_id,), what))
    assert found == asked.result() == is_opted_out(till.ledger, (member_id,), what)
    assert (member_id in till.ledger.campaigns.left_out(what)) == found
    return found


def test_a_switch_left_off_is_no_leave_to_send_offers(till: Till) -> None:
    coupon_template(till.counter)
    run(till.counter, rule(RewardTrigger.BIRTHDAY, condition=Condition(days_before=3)))
    lin = join(till, form(till, LIN))
    wang = join(till, form(till, WANG, may_write=True))
    assert is_out(till, lin, OptOut.MARKETING)
    assert not is_out(till, wang, OptOut.MARKETING)
    night(till)
    assert gifts(till.counter, lin) == []
    assert len(gifts(till.counter, wang)) == 1
    prove(till)


def test_no_profile_at_enrolment_means_no_groups_and_no_suggestions(till: Till) -> None:
    lin = join(till, form(till, LIN, no_profile=True))
    wang = join(till, form(till, WANG))
    assert is_out(till, lin, OptOut.PROFILING)
    assert not is_out(till, wang, OptOut.PROFILING)
    assert journal_kinds(till).count("OptOutNoted") == 3


@pytest.mark.parametrize("what", list(OptOut))
def test_a_consent_given_in_the_back_office_ends_the_objection(
    till: Till, what: OptOut
) -> None:
    purpose, admin = Purpose(what.value), till.counter.member_admin
    lin = join(till, form(till, LIN, no_profile=True))
    for is_given in (True, False, True):
        done = admin.changes.consent(lin, purpose, "2026-11", is_given=is_given)
        done.result()
        assert is_out(till, lin, what) is not is_given
    till.counter.campaigns.opt_out(lin, what).result()
    assert is_out(till, lin, what)
    prove(till)


def test_a_consent_withdrawn_ends_suggestions_at_once(till: Till) -> None:
    counter = till.counter
    lin = join(till, form(till, LIN))
    changes = counter.member_admin.changes
    changes.consent(lin, Purpose.PROFILING, "2026-11", is_given=True).result()
    counter.sale.scan(TEA)
    counter.members.attach(lin, Means.PHONE_SAID)
    counter.checkout.take("cash", None)
    finish(counter)
    assert len(counter.suggestions.last_purchases(lin)) == 1
    changes.consent(lin, Purpose.PROFILING, "2026-11", is_given=False).result()
    assert counter.suggestions.last_purchases(lin) == ()
