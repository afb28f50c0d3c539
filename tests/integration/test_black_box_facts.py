"""What belongs into the black box is there: clocks set on, answers about paper."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.ports.printing import PrintJobState
from pos_app.services.replay import ReplayClock
from pos_app.values.times import Timestamp
from tests.counter_shop import (
    COLA,
    MANAGER,
    PINS,
    TEA,
    finish,
    fresh_shop,
    journal_kinds,
    opened,
    prove,
    query,
    refusal,
    sell,
)


@pytest.fixture
def till(tmp_path: Path, clock: ReplayClock) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), clock, number=MANAGER) as found:
        yield found


def bodies(till: Till, kind: EntryKind) -> list[dict[str, object]]:
    till.ledger.flush()
    rows = query(till, f"SELECT canonical FROM journal WHERE kind = '{kind}'")
    return [json.loads(row[0])["body"] for row in rows]


def ahead(clock: ReplayClock, seconds: int) -> Timestamp:
    return clock.now().plus_seconds(seconds)


def test_a_clock_set_on_while_the_till_runs_is_journalled_once(
    till: Till, clock: ReplayClock
) -> None:
    sell(till.counter, TEA)
    clock.jump(ahead(clock, 5 * 3600))
    sell(till.counter, TEA)
    sell(till.counter, COLA)
    (body,) = bodies(till, EntryKind.CLOCK_JUMPED)
    assert body["ahead_ms"] == 5 * 3_600_000
    assert body["before"] == "2026-11-21T04:00:00.000Z"
    assert body["after"] == "2026-11-21T09:00:00.000Z"
    prove(till)


def test_it_stands_before_the_first_entry_of_the_new_time(
    till: Till, clock: ReplayClock
) -> None:
    sell(till.counter, TEA)
    clock.jump(ahead(clock, 2 * 3600))
    sell(till.counter, TEA)
    kinds = journal_kinds(till)
    jumped = kinds.index(EntryKind.CLOCK_JUMPED)
    assert kinds[jumped + 1] == EntryKind.SALE_COMPLETED


def test_time_that_passes_is_no_jump(till: Till, clock: ReplayClock) -> None:
    sell(till.counter, TEA)
    clock.set(ahead(clock, 30 * 3600))
    sell(till.counter, TEA)
    assert EntryKind.CLOCK_JUMPED not in journal_kinds(till)


def test_a_nudge_of_less_than_an_hour_is_no_jump_but_nudges_add_up(
    till: Till, clock: ReplayClock
) -> None:
    clock.jump(ahead(clock, 50 * 60))
    sell(till.counter, TEA)
    assert EntryKind.CLOCK_JUMPED not in journal_kinds(till)
    clock.jump(ahead(clock, 50 * 60))
    sell(till.counter, TEA)
    assert len(bodies(till, EntryKind.CLOCK_JUMPED)) == 1


def test_every_jump_is_told_and_none_again_after_a_restart(
    tmp_path: Path, clock: ReplayClock
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, clock, number=MANAGER) as till:
        for _ in range(3):
            sell(till.counter, TEA)
            clock.jump(ahead(clock, 2 * 3600))
            sell(till.counter, TEA)
    with opened(folder, clock, number=MANAGER) as till:
        sell(till.counter, TEA)
        assert len(bodies(till, EntryKind.CLOCK_JUMPED)) == 3


def test_the_answer_about_an_unseen_print_is_journalled(till: Till) -> None:
    till.counter.sale.scan(TEA)
    till.counter.checkout.take("cash", 1280)
    sale = finish(till.counter, print_slip=True)
    (job,) = till.ledger.print_jobs_of(sale.sale_id)
    till.ledger.set_state(job.job_id, PrintJobState.UNKNOWN, offset_bytes=7, reason="")
    unknown = replace(job, state=PrintJobState.UNKNOWN)
    till.counter.slip.answer_unknown(unknown, printed=False).result()
    # A second tap, on a question that is answered: no second copy.
    till.counter.slip.answer_unknown(unknown, printed=False).result()
    (copy,) = till.ledger.print_jobs_of(sale.sale_id)[1:]
    assert copy.copy_number == 1
    till.ledger.set_state(copy.job_id, PrintJobState.UNKNOWN, offset_bytes=7, reason="")
    till.counter.slip.answer_unknown(copy, printed=True).result()
    told = bodies(till, EntryKind.PRINT_ANSWERED)
    assert [each["printed"] for each in told] == [False, True]
    assert {each["document"] for each in told} == {sale.sale_id}


def test_a_changed_setting_tells_what_it_was_before(till: Till) -> None:
    till.settings.change(till.counter.desk.stamp(), theme="dark", pad="123")
    (body,) = bodies(till, EntryKind.SETTINGS_CHANGED)
    assert body["before"] == {"theme": "light", "pad": "789"}
    assert body["after"] == {"theme": "dark", "pad": "123"}


def test_a_failed_pin_is_told_without_the_pin(till: Till) -> None:
    manager = till.counter.sign_on.by_number(MANAGER)
    refused = refusal(till.counter.sign_on.with_pin, manager.staff_id, "9876")
    assert refused.key == "pin_wrong"
    till.counter.sign_on.with_pin(manager.staff_id, PINS[MANAGER])
    kinds = journal_kinds(till)
    assert kinds[-2:] == [EntryKind.SIGN_ON_FAILED, EntryKind.SIGNED_ON]
    everything = b"".join(
        row[0] for row in query(till, "SELECT canonical FROM journal")
    )
    assert b"9876" not in everything
    assert PINS[MANAGER].encode() not in everything
