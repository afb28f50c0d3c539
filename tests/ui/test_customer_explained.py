"""Why a price is so, on the customer's screen: what is visible comes to what is paid."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.i18n import Words
from tests.journeys.painted_words import painted
from tests.journeys.test_screen_every_view import overlapping
from tests.journeys.worked_by_hand import figure
from tests.ui.test_customer_display import BASKET, SIZES, show
from ui.format import amount
from ui.presenters.customer_state import CustomerLine
from ui.presenters.customer_why import told_rows
from ui.presenters.why_price_state import StepTone, StepView
from ui.screens.customer_window import CustomerWindow

_FIRST = CustomerLine("why-0", "Bio-Vollkornhaferflocken zartblättrig", "× 40", "")
_AMOUNT = re.compile("[+\u2212]?[\\d,]+\\.\\d\\d")


def step(title: str, minor: int, tone: StepTone, **parts: object) -> StepView:
    plus = "+" if tone is StepTone.ADDED else ""
    written = amount(abs(minor), "CNY")
    said = f"{plus}{amount(minor, 'CNY')}"
    return StepView(title, written, said, tone, minor=minor, **parts)  # type: ignore[arg-type]


def steps_of(
    savings: list[tuple[int, int]], tax: int, notes: tuple[str, ...] = ()
) -> tuple[StepView, ...]:
    """Return the steps of savings: which promotion, how much."""
    listed = sum(minor for _offer, minor in savings) + 500
    found = [step("Shelf price", listed, StepTone.LIST)]
    found += [
        step(f"Nachbarschaftswoche, Gabe {offer}", -minor, StepTone.SAVING)
        for offer, minor in savings
    ]
    found += [step("Tax", tax, StepTone.ADDED)] if tax else []
    return (*found, step("Paid", 500 + tax, StepTone.PAID, notes=notes))


def visible(window: CustomerWindow) -> list[Decimal]:
    """Read the amounts at the right of the rows, from the first to the last."""
    basket = window.basket
    words = [x for x in painted(basket) if x.area.left() > basket.width() * 0.6]
    said = [x.text.strip() for x in words if _AMOUNT.fullmatch(x.text.strip())]
    return [figure(x) for x in said]


def adds_up(window: CustomerWindow, steps: tuple[StepView, ...]) -> None:
    """Fail unless the visible amounts come to what is paid, which is the last one."""
    first, *between, paid = visible(window)
    assert first == Decimal(steps[0].minor) / 100
    assert paid == Decimal(steps[-1].minor) / 100 == first + sum(between)


def explain(
    window: CustomerWindow, steps: tuple[StepView, ...], size: tuple[int, int]
) -> None:
    told = told_rows(steps, _FIRST, "CNY", Words("de"))
    lines = {"lines": told[0], "shorter": told[1:]}
    show(window, replace(BASKET, **lines, is_explained=True, newest=""), size)


@pytest.fixture
def window(qtbot) -> CustomerWindow:
    made = CustomerWindow("Kundenanzeige")
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_one_to_forty_steps_are_a_whole_sum_that_one_can_read(window, size) -> None:
    for count in range(1, 41):
        steps = steps_of([(at, 100 + at) for at in range(count)], tax=0)
        explain(window, steps, size)
        adds_up(window, steps)
        words = painted(window.basket)
        assert words[-1].area.bottom() <= window.basket.height()
        assert not overlapping(words)
        assert not [x.text for x in words if "…" in x.text]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    savings=st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 999_999)), min_size=0, max_size=40
    ),
    tax=st.sampled_from((0, 0, 17)),
    notes=st.integers(0, 9),
    size=st.sampled_from(SIZES),
)
def test_whatever_the_steps_are_the_visible_ones_come_to_what_is_paid(
    window, savings, tax, notes, size
) -> None:
    said = tuple(
        f"„Gutschein Nummer {n} vom Herbst“ bleibt benutzt" for n in range(notes)
    )
    steps = steps_of(savings, tax, said)
    explain(window, steps, size)
    adds_up(window, steps)


def test_what_one_offer_does_many_times_is_one_row_with_its_sum(window) -> None:
    savings = [(1, 250)] * 8 + [(2, 99), (1, 120), (2, 1)]
    explain(window, steps_of(savings, tax=0), (1024, 600))
    words = [x.text.strip() for x in painted(window.basket)]
    assert "Nachbarschaftswoche, Gabe 1 × 9" in words
    assert "2.50 × 8 + 1.20" in words
    assert "0.99 + 0.01" in words


def test_what_has_room_is_told_row_by_row(window) -> None:
    steps = steps_of([(1, 250)] * 8, tax=0)
    explain(window, steps, (1024, 600))
    assert len(visible(window)) == 10
