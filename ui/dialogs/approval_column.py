"""Column C while somebody approves: whose PIN, the same pad, no or yes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QSpacerItem
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.approval_state import ApprovalState
from ui.presenters.pad_key import PadKey
from ui.screens.pay_column import GAPS
from ui.screens.sign_on_pad import PinDisplay, PinFace
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.counter_frame import Column, spaced
from ui.widgets.keypad import KeyPad

_PIN_KEYS = frozenset(map(PadKey, "0123456789")) | {
    PadKey.BACKSPACE,
    PadKey.CLEAR,
    PadKey.ENTER,
}
#: How many names fit beside each other; "more" turns to the next ones.
_NAMES, _MORE = 3, "more"


class ApproverDisplay(PinDisplay):
    """Whose PIN it is, as high as the amount was."""

    @override
    def design_height(self) -> float:
        """Return the profile's height of the display."""
        return theme().profile.display_height

    @override
    def dots_at(self) -> int:
        """Return how far down the dots stand, clear of the lower edge."""
        return self.height() - theme().px(24)


class ApprovalColumn(Column):
    """Stands where the pay column is, its pad in the same place."""

    approver_chosen = Signal(str)
    """A name was touched; the staff id."""
    pad_pressed = Signal(str)
    """A key of the pad; the value of its `PadKey`."""
    refused = Signal()
    """Nobody agrees."""
    agreed = Signal()
    """The approver agrees."""

    def __init__(self) -> None:
        super().__init__("approvalColumn")
        self.display = ApproverDisplay()
        self.display.setObjectName("approverDisplay")
        self.names = ButtonGrid("approver", columns=2, height=46)
        self.keypad = KeyPad("approvalPad")
        for key in PadKey:
            if key is not PadKey.ALL:
                button = self.keypad.button(key)
                button.setObjectName(f"approval-{key.name}")
        row = Arrangement.ROW
        no = ButtonFace(icon="x", kind=Kind.DANGER, arrangement=row, hint="Esc")
        yes = ButtonFace(
            icon="check",
            kind=Kind.PRIMARY,
            arrangement=row,
            text_role="h2",
            hint="Enter",
        )
        self.refuse, self.agree = (
            ActionButton("approvalRefuse", no),
            ActionButton("approvalAgree", yes),
        )
        self.agree.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding
        )
        self._page = 0
        self._state: ApprovalState | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        self._gaps: list[QSpacerItem] = []
        parts = (self.display, self.names, self.keypad, self.refuse)
        for part, gap in zip(parts, GAPS, strict=True):
            self.stack.addWidget(part)
            self._gaps.append(QSpacerItem(0, gap))
            self.stack.addItem(self._gaps[-1])
        self.stack.addWidget(self.agree, 1)
        self.names.pressed.connect(self._on_name)
        self.keypad.pressed.connect(self.pad_pressed)
        self.refuse.clicked.connect(self.refused)
        self.agree.clicked.connect(self.agreed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def open(self) -> None:
        """Begin with the first names."""
        self._page = 0

    def show_state(self, state: ApprovalState) -> None:
        """Show who approves and how far their PIN is typed."""
        self._state = state
        chosen = state.chosen_approver
        name, note = _("Choose who approves"), ""
        if chosen is not None:
            name, note = chosen.name, _("No. {number}", number=chosen.number)
        face = PinFace(_("Approver's PIN"), name, note, state.typed, state.most)
        self.display.show_face(face)
        self._show_names(state)
        self.keypad.use_phone_order(is_on=state.is_phone_order)
        keys = _PIN_KEYS if state.can_type else frozenset()
        self.keypad.set_keys_available(keys)
        self.refuse.retitle(_("Do not agree"))
        self.agree.retitle(state.asked.agree)
        self.agree.set_available(not state.blocked, state.blocked, icon="lock-key")

    def _show_names(self, state: ApprovalState) -> None:
        people = state.approvers
        fits = len(people) <= _NAMES
        size = _NAMES if fits else _NAMES - 1
        pages = -(-len(people) // size)
        first = self._page % max(1, pages) * size
        shown = [
            GridButton(one.staff_id, ButtonFace(one.name), one.staff_id == state.chosen)
            for one in people[first : first + size]
        ]
        if not fits:
            shown.append(GridButton(_MORE, ButtonFace(_("Others"))))
        self.names.set_columns(max(1, len(shown)))
        self.names.show_buttons(tuple(shown))

    def _on_name(self, key: str) -> None:
        if key != _MORE:
            self.approver_chosen.emit(key)
            return
        self._page += 1
        if self._state is not None:
            self._show_names(self._state)

    def _take_sizes(self) -> None:
        now = theme()
        spaced(self.stack, gap=0, pad=(14, 12, 14, 8))
        fixed = QSizePolicy.Policy.Fixed
        for spacer, gap in zip(self._gaps, GAPS, strict=True):
            spacer.changeSize(0, now.px(gap), fixed, fixed)
        self.stack.invalidate()
        self.names.setFixedHeight(now.px(now.profile.entry_height))
        self.refuse.set_size(60)
        self.agree.set_size(74, below=4)
