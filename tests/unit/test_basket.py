"""The open basket: what each intent does to it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pos_app.domain.basket import (
    LINES_LIMIT,
    Basket,
    BasketLine,
    add_line,
    remove_line,
    resolve_line,
    restore_line,
    select_line,
    set_note,
    set_quantity,
)
from pos_app.domain.item import PriceSource
from pos_app.errors import UserError
from tests.builders_pricing import line, unit, unknown_line

EMPTY = Basket("basket")


def named(line_id: str, sold: BasketLine) -> BasketLine:
    return replace(sold, line_id=line_id)


def filled(*lines: BasketLine, merge: bool = True) -> Basket:
    basket = EMPTY
    for number, sold in enumerate(lines, 1):
        basket = add_line(basket, named(f"line-{number}", sold), merge=merge)
    return basket


def quantities(basket: Basket) -> list[str]:
    return [str(x.quantity) for x in basket.lines]


@pytest.mark.parametrize(
    ("first", "second", "merged"),
    [
        pytest.param(line(500), line(500, "2"), ["3"], id="the same item"),
        pytest.param(line(500), line(500, "2.000"), ["3"], id="however written"),
        pytest.param(line(500), line(600), ["1", "1"], id="another price row"),
        pytest.param(
            line(500),
            replace(line(500), unit=unit(500, unit_id="box")),
            ["1", "1"],
            id="another unit",
        ),
        pytest.param(
            line(500, by_weight=True),
            line(500, by_weight=True),
            ["1", "1"],
            id="weighed apart",
        ),
        pytest.param(line(500, total_minor=9), line(500), ["1", "1"], id="price label"),
        pytest.param(
            line(500), replace(line(500), note="gift"), ["1", "1"], id="with a note"
        ),
        pytest.param(
            line(500),
            replace(line(500), source=PriceSource.UNIT_FACTOR),
            ["1", "1"],
            id="another source of the price",
        ),
        pytest.param(unknown_line(), unknown_line(), ["2"], id="the same red code"),
        pytest.param(
            unknown_line(),
            replace(unknown_line(), scanned="42"),
            ["1", "1"],
            id="another red code",
        ),
        pytest.param(unknown_line(), line(500), ["1", "1"], id="red and known"),
    ],
)
def test_lines_merge_only_when_nothing_differs(
    first: BasketLine, second: BasketLine, merged: list[str]
) -> None:
    assert quantities(filled(first, second)) == merged
    assert len(filled(first, second, merge=False).lines) == 2


def test_the_line_just_scanned_is_selected_also_when_merged() -> None:
    assert filled(line(500), line(600)).selected == "line-2"
    assert filled(line(500), line(600), line(500)).selected == "line-1"


def test_a_basket_is_full_at_last_but_still_counts_up() -> None:
    full = replace(
        EMPTY, lines=tuple(named(str(n), line(n)) for n in range(LINES_LIMIT))
    )
    with pytest.raises(UserError, match="basket_full"):
        add_line(full, named("more", line(10**6)), merge=True)
    assert quantities(add_line(full, named("x", line(7)), merge=True))[7] == "2"


@pytest.mark.parametrize("quantity", ["0", "-1", "100000", "0.0001"])
def test_absurd_quantities_leave_the_basket_as_it_was(quantity: str) -> None:
    basket = filled(line(500))
    with pytest.raises(UserError, match="quantity_"):
        set_quantity(basket, "line-1", Decimal(quantity))
    with pytest.raises(UserError, match="quantity_"):
        add_line(basket, named("x", line(600, quantity)), merge=True)


def test_merging_beyond_the_limit_is_refused() -> None:
    with pytest.raises(UserError, match="quantity_absurd"):
        filled(line(500, "99999"), line(500))


def test_a_price_label_keeps_its_quantity() -> None:
    with pytest.raises(UserError, match="quantity_fixed_by_label") as refused:
        set_quantity(filled(line(500, total_minor=981)), "line-1", Decimal(2))
    assert refused.value.params["name"] == "茉莉花茶"


def test_a_red_line_becomes_a_real_one() -> None:
    basket = filled(line(500), unknown_line())
    assert basket.unknown_lines == (2,)
    basket = resolve_line(basket, "line-2", unit(600))
    assert basket.unknown_lines == ()
    assert basket.lines[1].scanned == "6901234567892"


@pytest.mark.parametrize(
    ("removed", "selected"),
    [("line-1", "line-2"), ("line-2", "line-1"), ("line-3", "line-2")],
)
def test_removing_a_line_selects_its_neighbour(removed: str, selected: str) -> None:
    basket = filled(line(1), line(2), line(3))
    left = remove_line(basket, removed)
    assert (len(left.lines), left.selected) == (2, selected)
    at = basket.lines.index(basket.line(removed))
    assert restore_line(left, basket.line(removed), at).lines == basket.lines


def test_removing_the_last_line_selects_nothing() -> None:
    assert remove_line(filled(line(1)), "line-1").selected is None


def test_what_was_let_go_ends_with_the_next_change_of_an_amount() -> None:
    basket = replace(filled(line(500), line(600)), round_off_minor=10)
    assert set_quantity(basket, "line-1", Decimal(2)).round_off_minor == 0
    assert remove_line(basket, "line-1").round_off_minor == 0
    assert add_line(basket, named("x", line(7)), merge=True).round_off_minor == 0
    assert set_note(basket, "line-1", "gift").round_off_minor == 10
    assert select_line(basket, "line-1").round_off_minor == 10


def test_a_note_is_trimmed_and_can_be_cleared() -> None:
    basket = set_note(filled(line(1)), "line-1", "  " + "字" * 100)
    assert basket.lines[0].note == "字" * 80
    assert set_note(basket, "line-1", " ").lines[0].note == ""


def test_asking_for_a_missing_line_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="nowhere"):
        select_line(EMPTY, "nowhere")
