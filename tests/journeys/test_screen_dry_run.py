"""A promotion tried on last week's sales before it goes live, at the real screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos_app.i18n import _
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import ScreenTill

COLA, TOAST = "210012", "130001"  # 3.00 and 8.50


@pytest.fixture
def make(till: ScreenTill) -> PromotionMaker:
    """Return a manager in the editor, with second one half price on cola."""
    till.sign_on("1005")
    for codes in ((COLA, COLA), (COLA, COLA, TOAST), (TOAST,)):
        till.scan(*codes)
        till.pay_cash()
        till.press("mainAction")
    made = PromotionMaker(till, by_touch=True)
    made.go()
    made.begin("Second one half price")
    made.choose("goods", "可乐味汽水 330ml")
    return made


def tried(make: PromotionMaker) -> None:
    """Press the key and wait for what comes out."""
    make.till.press("promotionDryRun")
    make.till.wait(lambda: make.part.dry_run.state.table is not None)
    make.till.settle()


def test_the_figures_of_last_week_are_exact_and_each_opens_its_lines(
    make: PromotionMaker,
) -> None:
    tried(make)
    till, cost, baskets = make.till, *make.part.dry_run.state.cards[:2]
    assert cost.value.endswith("3.00")  # 1.50 twice
    assert baskets.value == _("{part} of {all}", part=2, all=3)
    till.sees("3.00")
    (row,) = make.part.dry_run.state.table.rows
    assert row.cells[1:] == ("2", "4", "3.00")
    till.press("dryRun-stacks")
    assert make.part.dry_run.state.chosen == "stacks"
    assert make.part.dry_run.state.table.rows == ()
    till.press("dryRun-below")
    assert make.part.dry_run.state.chosen == "below_cost"


def test_one_goes_back_to_the_sentence_and_nothing_was_written(
    make: PromotionMaker,
) -> None:
    before = len(make.till.journal())
    sentence = make.sentence
    tried(make)
    make.till.key(Qt.Key.Key_Escape)
    assert not make.part.dry_run.is_open
    assert make.sentence == sentence
    tried(make)
    make.till.press("dryRunHeadBack")
    assert make.sentence == sentence
    assert len(make.till.journal()) == before


def test_help_is_the_page_about_it(make: PromotionMaker) -> None:
    tried(make)
    assert make.till.flow.features.back_office.manual_name() == (
        "office_promotions_dry_run"
    )


def test_it_is_left_while_it_works_and_asked_again(make: PromotionMaker) -> None:
    make.till.press("promotionDryRun")
    make.part.dry_run.close()
    assert make.part.state.dry_run is None
    tried(make)
    assert make.part.dry_run.state.cards[1].value == _("{part} of {all}", part=2, all=3)
