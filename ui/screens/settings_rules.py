"""The page of the shop's rules: returns, shifts, and what always needs two people."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from typing_extensions import override

from pos_app.i18n import _, plural
from ui.presenters.settings_rules_state import RulesView, TwoPeopleView
from ui.presenters.settings_state import SettingsState
from ui.screens.settings_fields import ChoiceField, Note, TextField
from ui.screens.settings_page import Page, scrolled
from ui.screens.settings_switch import Switch
from ui.theme.host import theme, theme_host
from ui.widgets.section_title import SectionTitle

#: Digits that days and amounts are typed with, separators included.
_DAYS_DIGITS, _AMOUNT_DIGITS = 4, 15


class RulesPage(Page):
    """What the shop decides for itself; in force at once, for every till screen."""

    def __init__(self) -> None:
        super().__init__("rules")
        self.days = {
            key: TextField(f"rule_{key}", _DAYS_DIGITS)
            for key in ("return_days", "no_receipt_days")
        }
        self.amounts = {
            key: TextField(f"rule_{key}", _AMOUNT_DIGITS)
            for key in ("float_minor", "difference_limit_minor")
        }
        self.switches = {
            key: Switch(f"rule_{key}")
            for key in ("refunds_to_original", "exchange_keeps_price")
        }
        self.scope = ChoiceField("rule_shift_scope")
        self.opening = ChoiceField("rule_shift_opening")
        self.scope_note = Note("ruleScopeNote")
        self.days_note = Note("ruleDaysNote")
        self.returns = SectionTitle("rulesReturns")
        self.shifts = SectionTitle("rulesShifts")
        self.two_people: dict[str, Switch] = {}
        self.two_note, self.roles = Note("twoPeopleNote"), Note("roleLimits")
        self.roles_title = SectionTitle("rulesRoles")
        self.action_rows = QVBoxLayout()
        self.more = QVBoxLayout()
        self._lay_out()
        for field in (*self.days.values(), *self.amounts.values()):
            field.changed.connect(self.changed)
        for choice in (self.scope, self.opening):
            choice.changed.connect(self.changed)
        for switch in self.switches.values():
            switch.changed.connect(self.changed)
        self._take_room()
        theme_host().changed.connect(self._take_room)

    def _lay_out(self) -> None:
        self._pairs = [QHBoxLayout(), QHBoxLayout()]
        for row, fields in zip(self._pairs, (self.days, self.amounts), strict=True):
            for field in fields.values():
                row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.add(self.returns)
        self.form.insertLayout(self.form.count() - 1, self._pairs[0])
        for part in (self.days_note, *self.switches.values()):
            self.add(part)
        for part in (self.shifts, self.scope, self.scope_note, self.opening):
            self.add(part)
        self.form.insertLayout(self.form.count() - 1, self._pairs[1])
        self.more.addWidget(self.two_note)
        self.more.addLayout(self.action_rows)
        self.more.addWidget(self.roles_title)
        self.more.addWidget(self.roles)
        self.right.body.addWidget(scrolled(self.more))

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the rules in force."""
        rules = state.rules
        self.show_title(state, _("Rules of the shop"), "scales")
        self.right.set_title(_("Always two people"), "users")
        self.returns.show_title(_("Returns and exchange"))
        self.shifts.show_title(_("Shifts and drawer"))
        self._show_returns(rules)
        self._show_shifts(rules)
        self._show_two_people(rules.two_people)
        self.roles_title.show_title(_("How far each role goes alone"))
        self.roles.setText("\n".join(rules.roles))
        typed = (*self.days.values(), *self.amounts.values())
        for field in (*typed, self.scope, self.opening):
            field.show_problem(state.problem_of(field.key))
            field.setEnabled(state.may_change)
        is_refused = bool(state.problem_of(self.scope.key))
        self.scope_note.setVisible(rules.open_shifts > 0 and not is_refused)
        for switch in (*self.switches.values(), *self.two_people.values()):
            switch.setEnabled(state.may_change)
        self._show_refused(state)

    def _show_returns(self, rules: RulesView) -> None:
        words = {
            "return_days": (_("Days with a receipt"), rules.return_days),
            "no_receipt_days": (
                _("Days without a receipt"),
                rules.no_receipt_days,
            ),
        }
        for key, (label, text) in words.items():
            self.days[key].retitle(label)
            self.days[key].show_text(text)
        self.days["return_days"].edit.setPlaceholderText(_("Any number"))
        self.days_note.setText(
            _("Goods without a receipt come back at the lowest price of these days.")
        )
        self._show_switch(
            "refunds_to_original",
            (
                _("Refund the way it was paid"),
                _("Any other way needs a permission of its own"),
            ),
            is_on=rules.refunds_to_original,
        )
        self._show_switch(
            "exchange_keeps_price",
            (
                _("Exchange keeps the price paid"),
                _("Another size or colour of the same item costs what was paid"),
            ),
            is_on=rules.exchange_keeps_price,
        )

    def _show_switch(self, key: str, words: tuple[str, str], *, is_on: bool) -> None:
        switch = self.switches[key]
        switch.retitle(*words)
        switch.setChecked(is_on)

    def _show_shifts(self, rules: RulesView) -> None:
        self.scope.offer(
            _("A shift is counted for"),
            [
                ("till", _("The till"), "cash-register"),
                ("cashier", _("Each cashier"), "user"),
            ],
        )
        self.scope.choice.show_chosen(rules.shift_scope)
        count = rules.open_shifts
        self.scope_note.setText(
            plural(
                "{count} shift is open; close it before this can change.",
                "{count} shifts are open; close them before this can change.",
                count,
            )
        )
        self.opening.offer(
            _("Opening a shift"),
            [
                ("ask", _("Count the float first"), ""),
                ("auto", _("Opens by itself"), ""),
            ],
        )
        self.opening.choice.show_chosen(rules.shift_opening)
        words = {
            "float_minor": (_("Usual float"), rules.float_text),
            "difference_limit_minor": (_("Difference limit"), rules.limit_text),
        }
        for key, (label, text) in words.items():
            self.amounts[key].retitle(f"{label} ({rules.symbol})")
            self.amounts[key].show_text(text)

    def _show_two_people(self, actions: tuple[TwoPeopleView, ...]) -> None:
        self.two_note.setText(
            _("Whoever does it, somebody else must agree. Selling never waits.")
        )
        if [view.key for view in actions] != list(self.two_people):
            self._make_switches(actions)
        for view in actions:
            self.two_people[view.key].retitle(view.words)
            self.two_people[view.key].setChecked(view.is_on)

    def _make_switches(self, actions: tuple[TwoPeopleView, ...]) -> None:
        for switch in self.two_people.values():
            switch.deleteLater()
        self.two_people = {view.key: Switch(view.key) for view in actions}
        for switch in self.two_people.values():
            switch.changed.connect(self.changed)
            self.action_rows.addWidget(switch)

    def _show_refused(self, state: SettingsState) -> None:
        """Say why a switch went back; a switch has no place for it of its own."""
        problems = [state.problem_of(key) for key in self.two_people]
        said = next(filter(None, problems), "")
        if said:
            self.two_note.setText(f"⊘ {said}")
        self.two_note.setProperty("tone", "danger" if said else "dim")
        self.two_note.style().polish(self.two_note)

    def _take_room(self) -> None:
        now = theme()
        for row in self._pairs:
            row.setSpacing(now.px(12))
        for column in (self.form, self.more):
            column.setContentsMargins(0, 0, now.px(10), 0)  # of the scroll bar
        self.action_rows.setSpacing(0)
        self.more.setSpacing(now.px(8))
