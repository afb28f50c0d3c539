"""The right side of the black box: the chosen entry, and its sale step by step."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.black_box_state import BlackBoxState, ReplayView
from ui.screens.settings_fields import FactRows, Note
from ui.theme.fonts import SEMIBOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.panel import Panel
from ui.widgets.sums_strip import SumsStrip
from ui.widgets.ticket_view import TicketHeader, TicketView


class ReplayPanel(Panel):
    """Facts of an entry; below them the ticket as it stood, with ‹ and ›."""

    stepped = Signal(int)
    """Go one step on (+1) or back (-1)."""
    export_pressed = Signal()
    """Write the period into a signed file."""

    def __init__(self) -> None:
        super().__init__("blackBoxReplay", icon="list-magnifying-glass")
        self.set_closable(False)
        self.facts = FactRows("entryFacts")
        self.hint = Note("entryHint")
        self.ticket_part = QWidget()
        self.band, self.header = Band("replayBand"), TicketHeader("replayHeader")
        self.ticket, self.sums = TicketView("replayTicket"), SumsStrip("replaySums")
        self.step, self.position = QLabel(), QLabel()
        row = Arrangement.ROW
        self.back = ActionButton("replayBack", ButtonFace("‹", text_role="h1"))
        self.on = ActionButton("replayOn", ButtonFace("›", text_role="h1"))
        self.export = ActionButton(
            "blackBoxExport", ButtonFace(icon="tray-arrow-up", arrangement=row)
        )
        self.note = Note("exportNote")
        self._lay_out()
        self.back.clicked.connect(self._on_back)
        self.on.clicked.connect(self._on_on)
        self.export.clicked.connect(self.export_pressed)
        self._take_words_size()
        theme_host().changed.connect(self._take_words_size)

    def show_state(self, state: BlackBoxState) -> None:
        """Show the chosen entry."""
        replay = state.replay
        title = _("Replay of the sale") if replay else _("Entry")
        self.set_title(title, "list-magnifying-glass")
        self.facts.show_rows(state.facts)
        self.facts.setVisible(bool(state.facts) and replay is None)
        self.hint.setText(_("Choose an entry. A sale is replayed step by step."))
        self.hint.setVisible(not state.facts)
        self.ticket_part.setVisible(replay is not None)
        if replay is not None:
            self._show_replay(replay)
        self.export.retitle(_("Export these days, signed"))
        self.export.set_available(not state.is_exporting, _("Writing the file"))
        self.note.setText(state.export_note)
        self.note.setVisible(bool(state.export_note))

    def _show_replay(self, replay: ReplayView) -> None:
        self.band.show_band(replay.band)
        self.ticket.show_ticket(replay.lines, replay.selected, replay.currency)
        self.ticket.invite("", "")
        self.sums.show_sums(replay.sums)
        self.step.setText(replay.step)
        self.position.setText(replay.position)
        self.back.setAccessibleName(_("One step back"))
        self.on.setAccessibleName(_("One step on"))
        self.back.set_available(replay.can_go_back)
        self.on.set_available(replay.can_go_on)

    def _lay_out(self) -> None:
        keys = self._keys = QHBoxLayout()
        self.step.setWordWrap(True)
        self.step.setObjectName("replayStep")
        self.position.setObjectName("replayPosition")
        for widget, stretch in (
            (self.back, 0),
            (self.step, 1),
            (self.position, 0),
            (self.on, 0),
        ):
            keys.addWidget(widget, stretch)
        column = QVBoxLayout(self.ticket_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.band)
        column.addLayout(keys)
        column.addWidget(self.header)
        column.addWidget(self.ticket, 1)
        column.addWidget(self.sums)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.hint)
        self.body.addWidget(self.ticket_part, 1)
        self.body.addStretch(0)
        self.body.addWidget(self.note)
        self.add_action(self.export)

    def _take_words_size(self) -> None:
        now = theme()
        self._keys.setContentsMargins(0, now.px(8), 0, now.px(8))
        self._keys.setSpacing(now.px(12))
        self.step.setFont(font(now, "body", SEMIBOLD))
        self.position.setFont(font(now, "cap"))
        for key in (self.back, self.on):
            key.set_size(52, 64)
            key.setFixedWidth(now.px(64))

    def _on_back(self) -> None:
        self.stepped.emit(-1)

    def _on_on(self) -> None:
        self.stepped.emit(1)
