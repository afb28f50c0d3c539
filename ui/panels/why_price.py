"""Why this price: every step from the shelf to the price paid, as bars (picture 06)."""

from __future__ import annotations

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos_app.i18n import _
from ui.panels.why_rows import RefusedRow, WhyStep, WhyTitle
from ui.presenters.why_price_state import WhyPriceState
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.column import take_out
from ui.widgets.nearly_strip import NearlyStrip
from ui.widgets.panel import Panel
from ui.widgets.rows_area import RowsArea
from ui.widgets.section_title import SectionTitle


def _key(name: str, icon: str, pressed: SignalInstance) -> ActionButton:
    key = ActionButton(name, ButtonFace(icon=icon, arrangement=Arrangement.ROW))
    key.set_size(48)
    key.clicked.connect(pressed)
    return key


class WhyPricePanel(Panel):
    """Stands in the work column, as long as its line does."""

    note_pressed = Signal()
    """A note on this line is wanted."""
    take_back_pressed = Signal()
    """The line's last reduction is to go."""
    customer_pressed = Signal()
    """The customer wants to see it."""
    decline_pressed = Signal()
    """An offer of the line is to be taken away."""
    restore_pressed = Signal(str)
    """An offer that was taken away is to be used again; its promotion's id."""
    nearly_pressed = Signal(object)
    """One more is wanted; the `NearlyView`."""

    def __init__(self) -> None:
        super().__init__("whyPricePanel", icon="")
        self._shown = WhyPriceState()
        self.line_title = WhyTitle()
        self._rows = RowsArea("whyScroll", gap=2)
        self.body.addWidget(self.line_title)
        self.body.addWidget(self._rows, 1)
        self.note_key = _key("whyNote", "note-pencil", self.note_pressed)
        self.back_key = _key("whyTakeBack", "x-circle", self.take_back_pressed)
        self.customer_key = _key("whyCustomer", "monitor", self.customer_pressed)
        self.decline_key = _key("whyDecline", "x-circle", self.decline_pressed)
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        rows = QVBoxLayout()
        rows.addLayout(self._upper)
        rows.addLayout(self._lower)
        self._key_rows = rows
        self.action_row.addLayout(rows)
        for key in (self.note_key, self.back_key):
            self._lower.addWidget(key, 1)
        for key in (self.customer_key, self.decline_key):
            self._upper.addWidget(key, 1)
        theme_host().changed.connect(self._take_spacing)
        self._take_spacing()

    def show_state(self, state: WhyPriceState) -> None:
        """Explain a line; widgets are made anew only where it says something else."""
        self.set_title(_("Why this price?"))
        note = _("Change the note") if state.has_note else _("Note")
        self.note_key.retitle(note)
        self.back_key.setVisible(bool(state.take_back))
        self.back_key.retitle(state.take_back)
        self._show_offer_keys(state)
        self.line_title.show_state(state)
        old = self._shown
        same = (state.steps, state.refused) == (old.steps, old.refused)
        same = same and state.nearly == old.nearly
        self._shown = state
        if not same:
            self._fill(state)

    def _show_offer_keys(self, state: WhyPriceState) -> None:
        self.customer_key.setVisible(state.has_customer)
        self.customer_key.retitle(_("Show the customer"))
        lock = "lock-key" if state.is_guarded else ""
        face = ButtonFace(
            _("Without this offer"),
            icon="x-circle",
            arrangement=Arrangement.ROW,
            trailing_icon=lock,
        )
        self.decline_key.set_face(face)
        self.decline_key.setVisible(bool(state.offers))
        # Two keys stand beside each other: the steps above need the room.
        is_alone = not (state.has_customer or state.take_back)
        row = self._lower if is_alone else self._upper
        row.addWidget(self.decline_key, 1)

    def _fill(self, state: WhyPriceState) -> None:
        column = self._rows.column
        take_out(column)
        for step in state.steps:
            column.addWidget(WhyStep(step))
        if state.nearly is not None:
            strip = NearlyStrip("whyNearly", side=0)
            strip.show_nearly(state.nearly)
            strip.wanted.connect(self.nearly_pressed)
            column.addWidget(strip)
        if state.refused:
            title = SectionTitle("whyRefusedTitle")
            column.addWidget(title)  # first: alone it would be a window
            title.show_title(_("Offers that were not used"))
            for offer in state.refused:
                row = RefusedRow(offer)
                row.restored.connect(self.restore_pressed)
                column.addWidget(row)
        column.addStretch(1)

    def _take_spacing(self) -> None:
        for row in (self._key_rows, self._upper, self._lower):
            row.setSpacing(theme().px(8))
