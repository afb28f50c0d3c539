"""Pictures in dots, in each of the ways that printers take them.

Sources: Epson ESC/POS command reference (GS v 0, GS ( L functions 50 and 112), StarPRNT
and Star Line Mode command specifications (ESC GS S, ESC k, raster mode).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from PIL import Image as Pictures

#: Bytes of a picture that a printer may take for a real-time command at once, in the
#: middle of it: DLE EOT asks, DLE ENQ recovers, DLE DC4 opens the drawer or turns off.
_REAL_TIME = re.compile(rb"\x10(?=[\x04\x05\x14])")
#: ESC k prints this many rows at a time.
_BAND_ROWS = 24


def sliced(strip: Pictures.Image, way: str, rows: int) -> bytes:
    """Return a black-and-white picture as commands.

    Args:
        strip: mode "1", a multiple of 8 dots wide.
        way: "gs_v", "gs_l", "star_s", "star_k" or "star_r".
        rows: of one command; more than a printer's buffer holds is garbled.
    """
    assert strip.mode == "1"
    assert strip.width % 8 == 0
    return _WAYS[way](strip, rows)


def _pieces(strip: Pictures.Image, rows: int) -> Iterable[tuple[int, bytes]]:
    for top in range(0, strip.height, rows):
        foot = min(top + rows, strip.height)
        part = strip.crop((0, top, strip.width, foot))
        yield foot - top, _ink(part)


def _ink(part: Pictures.Image) -> bytes:
    # "1;I": Pillow's white is 1, the printer's ink is 1. One dot more beside a lone
    # one is not seen; an open drawer is.
    return _REAL_TIME.sub(b"\x18", part.tobytes("raw", "1;I"))


def _size(strip: Pictures.Image, height: int) -> bytes:
    return (strip.width // 8).to_bytes(2, "little") + height.to_bytes(2, "little")


def _gs_v(strip: Pictures.Image, rows: int) -> bytes:
    return b"".join(
        b"\x1dv0\x00" + _size(strip, height) + ink
        for height, ink in _pieces(strip, rows)
    )


def _gs_l(strip: Pictures.Image, rows: int) -> bytes:
    """Store each slice and print it; a slice has fewer than 65 536 bytes."""
    sent = bytearray()
    for height, ink in _pieces(strip, min(rows, 0xFFF0 // (strip.width // 8))):
        size = strip.width.to_bytes(2, "little") + height.to_bytes(2, "little")
        stored = b"\x30\x70\x30\x01\x01\x31" + size + ink
        sent += b"\x1d(L" + len(stored).to_bytes(2, "little") + stored
        sent += b"\x1d(L\x02\x00\x30\x32"
    return bytes(sent)


def _star_s(strip: Pictures.Image, rows: int) -> bytes:
    return b"".join(
        b"\x1b\x1dS\x01" + _size(strip, height) + b"\x00" + ink
        for height, ink in _pieces(strip, rows)
    )


def _star_k(strip: Pictures.Image, _rows: int) -> bytes:
    """Bands of 24 rows, fed by as much: ESC 0 until ESC z 1 sets text apart again."""
    row_bytes = strip.width // 8
    sent = bytearray(b"\x1b0")
    for _, ink in _pieces(strip, _BAND_ROWS):
        band = ink.ljust(row_bytes * _BAND_ROWS, b"\x00")
        sent += b"\x1bk" + row_bytes.to_bytes(2, "little") + band + b"\n"
    return bytes(sent + b"\x1bz1")


def _star_r(strip: Pictures.Image, _rows: int) -> bytes:
    """Rows of raster mode, one by one, without the white at their right."""
    row_bytes = strip.width // 8
    sent = bytearray()
    for _, ink in _pieces(strip, strip.height):
        for at in range(0, len(ink), row_bytes):
            row = ink[at : at + row_bytes].rstrip(b"\x00") or b"\x00"
            sent += b"b" + len(row).to_bytes(2, "little") + row
    return bytes(sent)


_WAYS: Mapping[str, Callable[[Pictures.Image, int], bytes]] = {
    "gs_v": _gs_v,
    "gs_l": _gs_l,
    "star_s": _star_s,
    "star_k": _star_k,
    "star_r": _star_r,
}
