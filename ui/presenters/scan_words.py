"""What is said of a scan that was added, louder where its dates call for it."""

from __future__ import annotations

from pos_app.domain.item import SellingUnit
from pos_app.i18n import _, current_language
from pos_app.services.scan_result import ScanResult
from ui.format import quantity
from ui.presenters.frame_state import Tone


def unweighed_words(unit: SellingUnit) -> tuple[str, Tone]:
    """Return what is said when somebody scanned on instead of giving a weight."""
    name = unit.name_in(current_language())
    return _("{name} was NOT added: its weight is missing", name=name), Tone.BAD


def added_words(result: ScanResult, changed: str = "") -> tuple[str, Tone]:
    """Return the sentence of the status bar, and how loud it is.

    Args:
        result: of the scan.
        changed: which other lines cost something else since, in words.
    """
    assert result.unit is not None
    name = result.unit.name_in(current_language())
    traced = result.traced
    if traced is not None and traced.warns:
        last = traced.trace.use_by if traced.warns == "expired" else None
        if last is not None:
            text = _("{name} is EXPIRED since {day}", name=name, day=last.isoformat())
            return text, Tone.BAD
        best = traced.trace.best_before
        assert best is not None
        text = _("{name}: best before {day}", name=name, day=best.isoformat())
        return text, Tone.WARN
    count = quantity(result.quantity)
    text = _("Added: {name} ×{count}", name=name, count=count)
    return " · ".join(x for x in (text, changed) if x), Tone.GOOD
