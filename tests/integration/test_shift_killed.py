"""kill -9 between count and close: the blind count is kept, and the Z is written once."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from hardware.system_clock import RandomIds
from pos_app.persistence.checks.shift_check import broken_shifts
from pos_app.persistence.ledger.ledger import SqlLedger
from tests.builders_till import (
    SIGN_ON,
    Answer,
    Command,
    RunningTill,
    make_shop,
    one_sale,
)

COUNT: Command = {"do": "count", "pieces": {"10000": 1}}
CLOSE: Command = {"do": "shift_close", "left": "50.00"}


def played(folder, commands: list[Command], until: str) -> list[Answer]:
    """Play commands, and kill the till as soon as it says `until`."""
    waiting: Iterator[Command] = iter([SIGN_ON, *commands])
    till = RunningTill(folder, waiting)
    answers = []
    for _ in itertools.repeat(None, 20):
        answers.append(till.next_answer())
        if answers[-1].get("document") == until:
            break
    return [*answers, *till.kill()]


def test_a_count_outlives_a_kill_and_the_z_comes_once(tmp_path: Path) -> None:
    folder, ring = make_shop(tmp_path / "shop")
    before = played(folder, [*one_sale(1), COUNT], "shift_count")
    counted = before[-1]
    after = played(folder, [COUNT, CLOSE], "z_report")
    z = after[-1]
    assert [each["position"] for each in z["counts"]] == [1, 2]
    assert z["counts"][0]["expected_minor"] == counted["expected_minor"]
    ledger = SqlLedger(folder.ledger, ring.ledger_key, RandomIds())
    try:
        [close] = ledger.shifts.closes(9)
        assert (close.z_number, close.left_minor) == (z["z_number"], 5000)
        assert ledger.shifts.open_shifts() == ()
        with ledger.read_engine.connect() as connection:
            assert broken_shifts(connection, 100) == {}
    finally:
        ledger.close()
