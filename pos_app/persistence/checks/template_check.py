"""The slips' templates: whether each can be used as it is written."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.documents.template.forms import template_of
from pos_app.domain.slip_form import SlipKind
from pos_app.persistence.checks.room import CheckRoom, fine, trouble
from pos_app.ports.health import Action, Finding, Severity

_TEXTS = """
SELECT kind, text FROM template AS t WHERE text <> ''
AND version = (SELECT max(version) FROM template WHERE kind = t.kind)
"""


def templates(room: CheckRoom) -> Sequence[Finding]:
    """Read every template in force; one that cannot be used prints the built-in paper."""
    kinds = {kind.value: kind for kind in SlipKind}
    with room.catalog.connect() as connection:
        stored = connection.exec_driver_sql(_TEXTS).all()
    found = []
    for name, text in stored:
        if name not in kinds:
            continue
        template = template_of(kinds[name], text)
        if template.problems:
            key = "template_field_gone" if template.is_usable else "template_unusable"
            look = Action.MEND_TEMPLATE
            found.append(
                trouble("templates", Severity.WARNING, key, look, template=name)
            )
    return found or fine("templates", "templates_usable")
