"""The page of wallets and gift cards: a list with a search, and one account."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.value_office import ValueOfficeState
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_form import OfficeFormPage
from ui.screens.office_stock_list import GoodsSearchBox


class ValueSearchBox(GoodsSearchBox):
    """The search box with the words of stored value."""

    @override
    def hints(self) -> tuple[str, ...]:
        return (
            _("Last four signs, a gift card's code, or a member"),
            _("Card or member"),
        )


class ValueOfficePage(BackOfficePage):
    """Shows the accounts and the one that is open."""

    def __init__(self) -> None:
        super().__init__("value")
        self.form = OfficeFormPage("valueForm")
        self.form.views.hide()
        self.search = ValueSearchBox("valueSearch", "valueSearch")
        self.form.list_card.body.insertWidget(0, self.search)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.form)

    @override
    def show_state(self, state: object) -> None:
        """Show the part's state."""
        assert isinstance(state, ValueOfficeState)
        self.search.show_text(state.search)
        self.form.show_state(state.form)

    @override
    def retranslate(self) -> None:
        """Read all words anew."""
        self.search.retranslate()
