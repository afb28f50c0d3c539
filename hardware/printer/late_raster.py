"""The rasteriser of a till that may print nothing for hours: made when it first draws."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.documents.label import Label
from pos_app.documents.layout import Layout

if TYPE_CHECKING:
    from hardware.printer.raster import PillowRasteriser


class LateRasteriser:
    """Implements `pos_app.ports.printing.Rasteriser`. May be used by any thread."""

    @cached_property
    def _rasteriser(self) -> PillowRasteriser:
        # Late: Pillow, fonts and barcodes are a fifth of a cold start.
        from hardware.printer.raster import PillowRasteriser

        return PillowRasteriser()

    def png(self, layout: Layout, width_dots: int) -> bytes:
        """Return the layout as a 1-bit PNG; see `PillowRasteriser.png`."""
        return self._rasteriser.png(layout, width_dots)

    def label_png(self, label: Label, language: str, dots_per_inch: int) -> bytes:
        """Return a label as a 1-bit PNG; see `PillowRasteriser.label_png`."""
        return self._rasteriser.label_png(label, language, dots_per_inch)
