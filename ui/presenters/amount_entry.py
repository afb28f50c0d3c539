"""An amount being typed on the pad, in a currency's decimals."""

from __future__ import annotations

from pos_app.errors import UserError
from pos_app.values.money import exponent_of, parse_minor
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey

#: Ten figures before the point are more than any drawer holds.
LENGTH = 11


class AmountEntry:
    """Takes digits and one point, and no more decimals than the currency has."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._entry = Entry(takes_times=False)

    @property
    def text(self) -> str:
        """What was typed."""
        return self._entry.text

    @property
    def has_point(self) -> bool:
        """Tell whether the currency has decimals at the counter."""
        return exponent_of(self._currency) > 0

    @property
    def minor(self) -> int | None:
        """The amount in minor units; None while nothing is typed."""
        if not self._entry.text.strip("."):
            return None
        return parse_minor(self._entry.text, self._currency)

    def press(self, value: str) -> None:
        """Take a key; what makes no amount is not taken."""
        after = self._entry.press(PadKey(value))
        if len(after.text) > LENGTH or ("." in after.text and not self.has_point):
            return
        try:
            if after.text.strip("."):
                parse_minor(after.text, self._currency)
        except UserError:
            return
        self._entry = after

    def clear(self) -> None:
        """Type anew."""
        self._entry = Entry(takes_times=False)
