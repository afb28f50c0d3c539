"""The page of the slips: what is decided on the left, the paper on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.slips_state import SlipsMode, SlipsState
from ui.screens.back_office_page import BackOfficePage
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.slips_preview_card import SlipsPreviewCard
from ui.screens.slips_sides import LogoSide, SimpleSide, TextSide
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.panel import Panel

_MODES = (SlipsMode.SIMPLE, SlipsMode.LOGO, SlipsMode.TEXT)


class SlipsPage(BackOfficePage):
    """Shows `SlipsState`."""

    kind_chosen = Signal(str)
    """Receipt or gift receipt in the preview of the switches."""

    def __init__(self) -> None:
        super().__init__("slips")
        self.modes = SegmentedChoice("slipsModes")
        self.papers = SegmentedChoice("slipsShown")
        self.simple, self.logo, self.text = SimpleSide(), LogoSide(), TextSide()
        face = ButtonFace(icon="arrow-counter-clockwise", arrangement=Arrangement.ROW)
        self.undo = ActionButton("slipsUndo", face)
        self.stack = QStackedWidget()
        for side in (self.simple, self.logo, self.text):
            self.stack.addWidget(side)
        self.left = Panel("slipsLeft", icon="receipt")
        self.left.set_closable(False)
        self.left.body.addWidget(self.modes)
        self.left.body.addWidget(self.papers)
        self.left.body.addWidget(self.stack, 1)
        self.left.add_action(self.undo)
        self.preview = SlipsPreviewCard()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.left, 13)
        self._row.addWidget(self.preview, 9)
        self.papers.chosen.connect(self.kind_chosen)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    @override
    def show_state(self, state: object) -> None:
        assert isinstance(state, SlipsState)
        self.left.set_title(_("Slips"), "receipt")
        self.modes.set_choices(
            [
                (SlipsMode.SIMPLE.value, _("Switches and words"), ""),
                (SlipsMode.LOGO.value, _("Logo"), ""),
                (SlipsMode.TEXT.value, _("As text"), ""),
            ]
        )
        self.modes.show_chosen(state.mode.value)
        is_simple = state.mode is SlipsMode.SIMPLE
        self.papers.setVisible(is_simple)
        self.papers.set_choices(
            [("receipt", _("Sales receipt"), ""), ("gift", _("Gift receipt"), "")]
        )
        self.papers.show_chosen(state.kind.value)
        self.stack.setCurrentIndex(_MODES.index(state.mode))
        self.undo.setVisible(is_simple)
        self.undo.retitle(_("Take back the last change"))
        self.undo.set_available(state.can_undo and not state.is_working)
        for side in (self.simple, self.logo, self.text, self.preview):
            side.show_state(state)

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        for body in (self.left.body, self.preview.body):
            body.setSpacing(now.px(8))
