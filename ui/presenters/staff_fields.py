"""The form of a person: its fields, and what lets them in."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.i18n import LANGUAGES, _, current_language
from pos_app.services.people import PersonFacts, StaffDraft
from ui.presenters.office_form_state import (
    FieldKind,
    FieldView,
    OfficeKey,
    OfficeRow,
    Option,
)

LANGUAGE_NAMES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English"}


@dataclass(frozen=True, slots=True)
class StaffForm:
    """A person as they stand in the form; `pin` is of a new one only."""

    staff_id: str
    draft: StaffDraft
    has_pin: bool = False
    has_badge: bool = False
    can_change: bool = True
    pin: str = ""


def entry_fields(draft: StaffForm) -> list[FieldView]:
    """Return what lets a person in, and whether they work here."""
    is_open, is_active = draft.can_change, draft.draft.is_active
    stop = "" if is_open else _("May more than you")
    facts = (
        Option(_("PIN"), _("set") if draft.has_pin else _("none")),
        Option(_("Badge"), _("valid") if draft.has_badge else _("none")),
    )
    keys = [OfficeKey("pin", _("Set a new PIN"), "lock-key", reason=stop)]
    if is_active:
        words = _("Print a new badge") if draft.has_badge else _("Print a badge")
        keys.append(OfficeKey("badge", words, "identification-badge", reason=stop))
    if draft.has_badge:
        words = _("Withdraw the badge")
        keys.append(OfficeKey("withdraw", words, "prohibit", True, stop))
    return [
        FieldView(FieldKind.HEAD, "entry", _("What lets them in")),
        FieldView(FieldKind.FACTS, "entry_facts", options=facts),
        FieldView(FieldKind.KEYS, "entry_keys", keys=tuple(keys)),
        FieldView(
            FieldKind.SWITCH,
            "is_active",
            _("Works here"),
            "1" if is_active else "",
            _("Off: no sign-on any more; old documents keep the name"),
            is_enabled=is_open,
        ),
    ]


def staff_row(one: PersonFacts) -> OfficeRow:
    """Return the row of a person."""
    language, staff = current_language(), one.staff
    detail = f"{staff.number} · {staff.role.name_in(language)}"
    mark = "" if one.has_pin or one.has_badge else _("cannot sign on")
    return OfficeRow(
        staff.staff_id, staff.name_in(language), detail, mark, not staff.is_active
    )


def text_field(
    key: str, label: str, value: str, is_enabled: bool, limit: int
) -> FieldView:
    """Return a line of text."""
    return FieldView(
        FieldKind.TEXT, key, label, value, is_enabled=is_enabled, limit=limit
    )


def language_field(chosen: str, is_enabled: bool) -> FieldView:
    """Return the choice of a person's screen language."""
    options = (
        Option("", _("As the shop")),
        *(Option(tag, LANGUAGE_NAMES[tag]) for tag in LANGUAGES),
    )
    return FieldView(
        FieldKind.CHOICE,
        "language",
        _("Language of their screen"),
        chosen,
        options=options,
        is_enabled=is_enabled,
    )
