"""Devices of tests: settings, and workers that nobody else looks after."""

from __future__ import annotations

from pathlib import Path

from hardware.driver import DriverContext
from hardware.making import make_printer
from hardware.printer.worker import Listeners, PrinterWorker
from hardware.transport.opening import transport_of
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    OptionValue,
)
from pos_app.ports.printing import PrintQueue
from tests.print_queue import SteadyClock


def receipt_printer(
    driver: str, kind: ConnectionKind, address: str, **options: OptionValue
) -> DeviceSettings:
    return DeviceSettings(
        "slip",
        DeviceCategory.RECEIPT_PRINTER,
        "",
        driver,
        Connection(kind, address),
        options,
    )


def tcp_printer(host: str, port: int, **options: OptionValue) -> DeviceSettings:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return receipt_printer("escpos", ConnectionKind.NETWORK, address, **options)


def folder_printer(folder: Path, **options: OptionValue) -> DeviceSettings:
    kind = ConnectionKind.FOLDER
    return receipt_printer("virtual", kind, str(folder), **options)


def context() -> DriverContext:
    return DriverContext(SteadyClock(), transport_of, lambda _: None, lambda _: None)


def printer_worker(
    settings: DeviceSettings, queue: PrintQueue, listeners: Listeners
) -> PrinterWorker:
    device = make_printer(settings, context())
    name = settings.device_id
    return PrinterWorker(name, device, queue, SteadyClock(), listeners=listeners)
