"""The shift screen: a page on the left, the same pad as everywhere on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.format import symbol_of
from ui.presenters.pad_key import PadKey
from ui.presenters.shift_state import KeyView, PadView, ShiftPage, ShiftState
from ui.screens.pay_column import PayColumn, TwoKeys
from ui.screens.shift_count import CountPage
from ui.screens.shift_menu import ListPage, MenuPage, MovePage, PaperPage
from ui.screens.shift_outcome import OutcomePage
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.counter_frame import Column
from ui.widgets.entry_line import EntryFace
from ui.widgets.status_bar import StatusBar
from ui.widgets.step_head import StepHead
from ui.widgets.top_bar import TopBar

_DIGITS = frozenset({*(PadKey(digit) for digit in "0123456789"), PadKey.D00})
_ALWAYS = frozenset({PadKey.BACKSPACE, PadKey.CLEAR, PadKey.ENTER})


class ShiftScreen(QWidget):
    """Shows one page of the shift; every number is the presenter's."""

    pad_pressed = Signal(str)
    """A key of the pad was pressed; the value of its `PadKey`."""
    entry_pressed = Signal()
    """The entry line was touched: the pad types there again."""
    main_pressed = Signal()
    """The main key."""
    first_pressed = Signal()
    """The left one of the two keys."""
    second_pressed = Signal()
    """The right one of the two keys."""
    lock_pressed = Signal()
    """The lock in the top bar."""
    top_tab_selected = Signal(str)
    """A tab of the top bar; its key."""
    chip_pressed = Signal(str)
    """A chip of the status bar; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shiftScreen")
        self.top_bar, self.status_bar, self.head = TopBar(), StatusBar(), StepHead()
        self.count, self.outcome = CountPage(), OutcomePage()
        self.menu, self.move_page = MenuPage(), MovePage()
        self.paper, self.list = PaperPage(), ListPage()
        self._pages: dict[ShiftPage, QWidget] = {
            ShiftPage.MENU: self.menu,
            ShiftPage.COUNT: self.count,
            ShiftPage.OUTCOME: self.outcome,
            ShiftPage.MOVE: self.move_page,
            ShiftPage.PAPER: self.paper,
            ShiftPage.LIST: self.list,
        }
        self.first = ActionButton("shiftFirst", ButtonFace())
        self.second = ActionButton("shiftSecond", ButtonFace())
        self.pay = PayColumn(TwoKeys(self.first, self.second))
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self._work = Column("columnShift", is_work=True)
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        self._work.stack.addWidget(self.head)
        self._work.stack.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(1)
        middle.addWidget(self._work, 1)
        middle.addWidget(self.pay)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)

    def _connect(self) -> None:
        self.pay.keypad.pressed.connect(self.pad_pressed)
        self.pay.entry.pressed.connect(self.entry_pressed)
        self.pay.main.clicked.connect(self.main_pressed)
        self.first.clicked.connect(self.first_pressed)
        self.second.clicked.connect(self.second_pressed)
        self.top_bar.lock_pressed.connect(self.lock_pressed)
        self.top_bar.cashier_pressed.connect(self.lock_pressed)
        self.top_bar.tab_selected.connect(self.top_tab_selected)
        self.status_bar.chip_pressed.connect(self.chip_pressed)

    def show_state(self, state: ShiftState) -> None:
        """Show a state; paints only what differs from the one before."""
        self.top_bar.show_frame(state.frame)
        self.status_bar.show_frame(state.frame)
        self.head.show_head(state.head)
        self._show_page(state)
        self._stack.setCurrentWidget(self._pages[state.page])
        self._show_pad(state.pad, state.currency)

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        self.pay.keypad.retranslate()

    def _show_page(self, state: ShiftState) -> None:
        if state.count is not None:
            self.count.show_count(state.count)
        if state.outcome is not None:
            self.outcome.show_outcome(state.outcome)
        if state.menu is not None:
            self.menu.show_menu(state.menu)
        if state.move is not None:
            self.move_page.show_move(state.move)
        if state.paper is not None:
            self.paper.show_paper(state.paper)
        if state.rows is not None:
            self.list.show_rows(state.rows)

    def _show_pad(self, pad: PadView, currency: str) -> None:
        self.pay.display.show_amount(
            AmountFace(
                label=pad.label,
                amount=pad.amount,
                symbol=symbol_of(currency) if pad.amount else "",
                note=pad.note,
                saved=pad.saved,
                extra=pad.extra,
            )
        )
        face = EntryFace(
            pad.entry_hint,
            pad.entry_text,
            problem=pad.entry_problem,
            is_active=pad.has_digits and not pad.is_entry_resting,
            is_resting=pad.is_entry_resting,
        )
        self.pay.entry.show_entry(face)
        keys = _ALWAYS | _DIGITS if pad.has_digits else frozenset[PadKey]()
        if pad.has_point and pad.has_digits:
            keys |= {PadKey.POINT}
        self.pay.keypad.set_keys_available(keys)
        for button, view in ((self.first, pad.first), (self.second, pad.second)):
            _show_key(button, view, is_working=pad.is_working)
        self._show_main(pad)

    def _show_main(self, pad: PadView) -> None:
        face = ButtonFace(
            _("Working") if pad.is_working else pad.main,
            "" if pad.is_working else pad.main_detail,
            icon="circle-notch" if pad.is_working else pad.main_icon,
            hint="F12",
            kind=Kind.PRIMARY,
            arrangement=Arrangement.ROW,
            text_role="h1",
        )
        self.pay.main.setVisible(bool(pad.main))
        self.pay.main.set_face(face)
        can = not pad.is_working and not pad.reason
        self.pay.main.set_available(can, pad.reason, pad.reason_detail, "warning")

    def _take_sizes(self) -> None:
        now = theme()
        self.pay.setFixedWidth(now.px(now.profile.column_c) - 1)


def _show_key(button: ActionButton, view: KeyView | None, *, is_working: bool) -> None:
    button.setVisible(view is not None)
    if view is None:
        return
    lock = "lock-key" if view.needs_approval else ""
    face = ButtonFace(
        view.title, icon=view.icon, arrangement=Arrangement.ROW, trailing_icon=lock
    )
    button.set_face(face)
    button.set_available(not is_working)
