"""People at the till's own back office: hired, badged, promoted, never locked out."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import text

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.i18n import _
from pos_app.persistence.key_ring import renew_recovery_code
from pos_app.ports.printing import BADGE_PAPER, PrintJobState
from tests.journeys.screen_printer import press_chip, use_network_printer
from tests.journeys.screen_till import PINS, ScreenTill
from tests.paper_printer import PaperPrinter

MANAGER, CASHIER = "1005", "1001"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at the staff."""
    till.sign_on(MANAGER)
    return open_people(till)


def open_people(till: ScreenTill) -> ScreenTill:
    till.press("tab_office")
    till.press("go-people")
    return till


def part(till: ScreenTill):
    return till.flow.features.back_office.part


def stored(till: ScreenTill) -> None:
    """Wait until what was asked for is stored."""
    till.wait(lambda: not part(till).is_working)


def save(till: ScreenTill) -> None:
    till.press("officeSave")
    stored(till)


def write(till: ScreenTill, field: str, words: str) -> None:
    """Type into a field, in the place of what stands there."""
    edit = till.find(f"edit-{field}")
    edit.setFocus()
    edit.selectAll()
    till.compose(words)


def show(till: ScreenTill, name: str) -> None:
    """Scroll the form until a widget of it can be touched."""
    page = till.flow.features.back_office._made["people"][1]
    page.area.ensureWidgetVisible(till.find(name))
    till.settle()


def press(till: ScreenTill, name: str) -> None:
    show(till, name)
    till.press(name)


def type_pin(till: ScreenTill, pin: str) -> None:
    for digit in pin:
        till.press(f"newPin-D{digit}")
    till.press("newPin-ENTER")


def person(till: ScreenTill, number: str):
    catalog = till.work.counter.desk.catalog
    return next(x for x in catalog.everybody() if x.number == number)


def printed_code(till: ScreenTill, count: int) -> str:
    """Read the code from the picture of the newest slip."""
    till.wait_for_slips(count)
    picture: Path = max(till.folder.slips.glob("*.png"))
    with Image.open(picture) as opened:
        found = zxingcpp.read_barcodes(opened.convert("L"))
    assert [x.format for x in found] == [zxingcpp.BarcodeFormat.Code128]
    return str(found[0].text)


def sign_on_with_pin(till: ScreenTill, number: str, pin: str) -> None:
    till.press(f"staff-{number}")
    for digit in pin:
        till.press(f"pin-D{digit}")
    till.press("signOn")


def hire(till: ScreenTill) -> None:
    till.press("officeAdd")
    write(till, "name", "林小满")
    write(till, "pin", "6183")
    save(till)


def kept_layouts(till: ScreenTill) -> list[str]:
    """Return what is kept of each paper; that of a badge goes once it is printed."""
    query = text("SELECT plain(layout) FROM print_job")
    with till.till.ledger.read_engine.connect() as connection:
        return [str(layout) for layout in connection.execute(query).scalars()]


def test_a_new_cashier_signs_on_by_the_badge_that_was_printed(office):
    hire(office)
    assert part(office).state.title == "林小满"
    press(office, "act-badge")
    stored(office)
    code = printed_code(office, 1)
    office.flow.lock()
    office.scan(code)
    office.wait(lambda: office.shown == "saleScreen")
    assert office.work.counter.desk.session.cashier.name == "林小满"
    office.wait(lambda: not any(code in layout for layout in kept_layouts(office)))
    assert code not in str(office.journal())


def test_a_badge_printed_again_is_a_new_one_and_the_old_is_dead(office):
    hire(office)
    press(office, "act-badge")
    stored(office)
    first = printed_code(office, 1)
    press(office, "act-badge")
    assert office.dialog == "officeQuestion"
    office.press("answer-go")
    stored(office)
    second = printed_code(office, 2)
    assert first != second
    office.flow.lock()
    office.scan(first)
    office.wait(lambda: bool(office.journal(EntryKind.SIGN_ON_FAILED)))
    assert office.shown == "signOnScreen"
    assert office.says("not valid any more") or office.says("失效")
    office.scan(second)
    office.wait(lambda: office.shown == "saleScreen")


