"""The wizard's last pages: the recovery code, a first sale."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.setup_state import WizardState
from ui.screens.settings_fields import FactRows, Note
from ui.screens.setup_page import FormGrid, LiveField, SetupPage, card, scrolling
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.choice_card import ChoiceCard
from ui.widgets.code_groups import CodeGroups


class CodePage(SetupPage):
    """The code, large; a key that prints it; two groups to type back."""

    print_pressed = Signal()
    """The code is to be printed."""

    def __init__(self) -> None:
        super().__init__("code")
        self.groups = CodeGroups("recoveryCode")
        face = ButtonFace(icon="printer", arrangement=Arrangement.ROW)
        self.print = ActionButton("printCode", face)
        self.note, self.warning = Note("codeNote"), Note("codeWarning")
        self.fields = {
            key: LiveField(key, 12) for key in ("group_first", "group_second")
        }
        self.print.clicked.connect(self.print_pressed)
        for field in self.fields.values():
            field.changed.connect(self.typed)
        self._lay_out()
        self.take_sizes()

    def _lay_out(self) -> None:
        self._paper = QHBoxLayout()
        self._paper.addWidget(self.print, 1)
        self._paper.addWidget(self.note, 2)
        self._upper = QVBoxLayout()
        self._upper.addWidget(self.groups)
        self._upper.addLayout(self._paper)
        back = FormGrid()
        for field in self.fields.values():
            back.add(field)
        self._lower = QVBoxLayout()
        self._lower.addWidget(self.warning)
        self._lower.addWidget(back)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(card(self._upper))
        self._column.addWidget(card(self._lower))
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))

    @override
    def show_state(self, state: WizardState) -> None:
        """Show the code and what is asked of it."""
        code = state.code
        self.groups.show_groups(code.groups)
        # The picture of a virtual printer would lie on the disk for anybody.
        self.print.setVisible(state.draft.printer_kind != "virtual")
        self.print.retitle(_("Print the code"))
        self.print.set_available(
            not code.is_printing, _("Printing"), icon="circle-notch"
        )
        kept = _("Write it down by hand; it is shown here and never again.")
        if state.draft.printer_kind != "virtual":
            kept = _("Or write it down by hand. It is shown here and never again.")
        self.note.setText(code.print_note or kept)
        self.warning.setText(
            _("Now put it away, and type two of its groups back from the paper.")
        )
        for number, field in zip(code.asked, self.fields.values(), strict=True):
            field.retitle(_("Group {number}", number=number))
            field.show_problem(state.problem_of(field.key))

    def forget(self) -> None:
        """Empty the fields: another code is asked for."""
        for field in self.fields.values():
            field.edit.clear()

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        edge = now.px(18)
        for column in (self._upper, self._lower):
            column.setContentsMargins(edge, edge, edge, edge)
            column.setSpacing(now.px(14))
        self._paper.setSpacing(now.px(18))
        self._column.setSpacing(now.px(14))
        self.print.set_size(56)


class SalePage(SetupPage):
    """The shop is there; how the first sale goes, for practice or for real."""

    practise_pressed = Signal()
    """The first one shall not count."""

    def __init__(self) -> None:
        super().__init__("sale")
        self.facts = FactRows("shopMade")
        self.steps = [
            ChoiceCard(f"firstSale-{at}", icon, 88)
            for at, icon in enumerate(("barcode", "money-wavy", "receipt"))
        ]
        self.practise = ChoiceCard("practiseFirst", "graduation-cap", 76)
        self.practise.clicked.connect(self.practise_pressed)
        self._inside = QVBoxLayout()
        self._inside.addWidget(self.facts)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for step in self.steps:
            step.setEnabled(False)
            self._column.addWidget(step)
        self._column.addWidget(card(self._inside))
        self._column.addWidget(self.practise)
        self._column.addStretch(1)
        self.take_sizes()

    @override
    def show_state(self, state: WizardState) -> None:
        """Show how a sale goes, and what was made."""
        draft = state.draft
        first = (
            (
                _("1  Scan something, or press a tile"),
                _("It appears on the ticket with its price."),
            )
            if draft.goods != "empty"
            else (
                _("1  Add your first goods in the back office"),
                _("Name and price are enough."),
            )
        )
        words = (
            first,
            (
                _("2  Press the note you were given"),
                _("The change is on the key; the drawer opens."),
            ),
            (
                _("3  Give the receipt"),
                _("It prints by itself. The next scan is the next customer."),
            ),
        )
        for step, (title, detail) in zip(self.steps, words, strict=True):
            step.show_choice(title, detail)
        owner = draft.people[0]
        facts = [
            (_("Shop"), draft.shop_name.strip()),
            (_("Signed on"), f"{owner.name.strip()} · {owner.number.strip()}"),
        ]
        has_goods = draft.goods != "empty"
        if not has_goods:
            later = _("Training, in the back office")
            facts.append((_("Practise without consequences"), later))
        self.facts.show_rows(facts)
        self.practise.setVisible(has_goods)
        self.practise.show_choice(
            _("Practise this sale first"),
            _("It does not count; the real till opens behind it."),
        )

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        edge = now.px(18)
        self._inside.setContentsMargins(edge, now.px(6), edge, now.px(6))
        self._column.setSpacing(now.px(12))
