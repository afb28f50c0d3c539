"""The strip that asks what to do with a red line; scanning goes on meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.sale_state import ProblemView
from ui.theme.fonts import SEMIBOLD
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import draw_icon, draw_text, fill_round
from ui.widgets.text_fit import fit_label, line_height


class ProblemStrip(QWidget):
    """One sentence and three keys."""

    register_pressed = Signal(str)
    """Register the goods of this red line, and sell them; its id."""
    find_pressed = Signal(str)
    """Find the goods by name for this red line; its id."""
    delete_pressed = Signal(str)
    """Take this red line out; its id."""

    def __init__(self, object_name: str = "problem") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._view = ProblemView("", "")
        self._register = ActionButton("problemRegister", ButtonFace())
        self._find = ActionButton("problemFind", ButtonFace())
        self._delete = ActionButton("problemDelete", ButtonFace())
        self._register.clicked.connect(self._on_register)
        self._find.clicked.connect(self._on_find)
        self._delete.clicked.connect(self._on_delete)
        self._outer = QVBoxLayout(self)
        self._outer.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self._register, 3)
        self._row.addWidget(self._find, 3)
        self._row.addWidget(self._delete, 2)
        self._outer.addLayout(self._row)
        self.retranslate()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_problem(self, view: ProblemView | None) -> None:
        """Show what waits, or nothing."""
        self.setVisible(view is not None)
        if view is not None and view != self._view:
            self._view = view
            self.setAccessibleName(view.text)
            self.retranslate()
            self.update()

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        row = Arrangement.ROW
        lock = "lock-key" if self._view.needs_approval else ""
        register = ButtonFace(
            _("Register it"), icon="note-pencil", arrangement=row, trailing_icon=lock
        )
        self._register.set_face(register)
        find = ButtonFace(_("Find by name"), icon="magnifying-glass", arrangement=row)
        self._find.set_face(find)
        delete = ButtonFace(_("Delete"), hint="Del", arrangement=row, hint_in_box=True)
        self._delete.set_face(delete)

    def _take_sizes(self) -> None:
        now = theme()
        self.setFixedHeight(now.px(116))
        self._outer.setContentsMargins(now.px(26), 0, now.px(22), now.px(17))
        self._row.setSpacing(now.px(8))
        self._register.set_size(48)
        self._find.set_size(48)
        self._delete.set_size(48)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and the sentence."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            card = self.rect().adjusted(now.px(12), now.px(4), -now.px(12), -now.px(8))
            fill_round(painter, card, now.radius("card"), c.dangersoft)
            edge = now.px(20)
            row = QRect(
                card.x() + now.px(14), card.y() + now.px(4), card.width(), now.px(40)
            )
            draw_icon(
                painter,
                "x-circle-fill",
                c.danger,
                QRect(row.x(), row.y(), edge, row.height()),
            )
            words = row.adjusted(edge + now.px(8), 0, -now.px(50), 0)
            room = (words.width(), words.width(), words.height())
            pixels = now.text_px("body")
            fit = fit_label(now, self._view.text, pixels, SEMIBOLD, room)
            line = line_height(fit.font)
            top = words.y() + (words.height() - fit.height) // 2
            for index, part in enumerate(fit.lines):
                area = QRect(words.x(), top + index * line, words.width(), line)
                draw_text(painter, area, part, (fit.font, c.danger))

    def _on_register(self) -> None:
        self.register_pressed.emit(self._view.line_id)

    def _on_find(self) -> None:
        self.find_pressed.emit(self._view.line_id)

    def _on_delete(self) -> None:
        self.delete_pressed.emit(self._view.line_id)
