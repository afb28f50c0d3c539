"""Which PINs a new shop's people may choose."""

from __future__ import annotations

from itertools import pairwise

from pos_app.errors import UserError
from pos_app.services.credentials import PIN_DIGITS


def check_new_pin(pin: str, number: str = "") -> None:
    """Refuse a PIN that is none, or that anybody would try first.

    Args:
        pin: as typed.
        number: the staff number, which everybody knows.

    Raises:
        UserError: "pin_shape", or "pin_easy" for one digit again and again, a
            run up or down, a pair repeated, or the staff number itself.
    """
    shortest, longest = PIN_DIGITS
    if not (pin.isascii() and pin.isdigit() and shortest <= len(pin) <= longest):
        raise UserError("pin_shape", shortest=shortest, longest=longest)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    is_run = len(steps) == 1 and steps <= {0, 1, 9}
    is_pair = len(set(pin)) <= 2 and pin == (pin[:2] * len(pin))[: len(pin)]
    if is_run or is_pair or pin == number.strip():
        raise UserError("pin_easy")
