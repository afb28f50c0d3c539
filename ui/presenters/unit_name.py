"""What goods are called: asked by screens that have nothing else in common."""

from __future__ import annotations

from pos_app.domain.item import SellingUnit
from pos_app.i18n import current_language
from ui.format import quantity


def unit_name(unit: SellingUnit, language: str = "") -> str:
    """Return what goods are called in a language; "" for the screen's."""
    words = [unit.name_in(language or current_language()), unit.variant]
    if unit.pieces != 1:
        words.append(f"×{quantity(unit.pieces)}")
    return " ".join(x for x in words if x)
