"""How this till's labels look: which forms, what they leave out; journalled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass, replace
from typing import Any

from pos_app.documents.label_forms import (
    ITEM_40,
    OPTIONAL,
    SHELF_70,
    LabelField,
    LabelForm,
    LabelUse,
    form_of,
    forms_for,
)
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork

LABEL_SETTINGS_KEY = "label_settings"


@dataclass(frozen=True, slots=True)
class LabelSettings:
    """How labels look.

    Attributes:
        shelf_form, item_form: keys of forms.
        hidden: fields left out, sorted. label_language: "" for the shop's.
    """

    shelf_form: str = SHELF_70.key
    item_form: str = ITEM_40.key
    hidden: tuple[str, ...] = ()
    label_language: str = ""

    def form(self, use: LabelUse) -> LabelForm:
        """Return the form of a use."""
        chosen = {LabelUse.SHELF: self.shelf_form, LabelUse.ITEM: self.item_form}
        found = form_of(chosen.get(use, ""))
        return found or forms_for(use)[0]

    @property
    def hidden_fields(self) -> frozenset[LabelField]:
        """The fields left out."""
        return frozenset(map(LabelField, self.hidden))


def read_label_settings(stored: str | None) -> LabelSettings:
    """Read what is stored; what makes no sense any more has its default."""
    found = json.loads(stored) if stored else {}
    settings = LabelSettings()
    for key in LabelSettings.__dataclass_fields__:
        if key not in found:
            continue
        value: Any = tuple(found[key]) if key == "hidden" else found[key]
        fresh = replace(settings, **{key: value})
        settings = fresh if _is_fine(fresh) else settings
    return settings


def begin_label_change(
    ledger: Ledger, stamp: Stamp, changes: Mapping[str, Any]
) -> Future[LabelSettings]:
    """Change how labels look; durable when the future is done.

    Raises:
        UserError: "setting_refused" with the setting and the value.
    """
    for key, value in changes.items():
        if not _is_fine(replace(LabelSettings(), **{key: value})):
            raise UserError("setting_refused", setting=key, value=str(value)[:40])

    def work(unit: UnitOfWork) -> LabelSettings:
        present = read_label_settings(unit.setting(LABEL_SETTINGS_KEY))
        fresh = replace(present, **changes)
        before = {key: getattr(present, key) for key in changes}
        after = {key: getattr(fresh, key) for key in changes}
        if fresh != present:
            unit.set_setting(LABEL_SETTINGS_KEY, json.dumps(asdict(fresh)))
            body = {"before": _plain(before), "after": _plain(after)}
            unit.append(EntryKind.SETTINGS_CHANGED, body, stamp)
        return fresh

    return ledger.submit(work)


def _plain(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        key: ", ".join(value) if isinstance(value, tuple) else str(value)
        for key, value in values.items()
    }


def _is_fine(settings: LabelSettings) -> bool:
    uses = (
        (settings.shelf_form, LabelUse.SHELF),
        (settings.item_form, LabelUse.ITEM),
    )
    forms = [(form_of(str(key)), use) for key, use in uses]
    if any(form is None or form.use is not use for form, use in forms):
        return False
    known = {field.value for field in OPTIONAL}
    return (
        all(field in known for field in settings.hidden)
        and list(settings.hidden) == sorted(set(settings.hidden))
        and settings.label_language in ("", *LANGUAGES)
    )
