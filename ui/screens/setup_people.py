"""The wizard's page of people: the owner first, each with a PIN typed twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _, current_language
from pos_app.services.country_preset import common_preset, in_language
from pos_app.services.setup_draft import DraftPerson
from ui.presenters.setup_state import WizardState
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import Note
from ui.screens.setup_page import FormGrid, LiveField, SetupPage, scrolling
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind

_PIN_LIMIT = 8


class PersonCard(QFrame):
    """One person: name, number, role, PIN and once more."""

    changed = Signal(int, str, str)
    """Place, field ("name", "number", "role") and what was typed or chosen."""
    pin_typed = Signal(int, str, str)
    """Place, PIN and its repetition."""
    removed = Signal(int)
    """The person does not work here after all; the place."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place
        self.setProperty("card", "true")
        self.setObjectName(f"person-{place}")
        self.title = QLabel()
        face = ButtonFace(
            icon="user-minus", kind=Kind.LINK, arrangement=Arrangement.ROW
        )
        self.remove = ActionButton(f"removePerson-{place}", face)
        self.name = LiveField(f"person-{place}-name", 60)
        self.number = LiveField(f"person-{place}-number", 6)
        self.pin = LiveField(f"person-{place}-pin", _PIN_LIMIT, is_secret=True)
        self.again = LiveField(f"person-{place}-again", _PIN_LIMIT, is_secret=True)
        self.role = SegmentedChoice(f"person-{place}-role")
        self.name.changed.connect(self._on_name)
        self.number.changed.connect(self._on_number)
        self.pin.changed.connect(self._on_pin)
        self.again.changed.connect(self._on_pin)
        self.role.chosen.connect(self._on_role)
        self.remove.clicked.connect(self._on_remove)
        self._lay_out()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove)
        fields = FormGrid(4)
        for field in (self.name, self.number, self.pin, self.again):
            fields.add(field)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(fields)
        self._column.addWidget(self.role)

    def show_person(self, person: DraftPerson, state: WizardState) -> None:
        """Show the answers and what is wrong with them."""
        is_owner = self.place == 0
        owner = _("Owner: may do everything, also in the back office")
        self.title.setText(
            owner if is_owner else person.name.strip() or _("Somebody new")
        )
        self.remove.retitle(_("Remove"))
        self.remove.setVisible(not is_owner)
        self.name.retitle(_("Name"))
        self.name.show_text(person.name)
        self.number.retitle(_("Staff number"))
        self.number.show_text(person.number)
        self.pin.retitle(_("PIN, 4 to 8 digits"))
        self.again.retitle(_("PIN once more"))
        for field in (self.name, self.number, self.pin):
            field.show_problem(state.problem_of(field.key))
        language = current_language()
        roles = [
            (role.key, in_language(role.names, language), "")
            for role in common_preset().roles
        ]
        self.role.set_choices(roles)
        self.role.show_chosen(person.role)
        self.role.setVisible(not is_owner)

    def show_pins(self, pins: tuple[str, str]) -> None:
        """Show PINs that were typed before, as dots."""
        self.pin.show_text(pins[0])
        self.again.show_text(pins[1])

    def _on_name(self, _key: str, text: object) -> None:
        self.changed.emit(self.place, "name", str(text))

    def _on_number(self, _key: str, text: object) -> None:
        self.changed.emit(self.place, "number", str(text))

    def _on_role(self, role: str) -> None:
        self.changed.emit(self.place, "role", role)

    def _on_pin(self, _key: str, _text: object) -> None:
        self.pin_typed.emit(self.place, self.pin.edit.text(), self.again.edit.text())

    def _on_remove(self) -> None:
        self.removed.emit(self.place)

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(16)
        self._column.setContentsMargins(edge, now.px(8), edge, edge)
        self._column.setSpacing(now.px(8))
        self.title.setFont(font(now, "name"))
        self.title.setMinimumHeight(now.px(44))
        self.remove.set_size(48, 120)


class PeoplePage(SetupPage):
    """A card for each person, and a key for one more."""

    person_changed = Signal(int, str, str)
    """Place, field and text."""
    pin_typed = Signal(int, str, str)
    """Place, PIN and its repetition."""
    add_pressed = Signal()
    """Another person works here."""
    removed = Signal(int)
    """A person does not work here after all; the place."""

    def __init__(self) -> None:
        super().__init__("people")
        self.cards: list[PersonCard] = []
        face = ButtonFace(icon="user-plus", arrangement=Arrangement.ROW)
        self.add = ActionButton("addPerson", face)
        self.note = Note("peopleNote")
        self.add.clicked.connect(self.add_pressed)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._people = QVBoxLayout()
        self._column.addLayout(self._people)
        self._column.addWidget(self.add)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        self.take_sizes()

    @override
    def show_state(self, state: WizardState) -> None:
        """Show everybody."""
        people = state.draft.people
        while len(self.cards) < len(people):
            self._add_card()
        for at, person_card in enumerate(self.cards):
            person_card.setVisible(at < len(people))
            if at < len(people):
                person_card.show_person(people[at], state)
        self.add.retitle(_("Add somebody"))
        self.note.setText(
            _("PINs are never written down by the till; a forgotten one is set anew.")
        )

    def show_pins(self, pins: list[tuple[str, str]]) -> None:
        """Show the PINs in memory, as dots."""
        for person_card, pair in zip(self.cards, pins, strict=False):
            person_card.show_pins(pair)

    def _add_card(self) -> None:
        made = PersonCard(len(self.cards))
        made.changed.connect(self.person_changed)
        made.pin_typed.connect(self.pin_typed)
        made.removed.connect(self.removed)
        self.cards.append(made)
        self._people.addWidget(made)

    @override
    def take_sizes(self) -> None:
        """Read the sizes of the theme."""
        now = theme()
        self._people.setSpacing(now.px(12))
        self._column.setSpacing(now.px(12))
        self.add.set_size(56)
