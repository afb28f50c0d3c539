"""Percentages, exact: 9 %, 13 %, 7.25 %."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from typing_extensions import override

from pos_app.errors import UserError
from pos_app.values.plain_number import TEXT_LIMIT, plain_number
from pos_app.values.quantity import canonical


@dataclass(frozen=True, slots=True, order=True)
class Percentage:
    """A percentage kept as a ratio of integers.

    Attributes:
        millionths: hundred per cent is 1_000_000; 13 % is 130_000. Four
            decimals of a per cent are enough for every published tax rate.
    """

    millionths: int

    @classmethod
    def parse(cls, text: str) -> Percentage:
        """Read "13", "13%" or "7.25".

        Raises:
            UserError: "percentage_unreadable".
        """
        plain = ""
        if len(text) <= TEXT_LIMIT:
            plain = plain_number(text.replace("\uff05", "%").strip().removesuffix("%"))
        value = Decimal(plain or "NaN") * 10_000
        if not value.is_finite() or value != value.to_integral_value():
            raise UserError("percentage_unreadable", text=text[:TEXT_LIMIT])
        return cls(int(value))

    @override
    def __str__(self) -> str:
        return f"{canonical(Decimal(self.millionths) / 10_000)}%"
