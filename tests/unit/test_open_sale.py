"""The open sale is the fold of its intents; intents survive being written down."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import reduce

import pytest

from pos_app.domain import offer_intents as offers
from pos_app.domain import open_sale as intents
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.codec import intent_from_plain, intent_to_plain
from pos_app.domain.item import SellBy
from pos_app.domain.member.recognition import Means, Recognition
from pos_app.domain.open_sale import Intent, OpenSale, apply
from pos_app.domain.price import TakePricesOf
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn, Shopper
from pos_app.domain.reduction import ManualDiscount, PriceOverride
from pos_app.domain.returned_line import ReturnedLine, ReturnOrigin
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from tests.builders_pricing import unit

EMPTY = OpenSale(Basket("b"), (), "cashier", date(2026, 11, 21), Timestamp(0))
TEA, APPLES = unit(1280, unit_id="tea"), unit(1196, "reduced", unit_id="apples")
CASH = TenderLine("t1", "cash", TenderKind.CASH, 2000)
CARD = TenderLine("t2", "card", TenderKind.CARD, 5, "1234 🧋 حليب")


BACK = ReturnedLine(
    line_id="r1",
    origin=ReturnOrigin("sale-0", "02-1-000007", 2, 1000),
    item_id="item",
    unit_id="tea",
    sku="S1",
    name="茉莉花茶",
    variant="",
    names=(("en", "Jasmine tea"),),
    barcode="690",
    unit_code="H87",
    unit_name="件",
    sell_by=SellBy.COUNT,
    category_id="",
    tax_category="standard",
    quantity=Decimal(1),
    pieces_thousandths=1000,
    list_minor=1280,
    discount_minor=0,
    net_minor=1133,
    taxes=(TaxTotal("13", "VAT 13%", Percentage(130_000), 1133, 147),),
    rounding_minor=0,
)


def line(line_id: str, goods=TEA, quantity: str = "1", note: str = "") -> BasketLine:
    return BasketLine(line_id, goods, "690", Decimal(quantity), note=note)


def fold(*accepted: Intent) -> OpenSale:
    return reduce(apply, accepted, EMPTY)


EVERY_INTENT: tuple[Intent, ...] = (
    intents.AddLine(line("1"), merge=True),
    intents.AddLine(line("2", None), merge=False),
    intents.AddLine(line("3", APPLES, "0.515"), merge=True),
    intents.SetQuantity("1", Decimal(3)),
    intents.SetNote("1", "冷藏"),
    intents.ResolveLine("2", TEA),
    intents.RemoveLine("2"),
    intents.RestoreLine(line("2"), 1),
    intents.SelectLine("3"),
    intents.SetOverride("1", PriceOverride(1100, "damaged", "s1"), "back"),
    intents.SetDiscount("3", ManualDiscount(Percentage(100_000), 0, "old", "s1", "s2")),
    intents.SetSaleDiscount(ManualDiscount(None, 50, "old", "s1")),
    intents.RenewUnit("2", TEA),
    TakePricesOf(Timestamp(1_700_000_000_000)),
    intents.AddReturn(BACK),
    intents.ReplaceReturn(replace(BACK, reason="broken")),
    intents.RemoveReturn("r1"),
    intents.Reverse("sale-0", (BACK,)),
    intents.SelectLine("3"),
    offers.SetShopper(
        Shopper("m1", "gold", ("vegan",), birth_month=11),
        Recognition("m1", Means.PHONE_SAID, Timestamp(1_700_000_000_000)),
    ),
    offers.Recognise(
        Recognition("m1", Means.PHONE_TYPED, Timestamp(1_700_000_009_000))
    ),
    offers.ShowCoupon(CouponInHand("c1", "p1", is_chosen=True)),
    offers.ShowCoupon(CouponInHand("c2", "p2")),
    offers.TakeBackCoupon("c1"),
    offers.GivePoints(PointsBurn(200, 200)),
    offers.ChoosePromotion("p3", "s1", "s2"),
    offers.DeclinePromotion("p4", "s1"),
    offers.RestorePromotion("p3"),
    intents.RoundOff(80, "s1", "s2"),
    intents.TakeTender(CASH),
    intents.TakeTender(CARD),
    intents.GiveBackTender("t1"),
    intents.GiveRefund(CASH),
    intents.GiveRefund(replace(CASH, tender_id="t3")),
    intents.TakeBackRefund("t1"),
)


def test_the_table_has_every_intent() -> None:
    kinds = {type(intent) for intent in EVERY_INTENT}
    assert kinds == set(intents.Intent.__args__)


@pytest.mark.parametrize("count", range(len(EVERY_INTENT) + 1))
def test_intents_that_were_written_down_make_the_same_sale(count: int) -> None:
    accepted = EVERY_INTENT[:count]
    stored = [
        (kind, json.dumps(body, ensure_ascii=False))
        for kind, body in map(intent_to_plain, accepted)
    ]
    read = [intent_from_plain(kind, json.loads(body)) for kind, body in stored]
    assert tuple(read) == accepted
    assert fold(*read) == fold(*accepted)


def test_the_sale_after_every_intent() -> None:
    sale = fold(*EVERY_INTENT)
    assert [(x.line_id, x.quantity) for x in sale.basket.lines] == [
        ("1", Decimal(3)),
        ("2", Decimal(1)),
        ("3", Decimal("0.515")),
    ]
    assert sale.tenders == (CARD,)
    assert [refund.tender_id for refund in sale.refunds] == ["t3"]
    first, _, third = sale.basket.lines
    assert (first.override, first.exchange_for) == (
        PriceOverride(1100, "damaged", "s1"),
        "back",
    )
    assert third.discount is not None
    assert third.discount.approved_by == "s2"
    assert sale.basket.discount == ManualDiscount(None, 50, "old", "s1")
    assert (sale.basket.reverses, sale.basket.returns) == ("sale-0", (BACK,))
    assert sale.basket.round_off_approved_by == "s2"
    assert (sale.basket.selected, sale.basket.round_off_minor) == ("3", 80)
    assert sale.prices_of == Timestamp(1_700_000_000_000)
    assert (sale.cashier_id, sale.business_day) == ("cashier", date(2026, 11, 21))
    assert not sale.is_empty


@pytest.mark.parametrize(
    ("accepted", "is_empty"),
    [
        ((), True),
        (EVERY_INTENT[:1], False),
        ((EVERY_INTENT[0], intents.RemoveLine("1")), True),
        ((intents.TakeTender(CASH),), False),
        ((intents.TakeTender(CASH), intents.GiveBackTender("t1")), True),
    ],
)
def test_a_sale_is_empty_without_line_and_money(accepted, is_empty: bool) -> None:
    assert fold(*accepted).is_empty is is_empty


def test_a_refused_intent_leaves_the_sale_as_it_was() -> None:
    sale = fold(EVERY_INTENT[0])
    with pytest.raises(UserError, match="quantity_absurd"):
        apply(sale, intents.SetQuantity("1", Decimal(0)))
    assert sale == fold(EVERY_INTENT[0])
