"""The driver of the manual, as a third party would bring it: found, run, recorded."""

import json
import socket
import sys
import threading
from contextlib import contextmanager

import pytest

from hardware import registry
from hardware.driver import ENTRY_POINTS
from pos_app.cli import main
from pos_app.ports.devices import DeviceCategory
from pos_app.resources import resource_path

EXAMPLE = "driver_example"


def installed(folder, name: str, line: str, module: str) -> None:
    """Lay a package into a folder as pip would."""
    (folder / f"{name}.py").write_text(module, "utf-8")
    facts = folder / f"{name}-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text(f"Name: {name}\nVersion: 1.0\n", "utf-8")
    (facts / "entry_points.txt").write_text(f"[{ENTRY_POINTS}]\n{line}\n", "utf-8")


@pytest.fixture
def packages(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    registry.drivers.cache_clear()
    yield folder
    registry.drivers.cache_clear()
    for name in [x for x in sys.modules if x.startswith(("guitai_bell", "broken_"))]:
        del sys.modules[name]


@pytest.fixture
def bell(packages):
    source = resource_path(EXAMPLE, "guitai_bell_scale.py").read_text("utf-8")
    line = "bell_scale = guitai_bell_scale:DRIVER"
    installed(packages, "guitai_bell_scale", line, source)
    return packages


@contextmanager
def bell_scale(answers: list[bytes]):
    """Answer each question in turn, over a socket; then say nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                left = iter(answers)
                while line.recv(1) == b"?":
                    line.sendall(next(left, b""))

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"network:127.0.0.1:{server.getsockname()[1]}"
        thread.join(10)


def test_the_example_names_the_entry_point_that_the_till_looks_for() -> None:
    project = resource_path(EXAMPLE, "pyproject.toml").read_text("utf-8")
    assert f'entry-points."{ENTRY_POINTS}"' in project


def test_a_driver_of_another_package_is_found(bell) -> None:
    assert "bell_scale" in registry.drivers()
    facts = registry.driver("bell_scale").facts
    assert facts in [x.facts for x in registry.drivers_of(DeviceCategory.SCALE)]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("raise RuntimeError('of any quality')", "broken = broken_one:DRIVER"),
        ("DRIVER = 7", "broken = broken_one:DRIVER"),
        ("", "broken = broken_one:DRIVER"),
        ("raise SystemError", "broken = broken_one:DRIVER"),
    ],
)
def test_a_package_that_cannot_be_loaded_is_left_out(packages, module, line) -> None:
    installed(packages, "broken_one", line, module)
    assert "escpos" in registry.drivers()
    assert "broken" not in registry.drivers()


def test_nobody_takes_the_place_of_a_driver_of_the_till(packages) -> None:
    own = registry.driver("escpos")
    registry.drivers.cache_clear()
    source = resource_path(EXAMPLE, "guitai_bell_scale.py").read_text("utf-8")
    stolen = source.replace('key="bell_scale"', 'key="escpos"')
    installed(packages, "guitai_bell_scale", "x = guitai_bell_scale:DRIVER", stolen)
    assert registry.driver("escpos") == own


def said(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_what_was_recorded_is_played_again_to_the_same_weights(
    bell, tmp_path, capsys
) -> None:
    file = tmp_path / "bell.jsonl"
    weighed = [b"M 0.512 kg\r\n", b"S 1.2", b"34 kg\r\n", b"S 0.000 kg\r\n", b"\xffX\n"]
    with bell_scale(weighed) as place:
        words = ["--driver", "bell_scale", "--connection", place, "--seconds", "2"]
        assert main(["devices", "record", str(file), *words]) == 0
    recorded = said(capsys)
    states = [x["weighing"] for x in recorded if "weighing" in x]
    assert states[:4] == ["moving", "stable", "zero", "unreadable"]
    assert {"weighing": "stable", "weight_kg": "1.234"} in recorded
    assert main(["devices", "replay", str(file), "--driver", "bell_scale"]) == 0
    replayed = [x["weighing"] for x in said(capsys) if "weighing" in x]
    assert replayed[:4] == states[:4]


def test_a_driver_that_asks_otherwise_than_recorded_is_told_where(
    bell, tmp_path, capsys
) -> None:
    file = tmp_path / "other.jsonl"
    head = {"guitai_recording": 1, "device": "x"}
    lines = [head, {"ms": 1, "out": b"!".hex()}, {"ms": 2, "in": b"S".hex()}]
    file.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    assert main(["devices", "replay", str(file), "--driver", "bell_scale"]) == 1
    assert said(capsys)[-1] == {"error": "recording_differs", "offset": "0"}


@pytest.mark.parametrize(
    "text", ["", "{}", "no json", '{"guitai_recording": 2}', "[1]", "\x00"]
)
def test_what_is_no_recording_is_refused(bell, tmp_path, capsys, text) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text(text + "\n" + '{"ms": 1, "in": "zz"}', "utf-8")
    assert main(["devices", "replay", str(file), "--driver", "bell_scale"]) == 2
    assert "recording" in capsys.readouterr().err


def test_a_recording_of_a_printer_that_is_not_there_stays_short(tmp_path) -> None:
    file = tmp_path / "nobody.jsonl"
    there = ("--driver", "escpos", "--connection", "network:127.0.0.1:1")
    assert main(["devices", "record", str(file), *there, "--seconds", "1"]) == 0
    assert len(file.read_text("utf-8").splitlines()) < 100
