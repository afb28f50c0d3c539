"""A rasteriser for tests that print nothing on a screen."""

from __future__ import annotations

from pos_app.documents.layout import Layout


class NoRasteriser:
    """Draws an empty picture."""

    def png(self, layout: Layout, width_dots: int) -> bytes:
        """Return no bytes."""
        del layout, width_dots
        return b""
