"""Barcodes of labels as modules, with their quiet zones."""

from __future__ import annotations

from dataclasses import dataclass

import barcode

from hardware.printer.codes import QR_QUIET, qr_modules
from pos_app.documents.label import Symbology
from pos_app.errors import DeviceError
from pos_app.values.gs1.check_digit import check_digit, is_digits

#: FNC1 as python-barcode writes it, in front and behind what has no fixed length.
FNC1 = "\xf1"
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
    return Bars(_modules(symbology, data), before, after)


def _modules(symbology: Symbology, data: str) -> str:
    if symbology in {Symbology.EAN13, Symbology.EAN8}:
        digits = 13 if symbology is Symbology.EAN13 else 8
        if len(data) != digits or not is_digits(data):
            raise DeviceError("barcode_impossible", data=data)
        if check_digit(data[:-1]) != data[-1]:
            raise DeviceError("barcode_impossible", data=data)
        return _built(symbology.value, data)
    if symbology is Symbology.GS1_128:
        written = FNC1.join(("", *_joined(gs1_elements(data))))
        return _built("code128", written)
    is_plain = data.isascii() and data.isprintable() and 0 < len(data) <= _LONGEST
    if not is_plain:
        raise DeviceError("barcode_impossible", data=data)
    return _built("code128", data)


def _built(symbology: str, data: str) -> str:
    (modules,) = barcode.get(symbology, data).build()
    return str(modules)


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


def squares_of(data: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a QR code, dark as true, without its quiet zone.

    Raises:
        DeviceError: "qr_too_long".
    """
    return qr_modules(data, "M")


__all__ = [
    "FNC1",
    "QR_QUIET",
    "Bars",
    "bars_of",
    "gs1_elements",
    "gs1_stretches",
    "squares_of",
]
