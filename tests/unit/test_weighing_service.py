"""Weighing at the sale: what may be sold, what it costs, and never twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from hardware.scale.answer import MOVING, OVER, UNDER_ZERO, ZERO, ScaleAnswer
from hardware.scale.kept_reading import KeptReading
from pos_app.ports.weighing import ScaleReading, Weighing, WeighingState
from pos_app.services.no_devices import NoDevices
from pos_app.services.printer_switch import NoPrinter
from pos_app.services.weighing import WeighingService
from pos_app.values.quantity import GRAM, KILOGRAM, PIECE, weighed_quantity
from tests.counter_shop import APPLES, COLA, fresh_shop, opened, refusal, unit_of
from tests.print_queue import SteadyClock

State = WeighingState


class HandScale:
    """A scale on which the test puts things."""

    def __init__(self) -> None:
        self.kept = KeptReading(SteadyClock())
        self.price_minor = 0
        self.put("0")

    def put(self, kilograms: str) -> None:
        weight = Decimal(kilograms)
        self.say(ScaleAnswer(State.STABLE, weight) if weight else ZERO)

    def say(self, answer: ScaleAnswer) -> None:
        self.kept.hear(answer)

    def reading(self) -> ScaleReading:
        return self.kept.reading()

    def set_tare(self, tare_kg: Decimal) -> None:
        self.kept.set_tare(tare_kg)

    def set_zero(self) -> None:
        self.put("0")

    def offer_price(self, unit_price_minor: int) -> None:
        self.price_minor = unit_price_minor


class OneScale(NoDevices):
    """Devices that are one scale."""

    def __init__(self, scale: Weighing | None) -> None:
        super().__init__(NoPrinter())
        self._scale = scale

    @override
    def scale(self) -> Weighing | None:
        return self._scale


class Counter:
    """A till with a scale."""

    def __init__(self, till: object, scale: HandScale | None) -> None:
        counter = till.counter  # type: ignore[attr-defined]
        desk = replace(counter.desk, devices=OneScale(scale))
        self.service = WeighingService(desk, counter.sale)
        self.apples = unit_of(counter, APPLES)
        self.cola = unit_of(counter, COLA)
        self.counter = counter


@pytest.fixture
def scale() -> HandScale:
    return HandScale()


@pytest.fixture
def at(tmp_path: Path, scale: HandScale) -> Iterator[Counter]:
    with opened(fresh_shop(tmp_path)) as till:
        yield Counter(till, scale)


def test_only_goods_by_weight_are_weighed_and_only_with_a_scale(
    at: Counter, tmp_path: Path
) -> None:
    assert at.service.serves(at.apples)
    assert not at.service.serves(at.cola)
    with opened(fresh_shop(tmp_path / "other")) as till:
        assert not Counter(till, None).service.serves(at.apples)


def test_a_stable_weight_has_its_price_by_the_one_function(
    at: Counter, scale: HandScale
) -> None:
    at.service.begin(at.apples)
    scale.put("1.235")

    seen = at.service.look()
    assert (seen.quantity, seen.total_minor) == (Decimal("1.235"), 1477)
    assert seen.can_take
    assert scale.price_minor == 1196
    taken = at.service.take()
    at.counter.sale.add_unit(at.apples, taken)
    assert at.counter.sale.priced is not None
    assert at.counter.sale.priced.lines[0].total_minor == seen.total_minor


@pytest.mark.parametrize("answer", [ZERO, MOVING, OVER, UNDER_ZERO])
def test_what_does_not_stand_still_on_the_scale_is_not_sold(
    at: Counter, scale: HandScale, answer: ScaleAnswer
) -> None:
    at.service.begin(at.apples)
    scale.say(answer)

    assert not at.service.look().can_take
    assert refusal(at.service.take).key == "weight_not_ready"


def test_a_load_is_sold_once(at: Counter, scale: HandScale) -> None:
    at.service.begin(at.apples)
    scale.put("1.235")
    at.service.take()
    at.service.end()

    at.service.begin(at.apples)
    assert at.service.look().is_sold
    scale.say(MOVING)
    at.service.look()
    scale.put("1.236")  # touched, and its last digit danced
    assert refusal(at.service.take).key == "load_sold_already"
    scale.put("0")
    at.service.look()
    scale.put("1.235")
    assert at.service.take() == Decimal("1.235")


def test_another_load_may_follow_without_an_empty_scale(
    at: Counter, scale: HandScale
) -> None:
    at.service.begin(at.apples)
    scale.put("1.235")
    at.service.take()
    scale.put("1.900")

    assert at.service.take() == Decimal("1.9")


def test_another_tare_makes_no_other_load(at: Counter, scale: HandScale) -> None:
    at.service.begin(at.apples)
    scale.put("1.235")
    at.service.take()
    at.service.begin(at.apples)
    at.service.set_tare(Decimal("0.050"))

    assert at.service.look().weight_kg == Decimal("1.185")
    assert refusal(at.service.take).key == "load_sold_already"


def test_a_price_computing_scale_sells_a_load_with_a_tare_once(
    at: Counter, scale: HandScale
) -> None:
    """It took the tare off itself, and has not yet answered to the next question."""
    box = Decimal("0.050")
    net = ScaleAnswer(State.STABLE, Decimal("1.000"), is_net=True, tare_kg=box)
    at.service.begin(at.apples)
    at.service.set_tare(box)
    scale.say(net)
    assert at.service.take() == 1
    at.service.end()
    at.service.look()  # still the answer with the tare
    scale.say(MOVING)
    at.service.look()

    at.service.begin(at.apples)
    at.service.set_tare(box)
    scale.say(net)

    assert refusal(at.service.take).key == "load_sold_already"


def test_what_a_scale_answered_before_it_knew_the_tare_is_not_sold(
    at: Counter, scale: HandScale
) -> None:
    gross = Decimal("1.050")
    at.service.begin(at.apples)
    scale.say(ScaleAnswer(State.STABLE, gross, is_net=True, tare_kg=Decimal(0)))
    at.service.set_tare(Decimal("0.050"))

    assert refusal(at.service.take).key == "weight_not_ready"


def test_a_load_that_the_sale_refused_may_be_sold(
    at: Counter, scale: HandScale
) -> None:
    at.service.begin(at.apples)
    scale.put("1.235")
    at.service.take()
    at.service.give_back()

    assert at.service.take() == Decimal("1.235")


def test_a_container_is_taken_off_and_forgotten_with_its_goods(
    at: Counter, scale: HandScale
) -> None:
    at.service.begin(at.apples)
    scale.put("0.050")
    assert at.service.tare_load() == Decimal("0.050")
    scale.put("0.432")
    assert at.service.take() == Decimal("0.382")
    at.service.end()

    assert scale.price_minor == 0
    assert scale.kept.tare_kg == 0


def test_a_tare_beyond_sense_and_one_of_a_moving_scale_are_refused(
    at: Counter, scale: HandScale
) -> None:
    at.service.begin(at.apples)
    assert refusal(at.service.set_tare, Decimal(11)).key == "tare_absurd"
    scale.say(MOVING)
    assert refusal(at.service.tare_load).key == "weight_not_ready"


@pytest.mark.parametrize(
    ("weight", "unit_code", "quantity"),
    [
        ("1.235", KILOGRAM, "1.235"),
        ("1.2345", KILOGRAM, "1.235"),
        ("0.0004", KILOGRAM, "0"),
        ("0.382", GRAM, "382"),
        ("0.680388555", KILOGRAM, "0.68"),
    ],
)
def test_a_weight_in_the_unit_of_the_goods(
    weight: str, unit_code: str, quantity: str
) -> None:
    assert weighed_quantity(Decimal(weight), unit_code) == Decimal(quantity)


@given(st.decimals("0", "500", places=9, allow_nan=False))
def test_a_weight_is_never_more_than_half_a_gram_off(weight: Decimal) -> None:
    found = weighed_quantity(weight, KILOGRAM)

    assert found is not None
    assert abs(found - weight) <= Decimal("0.0005")
    assert weighed_quantity(weight, PIECE) is None