def test_a_badge_whose_end_nobody_saw_is_asked_about_and_never_printed_again(office):
    hire(office)
    with PaperPrinter() as printer:
        use_network_printer(office, printer.port)
        printer.hang_up_at = printer.received + 300
        press(office, "act-badge")
        stored(office)
        ledger = office.till.ledger
        open_jobs = ledger.open_print_jobs
        office.wait(lambda: [x.state for x in open_jobs()] == [PrintJobState.UNKNOWN])
        (job,) = open_jobs()
        assert job.kind == BADGE_PAPER
        office.wait(lambda: office.says(_("Did the slip print? Tap to answer")))
        press_chip(office, "unknown_job")
        office.sees(_("Did the badge print completely?"))
        office.press("answer-again")
        office.wait(lambda: not open_jobs())
        assert office.dialog == ""
        assert len(ledger.print_jobs_of(job.document_id)) == 1
        with ledger.read_engine.connect() as connection:
            query = text("SELECT count(*) FROM print_job")
            assert connection.execute(query).scalar_one() == 1
        # The way on is a new badge: the one that may lie somewhere lets nobody in.
        press(office, "act-badge")
        assert office.dialog == "officeQuestion"


def test_the_last_manager_cannot_be_taken_away(office):
    office.touch_row("officeRows", MANAGER)
    press(office, "switch-is_active")
    save(office)
    assert person(office, MANAGER).is_active
    assert part(office).is_dirty  # what was asked stays to be put right
    office.press("officeDiscard")
    assert not part(office).is_dirty
    press(office, "pick-role-cashier")
    save(office)
    assert person(office, MANAGER).role.key == "manager"
    assert office.work.counter.desk.session.cashier.may(Permission.PEOPLE)


def test_a_role_gets_and_loses_permissions_at_once(office):
    office.press("segment-peopleViews-roles")
    rows = {x.key: x.words for x in part(office).state.rows}
    office.touch_row("officeRows", rows["cashier"])
    press(office, "switch-may_x_report")
    write(office, "discount_cap", "12.5")
    save(office)
    role = person(office, CASHIER).role
    assert role.permissions >= {Permission.X_REPORT}
    assert str(role.limits.discount_cap) == "12.5%"
    (body,) = office.journal(EntryKind.ROLE_CHANGED)
    assert "x_report" in body["after"]["permissions"]
    write(office, "refund_cap", "many")
    save(office)
    assert part(office).state.fields  # the field says what is wrong
    assert any(x.problem for x in part(office).state.fields if x.key == "refund_cap")


def test_whoever_may_less_can_neither_give_nor_take_more(till):
    till.sign_on(MANAGER)
    open_people(till)
    till.press("segment-peopleViews-roles")
    rows = {x.key: x.words for x in part(till).state.rows}
    till.touch_row("officeRows", rows["supervisor"])
    press(till, "switch-may_people")
    save(till)
    till.flow.lock()
    till.sign_on("1004")
    open_people(till)
    till.press("segment-peopleViews-staff")
    till.touch_row("officeRows", MANAGER)
    assert not till.find("edit-name").isEnabled()
    assert not till.find("act-pin").isEnabled()
    till.touch_row("officeRows", "1004")
    assert not till.find("pick-role-manager").isEnabled()
    till.press("segment-peopleViews-roles")
    mine = {x.key: x.words for x in part(till).state.rows}["supervisor"]
    till.touch_row("officeRows", mine)
    assert not till.find("switch-may_settings").isEnabled()
    assert till.find("switch-may_reprint").isEnabled()


def test_what_is_typed_is_not_lost_by_another_row(office):
    office.touch_row("officeRows", CASHIER)
    write(office, "name", "改名")
    office.touch_row("officeRows", MANAGER)
    assert part(office).state.title != "店长"
    office.press("officeDiscard")
    office.touch_row("officeRows", MANAGER)
    assert part(office).state.chosen == person(office, MANAGER).staff_id


