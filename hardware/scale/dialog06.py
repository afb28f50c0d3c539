"""Checkout-Dialogue 06: Europe's price-computing scales (Mettler Toledo, DIBAL, ...).

The till says the price of a kilogram, the scale answers with weight, price and amount.
A scale may ask for checksums first, to know the till's software again; the polynomial
of their test value is a secret between the makers of scale and till, so it is a
setting of the shop: without it such a scale refuses, and says so.
Source: OHAUS Aviator 7000 service manual 6.1.3; Mettler Toledo DIVA service manual
6.1.8; CELY PI100 manual 7.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from hardware.scale.answer import (
    MOVING,
    OVER,
    UNDER_ZERO,
    UNREADABLE,
    ZERO,
    ScaleAnswer,
    stable,
)
from hardware.scale.line import ScaleLine
from pos_app.errors import DeviceError

_STX, _ETX, _EOT, _ENQ, _ACK, _NAK = 0x02, b"\x03", b"\x04", b"\x05", 0x06, 0x15
_ESC = b"\x1b"
#: Unit of the weight by the state of record 02; the others are pounds and ounces.
_KILOGRAMS = b"3"
_WEIGHED = re.compile(
    rb"\x0202\x1b(?P<unit>[0-3])\x1b(?P<grams>\d{5})\x1b(?P<price>\d{5,6})"
    rb"\x1b(?P<amount>\d{6})\x03"
)
_STATUS = re.compile(rb"\x0209\x1b(?P<code>\d{2})\x03")
_CHECKSUMS = re.compile(rb"\x0211\x1b(?P<how>[012])(?P<random>[0-9A-F]{2})?\x03")
#: Record 09: what keeps the scale from weighing. 21 wants the load moved first; 30 is
#: less than the scale may sell.
_REASONS = {
    b"00": MOVING, b"20": MOVING, b"21": MOVING, b"22": MOVING,
    b"30": ZERO, b"31": UNDER_ZERO, b"32": OVER,
}  # fmt: skip
_PRICE_LIMIT, _TARE_LIMIT = 999_999, 9_999


@dataclass(frozen=True, slots=True)
class TillChecksum:
    """What the till proves itself with to a scale that asks.

    Attributes:
        checksum: 16 bits over the part of the till that computes prices.
        polynomial: of degree 16, agreed with the scale's maker; 0 for none.
    """

    checksum: int
    polynomial: int = 0

    def answer_to(self, random: int) -> bytes:
        """Return both values, turned by the two halves of the scale's number."""
        first = _turned_left(self.checksum, random >> 4)
        rest = _remainder(self.checksum, self.polynomial)
        second = _turned_left(rest, 16 - (random & 0x0F))
        return b"%04X%04X" % (first, second)


def _turned_left(value: int, bits: int) -> int:
    bits %= 16
    return ((value << bits) | (value >> (16 - bits))) & 0xFFFF


def _remainder(value: int, polynomial: int) -> int:
    """Divide `value` x^16 by a polynomial of degree 16 (CRC-16, no reflection)."""
    divisor = polynomial | 0x10000
    rest = value << 16
    for bit in range(31, 15, -1):
        if rest >> bit & 1:
            rest ^= divisor << (bit - 16)
    return rest


def read_weighed(frame: bytes, price_minor: int, tare_grams: int = 0) -> ScaleAnswer:
    """Return what record 02 says; any bytes are allowed.

    Args:
        frame: from STX to ETX.
        price_minor: of a kilogram, as the scale was told.
        tare_grams: as the scale was told; its weight is without it.

    A scale that answers for another price, or multiplies otherwise than by rounding
    half up to the smallest coin (the law's rule for price-computing scales, EN 45501
    4.13.11), is not believed.
    """
    found = _WEIGHED.fullmatch(frame)
    if found is None or found.group("unit") != _KILOGRAMS:
        return UNREADABLE
    grams, price = int(found.group("grams")), int(found.group("price"))
    amount = (grams * price * 2 + 1000) // 2000
    if price != price_minor or int(found.group("amount")) != amount:
        return UNREADABLE
    kilograms = found.group("grams")
    answer = stable(kilograms[:2] + b"." + kilograms[2:], "kg", is_net=True)
    return replace(answer, tare_kg=Decimal(tare_grams) / 1000)


