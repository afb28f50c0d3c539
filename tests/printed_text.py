"""What a printer makes of bytes: an own, small reader of ESC/POS and Star commands.

It knows nothing of the till's encoder. It follows the printers' own state: Kanji mode,
code system, code page, national set; and gives back lines of text, with what a printer
without the font would show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

#: Length of the commands of fixed length, by their first two bytes.
_ESCPOS = {
    b"\x1b@": 2,
    b"\x1b!": 3,
    b"\x1ba": 3,
    b"\x1bt": 3,
    b"\x1bR": 3,
    b"\x1bd": 3,
    b"\x1bJ": 3,
    b"\x1bp": 5,
    b"\x1c&": 2,
    b"\x1c.": 2,
    b"\x1c!": 3,
    b"\x1cC": 3,
    b"\x1d!": 3,
    b"\x1da": 3,
    b"\x1dr": 3,
    b"\x1dh": 3,
    b"\x1dw": 3,
    b"\x1df": 3,
    b"\x1dH": 3,
    b"\x1dV": 4,
}
_STAR = {
    b"\x1b@": 2,
    b"\x1bE": 2,
    b"\x1bF": 2,
    b"\x1b0": 2,
    b"\x1bi": 4,
    b"\x1bR": 3,
    b"\x1b$": 3,
    b"\x1bd": 3,
    b"\x1bJ": 3,
    b"\x1bz": 3,
    b"\x1b\x1e": 4,
}
PICTURE = "\ufffc"


@dataclass(frozen=True)
class Model:
    """A printer as it left the factory.

    Attributes:
        rom: codec of its double-byte font; "" without one.
        pages: number to codec; other numbers are not known to it.
        starts_in_kanji: as printers of the Chinese market do.
        pictures: which commands for pictures it knows.
        language: "escpos" or "star".
        is_strict: whether bytes that mean nothing to it are a fault of the sender.
    """

    rom: str = ""
    pages: Mapping[int, str] = field(default_factory=lambda: {0: "cp437"})
    starts_in_kanji: bool = False
    pictures: frozenset[str] = frozenset({"gs_v", "gs_l"})
    language: str = "escpos"
    is_strict: bool = True


def lines(data: bytes, model: Model) -> list[str]:
    """Return the lines on the paper; a picture is a line of its own."""
    printed = "".join(_Paper(model).read(data))
    return printed.split("\n")


class _Paper:
    def __init__(self, model: Model) -> None:
        self._model = model
        self._reset()

    def _reset(self) -> None:
        self._kanji = self._model.starts_in_kanji and bool(self._model.rom)
        self._sjis = False
        self._page = min(self._model.pages, default=0)
        self._national = 0
        self._raster = False

    def read(self, data: bytes) -> Iterator[str]:
        at = 0
        while at < len(data):
            byte = data[at]
            if byte in (0x1B, 0x1C, 0x1D):
                length, shown = self._command(data, at)
                yield shown
                at += length
            elif self._raster:
                assert byte == 0x62, f"no row of raster mode: {byte:02x}"
                yield PICTURE
                at += 3 + int.from_bytes(data[at + 1 : at + 3], "little")
            elif byte in (0x0A, 0x17):
                yield "\n" if byte == 0x0A else ""
                at += 1
            else:
                assert byte >= 0x20, f"a control byte among the text: {byte:02x}"
                length, shown = self._character(data, at)
                yield shown
                at += length

    # ---------------------------------------------------------------- characters
    def _character(self, data: bytes, at: int) -> tuple[int, str]:
        byte = data[at]
        if byte < 0x80:
            return 1, self._ascii(byte)
        rom = self._model.rom
        if rom == "shift_jis" and self._sjis:
            if 0xA1 <= byte <= 0xDF:
                return 1, bytes([byte]).decode("shift_jis")
            return 2, data[at : at + 2].decode("shift_jis", "replace")
        is_star_font = self._model.language == "star" and rom not in ("", "shift_jis")
        if rom and rom != "shift_jis" and (self._kanji or is_star_font):
            pair = data[at : at + 2]
            is_whole = len(pair) == 2 and pair[1] >= 0x40
            assert is_whole or not self._model.is_strict, (
                "half a character, or four bytes"
            )
            return 2, pair.decode(rom, "replace")
        codec = self._model.pages.get(self._page)
        return 1, bytes([byte]).decode(codec, "replace") if codec else "\ufffd"

    def _ascii(self, byte: int) -> str:
        char = chr(byte)
        if self._national == 8:
            return {"\\": "¥", "~": "‾"}.get(char, char)
        if self._national == 13:
            return {"\\": "₩"}.get(char, char)
        return char

    # ------------------------------------------------------------------ commands
    def _command(self, data: bytes, at: int) -> tuple[int, str]:
        head = data[at : at + 2]
        fixed = _STAR if self._model.language == "star" else _ESCPOS
        if head in fixed:
            self._obey(head, data[at + 2 : at + fixed[head]])
            return fixed[head], ""
        if self._model.language == "star":
            return self._star(data, at)
        if head == b"\x1dv":
            return 8 + _dots(data, at + 4), self._picture("gs_v")
        if head == b"\x1d(":
            length = 5 + int.from_bytes(data[at + 3 : at + 5], "little")
            is_shown = data[at + 2 : at + 7] == b"L\x02\x000\x32"[:5]
            is_picture = (
                data[at + 2 : at + 3] == b"L" and data[at + 5 : at + 7] == b"02"
            )
            return length, self._picture("gs_l") if is_shown or is_picture else ""
        if head == b"\x1dk":
            return 4 + data[at + 3], ""
        raise AssertionError(f"an unknown command: {head!r}")

    def _star(  # noqa: C901 - one for each command
        self, data: bytes, at: int
    ) -> tuple[int, str]:
        head = data[at : at + 3]
        if head in (b"\x1b*r", b"\x1b\x0c\x00"):
            return self._raster_mode(
                data[at + 3 : at + 4], (data + b"\x00").index(0, at) + 1 - at
            )
        if head in (b"\x1b\x1da", b"\x1b\x1dt"):
            if head == b"\x1b\x1dt":
                self._page = data[at + 3]
            return 4, ""
        if head == b"\x1b\x1dS":
            return 9 + _dots(data, at + 4), self._picture("star_s")
        if head == b"\x1b\x1dy":
            if data[at + 3 : at + 4] == b"D":
                return 8 + int.from_bytes(data[at + 6 : at + 8], "little"), ""
            return (4 if data[at + 3 : at + 4] == b"P" else 6), ""
        if head[:2] == b"\x1bb":
            return data.index(b"\x1e", at + 6) + 1 - at, ""
        if head[:2] == b"\x1bk":
            row = int.from_bytes(data[at + 2 : at + 4], "little")
            return 4 + 24 * row, self._picture("star_k")
        raise AssertionError(f"an unknown command: {head!r}")

    def _raster_mode(self, kind: bytes, length: int) -> tuple[int, str]:
        """Obey ESC * r A, B or another that ends with NUL, and ESC FF NUL."""
        if kind in (b"A", b"B") and self._raster == (kind == b"B"):
            self._raster = kind == b"A"
            return 4, ""
        return length, ""

    def _picture(self, way: str) -> str:
        return f"{PICTURE}{way}\n" if way in self._model.pictures else "\ufffd\n"

    def _obey(self, head: bytes, rest: bytes) -> None:
        match head:
            case b"\x1b@":
                self._reset()
            case b"\x1bt":
                self._page = rest[0]
            case b"\x1bR":
                self._national = rest[0] & 0x0F
            case b"\x1c&":
                self._kanji = bool(self._model.rom)
            case b"\x1c." if not self._sjis:
                self._kanji = False
            case b"\x1cC" | b"\x1b$":
                self._sjis = bool(rest[0] & 1) and self._model.rom == "shift_jis"


def _dots(data: bytes, at: int) -> int:
    width = int.from_bytes(data[at : at + 2], "little")
    return width * int.from_bytes(data[at + 2 : at + 4], "little")
