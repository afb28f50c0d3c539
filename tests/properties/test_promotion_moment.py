"""One basket, one moment: its promotions stay, whatever begins, ends or changes meanwhile."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pos_app.bootstrap import Till
from pos_app.domain.promotion.deal import Off, UnitDeal
from pos_app.domain.promotion.holding import is_time
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.promotion import Hours, Promotion, Schedule
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.counter_shop import NOON, TEA, fresh_shop, opened, pay_cash

MINUTE = 60_000
SHELF = 1280
#: What comes off by version; 0 for none in force.
OFF = {0: 0, 1: 50, 2: 20}


def moment(minute: int) -> Timestamp:
    return Timestamp(NOON.unix_ms + minute * MINUTE)


def promotion(percent: int, version: int = 1, schedule: Schedule | None = None):
    deal = UnitDeal(Selector(ALL_GOODS), Off(percentage=Percentage(percent * 10_000)))
    return Promotion(
        "promotion", version, f"−{percent} %", deal, schedule=schedule or Schedule()
    )


def store(till: Till, made: Sequence[Promotion], runs: Sequence[PromotionRun]) -> None:
    with till.editor() as editor:
        for one in made:
            text = promotion_to_text(one)
            editor.put_promotion_version(
                PromotionVersion(
                    one.promotion_id,
                    one.version,
                    "unit",
                    one.name,
                    text,
                    one,
                    NOON,
                    "",
                )
            )
        for run in runs:
            editor.put_promotion_run(run)


def run(version: int, begin: Timestamp | None, end: Timestamp | None) -> PromotionRun:
    key = f"run {version} {begin}"
    return PromotionRun(
        key, "promotion", version, Period(begin, end), "", "", NOON, "x" if end else ""
    )


@pytest.fixture
def root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


#: (minutes after the one before, minutes it lasts, version).
RUNS = st.lists(
    st.tuples(st.integers(0, 15), st.integers(1, 20), st.sampled_from([1, 2])),
    max_size=5,
)
#: Minutes from one thing done to the next (the clock may go back), and what is done.
DEEDS = st.lists(
    st.tuples(
        st.integers(-4, 12),
        st.sampled_from(["tea", "tea", "pay", "crash", "park", "resume", "stop"]),
    ),
    min_size=1,
    max_size=14,
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(runs=RUNS, deeds=DEEDS)
def test_each_basket_has_the_promotions_of_its_own_moment(root, runs, deeds) -> None:
    with tempfile.TemporaryDirectory(dir=root) as parent:
        hand = _Hand(Path(parent), runs)
        for minutes, deed in deeds:
            hand.now += minutes
            hand.do(deed)
        hand.close()


class _Hand:
    """A till by hand; the runs in memory are what it must agree with."""

    def __init__(self, parent: Path, runs: Sequence[tuple[int, int, int]]) -> None:
        self.folder = fresh_shop(parent)
        self.now, self.begun = 0, None
        self.parked: list[str] = []
        self.runs: list[tuple[int, int, int]] = []
        at = 1
        for gap, length, version in runs:
            self.runs.append((at + gap, at + gap + length, version))
            at += gap + length
        self._open()
        made = [promotion(OFF[version], version) for version in (1, 2)]
        found = [run(v, moment(begin), moment(end)) for begin, end, v in self.runs]
        store(self.till, made, found)

    def _open(self) -> None:
        self._opened = opened(self.folder)
        self.till = self._opened.__enter__()
        self.counter = self.till.counter

    def close(self) -> None:
        self._opened.__exit__(None, None, None)

    def do(self, deed: str) -> None:
        self.till.options.clock.set(moment(self.now))  # type: ignore[attr-defined]
        sale, park = self.counter.sale, self.counter.park
        if deed == "tea":
            sale.scan(TEA)
        elif deed == "pay" and sale.basket:
            paid = pay_cash(self.counter)
            assert paid.priced.promoted.applications == self.applications
            self.begun = None
        elif deed == "park" and sale.basket:
            self.parked.append(park.park().result().sale.basket.basket_id)
            park.settled()
            self.begun = None
        elif deed == "resume" and self.parked and not sale.basket:
            park.resume(self.parked.pop()).result()
            park.settled()
            self.begun = None  # a resumed sale has the promotions of now
        elif deed == "stop":
            self._stop()
        elif deed == "crash":
            self.till.ledger.flush()
            now = self.till.options.clock.now()
            self.close()
            self._open()
            self.till.options.clock.set(now)  # type: ignore[attr-defined]
        self.check()

    def _stop(self) -> None:
        """The back office ends, now, what is running: the open basket keeps it."""
        now = max(self.now, -(-self._held_ms() // MINUTE))
        for at, (begin, end, version) in enumerate(self.runs):
            if begin < now < end:
                self.runs[at] = (begin, now, version)
                store(self.till, (), [run(version, moment(begin), moment(now))])

    def _held_ms(self) -> int:
        """Return the latest moment that anything here was decided at."""
        return self.counter.desk.clock.now().unix_ms - NOON.unix_ms

    def check(self) -> None:
        sale = self.counter.sale
        self.applications = ()
        if sale.current is None or not sale.current.basket.lines:
            self.begun = None
            return
        held = self.counter.desk.price_moment()
        assert self.begun is None or held == self.begun, "one basket, one moment"
        self.begun = held
        priced = sale.priced
        assert priced is not None
        self.applications = priced.promoted.applications
        version = self._version_at(held)
        count = sum(int(line.quantity) for line in sale.current.basket.lines)
        off = (SHELF * OFF[version] + 50) // 100
        assert priced.discount_minor == count * off
        assert {x.version for x in self.applications} == ({version} - {0})

    def _version_at(self, held: Timestamp) -> int:
        for begin, end, version in self.runs:
            if moment(begin) <= held < moment(end):
                return version
        return 0


# ------------------------------------------------------------------ by the clock


def at(text: str) -> Timestamp:
    return Timestamp.parse(f"{text}:00+08:00")


def discounts(root: Path, schedule: Schedule, *visits: tuple[str, ...]) -> list[int]:
    """Return what comes off each basket; its teas are scanned at these moments."""
    found = []
    clock = ReplayClock(NOON)
    with opened(fresh_shop(root), clock) as till:
        store(till, [promotion(50, 1, schedule)], [run(1, NOON, None)])
        for scans in visits:
            for when in scans:
                clock.set(at(when))
                till.counter.sale.scan(TEA)
            found.append(pay_cash(till.counter).priced.discount_minor)
    return found


def test_bread_is_reduced_from_the_minute_for_the_next_customer(root) -> None:
    evening = Schedule(hours=(Hours(19 * 60, 24 * 60),))
    before = ("2026-11-21T18:59", "2026-11-21T19:00", "2026-11-21T19:30")
    after = ("2026-11-21T19:31", "2026-11-22T00:05")
    next_day = ("2026-11-22T00:06",)
    assert discounts(root, evening, before, after, next_day) == [0, SHELF, 0]


def test_hours_past_midnight_belong_to_the_evening_they_began_on(root) -> None:
    saturday_night = Schedule(weekdays=(6,), hours=(Hours(22 * 60, 2 * 60),))
    visits = [
        ("2026-11-21T21:59",),
        ("2026-11-21T22:00",),
        ("2026-11-22T01:59", "2026-11-22T02:30"),
        ("2026-11-22T02:31",),
        ("2026-11-22T22:30",),
    ]
    half = SHELF // 2
    assert discounts(root, saturday_night, *visits) == [0, half, 2 * half, 0, 0]


@pytest.mark.parametrize(
    ("utc", "holds"),
    [
        # Berlin, 29 March 2026: 02:00 to 03:00 is left out.
        ("2026-03-29T00:59:00Z", False),
        ("2026-03-29T01:00:00Z", False),
        # 25 October 2026: it comes twice, and both times are that hour.
        ("2026-10-24T23:59:00Z", False),
        ("2026-10-25T00:00:00Z", True),
        ("2026-10-25T01:59:00Z", True),
        ("2026-10-25T02:00:00Z", False),
    ],
)
def test_an_hour_that_the_clocks_leave_out_or_repeat(utc, holds) -> None:
    night = Schedule(hours=(Hours(2 * 60, 3 * 60),))
    occasion = Occasion(Timestamp.parse(utc), ZoneInfo("Europe/Berlin"))
    assert is_time(night, occasion) is holds
