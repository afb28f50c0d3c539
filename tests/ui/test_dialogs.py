"""Dialogs ask in the window, name what they do, and leave the sale as it is."""

from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from pos_app.errors import StorageError, UserError
from pos_app.i18n import use_language
from ui import tasks
from ui.dialogs.dialog import open_dialog
from ui.dialogs.entry import NoteDialog, WeightDialog
from ui.dialogs.question import (
    QuestionDialog,
    large_quantity,
    reprint,
    unknown_print,
)
from ui.dialogs.startup_problem import StartupProblemPage, startup_problem
from ui.dialogs.tender_correction import (
    OfferedTender,
    TakenTender,
    TenderCorrectionDialog,
)
from ui.dialogs.void_sale import VoidSaleDialog
from ui.key_router import KeyRouter
from ui.keymap import KEYMAP, Action, Group, shown_bindings
from ui.panels.keymap_overlay import KeymapOverlay
from ui.panels.price_check import PriceCheckPanel
from ui.presenters.pad_key import PadKey
from ui.presenters.price_check_state import (
    PriceCheckPhase,
    PriceCheckState,
    PriceFact,
)
from ui.theme.host import theme
from ui.uitree import uitree


@pytest.fixture(autouse=True)
def english():
    use_language("en")


@pytest.fixture
def window(qtbot):
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


REASONS = [("mistake", "Wrong scan"), ("left", "Customer left")]


def void_dialog(window) -> tuple[VoidSaleDialog, list[str]]:
    dialog = VoidSaleDialog(window)
    confirmed: list[str] = []
    dialog.confirmed.connect(confirmed.append)
    dialog.ask(REASONS, "8 items", "¥180.10")
    return dialog, confirmed


def test_a_dialog_leaves_bars_and_pay_column_free(window) -> None:
    dialog, _confirmed = void_dialog(window)
    pay = theme().px(theme().profile.column_c)
    assert dialog.geometry().right() < window.width() - pay
    assert dialog.geometry().top() == theme().px(theme().profile.top)
    assert dialog.rect().contains(dialog.card.geometry())


def test_a_dialog_follows_its_window(window) -> None:
    dialog, _confirmed = void_dialog(window)
    window.resize(1024, 768)
    assert dialog.width() < 1024
    assert dialog.rect().contains(dialog.card.geometry())


def test_a_sale_is_voided_by_a_reason_and_a_second_of_holding(qtbot, window) -> None:
    dialog, confirmed = void_dialog(window)
    assert not dialog.void.isEnabled()
    click(qtbot, dialog.reason_key("left"))
    QTest.mousePress(dialog.void, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(confirmed))
    QTest.mouseRelease(dialog.void, Qt.MouseButton.LeftButton)
    assert confirmed == ["left"]
    assert not dialog.isVisible()


def test_a_short_touch_voids_nothing(qtbot, window) -> None:
    dialog, confirmed = void_dialog(window)
    click(qtbot, dialog.reason_key("left"))
    click(qtbot, dialog.void)
    assert confirmed == []
    assert dialog.isVisible()


def test_a_keyboard_confirms_a_void_with_a_second_press(qtbot, window) -> None:
    dialog, confirmed = void_dialog(window)
    click(qtbot, dialog.reason_key("mistake"))
    dialog.void.setFocus()
    qtbot.keyClick(dialog.void, Qt.Key.Key_Return)
    assert confirmed == []
    assert dialog.void.face.subtitle == "Press again to confirm"
    qtbot.keyClick(dialog.void, Qt.Key.Key_Return)
    assert confirmed == ["mistake"]


def test_esc_and_the_cross_leave_without_an_answer(qtbot, window) -> None:
    dialog, confirmed = void_dialog(window)
    with qtbot.waitSignal(dialog.closed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.ask(REASONS, "8 items", "¥180.10")
    with qtbot.waitSignal(dialog.closed):
        click(qtbot, dialog.close_key)
    assert confirmed == []
    assert not dialog.isVisible()


def test_tab_stays_inside_and_the_sale_waits(qtbot, window) -> None:
    behind = QLineEdit(window)
    behind.show()
    assert open_dialog(window) is None
    dialog, _confirmed = void_dialog(window)
    assert open_dialog(window) is dialog
    click(qtbot, dialog.reason_key("left"))
    seen = []
    for _turn in range(5):
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget().objectName())
    assert seen[:4] == ["dialogClose", "reason-mistake", "reason-left", "voidHold"]
    assert seen[4] == seen[0]


