"""A customer asks what goods cost: today, for members, in which deals, until when."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.item import Scanned
from pos_app.domain.member.recognition import Means
from pos_app.domain.promotion.promotion import Hours, Schedule
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.i18n import _
from pos_app.services.price_answer import PriceAnswer, PriceAnswerService
from pos_app.values.rounding import divide
from pos_app.values.times import Period, Timestamp
from tests.builders_promotions import cut, members_only, nth, percent, unit_deal
from tests.journeys.screen_loyal_offers import (
    offer,
    open_for_whom,
    open_silver,
    open_terms,
)
from tests.journeys.screen_offers import SECOND_HALF, SHIRT, SPEND, only, open_offers
from tests.journeys.screen_till import BANANA, COLA, ScreenTill
from tests.promotion_in_shop import hold
from ui.presenters.price_check_state import PriceCheckState, PriceDeal

MANAGER = "1005"


@pytest.fixture
def manager(till: ScreenTill) -> ScreenTill:
    return till.sign_on(MANAGER)


def asked(till: ScreenTill, code: str) -> PriceCheckState:
    """Look a code up with F4 and go back to selling."""
    till.press("function_price_check")
    till.scan(code)
    state: PriceCheckState = till.flow.features.price_check.presenter.state
    return state


def deals(state: PriceCheckState) -> dict[str, PriceDeal]:
    return {x.title: x for x in state.deals}


def test_the_price_is_today_s_and_the_deals_of_the_goods_are_said(
    manager: ScreenTill,
) -> None:
    open_offers(manager)
    state = asked(manager, SHIRT)
    assert (state.price, state.shelf) == ("103.20", "129.00")
    found = deals(state)
    assert found["换季服饰 8 折"].is_used
    assert found[SPEND].detail == "满 ¥150 减 ¥15"
    manager.sees("103.20", "129.00", "换季服饰 8 折")
    assert manager.basket == []
    manager.press("priceCheckBack")
    state = asked(manager, COLA)
    assert (state.price, state.shelf) == ("3.00", "")
    assert "第二件半价" in deals(state)[SECOND_HALF].detail


@pytest.mark.slow
def test_members_pay_less_and_whoever_is_on_the_sale_hears_their_own_price(
    manager: ScreenTill,
) -> None:
    there = open_silver(manager)
    open_for_whom(manager)
    state = asked(manager, SHIRT)
    # 129.00 for everybody; a member has 120.00 and 5 % off.
    assert (state.price, state.shelf, state.member) == ("129.00", "", "114.00")
    assert deals(state)["新客 91 折"].price == "109.20"
    assert "员工 9 折" not in deals(state)  # nobody asks for that, nobody is told
    manager.press("priceCheckBack")
    manager.scan(COLA)
    manager.work.counter.members.attach(there.lin, Means.LAST_FOUR)
    state = asked(manager, SHIRT)
    # Silver: 110.00, and 9 % off for whoever has never bought.
    assert (state.price, state.shelf, state.member) == ("100.10", "129.00", "")
    assert manager.basket == [(COLA, "1")]


@pytest.mark.slow
def test_a_deal_says_until_when_and_one_of_the_evening_is_no_price_of_now(
    manager: ScreenTill,
) -> None:
    now = manager.work.local_now()
    day = Period(None, Timestamp.parse("2099-12-24T16:00:00Z"))
    minute = (now.hour * 60 + now.minute + 120) % 1380
    later = Schedule(day, hours=(Hours(minute, minute + 30),))
    cola = only(manager, COLA)
    hold(
        manager.till,
        offer(21, "早晚价", unit_deal(cola, percent("50")), schedule=later),
        offer(22, "到年底", nth(cola, 3), schedule=Schedule(day)),
    )
    state = asked(manager, COLA)
    assert state.price == "3.00"
    found = deals(state)
    assert "12 月 25 日 止" in found["到年底"].detail
    assert found["早晚价"].price == "1.50"
    assert not found["早晚价"].is_open
    assert f"{minute // 60:02}:{minute % 60:02}" in found["早晚价"].detail


@pytest.mark.slow
def test_what_is_over_used_up_elsewhere_or_somebody_s_choice_is_not_promised(
    manager: ScreenTill,
) -> None:
    open_terms(manager)
    assert set(deals(asked(manager, COLA))) == {"凭券可乐"}


@pytest.mark.slow
def test_a_kilogram_costs_what_it_costs_today(manager: ScreenTill) -> None:
    plain = asked(manager, BANANA).price
    manager.press("priceCheckBack")
    deal = unit_deal(only(manager, BANANA), cut(100))
    hold(manager.till, offer(23, "香蕉便宜 1 元", deal))
    state = asked(manager, BANANA)
    assert state.shelf == plain
    assert float(state.price) == float(plain) - 1


@pytest.mark.slow
def test_a_customer_who_asks_at_a_scanner_hears_today_s_price(
    manager: ScreenTill,
) -> None:
    say = manager.flow.features.price_check.presenter.say_price
    deal = unit_deal(only(manager, COLA), percent("10"))
    hold(manager.till, members_only(deal, "会员 9 折"))
    say(COLA)
    assert manager.message.endswith("¥3.00")  # what does not hold now is no promise
    open_offers(manager)
    say(SHIRT)
    name = manager.work.counter.sale.look_up(SHIRT).unit.name_in("zh-CN")
    told = _("{name}: {price}", name=name, price="¥103.20")
    assert manager.message == f"{told} · {SPEND}"


@pytest.mark.slow
def test_a_tile_whose_goods_are_on_offer_is_marked_and_keeps_the_shelf_price(
    manager: ScreenTill,
) -> None:
    tiles = manager.flow.sale.state.tiles
    chosen = next(x for x in tiles if x.price_minor)
    assert not any(x.is_lowered for x in tiles)
    unit = manager.flow.sale.view.goods.unit(chosen.key)
    goods = Selector(GoodsSet(unit_ids=(unit.unit_id,)))
    hold(manager.till, offer(24, "今天便宜", unit_deal(goods, percent("10"))))
    manager.flow.sale.refresh()
    (marked,) = (x for x in manager.flow.sale.state.tiles if x.is_lowered)
    assert (marked.key, marked.price_minor) == (chosen.key, chosen.price_minor)
    manager.settle()
    model = manager.find("tiles").model()
    said = model.index(tiles.index(chosen), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith(_("on offer"))


@pytest.mark.slow
def test_a_label_that_cannot_be_sold_stops_no_price_check(manager: ScreenTill) -> None:
    counter = manager.work.counter
    service = PriceAnswerService(counter.desk, counter.sale)
    unit = counter.sale.look_up(BANANA).unit
    priceless = replace(unit, price=None)
    half, nothing = Decimal("0.5"), Decimal(0)
    assert service.of(Scanned(priceless, half), "x") == PriceAnswer()
    assert service.of(Scanned(unit, nothing), "x").label_minor is None
    found = service.of(Scanned(unit, half), "x")
    assert found.now_minor == unit.price.minor
    assert found.label_minor == divide(unit.price.minor, 2)
    assert service.of(Scanned(priceless, None, 700), "x").label_minor == 700
