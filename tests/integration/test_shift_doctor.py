"""The doctor finds a total, a Z or a drawer that is not what the documents say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Till
from pos_app.domain.shift import CashCount
from pos_app.persistence.checks.shift_check import broken_shifts
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.services.doctor_counted_words import COUNTED_WORDS
from tests.builders_drawer import cash, close_shift, drawer_shop
from tests.counter_shop import SUPERVISOR, opened, query, sell

MANY = 1_000_000


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(drawer_shop(tmp_path), number=SUPERVISOR) as found:
        counter = found.counter
        counter.shift.open(cash(10_000)).result()
        sell(counter)
        counter.shift.paid_in(5000, "coins").result()
        close_shift(counter, left_minor=10_000)
        sell(counter)
        found.ledger.flush()
        yield found


def broken(till: Till, tickets: int = MANY) -> dict[str, list[str]]:
    with till.ledger.read_engine.connect() as connection:
        return broken_shifts(connection, tickets)


def tamper(till: Till, table: str, statement: str) -> None:
    """Change what the triggers guard, as only somebody with the key can."""
    with till.ledger._writer.begin() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
        connection.execute(text(statement))


def test_shifts_as_they_were_written_are_proven(till: Till) -> None:
    assert broken(till) == {}


@pytest.mark.parametrize(
    ("table", "statement", "keys"),
    [
        (
            "shift_total",
            "UPDATE shift_total SET amount_minor = 1 + amount_minor WHERE kind = 'net'",
            {"shift_totals_differ", "shift_z_differs"},
        ),
        (
            "shift_total",
            "UPDATE shift_total SET amount_minor = 7 WHERE kind = 'cash_flow'",
            {
                "shift_totals_differ",
                "shift_z_differs",
                "shift_cash_differs",
                "shift_left_differs",
            },
        ),
        (
            "money_move",
            "UPDATE money_move SET amount_minor = 1 + amount_minor",
            {"shift_cash_differs"},
        ),
        (
            "shift_close",
            "UPDATE shift_close SET left_minor = 0",
            {"shift_cash_differs", "shift_left_differs"},
        ),
        ("cash_move", "DELETE FROM cash_move", {"shift_totals_differ"}),
        (
            "shift_total",
            "INSERT INTO shift_total VALUES ('nobody', 'net', '', 1, 1)",
            {"shift_unknown"},
        ),
    ],
)
def test_what_was_touched_is_found(
    till: Till, table: str, statement: str, keys: set[str]
) -> None:
    tamper(till, table, statement)
    found = broken(till)
    assert set(found) == keys
    assert keys <= COUNTED_WORDS.keys()


def test_an_old_shift_is_not_read_ticket_by_ticket(till: Till) -> None:
    tamper(till, "cash_move", "DELETE FROM cash_move")
    assert broken(till, tickets=1) == {}


def test_cash_of_the_time_before_shifts_is_in_no_drawer(tmp_path: Path) -> None:
    with opened(drawer_shop(tmp_path), number=SUPERVISOR) as till:
        move = (
            "INSERT INTO money_move (document_id, position, tender_key, amount_minor,"
            " business_day) VALUES ('old', 1, 'cash', 77700, '2026-11-20')"
        )
        balance = "INSERT INTO money_balance VALUES ('cash', 77700)"
        _write(till.ledger, move, balance)
        till.counter.shift.open(cash(1000)).result()
        assert broken(till) == {}
        money = query(till, "SELECT amount_minor FROM money_balance")
        assert money[0][0] == 1000
        assert till.counter.shift.current().count != CashCount(())


def _write(ledger: SqlLedger, *statements: str) -> None:
    def work(unit: Any) -> None:
        for statement in statements:
            unit._connection.execute(text(statement))

    ledger.submit(work).result()
