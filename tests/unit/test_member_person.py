"""One person in full: for a purpose, journalled, and everything that is held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.domain.member.recognition import Means
from pos_app.errors import UserError
from pos_app.services.member_admin import MemberAdmin
from pos_app.services.member_change import ProfileEdit
from pos_app.services.member_merge import MergeReason
from pos_app.services.member_person import LookPurpose
from pos_app.services.person_page import person_page
from pos_app.services.session import ApprovalNeeded
from tests.builders_members import LIN, WANG, enrolled, give_points, wait
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as till:
        yield till


@pytest.fixture
def admin(till: Till) -> MemberAdmin:
    return till.counter.member_admin


def bought(till: Till, phone: str) -> str:
    counter = till.counter
    (found,) = counter.members.find(phone)
    counter.members.attach(found.member_id, Means.PHONE_SAID)
    counter.sale.scan(TEA)
    return pay_cash(counter).sale_id


def test_a_look_in_full_is_journalled_with_who_whom_and_why(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    seen = wait(admin.person.look(lin, LookPurpose.CONTACT))
    assert seen.profile.name == "林可怡"
    assert seen.profile.phone is not None
    assert seen.profile.phone.e164 == f"+86{LIN}"
    assert LIN not in repr(seen)
    (entry, _enrolled) = till.ledger.members.entries_of(
        [lin], [EntryKind.MEMBER_REVEALED.value, EntryKind.MEMBER_ENROLLED.value], 10
    )
    assert json.loads(entry.body) == {"member": lin, "reason": "contact", "how": "look"}
    assert entry.actor == till.counter.desk.session.cashier.staff_id


def test_a_cashier_sees_nobody_in_full(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN)
    sign_on(till.counter, CASHIER)
    with pytest.raises(ApprovalNeeded):
        admin.person.look(lin, LookPurpose.CONTACT)
    with pytest.raises(ApprovalNeeded):
        admin.person.export(lin, LookPurpose.REQUEST)
    assert till.ledger.members.entries_of([lin], ["MemberRevealed"], 10) == []


def test_an_export_holds_everything_of_both_ids_of_a_person(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡", birthday=(5, 17), tags=("vip",))
    other = enrolled(till.counter, WANG, "林可怡")
    give_points(till.counter, lin, 70)
    sale_id = bought(till, WANG)
    wait(admin.changes.edit(lin, ProfileEdit(note="左撇子")))
    wait(admin.merging.merge(lin, other, MergeReason.SAME_PERSON))
    whole = wait(admin.person.export(other, LookPurpose.REQUEST))
    first, second = whole["person"]
    assert (first["name"], first["birthday"], first["note"]) == (
        "林可怡",
        "05-17",
        "左撇子",
    )
    assert {first["phone"], second["phone"]} == {f"+86{LIN}", f"+86{WANG}"}
    assert whole["points"]["left"] == 70
    assert [x["sale_id"] for x in whole["purchases"]] == [sale_id]
    assert {x["purpose"] for x in first["consents"]} == {"membership", "marketing"}
    kinds = {x["what"] for x in whole["journal"]}
    assert kinds == {"MemberEnrolled", "MemberChanged", "MemberMerged"}
    assert json.loads(json.dumps(whole, ensure_ascii=False)) == whole


def test_the_page_says_the_same_and_runs_nothing(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "<b>林</b>")
    page = person_page(admin.person.whole(lin), "zh-CN")
    assert f"+86{LIN}" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert "<script" not in page


def test_nothing_is_left_of_a_person_who_was_erased(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡", card="KA-8801", tags=("vip",))
    other = enrolled(till.counter, WANG, "林可怡")
    give_points(till.counter, lin, 70)
    sale_id = bought(till, LIN)
    wait(admin.merging.merge(lin, other, MergeReason.SAME_PERSON))
    review = admin.erasure.review(lin)
    assert (review.points, review.error) == (70, None)
    assert set(wait(admin.erasure.erase(lin))) == {lin, other}
    for words in (LIN, WANG, "林可怡", "KA-8801", "6217", "linkeyi"):
        assert admin.pages.found(words) == (), words
    detail = admin.pages.detail(lin)
    assert (detail.row.name, detail.row.phone, detail.row.points) == ("", "", 0)
    assert detail.member.tags == ()
    sale = till.ledger.sale(sale_id)
    assert sale is not None
    assert sale.member_id == lin
    assert till.ledger.points.unproven() == []
    assert till.counter.desk.erased.all().keys() == {lin, other}
    for call in (admin.person.look, admin.person.export):
        with pytest.raises(UserError, match="member_erased"):
            call(lin, LookPurpose.REQUEST)
    with pytest.raises(UserError, match="member_erased"):
        wait(admin.changes.set_tags(lin, ["vip"]))


def test_who_is_in_the_open_sale_is_not_erased(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN)
    till.counter.members.attach(lin, Means.PHONE_SAID)
    with pytest.raises(UserError, match="member_erase_in_sale"):
        wait(admin.erasure.erase(lin))  # now, or once the sale is written down


def test_the_slips_of_somebody_who_was_erased_are_empty(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    sale_id = bought(till, LIN)
    assert wait(till.counter.slip.reprint(sale_id)).layout.blocks
    wait(admin.erasure.erase(lin))
    assert all(
        not x.layout.blocks or x.state.value == "cancelled"
        for x in till.ledger.print_jobs_of(sale_id)
    )


def test_a_number_of_an_erased_person_is_free_for_a_newcomer(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN)
    wait(admin.erasure.erase(lin))
    assert enrolled(till.counter, LIN) != lin
