"""Which interface of a USB device prints, and through which endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_PRINTER_CLASS = 0x07
_VENDOR_CLASS = 0xFF
_BULK = 0x02
_IN = 0x80
#: bInterfaceProtocol of the printer class, best first: bidirectional, then one way.
#: 3 (IEEE 1284.4) packs its bytes into frames, which no receipt printer needs.
_PROTOCOLS = {2: 0, 1: 1, 3: 3}


@dataclass(frozen=True, slots=True)
class PrinterInterface:
    """Where a printer takes its bytes.

    Attributes:
        number, alternate: of the interface and its setting.
        out_endpoint: address of the bulk endpoint that takes bytes.
        in_endpoint: of the one that answers; None for none.
        packet_bytes: largest packet of the answering one; reads ask for at least it.
        has_alternates: whether the interface has more than one setting.
    """

    number: int
    alternate: int
    out_endpoint: int
    in_endpoint: int | None
    packet_bytes: int
    has_alternates: bool


def printer_interface(
    configuration: Any,
) -> PrinterInterface | None:  # pyusb has no types
    """Return the best interface of a pyusb configuration; None when none prints.

    Any interface and any alternate setting: the printer class before a vendor's own.
    """
    settings = list(configuration)
    ranked = sorted(_ranked(settings), key=lambda x: x[0])
    return ranked[0][1] if ranked else None


def _ranked(
    settings: list[Any],
) -> Iterator[tuple[tuple[int, int, int], PrinterInterface]]:
    for setting in settings:
        kind = setting.bInterfaceClass
        if kind == _PRINTER_CLASS:
            rank = _PROTOCOLS.get(setting.bInterfaceProtocol, 2)
        elif kind == _VENDOR_CLASS:
            rank = 10
        else:
            continue
        found = _endpoints(setting, settings)
        if found is not None:
            yield (rank, found.number, found.alternate), found


def _endpoints(
    setting: Any, settings: list[Any]
) -> PrinterInterface | None:  # as above
    bulk = [x for x in setting if x.bmAttributes & 3 == _BULK]
    outs = [x for x in bulk if not x.bEndpointAddress & _IN]
    ins = [x for x in bulk if x.bEndpointAddress & _IN]
    if not outs:
        return None
    number = setting.bInterfaceNumber
    return PrinterInterface(
        number=number,
        alternate=setting.bAlternateSetting,
        out_endpoint=outs[0].bEndpointAddress,
        in_endpoint=ins[0].bEndpointAddress if ins else None,
        packet_bytes=ins[0].wMaxPacketSize if ins else 64,
        has_alternates=sum(x.bInterfaceNumber == number for x in settings) > 1,
    )
