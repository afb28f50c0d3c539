"""What may be done with an item at the counter, as a line of a file says it."""

from __future__ import annotations

from pos_app.errors import UserError
from pos_app.values.percentage import Percentage

_ANY = frozenset({"any", "-", "不限", "none"})
_YES = frozenset({"1", "y", "yes", "true", "是", "可", "可退"})
_NO = frozenset({"0", "n", "no", "false", "否", "不可", "不可退"})
_WHOLE = Percentage(1_000_000)


def read_cap(text: str) -> Percentage | None:
    """Read how much may be let go of an item by hand: 10%, 0 for never, any.

    Returns:
        None for any.

    Raises:
        UserError: "percentage_unreadable" or "import_cap_absurd".
    """
    if text.casefold() in _ANY:
        return None
    cap = Percentage.parse(text)
    if not Percentage(0) <= cap <= _WHOLE:
        raise UserError("import_cap_absurd")
    return cap


def show_cap(cap: Percentage | None) -> str:
    """Write a cap as `read_cap` reads it."""
    return "any" if cap is None else str(cap)


def read_returnable(text: str) -> bool:
    """Read whether an item may come back.

    Raises:
        UserError: "import_yes_or_no".
    """
    said = text.casefold()
    if said not in _YES | _NO:
        raise UserError("import_yes_or_no")
    return said in _YES
