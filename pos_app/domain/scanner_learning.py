"""Learns how one scanner sends its codes, from three scans.

A scanner may send something before the code (a prefix, STX), something after it (a
suffix, ETX), and a terminator. Three scans of different codes tell which; codes that
are known beforehand (those of the set-up sheet) tell exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pos_app.errors import UserError

#: So many scans are needed, of at least two different codes.
SAMPLES_NEEDED = 3
#: A prefix or suffix longer than this belongs to the codes themselves.
MARK_LIMIT = 8
#: Key of an ending in `DeviceSettings.options["terminator"]` -> what is sent.
TERMINATORS: Mapping[str, str] = {
    "crlf": "\r\n",
    "cr": "\r",
    "lf": "\n",
    "tab": "\t",
    "etx": "\x03",
}
#: No ending at all: silence ends a code.
IDLE = "idle"
_GS = "\x1d"
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
#: ISO/IEC 646 names of the control characters that scanners send.
_NAMES = {
    "\x00": "NUL", "\x01": "SOH", "\x02": "STX", "\x03": "ETX", "\x04": "EOT",
    "\t": "HT", "\n": "LF", "\x0b": "VT", "\x0c": "FF", "\r": "CR", "\x1b": "ESC",
    "\x1c": "FS", _GS: "GS", "\x1e": "RS", "\x1f": "US",
}  # fmt: skip
_SIGNS = {f"<{name}>": sign for sign, name in _NAMES.items()}


@dataclass(frozen=True, slots=True)
class RawScan:
    """One scan as it came in, nothing taken off.

    Attributes:
        text: with prefix, suffix and terminator.
        took_ms: from its first character to its last.
        known: the code that was scanned, where one knows it; "" otherwise.
    """

    text: str
    took_ms: int = 0
    known: str = ""


@dataclass(frozen=True, slots=True)
class LearnedScanner:
    """How a scanner sends its codes.

    Attributes:
        prefix, suffix: what stands around a code, "" for nothing.
        terminator: a key of `TERMINATORS`, or `IDLE`.
        sends_aim: whether it sends AIM identifiers (ISO/IEC 15424).
        sends_gs: whether it sends GS inside of a code; None when no code had one.
        slowest_ms: the longest of its scans.
    """

    prefix: str
    suffix: str
    terminator: str
    sends_aim: bool
    sends_gs: bool | None
    slowest_ms: int

    @property
    def options(self) -> dict[str, str]:
        """What goes into `DeviceSettings.options`."""
        return {
            "prefix": shown_signs(self.prefix),
            "suffix": shown_signs(self.suffix),
            "terminator": self.terminator,
        }


def classify_scans(samples: Sequence[RawScan]) -> LearnedScanner:
    """Learn from scans how a scanner sends its codes.

    Raises:
        UserError: "scanner_samples_few" (fewer than three, or all alike and none
            known), "scanner_samples_differ" when they do not end or begin alike, or
            a known code is not in its scan.
    """
    texts = [sample.text for sample in samples if sample.text]
    is_known = all(sample.known for sample in samples)
    if len(texts) < SAMPLES_NEEDED or (len(set(texts)) < 2 and not is_known):
        raise UserError("scanner_samples_few", count=SAMPLES_NEEDED)
    endings = {_ending(text) for text in texts}
    if len(endings) > 1:
        raise UserError("scanner_samples_differ")
    terminator = endings.pop()
    bodies = [text.removesuffix(TERMINATORS.get(terminator, "")) for text in texts]
    if is_known:
        prefix, suffix = _around_known(bodies, [sample.known for sample in samples])
    else:
        prefix, suffix = _common(bodies)
    inner = [body[len(prefix) :] for body in bodies]
    return LearnedScanner(
        prefix,
        suffix,
        terminator,
        sends_aim=all(_AIM.match(text) for text in inner),
        sends_gs=_sends_gs(samples),
        slowest_ms=max(sample.took_ms for sample in samples),
    )


def shown_signs(text: str) -> str:
    """Write control characters by their names: "<STX>", "<GS>", "<0x07>"."""
    return "".join(
        char if char.isprintable() else f"<{_NAMES.get(char, f'0x{ord(char):02X}')}>"
        for char in text
    )


def meant_signs(text: str) -> str:
    """Read what `shown_signs` wrote; other text stays as it is."""

    def sign(found: re.Match[str]) -> str:
        name = found.group().upper()
        if name.startswith("<0X"):
            return chr(int(name[3:-1], 16))
        return _SIGNS.get(name, found.group())

    return re.sub(r"<(?:0[xX][0-9A-Fa-f]{2}|[A-Za-z]{2,3})>", sign, text)


def _ending(text: str) -> str:
    found = (key for key, sign in TERMINATORS.items() if text.endswith(sign))
    return next(found, IDLE)


def _around_known(bodies: Sequence[str], known: Iterable[str]) -> tuple[str, str]:
    around: set[tuple[str, str]] = set()
    for body, code in zip(bodies, known, strict=True):
        # A scanner that drops GS, or says F8 for it, still scanned this code.
        found = next((x for x in (code, code.replace(_GS, "")) if x in body), "")
        if not found:
            raise UserError("scanner_samples_differ")
        before, _, after = body.partition(found)
        is_aim = _AIM.search(before)
        around.add((before[: is_aim.start()] if is_aim else before, after))
    if len(around) > 1:
        raise UserError("scanner_samples_differ")
    return around.pop()


def _common(bodies: Sequence[str]) -> tuple[str, str]:
    """Return what all have in common at both ends and no code begins or ends with.

    Digits are codes: goods of one maker begin with the same seven.
    """
    before = _alike(bodies)
    aim = _AIM.search(before)
    before = before[: aim.start()] if aim else _marks(before)
    after = _alike([body[::-1] for body in bodies])
    after = _marks(after)[::-1]
    shortest = min(len(body) for body in bodies)
    fits = len(before) + len(after) < shortest
    if not fits or max(len(before), len(after)) > MARK_LIMIT:
        raise UserError("scanner_samples_differ")
    return before, after


def _alike(texts: Sequence[str]) -> str:
    """Return the signs that all texts begin with."""
    signs = takewhile(lambda column: len(set(column)) == 1, zip(*texts, strict=False))
    return "".join(column[0] for column in signs)


def _marks(text: str) -> str:
    """Return the beginning that no code has: signs up to the first digit."""
    found = re.match(r"[^0-9\]]*", text)
    return found.group() if found else ""


def _sends_gs(samples: Sequence[RawScan]) -> bool | None:
    with_gs = [sample for sample in samples if _GS in sample.known]
    if with_gs:
        return all(_GS in sample.text for sample in with_gs)
    return True if any(_GS in sample.text for sample in samples) else None
