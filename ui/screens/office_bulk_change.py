"""What is changed for all chosen items."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.bulk_state import ChangeView, Choices
from ui.screens.office_stock_list import take_page_sizes
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_page import scrolled
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.keypad import KeyPad
from ui.widgets.page_head import PageHead


class BulkChangePage(QWidget):
    """Fields on the left, the value on the right."""

    closed = Signal()
    field_chosen = Signal(str)
    sign_chosen = Signal(str)
    ending_chosen = Signal(str)
    option_chosen = Signal(str)
    pad_pressed = Signal(str)
    preview_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = PageHead("bulkChangeHead")
        self.fields = ButtonGrid("bulkField", columns=2, height=60)
        self.options = ButtonGrid("bulkOption", columns=2, height=56)
        self.signs = SegmentedChoice("bulkSigns")
        self.endings = SegmentedChoice("bulkEndings")
        self.entry = EntryLine("bulkEntry")
        self.pad = KeyPad("bulkPad", second=None)
        face = ButtonFace(
            icon="list-magnifying-glass",
            kind=Kind.PRIMARY,
            arrangement=Arrangement.ROW,
            hint="F12",
        )
        self.preview = ActionButton("bulkPreview", face)
        self.preview.set_size(68)
        self._lay_out()
        self.head.closed.connect(self.closed)
        self.fields.pressed.connect(self.field_chosen)
        self.options.pressed.connect(self.option_chosen)
        self.signs.chosen.connect(self.sign_chosen)
        self.endings.chosen.connect(self.ending_chosen)
        self.pad.pressed.connect(self.pad_pressed)
        self.preview.clicked.connect(self.preview_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self._more = QVBoxLayout()
        self._more.addWidget(self.options)
        self._area: QScrollArea = scrolled(self._more)
        self._left, self._side = QVBoxLayout(), QVBoxLayout()
        for part in (self.fields, self.signs, self.endings):
            self._left.addWidget(part)
        self._left.addWidget(self._area, 1)
        self._side.addWidget(self.entry)
        self._side.addWidget(self.pad)
        self._side.addStretch(1)
        self._side.addWidget(self.preview)
        self._side.setContentsMargins(0, 0, 0, 0)
        self._beside = QWidget()
        self._beside.setLayout(self._side)
        self._row = QHBoxLayout()
        self._row.addLayout(self._left, 1)
        self._row.addWidget(self._beside, 0, Qt.AlignmentFlag(0))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addLayout(self._row, 1)

    def show_view(self, view: ChangeView) -> None:
        """Show the field and its value."""
        self.head.show_title(view.title)
        self.fields.show_buttons(_buttons(view.fields, view.field))
        self.options.show_buttons(_buttons(view.options, view.option))
        for choice, choices, chosen in (
            (self.signs, view.signs, view.sign),
            (self.endings, view.endings, view.ending),
        ):
            choice.setVisible(bool(choices))
            choice.set_choices([(key, words, "") for key, words in choices])
            choice.show_chosen(chosen)
        self.entry.setVisible(view.has_pad)
        self.pad.setVisible(view.has_pad)
        self.entry.show_entry(
            EntryFace(view.hint, view.text, problem=view.problem, is_active=True)
        )
        self.preview.retitle(_("Look before changing"))
        reason = _("Type a number") if view.has_pad else _("Choose one")
        self.preview.set_available(view.can_preview, reason, icon="info")

    def _take_sizes(self) -> None:
        now = theme()
        take_page_sizes(self._column)
        self._beside.setFixedWidth(now.px(4 * now.profile.key[0] + 3 * 6))
        for part in (self._left, self._side):
            part.setSpacing(now.px(10))
        self._row.setSpacing(now.px(12))


def _buttons(choices: Choices, chosen: str) -> tuple[GridButton, ...]:
    return tuple(
        GridButton(key, ButtonFace(words), is_selected=key == chosen)
        for key, words in choices
    )
