"""The panel "why this price?" worked out by hand, from nothing but what it says."""

from __future__ import annotations

import re
from decimal import Decimal

from tests.journeys.screen_till import ScreenTill
from ui.presenters.why_price_state import StepTone, StepView

TIMES = r"(?: × (\d+))?"
NUMBER = r"([\d.]+)"


def figure(written: str) -> Decimal:
    """Read "−1,284.00"."""
    plain = written.replace("\u2212", "-").replace(",", "").replace("+", "")
    return Decimal(plain)


def steps_of(till: ScreenTill) -> tuple[StepView, ...]:
    return tuple(till.flow.features.price.why.state.steps)


def worked_out(working: str) -> Decimal | None:
    """Do the last sum of a step's arithmetic by hand; None where there is none."""
    last = working.replace(",", "").split(" · ")[-1]
    if found := re.fullmatch(rf"{NUMBER} × {NUMBER}%{TIMES}", last):
        return Decimal(found[1]) * Decimal(found[2]) / 100 * int(found[3] or 1)
    if found := re.fullmatch(rf"{NUMBER} × {NUMBER} ÷ {NUMBER}{TIMES}", last):
        part = Decimal(found[1]) * Decimal(found[2]) / Decimal(found[3])
        return part * int(found[4] or 1)
    if found := re.match(rf"{NUMBER} → {NUMBER}", last):
        return abs(Decimal(found[1]) - Decimal(found[2]))
    if found := re.fullmatch(rf"{NUMBER}{TIMES}", last):
        return Decimal(found[1]) * int(found[2] or 1)
    return None


def replay(steps: tuple[StepView, ...]) -> Decimal:
    """Do the panel's arithmetic by hand; returns what comes out."""
    assert steps[0].tone is StepTone.LIST
    assert steps[-1].tone is StepTone.PAID
    left = figure(steps[0].amount)
    for step in steps[1:-1]:
        found = worked_out(step.working)
        assert found is not None, step.working
        assert abs(found - abs(figure(step.amount))) <= Decimal("0.01"), step
        left += figure(step.amount)
    return left
