"""What a published scenario (Sylius) says of amounts, taxes and ways of delivery."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pos_app.domain.promotion.deal import Off
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period
from tests.builders_promotions import cut

#: The item that a delivery is.
DELIVERY = "delivery"
TODAY = date(2026, 11, 21)


def minor(text: str) -> int:
    """Read "$1,000.00", "-£12.00"."""
    return parse_minor(re.sub(r"[^\d.]", "", text), "USD")


def off_of(text: str) -> Off:
    """Read "20%" or "$10.00"."""
    if text.endswith("%"):
        return Off(percentage=Percentage.parse(text))
    return cut(minor(text))


@dataclass(frozen=True, slots=True)
class Rate:
    """A tax rate as the scenario names it; `zone` "US", or "" for the rest."""

    name: str
    percent: str
    category: str
    zone: str
    is_included: bool
    period: Period = Period()  # noqa: RUF009 - frozen value


@dataclass(frozen=True, slots=True)
class Way:
    """A way of delivery: sold as an item; `zone` None for everywhere.

    The first by `position` is taken where nobody chooses; one that costs so much for
    each unit never is.
    """

    fee_minor: int
    zone: str | None = None
    position: int = 0
    category: str = "untaxed"
    is_per_unit: bool = False
