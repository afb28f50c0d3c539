"""A rasteriser for tests that print nothing on a screen."""

from __future__ import annotations

from pos_app.documents.label import Label
from pos_app.documents.layout import Layout


class NoRasteriser:
    """Draws an empty picture."""

    def png(self, layout: Layout, width_dots: int) -> bytes:
        """Return no bytes."""
        del layout, width_dots
        return b""

    def label_png(self, label: Label, language: str, dots_per_inch: int) -> bytes:
        """Return no bytes."""
        del label, language, dots_per_inch
        return b""
