"""The back office changes members, one transaction each, and tells no value."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.domain.member.consent import Purpose
from pos_app.domain.member.likeness import Likeness
from pos_app.domain.member.phone_key import write_phone_key
from pos_app.domain.member.recognition import Means
from pos_app.errors import UserError
from pos_app.ports.member_admin import MemberOrder, MemberQuery, MemberStanding
from pos_app.services.member_admin import MemberAdmin
from pos_app.services.member_change import ProfileEdit
from pos_app.services.member_merge import MergeReason
from pos_app.services.session import ApprovalNeeded
from tests.builders_members import CHEN, LIN, WANG, enrolled, give_points, wait
from tests.counter_shop import CASHIER, MANAGER, fresh_shop, opened, sign_on


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as till:
        yield till


@pytest.fixture
def admin(till: Till) -> MemberAdmin:
    return till.counter.member_admin


def journal(till: Till, kind: EntryKind) -> list[dict[str, object]]:
    import json

    with till.ledger.read_engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT plain(canonical) FROM journal WHERE kind = ? ORDER BY epoch, seq",
            (kind.value,),
        ).all()
    return [json.loads(row[0])["body"] for row in rows]


def names(admin: MemberAdmin, words: str = "", **query: object) -> list[str]:
    page = admin.pages.page(MemberQuery(**query), words)  # type: ignore[arg-type]
    return [row.name for row in page.rows]


def test_a_member_is_found_by_phone_tail_name_pinyin_and_card(
    till: Till, admin: MemberAdmin
) -> None:
    enrolled(till.counter, LIN, "林可怡", card="KA-8801")
    enrolled(till.counter, WANG, "王伟")
    for words in ("138 1234 6217", "6217", "林可怡", "linkeyi", "ka-8801"):
        assert names(admin, words) == ["林*怡"], words
    assert names(admin, "0000") == []
    assert names(admin) == ["王*", "林*怡"]


def test_a_list_shows_nothing_that_is_not_masked(
    till: Till, admin: MemberAdmin
) -> None:
    enrolled(till.counter, LIN, "林可怡")
    (row,) = admin.pages.page(MemberQuery()).rows
    assert (row.name, row.phone) == ("林*怡", "138****6217")
    assert "林可怡" not in repr(admin.pages.detail(row.member_id))
    assert LIN not in repr(admin.pages.detail(row.member_id))


def test_lists_are_filtered_and_sorted(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN, "林可怡", tags=("vip",))
    wang = enrolled(till.counter, WANG, "王伟")
    give_points(till.counter, lin, 500)
    assert names(admin, tag="vip") == ["林*怡"]
    assert names(admin, tag="none") == []
    assert names(admin, tier="gold") == []
    assert names(admin, order=MemberOrder.POINTS) == ["林*怡", "王*"]
    assert names(admin, order=MemberOrder.LAST_VISIT) == ["王*", "林*怡"]
    assert admin.pages.count(MemberQuery()) == 2
    (first, second) = admin.pages.page(MemberQuery(order=MemberOrder.POINTS)).rows
    assert (first.points, second.points, second.member_id) == (500, 0, wang)


@pytest.mark.parametrize("order", list(MemberOrder))
def test_pages_follow_each_other_without_gap_or_repeat(
    till: Till, admin: MemberAdmin, order: MemberOrder
) -> None:
    ids = {enrolled(till.counter, f"1381234{n:04}") for n in range(7)}
    seen: list[str] = []
    after = None
    while True:
        page = admin.pages.page(MemberQuery(order=order), after=after, limit=3)
        seen += [row.member_id for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == 7
    assert set(seen) == ids


def test_a_profile_is_changed_and_found_by_its_new_name(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    edit = ProfileEdit(
        name="陈 小明", birthday=(5, 17), note="左撇子", language="zh-TW"
    )
    wait(admin.changes.edit(lin, edit))
    detail = admin.pages.detail(lin)
    assert (detail.row.name, detail.birthday, detail.language) == (
        "陈*明",
        (5, 17),
        "zh-TW",
    )
    assert detail.has_note
    assert names(admin, "chenxiaoming") == ["陈*明"]
    assert names(admin, "林可怡") == []
    (body,) = journal(till, EntryKind.MEMBER_CHANGED)
    assert body == {"member": lin, "fields": ["name", "birthday", "note", "language"]}


def test_what_is_not_typed_stays(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    wait(admin.changes.edit(lin, ProfileEdit()))
    assert admin.pages.detail(lin).row.name == "林*怡"
    assert journal(till, EntryKind.MEMBER_CHANGED) == []


def test_a_second_birthday_within_a_year_is_refused(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, birthday=(5, 17))
    with pytest.raises(UserError, match="member_birthday_locked"):
        wait(admin.changes.edit(lin, ProfileEdit(birthday=(6, 18))))
    assert admin.pages.detail(lin).birthday == (5, 17)


@pytest.mark.parametrize(
    "edit",
    [
        ProfileEdit(name="x" * 61),
        ProfileEdit(note="x" * 501),
        ProfileEdit(language="xx"),
    ],
)
def test_what_does_not_fit_is_refused(
    till: Till, admin: MemberAdmin, edit: ProfileEdit
) -> None:
    lin = enrolled(till.counter, LIN)
    with pytest.raises(UserError):
        admin.changes.edit(lin, edit)


def test_a_number_changes_and_the_old_one_finds_nobody(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    wait(admin.means.change_phone(lin, CHEN))
    assert names(admin, CHEN) == ["林*怡"]
    assert names(admin, LIN) == []
    assert [x.end is None for x in admin.pages.detail(lin).holdings] == [False, True]


def test_a_number_of_somebody_else_is_refused_until_it_was_re_issued(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    wang = enrolled(till.counter, WANG, "王伟")
    with pytest.raises(UserError, match="member_phone_taken") as refused:
        wait(admin.means.change_phone(wang, LIN))
    assert refused.value.params["member"] == lin
    wait(admin.means.change_phone(wang, LIN, is_reissued=True))
    assert names(admin, LIN) == ["王*"]
    assert not admin.pages.detail(lin).has_phone
    assert names(admin, "6217") == ["王*"]


def test_a_number_that_is_nobodys_any_more_is_let_go(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    wait(admin.means.release_phone(lin))
    assert names(admin, LIN) == []
    assert enrolled(till.counter, LIN) != lin


def test_a_card_finds_its_member_until_it_is_lost(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    wang = enrolled(till.counter, WANG)
    wait(admin.means.add_card(lin, "ka-8801"))
    assert names(admin, "KA-8801") == ["林*怡"]
    with pytest.raises(UserError, match="member_card_taken"):
        wait(admin.means.add_card(wang, "KA-8801"))
    (card,) = admin.pages.detail(lin).cards
    assert "8801"[-1] in card.shown
    wait(admin.means.withdraw_card(lin, card.index))
    assert names(admin, "KA-8801") == []


def test_a_phone_is_registered_by_its_key_and_withdrawn(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN)
    key = bytes(range(32))
    wait(admin.means.add_token(lin, write_phone_key(key)))
    number = admin.pages.detail(lin).member.number
    members = till.ledger.members
    assert members.good_keys(number) == (key,)
    with pytest.raises(UserError, match="member_token_known"):
        wait(admin.means.add_token(lin, write_phone_key(key)))
    wait(admin.means.withdraw_token(lin, key))
    assert members.good_keys(number) == ()
    assert members.withdrawn_keys(number) == (key,)


def test_a_customer_chooses_a_pin_and_weak_ones_are_refused(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN)
    for pin, key in (("12", "shape"), ("12345678９", "shape"), ("1111", "weak")):
        with pytest.raises(UserError, match=f"member_pin_{key}"):
            admin.changes.set_pin(lin, pin)
    wait(admin.changes.set_pin(lin, "4711"))
    assert admin.pages.detail(lin).has_pin
    wait(admin.changes.forget_pin(lin))
    assert not admin.pages.detail(lin).has_pin


def test_a_consent_is_given_to_a_text_and_withdrawn(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN)
    purpose = Purpose.PROFILING
    wait(admin.changes.consent(lin, purpose, "2026-11", is_given=True))
    assert admin.pages.detail(lin).member.consents.allows(purpose, "2026-11")
    wait(admin.changes.consent(lin, purpose, "2026-11", is_given=False))
    assert not admin.pages.detail(lin).member.consents.allows(purpose)
    with pytest.raises(UserError, match="member_consent_not_given"):
        wait(admin.changes.consent(lin, purpose, "2026-11", is_given=False))


def test_tags_are_replaced_as_a_whole(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN)
    wait(admin.changes.set_tags(lin, ["宝妈", " vip ", "宝妈"]))
    assert admin.pages.detail(lin).member.tags == ("vip", "宝妈")
    assert till.ledger.members.tags_used() == [("vip", 1), ("宝妈", 1)]


def test_a_member_who_is_one_of_the_staff_buys_as_staff_and_no_longer(
    till: Till, admin: MemberAdmin
) -> None:
    lin, counter = enrolled(till.counter, LIN), till.counter
    cashier = counter.sign_on.by_number(CASHIER).staff_id
    for staff_id in (cashier, cashier, ""):
        wait(admin.changes.set_staff(lin, staff_id))
        counter.members.attach(lin, Means.PHONE_SAID)
        basket = counter.sale.basket
        assert basket is not None
        assert basket.shopper.is_staff is bool(staff_id)
        counter.members.detach()
    told = [body["fields"] for body in journal(till, EntryKind.MEMBER_CHANGED)]
    assert told == [["staff"], ["staff"]]


def test_one_of_the_staff_is_one_member(till: Till, admin: MemberAdmin) -> None:
    lin, wang = enrolled(till.counter, LIN, "林可怡"), enrolled(till.counter, WANG)
    cashier = till.counter.sign_on.by_number(CASHIER).staff_id
    wait(admin.changes.set_staff(lin, cashier))
    with pytest.raises(UserError, match="staff_is_member") as refused:
        wait(admin.changes.set_staff(wang, cashier))
    assert refused.value.params["member"].startswith("林*怡 138****")
    wait(admin.changes.set_staff(lin, ""))
    wait(admin.changes.set_staff(wang, cashier))
    wait(admin.merging.merge(lin, wang, MergeReason.SAME_PERSON))
    wait(admin.changes.set_staff(lin, cashier))  # both are one person now


@pytest.mark.parametrize("is_said_of_both", [True, False])
def test_one_of_the_staff_is_one_member_also_when_a_merge_was_a_mistake(
    till: Till, admin: MemberAdmin, is_said_of_both: bool
) -> None:
    lin, wang = enrolled(till.counter, LIN, "林可怡"), enrolled(till.counter, WANG)
    cashier = till.counter.sign_on.by_number(CASHIER).staff_id
    wait(admin.changes.set_staff(wang, cashier))
    fact = wait(admin.merging.merge(lin, wang, MergeReason.SAME_PERSON))
    if is_said_of_both:
        wait(admin.changes.set_staff(lin, cashier))
    wait(admin.merging.undo(fact.merge_id))
    assert list(till.ledger.members.of_staff(cashier)) == [wang]
    told = [body["member"] for body in journal(till, EntryKind.MEMBER_CHANGED)]
    assert told == [wang, *([lin, lin] if is_said_of_both else [])]


def test_only_who_works_here_is_one_of_the_staff(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN)
    with pytest.raises(UserError, match="staff_unknown"):
        admin.changes.set_staff(lin, "nobody")
    sign_on(till.counter, CASHIER)
    with pytest.raises(ApprovalNeeded):
        admin.changes.set_staff(lin, "")


def test_two_members_become_one_person_and_two_again(
    till: Till, admin: MemberAdmin
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡", card="KA-1")
    other = enrolled(till.counter, WANG, "林可仪")
    give_points(till.counter, lin, 100)
    give_points(till.counter, other, 30)
    preview = admin.merging.preview(lin, other)
    assert (preview.kept.row.points, preview.absorbed.row.points) == (100, 30)
    assert preview.points == 130
    fact = wait(admin.merging.merge(lin, other, MergeReason.SAME_PERSON))
    assert names(admin) == ["林*怡"]
    assert names(admin, standing=MemberStanding.MERGED) == ["林*仪"]
    (row,) = admin.pages.page(MemberQuery(order=MemberOrder.POINTS)).rows
    assert row.points == 130
    found = till.counter.members.find(WANG)
    assert [x.member_id for x in found] == [lin]
    with pytest.raises(UserError, match="member_merge_self"):
        admin.merging.preview(lin, other)
    wait(admin.merging.undo(fact.merge_id))
    assert set(names(admin)) == {"林*怡", "林*仪"}
    points = {x.member_id: x.points for x in admin.pages.page(MemberQuery()).rows}
    assert points == {lin: 100, other: 30}
    with pytest.raises(UserError, match="member_merge_unknown"):
        wait(admin.merging.undo(fact.merge_id))


def test_what_speaks_against_a_merge_is_told(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN, "林可怡", birthday=(5, 17))
    other = enrolled(till.counter, WANG, "王伟", birthday=(6, 17))
    assert admin.merging.preview(lin, other).doubts == ("birthdays", "names")


def test_likely_doubles_are_found_and_two_people_stay_two(
    till: Till, admin: MemberAdmin
) -> None:
    enrolled(till.counter, LIN, "林可怡", birthday=(5, 17))
    enrolled(till.counter, WANG, "林可怡", birthday=(5, 17))
    enrolled(till.counter, CHEN, "林可怡", birthday=(1, 1))
    (pair,) = admin.doubles.find()
    assert pair.why is Likeness.NAME_AND_BIRTHDAY
    wait(admin.doubles.two_people(pair))
    assert admin.doubles.find() == ()


def test_a_cashier_may_not_change_members(till: Till, admin: MemberAdmin) -> None:
    lin = enrolled(till.counter, LIN)
    sign_on(till.counter, CASHIER)
    with pytest.raises(ApprovalNeeded):
        admin.changes.set_tags(lin, ["vip"])
    with pytest.raises(ApprovalNeeded):
        admin.merging.merge(lin, lin, MergeReason.SAME_PERSON)
    with pytest.raises(ApprovalNeeded):
        admin.erasure.erase(lin)
