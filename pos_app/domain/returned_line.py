"""Goods that come back: one line of a return, in the basket and in the document.

All amounts are those stored with the sale's single units (law 6), above zero: what
the customer gets back. Goods without a receipt are priced once and kept likewise.
What a promotion keeps back of a refund (`KeptBack`) is taken off them already.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.item import SellBy
from pos_app.domain.pricing_result import TaxTotal


@dataclass(frozen=True, slots=True)
class ReturnOrigin:
    """Which part of which sale comes back.

    The units of a line come back in their stored order, so the part is named by
    what came back before it: two returns of one part have the same origin, which
    the ledger refuses.

    Attributes:
        sale_id, sale_number: of the sale.
        line_position: of its line, from 1.
        taken_before_thousandths: how much of the line came back before this,
            in thousandths of its unit.
    """

    sale_id: str
    sale_number: str
    line_position: int
    taken_before_thousandths: int


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What a promotion keeps back of a refund, or gives back of what it kept before.

    Only promotions whose return basis is `recompute` do: the goods that stay with
    the customer then cost what they would have cost without those that came back.

    Attributes:
        promotion_id, version: as stored with the sale. name: as it was then;
            names: in other languages.
        amount_minor: the customer gets so much less, tax included; below zero:
            so much more. shelf_minor: the same as the shelf shows prices.
        taxes: of the amount, by the rates of the goods that stay.
        given_minor: what the promotion had let go on the goods that stay.
        due_minor: what it lets go on them alone. Both as the shelf shows prices.
        is_known: whether its rules were found; without them nothing is kept back.
    """

    promotion_id: str
    version: int
    name: str
    amount_minor: int
    names: tuple[tuple[str, str], ...] = ()
    shelf_minor: int = 0
    taxes: tuple[TaxTotal, ...] = ()
    given_minor: int = 0
    due_minor: int = 0
    is_known: bool = True

    @property
    def is_told(self) -> bool:
        """Whether there is anything to tell: an amount, or rules that are missing."""
        return bool(self.amount_minor) or not self.is_known

    @property
    def tax_minor(self) -> int:
        """All taxes of the amount."""
        return sum(tax.tax_minor for tax in self.taxes)

    def name_in(self, language: str) -> str:
        """Return the promotion's name for a language tag, or the shop's own."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """Goods that come back.

    Attributes:
        line_id: UUIDv7.
        origin: the part of a sale; None without a receipt.
        item_id, unit_id, sku, name, variant, names: as sold.
        barcode, unit_code, unit_name, sell_by, category_id, tax_category: as sold.
        quantity: in units, above zero.
        pieces_thousandths: base units, in thousandths.
        list_minor: at the shelf price. discount_minor: let go of it then, and what
            promotions keep back: so much less was let go in the end.
        net_minor: without tax. taxes: by rate, amounts above zero but for what a
            promotion keeps back on goods of another rate.
        rounding_minor: the sale's cash rounding in it, plus when more was paid.
        own_rounding_minor: cash rounding of this refund, dealt to the line; plus
            when the customer gets more than `paid_minor`. Zero in the basket.
        reason: key of the reason; "" until one was chosen.
        is_sellable: back to the shelf, or to the damaged bin.
        kept_back: by promotion; none for nearly every return.
        settled_at_thousandths: how much of the whole sale had come back when that
            was worked out; -1 where no promotion could keep anything back.
    """

    line_id: str
    origin: ReturnOrigin | None
    item_id: str
    unit_id: str
    sku: str
    name: str
    variant: str
    names: tuple[tuple[str, str], ...]
    barcode: str
    unit_code: str
    unit_name: str
    sell_by: SellBy
    category_id: str
    tax_category: str
    quantity: Decimal
    pieces_thousandths: int
    list_minor: int
    discount_minor: int
    net_minor: int
    taxes: tuple[TaxTotal, ...]
    rounding_minor: int
    own_rounding_minor: int = 0
    reason: str = ""
    is_sellable: bool = True
    kept_back: tuple[KeptBack, ...] = ()
    settled_at_thousandths: int = -1

    @property
    def kept_back_minor(self) -> int:
        """What the customer gets less because of promotions; below zero: more."""
        return sum(kept.amount_minor for kept in self.kept_back)

    @property
    def tax_minor(self) -> int:
        """All taxes of the line."""
        return sum(tax.tax_minor for tax in self.taxes)

    @property
    def paid_minor(self) -> int:
        """What the customer paid for this part, and gets back for it."""
        return self.net_minor + self.tax_minor + self.rounding_minor

    @property
    def refunded_minor(self) -> int:
        """What the customer really gets, this refund's cash rounding included."""
        return self.paid_minor + self.own_rounding_minor
