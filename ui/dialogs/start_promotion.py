"""When a promotion starts: now or at a moment, for good or for a while."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.presenters.new_price import NewPriceText
from ui.screens.segmented_choice import SegmentedChoice
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.moment_field import MomentField


class StartPromotionDialog(Dialog):
    """Two choices with a moment each."""

    confirmed = Signal(object)
    """The moments, a `NewPriceText` without a price."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "startPromotionDialog", "clock", width=620)
        self.cover_all()
        self.what = DialogText("startPromotionWhat")
        self.begins = SegmentedChoice("promotionBegins")
        self.ends = SegmentedChoice("promotionEnds")
        self.start = MomentField("promotionStart")
        self.end = MomentField("promotionEnd")
        self.note = DialogText("startPromotionNote", "cap", "dim")
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.go = ActionButton("startPromotionGo", face)
        self.go.set_size(64)
        for part in (
            self.what, self.begins, self.start, self.ends, self.end, self.note,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.key_row.addWidget(self.go)
        for choice in (self.begins, self.ends):
            choice.chosen.connect(self._show)
        self.go.clicked.connect(self._on_go)

    @property
    def text(self) -> NewPriceText:
        """The form as it stands."""
        return NewPriceText(
            is_now=self.begins.chosen_key == "now",
            is_open=self.ends.chosen_key == "open",
            start_day=self.start.day.text(),
            start_time=self.start.time.text(),
            end_day=self.end.day.text(),
            end_time=self.end.time.text(),
        )

    def ask(self, name: str, text: NewPriceText) -> None:
        """Open.

        Args:
            name: of the promotion.
            text: what the form begins with.
        """
        self.title.setText(_("When does it start?"))
        self.what.setText(name)
        self.begins.set_choices(
            [("now", _("From now on"), ""), ("later", _("From a moment on"), "")]
        )
        self.ends.set_choices(
            [
                ("open", _("Until somebody stops it"), ""),
                ("until", _("Until a moment"), ""),
            ]
        )
        self.begins.show_chosen("now")
        self.ends.show_chosen("open")
        self.start.show_moment(_("Begins"), text.start_day, text.start_time)
        self.end.show_moment(_("Ends"), text.end_day, text.end_time)
        self.go.retitle(_("Start the promotion"))
        self._show()
        self.open()

    def show_problem(self, words: str) -> None:
        """Say why it was refused, and stay open."""
        self._say(f"⊘ {words}", "danger")

    def _show(self, _what: object = None) -> None:
        self.start.setVisible(self.begins.chosen_key == "later")
        self.end.setVisible(self.ends.chosen_key == "until")
        self._say(_("An open basket keeps the promotions it began with."), "dim")

    def _say(self, words: str, tone: str) -> None:
        self.note.setText(words)
        self.note.setProperty("tone", tone)
        self.note.style().polish(self.note)

    def _on_go(self) -> None:
        self.confirmed.emit(self.text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Start with Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._on_go()
            event.accept()
            return
        super().keyPressEvent(event)
