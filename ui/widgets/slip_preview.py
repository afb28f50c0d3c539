"""Shows the slip as it was printed: the PNG of the layout on white paper."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.drawing import brush, pen
from ui.widgets.kinetic import make_kinetic
from ui.widgets.training_sign import training_sign

#: A slip is paper: white in the dark theme too.
_PAPER, _PAPER_EDGE = "#FFFFFF", "#C9D3D6"


#: The key for paper stands below the slip, not on it.
_KEY_HIGH = 52


class SlipPreview(QScrollArea):
    """A slip, scaled to at most its own size; long ones are thrown by finger."""

    def __init__(self, object_name: str = "slipPreview") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setAccessibleName(_("Slip"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._png = b""
        self._paper = _Paper()
        self.setWidget(self._paper)
        self._on_paper = ActionButton("slipOnPaper", ButtonFace(), self)
        self._on_paper.clicked.connect(self._ask_for_paper)
        theme_host().changed.connect(self._fit)
        training_sign().changed.connect(self._offer_paper)
        make_kinetic(self)
        self._offer_paper()

    def show_slip(self, png: bytes) -> None:
        """Show another slip; b"" shows nothing.

        Args:
            png: the picture that the slip's layout was drawn to.
        """
        if png == self._png:
            return
        self._png = png
        picture = QPixmap()
        if png:
            picture.loadFromData(png)
        self._paper.picture = picture
        self._fit()
        self._offer_paper()
        self.verticalScrollBar().setValue(0)

    def _offer_paper(self) -> None:
        """In training a slip goes to the printer only where somebody wants it."""
        is_offered = training_sign().is_on and bool(self._png)
        self._on_paper.setVisible(is_offered)
        room = theme().px(_KEY_HIGH + 16) if is_offered else 0
        self.setViewportMargins(0, 0, 0, room)
        if not self._on_paper.isHidden():
            row = Arrangement.ROW
            face = ButtonFace(_("Print on paper"), icon="printer", arrangement=row)
            self._on_paper.set_face(face)
            self._place_key()

    def _ask_for_paper(self) -> None:
        training_sign().paper_wanted.emit(self._png)

    def _place_key(self) -> None:
        now = theme()
        wide, high = now.px(176), now.px(_KEY_HIGH)
        left = self.width() - wide - now.px(8)
        self._on_paper.setGeometry(left, self.height() - high - now.px(8), wide, high)
        self._on_paper.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scale the slip to the new width."""
        super().resizeEvent(event)
        self._fit()
        self._place_key()

    def _fit(self) -> None:
        picture = self._paper.picture
        self._paper.setVisible(not picture.isNull())
        if picture.isNull():
            return
        margin = theme().px(14)
        # A printed 80 mm slip is 576 dots; on the screen 300 px read like paper.
        width = min(self.viewport().width(), theme().px(322))
        inner = width - 2 * margin
        height = max(1, round(picture.height() * inner / max(1, picture.width())))
        self._paper.margin = margin
        self._paper.resize(QSize(width, height + 2 * margin))
        self._paper.update()


class _Paper(QWidget):
    """Paints paper and slip; scales once per size."""

    def __init__(self) -> None:
        super().__init__()
        self.picture = QPixmap()
        self.margin = 0
        self._scaled = QPixmap()
        self._scaled_of: tuple[int, int, int] = (0, 0, 0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the slip."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(_PAPER))
            painter.setPen(pen(_PAPER_EDGE))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            inner = self.rect().adjusted(
                self.margin, self.margin, -self.margin, -self.margin
            )
            painter.drawPixmap(inner.topLeft(), self._fitted(inner))

    def _fitted(self, inner: QRect) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (self.picture.cacheKey(), inner.width(), round(ratio * 100))
        if key != self._scaled_of:
            size = QSize(round(inner.width() * ratio), round(inner.height() * ratio))
            smooth = Qt.TransformationMode.SmoothTransformation
            keep = Qt.AspectRatioMode.IgnoreAspectRatio
            self._scaled = self.picture.scaled(size, keep, smooth)
            self._scaled.setDevicePixelRatio(ratio)
            self._scaled_of = key
        return self._scaled
