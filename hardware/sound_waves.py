"""Makes the till's sounds: plain tones, computed, nobody's recording.

`python -m hardware.sound_waves` writes resources/sounds anew.
"""

from __future__ import annotations

import io
import math
import sys
import wave
from array import array
from dataclasses import dataclass

from hardware.sound import sound_file
from pos_app.ports.sounds import LEVELS, Sound

RATE = 22_050
#: Share of full scale; low is a quarter of the power at normal.
_LOUDNESS = {"low": 0.12, "normal": 0.45}
#: A tone that begins or ends at once clicks.
_FADE_MS = 6
_FULL = 32_767


@dataclass(frozen=True, slots=True)
class Tone:
    """One note: frequency in hertz, 0 for silence; how long it sounds."""

    hertz: int
    milliseconds: int


#: Design section 6; low for trouble, high for good news.
TONES: dict[Sound, tuple[Tone, ...]] = {
    Sound.SCAN: (Tone(2000, 45),),
    Sound.MEMBER: (Tone(988, 70), Tone(1319, 110)),
    Sound.ERROR: (Tone(300, 220), Tone(0, 60), Tone(300, 220)),
    Sound.APPROVAL: (Tone(700, 120), Tone(0, 80), Tone(700, 120)),
    Sound.PAID: (Tone(659, 90), Tone(880, 90), Tone(1319, 150)),
    Sound.DRAWER: (Tone(1200, 30), Tone(0, 170), Tone(1200, 30)),
}


def wave_file(sound: Sound, level: str) -> bytes:
    """Return a sound as a WAV file: 16 bit, one channel, 22.05 kHz."""
    samples = array("h")
    for tone in TONES[sound]:
        samples.extend(_samples(tone, _LOUDNESS[level]))
    if sys.byteorder == "big":
        samples.byteswap()
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return target.getvalue()


def _samples(tone: Tone, loudness: float) -> list[int]:
    count = RATE * tone.milliseconds // 1000
    fade = RATE * _FADE_MS // 1000
    step = 2 * math.pi * tone.hertz / RATE
    found = []
    for at in range(count):
        edge = min(1.0, at / fade, (count - 1 - at) / fade)
        # A little of the octave above: small loudspeakers swallow pure low tones.
        swing = math.sin(step * at) + 0.35 * math.sin(2 * step * at)
        found.append(round(_FULL * loudness * edge * swing / 1.35))
    return found


def write_all() -> None:
    """Write every sound at every loudness."""
    for level in LEVELS:
        for sound in Sound:
            file = sound_file(sound, level)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(wave_file(sound, level))


if __name__ == "__main__":
    write_all()
