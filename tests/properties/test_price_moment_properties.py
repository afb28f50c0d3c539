"""One basket, one price moment: for any schedule of prices and any times of scans."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.domain.price import UnitPrice, row_in_force, stretches
from pos_app.values.times import Period, Timestamp
from tests.counter_shop import COLA, NOON, TEA, fresh_shop, opened, pay_cash, unit_of

MINUTE = 60_000


def moment(minute: int) -> Timestamp:
    return Timestamp(NOON.unix_ms + minute * MINUTE)


#: (begin, length or None for ever, price, rank); minutes from the test's begin.
SCHEDULES = st.lists(
    st.tuples(
        st.integers(1, 60),
        st.none() | st.integers(1, 30),
        st.integers(1, 5000),
        st.integers(0, 1),
    ),
    max_size=6,
)
#: Minutes from one thing done to the next, and what is done.
DEEDS = st.lists(
    st.tuples(
        st.integers(0, 12),
        st.sampled_from(["tea", "cola", "pay", "empty", "undo", "crash", "tile"]),
    ),
    min_size=1,
    max_size=14,
)


def rows_of(schedule: list[tuple[int, int | None, int, int]]) -> list[UnitPrice]:
    return [
        UnitPrice(
            f"row-{number}",
            minor,
            Period(moment(begin), None if length is None else moment(begin + length)),
            rank,
        )
        for number, (begin, length, minor, rank) in enumerate(schedule)
    ]


@pytest.fixture
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@given(SCHEDULES)
def test_stretches_say_which_row_wins_and_leave_no_gap(schedule) -> None:
    rows = rows_of(schedule)
    found = stretches(rows)
    assert found[0].period.start is None
    assert found[-1].period.end is None
    for before, after in itertools.pairwise(found):
        assert before.period.end == after.period.start
        assert before.row != after.row
    for minute in range(-1, 95):
        at = moment(minute)
        (holding,) = [x for x in found if x.period.covers(at)]
        assert holding.row == row_in_force(rows, at)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(tea=SCHEDULES, cola=SCHEDULES, deeds=DEEDS)
def test_each_basket_has_the_prices_of_its_own_moment(root, tea, cola, deeds) -> None:
    with tempfile.TemporaryDirectory(dir=root) as parent:
        run = _Run(Path(parent))
        run.schedule(TEA, rows_of(tea))
        run.schedule(COLA, rows_of(cola))
        for minutes, deed in deeds:
            run.now += minutes
            run.do(deed)
        run.close()


class _Run:
    """A till by hand; the schedule in memory is what it must agree with."""

    def __init__(self, parent: Path) -> None:
        self.folder = fresh_shop(parent)
        self.rows: dict[str, list[UnitPrice]] = {}
        self.now = 0
        self.begun: Timestamp | None = None
        self._open()

    def _open(self) -> None:
        self._opened = opened(self.folder)
        self.till = self._opened.__enter__()
        self.counter = self.till.counter
        self.units = {code: unit_of(self.counter, code) for code in (TEA, COLA)}

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def schedule(self, code: str, rows: list[UnitPrice]) -> None:
        unit_id = self.units[code].unit_id
        with self.till.editor() as editor:
            for row in rows:
                editor.put_price(unit_id, row)
        self.rows[unit_id] = list(self.counter.desk.catalog.price_rows(unit_id))

    def do(self, deed: str) -> None:
        clock = self.till.options.clock
        clock.set(moment(self.now))  # type: ignore[attr-defined]
        sale = self.counter.sale
        if deed in {"tea", "cola"}:
            sale.scan(TEA if deed == "tea" else COLA)
        elif deed == "tile":  # looked up by the screen, added a while later
            unit = self.counter.desk.catalog.unit(
                self.units[TEA].unit_id, self.counter.desk.price_moment()
            )
            assert unit is not None
            self.now += 1
            clock.set(moment(self.now))  # type: ignore[attr-defined]
            sale.add_unit(unit, None)
        elif deed == "pay" and sale.basket and sale.basket.lines:
            pay_cash(self.counter)
        elif deed == "empty" and sale.basket:
            for line in sale.basket.lines:
                sale.remove_line(line.line_id)
        elif deed == "undo":
            sale.undo_remove()
        elif deed == "crash":
            self._crash()
        self.check()

    def _crash(self) -> None:
        self.till.ledger.flush()
        now = self.till.options.clock.now()
        self.close()
        self._open()
        self.till.options.clock.set(now)  # type: ignore[attr-defined]

    def check(self) -> None:
        current = self.counter.sale.current
        if current is None or not current.basket.lines:
            self.begun = None
            assert self.counter.desk.price_moment() >= moment(self.now)
            return
        held = self.counter.desk.price_moment()
        assert self.begun is None or held == self.begun
        self.begun = held
        for line in current.basket.lines:
            assert line.unit is not None
            known = row_in_force(self.rows[line.unit.unit_id], held)
            assert line.unit.price == known
