"""The scenario card over the ticket, while it runs: goal, steps, codes to scan."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from ui.dialogs.dialog import Dialog
from ui.presenters.drill_state import DrillState
from ui.screens.drill_body import DrillBody
from ui.widgets.kinetic import make_kinetic
from ui.widgets.panel import surface


class DrillCardDialog(Dialog):
    """A scan takes it away: the goods are on the ticket below."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "drillCardDialog", "graduation-cap", width=900)
        self.cover_all()
        self.content = DrillBody()
        self.content.stand_at_top()
        surface(self.content, "surface")
        area = QScrollArea()
        area.setWidget(self.content)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        make_kinetic(area)
        self.body.addWidget(area, 1)

    def show_state(self, state: DrillState) -> None:
        """Show the card as it stands."""
        self.title.setText(state.title)
        self.content.show_state(state)
