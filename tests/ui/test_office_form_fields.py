"""A form of the back office: every field has its own place, and goes with its form."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeFormState,
    OfficeKey,
    Option,
)
from ui.screens.office_fields import paired
from ui.screens.office_form import OfficeFormPage


def shown(page: OfficeFormPage, *fields: FieldView) -> list[str]:
    """Show a form, and return the lines of text that stand in it."""
    page.show_state(OfficeFormState((), "", "list", "user", (), fields=fields))
    inside = page.area.widget()
    return [
        edit.accessibleName()
        for edit in inside.findChildren(QLineEdit)
        if not edit.isHidden() and not edit.parentWidget().isHidden()
    ]


def test_facts_a_text_and_a_key_of_one_word_stand_below_each_other(qtbot) -> None:
    page = OfficeFormPage("test")
    qtbot.addWidget(page)
    facts = FieldView(FieldKind.FACTS, "phone", options=(Option("Phone", "138"),))
    text = FieldView(FieldKind.TEXT, "phone", "New number", "137")
    keys = FieldView(FieldKind.KEYS, "phone", keys=(OfficeKey("go", "Go", "check"),))
    assert len(shown(page, facts, text, keys)) == 1
    assert page.form.count() == 4  # with what stretches below them
    (edit,) = page.area.widget().findChildren(QLineEdit)
    assert edit.text() == "137"
    note = FieldView(FieldKind.NOTE, "phone", detail="Nothing")
    assert shown(page, note) == []
    assert page.form.count() == 2


def test_short_keys_share_a_row_and_a_sentence_has_its_own() -> None:
    short, long = False, True
    assert paired([short, short, short]) == [(0, 0, 1), (0, 1, 1), (1, 0, 2)]
    assert paired([short, long, short, short]) == [
        (0, 0, 2),
        (1, 0, 2),
        (2, 0, 1),
        (2, 1, 1),
    ]
    assert paired([long, long]) == [(0, 0, 2), (1, 0, 2)]


def test_what_only_tells_has_no_key_to_save(qtbot) -> None:
    page = OfficeFormPage("test")
    qtbot.addWidget(page)
    facts = FieldView(FieldKind.FACTS, "phone", options=(Option("Phone", "138"),))
    shown(page, facts)
    assert page.save.isHidden()
    shown(page, facts, FieldView(FieldKind.TEXT, "phone", "New number", "137"))
    assert not page.save.isHidden()
