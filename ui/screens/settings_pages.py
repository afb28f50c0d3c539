"""The plain pages of the settings: shop, language, look, sale."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

from typing_extensions import override

from pos_app.i18n import LANGUAGES, _
from ui.format import clock_text, day_text, money, quantity
from ui.presenters.settings_state import SettingsState
from ui.screens.note_choice import NoteChoice
from ui.screens.settings_fields import ChoiceField, FactRows, Note, TextField
from ui.screens.settings_page import Page
from ui.screens.settings_switch import Switch

LANGUAGE_NAMES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English"}
LOCK_MINUTES = (0, 5, 10, 30, 60)


class ShopPage(Page):
    """What stands on every slip."""

    def __init__(self) -> None:
        super().__init__("shop")
        keys = ("name", "address", "phone", "tax_number", "footer")
        self.fields = {key: TextField(f"shop_{key}") for key in keys}
        for field in self.fields.values():
            field.changed.connect(self.changed)
            self.add(field)
        self.facts = FactRows("shopFacts")
        self.note = Note("shopNote")
        self.right.body.addWidget(self.facts)
        self.right.body.addWidget(self.note)
        self.right.body.addStretch(1)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the shop."""
        shop = state.shop
        self.show_title(state, _("Shop"), "storefront")
        self.right.set_title(_("Fixed for this shop"))
        words = {
            "name": (_("Name on the slip"), shop.name),
            "address": (_("Address"), shop.address),
            "phone": (_("Telephone"), shop.phone),
            "tax_number": (_("Tax number"), shop.tax_number),
            "footer": (_("Words at the end of the slip"), shop.footer),
        }
        for key, (label, text) in words.items():
            field = self.fields[key]
            field.retitle(label)
            field.show_text(text)
            field.show_problem(state.problem_of(field.key))
            field.setEnabled(state.may_change)
        self.facts.show_rows(shop.facts)
        self.note.setText(
            _("These were set when the shop was opened; finished sales rest on them.")
        )


class LanguagePage(Page):
    """The language of the screen and of the slip."""

    def __init__(self) -> None:
        super().__init__("language")
        self.shown = ChoiceField("language")
        self.slip = ChoiceField("slip_language")
        self.note = Note("languageNote")
        for field in (self.shown, self.slip):
            field.changed.connect(self.changed)
            self.add(field)
        self.add(self.note)
        self.sample = FactRows("languageSample")
        self.right.body.addWidget(self.sample)
        self.right.body.addStretch(1)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the languages."""
        self.show_title(state, _("Language"), "translate")
        self.right.set_title(_("How it reads"))
        tags = [(tag, LANGUAGE_NAMES[tag], "") for tag in LANGUAGES]
        self.shown.offer(_("Screen"), tags)
        self.shown.choice.show_chosen(state.language)
        self.slip.offer(_("Slip"), [("", _("As the shop"), ""), *tags])
        self.slip.choice.show_chosen(state.slip_language)
        for field in (self.shown, self.slip):
            field.setEnabled(state.may_change)
        self.note.setText(_("Each cashier may choose another language at sign-on."))
        currency = "TWD" if state.language == "zh-TW" else "CNY"
        self.sample.show_rows(
            (
                (_("Day"), day_text(date(2026, 11, 21), state.language)),
                (_("Time"), clock_text(time(14, 32))),
                (_("Amount"), money(128400, currency)),
                (_("Weight"), quantity(Decimal("0.382"), "kg")),
            )
        )


class SalePage(Page):
    """How the sale screen behaves."""

    def __init__(self) -> None:
        super().__init__("sale")
        keys = (
            "merge_same_items",
            "one_tap_cash",
            "block_expired",
            "print_slips",
            "print_parked_slips",
        )
        self.switches = {key: Switch(key) for key in keys}
        for switch in self.switches.values():
            switch.changed.connect(self.changed)
            self.add(switch)
        self.lock = ChoiceField("auto_lock_minutes")
        self.lock.changed.connect(self._on_lock)
        self.add(self.lock)
        self.note = Note("saleNote")
        self.notes = NoteChoice("quick_notes")
        self.notes.changed.connect(self.changed)
        self.right.body.addWidget(self.note)
        self.right.body.addWidget(self.notes)
        self.right.body.addStretch(1)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the behaviour."""
        self.show_title(state, _("Selling"), "cash-register")
        self.right.set_title(_("What this means"))
        words = {
            "merge_same_items": (
                _("Merge the same items"),
                _("Scanning an item again raises its line instead of adding one"),
                state.merge_same_items,
            ),
            "one_tap_cash": (
                _("One-tap cash"),
                _("Keys with the notes at hand; one touch pays and opens the drawer"),
                state.one_tap_cash,
            ),
            "block_expired": (
                _("Stop expired goods"),
                _("By the date in their code; a manager can still let them be sold"),
                state.block_expired,
            ),
            "print_slips": (
                _("Print every slip"),
                _("Off: only when the customer asks; the sale is kept all the same"),
                state.print_slips,
            ),
            "print_parked_slips": (
                _("Print a slip for each parked sale"),
                _("Scanning it brings the sale back; it is no receipt"),
                state.print_parked_slips,
            ),
        }
        for key, (title, detail, is_on) in words.items():
            self.switches[key].retitle(title, detail)
            self.switches[key].setChecked(is_on)
            self.switches[key].setEnabled(state.may_change)
        self._show_lock(state)
        self.notes.show_notes(_("Notes on the cash keys"), state.quick_notes)
        self.notes.setEnabled(state.may_change)
        self.note.setText(
            _(
                "A lock keeps the basket as it is. Whoever signs on next goes on with it."
            )
        )

    def _show_lock(self, state: SettingsState) -> None:
        names = [
            (str(x), _("{count} min", count=x) if x else _("Never"), "")
            for x in LOCK_MINUTES
        ]
        self.lock.offer(_("Lock when nobody touches the till for"), names)
        self.lock.choice.show_chosen(str(state.auto_lock_minutes))
        self.lock.setEnabled(state.may_change)
        self.lock.show_problem(state.problem_of("auto_lock_minutes"))

    def _on_lock(self, key: str, minutes: object) -> None:
        self.changed.emit(key, int(str(minutes)))
