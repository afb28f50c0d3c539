"""What is typed of a member is that member's, however late another one is read."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.builders_members import WANG
from tests.journeys.busy_threads import nothing_done
from tests.journeys.screen_till import ScreenTill
from tests.journeys.test_screen_member_admin import (
    look_at_members,
    open_member,
    page,
    part,
    press,
)
from tests.journeys.test_screen_people import stored, write


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at two members."""
    return look_at_members(till)


def id_of(office: ScreenTill, phone: str) -> str:
    (member_id,) = office.work.counter.member_admin.pages.found(phone)
    return member_id


def touch(office: ScreenTill, member_id: str) -> None:
    """Touch a member in the list."""
    rows = page(office).form.rows
    place = rows.visualRect(rows.model().index(rows.keys.index(member_id)))
    office.touch(rows.viewport(), place.topLeft() + QPoint(60, 12))


def busy(office: ScreenTill) -> AbstractContextManager[None]:
    return nothing_done(part(office).place.runner)


def compose(words: str) -> None:
    """Show letters that an input method has not committed yet."""
    QApplication.sendEvent(QGuiApplication.focusObject(), QInputMethodEvent(words, []))


def shown_id(office: ScreenTill) -> str:
    return part(office).member.detail.row.member_id


def read(office: ScreenTill) -> None:
    """Wait until everything that was asked for behind the screen is there."""
    done = []
    part(office).place.runner.run(lambda: None).then(lambda _none: done.append(1))
    office.wait(lambda: bool(done))
    office.settle()


def test_letters_stay_with_the_member_whose_form_is_on_show(
    office: ScreenTill,
) -> None:
    lin, wang = open_member(office), id_of(office, WANG)
    with busy(office):
        touch(office, wang)
        assert shown_id(office) == lin
        write(office, "note", "不吃香菜")
    read(office)
    assert shown_id(office) == lin
    assert part(office).draft.note == "不吃香菜"
    office.sees(_("Save or discard what is typed first"))
    office.press("officeSave")
    stored(office)
    office.wait(lambda: not part(office).is_dirty)
    touch(office, wang)
    office.wait(lambda: shown_id(office) == wang)
    assert part(office).draft == part(office).member.draft
    pages = office.work.counter.member_admin.pages
    assert pages.detail(lin).has_note
    assert not pages.detail(wang).has_note


def test_letters_that_are_not_committed_stay_with_their_member(
    office: ScreenTill,
) -> None:
    lin, wang = open_member(office), id_of(office, WANG)
    write(office, "note", "")
    with busy(office):
        touch(office, wang)
        office.find("edit-note").setFocus()
        compose("bu chi")
    read(office)
    office.compose("不吃香菜")
    assert shown_id(office) == lin
    assert part(office).draft.note == "不吃香菜"


@pytest.mark.parametrize("field", ["phone", "card"])
def test_what_waits_for_its_own_key_is_not_lost_with_the_next_touch(
    office: ScreenTill, field
) -> None:
    lin, wang = open_member(office), id_of(office, WANG)
    part(office).on_view("means")
    office.settle()
    write(office, field, "13712345678")
    touch(office, wang)
    read(office)
    assert shown_id(office) == lin
    assert getattr(part(office).draft, field) == "13712345678"
    part(office).on_view("history")  # also where nothing can be typed
    office.press("officeDiscard")
    touch(office, wang)
    office.wait(lambda: shown_id(office) == wang)


def test_another_key_leaves_what_is_typed(office: ScreenTill) -> None:
    open_member(office)
    part(office).on_view("means")
    office.settle()
    write(office, "card", "VIP-0007")
    write(office, "phone", "13712345678")
    press(office, "act-phone")
    stored(office)
    read(office)
    assert part(office).draft.card == "VIP-0007"
    assert part(office).draft.phone == ""
    press(office, "act-card")
    stored(office)
    read(office)
    assert not part(office).is_dirty


def test_a_merge_asks_what_becomes_of_what_is_typed(office: ScreenTill) -> None:
    lin = open_member(office)
    write(office, "note", "不吃香菜")
    press(office, "act-merge")
    office.sees(_("Save or discard what is typed first"))
    assert shown_id(office) == lin
    assert part(office).draft.note == "不吃香菜"


def test_whom_a_look_in_full_was_asked_for_is_who_is_looked_at(
    office: ScreenTill,
) -> None:
    lin, wang = open_member(office), id_of(office, WANG)
    with busy(office):
        touch(office, wang)
        press(office, "act-look")
    read(office)
    office.press("answer-contact")
    stored(office)
    (body,) = office.journal(EntryKind.MEMBER_REVEALED)
    assert body["member"] == lin
    assert shown_id(office) == wang
    assert part(office).member.shown is None


def test_what_is_typed_of_somebody_who_is_erased_is_gone_with_them(
    office: ScreenTill,
) -> None:
    open_member(office)
    write(office, "note", "不吃香菜")
    press(office, "act-erase")
    office.press("answer-erase")
    stored(office)
    read(office)
    office.wait(lambda: part(office).member.detail.row.is_erased)
    assert not part(office).is_dirty


def test_saving_on_the_way_out_stays_where_something_waits_for_its_key(
    office: ScreenTill,
) -> None:
    lin = open_member(office)
    write(office, "note", "不吃香菜")
    part(office).on_edited("phone", "13712345678")
    office.press("tab_sale")
    office.press("answer-save")
    stored(office)
    read(office)
    office.sees(_("Press the key below what is typed, or discard it"))
    assert office.work.counter.member_admin.pages.detail(lin).has_note
    assert part(office).draft.phone == "13712345678"
    assert office.shown != "saleScreen"
