"""What is done to a parked sale in the list: a name, its slip, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language, plural
from pos_app.services.park import NAME_LIMIT
from ui import tasks
from ui.dialogs.entry import NoteDialog
from ui.dialogs.void_sale import VoidSaleDialog
from ui.format import money
from ui.presenters.parked import ParkedPresenter
from ui.presenters.parked_words import title_of

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class ParkedActions(QObject):
    """Asks and carries the answers; the list itself stays."""

    def __init__(self, flow: CounterFlow, presenter: ParkedPresenter) -> None:
        super().__init__(flow)
        self._flow, self._presenter = flow, presenter
        self.naming = NoteDialog(flow.window)
        self.voiding = VoidSaleDialog(flow.window)
        self._asked = self._reason = self._text = ""
        self.naming.edit.setMaxLength(NAME_LIMIT)
        self.naming.noted.connect(self._on_named)
        self.voiding.confirmed.connect(self._on_void)

    def leave(self) -> None:
        """Close what is asked: the list is left."""
        for dialog in (self.naming, self.voiding):
            if dialog.isVisible():
                dialog.leave()

    def ask_name(self) -> None:
        """Ask for words to know the chosen sale by."""
        chosen = self._presenter.chosen
        if chosen is not None:
            self._asked = self._chosen
            self.naming.ask(f"#{chosen.short_number}", chosen.name)
            self.naming.title.setText(_("Name the parked sale"))
            self.naming.what.setText(_("What to know it by, such as: lady in white"))
            hint = _("Up to {count} characters", count=NAME_LIMIT)
            self.naming.edit.setPlaceholderText(hint)
            self.naming.save.retitle(_("Save the name"))

    def _on_named(self, text: str) -> None:
        self._text = text
        self._flow.with_approval(self._rename)

    def _rename(self) -> None:
        future = self._flow.work.counter.park.rename(self._asked, self._text)
        tasks.watch(future).then(self._on_changed).otherwise(self._on_refused)

    def print_slip(self) -> None:
        """Print the slip that brings the chosen sale back."""
        if self._presenter.chosen is not None:
            self._flow.with_approval(self._print)

    def _print(self) -> None:
        future = self._flow.work.counter.park.slips.print(self._chosen)
        tasks.watch(future).then(self._on_printed).otherwise(self._on_refused)

    def _on_printed(self, _job: object) -> None:
        self._flow.frame.look_at_print_jobs()
        self._flow.frame.say(_("The slip is on its way"))

    def ask_void(self) -> None:
        """Ask why the chosen sale is given up."""
        chosen = self._presenter.chosen
        if chosen is None:
            return
        self._asked = self._chosen
        language = current_language()
        reasons = self._flow.work.counter.desk.catalog.reasons("sale_void")
        words = [(reason.key, reason.name_in(language)) for reason in reasons]
        pieces = plural("{count} item", "{count} items", chosen.item_count)
        total = money(chosen.total_minor, self._flow.work.currency)
        self.voiding.ask(words, pieces, total)
        title = _("Void parked sale {sale}?", sale=title_of(chosen))
        self.voiding.title.setText(title)

    def _on_void(self, reason: str) -> None:
        self._reason = reason
        self._flow.with_approval(self._void)

    def _void(self) -> None:
        future = self._flow.work.counter.park.void(self._asked, self._reason)
        tasks.watch(future).then(self._on_voided).otherwise(self._on_refused)

    def _on_voided(self, _void: object) -> None:
        self._presenter.forget()
        self._flow.frame.say(_("The parked sale is voided"))

    @property
    def _chosen(self) -> str:
        chosen = self._presenter.chosen
        assert chosen is not None
        return chosen.sale.basket.basket_id

    def _on_changed(self, _done: object) -> None:
        self._presenter.forget()

    def _on_refused(self, error: GuitaiError) -> None:
        self._presenter.forget()
        self._flow.frame.refuse(error)
