"""Barcodes and QR codes as rows of modules, and how large they fit."""

from __future__ import annotations

import barcode
import qrcode
from qrcode import constants

from pos_app.errors import DeviceError

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


def barcode_modules(symbology: str, data: str) -> str:
    """Return the bars as `1` and the gaps as `0`, without quiet zones.

    Raises:
        DeviceError: "barcode_impossible" when the data does not fit the symbology.
    """
    assert symbology in ("code128", "ean13")
    is_plain = data.isascii() and data.isprintable() and bool(data)
    is_gtin = data.isdecimal() and len(data) == 13
    if not is_plain or (symbology == "ean13" and not is_gtin):
        raise DeviceError("barcode_impossible", data=data)
    (modules,) = barcode.get(symbology, data).build()
    return str(modules)


def qr_modules(data: str, correction: str) -> tuple[tuple[bool, ...], ...]:
    """Return the rows of a QR code, dark as true, without quiet zone.

    Raises:
        DeviceError: "qr_too_long" when no QR code holds the data.
    """
    code = qrcode.QRCode(error_correction=_CORRECTIONS[correction], border=0)
    code.add_data(data)
    try:
        code.make(fit=True)
    except (qrcode.exceptions.DataOverflowError, ValueError) as error:
        raise DeviceError("qr_too_long") from error
    return tuple(tuple(bool(cell) for cell in row) for row in code.get_matrix())


def barcode_module_dots(modules: str, width_dots: int) -> int:
    """Return how many dots wide a bar may be; 0 when it cannot fit at all."""
    whole = len(modules) + 2 * BARCODE_QUIET
    return min(_WIDEST_MODULE, width_dots // whole)


def qr_module_dots(count: int, wanted: int, width_dots: int) -> int:
    """Return the module size that fits: the wanted one or smaller, 0 if none."""
    return min(wanted, width_dots // (count + 2 * QR_QUIET))
