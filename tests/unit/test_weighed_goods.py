"""Goods that are scanned first and weighed then: their lot stays, typing shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from typing_extensions import override

from pos_app.bootstrap import Till
from pos_app.domain.item import SellBy
from pos_app.domain.trace import Trace
from pos_app.ports.weighing import ScaleReading, Weighing, WeighingState
from pos_app.services.no_devices import NoDevices
from pos_app.services.printer_switch import NoPrinter
from pos_app.services.scan_result import Outcome, ScanResult
from pos_app.services.traced_goods import check_piece, shop_today
from pos_app.services.weighed_goods import Weighed, WeighedGoods
from tests.counter_shop import (
    APPLES,
    MANAGER,
    TEA,
    fresh_shop,
    opened,
    query,
    sign_on,
    unit_of,
)

State = WeighingState


class StillScale:
    """A scale that always says the same."""

    def __init__(self, state: WeighingState) -> None:
        self.state = state

    def reading(self) -> ScaleReading:
        weight = Decimal("1.000") if self.state is State.STABLE else None
        return ScaleReading(self.state, weight)

    def set_tare(self, tare_kg: Decimal) -> None: ...

    def set_zero(self) -> None: ...

    def offer_price(self, unit_price_minor: int) -> None: ...


class OneScale(NoDevices):
    """Devices that are one scale, or none."""

    def __init__(self, scale: Weighing | None) -> None:
        super().__init__(NoPrinter())
        self._scale = scale

    @override
    def scale(self) -> Weighing | None:
        return self._scale


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as opened_till:
        yield opened_till


def goods_at(till: Till, state: WeighingState | None) -> WeighedGoods:
    scale = None if state is None else StillScale(state)
    desk = replace(till.counter.desk, devices=OneScale(scale))
    return WeighedGoods(desk, till.counter.sale)


def bodies(till: Till, kind: str) -> list[dict[str, object]]:
    till.counter.desk.store_backlog().result(30)
    rows = query(till, f"SELECT canonical FROM journal WHERE kind = '{kind}'")
    return [json.loads(canonical)["body"] for (canonical,) in rows]


def scan_of(till: Till, days: int, *, expired_too: bool = False) -> ScanResult:
    """A scan of apples by their GS1 code that asked for the weight."""
    desk = till.counter.desk
    use_by = shop_today(desk) + timedelta(days)
    code = f"]C101{TEA.rjust(14, '0')}17{use_by:%y%m%d}10L-7"
    traced = check_piece(desk, code, None, expired_too=expired_too)
    apples = unit_of(till.counter, APPLES)
    return ScanResult(Outcome.NEEDS_WEIGHT, code, apples, Decimal(0), traced)


def test_lot_and_date_of_a_scan_stay_with_goods_that_were_weighed_after_it(
    till: Till,
) -> None:
    asked = scan_of(till, 30)
    assert asked.unit is not None
    goods_at(till, None).add(Weighed(asked.unit, Decimal("0.382"), asked))

    assert till.counter.sale.basket is not None
    (line,) = till.counter.sale.basket.lines
    use_by = shop_today(till.counter.desk) + timedelta(30)
    assert line.trace == Trace("L-7", "", use_by)
    assert (line.scanned, line.quantity) == (asked.code, Decimal("0.382"))


def test_expired_goods_are_sold_in_the_journal_when_they_are_weighed_not_before(
    till: Till,
) -> None:
    sign_on(till.counter, MANAGER)
    asked = scan_of(till, -1, expired_too=True)
    assert bodies(till, "ExpiredGoods") == []

    assert asked.unit is not None
    goods_at(till, None).add(Weighed(asked.unit, Decimal("0.382"), asked))

    (body,) = bodies(till, "ExpiredGoods")
    assert (body["outcome"], body["lot"]) == ("sold", "L-7")


@pytest.mark.parametrize("state", [State.STABLE, State.MOVING, State.ZERO])
def test_a_weight_typed_beside_a_working_scale_is_journalled(
    till: Till, state: WeighingState
) -> None:
    apples = unit_of(till.counter, APPLES)
    goods_at(till, state).add(Weighed(apples, Decimal("0.382")))

    (body,) = bodies(till, "WeightTyped")
    assert body == {
        "sku": apples.sku,
        "quantity": "0.382",
        "unit": apples.unit_code,
        "scale": state.value,
    }


@pytest.mark.parametrize("state", [None, State.SILENT, State.UNREADABLE, State.OVER])
def test_a_weight_is_typed_without_a_word_where_no_scale_can_weigh(
    till: Till, state: WeighingState | None
) -> None:
    apples = unit_of(till.counter, APPLES)
    goods_at(till, state).add(Weighed(apples, Decimal("0.382")))

    assert bodies(till, "WeightTyped") == []


def test_a_weight_of_the_scale_is_no_typed_one(till: Till) -> None:
    apples = unit_of(till.counter, APPLES)
    assert apples.sell_by is SellBy.WEIGHT
    weighed = Weighed(apples, Decimal("1.000"), is_typed=False)
    goods_at(till, State.STABLE).add(weighed)

    assert bodies(till, "WeightTyped") == []
