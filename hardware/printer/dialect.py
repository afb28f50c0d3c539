"""What differs between the languages of printers, and nothing else."""

from __future__ import annotations

from typing import Protocol

from PIL import Image as Pictures

from hardware.printer.rom_fonts import RomFont
from pos_app.documents.layout import Align, Barcode, QrCode, Size


class Dialect(Protocol):
    """The commands of one language for one printer."""

    def align(self, align: Align) -> bytes:
        """Put the next lines left, in the middle or right."""
        ...

    def style(self, size: Size, *, bold: bool) -> bytes:
        """Set the size and weight of letters, ideographs included."""
        ...

    def page(self, number: int) -> bytes:
        """Choose a page of single bytes."""
        ...

    def enter(self, rom: RomFont) -> bytes:
        """Switch to the double-byte font."""
        ...

    def leave(self, rom: RomFont) -> bytes:
        """Switch back to single bytes."""
        ...

    def feed(self, lines: int) -> bytes:
        """Feed empty lines."""
        ...

    def cut(self) -> bytes:
        """Feed past the knife and cut; only feed where there is none."""
        ...

    def picture(self, strip: Pictures.Image) -> bytes:
        """Print a picture over the whole width, mode "1", at the left edge."""
        ...

    def barcode(self, block: Barcode, dots: int) -> bytes | None:
        """Let the printer draw a barcode; None when it cannot draw this one.

        Args:
            block: data that fits its symbology.
            dots: width of a narrow bar, 2 or 3.
        """
        ...

    def qr(self, block: QrCode, dots: int) -> bytes:
        """Let the printer draw a QR code of `dots` a module."""
        ...
