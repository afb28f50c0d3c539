"""A page of the settings: what can be set on the left, what it means on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.settings_state import SettingsState
from ui.theme.host import theme, theme_host
from ui.widgets.panel import Panel, surface
from ui.widgets.rows_area import BarClearance


class Page(QWidget):
    """Two cards beside each other; the left one scrolls when it must."""

    #: Key of a setting and its new value.
    changed = Signal(str, object)

    def __init__(
        self, key: str, left: Panel | None = None, right: Panel | None = None
    ) -> None:
        super().__init__()
        self.setObjectName(f"page-{key}")
        surface(self, "bg")
        self.left = left or Panel(f"card-{key}")
        self.right = right or Panel(f"card-{key}-more")
        for card in (self.left, self.right):
            card.set_closable(False)
        self.form = QVBoxLayout()
        self.left.body.addWidget(scrolled(self.form))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.left, 11)
        self._row.addWidget(self.right, 10)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: SettingsState) -> None:
        """Show the settings in force, in the language in use."""

    def show_title(self, state: SettingsState, words: str, icon: str) -> None:
        """Title the left card; say who may change it, if this person may not."""
        note = "" if state.may_change else _("only a manager may change this")
        if state.may_change and state.asks_approval:
            note = _("a manager must agree to each change")
        self.left.set_title(words, icon, note)

    def add(self, field: QWidget) -> None:
        """Put a field below the others."""
        self.form.insertWidget(self.form.count() - 1, field)

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        self.form.setSpacing(now.px(12))


def scrolled(form: QVBoxLayout) -> QScrollArea:
    """Return a column of fields that scrolls when it must; they stand on top."""
    inside = QWidget()
    inside.setObjectName("formInside")
    inside.setLayout(form)
    form.addStretch(1)
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    BarClearance(area, form)
    return area
