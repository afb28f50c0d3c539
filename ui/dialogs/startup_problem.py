"""The till cannot start: a plain page over the whole window that says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from ui.messages import explain
from ui.theme.fonts import font, free_font
from ui.theme.host import theme, theme_host
from ui.theme.icons import icon_pixmap
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.panel import surface


@dataclass(frozen=True, slots=True)
class StartupProblem:
    """Why the till does not start.

    Attributes:
        title: in three words. what: what happened, what it means for the data.
        action: the one thing to do. code: small at the end.
        retry: words of a key that tries again; "" when trying again is no use.
    """

    title: str
    what: str
    action: str
    code: str = ""
    retry: str = ""


def startup_problem(error: GuitaiError) -> StartupProblem:
    """Make the page of an error."""
    explained = explain(error)
    return StartupProblem(
        title=_("The till did not start"),
        what=explained.text,
        action=explained.action,
        code=error.key,
        retry=_("Try again"),
    )


class StartupProblemPage(QWidget):
    """Fills the window; nothing else works until this is mended."""

    retried = Signal()
    """Try again was pressed."""
    closed = Signal()
    """Close was pressed, or Esc."""

    def __init__(self, problem: StartupProblem) -> None:
        super().__init__()
        self.setObjectName("startupProblem")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self._problem = problem
        self.mark = QLabel()
        self.title, self.what = QLabel(problem.title), QLabel(problem.what)
        self.action, self.code = QLabel(problem.action), QLabel(problem.code)
        self.title.setObjectName("startupTitle")
        self.what.setObjectName("startupWhat")
        self.action.setObjectName("startupAction")
        self.code.setProperty("tone", "faint")
        row = Arrangement.ROW
        self.leave = ActionButton(
            "startupClose", ButtonFace(_("Close the till"), icon="x", arrangement=row)
        )
        face = ButtonFace(
            problem.retry,
            icon="arrows-clockwise",
            kind=Kind.PRIMARY,
            arrangement=row,
        )
        self.retry = ActionButton("startupRetry", face)
        self.retry.setVisible(bool(problem.retry))
        self._lay_out()
        self.leave.clicked.connect(self.closed)
        self.retry.clicked.connect(self.retried)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout()
        for label in (self.mark, self.title, self.what, self.action, self.code):
            label.setWordWrap(True)
            self._column.addWidget(label)
        keys = QHBoxLayout()
        keys.addWidget(self.leave)
        keys.addWidget(self.retry)
        self._column.addSpacing(12)
        self._column.addLayout(keys)
        self._middle = QWidget()
        self._middle.setLayout(self._column)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._middle)
        across.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addLayout(across)
        whole.addStretch(3)

    def _take_sizes(self) -> None:
        now = theme()
        self._middle.setFixedWidth(now.px(640))
        self._column.setSpacing(now.px(16))
        self.mark.setPixmap(icon_pixmap("warning", now.colours.danger, now.px(56)))
        self.title.setFont(free_font(now, 30, 700))
        self.what.setFont(font(now, "h2", 400))
        self.action.setFont(font(now, "h2"))
        self.code.setFont(font(now, "cap"))
        for key in (self.leave, self.retry):
            key.set_size(72)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, try again with Enter."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._problem.retry:
                self.retried.emit()
        else:
            super().keyPressEvent(event)
