"""The keys of an errand, in the places of the sale's own."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.presenters.errand_state import ErrandView, KeyView
from ui.screens.pay_column import PayColumn
from ui.screens.ticket_column import TicketColumn
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

_LINE_KEYS = 3


class ErrandKeys(QObject):
    """Lends places of the sale screen to an errand, and gives them back."""

    pressed = Signal(str)
    """A key of the errand; its key."""

    def __init__(
        self,
        ticket: TicketColumn,
        pay: PayColumn,
        pay_keys: tuple[ActionButton, ActionButton],
    ) -> None:
        super().__init__(pay)
        self._pay, self._pay_keys = pay, pay_keys
        self._ticket = ticket
        self._own = [key.face for key in (*pay_keys, pay.main)]
        self._line_keys = tuple(
            ActionButton(f"errandLine{number + 1}", ButtonFace())
            for number in range(_LINE_KEYS)
        )
        ticket.lend_row(self._line_keys)
        self._shown: ErrandView | None = None
        for key in (*self._line_keys, *pay_keys, pay.main):
            key.clicked.connect(self._on_clicked)

    @property
    def shown(self) -> ErrandView | None:
        """The errand whose keys are shown; None for the sale's own."""
        return self._shown

    def show_errand(self, errand: ErrandView | None) -> None:
        """Show the keys of an errand, or the sale's own again."""
        was, self._shown = self._shown, errand
        if errand is None:
            if was is not None:
                self._give_back()
            return
        self._ticket.show_lent(is_lent=bool(errand.line_keys))
        self._fill(self._line_keys, errand.line_keys, Arrangement.STACK)
        self._fill(self._pay_keys, errand.pay_keys, Arrangement.ROW)
        face = _face(errand.main, Arrangement.ROW, self._own[-1])
        self._pay.main.set_face(face)
        main = errand.main
        self._pay.main.set_available(main.is_available, main.reason, main.detail)

    def _give_back(self) -> None:
        self._ticket.show_lent(is_lent=False)
        for key, face in zip((*self._pay_keys, self._pay.main), self._own, strict=True):
            key.set_face(face)
            key.set_selected(False)
            key.set_available(True)

    def _fill(
        self,
        places: tuple[ActionButton, ...],
        views: tuple[KeyView, ...],
        arrangement: Arrangement,
    ) -> None:
        for number, place in enumerate(places):
            is_used = number < len(views)
            place.setVisible(is_used)
            if is_used:
                view = views[number]
                place.set_face(_face(view, arrangement, ButtonFace()))
                place.set_available(view.is_available, view.reason, view.detail)
                place.set_selected(view.is_selected)

    def _on_clicked(self) -> None:
        errand, sender = self._shown, self.sender()
        if errand is None:
            return
        if isinstance(sender, ActionButton) and sender.isCheckable():
            sender.setChecked(True)  # only the presenter decides what is chosen
        if sender is self._pay.main:
            self.pressed.emit(errand.main.key)
            return
        for places, views in (
            (self._line_keys, errand.line_keys),
            (self._pay_keys, errand.pay_keys),
        ):
            if sender in places:
                assert isinstance(sender, ActionButton)
                self.pressed.emit(views[places.index(sender)].key)


def _face(view: KeyView, arrangement: Arrangement, own: ButtonFace) -> ButtonFace:
    is_main = own.kind is Kind.PRIMARY
    plain = Kind.DANGER_QUIET if view.is_danger else Kind.PLAIN
    return ButtonFace(
        title=view.title,
        subtitle=view.subtitle,
        icon=view.icon,
        hint=view.hint,
        kind=own.kind if is_main else plain,
        arrangement=arrangement,
        trailing_icon="lock-key" if view.is_locked else "",
        text_role=own.text_role if is_main else "label",
    )
