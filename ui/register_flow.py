"""Goods that nobody knows are registered at the counter and sold at once."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language
from pos_app.services.session import ApprovalNeeded
from pos_app.values.gs1.gtin import barcode_key, clean_code
from ui.feature import Feature
from ui.format import symbol_of
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords

if TYPE_CHECKING:
    from pos_app.services.new_item import ShortForm
    from ui.counter_flow import CounterFlow
    from ui.dialogs.pick_one import PickDialog
    from ui.dialogs.register import RegisterDialog
    from ui.presenters.workplace import Workplace


def _shelves(work: Workplace) -> list[tuple[str, str]]:
    """Return (id, words) of the categories; the list is loaded with the first form."""
    from ui.presenters.item_list import ItemList

    return ItemList(work).shelf_rows()


class RegisterFlow(Feature):
    """One short form over the ticket; the red line becomes what was registered."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._form: ShortForm | None = None
        self._problems: dict[str, str] = {}
        self._is_working = False
        flow.screens.sale.register_pressed.connect(self.ask)

    @property
    @override
    def is_shown(self) -> bool:
        return self.has_made("dialog") and self.dialog.isVisible()

    @cached_property
    def dialog(self) -> RegisterDialog:
        """The form; made when goods are first registered."""
        from ui.dialogs.register import RegisterDialog

        dialog = RegisterDialog(self.flow.window)
        dialog.typed.connect(self._on_typed)
        dialog.taken.connect(self._on_taken)
        dialog.category_pressed.connect(self._pick_category)
        return dialog

    @cached_property
    def picker(self) -> PickDialog:
        """The list of categories."""
        from ui.dialogs.pick_one import PickDialog

        return PickDialog(self.flow.window)

    def ask(self, line_id: str) -> None:
        """Open the form for a red line."""
        basket = self.flow.work.counter.sale.basket
        lines = basket.lines if basket else ()
        line = next((x for x in lines if x.line_id == line_id), None)
        if line is None or not line.is_unknown or self._is_working:
            return
        self._form = self.flow.work.counter.new_items.short(clean_code(line.scanned))
        self._problems = {}
        self.show()
        self.dialog.ask()

    @override
    def show(self) -> None:
        form = self._form
        if form is None:
            return
        work = self.flow.work
        rules = work.counter.desk.shop.rules
        shelves = dict(_shelves(work))
        words = shelves.get(form.category_id, _("Without a category")).strip()
        is_locked = work.counter.desk.needs_approval(Permission.ITEMS)
        self.dialog.show_form(
            form,
            [(x.key, x.name_in(current_language())) for x in rules.tax_categories],
            (words, symbol_of(work.currency).strip(), is_locked),
            self._problems,
        )

    @override
    def leave(self) -> None:
        for name in ("picker", "dialog"):
            if self.has_made(name):
                getattr(self, name).leave()
        self._form = None

    def _on_typed(self, key: str, value: object) -> None:
        if self._form is None:
            return
        field: dict[str, Any] = {key: value}
        self._form = replace(self._form, **field, allows_free=False)
        self._problems = {}
        self.show()

    def _pick_category(self) -> None:
        if self._form is None:
            return
        shelves = _shelves(self.flow.work)
        rows = [("", _("Without a category")), *shelves]

        def on_picked(key: str) -> None:
            self._on_typed("category_id", key)

        title = _("Which category?")
        self.picker.pick(title, rows, self._form.category_id, on_picked)

    def _on_taken(self) -> None:
        form = self._form
        if form is None or self._is_working:
            return
        words = ApprovalWords(title=form.name.strip(), after=form.price.strip())
        self.flow.with_approval(lambda: self._register(form), words)

    def _register(self, form: ShortForm) -> None:
        try:
            change = self.flow.work.counter.new_items.register(form)
        except ApprovalNeeded:
            raise
        except UserError as error:
            self._refuse(error)
            raise
        self._is_working = True
        task = self.flow.runner.run(self.flow.work.upkeep.catalog_change(change))
        task.then(self._on_stored)
        task.otherwise(self._on_refused).after_bug(self._on_stopped)

    def _refuse(self, error: GuitaiError) -> None:
        """Show why not; asked once more, goods may cost nothing."""
        field = str(error.params.get("field", "name"))
        if error.key == "price_zero_unconfirmed" and self._form is not None:
            self._form = replace(self._form, allows_free=True)
        self._problems = {field: explain(error, self.flow.work.currency).sentence}
        self.show()

    def _on_refused(self, error: GuitaiError) -> None:
        self._is_working = False
        self._refuse(error)
        self.flow.frame.refuse(error)

    def _on_stopped(self) -> None:
        self._is_working = False

    def _on_stored(self, _was_different: bool) -> None:
        """Give every red line of this barcode its goods."""
        form, self._is_working = self._form, False
        if form is None:
            return
        if self.has_made("dialog"):
            self.dialog.leave()
        self._form = None
        counter = self.flow.work.counter
        unit = counter.desk.catalog.unit(form.unit_id, counter.desk.clock.now())
        basket = counter.sale.basket
        if unit is None or basket is None:
            return
        key = barcode_key(form.code)
        try:
            for line in basket.lines:
                code = barcode_key(clean_code(line.scanned))
                if line.is_unknown and code == key:
                    counter.sale.resolve(line.line_id, unit)
        except GuitaiError as error:
            self.flow.frame.refuse(error)
        else:
            said = _("Registered and on the ticket: {name}", name=form.name.strip())
            self.flow.frame.say(said)
        self.flow.sale.refresh()
