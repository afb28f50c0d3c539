"""A shift at the screen: the float, cash moves, a blind close, the Z, a review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.domain.policy import ShiftOpening, ShiftScope
from pos_app.i18n import _, plural
from pos_app.persistence.shop_folder import ShopFolder
from tests.journeys.screen_printer import nobodys_port, use_network_printer
from tests.journeys.screen_till import (
    COLA_GTIN,
    FIRST_GTIN,
    PINS,
    ScreenTill,
    copy_shop,
    make_template,
    selling_setup,
)
from ui.format import MINUS
from ui.presenters.done import DRAWER_SHUT

#: The float of picture 10b, the largest note first; it makes 500.00.
FLOAT = "0⏎2⏎9⏎14⏎10⏎10⏎15⏎8⏎10⏎"
SALE, SHIFT = "saleScreen", "shiftScreen"


@pytest.fixture(scope="session")
def asking_template(tmp_path_factory: pytest.TempPathFactory) -> ShopFolder:
    """Return a shop that counts the float before the first sale."""
    return make_template(
        tmp_path_factory.mktemp("template") / "asking",
        _with_policy(shift_opening=ShiftOpening.ASK),
    )


def _with_policy(**changes: object):
    setup = selling_setup()
    policy = setup.shop.policy.model_copy(update=changes)
    shop = setup.shop.model_copy(update={"policy": policy})
    return setup.model_copy(update={"shop": shop})


def await_part(till: ScreenTill, name: str) -> None:
    """Wait until a part of the shift screen is on show."""
    shift = till.flow.features.shift
    till.wait(lambda: till.shown == SHIFT and shift.part is getattr(shift, name))


def open_shift(till: ScreenTill, keys: str = FLOAT) -> None:
    """Open by count from the menu, or where the till asks for it."""
    if till.shown != SHIFT:
        till.press("tab_shift")
        till.press("shiftKey_open")
    till.pad(keys)
    till.press("mainAction")
    till.wait(lambda: till.shown == SALE)


def sell(till: ScreenTill, *codes: str) -> int:
    """Sell for exact cash; return the amount."""
    till.scan(*codes)
    return int(till.pay_cash().priced.total_minor)


def cash_move(till: ScreenTill, kind: str, keys: str, reason: str = "") -> None:
    """Key a cash move in from the menu; approvals are the caller's."""
    till.press("tab_shift")
    till.press(f"shiftKey_{kind}")
    if reason:
        till.press(f"moveReason_{reason}")
    till.pad(keys)
    till.press("mainAction")


def approve(till: ScreenTill, number: str = "1004") -> None:
    """Let a supervisor agree in the dialog that is open."""
    assert till.dialog == "approvalDialog"
    staff = till.work.counter.sign_on.by_number(number)
    till.press(f"approver_{staff.staff_id}")
    for digit in PINS[number]:
        till.press(f"approval-D{digit}")
    till.press("approvalAgree")
    till.wait(lambda: till.dialog == "")


def expected_minor(till: ScreenTill) -> int:
    shift = till.work.counter.shift.current()
    assert shift is not None
    return int(till.till.ledger.shifts.expected_minor(shift.shift_id))


def pieces_for(minor: int) -> str:
    """Return the keys that count an amount: as few pieces as can be."""
    keys = []
    for value in (10000, 5000, 2000, 1000, 500, 100, None, 50, 10):
        count, minor = divmod(minor, value) if value else (0, minor)
        keys.append(f"{count}⏎")
    assert minor == 0
    return "".join(keys)


