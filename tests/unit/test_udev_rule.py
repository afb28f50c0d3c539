"""The udev rule is shipped as it is written, says how it is installed, and is found."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from hardware.udev_rule import (
    RULE_FILE,
    RuleState,
    prepare_rule,
    rule_state,
    rule_with,
    rules_text,
    shipped_rule,
)
from hardware.vendors import PRINTER_VENDORS, SCALE_VENDORS, SCANNER_VENDORS
from pos_app.ports.devices import Connection, ConnectionKind, FoundDevice

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="udev is Linux'")

#: One key of a rule: NAME{attribute} operator "value" (udev(7)).
_KEY = re.compile(r'[A-Z]+(\{[\w/.]+\})?\s*(==|!=|\+=|-=|:=|=)\s*"[^"]*"')


def rules() -> list[str]:
    lines = rules_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_the_shipped_rule_is_the_one_that_is_written() -> None:
    assert shipped_rule() == rules_text()


@pytest.mark.parametrize("rule", rules())
def test_every_line_is_a_rule_that_udev_reads(rule: str) -> None:
    keys = rule.split(", ")
    assert all(_KEY.fullmatch(key) for key in keys), keys
    assert len(rule) < 16_000


def test_every_maker_has_its_place() -> None:
    text = "\n".join(rules())
    for vid in (*PRINTER_VENDORS, *SCANNER_VENDORS, *SCALE_VENDORS):
        assert re.fullmatch(r"[0-9a-f]{4}", vid)
        assert vid in text


def test_the_rule_sorts_before_the_one_that_gives_devices_to_people() -> None:
    assert RULE_FILE < "73-seat-late.rules"


def test_it_is_known_whether_the_rule_is_there(tmp_path: Path) -> None:
    own, packaged = tmp_path / "etc", tmp_path / "lib"
    folders = (own, packaged)
    assert rule_state(folders) is RuleState.MISSING
    packaged.mkdir()
    (packaged / RULE_FILE).write_text(shipped_rule())
    assert rule_state(folders) is RuleState.INSTALLED
    own.mkdir()
    (own / RULE_FILE).write_text("# of an older release\n")
    assert rule_state(folders) is RuleState.OUTDATED


def found(kind: ConnectionKind, vid: str) -> FoundDevice:
    return FoundDevice(None, Connection(kind, vid), "", vid, keywords={"vid": vid})


def test_a_device_of_an_unknown_maker_gets_a_line_but_never_a_keyboard(
    tmp_path: Path,
) -> None:
    text = rule_with(
        [
            found(ConnectionKind.HID, "abcd"),
            found(ConnectionKind.USB, "abce"),
            found(ConnectionKind.USB, "04b8"),
            found(ConnectionKind.KEYBOARD, "abcf"),
            found(ConnectionKind.HID, 'x", RUN+="/bin/sh'),
        ]
    )
    more = text.removeprefix(shipped_rule())
    rules = [x for x in more.splitlines() if x and not x.startswith("#")]
    assert [x.partition(",")[0] for x in rules] == [
        'SUBSYSTEM=="hidraw"',
        'SUBSYSTEM=="usb"',
    ]
    assert "abcf" not in more
    assert "RUN" not in more
    (tmp_path / RULE_FILE).write_text(text)
    assert rule_state((tmp_path,)) is RuleState.INSTALLED


def test_the_command_installs_the_file_that_was_written(tmp_path: Path) -> None:
    prepared = prepare_rule(tmp_path / "a folder's name")
    assert prepared.path.read_text() == shipped_rule()
    words = shlex.split(prepared.command)
    assert words[:3] == ["sudo", "sh", "-c"]
    script = shlex.split(words[3])
    assert str(prepared.path) in script
    assert "udevadm" in script
