"""The look of the till: colours, sizes, contrast, the order and the side of the pad."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from pos_app.services.settings import SIZES_PERCENT
from ui.presenters.settings_state import SettingsState
from ui.screens.settings_fields import ChoiceField, FactRows
from ui.screens.settings_page import Page
from ui.screens.settings_switch import Switch
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountDisplay, AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.keypad import KeyPad


class SizeRow(QWidget):
    """How large the screen is, a key that measures it, and one that forgets it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("screenSize")
        self.facts = FactRows("screenSizeFacts")
        row = Arrangement.ROW
        face = ButtonFace(icon="credit-card", arrangement=row)
        self.measure = ActionButton("measureScreen", face)
        self.forget = ActionButton("forgetScreen", ButtonFace(arrangement=row))
        self._keys = QHBoxLayout()
        self._keys.addWidget(self.measure, 3)
        self._keys.addWidget(self.forget, 2)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.facts)
        self._column.addLayout(self._keys)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_measure(self, um: int, may_change: bool) -> None:
        """Show how wide a pixel is, micrometres; 0 for not measured."""
        width = f"{um // 1000}.{um % 1000:03}"
        size = _("{mm} mm/px", mm=width) if um else _("Not measured")
        self.facts.show_rows(((_("Screen size"), size),))
        words = _("Measure again") if um else _("Measure with a bank card")
        self.measure.retitle(words)
        self.measure.set_available(may_change)
        self.forget.retitle(_("Forget it"))
        self.forget.setVisible(bool(um))
        self.forget.set_available(may_change)

    def _take_sizes(self) -> None:
        now = theme()
        self._column.setSpacing(now.px(4))
        self._keys.setSpacing(now.px(10))
        for key in (self.measure, self.forget):
            key.set_size(56)


class LookPage(Page):
    """The right side shows at once what the left side says."""

    measure_pressed = Signal()
    """The screen shall be measured with a bank card."""
    forget_pressed = Signal()
    """What was measured shall not count any more."""

    def __init__(self) -> None:
        super().__init__("look")
        self.colours, self.contrast = ChoiceField("theme"), ChoiceField("contrast")
        self.text_size, self.pad = ChoiceField("size_percent"), ChoiceField("pad")
        self.fields = (self.colours, self.contrast, self.text_size, self.pad)
        self.switches = {key: Switch(key) for key in ("left_handed", "reduce_motion")}
        for field in (*self.fields, *self.switches.values()):
            self.add(field)
        self.screen_size = SizeRow()
        for choice in (self.colours, self.contrast, self.pad):
            choice.changed.connect(self.changed)
        for switch in self.switches.values():
            switch.changed.connect(self.changed)
        self.text_size.changed.connect(self._on_size)
        self.screen_size.measure.clicked.connect(self.measure_pressed)
        self.screen_size.forget.clicked.connect(self.forget_pressed)
        self.display = AmountDisplay("lookDisplay")
        self.pads = {
            "789": KeyPad("lookPad789"),
            "123": KeyPad("lookPad123", is_phone_order=True),
        }
        self.right.body.addWidget(self.display)
        for pad in self.pads.values():
            self.right.body.addWidget(pad)
        self.right.body.addStretch(1)
        self.right.body.addWidget(self.screen_size)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the look."""
        self.show_title(state, _("Look"), "sun")
        self.right.set_title(_("Example"))
        self._offer()
        self.colours.choice.show_chosen(state.theme)
        self.contrast.choice.show_chosen(state.contrast)
        self.text_size.choice.show_chosen(str(state.size_percent))
        self.pad.choice.show_chosen(state.pad)
        self.screen_size.show_measure(state.screen_um_per_px, state.may_change)
        self.switches["left_handed"].setChecked(state.left_handed)
        self.switches["reduce_motion"].setChecked(state.reduce_motion)
        for field in (*self.fields, *self.switches.values()):
            field.setEnabled(state.may_change)
        self.display.show_amount(
            AmountFace(_("Due"), "180.10", "¥", note=_("{count} items", count=8))
        )
        for key, pad in self.pads.items():
            pad.setVisible(key == state.pad)
            pad.retranslate()

    def _offer(self) -> None:
        """Say what can be chosen, in the language in use."""
        self.colours.offer(
            _("Theme"), [("light", _("Light"), "sun"), ("dark", _("Dark"), "moon")]
        )
        self.contrast.offer(
            _("Contrast"),
            [("normal", _("Normal"), ""), ("high", _("Strong lines"), "")],
        )
        sizes = [(str(x), f"{x} %", "") for x in SIZES_PERCENT]
        self.text_size.offer(_("Text size"), sizes)
        self.pad.offer(
            _("Keypad"),
            [("789", _("7-8-9 on top"), ""), ("123", _("1-2-3 on top"), "")],
        )
        self.switches["left_handed"].retitle(
            _("Pad on the left"), _("For whoever serves with the left hand")
        )
        self.switches["reduce_motion"].retitle(
            _("Nothing moves"), _("New lines do not flash")
        )

    def _on_size(self, key: str, percent: object) -> None:
        self.changed.emit(key, int(str(percent)))
