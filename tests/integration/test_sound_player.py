"""Sounds through the system's own players: never waited for, whatever they do."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from hardware.sound import SystemSoundPlayer
from pos_app.ports.sounds import Sound

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="shell scripts stand for the players here"
)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of programs that is the only one besides the shell's."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")
    return folder


def put(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    file.chmod(0o755)


def heard(log: Path) -> list[str]:
    text = log.read_text("utf-8") if log.exists() else ""
    return [Path(line).parent.name + "/" + Path(line).name for line in text.split()]


def test_a_sound_reaches_the_player_as_a_file(programs: Path, tmp_path: Path):
    log = tmp_path / "log"
    put(programs, "first-player", f'echo "$2" >> {log}')
    player = SystemSoundPlayer((("first-player", "-q"),))
    assert player.play(Sound.SCAN, "normal")
    player.close()
    assert heard(log) == ["normal/scan.wav"]


def test_where_one_player_fails_the_next_one_plays(programs: Path, tmp_path: Path):
    log = tmp_path / "log"
    put(programs, "no-server", "exit 1")
    put(programs, "plays", f'echo "$1" >> {log}')
    player = SystemSoundPlayer((("not-there",), ("no-server",), ("plays",)))
    assert player.play(Sound.PAID, "low")
    player.close()
    assert heard(log) == ["low/paid.wav"]


def test_a_player_that_hangs_is_given_up_and_nobody_waits(
    programs: Path, tmp_path: Path
):
    log, gate = tmp_path / "log", tmp_path / "gate"
    os.mkfifo(gate)
    put(programs, "hangs", f"exec cat {gate} > /dev/null")
    put(programs, "plays", f'echo "$1" >> {log}')
    player = SystemSoundPlayer((("hangs",), ("plays",)), longest_s=0.3)
    for _sound in range(20):  # the gate is shut: none of these was played to its end
        assert player.play(Sound.ERROR, "normal")
    player.close()
    assert 1 <= len(heard(log)) <= 3
    assert not [x for x in threading.enumerate() if x.name == "sound"]


def test_without_any_player_it_says_so(programs: Path):
    del programs
    player = SystemSoundPlayer((("not-there",),))
    assert player.play(Sound.ERROR, "normal")  # nobody has looked yet
    player.close()
    assert not player.play(Sound.ERROR, "normal")
