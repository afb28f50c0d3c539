"""Members in the back office: found, changed, looked at, merged, forgotten, imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos_app.domain.journal import EntryKind
from tests.builders_members import LIN, WANG, enrolled
from tests.journeys.screen_till import PINS, ScreenTill
from tests.journeys.test_screen_approval import choose, give_pin
from tests.journeys.test_screen_office_keyboard import tab_to
from tests.journeys.test_screen_people import stored, write

MANAGER, SUPERVISOR = "1005", "1004"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at the members; there are two."""
    return look_at_members(till)


def look_at_members(till: ScreenTill) -> ScreenTill:
    """Enrol two members and have the manager look at them."""
    till.sign_on(MANAGER)
    counter = till.work.counter
    enrolled(counter, LIN, "林可怡", birthday=(5, 17))
    enrolled(counter, WANG, "林可怡", birthday=(5, 17))
    till.press("tab_office")
    till.press("go-members")
    till.wait(lambda: len(part(till).list.rows()) == 2)
    return till


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def page(till: ScreenTill):
    return till.flow.features.back_office._made["members"][1]


def open_member(till: ScreenTill, phone: str = LIN) -> str:
    (member_id,) = till.work.counter.member_admin.pages.found(phone)
    part(till).on_row(member_id)
    till.wait(lambda: part(till).member is not None)
    till.settle()
    return member_id


def press(till: ScreenTill, name: str) -> None:
    till.wait(lambda: till.is_there(name))  # once the member is read anew
    page(till).form.area.ensureWidgetVisible(till.find(name))
    till.settle()
    till.press(name)


def shown(till: ScreenTill) -> str:
    state = part(till).state
    return repr(state)


def test_a_member_is_searched_opened_and_renamed(office: ScreenTill) -> None:
    part(office).on_search("6217")
    office.wait(lambda: len(part(office).list.rows()) == 1)
    open_member(office)
    assert "林可怡" not in shown(office)
    write(office, "name", "陈小明")
    office.press("officeSave")
    stored(office)
    office.wait(lambda: part(office).state.form.title.startswith("陈"))
    assert part(office).state.form.title == "陈*明"
    assert not part(office).is_dirty


def test_what_is_typed_while_a_member_is_read_anew_stays(office: ScreenTill) -> None:
    member_id = open_member(office)
    before = part(office).member
    part(office).open(member_id)
    part(office).on_edited("note", "不吃香菜")
    office.wait(lambda: part(office).member is not before)
    assert part(office).draft.note == "不吃香菜"


def test_a_look_in_full_asks_why_first(office: ScreenTill) -> None:
    open_member(office)
    press(office, "act-look")
    assert "林可怡" not in shown(office)
    office.press("answer-contact")
    stored(office)
    assert any(
        option.words == "林可怡"
        for field in part(office).state.form.fields
        for option in field.options
    )
    (body,) = office.journal(EntryKind.MEMBER_REVEALED)
    assert (body["reason"], body["how"]) == ("contact", "look")
    open_member(office, WANG)
    office.wait(lambda: part(office).member.shown is None)


def test_a_member_is_said_to_be_one_of_the_staff(office: ScreenTill) -> None:
    member_id = open_member(office)
    staff = office.work.counter.sign_on.by_number(SUPERVISOR).staff_id
    (field,) = [x for x in part(office).state.form.fields if x.key == "staff"]
    assert {"", staff} < {option.key for option in field.options}
    part(office).on_edited("staff", staff)
    assert part(office).is_dirty
    office.press("officeSave")
    stored(office)
    detail = office.work.counter.member_admin.pages.detail(member_id)
    assert detail.member.staff_id == staff
    office.wait(lambda: part(office).draft.staff == staff)
    assert not part(office).is_dirty


def test_every_tab_shows_something(office: ScreenTill) -> None:
    open_member(office)
    for key, _words, _icon in part(office).state.form.views:
        part(office).on_view(key)
        office.settle()
        assert part(office).state.form.fields, key


def test_a_number_changes_on_its_tab(office: ScreenTill) -> None:
    member_id = open_member(office)
    part(office).on_view("means")
    office.settle()
    write(office, "phone", "13712345678")
    press(office, "act-phone")
    stored(office)
    found = office.work.counter.member_admin.pages.found("13712345678")
    assert found == (member_id,)


def test_two_who_are_one_are_found_and_merged(office: ScreenTill) -> None:
    office.press("act-doubles")
    stored(office)
    rows = part(office).state.table.table.rows
    assert len(rows) == 1
    part(office).on_table_row(rows[0].key)
    stored(office)
    assert part(office).state.table.table.rows
    office.press("act-same_person")
    stored(office)
    office.wait(lambda: len(part(office).list.rows()) == 1)
    open_member(office)
    part(office).on_view("history")
    office.settle()
    undo = next(
        key.key
        for field in part(office).state.form.fields
        for key in field.keys
        if key.key.startswith("undo:")
    )
    press(office, f"act-{undo}")
    stored(office)
    office.wait(lambda: len(part(office).list.rows()) == 2)