def read_reason(frame: bytes) -> ScaleAnswer:
    """Return what record 09 says; any bytes are allowed."""
    found = _STATUS.fullmatch(frame)
    if found is None:
        return UNREADABLE
    return _REASONS.get(found.group("code"), UNREADABLE)


def _answer_end(data: bytes) -> int:
    """ACK and NAK stand alone; a record ends with ETX."""
    if data[0] in (_ACK, _NAK):
        return 1
    at = data.find(_ETX)
    return 0 if at < 0 else at + 1


class Dialog06Scale:
    """Implements `hardware.scale.language.ScaleLanguage`.

    Args:
        till: what the till proves itself with.
    """

    #: The scale proves each result by its amount, and gives it once for one load.
    agreeing = 1

    def __init__(self, till: TillChecksum) -> None:
        self._till = till
        self._price_minor, self._tare_grams = 0, 0
        self._kept: ScaleAnswer | None = None

    def offer(self, unit_price_minor: int, tare_grams: int) -> None:
        """Keep price and tare for the next question.

        What does not fit the record is not weighed by this scale at all.
        """
        changed = (unit_price_minor, tare_grams) != (
            self._price_minor,
            self._tare_grams,
        )
        self._price_minor, self._tare_grams = unit_price_minor, tare_grams
        if changed:
            self._kept = None

    def ask(self, line: ScaleLine) -> ScaleAnswer | None:
        """Hand over the price and ask for the result; None when nothing came.

        Between two sales there is no price, and only the state is asked for: the
        scale's display shows what it likes.

        Raises:
            DeviceError: "scale_wants_checksum" for a scale that does not know us.
        """
        if not self._price_minor:
            self._kept = None
            return self._why_not(line)
        if self._price_minor > _PRICE_LIMIT or self._tare_grams > _TARE_LIMIT:
            return UNREADABLE
        said = self._say(line, self._offered())
        if _CHECKSUMS.fullmatch(said):
            self._prove(line, said)
            return MOVING
        if said[:1] != bytes([_ACK]):
            return self._why_not(line) if said else None
        return self._result(line)

    def _result(self, line: ScaleLine) -> ScaleAnswer | None:
        result = self._say(line, _EOT + _ENQ)
        if result[:1] == bytes([_NAK]):
            return self._why_not(line)
        if not result:
            return None
        self._kept = read_weighed(result, self._price_minor, self._tare_grams)
        return self._kept

    def _offered(self) -> bytes:
        price = _ESC + b"%06d" % self._price_minor + _ESC
        if self._tare_grams:
            tare = b"%04d" % self._tare_grams
            return _EOT + b"\x0203" + price + tare + _ETX
        return _EOT + b"\x0201" + price + _ETX

    def _why_not(self, line: ScaleLine) -> ScaleAnswer | None:
        said = self._say(line, _EOT + b"\x0208" + _ETX)
        if not said:
            return None
        code = _STATUS.fullmatch(said)
        if code is not None and code.group("code") == b"21" and self._kept:
            return self._kept  # the load has not been moved since it was weighed
        answer = read_reason(said)
        if answer is not MOVING:
            self._kept = None
        return answer

    def _prove(self, line: ScaleLine, said: bytes) -> None:
        found = _CHECKSUMS.fullmatch(said)
        asked = found is not None and found.group("how") == b"2"
        if not asked or found is None or found.group("random") is None:
            return
        if not self._till.polynomial:
            raise DeviceError("scale_wants_checksum", device=line.identity)
        values = self._till.answer_to(int(found.group("random"), 16))
        self._say(line, _EOT + b"\x0210" + _ESC + values + _ETX)
        verdict = self._say(line, _EOT + _ENQ)
        if _CHECKSUMS.fullmatch(verdict) and verdict[4:5] == b"0":
            raise DeviceError("scale_wants_checksum", device=line.identity)

    def _say(self, line: ScaleLine, data: bytes) -> bytes:
        line.send(data)
        answer = line.frame(bytes([_STX, _ACK, _NAK]), _answer_end)
        if answer[:1] == b"\x02":
            line.send(_EOT)  # every record of the scale is answered so
        return answer

    def zero(self, line: ScaleLine) -> None:
        """Its zero is a key on the scale: the law wants it there."""
