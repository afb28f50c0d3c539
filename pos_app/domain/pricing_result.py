"""What pricing found out: the amounts of every line, the taxes, the total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.promotion.application import NOT_PROMOTED, Promoted
from pos_app.domain.reduction import DEAL_STEPS, PriceStep
from pos_app.values.percentage import Percentage


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A run of equal units of one line (law 6: split to units when the sale ends).

    Attributes:
        count: how many units share these figures; a weighed line is one unit.
        net_minor: without tax, minor units, for each unit of the run.
        tax_minor: tax of each unit of the run, minor units.
        discount_minor: what was let go on each unit, gross, zero or more.
        taxes_minor: `tax_minor` by rate, in the order of the line's taxes, so
            that a returned unit knows the tax of each rate.
        rounding_minor: cash rounding of each unit of the run, plus when the
            customer paid more; zero until the sale has ended.
    """

    count: int
    net_minor: int
    tax_minor: int
    discount_minor: int = 0
    taxes_minor: tuple[int, ...] = ()
    rounding_minor: int = 0

    @property
    def paid_minor(self) -> int:
        """What the customer paid for one unit of the run, and gets back for it."""
        return self.net_minor + self.tax_minor + self.rounding_minor


@dataclass(frozen=True, slots=True)
class LineTax:
    """One rate on one line.

    Attributes:
        code: the rate's code. base_minor: net. tax_minor: tax. Minor units.
    """

    code: str
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class PricedLine:
    """The amounts of one line; all minor units.

    Attributes:
        line_id: the basket line.
        quantity: as in the basket.
        unit_price_minor: the price of one unit as shown on the shelf.
        list_minor: unit price times quantity, rounded once.
        discount_minor: what the line was lowered by, zero or more.
        total_minor: `list_minor - discount_minor`, as the shelf shows it (with
            or without tax, as the shop's prices are).
        net_minor: without tax.
        tax_minor: all taxes of the line.
        taxes: by rate.
        shares: the same amounts split to single units.
        steps: what lowered the line, in order; none in documents older than them.
    """

    line_id: str
    quantity: Decimal
    unit_price_minor: int
    list_minor: int
    discount_minor: int
    total_minor: int
    net_minor: int
    tax_minor: int
    taxes: tuple[LineTax, ...]
    shares: tuple[UnitShare, ...]
    steps: tuple[PriceStep, ...] = ()

    def check(self) -> None:
        """Assert that the line adds up: its taxes, and its single units."""
        shares = self.shares
        lowered = sum(step.amount_minor for step in self.steps)
        assert not self.steps or lowered == self.discount_minor
        assert self.total_minor == self.list_minor - self.discount_minor
        assert self.tax_minor == sum(tax.tax_minor for tax in self.taxes)
        assert self.net_minor == sum(s.count * s.net_minor for s in shares)
        assert self.tax_minor == sum(s.count * s.tax_minor for s in shares)
        assert self.discount_minor == sum(s.count * s.discount_minor for s in shares)
        for s in shares:
            assert s.tax_minor == sum(s.taxes_minor) or not s.taxes_minor
        for at, tax in enumerate(self.taxes):
            by_rate = [s.count * s.taxes_minor[at] for s in shares if s.taxes_minor]
            assert tax.tax_minor == sum(by_rate) or not by_rate


@dataclass(frozen=True, slots=True)
class TaxTotal:
    """One rate on the whole document; minor units."""

    code: str
    name: str
    percentage: Percentage
    base_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class PricedBasket:
    """The price of a basket, proven.

    Attributes:
        currency: ISO 4217.
        lines: one for each known line of the basket, in order.
        list_minor: sum of list prices.
        discount_minor: what was let go in all, zero or more (抹零 included).
        net_minor: sum without tax.
        taxes: by rate, in order of first use.
        tax_minor: all taxes.
        total_minor: what the customer owes before cash rounding, tax included.
        item_count: pieces, a weighed line counts one (shown as "8 件").
        promoted: what promotions did, use by use; the lines' steps tell it, too.
    """

    currency: str
    lines: tuple[PricedLine, ...]
    list_minor: int
    discount_minor: int
    net_minor: int
    taxes: tuple[TaxTotal, ...]
    tax_minor: int
    total_minor: int
    item_count: int
    promoted: Promoted = NOT_PROMOTED

    def check(self) -> None:
        """Assert the proof that every finished sale stores (law 7).

        Lines = net + tax = total; tax by rate = tax of lines; unit shares =
        their line. A basket that fails is a bug and must never be committed.
        """
        self.check_sums()
        for line in self.lines:
            line.check()
        self._check_promoted()

    def check_sums(self) -> None:
        """Assert that the sums are those of the lines, whatever the lines say."""
        assert self.total_minor == self.net_minor + self.tax_minor
        assert self.list_minor == sum(line.list_minor for line in self.lines)
        assert self.discount_minor == sum(line.discount_minor for line in self.lines)
        assert self.net_minor == sum(line.net_minor for line in self.lines)
        assert self.tax_minor == sum(line.tax_minor for line in self.lines)
        assert self.tax_minor == sum(tax.tax_minor for tax in self.taxes)
        # The shelf shows what is paid, or what is paid before tax; never a third.
        shelf = sum(line.total_minor for line in self.lines)
        assert shelf in {self.total_minor, self.net_minor}

    def _check_promoted(self) -> None:
        """Assert that each use adds up, and that the lines' steps say the same."""
        told: dict[str, int] = {}
        for line in self.lines:
            for step in line.steps:
                if step.kind in DEAL_STEPS:
                    told.setdefault(line.line_id, 0)
                    told[line.line_id] += step.amount_minor
        used = dict.fromkeys(told, 0)
        for application in self.promoted.applications:
            application.check()
            for claim in application.claims:
                used[claim.line_id] = used.get(claim.line_id, 0) + claim.saving_minor
        assert {at: off for at, off in used.items() if off} == told
