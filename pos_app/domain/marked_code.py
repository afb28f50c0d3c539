"""The code on a label of goods that are marked down: which, until when, for how much.

Every till of the shop reads it without asking anybody: it carries the item, its last
day and what the piece costs now. All of it stands in identifiers that GS1 leaves to a
company for itself (91 to 99, GS1 General Specifications, section 3), so that no other
program takes it for something else. Section 4 lets an amount payable (392n) stand
only with a variable measure, whose GTIN begins with 9: it is no place for the price of
a pot of yoghurt. The forms:

    (01)GTIN (17)or(15)YYMMDD (94)SSSSPPPPPP        square code of goods with a GTIN
    (91)SSSSDDDDPPPPPP + twelve digits              bars of goods with an EAN or UPC
    (92)SSSSDDDDPPPPPP + the shop's number          goods without one
    (93)SSSSDDDDPPPPPPGGGGG + the shop's number     a weighed pack

S is a seal made with a key of the shop: whoever prints a label of his own, or another
price, has one chance in ten thousand, and every wrong one is refused and journalled.
P are minor units, G grams, D days since 2000 modulo 5,000: those of a use-by date
below 5,000, those of a best-before date above.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from pos_app.domain.trace import Trace
from pos_app.errors import UserError
from pos_app.values.gs1.check_digit import check_digit, is_digits
from pos_app.values.gs1.dates import gs1_date
from pos_app.values.gs1.gtin import KEY_DIGITS, barcode_key, is_gtin

#: The highest price and weight that the codes hold; the longest number of a shop.
MINOR_LIMIT, GRAMS_LIMIT, NUMBER_LIMIT = 999_999, 99_999, 20
_SEAL, _DAY, _PRICE, _GRAMS, _EAN = 4, 4, 6, 5, 12
_EPOCH, _CYCLE = date(2000, 1, 1), 5_000
#: Signs behind the price that each short form has at least.
_LEAST = {"91": _EAN, "92": 1, "93": _GRAMS + 1}
_MESSAGE_HEAD = 2 + KEY_DIGITS + 2 + 6


@dataclass(frozen=True, slots=True)
class MarkedLabel:
    """What the label of a piece says.

    Attributes:
        number: fourteen digits (`gtin.barcode_key`), or the shop's own number.
        minor: what the piece costs now, minor units.
        day: its last day. is_best_before: it may be sold afterwards, too.
        grams: net weight of a weighed pack; 0 for counted goods.
    """

    number: str
    minor: int
    day: date
    is_best_before: bool = False
    grams: int = 0

    @property
    def trace(self) -> Trace:
        """What it says of its piece."""
        if self.is_best_before:
            return Trace(best_before=self.day)
        return Trace(use_by=self.day)


@dataclass(frozen=True, slots=True)
class SealedLabel:
    """A label as it was read, with the seal that stood on it."""

    label: MarkedLabel
    seal: str

    def is_genuine(self, key: bytes) -> bool:
        """Tell whether the shop with this key made it."""
        return hmac.compare_digest(self.seal, seal_of(self.label, key))


def seal_of(label: MarkedLabel, key: bytes) -> str:
    """Return the seal: HMAC-SHA-256 of what the label says, as four digits."""
    kind = "b" if label.is_best_before else "u"
    said = f"{label.number} {label.minor} {label.day} {kind} {label.grams}"
    found = hmac.new(key, said.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(found[:8], 'big') % 10**_SEAL:0{_SEAL}d}"


def square_data(label: MarkedLabel, key: bytes) -> str:
    """Return what the square code carries, as "(01)0…(17)…(94)…".

    Raises:
        UserError: "marked_price_too_high", "marked_weight_too_high" or
            "marked_number_too_long".
    """
    number = label.number
    if label.grams or not _is_trade_item(number):
        return bar_data(label, key)
    _refuse_too_much(label)
    kind = "15" if label.is_best_before else "17"
    price = f"{label.minor:0{_PRICE}d}"
    return f"(01){number}({kind}){label.day:%y%m%d}(94){seal_of(label, key)}{price}"


def bar_data(label: MarkedLabel, key: bytes) -> str:
    """Return what the bars carry; "" for a box, whose GTIN has fourteen digits.

    Raises:
        UserError: as `square_data`.
    """
    _refuse_too_much(label)
    seal, number = seal_of(label, key), label.number
    days = (label.day - _EPOCH).days % _CYCLE + _CYCLE * label.is_best_before
    head = f"{seal}{days:0{_DAY}d}{label.minor:0{_PRICE}d}"
    if label.grams:
        return f"(93){head}{label.grams:0{_GRAMS}d}{number}"
    if not is_gtin(number) or len(number) != KEY_DIGITS:
        return f"(92){head}{number}"
    return f"(91){head}{number[1:-1]}" if number.startswith("0") else ""


def fits_a_label(bars: str) -> bool:
    """Tell whether bars are narrow enough for a label of 60 mm: pairs of digits."""
    digits = bars.replace("(", "").replace(")", "")
    return is_digits(digits) and (len(digits) <= 26 or len(digits) == 28)


def read_marked(data: str, today: date) -> SealedLabel | None:
    """Read a code; None where it is none of these.

    Args:
        data: as scanned, without AIM identifier.
        today: of the shop, for the century of the day.
    """
    if data.startswith("01"):
        return _read_message(data, today)
    head, long = _SEAL + _DAY + _PRICE, _LEAST.get(data[:2])
    rest, number = data[2:], data[2 + head :]
    if long is None or len(number) < long or not is_digits(rest[:head]):
        return None
    seal, days = rest[:_SEAL], rest[_SEAL : _SEAL + _DAY]
    minor = int(rest[_SEAL + _DAY : head])
    found = _number_and_grams(data[:2], number)
    if found is None or len(found[0]) > NUMBER_LIMIT:
        return None
    day, is_best = _day(int(days), today)
    return SealedLabel(MarkedLabel(found[0], minor, day, is_best, found[1]), seal)


def _number_and_grams(identifier: str, rest: str) -> tuple[str, int] | None:
    """Return what stands behind the price: fourteen digits or a number, and grams."""
    if identifier == "92":
        return rest, 0
    if identifier == "93":
        grams = rest[:_GRAMS]
        return (rest[_GRAMS:], int(grams)) if is_digits(grams) else None
    if len(rest) != _EAN or not is_digits(rest):
        return None
    return f"0{rest}{check_digit(rest)}", 0


def _read_message(data: str, today: date) -> SealedLabel | None:
    kind, tail = data[16:18], data[_MESSAGE_HEAD:]
    is_ours = kind in {"15", "17"} and tail.startswith("94")
    is_ours = is_ours and len(tail) == 2 + _SEAL + _PRICE and is_digits(data)
    day = gs1_date(data[18:24], today) if is_ours else None
    if day is None or not is_gtin(data[2:16]):
        return None
    seal, minor = tail[2 : 2 + _SEAL], int(tail[2 + _SEAL :])
    return SealedLabel(MarkedLabel(data[2:16], minor, day, kind == "15"), seal)


def number_of(barcode: str, sku: str) -> str:
    """Return the number by which a label names goods: their barcode, else the SKU."""
    key = barcode_key(barcode)
    return key if is_gtin(key) and len(key) == KEY_DIGITS else sku


def _is_trade_item(number: str) -> bool:
    """Tell whether a number is a GTIN of the wide world, not one of the shop's own.

    Numbers that begin with 02, 04 or 20 to 29 circulate within a company (GS1
    General Specifications 1.4.4): they have no place in AI 01. Of eight digits they
    begin with 0 or 2.
    """
    if len(number) != KEY_DIGITS or not is_gtin(number):
        return False
    if number.startswith("000000"):
        return number[6] not in "02"
    return number[1:3] not in {"02", "04"} and number[1] != "2"


def _refuse_too_much(label: MarkedLabel) -> None:
    if not 0 < label.minor <= MINOR_LIMIT:
        raise UserError("marked_price_too_high", limit_minor=MINOR_LIMIT)
    if label.grams > GRAMS_LIMIT:
        raise UserError("marked_weight_too_high", limit=GRAMS_LIMIT // 1000)
    number = label.number
    is_plain = number.isascii() and number.isprintable() and "(" not in number
    if not is_plain or not 0 < len(number) <= NUMBER_LIMIT:
        raise UserError("marked_number_too_long", limit=NUMBER_LIMIT)


def _day(days: int, today: date) -> tuple[date, bool]:
    """Return the day nearest to today that is so many days into a cycle."""
    is_best, at = days >= _CYCLE, days % _CYCLE
    ahead = (at - (today - _EPOCH).days) % _CYCLE
    if ahead > _CYCLE // 2:
        ahead -= _CYCLE
    return today + timedelta(days=ahead), is_best
