"""The wizard's first pages: what to do here, the sample shop, language and country."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout
from typing_extensions import override

from pos_app.i18n import LANGUAGES, _, current_language
from pos_app.services.country_preset import COUNTRIES, country_preset, in_language
from ui.presenters.setup_state import WizardPage, WizardState
from ui.screens.settings_fields import ChoiceField, FactRows, Note
from ui.screens.settings_pages import LANGUAGE_NAMES
from ui.screens.setup_page import SetupPage, card
from ui.theme.host import theme
from ui.widgets.choice_card import ChoiceCard

_WAYS = {
    WizardPage.STEPS: "storefront",
    WizardPage.DEMO: "sparkle",
    WizardPage.RESTORE: "clock-clockwise",
}


class WelcomePage(SetupPage):
    """A new shop, the sample shop, or a shop brought back."""

    chosen = Signal(str)
    """A way was chosen: the page it leads to."""

    def __init__(self) -> None:
        super().__init__("welcome")
        self.language = ChoiceField("language")
        self.language.changed.connect(self.changed)
        self.ways = {
            page: ChoiceCard(f"way-{page.value}", icon, 104)
            for page, icon in _WAYS.items()
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.language)
        for way in self.ways.values():
            way.clicked.connect(self._on_way)
            self._column.addWidget(way)
        self._column.addStretch(1)
        self.take_sizes()

    @override
    def show_state(self, state: WizardState) -> None:
        """Show the three ways."""
        self.language.offer(
            "Language · 语言 · 語言", [(x, LANGUAGE_NAMES[x], "") for x in LANGUAGES]
        )
        self.language.choice.show_chosen(state.draft.language)
        began = _("What was typed is still there; go on where it was left.")
        words = {
            WizardPage.STEPS: (
                _("Go on setting up the shop")
                if state.has_draft
                else _("Set up a new shop"),
                began if state.has_draft else _("About six minutes, then it sells."),
            ),
            WizardPage.DEMO: (
                _("Look around in the sample shop"),
                _("Everything works and nothing counts."),
            ),
            WizardPage.RESTORE: (
                _("Bring a shop back"),
                _("From a backup or a second place, with its recovery code."),
            ),
        }
        for page, way in self.ways.items():
            way.show_choice(*words[page])

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        self._column.setSpacing(theme().px(14))

    def _on_way(self) -> None:
        sender = self.sender()
        for page, way in self.ways.items():
            if way is sender:
                self.chosen.emit(page.value)


class DemoPage(SetupPage):
    """Who works in the sample shop, and with which PIN."""

    def __init__(self) -> None:
        super().__init__("demo")
        self.note = Note("demoNote")
        self.people = FactRows("demoPeople")
        self._inside = QVBoxLayout()
        self._inside.addWidget(self.note)
        self._inside.addWidget(self.people)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(card(self._inside))
        self._column.addStretch(1)
        self.take_sizes()

    @override
    def show_state(self, state: WizardState) -> None:
        """Show the people."""
        self.note.setText(
            _("Sign on as one of these people; the PIN stands beside them.")
        )
        self.people.show_rows(
            [(f"{x.number}  {x.name}", f"PIN {x.pin}") for x in state.samples]
        )

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        edge = theme().px(18)
        self._inside.setContentsMargins(edge, edge, edge, edge)
        self._inside.setSpacing(theme().px(12))


class LanguagePage(SetupPage):
    """The language of the screen, and the country of the shop."""

    def __init__(self) -> None:
        super().__init__("language")
        self.language = ChoiceField("language")
        self.language.changed.connect(self.changed)
        icons = {"CN": "buildings", "TW": "buildings", "OTHER": "map-pin"}
        self.countries = {
            key: ChoiceCard(f"country-{key}", icons[key], 92) for key in COUNTRIES
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.language)
        for choice in self.countries.values():
            choice.clicked.connect(self._on_country)
            self._column.addWidget(choice)
        self._column.addStretch(1)
        self.take_sizes()

    @override
    def show_state(self, state: WizardState) -> None:
        """Show what is chosen."""
        tags = [(x, LANGUAGE_NAMES[x], "") for x in LANGUAGES]
        self.language.offer(_("Language of the screen"), tags)
        self.language.choice.show_chosen(state.draft.language)
        language = current_language()
        for key, choice in self.countries.items():
            preset = country_preset(key)
            choice.show_choice(
                in_language(preset.names, language),
                in_language(preset.details, language),
                is_chosen=key == state.draft.country,
            )

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        self._column.setSpacing(theme().px(14))

    def _on_country(self) -> None:
        sender = self.sender()
        for key, choice in self.countries.items():
            if choice is sender:
                self.changed.emit("country", key)
