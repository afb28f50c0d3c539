"""What may go wrong with a label that says less than the shelf: each has its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.marked_code import square_data
from pos_app.domain.price import UnitPrice
from pos_app.domain.promotion.deal import Deal
from pos_app.services.replay import ReplayClock
from pos_app.services.traced_goods import shop_today
from pos_app.values.times import Period
from tests.builders_promotions import at, bundle, everything, nfor, promotion
from tests.builders_returns import approved, refund, returning_till, take_back
from tests.changed_items import change_item
from tests.counter_shop import (
    COLA,
    TEA,
    finish,
    pay_cash,
    refusal,
)
from tests.promotion_in_shop import hold
from tests.unit.test_markdown_service import with_ladder

DAY_S = 86_400


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with returning_till(tmp_path, clock) as found:
        with_ladder(found)
        yield found


def label(till: Till, code: str = TEA) -> str:
    """Mark a piece down to half of its price, until today; its square code."""
    service, desk = till.counter.markdown, till.counter.desk
    piece = service.look(code)
    assert piece is not None
    piece = replace(piece, day=shop_today(desk))
    wish = service.wish(piece, service.propose(piece))
    assert wish.marked is not None
    return "]d2" + square_data(wish.marked, desk.label_key).translate(
        str.maketrans("", "", "()")
    )


def put_price(till: Till, sku: str, price_minor: int) -> None:
    """Let goods cost something else from now on."""
    row = UnitPrice("fresh", price_minor, Period(till.counter.desk.clock.now()))
    change_item(till, sku, lambda unit: replace(unit, prices=(*unit.prices, row)))


@pytest.mark.parametrize(("shelf_minor", "paid_minor"), [(500, 500), (2000, 640)])
def test_the_lower_of_label_and_shelf_holds_whatever_the_shelf_says_since(
    till: Till, clock: ReplayClock, shelf_minor: int, paid_minor: int
) -> None:
    code = label(till)
    put_price(till, "S1", shelf_minor)
    clock.set(clock.now().plus_seconds(60))
    till.counter.sale.scan(code)
    paid = pay_cash(till.counter)
    assert paid.priced.total_minor == paid_minor
    take_back(till.counter, paid)
    assert refund(till.counter).returns[0].paid_minor == paid_minor


def test_a_marked_down_piece_is_no_way_to_a_fresh_one_at_its_price(till: Till) -> None:
    """Yesterday's yoghurt comes back and a fresh one is scanned: it costs the shelf's."""
    till.counter.sale.scan(label(till))
    sale = pay_cash(till.counter)
    assert sale.priced.total_minor == 640
    approved(till.counter, take_back, till.counter, sale)
    till.counter.sale.scan(TEA)
    assert till.counter.sale.priced.total_minor == 1280
    till.counter.checkout.take("cash", None)
    assert finish(till.counter).priced.total_minor == 1280


def test_a_fresh_piece_that_comes_back_does_not_make_a_label_dearer(till: Till) -> None:
    till.counter.sale.scan(TEA)
    sale = pay_cash(till.counter)
    code = label(till)
    approved(till.counter, take_back, till.counter, sale)
    till.counter.sale.scan(code)
    assert till.counter.sale.priced.total_minor == 640
    (back,) = refund(till.counter).refunds
    assert back.amount_minor == 640


def test_after_its_last_day_a_label_is_refused_with_the_day(
    till: Till, clock: ReplayClock
) -> None:
    code, day = label(till), shop_today(till.counter.desk)
    clock.set(clock.now().plus_seconds(DAY_S))
    error = refusal(till.counter.sale.scan, code)
    assert error.key == "goods_expired"
    assert error.params["day"] == day.isoformat()
    assert till.counter.sale.basket is None


def test_goods_that_are_gone_are_a_red_line_like_any_unknown_code(till: Till) -> None:
    code = label(till)
    change_item(till, "S1", is_active=False)
    till.counter.sale.scan(code)
    (line,) = till.counter.sale.basket.lines
    assert line.unit is None
    assert refusal(till.counter.checkout.take, "cash", None).key == "unknown_lines"
    till.counter.sale.remove_line(line.line_id)


def test_every_scan_is_one_piece_and_each_comes_back_alone(till: Till) -> None:
    code = label(till)
    for _ in range(3):
        till.counter.sale.scan(code)
    sale = pay_cash(till.counter)
    assert [x.priced.total_minor for x in sale.lines] == [640] * 3
    given = []
    for position in (3, 1, 2):
        take_back(till.counter, sale, position)
        given.append(refund(till.counter).refunds[0].amount_minor)
    assert given == [640] * 3


@pytest.mark.parametrize("accepts", [True, False])
@pytest.mark.parametrize(
    ("deal", "total_minor"),
    [
        (bundle(everything(), everything(), off=at(900)), 900),
        (nfor(everything(), 2, 1700), 1700),
    ],
)
def test_in_a_set_it_counts_with_its_own_price_unless_the_set_takes_none(
    till: Till, deal: Deal, total_minor: int, accepts: bool
) -> None:
    hold(till, promotion(deal, "set", accepts_discounted=accepts))
    till.counter.sale.scan(TEA)
    till.counter.sale.scan(label(till))
    sale = pay_cash(till.counter)
    assert sale.priced.total_minor == (total_minor if accepts else 1280 + 640)
    given = 0
    for position in (2, 1):
        take_back(till.counter, sale, position)
        given += refund(till.counter).refunds[0].amount_minor
    assert given == sale.priced.total_minor


def test_marked_down_again_it_carries_its_day_and_the_shelf_price_is_the_base(
    till: Till,
) -> None:
    code = label(till)
    piece = till.counter.markdown.look(code)
    assert piece is not None
    assert piece.day == shop_today(till.counter.desk)
    assert piece.unit.price is not None
    assert till.counter.markdown.propose(piece).before_minor == 1280
    tomorrow = replace(piece, day=piece.day + timedelta(3))
    assert refusal(till.counter.markdown.propose, tomorrow).key == "markdown_too_early"
    assert till.counter.markdown.look(COLA).day is None
