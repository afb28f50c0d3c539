"""Plays short files through the system: winsound on Windows, a player elsewhere.

A thread of its own plays them, so neither a slow sound server nor a hanging player
is ever felt at the counter.
"""

from __future__ import annotations

import logging
import os
import queue
import shutil
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

from pos_app.ports.sounds import Sound
from pos_app.resources import resource_path

#: PipeWire's, PulseAudio's, ALSA's and macOS's own players, best first.
PLAYERS: tuple[tuple[str, ...], ...] = (
    ("pw-play",),
    ("paplay",),
    ("aplay", "-q"),
    ("afplay",),
)
#: The longest sound takes half a second; who takes longer hangs.
LONGEST_S = 3.0
#: A sound server that was not there may have come up since.
LOOK_AGAIN_S = 60.0
#: What waits longer than two sounds is old news.
_WAITING = 2
_log = logging.getLogger("guitai.sound")


def sound_file(sound: Sound, level: str) -> Path:
    """Return where a sound lies."""
    return resource_path("sounds", level, f"{sound.value}.wav")


class SystemSoundPlayer:
    """Implements `ports.sounds.SoundPlayer`.

    Args:
        players: commands to try, in order; the file's path is added.
        longest_s: seconds after which a player is given up.
    """

    def __init__(
        self,
        players: Sequence[tuple[str, ...]] = PLAYERS,
        longest_s: float = LONGEST_S,
    ) -> None:
        self._players, self._longest_s = tuple(players), longest_s
        self._refused: set[str] = set()
        self._mute_until = 0.0
        self._files: queue.Queue[Path | None] = queue.Queue(_WAITING)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def play(self, sound: Sound, level: str) -> bool:
        """Hand a sound over; False where no player of this machine works."""
        if monotonic() < self._mute_until:
            return False
        with self._lock:
            if self._thread is None:  # the first sound; a start needs none
                self._thread = threading.Thread(
                    target=self._run, name="sound", daemon=True
                )
                self._thread.start()
        try:
            self._files.put_nowait(sound_file(sound, level))
        except queue.Full:
            return True  # two others are about to be heard
        return True

    def close(self) -> None:
        """Play no more; what is being played ends by itself."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            while True:  # make room for the word to end
                try:
                    self._files.put_nowait(None)
                    break
                except queue.Full:
                    self._take_one()
            thread.join(self._longest_s + 1.0)

    def _take_one(self) -> None:
        try:
            self._files.get_nowait()
        except queue.Empty:
            return

    def _run(self) -> None:
        while True:
            file = self._files.get()
            if file is None:
                return
            if not self._play_now(file):
                _log.info("no player for sounds; looked for %s", self._players)
                self._refused.clear()
                self._mute_until = monotonic() + LOOK_AGAIN_S

    def _play_now(self, file: Path) -> bool:
        """Play a file to its end; tell whether anything did."""
        if os.name == "nt":
            return _play_on_windows(file)
        for command in self._players:
            program = shutil.which(command[0])
            if program is None or command[0] in self._refused:
                continue
            if self._ran([program, *command[1:], str(file)]):
                return True
            self._refused.add(command[0])
        return False

    def _ran(self, command: list[str]) -> bool:
        import subprocess  # with the first sound, not with the start

        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=self._longest_s,
                check=False,
                env=_system_environment(os.environ),
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            _log.info("%s plays nothing: %s", command[0], error)
            return False
        return done.returncode == 0


def _play_on_windows(file: Path) -> bool:
    """Play a file to its end: on this thread nothing is cut off by the next one."""
    was_played = False
    if sys.platform == "win32":
        import winsound

        flags = winsound.SND_FILENAME | winsound.SND_NODEFAULT
        try:
            winsound.PlaySound(str(file), flags)
            was_played = True
        except RuntimeError as error:  # no sound device
            _log.info("winsound plays nothing: %s", error)
    return was_played


def _system_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without the frozen program's own libraries."""
    found = dict(environment)
    before = found.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        found["LD_LIBRARY_PATH"] = before
    elif getattr(sys, "frozen", False):
        found.pop("LD_LIBRARY_PATH", None)
    return found
