"""The page shows a serial line as its driver speaks it until somebody sets it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hardware.registry import driver, drivers
from pos_app.ports.devices import DeviceSettings
from ui.presenters.device_fields import changed, fresh_device, setup_fields

FACTS = {key: one.facts for key, one in drivers().items()}


def line_of(device: DeviceSettings) -> tuple[object, ...]:
    fields = {x.key: x.value for x in setup_fields(device, FACTS, (device,), {})}
    return tuple(fields[f"way-{x}"] for x in ("baud", "bytesize", "parity", "stopbits"))


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("scale_toledo", (9600, 7, "E", 1)),
        ("scale_nci", (9600, 7, "E", 1)),
        ("scale_dialog06", (9600, 7, "O", 1)),
        ("scale_cas", (9600, 8, "N", 1)),
        ("scanner_serial", (9600, 8, "N", 1)),
    ],
)
def test_a_line_is_shown_as_it_is_spoken(key: str, line: tuple[object, ...]) -> None:
    assert line_of(fresh_device("x", driver(key).facts)) == line


def test_one_thing_set_otherwise_leaves_the_others_as_the_driver_speaks() -> None:
    device = fresh_device("x", driver("scale_toledo").facts)
    slower = changed(device, FACTS, "way-baud", "4800")

    assert line_of(slower) == (4800, 7, "E", 1)
    assert slower.connection.options == {"baud": 4800}
    again = replace(slower, connection=device.connection)
    assert line_of(again) == (9600, 7, "E", 1)
