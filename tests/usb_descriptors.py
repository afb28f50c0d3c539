"""The fields of USB descriptors, by the names that pyusb expects of a backend."""

from __future__ import annotations

import struct
from array import array
from types import SimpleNamespace
from typing import Any

DEVICE = struct.Struct("<BBHBBBBHHHBBBB")
DEVICE_FIELDS = [
    "bLength",
    "bDescriptorType",
    "bcdUSB",
    "bDeviceClass",
    "bDeviceSubClass",
    "bDeviceProtocol",
    "bMaxPacketSize0",
    "idVendor",
    "idProduct",
    "bcdDevice",
    "iManufacturer",
    "iProduct",
    "iSerialNumber",
    "bNumConfigurations",
]
CONFIG = struct.Struct("<BBHBBBBB")
CONFIG_FIELDS = [
    "bLength",
    "bDescriptorType",
    "wTotalLength",
    "bNumInterfaces",
    "bConfigurationValue",
    "iConfiguration",
    "bmAttributes",
    "bMaxPower",
]
_INTERFACE_FIELDS = [
    "bLength",
    "bDescriptorType",
    "bInterfaceNumber",
    "bAlternateSetting",
    "bNumEndpoints",
    "bInterfaceClass",
    "bInterfaceSubClass",
    "bInterfaceProtocol",
    "iInterface",
]
_ENDPOINT = struct.Struct("<BBBBHB")
_ENDPOINT_FIELDS = [
    "bLength",
    "bDescriptorType",
    "bEndpointAddress",
    "bmAttributes",
    "wMaxPacketSize",
    "bInterval",
]


def interfaces(configuration: bytes) -> list[list[SimpleNamespace]]:
    """Interface descriptors by interface and alternate setting, each with its `endpoints`."""
    found: dict[int, list[SimpleNamespace]] = {}
    current: Any = None
    at = 0
    while at < len(configuration):
        length, kind = configuration[at], configuration[at + 1]
        raw = configuration[at : at + length]
        if kind == 4:
            fields = dict(zip(_INTERFACE_FIELDS, raw, strict=True))
            current = SimpleNamespace(**fields, extra_descriptors=[], endpoints=[])
            found.setdefault(current.bInterfaceNumber, []).append(current)
        elif kind == 5:
            fields = dict(
                zip(_ENDPOINT_FIELDS, _ENDPOINT.unpack_from(raw), strict=True)
            )
            current.endpoints.append(
                SimpleNamespace(
                    **fields, bRefresh=0, bSynchAddress=0, extra_descriptors=[]
                )
            )
        at += length
    return list(found.values())


def packet_size(configuration: bytes, address: int) -> int:
    for alternates in interfaces(configuration):
        for endpoint in alternates[0].endpoints:
            if endpoint.bEndpointAddress == address:
                return int(endpoint.wMaxPacketSize)
    return 64


def fill(buffer: array[int], data: bytes) -> int:
    buffer[: len(data)] = array(buffer.typecode, data)
    return len(data)
