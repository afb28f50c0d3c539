"""guitai devices: drivers and what is plugged in; record a device, replay a recording."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.driver import Driver, DriverContext
from hardware.registry import driver, drivers
from hardware.system_clock import SystemClock
from hardware.transport.base import Transport
from hardware.transport.opening import transport_of
from hardware.transport.recording import (
    RecordingTransport,
    ReplayTransport,
    read_recording,
)
from hardware.trying import try_device
from pos_app.cli import add_json_option, say_json, say_progress
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceSettings,
    FoundDevice,
    OptionValue,
)

EXIT_FINE, EXIT_DIFFERS = 0, 1
_SEARCH_S = 2.0
#: Between two questions to a printer, or to a device that is not there.
_REST_S = 0.2
#: A recording that a driver does not ask to its end in this time differs from it.
_REPLAY_S = 60.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("act", nargs="?", default="list", choices=tuple(_ACTS))
    parser.add_argument("file", nargs="?", type=Path, help="the recording")
    parser.add_argument("--driver", default="", help="key of the driver")
    parser.add_argument(
        "--connection",
        default="",
        metavar="KIND:ADDRESS",
        help="serial:/dev/ttyUSB0, network:192.168.1.62:9100, usb:04b8:0202:X1",
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="of the driver or the connection; may be repeated",
    )
    parser.add_argument("--seconds", type=int, default=20, help="how long to record")
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """List, record or replay.

    Returns:
        0; 1 when a driver did not do what its recording shows.

    Raises:
        UserError: "devices_option_missing", "recording_unreadable" and what the driver
            or its settings say.
    """
    return _ACTS[parsed.act](parsed)


def _list(parsed: argparse.Namespace) -> int:
    # Late: looking loads the libraries of every kind of device.
    from hardware.discovery.search import search

    found = search(_SEARCH_S)
    if parsed.json:
        known = [_plain_driver(x) for x in drivers().values()]
        say_json({"drivers": known, "found": [_plain_found(x) for x in found]})
        return EXIT_FINE
    print(_("Drivers"))
    for one in drivers().values():
        ways = ", ".join(way.value for way in one.facts.connections)
        print(f"  {one.facts.key:20} {one.facts.category.value:16} {ways}")
    print(_("Plugged in, or on the network"))
    for thing in found:
        place = f"{thing.connection.kind.value}:{thing.connection.address}"
        print(f"  {thing.name or '?':32} {place}  {thing.driver} {thing.problem}")
    if not found:
        print("  " + _("nothing was found"))
    return EXIT_FINE


def _record(parsed: argparse.Namespace) -> int:
    file = _wanted_file(parsed)
    settings = _settings(parsed)
    say_progress(_("Everything this device says is kept in {file}.", file=file.name))
    with _lines_of(file) as write_line:

        def opened(connection: Connection) -> Transport:
            return RecordingTransport(transport_of(connection), write_line)

        deadline = time.monotonic() + max(1, min(parsed.seconds, 3600))
        for said in try_device(
            settings, _context(opened), lambda: time.monotonic() < deadline, _REST_S
        ):
            say_json(said)
    return EXIT_FINE


def _replay(parsed: argparse.Namespace) -> int:
    file = _wanted_file(parsed)
    try:
        happenings = read_recording(file.read_text("utf-8").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("recording_unreadable", line=0) from error
    played = ReplayTransport(happenings)
    settings = _settings(parsed, needs_connection=False)
    deadline = time.monotonic() + _REPLAY_S
    for said in try_device(
        settings,
        _context(lambda _: played),
        lambda: not played.is_finished and time.monotonic() < deadline,
    ):
        say_json(said)
        if said.get("error") == "recording_differs":
            break
    return EXIT_FINE if played.is_finished else EXIT_DIFFERS


_ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "list": _list,
    "record": _record,
    "replay": _replay,
}


def _context(opened: Callable[[Connection], Transport]) -> DriverContext:
    return DriverContext(SystemClock(), opened, lambda _: None, lambda _: None)


def _settings(
    parsed: argparse.Namespace, *, needs_connection: bool = True
) -> DeviceSettings:
    kind, _colon, address = parsed.connection.partition(":")
    if not parsed.driver:
        raise UserError("devices_option_missing", option="--driver")
    known = driver(parsed.driver).facts
    way = known.connections[0]
    if kind or needs_connection:
        if kind not in set(ConnectionKind):
            raise UserError("devices_option_missing", option="--connection")
        way = ConnectionKind(kind)
    options = dict(_option(word) for word in parsed.option)
    return DeviceSettings(
        device_id="tried",
        category=known.category,
        name=known.name,
        driver=known.key,
        connection=Connection(way, address, options),
        options=options,
    )


def _option(word: str) -> tuple[str, OptionValue]:
    key, equals, value = word.partition("=")
    if not (key and equals):
        raise UserError("devices_option_missing", option="--option KEY=VALUE")
    if value in {"true", "false"}:
        return key, value == "true"
    return key, int(value) if value.isascii() and value.isdecimal() else value


def _wanted_file(parsed: argparse.Namespace) -> Path:
    if parsed.file is None:
        raise UserError("devices_option_missing", option="FILE")
    return Path(parsed.file)


@contextmanager
def _lines_of(file: Path) -> Iterator[Callable[[str], None]]:
    """Open a recording for writing; each line is in the file at once."""
    try:
        stream = file.open("w", encoding="utf-8", buffering=1)
    except OSError as error:
        raise UserError("recording_unwritable", file=str(file)) from error

    def write_line(line: str) -> None:
        stream.write(line + "\n")

    with stream:
        yield write_line


def _plain_driver(one: Driver) -> dict[str, object]:
    facts = one.facts
    return {
        "key": facts.key,
        "category": facts.category.value,
        "name": facts.name,
        "connections": [way.value for way in facts.connections],
        "options": [x.key for x in facts.options],
        "is_tried": facts.is_tried,
    }


def _plain_found(found: FoundDevice) -> dict[str, object]:
    return {
        "category": found.category.value if found.category else None,
        "connection": found.connection.kind.value,
        "address": found.connection.address,
        "driver": found.driver,
        "name": found.name,
        "problem": found.problem,
    }
