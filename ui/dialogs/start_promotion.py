"""When a promotion starts: now or at a moment, for good or for a while."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.dialogs.dialog import Dialog, DialogText
from ui.dialogs.period_fields import PeriodFields
from ui.presenters.new_price import NewPriceText
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind


class StartPromotionDialog(Dialog):
    """Two choices with a moment each."""

    confirmed = Signal(object)
    """The moments, a `NewPriceText` without a price."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, "startPromotionDialog", "clock", width=620)
        self.cover_all()
        self.what = DialogText("startPromotionWhat")
        self.period = PeriodFields(
            ("promotionBegins", "promotionEnds"),
            ("promotionStart", "promotionEnd"),
            self._show,
        )
        self.note = DialogText("startPromotionNote", "cap", "dim")
        face = ButtonFace(
            icon="check", kind=Kind.PRIMARY, arrangement=Arrangement.ROW, hint="Enter"
        )
        self.go = ActionButton("startPromotionGo", face)
        self.go.set_size(64)
        for part in (self.what, *self.period.rows, self.note):
            self.body.addWidget(part)
        self.key_row.addWidget(self.go)
        self.go.clicked.connect(self._on_go)

    @property
    def text(self) -> NewPriceText:
        """The form as it stands."""
        return self.period.text()

    def ask(self, name: str, text: NewPriceText) -> None:
        """Open.

        Args:
            name: of the promotion.
            text: what the form begins with.
        """
        self.title.setText(_("When does it start?"))
        self.what.setText(name)
        self.period.show_text(text, _("Until somebody stops it"), _("Until a moment"))
        self.go.retitle(_("Start the promotion"))
        self._show()
        self.open()

    def show_problem(self, words: str) -> None:
        """Say why it was refused, and stay open."""
        self._say(f"⊘ {words}", "danger")

    def _show(self, _what: object = None) -> None:
        self.period.show_moments()
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
