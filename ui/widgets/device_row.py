"""A device of the wizard: icon, name, one sentence; how its trial stands, keys."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.setup_state import Stage, TrialView
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, font, metrics
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import draw_icon, draw_text, fill_round, hairline, text_width
from ui.widgets.themed import ThemedWidget

_ROW = 88


class DeviceRow(ThemedWidget):
    """Paints icon, words and verdict; its keys stand at the right end."""

    pressed = Signal(str)
    """A key was pressed; its key, such as "try", "right", "garbled", "nothing"."""

    def __init__(self, key: str, icon: str, answers: tuple[str, ...]) -> None:
        super().__init__(f"device-{key}")
        self._icon, self._title = icon, ""
        self._view = TrialView(Stage.IDLE, "")
        self.keys = {
            name: ActionButton(
                f"device-{key}-{name}",
                ButtonFace(
                    arrangement=Arrangement.ROW,
                    kind=Kind.PRIMARY if name == "right" else Kind.PLAIN,
                ),
                self,
            )
            for name in ("try", *answers)
        }
        self._answers = answers
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        for name, button in self.keys.items():
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.setProperty("answer", name)
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
        self.on_theme_changed()

    def show_trial(self, title: str, view: TrialView, words: dict[str, str]) -> None:
        """Show how the trial stands; `words` names the keys, "" for none."""
        self._title, self._view = title, view
        asks = view.stage is Stage.ASK
        again = view.stage in {Stage.PASSED, Stage.FAILED}
        for name, button in self.keys.items():
            text = words.get(name, "")
            if name == "try":
                text = (_("Try again") if again else text) if text else ""
                button.set_face(
                    ButtonFace(
                        text,
                        kind=Kind.LINK if view.stage is Stage.PASSED else Kind.PLAIN,
                        arrangement=Arrangement.ROW,
                    )
                )
                button.setEnabled(view.stage is not Stage.BUSY)
            else:
                button.retitle(text)
            button.setVisible(bool(text) and asks is (name in self._answers))
        self.setAccessibleName(f"{title}: {self._verdict()} {view.detail}")
        self.on_theme_changed()

    @override
    def design_height(self) -> float:
        """Return the height of a row."""
        return _ROW

    @override
    def on_theme_changed(self) -> None:
        """Give each key the room that its words need."""
        now = theme()
        self._row.setContentsMargins(0, 0, now.px(14), 0)
        self._row.setSpacing(now.px(8))
        for button in self.keys.values():
            words = text_width(button.face.title, font(now, "label", SEMIBOLD))
            flat = button.face.kind is Kind.LINK
            least = (words + now.px(12 if flat else 32)) / now.scale
            button.set_size(56, max(48, least))
        super().on_theme_changed()

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, ActionButton)
        self.pressed.emit(str(sender.property("answer")))

    def _verdict(self) -> str:
        return {
            Stage.PASSED: _("Passed"),
            Stage.FAILED: _("Not yet"),
            Stage.BUSY: _("Trying"),
        }.get(self._view.stage, "")

    def _keys_left(self) -> int:
        shown = [x.x() for x in self.keys.values() if not x.isHidden()]
        return min(shown, default=self.width() - theme().px(14))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, words and verdict."""
        shown = event.rect()
        now, c, stage = theme(), theme().colours, self._view.stage
        with QPainter(self) as painter:
            hairline(painter, QRect(0, self.height() - 1, self.width(), 1), c.line)
            edge = now.px(56)
            tile = QRect(now.px(18), (self.height() - edge) // 2, edge, edge)
            fill, ink = {
                Stage.PASSED: (c.primarysoft, c.primaryink),
                Stage.ASK: (c.infosoft, c.info),
                Stage.BUSY: (c.infosoft, c.info),
                Stage.FAILED: (c.dangersoft, c.danger),
            }.get(stage, (c.sunken, c.ink2))
            fill_round(painter, tile, now.radius("card"), fill)
            pad = now.px(13)
            draw_icon(painter, self._icon, ink, tile.adjusted(pad, pad, -pad, -pad))
            right = self._paint_verdict(painter, self._keys_left())
            left = tile.right() + now.px(20)
            room = QRect(left, 0, right - left, self.height())
            self._paint_words(painter, room, shown)

    def _paint_verdict(self, painter: QPainter, right: int) -> int:
        """Paint the verdict before the keys; return where it begins."""
        now, c = theme(), theme().colours
        words = self._verdict()
        right -= now.px(8)
        if not words:
            return right
        mark = {Stage.PASSED: "check-circle-fill", Stage.FAILED: "warning-circle-fill"}
        ink = {Stage.PASSED: c.primaryink, Stage.FAILED: c.danger}
        shade = ink.get(self._view.stage, c.info)
        used = font(now, "name", BOLD)
        wide, edge = text_width(words, used), now.px(24)
        left = right - wide - edge - now.px(8)
        icon = mark.get(self._view.stage, "circle-notch")
        draw_icon(painter, icon, shade, QRect(left, 0, edge, self.height()))
        place = QRect(right - wide, 0, wide, self.height())
        draw_text(painter, place, words, (used, shade))
        return left - now.px(12)

    def _paint_words(self, painter: QPainter, area: QRect, shown: QRect) -> None:
        """Paint both lines, each only where it can be seen."""
        now, c = theme(), theme().colours
        title, plain = font(now, "name", BOLD), font(now, "cap", REGULAR)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
        flags = wrap | Qt.AlignmentFlag.AlignTop
        above = metrics(title).lineSpacing()
        room = QRect(area.x(), 0, area.width(), self.height() - above)
        below = min(
            metrics(plain).boundingRect(room, flags, self._view.detail).height(),
            self.height() - above,
        )
        top = (self.height() - above - below) // 2
        upper = QRect(area.x(), top, area.width(), above)
        if upper.intersects(shown):
            draw_text(painter, upper, self._title, (title, c.ink))
        painter.setFont(plain)
        painter.setPen(c.ink2)
        lower = QRect(area.x(), top + above, area.width(), below)
        if shown.contains(lower.center()):
            painter.drawText(lower, flags, self._view.detail)