@pytest.mark.parametrize(
    ("question", "main", "other"),
    [
        (unknown_print("02-17"), "came", "again"),
        (large_quantity("120", "Tea"), "take", "retype"),
        (reprint("02-17", "¥9.00"), "print", "leave"),
    ],
)
def test_a_question_is_answered_by_touch_keyboard_and_pad(
    qtbot, window, question, main: str, other: str
) -> None:
    dialog = QuestionDialog(window)
    heard: list[str] = []
    dialog.answered.connect(heard.append)
    dialog.ask(question)
    click(qtbot, dialog.answer_key(other))
    dialog.ask(question)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    dialog.ask(question)
    dialog.press(PadKey.ENTER)
    assert heard == [other, main, main]


def test_an_unknown_print_never_says_ok(window) -> None:
    dialog = QuestionDialog(window)
    dialog.ask(unknown_print("02-17"))
    assert dialog.title.text() == "Did slip 02-17 print completely?"
    assert dialog.answer_key("again").face.title == "Print again, marked COPY"


def test_a_weight_comes_from_pad_and_keyboard(qtbot, window) -> None:
    dialog = WeightDialog(window)
    heard: list[str] = []
    dialog.weighed.connect(heard.append)
    dialog.ask("Bananas", "¥6.98")
    assert not dialog.take.isEnabled()
    for key in (".", "3", "8", "2", "9"):  # a fourth decimal is not taken
        dialog.press(key)
    dialog.press(PadKey.ENTER)
    dialog.ask("Bananas", "¥6.98")
    qtbot.keyClicks(dialog, "1.25")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert heard == ["0.382", "1.25"]


def test_no_weight_is_taken_for_nothing(qtbot, window) -> None:
    dialog = WeightDialog(window)
    heard: list[str] = []
    dialog.weighed.connect(heard.append)
    dialog.ask("Bananas", "¥6.98")
    for key in ("0", ".", "0", PadKey.ENTER):
        dialog.press(key)
    assert heard == []


def test_a_note_is_typed_on_a_keyboard(qtbot, window) -> None:
    dialog = NoteDialog(window)
    heard: list[str] = []
    dialog.noted.connect(heard.append)
    dialog.ask("Tea", "")
    qtbot.keyClicks(dialog.edit, "gift ")
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    assert heard == ["gift"]


def test_a_wrong_tender_is_corrected_with_its_reference(qtbot, window) -> None:
    dialog = TenderCorrectionDialog(window)
    heard = []
    dialog.corrected.connect(lambda *what: heard.append(what))
    dialog.ask(
        "02-17",
        [TakenTender("t1", "Cash", "¥9.00")],
        [
            OfferedTender("card", "Card", "credit-card", asks_reference=True),
            OfferedTender("voucher", "Voucher", "ticket"),
        ],
    )
    assert not dialog.confirm.isEnabled()
    click(qtbot, dialog.offer_key("card"))
    assert dialog.confirm.reason == "Type the reference"
    qtbot.keyClicks(dialog.reference, "4242")
    assert dialog.confirm.face.title == "Correct to Card ¥9.00"
    click(qtbot, dialog.confirm)
    assert heard == [("t1", "card", "4242")]


def test_a_fatal_error_is_a_page_that_says_what_to_do(qtbot) -> None:
    problem = startup_problem(StorageError("database_newer", file="ledger.db"))
    page = StartupProblemPage(problem)
    qtbot.addWidget(page)
    page.show()
    assert "'Update this till.'" in uitree(page)
    with qtbot.waitSignal(page.retried):
        click(qtbot, page.retry)
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(page, Qt.Key.Key_Escape)


