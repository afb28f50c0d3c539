"""Many intents as one are what each of them alone would have made, for less work."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.basket import LINES_LIMIT, BasketLine
from pos_app.domain.intents_together import apply_all
from pos_app.domain.item import PriceSource
from pos_app.domain.open_sale import (
    AddLine,
    AddReturn,
    Intent,
    OpenSale,
    RenewUnit,
    ReplaceReturn,
    RoundOff,
    SelectLine,
    SetNote,
    SetQuantity,
    apply,
)
from pos_app.domain.returned_line import ReturnedLine
from pos_app.errors import UserError
from tests.builders_pricing import unit
from tests.unit.test_open_sale import BACK, EMPTY
from tests.work_count import calls_of

TEA, DEARER = unit(1280, unit_id="tea"), unit(1390, unit_id="tea")
OTHER = replace(DEARER, source=PriceSource.UNIT_FACTOR)
IDS = ("a", "b", "c")


def sold(line_id: str, quantity: str = "1") -> BasketLine:
    return BasketLine(line_id, TEA, "690", Decimal(quantity))


def back(line_id: str, reason: str = "") -> ReturnedLine:
    return replace(BACK, line_id=line_id, reason=reason)


def of(accepted: list[Intent]) -> OpenSale | str:
    """Return what intents make one by one; the error of the first refused one."""
    try:
        return reduce(apply, accepted, EMPTY)
    except UserError as error:
        return error.key


def together(accepted: list[Intent]) -> OpenSale | str:
    try:
        return apply_all(EMPTY, accepted)
    except UserError as error:
        return error.key


NAMES = st.sampled_from(IDS)
BEGUN: list[Intent] = [
    *(AddLine(sold(x), merge=False) for x in IDS),
    *(AddReturn(back(x)) for x in IDS),
]
FRESH = st.uuids(version=4).map(str)
INTENTS = st.one_of(
    st.builds(
        AddLine, st.builds(sold, FRESH, st.sampled_from(["1", "2", "0"])), st.booleans()
    ),
    st.builds(AddReturn, st.builds(back, FRESH)),
    st.builds(ReplaceReturn, st.builds(back, NAMES, st.text(max_size=2))),
    st.builds(RenewUnit, NAMES, st.sampled_from([TEA, DEARER, OTHER])),
    st.builds(SetQuantity, NAMES, st.integers(1, 3).map(Decimal)),
    st.builds(SetNote, NAMES, st.text(max_size=2)),
    st.builds(SelectLine, NAMES),
    st.just(RoundOff(5, "s1")),
)


@given(st.lists(INTENTS, max_size=14).map(lambda found: [*BEGUN, *found]))
def test_together_they_make_the_same_sale(accepted: list[Intent]) -> None:
    assert together(accepted) == of(accepted)


def test_a_full_basket_takes_no_line_of_many_either() -> None:
    many: list[Intent] = [
        AddLine(sold(str(at)), merge=False) for at in range(LINES_LIMIT + 1)
    ]
    full = apply_all(EMPTY, many[:-1])
    assert len(full.basket.lines) == LINES_LIMIT
    assert full.basket.selected == str(LINES_LIMIT - 1)
    assert together(many) == "basket_full"
    with pytest.raises(UserError, match="basket_full"):
        apply(full, many[-1])


def test_what_many_intents_cost_grows_with_them() -> None:
    asked = {}
    for count in (100, 200, 400):
        ids = [str(at) for at in range(count)]
        adds: list[Intent] = [AddLine(sold(x), merge=False) for x in ids]
        backs: list[Intent] = [AddReturn(back(x)) for x in ids]
        why: list[Intent] = [ReplaceReturn(back(x, "broken")) for x in ids]
        anew: list[Intent] = [RenewUnit(x, DEARER) for x in ids]
        whole = apply_all(EMPTY, [*adds, *backs])
        asked[count] = (
            calls_of(apply_all, EMPTY, adds),
            calls_of(apply_all, EMPTY, backs),
            calls_of(apply_all, whole, why),
            calls_of(apply_all, whole, anew),
        )
    for few, more, many in zip(asked[100], asked[200], asked[400], strict=True):
        assert many - more <= 2 * (more - few) + 8
        assert many < 30 * 400
