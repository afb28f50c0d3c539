"""Turns the open sale into the finished document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.basket import BasketLine
from pos_app.domain.item import SellingUnit
from pos_app.domain.member.recognition import RecognitionPolicy
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.permission import Staff
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.refund_payment import (
    RefundPayment,
    SalePaid,
    deal_own_rounding,
    within_paid,
)
from pos_app.domain.sale import Sale, SaleLine
from pos_app.domain.unit_rounding import deal_rounding
from pos_app.values.rounding import divide
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Ending:
    """What is known only at the end.

    Attributes:
        number: the human number. till: of this till. cashier: who ends it.
        ended_at: the moment. clock_suspect: see law 13. language: of the slip.
        shift_id: of the shift that it counts in.
        recognition: what the shop allows who is recognised, and how it fades.
    """

    number: str
    till: str
    cashier: Staff
    ended_at: Timestamp
    clock_suspect: bool
    language: str
    shift_id: str = ""
    recognition: RecognitionPolicy = RecognitionPolicy()  # noqa: RUF009 - frozen value


def build_sale(
    current: OpenSale,
    priced: PricedBasket,
    money: Payment | RefundPayment,
    ending: Ending,
    paid: Sequence[SalePaid] = (),
) -> Sale:
    """Return the finished sale, proven; see `Sale.check`.

    Cash rounding is dealt to the single units here, so that returns of all units
    add up to what was paid (law 6); that of a refund to the goods that came back.

    Args:
        current: the open sale.
        priced: its price.
        money: what was taken for it, or given back.
        ending: what is known only at the end.
        paid: of the sales that goods come back from.
    """
    returns = within_paid(current.basket.returns, paid)
    taken = money if isinstance(money, Payment) else Payment(0, money.rounding)
    if isinstance(money, RefundPayment):
        returns = deal_own_rounding(returns, paid, money.extra_minor)
    refunds = money.refunds if isinstance(money, RefundPayment) else ()
    priced = deal_rounding(priced, taken.rounding_minor)
    own_minor = sum(line.own_rounding_minor for line in returns)
    member, known = current.basket.shopper, current.basket.recognition
    amounts = {line.line_id: line for line in priced.lines}
    sale = Sale(
        sale_id=current.basket.basket_id,
        number=ending.number,
        till=ending.till,
        cashier_id=ending.cashier.staff_id,
        cashier_name=ending.cashier.name,
        business_day=current.business_day,
        started_at=current.started_at,
        ended_at=ending.ended_at,
        clock_suspect=ending.clock_suspect,
        language=ending.language,
        lines=tuple(
            _line(line, line.unit, amounts[line.line_id])
            for line in current.basket.lines
            if line.unit is not None
        ),
        priced=priced,
        tenders=taken.tenders,
        change_minor=taken.change_minor,
        rounding_minor=taken.rounding_minor - own_minor,
        round_off_minor=current.basket.round_off_minor,
        round_off_by=current.basket.round_off_by,
        returns=returns,
        refunds=refunds,
        reverses=current.basket.reverses,
        shift_id=ending.shift_id,
        member_id=member.member_id if member else "",
        member_means=known.means.value if known else "",
        member_strength=known.strength(ending.ended_at, ending.recognition).name.lower()
        if known
        else "",
    )
    sale.check()
    return sale


def _line(line: BasketLine, unit: SellingUnit, amounts: PricedLine) -> SaleLine:
    return SaleLine(
        item_id=unit.item_id,
        unit_id=unit.unit_id,
        sku=unit.sku,
        name=unit.name,
        variant=unit.variant,
        names=unit.names,
        barcode=line.scanned or unit.barcode,
        unit_code=unit.unit_code,
        unit_name=unit.unit_name,
        sell_by=unit.sell_by,
        source=line.source,
        price_id=unit.price.price_id if unit.price else "",
        tax_category=unit.tax_category,
        pieces_thousandths=_thousandths(line.quantity * unit.pieces),
        note=line.note,
        priced=amounts,
        category_id=unit.category_id or "",
        trace=line.trace,
    )


def _thousandths(pieces: Decimal) -> int:
    """Return base units in thousandths; a finer remainder cannot be weighed."""
    numerator, denominator = pieces.as_integer_ratio()
    return divide(numerator * 1000, denominator)