def test_a_price_check_waits_shows_and_says_what_it_lacks(qtbot) -> None:
    panel = PriceCheckPanel()
    qtbot.addWidget(panel)
    panel.show_state(PriceCheckState())
    panel.show()
    assert not panel.next_key.isEnabled()
    found = PriceCheckState(
        PriceCheckPhase.FOUND,
        name="Tea",
        price="5.00",
        symbol="¥",
        facts=(PriceFact("Barcode", "9521"),),
    )
    panel.show_state(found)
    assert "¥5.00" in panel.card.accessibleName()
    assert panel.facts.rows == (("Barcode", "9521"),)
    with qtbot.waitSignal(panel.again):
        click(qtbot, panel.next_key)
    with qtbot.waitSignal(panel.closed):
        click(qtbot, panel.back_key)


def test_every_key_has_one_meaning() -> None:
    keys = [key for row in KEYMAP for key in row.keys]
    assert len(keys) == len(set(keys))
    shown = {row.action for group in Group for row in shown_bindings(group)}
    assert shown | {Action.DOWN} == set(Action)


def test_the_overlay_shows_the_table(qtbot, window) -> None:
    overlay = KeymapOverlay(window)
    overlay.show_keys()
    words = uitree(overlay)
    for row in (row for group in Group for row in shown_bindings(group)):
        assert row.label in words
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible()


def test_the_table_is_what_the_window_hears(qtbot, window) -> None:
    router = KeyRouter(window)
    heard: list[tuple[str, int]] = []
    router.asked.connect(lambda *what: heard.append(what))
    window.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClicks(window, "+")
    qtbot.keyClick(window, Qt.Key.Key_Delete)
    qtbot.keyClick(window, Qt.Key.Key_Return)
    assert heard == [
        ("price_check", 0),
        ("tender", 3),
        ("more", 0),
        ("delete", 0),
        ("enter", 0),
    ]


def test_a_text_field_keeps_its_own_keys(qtbot, window) -> None:
    router = KeyRouter(window)
    heard: list[tuple[str, int]] = []
    router.asked.connect(lambda *what: heard.append(what))
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "a+b")
    qtbot.keyClick(field, Qt.Key.Key_Home)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "+b"
    assert heard == []
    qtbot.keyClick(field, Qt.Key.Key_F12)
    assert heard == [("pay", 0)]


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.values: list[object] = []

    def on_value(self, value: object) -> None:
        self.values.append(value)

    def on_error(self, error: Exception) -> None:
        self.values.append(error)


def test_an_answer_comes_back_on_this_thread(qtbot) -> None:
    listener = Listener()
    with ThreadPoolExecutor(1) as threads:
        tasks.watch(threads.submit(pow, 2, 10)).then(listener.on_value)
        qtbot.waitUntil(lambda: listener.values == [1024])


def test_an_error_is_explained_and_a_gone_widget_is_left_alone(qtbot) -> None:
    listener, gone = Listener(), Listener()
    future: Future[int] = Future()
    tasks.watch(future).then(listener.on_value).otherwise(listener.on_error)
    tasks.watch(future).then(gone.on_value).otherwise(gone.on_error)
    gone.deleteLater()
    qtbot.wait(1)
    future.set_exception(UserError("basket_empty"))
    qtbot.waitUntil(lambda: bool(listener.values))
    assert [str(x) for x in listener.values] == ["basket_empty()"]
    assert gone.values == []


def test_a_task_runner_starts_work_of_its_own(qtbot) -> None:
    listener, runner = Listener(), tasks.TaskRunner(1)
    runner.run(lambda: "done").then(listener.on_value)
    qtbot.waitUntil(lambda: listener.values == ["done"])
    runner.close()


def test_nothing_is_done_once_the_task_runner_is_closed(qtbot) -> None:
    runner, done, let_go = tasks.TaskRunner(1), [], []
    runner.close()
    task = runner.run(lambda: done.append("late"))
    task.then(done.append).after_bug(lambda: let_go.append("never done"))
    qtbot.waitUntil(lambda: let_go == ["never done"])
    assert done == []
