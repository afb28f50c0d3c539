"""Barcodes and QR codes as rows of modules, and how large they fit."""

from __future__ import annotations

import re
from typing import Any

import barcode
import qrcode
from qrcode import constants

from pos_app.errors import DeviceError
from pos_app.values.gs1.check_digit import check_digit, is_digits

#: Quiet zones in modules (ISO/IEC 15417 and 15420; ISO/IEC 18004 section 6.3.8).
BARCODE_QUIET = 10
QR_QUIET = 4
_CORRECTIONS = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
_WIDEST_MODULE = 3
#: Symbologies of `pos_app.documents.layout.Barcode`, and digits of the fixed ones.
SYMBOLOGIES = ("code128", "gs1-128", "ean13", "ean8", "upca", "itf14", "code39")
_DIGITS = {"ean13": 13, "ean8": 8, "upca": 12, "itf14": 14}
_CODE39 = re.compile(r"[0-9A-Z \-.$/+%]+")
#: FNC1: before a GS1 element string, and between elements of no fixed length.
GROUP_SEPARATOR = "\x1d"
_BRACKETED = re.compile(r"\((\d{2,4})\)([^()]+)")
#: Application identifiers whose elements need no FNC1 after them (GS1 General
#: Specifications, figure 7.8.5-2).
_FIXED_LENGTH = re.compile(r"0[0-4]|1[1-9]|20|3[1-6]|41")


def barcode_modules(symbology: str, data: str) -> str:
    """Return the bars as `1` and the gaps as `0`, without quiet zones.

    Args:
        symbology: one of SYMBOLOGIES.
        data: what it carries; of GS1-128 an element string, see `element_string`.

    Raises:
        DeviceError: "barcode_impossible" when the data does not fit the symbology,
            a wrong check digit included.
    """
    assert symbology in SYMBOLOGIES
    if not _fits(symbology, data):
        raise DeviceError("barcode_impossible", data=data)
    match symbology:
        case "gs1-128":
            made = barcode.get("gs1_128", data.replace(GROUP_SEPARATOR, "\xf1"))
        case "itf14":
            made = barcode.itf.ITF(data, narrow=1, wide=3)
        case "code39":
            made = barcode.codex.Code39(data, add_checksum=False)
        case _:
            made = barcode.get(symbology, data)
    (modules,) = made.build()
    return str(modules)


def _fits(symbology: str, data: str) -> bool:
    if symbology in _DIGITS:
        is_right = len(data) == _DIGITS[symbology] and is_digits(data)
        return is_right and check_digit(data[:-1]) == data[-1]
    if symbology == "code39":
        return _CODE39.fullmatch(data) is not None
    if symbology == "gs1-128":
        data = data.replace(GROUP_SEPARATOR, "")
    return data.isascii() and data.isprintable() and bool(data)


def element_string(data: str) -> str:
    """Return a GS1 element string of its readable form.

    Args:
        data: "(01)09521234567899(10)ABC"; what is in no such form stays as it is.

    Returns:
        Identifiers and values with GS (0x1D) after those of no fixed length.
    """
    pairs = _BRACKETED.findall(data)
    if not pairs or "".join(f"({ai}){value}" for ai, value in pairs) != data:
        return data
    parts = [
        ai + value + ("" if _FIXED_LENGTH.match(ai) else GROUP_SEPARATOR)
        for ai, value in pairs
    ]
    return "".join(parts).removesuffix(GROUP_SEPARATOR)


def qr_modules(data: str, correction: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a QR code, dark as true, without quiet zone.

    Raises:
        DeviceError: "qr_too_long" when no QR code holds the data.
    """
    code = _fitted_qr(data, correction)
    code.make(fit=False)
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def qr_size(data: str, correction: str) -> int:
    """Return how many modules wide `qr_modules` is, without drawing it.

    To choose the best of eight masks took half of what a slip takes to encode, with
    Python's lock held beside the screen; a printer that draws by itself needs none.

    Raises:
        DeviceError: "qr_too_long" when no QR code holds the data.
    """
    return 17 + 4 * int(_fitted_qr(data, correction).version)


def _fitted_qr(data: str, correction: str) -> qrcode.QRCode[Any]:
    """Return a QR code of the smallest version that holds the data, not yet drawn."""
    code = qrcode.QRCode(error_correction=_CORRECTIONS[correction], border=0)
    code.add_data(data)
    try:
        code.best_fit()
    except (qrcode.exceptions.DataOverflowError, ValueError) as error:
        raise DeviceError("qr_too_long") from error
    return code


def barcode_module_dots(modules: str, width_dots: int) -> int:
    """Return how many dots wide a bar may be; 0 when it cannot fit at all."""
    whole = len(modules) + 2 * BARCODE_QUIET
    return min(_WIDEST_MODULE, width_dots // whole)


def qr_module_dots(count: int, wanted: int, width_dots: int) -> int:
    """Return the module size that fits: the wanted one or smaller, 0 if none."""
    return min(wanted, width_dots // (count + 2 * QR_QUIET))