def test_a_person_is_erased_after_a_question(office: ScreenTill) -> None:
    member_id = open_member(office)
    press(office, "act-erase")
    office.press("answer-keep")
    record = office.work.counter.desk.ledger.members.of(member_id)
    assert not record.sealed.is_erased
    press(office, "act-erase")
    office.press("answer-erase")
    stored(office)
    record = office.work.counter.desk.ledger.members.of(member_id)
    assert record.sealed.is_erased
    office.wait(lambda: len(part(office).list.rows()) == 1)


def test_a_file_is_looked_at_and_its_points_need_a_second_person(
    office: ScreenTill, tmp_path: Path
) -> None:
    file = tmp_path / "members.csv"
    file.write_text("手机号,姓名,积分\n13712345678,陈小明,70\n12,坏,1\n")
    part(office).file.look(str(file))
    stored(office)
    table = part(office).state.table
    assert len(table.table.rows) == 1
    assert "陈小明" not in repr(table)
    part(office).file.choose("problems")
    assert len(part(office).state.table.table.rows) == 1
    office.press("act-take")
    choose(office, SUPERVISOR)
    give_pin(office, PINS[SUPERVISOR])
    office.wait(lambda: len(part(office).list.rows()) == 3)


def test_who_objects_to_offers_and_groups_is_asked_again_in_one_touch(
    office: ScreenTill,
) -> None:
    from pos_app.ports.campaigns import OptOut

    member_id = open_member(office)
    part(office).on_view("consents")
    office.settle()
    is_out = office.work.counter.campaigns.is_opted_out
    for key, expected in (
        ("object:profiling", True),
        ("give:profiling", False),
        ("withdraw:profiling", True),
    ):
        press(office, f"act-{key}")
        office.wait(lambda: is_out(member_id, OptOut.PROFILING) is expected)  # noqa: B023
        stored(office)


def test_which_members_are_shown_is_picked_by_touch_and_by_keys(office) -> None:
    for member in part(office).list.rows()[:1]:
        office.work.counter.member_admin.changes.set_tags(member.key, ["vip"]).result()
    part(office).list.begin()
    office.wait(lambda: "tag:vip" in dict(part(office).list.filters()))
    office.press("memberFilter")
    office.touch_row("tableRows", "vip")
    office.wait(lambda: len(part(office).list.rows()) == 1)
    assert "vip" in office.find("memberFilter").accessibleName()
    office.find("memberFilter").setFocus(Qt.FocusReason.TabFocusReason)
    office.key(Qt.Key.Key_Space)
    assert office.dialog == "pickDialog"
    tab_to(office, "tableRows")
    office.key(Qt.Key.Key_Home)
    office.key(Qt.Key.Key_Return)
    office.wait(lambda: len(part(office).list.rows()) == 2)


def test_the_columns_of_a_file_are_named_by_touch_and_by_keys(
    office: ScreenTill, tmp_path: Path
) -> None:
    file = tmp_path / "old system.csv"
    file.write_text("A,B,C\n13712345678,陈小明,会\n")
    part(office).file.look(str(file))
    stored(office)
    office.settle()
    assert not office.can_press("act-look")
    assert "陈小明" not in repr(part(office).state.table)  # nor before it is a name
    office.touch_row("tableRows", "A")
    assert office.dialog == "pickDialog"
    pick_row(office, 1)  # below "not read"
    assert office.can_press("act-look")
    assert "13712345678" not in repr(part(office).state)
    rows = office.find("tableRows")
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    office.key(Qt.Key.Key_Home)
    office.key(Qt.Key.Key_Down)
    office.key(Qt.Key.Key_Return)
    pick_row(office, 2)
    assert part(office).file.columns.meanings == ("phone", "name", None)
    assert "陈小明" not in repr(part(office).state)
    office.key(Qt.Key.Key_F12)
    office.wait(lambda: part(office).page == "file")
    assert len(part(office).state.table.table.rows) == 1
    office.press("act-columns")  # and back to them
    office.press("act-look")
    office.wait(lambda: part(office).page == "file")
    part(office).back()
    part(office).file.look(str(file))  # remembered: the lines at once
    stored(office)
    assert part(office).page == "file"


def pick_row(till: ScreenTill, row: int) -> None:
    """Choose a row of the dialog on show by the keyboard."""
    till.settle()
    dialog = till.window.findChild(QWidget, "pickDialog")
    (rows,) = [x for x in dialog.findChildren(QWidget, "tableRows") if x.isVisible()]
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    till.key(Qt.Key.Key_Home)
    for _step in range(row):
        till.key(Qt.Key.Key_Down)
    till.key(Qt.Key.Key_Return)