def test_tiles_are_moved_by_keys_and_by_their_handle(office):
    before = [x.key for x in part(office).state.rows]
    office.touch_row("officeRows", CASHIER)
    office.press("officeDown")
    stored(office)
    moved = [before[1], before[0], *before[2:]]
    assert [x.key for x in part(office).state.rows] == moved
    drag(office, 4, 0)
    stored(office)
    assert [x.key for x in part(office).state.rows] == [moved[4], *moved[:4]]
    staff = office.work.counter.desk.catalog.staff()
    assert [x.staff_id for x in staff] == [moved[4], *moved[:4]]


def drag(till: ScreenTill, at: int, to: int) -> None:
    """Drag a row by its handle to the place of another."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    view = till.find("officeRows")
    model = view.model()
    places = [view.visualRect(model.index(row, 0)) for row in (at, to)]
    x = view.viewport().width() - 20
    start, end = (QPoint(x, place.center().y()) for place in places)
    button = Qt.MouseButton.LeftButton
    QTest.mousePress(view.viewport(), button, pos=start)
    for step in range(1, 6):
        between = start + (end - start) * step / 5
        QTest.mouseMove(view.viewport(), between)
        till.settle()
    QTest.mouseRelease(view.viewport(), button, pos=end)
    till.settle()


def test_a_pin_that_is_set_is_typed_twice_and_is_no_birthday(office):
    office.touch_row("officeRows", CASHIER)
    press(office, "act-pin")
    type_pin(office, "1985")
    assert office.dialog == "pinDialog"
    type_pin(office, "6183")
    type_pin(office, "6184")
    type_pin(office, "6183")
    type_pin(office, "6183")
    stored(office)
    office.wait(lambda: bool(office.journal(EntryKind.STAFF_CHANGED)))
    office.flow.lock()
    sign_on_with_pin(office, CASHIER, "6183")
    office.wait(lambda: office.shown == "saleScreen")


def asks(till: ScreenTill, label: str) -> bool:
    """Tell whether the dialog asks for a PIN, and can be typed on."""
    dialog = till.flow.features.people.pins.dialog
    return dialog.display.face.label == _(label) and not dialog.is_busy


def test_a_cashier_changes_the_own_pin_at_the_sign_on(till):
    till.press(f"staff-{CASHIER}")
    assert not till.is_there("pinForgotten")  # that is for whoever runs the shop
    till.press("pinChange")
    type_pin(till, "8888")
    till.wait(lambda: len(till.journal(EntryKind.SIGN_ON_FAILED)) == 1)
    till.wait(lambda: asks(till, "PIN so far"))
    type_pin(till, PINS[CASHIER])
    till.wait(lambda: asks(till, "New PIN"))
    type_pin(till, "6183")
    type_pin(till, "6183")
    till.wait(lambda: bool(till.journal(EntryKind.STAFF_CHANGED)))
    sign_on_with_pin(till, CASHIER, "6183")
    till.wait(lambda: till.shown == "saleScreen")


def test_the_owner_who_forgot_the_pin_has_the_recovery_code(till):
    code = renew_recovery_code(till.folder.root, till.till.ring)
    till.press(f"staff-{MANAGER}")
    till.press("pinForgotten")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    till.compose(wrong)
    till.press("pinRecoveryTake")
    till.wait(lambda: till.is_there("pinRecoveryProblem"))
    till.find("pinRecoveryCode").selectAll()
    till.compose(code.lower().replace("-", " "))
    till.press("pinRecoveryTake")
    till.wait(lambda: till.dialog == "pinDialog" and asks(till, "New PIN"))
    type_pin(till, "6183")
    type_pin(till, "6183")
    till.wait(lambda: bool(till.journal(EntryKind.STAFF_CHANGED)))
    sign_on_with_pin(till, MANAGER, "6183")
    till.wait(lambda: till.shown == "saleScreen")
    assert code not in str(till.journal())
    assert till.journal(EntryKind.STAFF_CHANGED)[0]["after"] == {"pin": "recovery_code"}
