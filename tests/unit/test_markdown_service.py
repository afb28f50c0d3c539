"""Marked-down goods through a whole till: packs, other tills, promotions, returns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.basket import BasketLine
from pos_app.domain.item import PriceSource
from pos_app.domain.markdown import Ladder, Rung
from pos_app.domain.marked_code import bar_data, square_data
from pos_app.domain.reduction import StepKind
from pos_app.domain.trace import Trace
from pos_app.services.traced_goods import shop_today
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.percentage import Percentage
from tests.builders_promotions import (
    goods,
    items,
    percent,
    price_with,
    promotion,
    sold,
    unit_deal,
)
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import COLA, MANAGER, TEA, fresh_shop, opened, pay_cash, refusal

HALF = Ladder("", 0, (Rung(1, 0, Percentage.parse("50")),))


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as till:
        yield till


def with_ladder(till: Till, ladder: Ladder = HALF) -> None:
    from pos_app.services.markdown_ladders import LADDERS_KEY, written_ladders

    with till.editor() as editor:
        editor.put_setting(LADDERS_KEY, written_ladders((ladder,)))


def codes(till: Till, code: str, days: int = 1) -> list[str]:
    """Mark a piece down; what its label carries, as scanners send it."""
    service, desk = till.counter.markdown, till.counter.desk
    piece = service.look(code)
    assert piece is not None
    piece = replace(piece, day=shop_today(desk) + timedelta(days))
    wish = service.wish(piece, service.propose(piece))
    assert wish.marked is not None
    written = (
        square_data(wish.marked, desk.label_key),
        bar_data(wish.marked, desk.label_key),
    )
    return [x.replace("(", "").replace(")", "") for x in written]


def scale_label(prefix: str, plu: int, figure: int) -> str:
    payload = f"{prefix}{plu:05d}{figure:05d}"
    return payload + check_digit(payload)


@pytest.mark.parametrize(
    "pack", [scale_label("21", 5, 436), scale_label("22", 5, 521)], ids=["kg", "price"]
)
def test_a_weighed_pack_keeps_its_weight_and_costs_less(till, pack) -> None:
    with_ladder(till)
    (code, _bars) = codes(till, pack)
    sale = till.counter.sale
    sale.scan("]C1" + code)
    (line,) = sale.basket.lines
    (priced,) = sale.priced.lines
    assert line.quantity == Decimal("0.436")
    assert (priced.list_minor, priced.total_minor) == (521, 260)
    assert line.source is PriceSource.MARKED_DOWN


def test_every_till_of_the_shop_reads_it_and_no_other_shop(till, tmp_path) -> None:
    with_ladder(till)
    both = codes(till, TEA)
    with opened(fresh_shop(tmp_path / "second")) as other:
        for code in both:  # without an identifier, too, as a wedge may send it
            other.counter.sale.scan(code)
        lines = other.counter.sale.basket.lines
        assert [x.total_minor for x in lines] == [640, 640]
        strange = replace(other.counter.desk, label_key=b"another shop")
        object.__setattr__(other.counter.sale, "_desk", strange)
        error = refusal(other.counter.sale.scan, "]d2" + both[0])
        assert error.key == "marked_label_wrong"


def test_a_label_is_one_piece_and_comes_back_at_what_was_paid(till) -> None:
    with_ladder(till)
    code, _bars = codes(till, COLA)
    sale = till.counter.sale
    error = refusal(sale.scan, "]d2" + code, Decimal(3))
    assert error.key == "label_needs_own_scan"
    sale.scan(COLA)
    sale.scan("]d2" + code)
    assert [line.quantity for line in sale.basket.lines] == [1, 1]
    key = sale.basket.lines[1].line_id
    error = refusal(sale.set_quantity, key, Decimal(2))
    assert error.key == "quantity_fixed_by_label"
    paid = pay_cash(till.counter)
    assert paid.priced.total_minor == 350 + 175
    shares = [paid.priced.lines[at].shares[0] for at in (0, 1)]
    assert [x.net_minor + x.tax_minor for x in shares] == [350, 175]
    assert sum(x.paid_minor for x in shares) == 520  # to the coin that is there


def test_a_return_gives_back_what_the_label_asked(tmp_path) -> None:
    with opened(return_shop(tmp_path)) as till:
        with_ladder(till)
        piece = replace(
            till.counter.markdown.look(COLA), day=shop_today(till.counter.desk)
        )
        wish = till.counter.markdown.wish(piece, till.counter.markdown.propose(piece))
        code = square_data(wish.marked, till.counter.desk.label_key)
        for scanned in (COLA, code.replace("(", "").replace(")", "")):
            till.counter.sale.scan(scanned)
        paid = pay_cash(till.counter)
        take_back(till.counter, paid, 2)
        back = refund(till.counter)
        share = paid.priced.lines[1].shares[0]
        assert share.net_minor + share.tax_minor == 175
        assert back.returns[0].paid_minor == share.paid_minor


def test_what_cannot_be_marked_down_says_why(till) -> None:
    service = till.counter.markdown
    piece = service.look(TEA)
    today = shop_today(till.counter.desk)
    assert refusal(service.propose, piece).key == "markdown_no_day"
    dated = replace(piece, day=today + timedelta(2))
    assert refusal(service.propose, dated).key == "markdown_no_ladder"
    with_ladder(till)
    early = refusal(service.propose, dated)
    assert early.key == "markdown_too_early"
    assert early.params["since"] == f"{today + timedelta(1):%m-%d} 00:00"
    late = replace(piece, day=today - timedelta(1))
    assert refusal(service.propose, late).key == "markdown_expired"
    never = service.look("S9")
    never = replace(never, day=today)
    assert refusal(service.propose, never).key == "markdown_never"
    apples = refusal(service.look, "5")
    assert apples.key == "markdown_no_weight"
    assert service.look("4711-unknown") is None


def marked(total_minor: int) -> BasketLine:
    line = sold(goods("bun", 1000), total_minor=total_minor)
    return replace(line, source=PriceSource.MARKED_DOWN, trace=Trace())


def test_goods_marked_down_are_discounted_ones_to_promotions() -> None:
    deal = unit_deal(items("bun"), percent("10"))
    plain = price_with([marked(600)], promotion(deal, "any"))
    assert plain.total_minor == 540
    kinds = [step.kind for step in plain.lines[0].steps]
    assert kinds == [StepKind.MARKED_DOWN, StepKind.ITEM_DEAL]
    proud = replace(promotion(deal, "proud"), accepts_discounted=False)
    assert price_with([marked(600)], proud).total_minor == 600
    assert price_with([sold(goods("bun", 1000))], proud).total_minor == 900


def test_of_a_member_s_price_and_the_label_s_the_lower_one_holds() -> None:
    from pos_app.domain.promotion.occasion import Shopper

    bun = goods("bun", 1000, levels={"member": 500})
    line = replace(marked(600), unit=bun)
    member = price_with([line], shopper=Shopper("m"))
    assert member.total_minor == 500
    assert price_with([line]).total_minor == 600
