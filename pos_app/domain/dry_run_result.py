"""The figures of a dry run: what a promotion would have done to sales that were."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide


@dataclass(frozen=True, slots=True)
class DryRunLimits:
    """What a line may bear before it is called a wrong stack.

    Attributes:
        most_deals: promotions on one line. most_off: of its list price, in all.
    """

    most_deals: int = 2
    most_off: Percentage = Percentage(500_000)  # noqa: RUF009 - frozen value


@dataclass(frozen=True, slots=True)
class TriedLine:
    """A line that a person should look at.

    Attributes:
        number: of its sale. item_id, name, variant, quantity: of the goods; names:
            in other languages.
        deals: promotions on it. list_minor, total_minor: as the shelf shows prices.
        net_minor: without tax. cost_minor: what the goods cost the shop; None where
            nobody knows.
    """

    number: str
    item_id: str
    name: str
    variant: str
    quantity: Decimal
    deals: int
    list_minor: int
    total_minor: int
    net_minor: int
    cost_minor: int | None
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the goods in a language, or in the shop's own."""
        return _goods(self.name, self.variant, self.names, language)


@dataclass(frozen=True, slots=True)
class TriedItem:
    """What the promotion does to one item.

    Attributes:
        item_id, name, variant, names: which. lines: that cost less (or more) with it.
        thousandths: how much of it. saving_minor: what they cost less in all.
    """

    item_id: str
    name: str
    variant: str
    lines: int
    thousandths: int
    saving_minor: int
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the goods in a language, or in the shop's own."""
        return _goods(self.name, self.variant, self.names, language)


@dataclass(frozen=True, slots=True)
class DryRunResult:
    """What came out; all amounts minor units.

    Attributes:
        baskets: that were priced. left_out: that could not be, such as goods of a
            tax category that is gone.
        touched: in which the promotion was used. times: how often in all.
        dearer: that cost more with it: it took the place of something better.
        unlike: that come to another amount without it than they did: what was
            known of goods or customer then is not known any more.
        before_minor, after_minor: what customers paid, or would have; after tax.
        net_before_minor, net_after_minor: the same without tax.
        cost_minor: of the goods whose cost is known; costed_before_minor and
            costed_after_minor: what these were sold for, without tax.
        lines_without_cost: lines whose cost nobody knows.
        supplier_minor: what the supplier bears of the promotion's own saving.
        saving_minor: what the promotion itself lets go; it may take the place of
            others, so it is not what it costs.
        most_saved_minor: in one basket, and its number in most_saved_number.
        stacked, stacks: lines above the limits. below, below_cost: lines sold
            below cost. Counted, and the first of them named.
        items: the most affected first.
    """

    baskets: int = 0
    left_out: int = 0
    touched: int = 0
    times: int = 0
    dearer: int = 0
    unlike: int = 0
    before_minor: int = 0
    after_minor: int = 0
    net_before_minor: int = 0
    net_after_minor: int = 0
    cost_minor: int = 0
    costed_before_minor: int = 0
    costed_after_minor: int = 0
    lines_without_cost: int = 0
    supplier_minor: int = 0
    saving_minor: int = 0
    most_saved_minor: int = 0
    most_saved_number: str = ""
    stacked: int = 0
    stacks: tuple[TriedLine, ...] = ()
    below: int = 0
    below_cost: tuple[TriedLine, ...] = ()
    items: tuple[TriedItem, ...] = ()

    @property
    def given_minor(self) -> int:
        """What the promotion costs: customers would have paid so much less."""
        return self.before_minor - self.after_minor

    @property
    def per_basket_minor(self) -> int:
        """What a basket that it touches costs less; rounded once."""
        return divide(self.given_minor, self.touched) if self.touched else 0

    @property
    def margin_before_minor(self) -> int:
        """What is left of goods whose cost is known, without the promotion."""
        return self.costed_before_minor - self.cost_minor

    @property
    def margin_after_minor(self) -> int:
        """What is left of them with it."""
        return self.costed_after_minor - self.cost_minor


def _goods(
    name: str, variant: str, names: tuple[tuple[str, str], ...], language: str
) -> str:
    return f"{dict(names).get(language, name)} {variant}".rstrip()
