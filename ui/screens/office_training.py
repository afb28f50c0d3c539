"""The page of training in the back office: the door, and how far everybody has come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.training_part import TrainingPartState
from ui.screens.back_office_page import BackOfficePage
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.table_list import TableList


class TrainingPage(BackOfficePage):
    """Two tables, people and one person's cards; the door stands below them."""

    enter_pressed = Signal()
    """Into training."""
    person_chosen = Signal(str)
    """A person of the table was tapped; their id."""

    def __init__(self) -> None:
        super().__init__("training")
        self.title, self.words, self.rule = QLabel(), QLabel(), QLabel()
        for label in (self.words, self.rule):
            label.setWordWrap(True)
        self.enter = ActionButton("enterTraining", ButtonFace(kind=Kind.PRIMARY))
        self.enter.clicked.connect(self.enter_pressed)
        self.people, self.cards = (
            TableList("trainingPeople"),
            TableList("trainingCards"),
        )
        self.people.chosen.connect(self.person_chosen)
        texts = QVBoxLayout()
        texts.addWidget(self.title)
        texts.addWidget(self.words)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.rule, 1)
        self._foot.addWidget(self.enter)
        self._tables = QHBoxLayout()
        self._tables.addWidget(self.people, 4)
        self._tables.addWidget(self.cards, 6)
        self._column = QVBoxLayout(self)
        self._column.addLayout(texts)
        self._column.addLayout(self._tables, 1)
        self._column.addLayout(self._foot)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    @override
    def show_state(self, state: object) -> None:
        """Show door and tables."""
        assert isinstance(state, TrainingPartState)
        self.title.setText(_("Training"))
        self.words.setText(
            _(
                "A second till beside the real one: real goods and prices, nothing "
                "counts, nothing is printed unless you want it. Twelve cards."
            )
        )
        face = ButtonFace(
            _("Begin training"),
            icon="graduation-cap",
            kind=Kind.PRIMARY,
            arrangement=Arrangement.ROW,
        )
        if self.enter.face != face:
            self.enter.set_face(face)
        self.enter.setEnabled(state.can_enter)
        self.people.setVisible(state.people is not None)
        if state.people is not None:
            self.people.show_table(state.people)
        self.cards.show_table(state.cards)
        self.rule.setText(state.rule)

    def _take_sizes(self) -> None:
        now = theme()
        self._column.setContentsMargins(*(now.px(16),) * 4)
        self._column.setSpacing(now.px(12))
        self._foot.setSpacing(now.px(16))
        self._tables.setSpacing(now.px(12))
        self.title.setFont(font(now, "h2"))
        self.words.setFont(font(now, "body"))
        self.rule.setFont(font(now, "cap"))
        self.enter.set_size(64, 280)
