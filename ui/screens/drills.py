"""The scenario cards: their list on the left, the chosen one beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos_app.i18n import _
from ui.presenters.drill_state import DrillMode, DrillState, ResultView
from ui.screens.drill_body import DrillBody
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.kinetic import make_kinetic
from ui.widgets.page_key import PageKey
from ui.widgets.panel import Panel, surface
from ui.widgets.section_title import SectionTitle
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar
from ui.widgets.verdict import Verdict


class DrillsScreen(QWidget):
    """Twelve cards; one of them is read, or its result."""

    card_chosen = Signal(str)
    """A card of the list was pressed; its key."""
    start_pressed = Signal()
    again_pressed = Signal()
    next_pressed = Signal()
    leave_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drillsScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.title = SectionTitle("drillsTitle")
        self.keys: dict[str, PageKey] = {}
        self._list = QWidget()
        surface(self._list, "surface")
        self._entries = QVBoxLayout(self._list)
        self._entries.addWidget(self.title)
        self._entries.addStretch(1)
        self._area = _scrolled(self._list)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._area)
        middle.addLayout(self._make_card(), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status_bar)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _make_card(self) -> QVBoxLayout:
        """Make the panel of the chosen card."""
        self.panel = Panel("drillPanel", "", "graduation-cap")
        self.panel.set_closable(False)
        self.verdict, self.lines = Verdict("drillVerdict"), QLabel()
        self.lines.setObjectName("drillLines")
        self.lines.setWordWrap(True)
        self.content, self.rule = DrillBody(), QLabel()
        self.rule.setWordWrap(True)
        self.rule.setObjectName("drillRule")
        inside = QWidget()
        surface(inside, "surface")
        self._inside = QVBoxLayout(inside)
        for part in (self.verdict, self.lines, self.content, self.rule):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self.panel.body.addWidget(_scrolled(inside), 1)
        row = Arrangement.ROW
        self.leave = ActionButton("drillLeave", ButtonFace(arrangement=row))
        self.again = ActionButton("drillAgain", ButtonFace(arrangement=row))
        self.next = ActionButton("drillNextCard", ButtonFace(arrangement=row))
        self.start = ActionButton(
            "drillStart", ButtonFace(arrangement=row, kind=Kind.PRIMARY)
        )
        self.leave.clicked.connect(self.leave_pressed)
        self.again.clicked.connect(self.again_pressed)
        self.next.clicked.connect(self.next_pressed)
        self.start.clicked.connect(self.start_pressed)
        for key in (self.leave, self.again, self.next, self.start):
            self.panel.add_action(key)
        self._edge = QVBoxLayout()
        self._edge.addWidget(self.panel)
        return self._edge

    def show_state(self, state: DrillState) -> None:
        """Show list, card and bars."""
        self.top_bar.show_frame(state.frame)
        self.status_bar.show_frame(state.frame)
        self.title.show_title(_("Practice cards"), state.progress)
        for row in state.rows:
            if row.key not in self.keys:
                self._add_entry(row.key, row.icon)
            words = f"{row.title}  ·  {row.score}" if row.score else row.title
            self.keys[row.key].setText(words)
            self.keys[row.key].setAccessibleName(words)
            self.keys[row.key].setChecked(row.key == state.chosen)
        self.panel.set_title(state.title)
        self.content.show_state(state)
        self.rule.setText(state.rule)
        self._show_result(state.result)
        self._show_keys(state)

    def _show_result(self, result: ResultView | None) -> None:
        self.verdict.setVisible(result is not None)
        self.lines.setVisible(result is not None)
        if result is not None:
            words = _("{score} points", score=result.score)
            self.verdict.show_verdict(f"{words} · {result.words}", "", result.tone)
            self.lines.setText("\n".join(result.lines))

    def _show_keys(self, state: DrillState) -> None:
        row, is_over = Arrangement.ROW, state.mode is DrillMode.OVER
        leads_back = is_over and state.leads_back
        words = _("To the real till") if leads_back else _("Leave training")
        kind = Kind.PRIMARY if leads_back else Kind.PLAIN
        self.leave.set_face(
            ButtonFace(words, hint="Ctrl+T", arrangement=row, kind=kind)
        )
        self.again.set_face(
            ButtonFace(_("Once more"), icon="arrow-counter-clockwise", arrangement=row)
        )
        kind = Kind.PRIMARY if is_over and not leads_back else Kind.PLAIN
        words = _("Next card") if is_over else _("Skip this card")
        self.next.set_face(
            ButtonFace(words, icon="arrow-circle-right", arrangement=row, kind=kind)
        )
        is_running = state.mode is DrillMode.RUNNING
        words = _("Back to the sale") if is_running else _("Start")
        self.start.set_face(
            ButtonFace(words, icon="timer", arrangement=row, kind=Kind.PRIMARY)
        )
        self.start.setEnabled(state.can_start or is_running)
        self.start.setVisible(not is_over)
        self.again.setVisible(is_over)

    def _add_entry(self, key: str, icon: str) -> None:
        entry = PageKey(key, icon)
        entry.clicked.connect(self._on_entry)
        self.keys[key] = entry
        self._entries.insertWidget(self._entries.count() - 1, entry)

    def _on_entry(self) -> None:
        sender = self.sender()
        assert isinstance(sender, PageKey)
        self.card_chosen.emit(sender.key)

    def retranslate(self) -> None:
        """Read all words anew; the next state brings them."""

    def _take_sizes(self) -> None:
        now = theme()
        is_compact = now.profile.name == "compact"
        self._area.setFixedWidth(now.px(290 if not is_compact else 232))
        edge = now.px(8)
        self._entries.setContentsMargins(edge, now.px(6), edge, now.px(4))
        self._entries.setSpacing(0)
        self._edge.setContentsMargins(*(now.px(12),) * 4)
        self._inside.setContentsMargins(*(now.px(8),) * 4)
        self._inside.setSpacing(now.px(12))
        self.lines.setFont(font(now, "body"))
        self.rule.setFont(font(now, "cap"))
        for key in (self.leave, self.again, self.next, self.start):
            key.set_size(60)
        for entry in self.keys.values():
            entry.updateGeometry()


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    make_kinetic(area)
    return area
