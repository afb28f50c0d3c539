"""The words on the one-tap cash keys."""

from __future__ import annotations

from pos_app.i18n import _
from ui.format import money, short_money
from ui.presenters.sale_state import QuickCash


def quick_faces(keys: tuple[QuickCash, ...], currency: str) -> list[tuple[str, str]]:
    """Return title and subtitle of the one-tap cash keys."""
    faces = []
    for key in keys:
        given = short_money(key.amount_minor, currency)
        if key.is_exact:
            full = money(key.amount_minor, currency)
            faces.append((_("Exact cash"), full))
        else:
            change = _("Change {amount}", amount=money(key.change_minor, currency))
            faces.append((_("Cash {amount}", amount=given), change))
    return faces
