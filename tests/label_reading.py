"""Reads back what label printers are told: a small ZPL and TSPL printer on paper.

Only what is needed to see that what was drawn arrives dot for dot: pictures, bars and
sizes. Barcodes that the printer draws itself are returned as they were asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PIL import Image


@dataclass
class Paper:
    """One label as a printer understood it."""

    width: int = 0
    height: int = 0
    copies: int = 0
    picture: Image.Image = field(default_factory=lambda: Image.new("1", (1, 1), 1))
    codes: list[tuple[str, int, int, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def begin(self) -> None:
        self.picture = Image.new("1", (self.width, self.height), 1)

    def ink(self, at: tuple[int, int], stride: int, black: bytes) -> None:
        """Lay black bits over what is there."""
        height = len(black) // stride
        mask = Image.frombytes("1", (stride * 8, height), black)
        left, top = at
        assert 0 <= left < self.width
        assert top >= 0
        assert top + height <= self.height, "a picture beyond the label"
        self.picture.paste(0, (left, top), mask)


_HEX_COUNT = re.compile(r"([G-Yg-z]*)([0-9A-F])|([,:!])")


def unpacked(data: str, stride: int, total: int) -> bytes:
    """Unpack the compressed hexadecimal of ^GF."""
    rows: list[str] = []
    row = ""
    for counts, digit, sign in _HEX_COUNT.findall(data):
        if sign == ":":
            assert not row
            rows.append(rows[-1])
        elif sign in (",", "!"):
            rows.append(row.ljust(stride * 2, "0" if sign == "," else "F"))
            row = ""
        else:
            row += digit * (sum(map(_count, counts)) or 1)
        if len(row) == stride * 2:
            rows.append(row)
            row = ""
    found = bytes.fromhex("".join(rows))
    assert len(found) == total
    return found


def _count(char: str) -> int:
    if "G" <= char <= "Y":
        return ord(char) - ord("F")
    return 20 * (ord(char) - ord("f"))


def unescaped(data: str) -> str:
    """Undo ^FH with the escape `_`."""
    raw = re.sub(
        rb"_([0-9A-F]{2})", lambda m: bytes.fromhex(m[1].decode()), data.encode()
    )
    return raw.decode("utf-8")


_FIELD = re.compile(r"\^F[OT](\d+),(\d+)(.*?)\^FS", re.DOTALL)
_BARS = re.compile(
    r"\^BY(\d+),3,\d+\^B([E8C])N,(\d+),N,N(?:,N)?(?:\^FH_)?\^FD(.*)", re.DOTALL
)


def read_zpl(data: bytes) -> list[Paper]:
    """Return the labels of a stream of ZPL."""
    papers = []
    text = data.decode("utf-8")
    for body in re.findall(r"\^XA(.*?)\^XZ", text, re.DOTALL):
        paper = Paper()
        paper.width = int(re.search(r"\^PW(\d+)", body)[1])  # type: ignore[index]
        paper.height = int(re.search(r"\^LL(\d+)", body)[1])  # type: ignore[index]
        paper.copies = int(re.search(r"\^PQ(\d+)", body)[1])  # type: ignore[index]
        assert "^CI28" in body
        paper.begin()
        for left, top, what in _FIELD.findall(body):
            _read_zpl_field(paper, (int(left), int(top)), what)
        papers.append(paper)
    return papers


def _read_zpl_field(paper: Paper, at: tuple[int, int], what: str) -> None:
    bars = _BARS.match(what)
    if what.startswith("^GFA"):
        _total, total, stride, packed = what[5:].split(",", 3)
        raw = unpacked(packed, int(stride), int(total))
        paper.ink(at, int(stride), raw)
    elif bars:
        paper.codes.append((bars[2], int(bars[1]), int(bars[3]), unescaped(bars[4])))
    elif "^BQN" in what:
        found = re.match(r"\^BQN,2,(\d+)\^FH_\^FDMA,(.*)", what, re.DOTALL)
        assert found
        paper.codes.append(("Q", int(found[1]), 0, unescaped(found[2])))
    elif "^A0N" in what:
        paper.texts.append(unescaped(what.partition("^FD")[2]))
    else:
        assert "^GB" in what, what


_COMMANDS = (
    rb"SIZE ([\d.]+) mm,([\d.]+) mm",
    rb"GAP [\d.]+ mm,0 mm",
    rb"DIRECTION 1",
    rb"REFERENCE 0,0",
    rb"CODEPAGE UTF-8",
    rb"CLS",
    rb'BARCODE (\d+),(\d+),"(EAN13|EAN8)",(\d+),0,0,(\d+),\5,"(\d+)"',
    rb'QRCODE (\d+),(\d+),M,(\d+),A,0,"([ -~]*)"',
    rb"BAR (\d+),(\d+),(\d+),(\d+)",
    rb"PRINT 1,(\d+)",
)
_BITMAP = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),0,")


def read_tspl(data: bytes, dpi10: int = 2032) -> list[Paper]:
    """Return the labels of a stream of TSPL; every byte must make sense."""
    papers: list[Paper] = []
    paper, at = Paper(), 0
    while at < len(data):
        if data[at : at + 2] == b"\r\n":
            at += 2
            continue
        bitmap = _BITMAP.match(data, at)
        if bitmap:
            left, top, stride, height = map(int, bitmap.groups())
            size = stride * height
            raw = data[bitmap.end() : bitmap.end() + size]
            assert data[bitmap.end() + size :][:2] == b"\r\n"
            paper.ink((left, top), stride, bytes(byte ^ 0xFF for byte in raw))
            at = bitmap.end() + size + 2
            continue
        line = data[at : data.index(b"\r\n", at)]
        at += len(line) + 2
        _read_tspl_line(paper, line, dpi10)
        if line.startswith(b"PRINT"):
            paper.copies = int(line.rpartition(b",")[2])
            papers.append(paper)
            paper = Paper()
    return papers


def _read_tspl_line(paper: Paper, line: bytes, dpi10: int) -> None:
    found = next((m for m in (re.fullmatch(x, line) for x in _COMMANDS) if m), None)
    assert found, line
    if line.startswith(b"SIZE"):
        sizes = [int(float(x) * 1000) * dpi10 // 254_000 for x in found.groups()]
        paper.width, paper.height = sizes
        paper.begin()
    elif line.startswith(b"BARCODE"):
        kind, height, module, digits = (found[x].decode() for x in (3, 4, 5, 6))
        paper.codes.append((kind, int(module), int(height), digits))
    elif line.startswith(b"QRCODE"):
        paper.codes.append(("QR", int(found[3]), 0, found[4].decode()))
