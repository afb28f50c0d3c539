"""Cuts a scanner's stream of bytes into codes; knows no device and no clock.

A code ends with CR, LF, CR LF, Tab or ETX, whichever the scanner sends, or with a
silence that the device measures. Between STX and ETX line ends are data: a QR code may
hold several lines. However the bytes are chunked, the codes are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: More than the fullest QR code holds: 2,953 bytes (ISO/IEC 18004, 40-L).
LIMIT_BYTES = 3072
#: Silence that ends a code which nothing else ends, in milliseconds.
IDLE_MS = 60
#: Silence that ends a code of a scanner which ends its codes otherwise: a hiccup of a
#: cable or a radio must not sell half a code.
HICCUP_MS = 500
_STX, _ETX = 0x02, 0x03
_ENDINGS = frozenset(b"\r\n\t\x03")
#: What each learned terminator leaves of them; the rest is data.
_ENDINGS_OF = {
    "cr": frozenset(b"\r\x03"),
    "crlf": frozenset(b"\r\n\x03"),
    "lf": frozenset(b"\n\x03"),
    "tab": frozenset(b"\t\x03"),
    "etx": frozenset(b"\x03"),
    "idle": frozenset[int](),
}
#: Control characters that codes hold: GS, RS, EOT, FS, US, line ends, Tab.
_IN_CODES = frozenset("\x1c\x1d\x1e\x1f\x04\r\n\t")


@dataclass(frozen=True, slots=True)
class Frame:
    """What lay between two ends.

    Attributes:
        raw: as it came, with STX, ETX and terminator.
        body: without them.
        lost: bytes beyond the limit; such a code is dropped whole.
    """

    raw: bytes
    body: bytes
    lost: int = 0


@dataclass(slots=True)
class Framer:
    """Takes bytes, gives frames.

    Attributes:
        terminator: a key of `pos_app.domain.scanner_learning.TERMINATORS`, "idle", or
            "" for any.
    """

    terminator: str = ""
    _raw: bytearray = field(default_factory=bytearray)
    _body: bytearray = field(default_factory=bytearray)
    _lost: int = 0
    _is_framed: bool = False
    _is_spoilt: bool = False
    _ends_codes: bool = False

    def patience_ms(self, idle_ms: int = IDLE_MS) -> int:
        """Return how long a silence must last to end what is held.

        Args:
            idle_ms: for a scanner that ends its codes with nothing else.
        """
        is_sure = self.terminator in _ENDINGS_OF and self.terminator != "idle"
        has_end = is_sure or (self._ends_codes and not self.terminator)
        return max(idle_ms, HICCUP_MS) if has_end or self._is_framed else idle_ms

    @property
    def is_holding(self) -> bool:
        """Whether part of a code waits for its end."""
        return bool(self._raw)

    def feed(self, data: bytes) -> list[Frame]:
        """Take bytes; return the frames that they end."""
        ended: list[Frame] = []
        endings = _ENDINGS_OF.get(self.terminator, _ENDINGS)
        for byte in data:
            if byte == _STX:
                ended += self.end()
                self._is_framed = True
                self._keep(byte, is_body=False)
            elif (byte == _ETX and self._is_framed) or (
                byte in endings and not self._is_framed
            ):
                self._keep(byte, is_body=False)
                self._ends_codes = self._ends_codes or bool(self._body)
                ended += self._close()
            else:
                self._keep(byte, is_body=True)
        return ended

    def spoil(self) -> None:
        """Drop the code under way to its end: some of it was lost on the way."""
        self._close()
        self._is_spoilt = True

    def end(self) -> list[Frame]:
        """End what is held, because of a silence; an empty frame is none."""
        if self._body:
            self._ends_codes = False  # it may be set up otherwise since
        return self._close()

    def _close(self) -> list[Frame]:
        frame = Frame(bytes(self._raw), bytes(self._body).strip(b"\r\n"), self._lost)
        self._raw.clear()
        self._body.clear()
        was_spoilt, self._is_spoilt = self._is_spoilt, False
        self._lost, self._is_framed = 0, False
        return [frame] if (frame.body or frame.lost) and not was_spoilt else []

    def _keep(self, byte: int, *, is_body: bool) -> None:
        if is_body and len(self._body) >= LIMIT_BYTES:
            self._lost += 1
            return
        self._raw.append(byte)
        if is_body:
            self._body.append(byte)


def text_of(body: bytes, charset: str = "") -> str:
    """Return the text of a frame; "" when it is rubbish (a wrong baud rate).

    Args:
        body: of the frame.
        charset: of the codes, such as "gb18030"; "" for UTF-8, else Latin-1.
    """
    text = decoded(body, charset)
    kept = "".join(char for char in text if char.isprintable() or char in _IN_CODES)
    # A code has now and then a sign too many; a line at a wrong speed has little else.
    is_rubbish = "\ufffd" in kept or 3 * (len(text) - len(kept)) > len(text)
    return "" if is_rubbish or not kept.strip() else kept


def without_marks(text: str, prefix: str, suffix: str) -> str:
    """Return a code without what the scanner puts around it."""
    text = text.removeprefix(prefix) if prefix else text
    return text.removesuffix(suffix) if suffix else text


def decoded(body: bytes, charset: str) -> str:
    """Return bytes as text, control characters and rubbish included."""
    if charset:
        return body.decode(charset, "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("latin-1")
