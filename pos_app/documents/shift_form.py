"""What the papers of a shift need beside its figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos_app.documents.amounts import slip_amount
from pos_app.documents.layout import Columns
from pos_app.domain.shop import Shop
from pos_app.i18n import Words
from pos_app.values.times import Timestamp

#: Columns of a count and an amount, so that the figures stand below each other.
_COUNT, _AMOUNT = 4, 9


@dataclass(frozen=True, slots=True)
class ShiftForm:
    """What the papers of a shift need beside its figures.

    Attributes:
        shop: whose name stands on top. words: in the language of the slips.
        tender_names: by tender key, in that language.
        reason_names: by use and key, in that language.
        zone: the shop's clock.
        logo_png: the shop's logo.
    """

    shop: Shop
    words: Words
    tender_names: Mapping[str, str]
    reason_names: Mapping[tuple[str, str], str]
    zone: tzinfo
    logo_png: bytes | None = None

    @property
    def currency(self) -> str:
        """ISO 4217 code of the shop."""
        return self.shop.rules.currency

    def moment(self, at: Timestamp) -> str:
        """Write a time on the shop's clock."""
        return at.at(self.zone).strftime("%Y-%m-%d %H:%M:%S")

    def row(self, title: str, minor: int, count: int | None = None) -> Columns:
        """Return a line with an amount, and how many where that is worth saying."""
        amount = slip_amount(minor, self.currency)
        if count is None:
            return Columns((title, amount), (0,))
        return Columns((title, str(count), amount), (_COUNT, _AMOUNT))
