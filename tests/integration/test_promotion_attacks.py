"""Two people at one promotion, clocks that go back, disks that are full, raw SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from pos_app.bootstrap import Till
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import GuitaiError, UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.promotion_list import PromotionState
from pos_app.services.promotions import PromotionService
from pos_app.values.times import Timestamp
from tests.builders_promotions import everything, nth, percent, promotion
from tests.counter_shop import MANAGER, NOON, TEA, fresh_shop, opened, sell
from tests.value_till import able

HOUR = 3600


class HandClock:
    """A clock that a test puts forward and back."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> Timestamp:
        """Return what it shows."""
        return self.at

    def monotonic_ms(self) -> int:
        """Return milliseconds; they never go back."""
        return 1


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def till(tmp_path: Path, clock: HandClock) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), clock, number=MANAGER) as found:
        able(found.counter)
        yield found


@pytest.fixture
def promotions(till: Till) -> PromotionService:
    return till.counter.promotions


def draft(promotions: PromotionService, name: str = "第二件半价") -> Promotion:
    made = promotion(nth(everything(), 2, percent("50")), name)
    return replace(made, promotion_id=promotions.new_id())


def store(till: Till, change: CatalogChange) -> None:
    with till.editor() as editor:
        editor.change(change.edit)


def refused(till: Till, change: Any) -> str:
    """Return the word of a refusal, after which all versions and runs are as before."""
    catalog = till.counter.desk.catalog
    before = (catalog.promotion_versions(), catalog.promotion_runs())
    with pytest.raises(UserError) as error:
        store(till, change())
    assert (catalog.promotion_versions(), catalog.promotion_runs()) == before
    return error.value.key


def newest(promotions: PromotionService, promotion_id: str) -> str:
    return promotions.versions(promotion_id)[0].version.text


def test_of_two_who_write_at_once_the_second_is_told(till, promotions) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made, ""))
    seen = newest(promotions, made.promotion_id)
    store(till, promotions.save_draft(replace(made, name="甲"), seen))
    other = replace(made, name="乙")
    assert refused(till, lambda: promotions.save_draft(other, seen)) == (
        "promotion_changed"
    )
    assert refused(till, lambda: promotions.save_draft(other, "")) == (
        "promotion_changed"
    )
    store(till, promotions.save_draft(other, newest(promotions, made.promotion_id)))


def test_nothing_is_started_but_what_was_looked_at(till, promotions) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    seen = newest(promotions, made.promotion_id)
    store(till, promotions.save_draft(replace(made, name="别的")))
    start = promotions.start
    assert refused(till, lambda: start(made.promotion_id, 1, seen=seen)) == (
        "promotion_changed"
    )
    store(till, start(made.promotion_id, 1, seen=newest(promotions, made.promotion_id)))
    seen = newest(promotions, made.promotion_id)
    # Somebody wrote a newer version meanwhile: the one that was looked at is older.
    store(till, promotions.save_draft(replace(made, name="新的")))
    assert refused(till, lambda: start(made.promotion_id, 1, seen=seen)) == (
        "promotion_changed"
    )


def test_a_clock_that_goes_back_takes_no_run_and_no_price_with_it(
    till, promotions, clock
) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    store(till, promotions.start(made.promotion_id, 1))
    sale = sell(till.counter, TEA, TEA)
    key = made.promotion_id
    clock.at = NOON.plus_seconds(-HOUR)
    assert promotions.get(key).state is PromotionState.ACTIVE
    assert refused(till, lambda: promotions.start(key, 1, clock.at)) == (
        "promotion_start_past"
    )
    assert refused(till, lambda: promotions.start(key, 1)) == "promotion_is_running"
    again = sell(till.counter, TEA, TEA)
    assert again.priced.total_minor == sale.priced.total_minor
    clock.at = NOON.plus_seconds(HOUR)
    assert promotions.get(key).state is PromotionState.ACTIVE
    store(till, promotions.stop(key))
    assert promotions.get(key).state is PromotionState.STOPPED


def test_runs_that_overlap_hold_one_after_the_other(till, promotions, clock) -> None:
    made = draft(promotions)
    key = made.promotion_id
    store(till, promotions.save_draft(made))
    store(till, promotions.start(key, 1, until=NOON.plus_seconds(5 * HOUR)))
    store(till, promotions.save_draft(replace(made, name="二")))
    two, four = NOON.plus_seconds(2 * HOUR), NOON.plus_seconds(4 * HOUR)
    store(till, promotions.start(key, 2, two, four))
    ends = [
        (x.version, x.period) for x in till.counter.desk.catalog.promotion_runs(key)
    ]
    assert [(version, when.end) for version, when in ends] == [(1, two), (2, four)]
    for hours, names in ((1, ["第二件半价"]), (3, ["二"]), (4.5, [])):
        moment = NOON.plus_seconds(int(hours * HOUR))
        found = promotions.active(moment).promotions
        assert [one.name for one in found] == names
    end_first = (two, NOON.plus_seconds(HOUR))
    assert refused(till, lambda: promotions.start(key, 2, *end_first)) == (
        "promotion_end_past"
    )


def pages(editor: Any, most: int) -> None:
    """Let the catalogue's file grow to so many pages, or no more at all."""
    with editor._engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA max_page_count={most}").fetchone()


def test_a_full_disk_leaves_everything_as_it_was_and_room_lets_it_go_on(
    till, promotions
) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    long = replace(
        made, name="长", names=tuple((f"x{n}", "字" * 60) for n in range(400))
    )
    before = till.counter.desk.catalog.promotion_versions()
    with till.editor() as editor:
        pages(editor, 1)
        with pytest.raises(GuitaiError) as error:
            editor.change(promotions.save_draft(long).edit)
        assert error.value.key == "disk_full"
        assert till.counter.desk.catalog.promotion_versions() == before
        pages(editor, 2**30)
    store(till, promotions.save_draft(long))
    assert newest(promotions, made.promotion_id) != before[0].text


ATTACKS = (
    "UPDATE promotion_version SET body = replace(body, '500000', '900000')",
    "DELETE FROM promotion_version",
    (
        "INSERT OR REPLACE INTO promotion_version SELECT promotion_id, version, "
        "kind, 'x', body, made_at, made_by FROM promotion_version"
    ),
    "UPDATE promotion_run SET ends_at = ends_at + 1",
    "UPDATE promotion_run SET starts_at = starts_at - 1",
    "UPDATE promotion_run SET started_by = 'somebody'",
    "UPDATE promotion_run SET started_approved_by = 'somebody'",
    "UPDATE promotion_run SET made_at = 0",
    "DELETE FROM promotion_run",
    (
        "INSERT OR REPLACE INTO promotion_run SELECT run_id, promotion_id, version, "
        "0, ends_at, started_by, started_approved_by, stopped_by, "
        "stopped_approved_by, made_at FROM promotion_run"
    ),
)


@pytest.mark.parametrize("statement", ATTACKS)
def test_what_was_started_is_not_changed_by_sql_either(
    till, promotions, statement: str
) -> None:
    made = draft(promotions)
    store(till, promotions.save_draft(made))
    end = NOON.plus_seconds(HOUR)
    store(till, promotions.start(made.promotion_id, 1, until=end))
    catalog = till.counter.desk.catalog
    before = (catalog.promotion_versions(), catalog.promotion_runs())
    attacked = pytest.raises(IntegrityError)
    with till.editor() as editor, attacked, editor._writing() as raw:
        raw.exec_driver_sql(statement)
    assert (catalog.promotion_versions(), catalog.promotion_runs()) == before
