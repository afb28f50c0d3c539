"""The form of a new member: phone, consent, where from; name and birthday if wanted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.member_state import EnrolField, EnrolView
from ui.theme.host import theme, theme_host
from ui.widgets.consent_card import ConsentCard
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.member_search import EnrolBox
from ui.widgets.section_title import NoteLine

_ICONS = {
    EnrolField.NAME: "user",
    EnrolField.SOURCE: "storefront",
    EnrolField.REFERRER: "users",
}


class _FieldLine(EntryLine):
    """What the pad types, as high as the fields beside it."""

    @override
    def design_height(self) -> float:
        """Return the profile's height of a field; of an entry where none is beside."""
        profile = theme().profile
        is_narrow = profile.name == "compact"
        return profile.entry_height if is_narrow else profile.search_height


class EnrolForm(QWidget):
    """The pad types phone and birthday; a keyboard or a scan fills the rest."""

    field_chosen = Signal(str)
    """The pad types into another field; the `EnrolField`."""
    edited = Signal(str, str)
    """A text field was changed: the `EnrolField` and all of its text."""
    agreed = Signal()
    """The customer agrees, or not after all."""
    offers_agreed = Signal()
    """Offers may be sent, or not after all."""
    profile_refused = Signal()
    """No groups and suggestions by purchases, or yes after all."""
    submitted = Signal()
    """Enter in a text field."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("enrolForm")
        self.phone = _FieldLine("enrolPhone")
        self.birthday = _FieldLine("enrolBirthday")
        self.consent = ConsentCard()
        self.note = NoteLine("enrolNote")
        self.boxes = {
            field: EnrolBox(f"enrol_{field.value}", icon)
            for field, icon in _ICONS.items()
        }
        self._column = QVBoxLayout(self)
        self._rows = [QHBoxLayout(), QHBoxLayout()]
        self._rows[0].addWidget(self.boxes[EnrolField.SOURCE], 1)
        self._rows[0].addWidget(self.boxes[EnrolField.REFERRER], 1)
        self._rows[1].addWidget(self.boxes[EnrolField.NAME], 1)
        self._rows[1].addWidget(self.birthday, 1)
        self._column.addWidget(self.phone)
        self._column.addWidget(self.consent)
        for row in self._rows:
            self._column.addLayout(row)
        self._column.addWidget(self.note)
        self._column.addStretch(1)
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _connect(self) -> None:
        for line, field in (
            (self.phone, EnrolField.PHONE),
            (self.birthday, EnrolField.BIRTHDAY),
        ):
            line.pressed.connect(partial(self.field_chosen.emit, field.value))
        for field, box in self.boxes.items():
            box.text_edited.connect(partial(self.edited.emit, field.value))
            box.submitted.connect(self.submitted)
            box.left.connect(partial(self._on_left, field))
        self.consent.agreed.connect(self.agreed)
        self.consent.offers_agreed.connect(self.offers_agreed)
        self.consent.profile_refused.connect(self.profile_refused)

    def _on_left(self, field: EnrolField) -> None:
        """Esc or ✕: the field is empty again, the keyboard the pad's."""
        box = self.boxes[field]
        box.stop()
        box.show_text("")
        self.edited.emit(field.value, "")

    def show_form(self, view: EnrolView) -> None:
        """Show what is typed, and what is wrong with it."""
        problems = view.problems or {}
        for line, field, hint in (
            (self.phone, EnrolField.PHONE, _("Phone number")),
            (self.birthday, EnrolField.BIRTHDAY, _("Birthday, month and day")),
        ):
            is_active = view.active is field
            line.show_entry(
                EntryFace(
                    hint,
                    view.values.get(field, ""),
                    problem=problems.get(field, ""),
                    is_active=is_active,
                    is_resting=not is_active,
                )
            )
        for field, box in self.boxes.items():
            box.name(_box_words(field))
            if not box.field.hasFocus():
                box.show_text(view.values.get(field, ""))
        said = [words for field, words in problems.items() if field in self.boxes]
        self.note.show_note(" · ".join(said))
        self.consent.show_consent(
            view.consent_text,
            (view.is_agreed, view.may_write, view.no_profile),
            is_wrong=False,
        )

    def _take_sizes(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(8))
        is_narrow = theme().profile.name == "compact"
        way = QBoxLayout.Direction
        for row in self._rows:
            row.setSpacing(theme().px(8))
            row.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)


def _box_words(field: EnrolField) -> str:
    return {
        EnrolField.NAME: _("Name, if wanted"),
        EnrolField.SOURCE: _("Where from"),
        EnrolField.REFERRER: _("Friend's code"),
    }[field]
