"""The sample basket beside a promotion: before and after, rivals, goods below cost."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.promotions_state import SampleView
from ui.screens.settings_page import scrolled
from ui.theme.fonts import BOLD, font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace
from ui.widgets.two_line_list import TwoLineList
from ui.widgets.warn_note import WarnNotes

#: The greatest height that Qt knows: none is asked for.
_UNBOUND = (1 << 24) - 1


class SamplePage(QWidget):
    """Goods with keys for more and fewer; sums; what one should know."""

    chosen = Signal(str)
    """Goods of the basket."""
    counted = Signal(int)
    """More or fewer of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("promotionSample")
        self.list = TwoLineList("promotionSampleRows")
        self.sums, self.deals = QLabel(), QLabel()
        self.sums.setObjectName("promotionSampleSums")
        self.deals.setObjectName("promotionSampleDeals")
        self.deals.setProperty("tone", "dim")
        self.deals.setWordWrap(True)
        self.notes = WarnNotes("promotionSampleNotes")
        self.less = ActionButton("promotionLess", ButtonFace(icon="minus"))
        self.more = ActionButton("promotionMore", ButtonFace(icon="plus"))
        for by, key in ((-1, self.less), (1, self.more)):
            key.setProperty("by", by)
            key.set_size(52, 72)
            key.clicked.connect(self._on_count)
        row = QHBoxLayout()
        row.addWidget(self.sums, 1)
        row.addWidget(self.less)
        row.addWidget(self.more)
        below = QVBoxLayout()
        below.addWidget(self.deals)
        below.addWidget(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 5)
        column.addLayout(row)
        column.addWidget(scrolled(below), 4)
        self.list.chosen.connect(self.chosen)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_sample(self, view: SampleView) -> None:
        """Show a basket."""
        self.list.setAccessibleName(_("Sample basket"))
        words = (_("No goods yet"), _("Choose the goods in the sentence"))
        if view.is_counting:
            words = (_("Being priced"), "")
        self.list.show_empty("basket", *words)
        self.list.show_rows(view.rows, view.chosen)
        self._give_room()
        sums = ""
        if view.after:
            sums = _("{before} → {after}", before=view.before, after=view.after)
        self.sums.setText(f"{sums}  {view.saving}".strip())
        for key, name in ((self.less, _("Fewer")), (self.more, _("More"))):
            key.setAccessibleName(name)
            key.setVisible(bool(view.rows))
        self.deals.setText("\n".join(view.deals))
        self.notes.show_notes(view.notes)

    def _give_room(self) -> None:
        """Give what is told below the room that the goods do not need."""
        most = self.list.rows_height or _UNBOUND
        self.list.setMaximumHeight(most)

    def _on_count(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.counted.emit(int(sender.property("by")))

    def _take_sizes(self) -> None:
        now = theme()
        self.sums.setFont(font(now, "name", BOLD))
        self.deals.setFont(font(now, "cap"))
        self._give_room()
