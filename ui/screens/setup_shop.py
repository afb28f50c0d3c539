"""The wizard's page of the shop: receipt head, taxes, day and till."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _, current_language
from pos_app.services.country_preset import in_language
from ui.presenters.setup_state import WizardState
from ui.screens.settings_fields import ChoiceField, Labelled
from ui.screens.setup_page import FormGrid, LiveField, SetupPage, card, scrolling
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.list_box import ListBox

_SCHEMES = 3


class CurrencyField(Labelled):
    """The currency, from a list."""

    def __init__(self, page: SetupPage) -> None:
        self.box = ListBox()
        self.box.setObjectName("box-currency")
        super().__init__("currency", self.box)
        self._page = page
        self.box.activated.connect(self._on_activated)

    def offer(self, codes: list[str], chosen: str) -> None:
        """Show the currencies and which one is chosen."""
        if [self.box.itemText(at) for at in range(self.box.count())] != codes:
            self.box.clear()
            self.box.addItems(codes)
        self.box.setCurrentText(chosen)

    def _on_activated(self, _place: int) -> None:
        self._page.changed.emit("currency", self.box.currentText())

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        super().take_sizes()
        self.box.setFont(font(theme(), "body"))


class ShopPage(SetupPage):
    """Name and address, taxes, the business day, the till's number."""

    def __init__(self) -> None:
        super().__init__("shop")
        keys = (
            "shop_name",
            "address",
            "phone",
            "tax_number",
            "tax_rate",
            "day_starts_at",
            "till",
            "time_zone",
        )
        self.fields = {key: LiveField(key) for key in keys}
        self.currency = CurrencyField(self)
        self.prices = ChoiceField("prices_include_tax")
        self.schemes = [ChoiceCard(f"taxScheme-{at}", "", 68) for at in range(_SCHEMES)]
        self._scheme_keys: list[str] = []
        for field in self.fields.values():
            field.changed.connect(self.changed)
        self.prices.changed.connect(self._on_prices)
        for choice in self.schemes:
            choice.clicked.connect(self._on_scheme)
        self._lay_out()
        self.take_sizes()

    def _lay_out(self) -> None:
        head = FormGrid()
        for key in ("shop_name", "tax_number", "address", "phone"):
            head.add(self.fields[key])
        money = FormGrid()
        for field in (self.currency, self.fields["time_zone"]):
            money.add(field)
        self._money = money
        taxes = FormGrid(_SCHEMES)
        for choice in self.schemes:
            taxes.add(choice)
        rate = FormGrid()
        rate.add(self.prices)
        rate.add(self.fields["tax_rate"])
        till = FormGrid()
        till.add(self.fields["day_starts_at"])
        till.add(self.fields["till"])
        self._inside = QVBoxLayout()
        for part in (head, money, taxes, rate, till):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card(self._inside))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    @override
    def show_state(self, state: WizardState) -> None:
        """Show the answers."""
        draft, preset = state.draft, state.draft.preset
        words = {
            "shop_name": _("Name on the receipt"),
            "address": _("Address"),
            "phone": _("Telephone"),
            "tax_number": _("Tax number (may be empty)"),
            "tax_rate": _("Tax rate, per cent"),
            "day_starts_at": _("A new business day begins at, hour 0–23"),
            "till": _("Number of this till"),
            "time_zone": _("Time zone"),
        }
        for key, field in self.fields.items():
            field.retitle(words[key])
            field.show_text(getattr(draft, key))
            field.show_problem(state.problem_of(key))
        self._show_taxes(state)
        self.currency.retitle(_("Currency"))
        self.currency.offer(list(preset.currencies), draft.money)
        self._money.setVisible(preset.asks_currency)
        self.prices.offer(
            _("Prices on the shelf"),
            [("yes", _("with tax"), ""), ("no", _("without tax"), "")],
        )
        self.prices.choice.show_chosen("yes" if draft.prices_include_tax else "no")

    def _show_taxes(self, state: WizardState) -> None:
        draft, preset = state.draft, state.draft.preset
        chosen, language = preset.scheme(draft.tax_scheme), current_language()
        self._scheme_keys = [scheme.key for scheme in preset.tax_schemes]
        for at, choice in enumerate(self.schemes):
            is_there = at < len(preset.tax_schemes)
            choice.setVisible(is_there)
            if is_there:
                scheme = preset.tax_schemes[at]
                title = in_language(scheme.names, language)
                detail = in_language(scheme.details, language)
                choice.show_choice(title, detail, is_chosen=scheme is chosen)
        self.fields["tax_rate"].setVisible(chosen.asks_rate)
        self.prices.setVisible(chosen.key != "none")

    def _on_scheme(self) -> None:
        sender = self.sender()
        for key, choice in zip(self._scheme_keys, self.schemes, strict=False):
            if choice is sender:
                self.changed.emit("tax_scheme", key)

    def _on_prices(self, key: str, chosen: object) -> None:
        self.changed.emit(key, chosen == "yes")

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        edge = theme().px(18)
        self._inside.setContentsMargins(edge, edge, edge, edge)
        self._inside.setSpacing(theme().px(14))
