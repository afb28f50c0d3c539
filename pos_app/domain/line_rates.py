"""Which rate of a finished sale each tax of its lines was, found from the sums.

A line names its taxes by code alone, and two rates may share one ("VAT" of 13 % and
of 9 %). Lines of one tax category were taxed alike, and the lines of a rate add up
to the rate's total: only the right choice does.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.sale import Sale, SaleLine

#: (tax category, position of the tax on the line): what one rate is found for.
_Place = tuple[str, int]


class LineRates:
    """The rates of one finished sale; the sums are added up once, if at all."""

    def __init__(self, sale: Sale) -> None:
        self._sale = sale
        self._places: dict[_Place, TaxTotal] | None = None
        self._alike: dict[tuple[str, ...], tuple[TaxTotal, ...]] = {}

    def of(self, line: SaleLine) -> tuple[TaxTotal, ...]:
        """Return the sale's rates that the taxes of one of its lines were, in order.

        Lines that were taxed alike have the same object.
        """
        alike = (line.tax_category, *(tax.code for tax in line.priced.taxes))
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = self._of(line)
        return found

    def _of(self, line: SaleLine) -> tuple[TaxTotal, ...]:
        known = self._sale.priced.taxes
        choices = {
            tax.code: [rate for rate in known if rate.code == tax.code]
            for tax in line.priced.taxes
        }
        if all(len(rates) == 1 for rates in choices.values()):
            return tuple(choices[tax.code][0] for tax in line.priced.taxes)
        if self._places is None:
            self._places = _found(self._sale)
        places, category = self._places, line.tax_category
        return tuple(places[(category, at)] for at in range(len(line.priced.taxes)))


def _found(sale: Sale) -> dict[_Place, TaxTotal]:
    """Choose for every category the rates with which all sums are those stored."""
    sums = _sums(sale.lines)
    places = list(sums)
    candidates = [_likely_first(sale.priced.taxes, *sums[place]) for place in places]
    wanted = [(rate.base_minor, rate.tax_minor) for rate in sale.priced.taxes]
    for chosen in product(*candidates):
        totals = [
            (
                sum(sums[p][1] for p, r in zip(places, chosen, strict=True) if r is x),
                sum(sums[p][2] for p, r in zip(places, chosen, strict=True) if r is x),
            )
            for x in sale.priced.taxes
        ]
        if totals == wanted:
            return dict(zip(places, chosen, strict=True))
    raise AssertionError(sale.number)


def _sums(lines: Sequence[SaleLine]) -> dict[_Place, tuple[str, int, int]]:
    """Add up (code, net, tax) of every tax of every category."""
    sums: dict[_Place, tuple[str, int, int]] = {}
    for line in lines:
        for at, tax in enumerate(line.priced.taxes):
            _, base_minor, tax_minor = sums.get((line.tax_category, at), ("", 0, 0))
            sums[(line.tax_category, at)] = (
                tax.code,
                base_minor + tax.base_minor,
                tax_minor + tax.tax_minor,
            )
    return sums


def _likely_first(
    known: Sequence[TaxTotal], code: str, base_minor: int, tax_minor: int
) -> list[TaxTotal]:
    """Return the rates of a code, those nearest to what was charged first."""
    return sorted(
        (rate for rate in known if rate.code == code),
        key=lambda r: abs(tax_minor * 1_000_000 - base_minor * r.percentage.millionths),
    )
