"""The doctor proves what came back, and names a ticket that was touched."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from pos_app.bootstrap import Till
from pos_app.persistence.checks.sums_check import LEDGER_RULES, SALE_RULES
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import MANAGER, TEA, opened, pay_cash, query

SOLD, FIRST, SECOND = "02-A-000001", "02-A-000002", "02-A-000003"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Open a till with a sale of three that came back in two tickets."""
    with opened(return_shop(tmp_path), number=MANAGER) as found:
        counter = found.counter
        counter.sale.scan(TEA, Decimal(3))
        sale = pay_cash(counter)
        take_back(counter, sale, quantity=Decimal(2))
        refund(counter)
        take_back(counter, sale)
        refund(counter)
        found.ledger.flush()
        yield found


def broken(till: Till, *statements: str) -> dict[str, list[str]]:
    """Change what never changes; return who breaks which rule."""
    with till.ledger._writer.connect() as connection:
        triggers = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).scalars()
        for name in list(triggers):
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
        found: dict[str, list[str]] = {}
        for rule in (*SALE_RULES, *LEDGER_RULES):
            names = [str(row[0]) for row in connection.execute(text(rule.query))]
            if names:
                found[rule.key] = sorted({*found.get(rule.key, []), *names})
        connection.rollback()
    return found


def of(number: str) -> str:
    return f"sale_id = (SELECT sale_id FROM sale WHERE number = '{number}')"


def test_untouched_returns_prove_themselves(till: Till) -> None:
    assert broken(till) == {}


_TAKEN = "UPDATE sale_return SET taken_before_thousandths = "


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            _TAKEN + f"1000 WHERE {of(SECOND)}",
            {"returned_twice": [SOLD]},
        ),
        (
            "DROP INDEX ix_sale_return_part; " + _TAKEN + f"0 WHERE {of(SECOND)}",
            {"returned_twice": [SOLD]},
        ),
        (
            f"UPDATE sale_return SET quantity_thousandths = 5000 WHERE {of(SECOND)}",
            {"returned_twice": [SOLD]},
        ),
        (
            f"UPDATE sale_return SET own_rounding_minor = 1 WHERE {of(SECOND)}",
            {"sale_shares_differ": [SECOND], "refunded_over_paid": [SOLD]},
        ),
        (
            f"UPDATE sale_return_tax SET tax_minor = 0 WHERE {of(FIRST)}",
            {"returns_differ": [FIRST]},
        ),
        (
            f"UPDATE sale_return SET discount_minor = 7 WHERE {of(FIRST)}",
            {"returns_differ": [SOLD]},
        ),
        (
            f"UPDATE sale_refund SET amount_minor = 1 WHERE {of(FIRST)}",
            {"sale_tenders_differ": [FIRST]},
        ),
        (
            f"DELETE FROM sale_return WHERE {of(SECOND)}",
            {
                "returns_differ": [SECOND],
                "sale_lines_differ": [SECOND],
                "sale_stock_differs": [SECOND],
            },
        ),
        (
            f"UPDATE sale_return SET is_sellable = 0 WHERE {of(FIRST)}",
            {"sale_stock_differs": [FIRST]},
        ),
        (
            "UPDATE sale_return SET origin_line_position = 9 WHERE " + of(FIRST),
            {"returned_twice": [SOLD]},
        ),
    ],
)
def test_a_touched_return_is_named(
    till: Till, statement: str, expected: dict[str, list[str]]
) -> None:
    found = broken(till, *statement.split("; "))
    assert found == expected


def test_the_database_itself_takes_no_part_twice(till: Till) -> None:
    columns = [row[1] for row in query(till, "PRAGMA table_info(sale_return)")]
    chosen = ", ".join("9" if name == "position" else name for name in columns)
    twice = f"INSERT INTO sale_return SELECT {chosen} FROM sale_return LIMIT 1"
    with till.ledger._writer.connect() as connection:
        with pytest.raises(DatabaseError, match="UNIQUE"):
            connection.execute(text(twice))
        connection.rollback()
