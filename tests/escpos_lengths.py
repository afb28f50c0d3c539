"""How long is the ESC/POS command at this place? Enough not to mistake data for commands."""

from __future__ import annotations

import re

FIXED = {
    0x1B: {
        2: b"@2LS<imv\x0c",
        3: b" !-3=?EGJKMRTVadertu{U%",
        4: b"$\\",
        5: b"p",
        10: b"W",
    },
    0x1D: {2: b":c", 3: b"!BarIbhwfH/TE", 4: b"$\\LWP", 5: b"^z"},
    0x1C: {2: b"&.", 3: b"!-CW?", 4: b"Sp", 76: b"2"},
    0x10: {3: b"\x04\x05", 5: b"\x14"},
}
_LENGTHS = {
    bytes([lead, code]): size
    for lead, sizes in FIXED.items()
    for size, codes in sizes.items()
    for code in codes
}
_LENGTHS[b"\x1bc"] = 4
TEXT = re.compile(rb"[^\x10\x1b-\x1d]+")


def command_length(  # noqa: C901  # one line per command reads best
    data: bytes | bytearray, at: int
) -> int | None:
    """Bytes of the command or character that starts at `at`; None while its length cannot be told yet.

    A subset of ESC/POS that is enough not to mistake picture or barcode data for commands. Unknown commands count as
    two bytes.
    """
    if data[at] not in FIXED:
        return 1
    head = bytes(data[at : at + 2])
    if len(head) < 2:
        return None
    if head in _LENGTHS:
        return _LENGTHS[head]
    more = bytes(data[at + 2 : at + 8])
    if head[1:] == b"(":
        return 5 + _little(more[1:3]) if len(more) >= 3 else None
    if head == b"\x1d8":
        return 7 + _little(more[1:5]) if len(more) >= 5 else None
    if head == b"\x1dv":
        return 8 + _little(more[2:4]) * _little(more[4:6]) if len(more) >= 6 else None
    if head == b"\x1d*":
        return 4 + more[0] * more[1] * 8 if len(more) >= 2 else None
    if head == b"\x1b*":
        return (
            5 + _little(more[1:3]) * (3 if more[0] >= 32 else 1)
            if len(more) >= 3
            else None
        )
    if head == b"\x1dV":
        return (4 if more[0] in (65, 66, 97, 98, 103, 104) else 3) if more else None
    if head == b"\x1dk" and more and more[0] >= 65:
        return 4 + more[1] if len(more) >= 2 else None
    if head in (b"\x1dk", b"\x1bD"):
        end = data.find(b"\0", at + 3 if head == b"\x1dk" else at + 2)
        return end + 1 - at if end >= 0 else None
    return 2


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
