"""The till's sounds: as the settings say, not too often, and made of plain tones."""

from __future__ import annotations

import io
import wave
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.sound import sound_file
from hardware.sound_waves import RATE, TONES, wave_file
from pos_app.bootstrap import Till
from pos_app.ports.sounds import LEVELS, Sound
from pos_app.services.sounds import SILENT, SoundBoard
from tests.counter_shop import MANAGER, fresh_shop, opened


class Ear:
    """A player that hears; deaf, it can play nothing."""

    def __init__(self, *, is_deaf: bool = False) -> None:
        self.heard: list[tuple[Sound, str]] = []
        self._is_deaf = is_deaf

    def play(self, sound: Sound, level: str) -> bool:
        if not self._is_deaf:
            self.heard.append((sound, level))
        return not self._is_deaf

    def close(self) -> None:
        """Hear no more."""


class HandClock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.ms = 0

    def now(self):
        raise AssertionError("sounds need no time of day")

    def monotonic_ms(self) -> int:
        return self.ms


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as opened_till:
        yield opened_till


def loud(till: Till, level: str) -> None:
    till.settings.change(till.counter.desk.stamp(), sounds=level)


def test_sounds_are_as_loud_as_the_settings_say(till: Till):
    ear = Ear()
    board = SoundBoard(ear, till.settings)
    board.play(Sound.PAID)
    loud(till, "low")
    board.play(Sound.PAID)
    loud(till, "off")
    board.play(Sound.PAID)
    board.error()
    assert ear.heard == [(Sound.PAID, "normal"), (Sound.PAID, "low")]


def test_a_test_is_heard_even_where_sounds_are_off(till: Till):
    loud(till, "off")
    ear = Ear()
    assert SoundBoard(ear, till.settings).test(Sound.SCAN)
    assert ear.heard == [(Sound.SCAN, "normal")]
    assert not SILENT.test(Sound.SCAN)


def test_where_no_file_can_be_played_the_machine_beeps_for_a_problem(till: Till):
    beeps: list[int] = []
    board = SoundBoard(Ear(is_deaf=True), till.settings, beep=lambda: beeps.append(1))
    board.play(Sound.SCAN)
    board.play(Sound.PAID)
    assert beeps == []
    board.error()
    board.play(Sound.DRAWER)
    assert len(beeps) == 2
    assert not board.test(Sound.SCAN)
    assert len(beeps) == 3


def test_twenty_scans_a_second_do_not_crackle(till: Till):
    ear, clock = Ear(), HandClock()
    board = SoundBoard(ear, till.settings, clock)
    for _scan in range(20):
        board.play(Sound.SCAN)
        clock.ms += 50
    assert 5 <= len(ear.heard) <= 10


def test_a_problem_is_heard_before_the_next_scan(till: Till):
    ear, clock = Ear(), HandClock()
    board = SoundBoard(ear, till.settings, clock)
    board.play(Sound.SCAN)
    board.error()  # at once, whatever was heard before
    clock.ms += 200
    board.play(Sound.SCAN)
    assert [sound for sound, _level in ear.heard] == [Sound.SCAN, Sound.ERROR]
    clock.ms += 400
    board.play(Sound.SCAN)
    assert ear.heard[-1][0] is Sound.SCAN


def samples(data: bytes) -> array[int]:
    with wave.open(io.BytesIO(data)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert file.getframerate() == RATE
        return array("h", file.readframes(file.getnframes()))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("sound", Sound)
def test_the_files_are_what_the_tones_say(sound: Sound, level: str):
    stored = samples(sound_file(sound, level).read_bytes())
    made = samples(wave_file(sound, level))
    # Another machine's sine may differ in its last digit.
    assert len(stored) == len(made)
    assert all(abs(one - other) <= 1 for one, other in zip(stored, made, strict=True))
    milliseconds = sum(tone.milliseconds for tone in TONES[sound])
    assert abs(len(stored) * 1000 // RATE - milliseconds) <= len(TONES[sound])


@pytest.mark.parametrize("sound", Sound)
def test_no_sound_is_cut_clicks_or_is_like_another(sound: Sound):
    normal, low = (samples(wave_file(sound, level)) for level in ("normal", "low"))
    assert normal[0] == normal[-1] == 0
    assert max(low) < max(normal) < 32_767
    assert [other for other in Sound if TONES[other] == TONES[sound]] == [sound]
