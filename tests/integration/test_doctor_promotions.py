"""The doctor proves uses of promotions by the documents, and runs by one another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Till
from pos_app.persistence.checks.promotion_check import USE_RULES, promotions
from pos_app.persistence.checks.room import CheckRoom
from pos_app.ports.promotions import PromotionRun
from pos_app.values.times import Period, Timestamp
from tests.builders_promotion_data import application, store_using
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, TEA, opened, prove, sell
from tests.integration.test_promotion_store import half_second, run, stored


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Open a till with sales that used promotions, one of them mirrored."""
    with opened(return_shop(tmp_path), number=MANAGER) as found:
        sale = sell(found.counter, TEA)
        again = store_using(found, sale, application("p1", times=2), member_id="m1")
        store_using(found, sale, application("p1"), application("p2", 3))
        found.counter.reversal.reverse(again.sale_id, "rung_up_wrongly").result()
        found.ledger.flush()
        yield found


def broken(till: Till, statement: str) -> set[str]:
    """Run a statement behind the program's back; return which rules it breaks."""
    with till.ledger._writer.connect() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER promotion_use_no_{verb}"))
        connection.execute(text(statement))
        found = {
            rule.key
            for rule in USE_RULES
            if connection.execute(text(rule.query)).first() is not None
        }
        connection.rollback()
    return found


USES, SUMS = "promotion_uses_differ", "promotion_balance_differs"


def test_what_was_sold_and_mirrored_is_sound(till: Till) -> None:
    prove(till)
    assert broken(till, "SELECT 1") == set()


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        ("UPDATE promotion_use SET times = 7 WHERE promotion_id = 'p2'", {USES, SUMS}),
        ("UPDATE promotion_use SET saving_minor = 1 WHERE times < 0", {USES, SUMS}),
        ("DELETE FROM promotion_use WHERE version = 3", {USES, SUMS}),
        ("UPDATE promotion_balance SET times = 9 WHERE member_id = 'm1'", {SUMS}),
        ("DELETE FROM promotion_balance WHERE span = ''", {SUMS}),
        ("INSERT INTO promotion_balance VALUES ('p9', '', '', 1, 0)", {SUMS}),
    ],
)
def test_a_use_or_a_sum_that_nobody_sold_is_found(
    till: Till, statement: str, keys: set[str]
) -> None:
    assert broken(till, statement) == keys


def look(till: Till) -> dict[str, dict[str, object]]:
    room = CheckRoom(till.folder, till.ring, SystemClock())
    try:
        return {x.key: dict(x.params) for x in promotions(room)}
    finally:
        room.close()


def test_versions_that_hold_at_once_and_unknown_kinds_are_told(till: Till) -> None:
    with till.editor() as editor:
        for version in (1, 2):
            editor.put_promotion_version(stored(half_second(version=version)))
        editor.put_promotion_run(run(10, 20))
        editor.put_promotion_run(run(20, None, version=2))
    assert look(till) == {"promotion_version_lost": {"count": 1, "first": "满减"}}
    with till.editor() as editor:  # what the sales used beside it
        editor.put_promotion_version(stored(half_second("p2", 3)))
        editor.put_promotion_run(run(10, None, 3, "p2"))
    assert look(till) == {"promotions_sound": {"count": 3}}
    with till.editor() as editor:
        period = Period(Timestamp(15), Timestamp(16))
        late = PromotionRun("late", "p1", 2, period, "", "", Timestamp(15))
        editor.put_promotion_run(late)
    assert look(till) == {"promotion_runs_overlap": {"count": 1, "first": "第二件半价"}}
    strange = replace(
        stored(half_second("p8")), name="拍卖", text='{"deal":{"kind":"auction"}}'
    )
    with till.editor() as editor:
        editor.put_promotion_version(strange)
        editor.put_promotion_run(run(10, promotion_id="p8"))
    assert look(till)["promotion_not_known"] == {"count": 1, "first": "拍卖"}
