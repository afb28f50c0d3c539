"""A label that shows at a glance what a label printer can do."""

from __future__ import annotations

from pos_app.documents.label import Box, Label, LabelCode, LabelText, Side, Symbology
from pos_app.documents.layout import Layout
from pos_app.i18n import Words

_EDGE_UM, _HEIGHT_UM = 2_000, 30_000
_WIDEST_UM = 50_000


def label_page(words: Words, width_mm: int) -> Layout:
    """Lay out one label of 30 mm, at most 50 mm wide.

    Args:
        words: of the language of slips.
        width_mm: of the roll.
    """
    width = min(_WIDEST_UM, width_mm * 1000)
    inner = width - 2 * _EDGE_UM
    texts = (
        LabelText(
            Box(_EDGE_UM, 1_500, inner, 4_500), words("Printer test page"), 3_600, 2_000
        ),
        LabelText(
            Box(_EDGE_UM, 6_500, inner, 6_500),
            "¥8.80",
            6_000,
            2_000,
            side=Side.RIGHT,
            bold=True,
            is_whole=True,
        ),
    )
    place = Box(_EDGE_UM, 14_000, inner, 14_000)
    code = LabelCode(place, Symbology.EAN13, "9521234567899", "9521234567899")
    return Layout((Label(width, _HEIGHT_UM, texts, (code,)),), words.language)
