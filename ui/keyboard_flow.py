"""What the keys of the keyboard map do on the screen that is shown."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ui.counter_flow import CounterFlow
from ui.dialogs.dialog import Dialog
from ui.keymap import Action
from ui.presenters.pad_key import PadKey


class KeyboardFlow(QObject):
    """One key, one meaning; some need the sale screen, some any."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._anywhere = {
            Action.HELP: self._help,
            Action.ESCAPE: self._escape,
            Action.LOCK: flow.lock,
            Action.LEAVE_TRAINING: flow.features.training.ask_to_leave,
            Action.DRAWER: flow.devices.open_drawer,
            Action.REPRINT: flow.devices.reprint,
        }
        lines = flow.sale.lines
        self._in_sale = {
            Action.FIND: flow.screens.sale.start_search,
            Action.TIMES: self._times,
            Action.MORE: self._more,
            Action.LESS: self._less,
            Action.DELETE: lines.on_delete_pressed,
            Action.UNDO: lines.on_undo,
            Action.UP: self._up,
            Action.DOWN: self._down,
            Action.PAY: flow.sale.on_pay_pressed,
            Action.ENTER: flow.sale.on_enter,
        }
        flow.help.manual.clicked.connect(self._open_manual)
        flow.window.keys.asked.connect(self.on_asked)
        flow.window.pad_typed.connect(flow.on_pad)
        flow.window.letter_typed.connect(self._on_letter)

    def _on_letter(self, letter: str) -> None:
        """A letter is a part of a code, where one is asked for."""
        if self._flow.window.open_dialog() is None:
            self._flow.features.takes_letter(letter)

    def on_asked(self, value: str, number: int) -> None:
        """A key of the map was pressed."""
        action, flow = Action(value), self._flow
        if action in {Action.ESCAPE, Action.HELP, Action.LEAVE_TRAINING}:
            self._anywhere[action]()
            return
        dialog = flow.window.open_dialog()
        if dialog is not None or flow.work.counter.desk.session.staff is None:
            if action is Action.DELETE:
                self._clear(dialog)
        elif not flow.features.takes_action(action):
            self._on_screen(action, number)

    def _on_screen(self, action: Action, number: int) -> None:
        """Do what the key means on the screen that is shown."""
        flow = self._flow
        shown, screens = flow.window.screen_shown, flow.screens
        if action in self._anywhere:
            self._anywhere[action]()
        elif shown is screens.sale:
            self._in_sale.get(action, _nothing)()
        elif shown is screens.payment:
            self._in_payment(action, number)
        elif shown is screens.done and action in {Action.ENTER, Action.PAY}:
            flow.go_to_sale()

    def _in_payment(self, action: Action, number: int) -> None:
        payment = self._flow.payment
        if action in {Action.PAY, Action.ENTER}:
            payment.on_finish_pressed()
        elif action is Action.TENDER:
            payment.on_tender_number(number)
        elif action is Action.DELETE:
            payment.on_pad_pressed(PadKey.CLEAR.value)
        elif action is Action.UNDO:
            self._flow.frame.undo()

    def _clear(self, dialog: Dialog | None) -> None:
        """Del clears what is typed where a number is asked for."""
        if dialog is not None:
            dialog.press(PadKey.CLEAR.value)
        else:
            self._flow.screens.sign_on.press(PadKey.CLEAR.value)

    def _help(self) -> None:
        """Show the key map; on the second press, what helps with this screen."""
        overlay = self._flow.help
        if overlay.isVisible():
            self._open_manual()
        elif self._flow.window.open_dialog() is None:
            overlay.show_keys()

    def _open_manual(self) -> None:
        self._flow.help.leave()
        self._flow.features.manual.open_for_screen()

    def _escape(self) -> None:
        """Close the dialog, clear the entry, close the panel; never the sale."""
        flow = self._flow
        dialog = flow.window.open_dialog()
        shown, screens = flow.window.screen_shown, flow.screens
        if dialog is not None:
            dialog.leave()
        elif shown is screens.sign_on:
            screens.sign_on.press(PadKey.CLEAR.value)
        elif shown is screens.sale:
            if not flow.sale.on_escape() and not self._step_back():
                flow.features.leave()
            screens.sale.setFocus()  # the keyboard is the scanner's and the pad's
        elif not self._step_back() and not flow.payment.is_waiting:
            flow.go_to_sale()

    def _step_back(self) -> bool:
        """Let a feature or the payment take back its last step, if it has one."""
        flow = self._flow
        is_paying = flow.window.screen_shown is flow.screens.payment
        asked = flow.features.takes_action(Action.ESCAPE)
        return asked or (is_paying and flow.payment.on_escape())

    def _times(self) -> None:
        self._flow.sale.on_pad_pressed(PadKey.TIMES.value)

    def _more(self) -> None:
        self._flow.sale.lines.on_quantity_stepped(1)

    def _less(self) -> None:
        self._flow.sale.lines.on_quantity_stepped(-1)

    def _up(self) -> None:
        self._move(-1)

    def _down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        """Choose a result of the search, or else a line."""
        if not self._flow.screens.sale.choose_result(step):
            self._flow.sale.lines.on_line_moved(step)


def _nothing() -> None:
    """This key means nothing here."""
