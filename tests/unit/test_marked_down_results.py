"""What markdown saved and what it lost: pieces, money, and labels that were copied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.markdown_report import (
    MarkedPieces,
    MarkedSale,
    MarkedShare,
    marked_shares,
    together,
)
from pos_app.domain.marked_code import square_data
from pos_app.services.replay import ReplayClock
from pos_app.services.traced_goods import shop_today
from tests.builders_returns import approved, refund, returning_till, take_back
from tests.changed_items import change_item
from tests.counter_shop import TEA, pay_cash, refusal
from tests.unit.test_markdown_service import with_ladder

TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(1)


def labels(count: int, day: date = YESTERDAY, cost: int | None = 300) -> MarkedPieces:
    return MarkedPieces("S1", "tea", day, count, False, 1000, 500, cost)


def sold(day: date = YESTERDAY, **more: object) -> MarkedSale:
    return MarkedSale("S1", "tea", day, 1000, 500, **more)


def share_of(pieces: list[MarkedPieces], sales: list[MarkedSale]) -> MarkedShare:
    (share,) = marked_shares(pieces, sales, TODAY)
    return share


def test_what_nobody_bought_by_its_last_day_is_left_at_its_cost() -> None:
    share = share_of([labels(3), labels(2, cost=401)], [sold(), sold()])
    assert (share.labelled, share.sold, share.left) == (5, 2, 3)
    assert (share.earned_minor, share.let_go_minor) == (1000, 1000)
    assert share.lost_minor == 1021  # three of five pieces that cost 17.02 together


def test_today_is_not_over_and_nothing_is_left_yet() -> None:
    share = share_of([labels(3, TODAY)], [sold(TODAY)])
    assert (share.waiting, share.left, share.lost_minor) == (2, 0, 0)


def test_a_piece_that_was_marked_down_again_is_one_piece() -> None:
    again = replace(labels(2), is_again=True, minor=300)
    share = share_of([labels(2), again], [sold()])
    assert (share.labelled, share.sold, share.left) == (2, 1, 1)


def test_copies_of_a_label_are_seen_and_hide_nothing_of_other_days() -> None:
    share = share_of([labels(1, TODAY), labels(2)], [sold(TODAY)] * 3)
    assert (share.more, share.waiting, share.left) == (2, 0, 2)


def test_without_a_cost_nothing_is_claimed_to_be_lost() -> None:
    share = share_of([labels(2, cost=None), labels(1)], [])
    assert (share.left, share.lost_minor, share.unknown) == (3, 300, 2)


def test_what_came_back_is_neither_sold_nor_left() -> None:
    share = share_of([labels(2)], [sold(), sold(is_back=True)])
    assert (share.sold, share.came_back, share.left) == (1, 1, 0)
    assert share.earned_minor == 500


def test_all_goods_together_are_the_sum_and_the_greatest_loss_is_first() -> None:
    cheap = replace(labels(1, cost=10), sku="S2", name="bun")
    shares = marked_shares([cheap, labels(2)], [sold()], TODAY)
    assert [x.sku for x in shares] == ["S1", "S2"]
    whole = together(shares)
    assert (whole.labelled, whole.sold, whole.left) == (3, 1, 2)
    assert whole.lost_minor == 310


# ---------------------------------------------------------------- at a real till


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with returning_till(tmp_path, clock) as found:
        with_ladder(found)
        change_item(found, "S1", lambda unit: replace(unit, cost_minor=400))
        yield found


def print_labels(till: Till, code: str, count: int, day: date | None = None) -> str:
    """Mark pieces down for today and print their labels; their square code."""
    service, desk = till.counter.markdown, till.counter.desk
    piece = service.look(code)
    assert piece is not None
    piece = replace(piece, day=day or shop_today(desk), count=count)
    proposal = service.propose(piece)
    wish = service.wish(piece, proposal)
    ready = service.printing([wish], on_slips=True)()
    service.begin_mark(ready, [(piece, proposal)]).result()
    assert wish.marked is not None
    data = square_data(wish.marked, desk.label_key)
    return "]d2" + data.replace("(", "").replace(")", "")


def test_labels_sales_and_what_is_left_at_a_till(
    till: Till, clock: ReplayClock
) -> None:
    ask = till.counter.markdown.results.asking
    assert ask(7)() == ()
    code = print_labels(till, TEA, 4)
    wrong = code[:-3] + ("001" if code[-3:] != "001" else "002")
    assert refusal(till.counter.sale.scan, wrong).key == "marked_label_wrong"
    print_labels(till, code, 1)  # one of them once more: it is the same piece
    for _ in range(2):
        till.counter.sale.scan(code)
    till.counter.sale.scan(TEA)  # a fresh one beside them
    sale = pay_cash(till.counter)
    (share,) = ask(7)()
    assert (share.name, share.labelled, share.sold) == ("茉莉花茶", 4, 2)
    assert (share.waiting, share.left) == (2, 0)
    assert (share.earned_minor, share.let_go_minor) == (1280, 1280)
    approved(till.counter, take_back, till.counter, sale, 1)
    approved(till.counter, refund, till.counter)
    clock.set(clock.now().plus_seconds(86_400))
    (share,) = ask(7)()
    assert (share.sold, share.came_back, share.left) == (1, 1, 2)
    assert (share.lost_minor, share.unknown) == (800, 0)
    clock.set(clock.now().plus_seconds(10 * 86_400))
    assert ask(7)() == ()
    assert len(ask(28)()) == 1
