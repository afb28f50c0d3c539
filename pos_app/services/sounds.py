"""Which sound is played when, and how loud."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.ports.clock import Clock
from pos_app.ports.sounds import Sound, SoundPlayer
from pos_app.services.scan_result import Outcome, ScanResult
from pos_app.services.settings import SettingsService

#: One sound is not begun again sooner; twenty scans a second would only crackle.
_LEAST_MS = {
    Sound.SCAN: 120,
    Sound.MEMBER: 300,
    Sound.ERROR: 300,
    Sound.APPROVAL: 500,
    Sound.PAID: 300,
    Sound.DRAWER: 1_000,
}
#: After a problem good news waits: the problem must be heard.
_ERROR_RINGS_MS = 550
#: What a scan says when all is well.
_GOOD_NEWS = frozenset({Sound.SCAN, Sound.MEMBER})
#: What must be heard even where the machine plays no files.
_NEEDED = frozenset({Sound.ERROR, Sound.DRAWER})


class SoundBoard:
    """Plays the till's sounds as the settings say; used from the GUI thread.

    Args:
        player: plays them; None for a till that is never heard.
        settings: how loud.
        clock: monotonic.
        beep: the machine's own sound, where the player cannot.
    """

    def __init__(
        self,
        player: SoundPlayer | None,
        settings: SettingsService | None = None,
        clock: Clock | None = None,
        beep: Callable[[], None] | None = None,
    ) -> None:
        self._player, self._settings = player, settings
        self._clock, self._beep = clock, beep
        self._last_ms: dict[Sound, int] = {}

    @property
    def level(self) -> str:
        """Return how loud: "off", "low" or "normal"."""
        return "off" if self._settings is None else self._settings.current.sounds

    def play(self, sound: Sound) -> None:
        """Play a sound, unless the settings or another sound are in the way."""
        if self._player is None or self.level == "off" or self._is_too_soon(sound):
            return
        if not self._player.play(sound, self.level) and sound in _NEEDED:
            self._call_beep()

    def test(self, sound: Sound) -> bool:
        """Play a sound because somebody wants to hear it.

        Returns:
            Whether this machine plays files; the machine's own beep otherwise.
        """
        if self._player is None:
            return False
        level = "normal" if self.level == "off" else self.level
        if self._player.play(sound, level):
            return True
        self._call_beep()
        return False

    def of_scan(self, result: ScanResult) -> ScanResult:
        """Play the sound of goods that a scan added; return what the scan did."""
        if result.outcome is Outcome.ADDED:
            self.play(Sound.SCAN)
        return result

    def error(self) -> None:
        """Play the sound of a problem."""
        self.play(Sound.ERROR)

    def _call_beep(self) -> None:
        if self._beep is not None:
            self._beep()

    def _is_too_soon(self, sound: Sound) -> bool:
        """Tell whether the same sound, or a problem's, has just begun."""
        if self._clock is None:
            return False
        now_ms = self._clock.monotonic_ms()
        since = {key: now_ms - at for key, at in self._last_ms.items()}
        if since.get(sound, _LEAST_MS[sound]) < _LEAST_MS[sound]:
            return True
        rings = since.get(Sound.ERROR, _ERROR_RINGS_MS) < _ERROR_RINGS_MS
        if sound in _GOOD_NEWS and rings:
            return True
        self._last_ms[sound] = now_ms
        return False


#: For a till that nobody hears: tests, pictures, the demo day.
SILENT = SoundBoard(None)
