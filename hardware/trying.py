"""Runs a device for a moment and says what it says: for whoever writes a driver."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from hardware.driver import DriverContext
from hardware.making import make_device
from pos_app.errors import DeviceError
from pos_app.ports.devices import DeviceReport, DeviceSettings


def try_device(
    settings: DeviceSettings,
    context: DriverContext,
    goes_on: Callable[[], bool],
    rest_s: float = 0.0,
) -> Iterator[dict[str, object]]:
    """Run a device on this thread, and yield what is new: codes, weights, errors.

    A printer has no turns: it is asked how it is.

    Args:
        settings: of the device.
        context: what it is given.
        goes_on: asked before each turn.
        rest_s: after a question to a printer, and after an error, in seconds; a
            recording would be full of them. 0 where one is replayed.

    Raises:
        UserError: what the driver says of its settings.
    """
    heard: list[dict[str, object]] = []

    def on_scan(code: str) -> None:
        heard.append({"code": code})

    def on_report(report: DeviceReport) -> None:
        heard.append({"report": report.key, "health": report.health.value})

    context = replace(context, on_scan=on_scan, on_report=on_report)
    device = make_device(settings, context)
    is_open, last = False, ""
    while goes_on():
        try:
            last = yield from _one_turn(device, is_open=is_open, last=last)
            is_open = True
            is_resting = hasattr(device, "check")
        except DeviceError as error:
            is_open, is_resting = False, True
            _close(device)
            yield {"error": error.key, **{k: str(v) for k, v in error.params.items()}}
        yield from heard
        heard.clear()
        if is_resting:
            time.sleep(rest_s)
    _close(device)


def _one_turn(
    device: object, *, is_open: bool, last: str
) -> Generator[dict[str, object], None, str]:
    """Open it if need be, serve it once; yield its weight or status if it is new."""
    check = getattr(device, "check", None)
    if check is not None:
        status = str(check().value)
        if status != last:
            yield {"status": status}
        return status
    if not is_open:
        device.open()  # type: ignore[attr-defined] # a RunningDevice, as its driver says
    device.turn()  # type: ignore[attr-defined] # likewise
    reading = getattr(device, "reading", None)
    if reading is None:
        return last
    now = reading()
    said = f"{now.state.value} {now.weight_kg}"
    if said != last:
        weight = None if now.weight_kg is None else str(now.weight_kg)
        yield {"weighing": now.state.value, "weight_kg": weight}
    return said


def _close(device: object) -> None:
    close = getattr(device, "close", None) or getattr(device, "release", None)
    if close is not None:
        close()
