"""Sample papers in the shop's own terms: what previews show and checks are made with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from zoneinfo import ZoneInfo

from pos_app.documents.gift_receipt import Gift
from pos_app.documents.template.fields import SlipFacts
from pos_app.documents.template.gift_form import gift_facts
from pos_app.documents.template.part_forms import part_facts
from pos_app.documents.template.receipt_facts import ReceiptNeeds, receipt_facts
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.permission import Role, Staff
from pos_app.domain.price import UnitPrice
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import ManualDiscount
from pos_app.domain.refund import ReturnPart, returned_part
from pos_app.domain.sale import Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind, SlipStyle
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.i18n import N_, Words
from pos_app.services.slip_sample_papers import Sample, sample_paper
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp

#: A Saturday afternoon; a sample is nobody's, so its day is always the same.
_AT = Timestamp.parse("2026-11-21T14:32:06+08:00")
#: msgid, minor units for one, quantity, whether weighed, place of the tax category.
_GOODS = (
    (N_("Green tea"), 600, "2", False, 0),
    (N_("Apples"), 1_280, "0.482", True, 1),
    (N_("T-shirt"), 9_900, "1", False, 0),
)
_PEOPLE = Staff(
    staff_id="sample",
    number="1001",
    name=N_("Sample cashier"),
    names=(),
    role=Role("cashier", "", (), frozenset(), 0, is_supervisor=False),
    language="",
)


def sample_sale(shop: Shop, words: Words) -> Sale:
    """Return a sale in the shop's currency and tax rates: a discount, cash, change."""
    goods = sample_basket(shop, words)
    priced = price_basket(goods, shop.rules, _AT)
    payment = Payment(priced.total_minor, shop.rules.cash_rounding)
    notes = [x for x in shop.cash_notes_minor if x > payment.cash_due_minor]
    handed = max((*notes[:1], payment.cash_due_minor))
    cash = TenderLine("sample", "cash", TenderKind.CASH, handed)
    return _ended(goods, priced, payment.take(cash), shop, words)


def sample_basket(shop: Shop, words: Words) -> Basket:
    """Return the goods of the samples."""
    keys = [x.key for x in shop.rules.tax_categories if x.rates_at(_AT)]
    keys = keys or [x.key for x in shop.rules.tax_categories]
    lines = []
    for index, (name, minor, quantity, is_weighed, place) in enumerate(_GOODS, 1):
        unit = SellingUnit(
            item_id=f"sample-{index}",
            unit_id=f"sample-{index}",
            sku=f"10{index:04}",
            name=words(name),
            variant=words("White / M") if index == 3 else "",
            names=(),
            category_id=None,
            unit_code="KGM" if is_weighed else "H87",
            unit_name="kg" if is_weighed else "",
            pieces=Decimal(1),
            sell_by=SellBy.WEIGHT if is_weighed else SellBy.COUNT,
            tax_category=keys[min(place, len(keys) - 1)],
            price=UnitPrice(f"sample-{index}", minor, Period()),
            source=PriceSource.SHELF,
        )
        lines.append(BasketLine(f"line-{index}", unit, "", Decimal(quantity)))
    ten = ManualDiscount(Percentage.parse("10"), 0, "sample", _PEOPLE.staff_id)
    lines[-1] = replace(lines[-1], discount=ten)
    return Basket("01900000-0000-7000-8000-000000000000", tuple(lines))


def _ended(
    goods: Basket,
    priced: PricedBasket,
    payment: Payment,
    shop: Shop,
    words: Words,
) -> Sale:
    day = _AT.at(ZoneInfo(shop.time_zone)).date()
    current = OpenSale(goods, payment.tenders, _PEOPLE.staff_id, day, _AT)
    cashier = replace(_PEOPLE, name=words(_PEOPLE.name))
    number = f"{shop.till}-A-000162"
    ending = Ending(number, shop.till, cashier, _AT, False, words.language)  # noqa: FBT003 - the clock is right
    return build_sale(current, priced, payment, ending)


def sample_return(shop: Shop, words: Words) -> Sale:
    """Return a ticket in which a line of the sample sale comes back."""
    sold = sample_sale(shop, words)
    back = returned_part(sold, ReturnPart(1, 0, Decimal(1)), "back", "sample")
    empty = PricedBasket(shop.rules.currency, (), 0, 0, 0, (), 0, 0, 0)
    refund = TenderLine("sample", "cash", TenderKind.CASH, back.refunded_minor)
    return replace(
        sold,
        number=f"{shop.till}-A-000163",
        lines=(),
        priced=empty,
        tenders=(),
        change_minor=0,
        rounding_minor=0,
        returns=(back,),
        refunds=(refund,),
    )


def sample_facts(
    kind: SlipKind, shop: Shop, words: Words, style: SlipStyle | None = None
) -> Iterable[SlipFacts]:
    """Yield the facts of sample papers of a kind: every shape that must be lawful.

    Args:
        kind: of paper.
        shop: in whose currency, taxes and words.
        words: in the paper's language.
        style: the switches; every one on where none are given.
    """
    style = style or SlipStyle(item_numbers=True, saved=True)
    sale = sample_sale(shop, words)
    if kind is SlipKind.RECEIPT:
        yield receipt_facts(sale, receipt_needs(shop, words, style, 0))
        yield receipt_facts(sale, receipt_needs(shop, words, style, 1))
        back = sample_return(shop, words)
        yield receipt_facts(back, receipt_needs(shop, words, style, 0))
        swap = replace(sale, returns=back.returns)
        yield receipt_facts(swap, receipt_needs(shop, words, style, 0))
    elif kind is SlipKind.GIFT:
        yield gift_facts(Gift(sale, sale.lines), shop, words, style)
    else:
        sample = Sample(sale, sample_basket(shop, words))
        for copy_number in (0, 1):
            paper = sample_paper(kind, sample, shop, words, copy_number)
            yield part_facts(paper, shop, words)


def receipt_needs(
    shop: Shop, words: Words, style: SlipStyle, copy_number: int
) -> ReceiptNeeds:
    """Return what the sample's receipt needs."""
    local_time = _AT.at(ZoneInfo(shop.time_zone))
    names = {"cash": words("Cash")}
    return ReceiptNeeds(shop, words, style, names, local_time, copy_number)
