"""Column A: band, ticket, what waits, sums and the row of actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.presenters.ticket_state import BandView, LineView, SumView
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band
from ui.widgets.counter_frame import Column, spaced
from ui.widgets.nearly_strip import NearlyStrip
from ui.widgets.policy_card import PolicyCard
from ui.widgets.problem_strip import ProblemStrip
from ui.widgets.sums_strip import SumsStrip
from ui.widgets.ticket_view import TicketHeader, TicketView


class TicketColumn(Column):
    """The ticket as the sale, payment and done screens show it."""

    def __init__(self, actions: Sequence[tuple[ActionButton, int]]) -> None:
        super().__init__("columnTicket")
        self.band = Band()
        self.header = TicketHeader()
        self.ticket = TicketView()
        self.policy = PolicyCard()
        self.problem = ProblemStrip()
        self.nearly = NearlyStrip("nearly")
        self.nearly.hide()
        self.sums = SumsStrip()
        self.problem.hide()
        self.action_row = QWidget()
        self.action_row.setObjectName("ticketActions")
        fixed = QSizePolicy.Policy.Fixed
        self.action_row.setSizePolicy(QSizePolicy.Policy.Expanding, fixed)
        self._row = QHBoxLayout(self.action_row)
        self._buttons = [button for button, _ in actions]
        self._lent: tuple[ActionButton, ...] = ()
        for button, stretch in actions:
            self._row.addWidget(button, stretch)
        self.stack.addWidget(self.band)
        self.stack.addWidget(self.header)
        self.stack.addWidget(self.ticket, 1)
        own = (self.policy, self.problem, self.nearly, self.sums, self.action_row)
        for part in own:
            self.stack.addWidget(part)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_ticket(
        self,
        band: BandView,
        lines: tuple[LineView, ...],
        selected: int,
        currency: str,
        sums: tuple[SumView, ...],
    ) -> None:
        """Show the ticket.

        Args:
            band: the strip above the lines.
            lines: in order.
            selected: row of the selected line; -1 for none.
            currency: ISO 4217 of the lines' amounts.
            sums: below the lines.
        """
        self.band.show_band(band)
        self.ticket.show_ticket(lines, selected, currency)
        self.sums.show_sums(sums)

    def lend_row(self, keys: tuple[ActionButton, ...]) -> None:
        """Keep further keys in the row of actions, hidden until they are shown."""
        self._lent = keys
        for key in keys:
            self._row.addWidget(key, 1)
            key.hide()
        self._take_sizes()

    def show_lent(self, *, is_lent: bool) -> None:
        """Hide the row's own keys while its place is lent, and show them again."""
        for key in self._buttons:
            key.setVisible(not is_lent)
        for key in self._lent:
            key.setVisible(is_lent)

    def _take_sizes(self) -> None:
        pad = 10 if theme().profile.name != "compact" else 6
        spaced(self._row, gap=6, pad=(pad, 8, pad, 4))
        for button in (*self._buttons, *self._lent):
            button.set_size(60, below=4)
