"""What a report says: sums over finished documents, exact to the minor unit.

All shares of one report add up to its net sales: hours, days, cashiers, categories
and items. Tax rates add up to net sales less the cash rounding that came back with
returned goods; tenders add up to net sales plus cash rounding.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import tzinfo
from enum import StrEnum

from pos_app.domain.loyalty_report import LoyaltyReport
from pos_app.domain.report_period import ReportPeriod
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class SalesSum:
    """The head of a report; all amounts in minor units.

    Attributes:
        tickets: finished documents. pieces: sold, a weighed line counts one.
        list_minor: sold at shelf prices. discount_minor: let go, 抹零 included.
        sold_minor: sold, tax included. returned_minor: what returned goods were
            worth to the customer. refund_tickets: documents with returned goods.
        rounding_minor: cash rounding, plus when customers paid more.
        round_off_minor: 抹零, part of the discounts.
        tax_minor: of sold goods less that of returned ones.
        change_minor: cash given back.
    """

    tickets: int = 0
    pieces: int = 0
    list_minor: int = 0
    discount_minor: int = 0
    sold_minor: int = 0
    returned_minor: int = 0
    refund_tickets: int = 0
    rounding_minor: int = 0
    round_off_minor: int = 0
    tax_minor: int = 0
    change_minor: int = 0

    @property
    def net_sales_minor(self) -> int:
        """Sold less returned, tax included, before cash rounding."""
        return self.sold_minor - self.returned_minor

    @property
    def money_minor(self) -> int:
        """What all tenders together took, less refunds and change."""
        return self.net_sales_minor + self.rounding_minor

    @property
    def average_minor(self) -> int:
        """Net sales for each document, rounded once; 0 without documents."""
        return divide(self.net_sales_minor, self.tickets) if self.tickets else 0

    def __add__(self, other: SalesSum) -> SalesSum:
        return SalesSum(
            *(a + b for a, b in zip(_numbers(self), _numbers(other), strict=True))
        )


def _numbers(of: SalesSum) -> tuple[int, ...]:
    return tuple(getattr(of, field.name) for field in fields(of))


@dataclass(frozen=True, slots=True)
class SalesSlot:
    """A quarter of an hour of one cashier on one business day.

    Quarters, because the offset of every time zone is a multiple of them.

    Attributes:
        business_day: as stored. quarter: quarters of an hour since 1970 UTC.
        cashier_id, cashier_name: who sold. sums: of the documents that ended then.
    """

    business_day: BusinessDay
    quarter: int
    cashier_id: str
    cashier_name: str
    sums: SalesSum

    def hour(self, zone: tzinfo) -> int:
        """Return the local hour, 0 to 23."""
        return Timestamp(self.quarter * QUARTER_MS).at(zone).hour


QUARTER_MS = 900_000


@dataclass(frozen=True, slots=True)
class Share:
    """A part of net sales.

    Attributes:
        key: what its rows are asked for with. name: for people.
        count: documents; pieces for items and categories.
        amount_minor: minor units, signed.
    """

    key: str
    name: str
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ItemShare:
    """What one item, standing in one category, was sold for.

    Attributes:
        item_id, unit_id, sku, name: as sold last. category_id: as sold; "" nowhere.
        thousandths: quantity sold less returned.
        sold_minor, returned_minor: tax included, minor units.
    """

    item_id: str
    unit_id: str
    sku: str
    name: str
    category_id: str
    thousandths: int
    sold_minor: int
    returned_minor: int

    @property
    def amount_minor(self) -> int:
        """Sold less returned."""
        return self.sold_minor - self.returned_minor


@dataclass(frozen=True, slots=True)
class TaxShare:
    """One rate: goods sold less goods returned; minor units."""

    code: str
    name: str
    percentage: Percentage
    base_minor: int
    tax_minor: int

    @property
    def key(self) -> str:
        """What its rows are asked for with."""
        return f"{self.code}/{self.percentage.millionths}"


@dataclass(frozen=True, slots=True)
class PromotionShare:
    """What one promotion did in a period, reversed sales taken off again.

    Attributes:
        promotion_id, name: which.
        tickets: documents with it. uses: how often it was used.
        thousandths: quantity of goods on whose price it stands.
        saving_minor: what customers saved. supplier_minor: of it, what suppliers bear.
        sold_minor: what the documents with it came to. members_minor: what of the
            saving went to members. All minor units.
    """

    promotion_id: str
    name: str
    tickets: int
    uses: int
    thousandths: int
    saving_minor: int
    supplier_minor: int
    sold_minor: int
    members_minor: int = 0


class ExceptionKind(StrEnum):
    """What a manager wants to see of each cashier."""

    VOIDED = "voided"  # baskets given up
    LINE_DELETED = "line_deleted"
    QUANTITY_LOWERED = "quantity_lowered"
    NO_SALE = "no_sale"
    DISCOUNT = "discount"  # by hand, in finished sales
    OVERRIDE = "override"
    ROUND_OFF = "round_off"
    REFUND = "refund"
    REPRINT = "reprint"
    CORRECTION = "correction"
    APPROVAL = "approval"  # asked for and given by somebody else


@dataclass(frozen=True, slots=True)
class ExceptionShare:
    """How often one person did something that is looked at.

    Attributes:
        kind: what. staff_id, name: who.
        count: how often. amount_minor: minor units; 0 where there is none.
    """

    kind: ExceptionKind
    staff_id: str
    name: str
    count: int
    amount_minor: int

    @property
    def key(self) -> str:
        """What its rows are asked for with."""
        return f"{self.kind.value}/{self.staff_id}"


@dataclass(frozen=True, slots=True)
class PromotionUse:
    """What one version of a promotion did in a period, before it is named.

    `sale_id` is of a sale that used it.
    """

    promotion_id: str
    version: int
    tickets: int
    uses: int
    thousandths: int
    saving_minor: int
    sold_minor: int
    members_minor: int = 0
    sale_id: str = ""


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What the ledger says of a period, before anything is named or folded."""

    slots: tuple[SalesSlot, ...]
    tenders: tuple[Share, ...]
    items: tuple[ItemShare, ...]
    taxes: tuple[TaxShare, ...]
    exceptions: tuple[ExceptionShare, ...]
    returned_rounding_minor: int
    promotions: tuple[PromotionUse, ...] = ()
    value: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Attributes:
        period: of it. made_at: when it was asked for.
        currency: ISO 4217. starts_at_hour: when a business day begins.
        total: of the period. before: of the days it is compared with, up to the
            same time of day where the period is still going on.
        is_going_on: whether the period's last day has not ended.
        hours, days, cashiers, tenders, categories, items, taxes, exceptions: see
            the module. hours_before, days_before: of the whole days compared with,
            their keys those of `hours` and `days`.
        returned_rounding_minor: cash rounding that came back with returned goods.
        promotions: what each saved, the dearest first.
        loyalty: of members; None for a shop without any.
        value: money that came in for stored value, less what went back, by kind of
            account: in the till, in the Z's tenders as well, but no revenue.
    """

    period: ReportPeriod
    made_at: Timestamp
    currency: str
    starts_at_hour: int
    is_going_on: bool
    total: SalesSum
    before: SalesSum
    hours: tuple[Share, ...]
    hours_before: tuple[Share, ...]
    days: tuple[Share, ...]
    days_before: tuple[Share, ...]
    cashiers: tuple[Share, ...]
    tenders: tuple[Share, ...]
    categories: tuple[Share, ...]
    items: tuple[ItemShare, ...]
    taxes: tuple[TaxShare, ...]
    exceptions: tuple[ExceptionShare, ...]
    returned_rounding_minor: int = 0
    promotions: tuple[PromotionShare, ...] = ()
    loyalty: LoyaltyReport | None = None
    value: tuple[Share, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was sold, returned or looked at."""
        return not (self.total.tickets or self.exceptions or self.value)
