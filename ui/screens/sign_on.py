"""Sign-on and lock: clock and health | staff, badge, language | PIN (picture 01)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pos_app.i18n import LANGUAGES, _
from ui.presenters.pad_key import PadKey
from ui.presenters.sign_on_state import SignOnState, lock_words
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.sign_on_brand import BrandPane
from ui.screens.sign_on_help import PinHelp
from ui.screens.sign_on_notice import PinNotice
from ui.screens.sign_on_pad import PinDisplay, PinFace, PinPad
from ui.screens.sign_on_staff import BY_NUMBER, BadgeHint, StaffGrid
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.drawing import hairline
from ui.widgets.panel import surface
from ui.widgets.status_bar import StatusBar

_LANGUAGE_NAMES = {"zh-CN": "简体", "zh-TW": "繁體", "en": "EN"}
_NUMBER_LIMIT = 8


class SignOnScreen(QWidget):
    """Lets somebody in: by badge, by tile and PIN, by number and PIN."""

    staff_chosen = Signal(str)
    """A tile was chosen; the staff id."""
    number_entered = Signal(str)
    """A staff number was typed in full."""
    pin_entered = Signal(str)
    """A PIN was typed in full, for the chosen person."""
    language_chosen = Signal(str)
    """A language tag."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("signOnScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self._state: SignOnState | None = None
        self._digits = ""
        self._is_numbering = False
        self._build()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: SignOnState) -> None:
        """Show everything anew; typed digits stay unless they were refused."""
        before, self._state = self._state, state
        if before is not None and before.attempt != state.attempt:
            self._digits = ""
        if before is None or before.chosen != state.chosen:
            self._digits = ""
            self._is_numbering = self._is_numbering and not state.chosen
        self.brand.show_state(state)
        self.status.show_frame(state.frame)
        self.language.show_chosen(state.language)
        chosen = BY_NUMBER if self._is_numbering else state.chosen
        self.staff.show_staff(state.staff, chosen)
        self.pad.use_phone_order(state.is_phone_order)
        self.retranslate()

    def retranslate(self) -> None:
        """Read the words anew."""
        state = self._state
        if state is None:
            return
        is_lock = state.kept is not None
        self.title.setText(_("Locked") if is_lock else _("Who is selling?"))
        self.kept.setVisible(is_lock)
        if state.kept is not None:
            words = _("Basket kept: {pieces} · {total}")
            self.kept.setText(
                words.format(pieces=state.kept.pieces, total=state.kept.total)
            )
        self.pad.retranslate()
        self.badge.update()
        self._show_entry()

    def _build(self) -> None:
        self.brand = BrandPane()
        self.title = QLabel()
        self.title.setObjectName("signOnTitle")
        self.title.setWordWrap(True)
        names = [(tag, _LANGUAGE_NAMES[tag], "") for tag in LANGUAGES]
        self.language = SegmentedChoice("languageSwitch", names)
        self.badge = BadgeHint()
        self.kept = QLabel()
        self.kept.setObjectName("keptBasket")
        self.staff = StaffGrid()
        self.display = PinDisplay()
        self.notice = PinNotice()
        self.pad = PinPad()
        face = ButtonFace(kind=Kind.PRIMARY, hint="Enter", text_role="h2")
        self.sign_on = ActionButton("signOn", face)
        self.help = PinHelp()
        self.status = StatusBar()
        self._lay_out()
        self.language.chosen.connect(self.language_chosen)
        self.staff.chosen.connect(self._on_tile)
        self.pad.pressed.connect(self.press)
        self.sign_on.clicked.connect(self._on_enter)

    def _lay_out(self) -> None:
        self._middle, self._right = QWidget(), QWidget()
        surface(self._middle, "bg")
        surface(self._right, "surface")
        self._lay_out_people()
        self._c = QVBoxLayout(self._right)
        self._c.addWidget(self.display)
        self._c.addWidget(self.notice)
        self._c.addWidget(self.help)
        self._c.addWidget(self.pad, 1)
        self._c.addWidget(self.sign_on)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.brand)
        columns.addWidget(self._middle, 1)
        columns.addWidget(self._right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(columns, 1)
        whole.addWidget(self.status)

    def _lay_out_people(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.language)
        people = QScrollArea()
        people.setWidget(self.staff)
        people.setWidgetResizable(True)
        people.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        people.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._b = QVBoxLayout(self._middle)
        self._b.addLayout(head)
        self._b.addWidget(self.badge)
        self._b.addWidget(self.kept)
        self._b.addWidget(people, 1)

    def _take_sizes(self) -> None:
        now = theme()
        is_compact = now.profile.name == "compact"
        side = now.px(22 if not is_compact else 12)
        self._b.setContentsMargins(side, now.px(26), side, now.px(12))
        self._b.setSpacing(now.px(14))
        edge = now.px(14)
        self._c.setContentsMargins(edge, now.px(12), edge, now.px(12))
        self._c.setSpacing(now.px(6))
        self._right.setFixedWidth(now.px(now.profile.column_c))
        self.brand.setFixedWidth(now.px(now.profile.column_a))
        self.title.setFont(font(now, "h1" if not is_compact else "h2"))
        self.kept.setFont(font(now, "body"))
        self.notice.take_sizes()
        self.sign_on.set_size(108 if not is_compact else 84)

    def _on_tile(self, staff_id: str) -> None:
        self._digits = ""
        self._is_numbering = staff_id == BY_NUMBER
        state = self._state
        if state is not None:
            self.staff.show_staff(state.staff, staff_id)
        self._show_entry()
        if not self._is_numbering:
            self.staff_chosen.emit(staff_id)

    def press(self, key: str) -> None:
        """Take a key of the pad; a `PadKey`'s value."""
        if key == PadKey.ENTER:
            self._on_enter()
            return
        if key == PadKey.CLEAR:
            self._digits = ""
        elif key == PadKey.BACKSPACE:
            self._digits = self._digits[:-1]
        else:
            self._type(key)
        self._show_entry()

    def _type(self, digit: str) -> None:
        if self._can_type() and len(self._digits) < self._limit():
            self._digits += digit

    def _limit(self) -> int:
        if self._is_numbering or self._state is None:
            return _NUMBER_LIMIT
        return self._state.pin_digits[1]

    def _can_type(self) -> bool:
        state = self._state
        if state is None or state.is_checking:
            return False
        if self._is_numbering:
            return True
        return bool(state.chosen) and state.locked_seconds == 0

    def _is_complete(self) -> bool:
        state = self._state
        if state is None or not self._can_type():
            return False
        least = 1 if self._is_numbering else state.pin_digits[0]
        return len(self._digits) >= least

    def _on_enter(self) -> None:
        if not self._is_complete():
            return
        digits, self._digits = self._digits, ""
        if self._is_numbering:
            self.number_entered.emit(digits)
        else:
            self.pin_entered.emit(digits)
        self._show_entry()

    def _show_entry(self) -> None:
        state = self._state
        if state is None:
            return
        self.display.show_face(self._face(state))
        problem = lock_words(state.locked_seconds) if state.locked_seconds else ""
        problem = problem or state.problem
        is_problem = bool(problem) and not self._digits
        self.notice.show_words(problem if is_problem else state.rule, is_problem)
        self.pad.set_available(self._can_type())
        chosen = None if self._is_numbering else state.chosen_staff
        self.help.show_person(chosen, is_checking=state.is_checking)
        title, reason = self._action_words(state)
        self.sign_on.retitle(title)
        self.sign_on.set_available(self._can_type(), reason)

    def _face(self, state: SignOnState) -> PinFace:
        if self._is_numbering:
            return PinFace(_("Staff number"), number=self._digits)
        chosen = state.chosen_staff
        if chosen is None:
            return PinFace(_("PIN"), _("Choose your name"), most=state.pin_digits[1])
        note = _("No. {number}", number=chosen.number)
        typed, most = len(self._digits), state.pin_digits[1]
        return PinFace(_("PIN"), chosen.name, note, typed, most)

    def _action_words(self, state: SignOnState) -> tuple[str, str]:
        """Return the main action's words, and why it cannot be pressed."""
        if self._is_numbering:
            return _("Next"), ""
        words = _("Sign on") if state.kept is None else _("Unlock")
        if state.is_checking:
            return words, _("Checking the PIN")
        if state.locked_seconds:
            return words, lock_words(state.locked_seconds)
        return words, "" if state.chosen else _("Choose your name")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace, Enter and Esc of a keyboard."""
        named = {
            Qt.Key.Key_Backspace: PadKey.BACKSPACE,
            Qt.Key.Key_Delete: PadKey.CLEAR,
            Qt.Key.Key_Escape: PadKey.CLEAR,
            Qt.Key.Key_Return: PadKey.ENTER,
            Qt.Key.Key_Enter: PadKey.ENTER,
        }
        key = named.get(Qt.Key(event.key())) if event.key() in named else None
        text = event.text()
        if key is not None:
            self.press(key)
        elif len(text) == 1 and text.isascii() and text.isdigit():
            self.press(text)
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line left of the pad."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            line = QRect(self._right.x() - 1, 0, 1, self._right.height())
            hairline(painter, line, theme().colours.line)