def test_a_whole_shift_with_a_wrong_count_a_recount_and_its_z(
    open_till: Callable[..., ScreenTill], asking_template: ShopFolder
) -> None:
    till = open_till(asking_template).sign_on("1001")
    assert till.shown == SHIFT
    till.sees(_("Open shift"), _("What the till knows"), _("Count the float first"))
    open_shift(till)
    assert till.work.counter.shift.current().float_minor == 50000
    till.sees(_("Shift #{number}", number="1"))
    sold = sell(till, COLA_GTIN, FIRST_GTIN)
    cash_move(till, "paid_in", "100", "add_change")
    await_part(till, "menu")
    cash_move(till, "paid_out", "30.00", "supplies")
    approve(till)
    await_part(till, "menu")
    assert till.message == _("{amount} paid out", amount="¥30.00")
    (moved_in, moved_out) = till.journal(EntryKind.CASH_MOVED)
    assert (moved_in["amount_minor"], moved_out["amount_minor"]) == (10000, 3000)
    due = expected_minor(till)
    assert due == 50000 + sold + 10000 - 3000

    shown: list[str] = []
    till.press("shiftKey_close")
    shown += till.words()
    till.pad(pieces_for(due // 10 * 10 - 10000))
    shown += till.words()
    assert not till.journal(EntryKind.SHIFT_COUNTED)
    off = due - (due // 10 * 10 - 10000)
    labels = {_("Difference"), _("The till expects")}
    assert not labels & set(shown)
    for secret in (f"{due / 100:,.2f}", f"{off / 100:,.2f}"):
        assert not [text for text in shown if secret in text], secret

    till.press("mainAction")
    await_part(till, "outcome")
    assert len(till.journal(EntryKind.SHIFT_COUNTED)) == 1
    till.sees(f"{MINUS}¥{off / 100:,.2f}", f"¥{due / 100:,.2f}")
    till.press("recount")
    await_part(till, "closing")
    till.press("more_note-10000")
    till.press("mainAction")
    await_part(till, "outcome")
    assert not till.is_there("recount")
    till.pad("300")
    till.press("bagEntry")
    till.pad("4711⏎")
    till.press("mainAction")
    await_part(till, "paper")
    close = till.flow.features.shift.outcome.closed
    assert [count.position for count in close.counts] == [1, 2]
    assert close.difference_minor == (due // 10 * 10) - due
    assert (close.left_minor, close.bag) == (30000, "4711")
    assert not close.needs_review
    till.sees(_("Shift closed"), close.z_number, "4711")
    till.wait(lambda: any(close.z_number in slip for slip in till.slips()))
    till.press("mainAction")
    assert till.shown == "signOnScreen"
    till.sign_on("1002")
    assert till.shown == SHIFT
    till.sees("¥300.00", _("not counted yet"))
    till.key(Qt.Key.Key_Escape)
    assert till.shown == SALE


def test_a_difference_above_the_limit_closes_and_waits_for_a_manager(
    selling: ScreenTill,
) -> None:
    open_shift(selling)
    sell(selling, COLA_GTIN)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.pad("3⏎")
    selling.press("mainAction")
    await_part(selling, "outcome")
    wait_words = _("A manager looks at this difference later; you can close now.")
    assert wait_words in selling.find("othersNote").accessibleName()
    selling.press("mainAction")
    await_part(selling, "paper")
    selling.press("mainAction")
    selling.sign_on("1001")
    chip = plural("{count} close to review", "{count} closes to review", 1)
    assert not selling.says(chip)
    selling.flow.lock()
    selling.sign_on("1005")
    selling.sees(chip)
    selling.flow.on_chip("shift_reviews")
    selling.press("shiftRow0Action")
    assert selling.dialog == "reviewDialog"
    selling.compose("查了监控，少收一张")
    selling.press("reviewAccept")
    selling.wait(lambda: len(selling.journal(EntryKind.SHIFT_REVIEWED)) == 1)
    selling.sees(_("No close waits for a review"))
    assert not selling.says(chip)


def test_an_open_sale_and_parked_ones_are_settled_knowingly(selling: ScreenTill):
    selling.scan(COLA_GTIN)
    selling.key(Qt.Key.Key_F8)
    selling.wait(lambda: selling.work.counter.park.count() == 1)
    selling.wait(lambda: not selling.flow.sale.is_held)
    open_shift(selling)
    selling.scan(FIRST_GTIN)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.sees(_("Park it"), _("Carry over"))
    selling.press("checkAction_open_sale")
    selling.wait(lambda: selling.work.counter.park.count() == 2)
    selling.pad(FLOAT)
    selling.press("mainAction")
    await_part(selling, "outcome")
    selling.sees(_("Agrees to the cent"))
    assert not selling.can_press("mainAction")
    selling.press("shiftSecond")
    selling.press("mainAction")
    await_part(selling, "paper")
    close = selling.flow.features.shift.outcome.closed
    assert len(close.carried) == 2
    assert selling.work.counter.park.count() == 2


def test_after_a_crash_the_close_goes_on_with_the_stored_count(
    open_till: Callable[..., ScreenTill], selling: ScreenTill, tmp_path: Path
) -> None:
    open_shift(selling)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.pad("5⏎")
    selling.press("mainAction")
    await_part(selling, "outcome")
    killed = copy_shop(selling.folder, tmp_path / "killed")
    again = open_till(killed).sign_on("1001")
    await_part(again, "outcome")
    again.sees(_("Agrees to the cent"))
    other = open_till(killed).sign_on("1002")
    assert other.shown == SALE  # what was counted is its counter's business


def test_a_count_is_kept_while_a_customer_is_served(selling: ScreenTill) -> None:
    open_shift(selling)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.pad("5⏎")
    selling.scan(COLA_GTIN)
    assert selling.shown == SALE
    selling.pay_cash()
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.sees("500.00")


def test_what_is_sold_after_the_count_is_carried_on(selling: ScreenTill) -> None:
    open_shift(selling)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.pad("5⏎")
    selling.press("mainAction")
    await_part(selling, "outcome")
    selling.press("tab_sale")
    sold = sell(selling, COLA_GTIN)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    await_part(selling, "outcome")
    selling.sees(_("Since the count"), f"+¥{sold / 100:.2f}")
    selling.press("mainAction")
    await_part(selling, "paper")
    close = selling.flow.features.shift.outcome.closed
    assert (close.difference_minor, close.counted_minor) == (0, 50000 + sold)


def test_selling_never_waits_for_a_shift(selling: ScreenTill) -> None:
    assert not selling.says(_("Shift #{number}", number="1"))
    sell(selling, COLA_GTIN)
    selling.press("mainAction")
    selling.sees(_("Shift #{number}", number="1"))
    selling.press("tab_shift")
    selling.sees(_("taken over, not counted"))


def test_a_float_unlike_the_one_left_is_asked_about_once(
    open_till: Callable[..., ScreenTill], asking_template: ShopFolder
) -> None:
    till = open_till(asking_template).sign_on("1001")
    open_shift(till)
    till.press("tab_shift")
    till.press("shiftKey_close")
    till.pad(FLOAT)
    till.press("mainAction")
    await_part(till, "outcome")
    till.press("mainAction")
    await_part(till, "paper")
    till.press("mainAction")
    till.sign_on("1002")
    till.pad("4⏎")
    till.press("mainAction")
    assert till.shown == SHIFT
    till.sees(_("Open as is"), _("{amount} less than was left", amount="¥100.00"))
    till.pad("1⏎")  # counted on: the question is about another number now
    assert not till.says(_("Open as is"))
    till.press("mainAction")
    till.press("mainAction")
    till.wait(lambda: till.shown == SALE)


def test_x_shows_the_sums_and_is_printed(selling: ScreenTill) -> None:
    sell(selling, COLA_GTIN)
    selling.press("tab_shift")
    selling.press("shiftKey_x")
    approve(selling)
    await_part(selling, "paper")
    paper = selling.flow.features.shift.paper
    selling.wait(lambda: bool(paper.state.paper.png))
    selling.sees(_("Sums so far"))
    assert len(selling.journal(EntryKind.REPORT_PRINTED)) == 1


def test_a_z_is_printed_again_as_a_copy(selling: ScreenTill) -> None:
    open_shift(selling)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.pad(FLOAT)
    selling.press("mainAction")
    await_part(selling, "outcome")
    selling.press("mainAction")
    await_part(selling, "paper")
    selling.press("mainAction")
    selling.sign_on("1001")
    selling.press("tab_shift")
    selling.press("shiftKey_z_list")
    selling.press("shiftRow0Action")
    await_part(selling, "paper")
    before = len(selling.slips())
    selling.press("shiftSecond")
    selling.wait(lambda: selling.message == _("It is on its way to the printer"))
    selling.wait(lambda: len(selling.slips()) > before)
    printed = [e for e in selling.journal(EntryKind.REPORT_PRINTED) if "copy" in str(e)]
    assert len(printed) == 1


def test_somebody_elses_counted_shift_needs_somebody_who_may(selling: ScreenTill):
    open_shift(selling)
    selling.flow.lock()
    selling.sign_on("1002")
    selling.press("tab_shift")
    button = selling.find("shiftKey_close")
    assert button.face.trailing_icon == "lock-key"
    selling.press("shiftKey_close")
    selling.pad(FLOAT)
    selling.press("mainAction")
    approve(selling)
    await_part(selling, "outcome")


def test_everybody_has_a_drawer_where_the_shop_says_so(
    open_till: Callable[..., ScreenTill], tmp_path: Path
) -> None:
    setup = _with_policy(shift_scope=ShiftScope.CASHIER)
    till = open_till(make_template(tmp_path / "own", setup)).sign_on("1001")
    open_shift(till)
    till.flow.lock()
    till.sign_on("1004")
    till.press("tab_shift")
    till.sees(_("Shifts of others"))
    till.press("shiftKey_others")
    till.press("shiftRow0Action")
    till.pad(FLOAT)
    till.press("mainAction")
    await_part(till, "outcome")
    till.press("mainAction")
    await_part(till, "paper")
    assert till.flow.features.shift.outcome.closed.shift.opened_by_name == "收银员一"


def test_a_drawer_that_stays_shut_is_said_where_it_was_to_be_counted(
    selling: ScreenTill,
) -> None:
    use_network_printer(selling, nobodys_port())
    open_shift(selling)
    selling.press("tab_shift")
    selling.press("shiftKey_close")
    selling.press("shiftFirst")
    selling.wait(lambda: selling.message == _(DRAWER_SHUT))
    assert not selling.journal(EntryKind.SHIFT_COUNTED)


def test_keys_count_move_and_go_back(selling: ScreenTill) -> None:
    selling.press("tab_shift")
    selling.press("shiftKey_open")
    selling.type("12")
    selling.key(Qt.Key.Key_Return)
    selling.key(Qt.Key.Key_Down)
    sheet = selling.flow.features.shift.opening.sheet
    assert (sheet.counts[0], sheet.selected) == (12, 2)
    selling.key(Qt.Key.Key_Up)
    selling.key(Qt.Key.Key_Delete)
    selling.key(Qt.Key.Key_Escape)
    assert selling.shown == SALE
