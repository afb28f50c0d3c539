"""Making the shop's logo black and white."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Dithering(StrEnum):
    """How grey becomes dots."""

    LINES = "lines"  # every dot black or white: drawings and lettering
    DIFFUSED = "diffused"  # Floyd and Steinberg: photographs
    CRISP = "crisp"  # Atkinson: photographs with more contrast
    GRID = "grid"  # ordered: even areas, on printers that smear fine dots


@dataclass(frozen=True, slots=True)
class LogoSketch:
    """A chosen picture with each way of printing it, on one width of paper.

    Attributes:
        original: PNG in grey, cropped and made small enough to keep.
        prints: PNG of one bit a dot for each way.
        suggested: the way that suits the picture.
    """

    original: bytes
    prints: tuple[tuple[Dithering, bytes], ...]
    suggested: Dithering


class LogoMaker(Protocol):
    """Reads and dithers pictures; slow, so on any thread but the screen's."""

    def sketch(self, data: bytes, paper_mm: int) -> LogoSketch:
        """Return a picture with each way of printing it.

        Args:
            data: of a PNG or JPEG file, or an `original`.
            paper_mm: 58 or 80.

        Raises:
            UserError: "logo_too_large" with the limit, or "logo_unreadable".
        """
        ...

    def prints(
        self, original: bytes, dithering: Dithering
    ) -> tuple[tuple[int, bytes], ...]:
        """Return what each width of paper prints, by paper in mm.

        Raises:
            UserError: "logo_unreadable".
        """
        ...
