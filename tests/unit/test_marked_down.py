"""Fresh goods are marked down by a ladder, never below the floor, and named by a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.printer.label_symbols import bars_of
from pos_app.documents.label import Symbology
from pos_app.domain.basket import BasketLine
from pos_app.domain.item import PriceSource
from pos_app.domain.listed_line import listed
from pos_app.domain.markdown import (
    Ladder,
    Rung,
    ladder_for,
    propose,
    refuse_unsound_ladder,
)
from pos_app.domain.marked_code import (
    MarkedLabel,
    bar_data,
    number_of,
    read_marked,
    square_data,
)
from pos_app.domain.reduction import StepKind
from pos_app.domain.trace import Trace
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from tests.builders_pricing import unit

KEY, OTHER = b"k" * 32, b"o" * 32
TODAY = date(2026, 11, 22)
YOGHURT = "09521005001379"


def wall(day: str, hour: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{day} {hour}")


def rung(days: int, hour: int, off: str) -> Rung:
    return Rung(days, hour * 60, Percentage.parse(off))


LADDER = Ladder("", 1, (rung(2, 0, "20"), rung(0, 8, "30"), rung(0, 19, "50")))


@pytest.mark.parametrize(
    ("now", "off"),
    [
        (wall("21", "23:59"), None),
        (wall("22", "00:00"), "20"),
        (wall("24", "07:59"), "20"),
        (wall("24", "08:00"), "30"),
        (wall("24", "18:59"), "30"),
        (wall("24", "19:00"), "50"),
    ],
)
def test_the_rung_is_the_one_begun_last(now, off):
    found = LADDER.rung_at(date(2026, 11, 24), now)
    assert (found.off if found else None) == (Percentage.parse(off) if off else None)


def test_the_floor_is_the_cost_and_a_part_of_it_rounded_up():
    ladder = replace(LADDER, above_cost=Percentage.parse("5"))
    found = propose(ladder, ladder.rungs[2], 1000, 601)
    assert (found.floor_minor, found.minor, found.is_at_floor) == (632, 632, True)
    found = propose(ladder, ladder.rungs[2], 1000, 300)
    assert (found.floor_minor, found.minor, found.is_at_floor) == (315, 500, False)
    assert propose(ladder, ladder.rungs[2], 1000, None, 700).minor == 700
    with pytest.raises(UserError, match="markdown_at_floor"):
        propose(ladder, ladder.rungs[2], 1000, 960)


@settings(max_examples=60)
@given(
    before=st.integers(1, 99_999),
    cost=st.none() | st.integers(0, 99_999),
    off=st.integers(1, 999_999),
    above=st.integers(0, 1_000_000),
)
def test_no_price_is_below_the_floor_or_at_the_shelfs(before, cost, off, above):
    one = Rung(0, 0, Percentage(off))
    ladder = Ladder("", 1, (one,), Percentage(above))
    try:
        found = propose(ladder, one, before, cost)
    except UserError:
        assert before == 1 or cost is not None or before * off < 500_000
        return
    assert 0 < found.minor < before
    if cost is not None:
        assert found.minor * 1_000_000 >= cost * (1_000_000 + above)


def test_the_nearest_ladder_holds_and_one_that_is_off_leaves_goods_out():
    dairy = replace(LADDER, target="category:dairy")
    milk = replace(LADDER, target="item:milk", is_on=False)
    known = (LADDER, dairy, milk)
    parents = {"yoghurt": "dairy"}
    assert ladder_for(known, ("x",), "yoghurt", parents) == dairy
    assert ladder_for(known, ("x",), "bread", parents) == LADDER
    assert ladder_for(known, ("milk",), "yoghurt", parents) is None
    assert ladder_for(known, ("blue", "milk"), "yoghurt", parents) is None
    assert ladder_for((), ("x",), "", {"a": "a"}) is None


@pytest.mark.parametrize(
    ("rungs", "key"),
    [
        ((), "ladder_empty"),
        ((rung(91, 0, "10"),), "ladder_days"),
        ((rung(1, 24, "10"),), "ladder_hour"),
        ((rung(1, 0, "100"),), "ladder_percentage"),
        ((rung(1, 0, "0"),), "ladder_percentage"),
        ((rung(1, 0, "20"), rung(2, 0, "30")), "ladder_order"),
        ((rung(2, 0, "30"), rung(1, 0, "30")), "ladder_order"),
        (tuple(rung(9 - x, 0, str(x + 1)) for x in range(9)), "ladder_too_long"),
    ],
)
def test_a_ladder_that_makes_no_sense_is_refused(rungs, key):
    with pytest.raises(UserError, match=key):
        refuse_unsound_ladder(Ladder("", 1, rungs))


def plain(data: str) -> str:
    return data.replace("(", "").replace(")", "")


def labels() -> st.SearchStrategy[MarkedLabel]:
    numbers = st.sampled_from([YOGHURT, "02012345678903", "00000096385074", "A-12"])
    return st.builds(
        MarkedLabel,
        numbers,
        st.integers(1, 999_999),
        st.dates(date(2021, 1, 1), date(2032, 12, 31)),
        st.booleans(),
        st.sampled_from([0, 0, 436, 99_999]),
    )


@settings(max_examples=80)
@given(label=labels())
def test_every_label_is_read_back_and_only_with_its_own_key(label):
    for data in (square_data(label, KEY), bar_data(label, KEY)):
        found = read_marked(plain(data), TODAY)
        assert found is not None
        assert found.label == label
        assert found.is_genuine(KEY)
    sealed = read_marked(plain(bar_data(label, KEY)), TODAY)
    assert sealed is not None
    dearer = replace(sealed, label=replace(label, minor=label.minor + 1))
    assert not (dearer.is_genuine(KEY) and sealed.is_genuine(OTHER))


def test_a_changed_label_is_found_out_but_for_one_in_ten_thousand():
    label = MarkedLabel(YOGHURT, 450, date(2026, 11, 24))
    data = plain(bar_data(label, KEY))
    passed = 0
    for minor in range(1, 450):
        cheaper = f"{data[:10]}{minor:06d}{data[16:]}"
        found = read_marked(cheaper, TODAY)
        assert found is not None
        assert found.label.minor == minor
        passed += found.is_genuine(KEY)
    assert passed <= 1


def test_goods_with_a_gtin_of_the_world_are_named_by_it():
    label = MarkedLabel(YOGHURT, 450, date(2026, 11, 24))
    assert square_data(label, KEY).startswith(f"(01){YOGHURT}(17)261124(94)")
    best = replace(label, is_best_before=True)
    assert "(15)261124" in square_data(best, KEY)
    own = replace(label, number="02012345678903")
    assert square_data(own, KEY).startswith("(91)")
    assert number_of("9521005001379", "S-1") == YOGHURT
    assert number_of("", "S-1") == "S-1"
    assert number_of("9521005001370", "S-1") == "S-1"


def test_the_bars_fit_a_label_of_sixty_millimetres():
    data = bar_data(MarkedLabel(YOGHURT, 450, TODAY), KEY)
    assert bars_of(Symbology.GS1_128, data).width == 220


@pytest.mark.parametrize("data", [YOGHURT, "9521005001379", "91", "01", "", "GTB1"])
def test_other_codes_are_none_of_these(data):
    assert read_marked(data, TODAY) is None
    assert read_marked(f"01{YOGHURT}17261124", TODAY) is None
    assert read_marked(f"01{YOGHURT}172611243922450", TODAY) is None


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"minor": 1_000_000}, "marked_price_too_high"),
        ({"grams": 100_000}, "marked_weight_too_high"),
        ({"number": "x" * 21}, "marked_number_too_long"),
        ({"number": "奶"}, "marked_number_too_long"),
    ],
)
def test_what_the_code_cannot_hold_is_refused(change, key):
    with pytest.raises(UserError, match=key):
        square_data(replace(MarkedLabel("1", 1, TODAY), **change), KEY)


def marked(minor: int) -> BasketLine:
    return BasketLine(
        "1",
        unit(1000),
        "code",
        Decimal(1),
        total_minor=minor,
        source=PriceSource.MARKED_DOWN,
        trace=Trace(use_by=TODAY),
    )


def test_the_line_shows_the_shelf_price_and_what_the_label_takes_off():
    found = listed(marked(600))
    (step,) = found.steps
    assert (found.list_minor, found.lowered_minor) == (1000, 400)
    assert (step.kind, step.amount_minor) == (StepKind.MARKED_DOWN, 400)
    assert step.name == "2026-11-22"


def test_a_shelf_price_that_fell_below_the_label_holds():
    found = listed(marked(1100))
    assert (found.list_minor, found.lowered_minor, found.steps) == (1000, 0, ())
