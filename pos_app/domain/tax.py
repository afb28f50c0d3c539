"""Tax: categories, dated rates, and whether prices carry the tax already."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.percentage import Percentage
from pos_app.values.rounding import RoundingMode
from pos_app.values.times import Period, Timestamp


class TaxRounding(StrEnum):
    """Where the rounding of tax happens.

    DOCUMENT rounds once per rate on the document's sum: 26 of 26 published
    German till receipts and EN 16931 BR-CO-17 do so.
    """

    DOCUMENT = "document"
    LINE = "line"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate of one tax.

    Attributes:
        code: short key printed on the slip ("A", "13%").
        name: such as 增值税 13%.
        percentage: exact.
        period: when the rate is in force; half-open.
        names: in other languages, for the customer's slip.
    """

    code: str
    name: str
    percentage: Percentage
    period: Period = Period()  # noqa: RUF009 - frozen value
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class TaxCategory:
    """A kind of goods for tax; several rates add up (no compounding).

    Attributes:
        key: what items refer to: "standard", "reduced", "exempt".
        name: for people.
        rates: every rate ever in force; those covering the sale's time apply.
        names: in other languages.
    """

    key: str
    name: str
    rates: tuple[TaxRate, ...]
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)

    def rates_at(self, moment: Timestamp) -> tuple[TaxRate, ...]:
        """Return the rates in force at `moment`, in stored order."""
        return tuple(rate for rate in self.rates if rate.period.covers(moment))


@dataclass(frozen=True, slots=True)
class CashRounding:
    """The rule for paying in cash where small coins are gone.

    Attributes:
        step_minor: smallest amount payable in cash; 1 means no rounding.
        mode: such as half-up (AU, NZ differ on ties), down (AR).
    """

    step_minor: int = 1
    mode: RoundingMode = RoundingMode.HALF_UP


@dataclass(frozen=True, slots=True)
class PricingRules:
    """Everything about the shop that changes an amount.

    Attributes:
        currency: ISO 4217 code.
        prices_include_tax: true in China, Taiwan, Europe; false in the US.
        tax_rounding: where tax is rounded.
        cash_rounding: applied to the part paid in cash only.
        tax_categories: by key; an unknown key is a bug of the importer.
        merge_same_items: whether scanning an item again raises its line.
    """

    currency: str
    prices_include_tax: bool
    tax_rounding: TaxRounding
    cash_rounding: CashRounding
    tax_categories: tuple[TaxCategory, ...]
    merge_same_items: bool = True

    def category(self, key: str) -> TaxCategory:
        """Return the tax category of `key`; a missing one is a bug."""
        found = {category.key: category for category in self.tax_categories}
        assert key in found, key
        return found[key]
