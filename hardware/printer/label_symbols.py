"""Barcodes of labels as modules, with their quiet zones."""

from __future__ import annotations

from dataclasses import dataclass

import barcode
from barcode.charsets import code128

from hardware.printer.codes import qr_modules
from pos_app.documents.label import Symbology
from pos_app.errors import DeviceError
from pos_app.values.gs1.check_digit import check_digit, is_digits

#: Values of Code 128 that are no data (ISO/IEC 15417, table 1).
TO_B, FNC1, START_B, START_C = 100, 102, 104, 105
#: Stands for FNC1, before a GS1-128 and behind what has no fixed length.
SEPARATOR = "\x1d"
#: Light modules left and right (GS1 General Specifications 5.2.3.4, 5.4.3).
_QUIET = {
    Symbology.EAN13: (11, 7),
    Symbology.EAN8: (7, 7),
    Symbology.CODE128: (10, 10),
    Symbology.GS1_128: (10, 10),
}
#: First digits of the identifiers whose element strings have a fixed length: they
#: need no separator (GS1 General Specifications, figure 7.8.5-2).
_FIXED = frozenset(
    [
        "00",
        "01",
        "02",
        "03",
        "04",
        "11",
        "12",
        "13",
        "14",
        "15",
        "16",
        "17",
        "18",
        "19",
        "20",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "41",
    ]
)
#: Of Code 128: a longer one fits no label.
_LONGEST = 48
#: Fewer signs in pairs save nothing.
_LEAST_PAIRED = 4


@dataclass(frozen=True, slots=True)
class Bars:
    """A one-dimensional code.

    Attributes:
        modules: "1" for a bar, "0" for a gap.
        before, after: modules of the quiet zones.
    """

    modules: str
    before: int
    after: int

    @property
    def width(self) -> int:
        """Modules with both quiet zones."""
        return self.before + len(self.modules) + self.after


def bars_of(symbology: Symbology, data: str) -> Bars:
    """Return the bars of data.

    Raises:
        DeviceError: "barcode_impossible" when the data does not fit the symbology.
    """
    before, after = _QUIET[symbology]
    if symbology in {Symbology.EAN13, Symbology.EAN8}:
        return Bars(_ean(symbology, data), before, after)
    values = code128_values(symbology, data)
    total = values[0] + sum(at * value for at, value in enumerate(values))
    signs = [code128.CODES[value] for value in (*values, total % 103)]
    return Bars("".join(signs) + code128.STOP + "11", before, after)


def _ean(symbology: Symbology, data: str) -> str:
    digits = 13 if symbology is Symbology.EAN13 else 8
    if len(data) != digits or not is_digits(data):
        raise DeviceError("barcode_impossible", data=data)
    if check_digit(data[:-1]) != data[-1]:
        raise DeviceError("barcode_impossible", data=data)
    (modules,) = barcode.get(symbology.value, data).build()
    return str(modules)


def code128_values(symbology: Symbology, data: str) -> tuple[int, ...]:
    """Return the symbol values of Code 128, start to last data (ISO/IEC 15417).

    Leading digits go in pairs (set C), the rest one by one (set B): the one switch
    that every printer makes alike, so that what it draws is as wide as was placed.

    Raises:
        DeviceError: as `bars_of`.
    """
    if symbology is Symbology.GS1_128:
        signs = [SEPARATOR + part for part in gs1_stretches(data)]
        return _values("".join(signs))
    is_plain = data.isascii() and data.isprintable() and 0 < len(data) <= _LONGEST
    if not is_plain:
        raise DeviceError("barcode_impossible", data=data)
    return _values(data)


def _values(text: str) -> tuple[int, ...]:
    values, at = [START_C], 0
    while at < len(text):
        pair = text[at : at + 2]
        if text[at] == SEPARATOR:
            values.append(FNC1)
            at += 1
        elif len(pair) == 2 and is_digits(pair):
            values.append(int(pair))
            at += 2
        else:
            break
    if at < _LEAST_PAIRED:
        values, at = [START_B], 0
    elif at < len(text):
        values.append(TO_B)
    for sign in text[at:]:
        values.append(FNC1 if sign == SEPARATOR else ord(sign) - 32)
    return tuple(values)


def gs1_elements(data: str) -> tuple[tuple[str, str], ...]:
    """Split "(01)09521005001379(3103)000500" into identifiers and values.

    Raises:
        DeviceError: "barcode_impossible".
    """
    found: list[tuple[str, str]] = []
    for part in data.removeprefix("(").split("("):
        identifier, closed, value = part.partition(")")
        is_fine = bool(closed and value) and is_digits(identifier)
        is_fine = is_fine and 2 <= len(identifier) <= 4
        if not is_fine or not (value.isascii() and value.isprintable()):
            raise DeviceError("barcode_impossible", data=data)
        found.append((identifier, value))
    if not data.startswith("(") or len(data) > _LONGEST:
        raise DeviceError("barcode_impossible", data=data)
    return tuple(found)


def _joined(elements: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """Return the stretches between two separators."""
    stretches = [""]
    for identifier, value in elements:
        stretches[-1] += identifier + value
        if identifier[:2] not in _FIXED:
            stretches.append("")
    return tuple(stretches if stretches[-1] else stretches[:-1])


def gs1_stretches(data: str) -> tuple[str, ...]:
    """Return what stands between the FNC1 of a GS1-128, the first one before all.

    Raises:
        DeviceError: "barcode_impossible".
    """
    return _joined(gs1_elements(data))


def squares_of(symbology: Symbology, data: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a square code, dark as true, without its quiet zone.

    Raises:
        DeviceError: "qr_too_long", or "barcode_impossible" for what is no GS1 message.
    """
    if symbology is Symbology.QR:
        return qr_modules(data, "M")
    gs1_elements(data)
    # Late: most labels have none of these.
    import zxingcpp
    from PIL import Image

    kind = zxingcpp.BarcodeFormat.DataMatrix
    code = zxingcpp.create_barcode(data, kind, gs1=True, options="forcesquare")
    drawn = Image.fromarray(code.to_image(scale=1, add_quiet_zones=False))
    width, dots = drawn.width, drawn.convert("L").tobytes()
    rows = (dots[at : at + width] for at in range(0, len(dots), width))
    return tuple(tuple(dot < 128 for dot in row) for row in rows)
