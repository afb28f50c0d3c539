"""Receipts are found by indexes, not by reading every sale."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, text

from pos_app.bootstrap import Till
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.values.times import Timestamp
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import COLA, MANAGER, TEA, finish, opened, sell, unit_of

DAY = date(2026, 11, 21)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path), number=MANAGER) as found:
        yield found


def plans(till: Till, ask) -> list[str]:
    """Ask the ledger; return how SQLite finds the answers."""
    asked: list[tuple[str, object]] = []

    def note(_c, _cursor, statement, parameters, _context, _many):
        asked.append((statement, parameters))

    engine = till.ledger.read_engine
    event.listen(engine, "before_cursor_execute", note)
    ask(till.ledger.returns)
    event.remove(engine, "before_cursor_execute", note)
    found = []
    with engine.connect() as connection:
        for statement, parameters in asked:
            rows = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
            found += [row[3] for row in rows]
    return found


@pytest.mark.parametrize(
    "ask",
    [
        lambda r: r.taken_thousandths("x"),
        lambda r: r.earlier_refunds("x"),
        lambda r: r.receipts_of_day(DAY, 50),
        lambda r: r.receipts_by_reference("4821", 50),
        lambda r: r.receipts_of_item("x", 50),
        lambda r: r.receipts_by_serial(1),
    ],
)
def test_no_question_about_receipts_reads_whole_tables(till: Till, ask) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    counter.checkout.take("card", None, "4821")
    finish(counter)
    found = plans(till, ask)
    scans = [x for x in found if x.startswith("SCAN") and "number_series" not in x]
    assert scans == []


def test_the_newest_receipts_come_first(till: Till) -> None:
    counter = till.counter
    sales = [sell(counter, TEA), sell(counter, COLA), sell(counter, TEA)]
    find = counter.returns.receipts
    on_day = [x.number for x in find.on_day(DAY)]
    assert on_day == [sale.number for sale in reversed(sales)]
    tea = sales[0].lines[0].item_id
    assert [x.number for x in find.with_item(tea)] == [sales[2].number, sales[0].number]
    counter.sale.scan(TEA)
    counter.checkout.take("card", 500, "VISA 4821")
    counter.checkout.take("card", None, "4821")
    paid = finish(counter)
    assert [x.number for x in find.by_code("4821")] == [paid.number]


def test_a_return_slip_is_found_but_nothing_of_it_can_come_back(till: Till) -> None:
    counter = till.counter
    sale = sell(counter)
    take_back(counter, sale)
    ticket = refund(counter)
    (found,) = counter.returns.receipts.by_code(ticket.number)
    assert (found.total_minor, found.returned_minor) == (0, 1280)
    assert counter.returns.look(ticket.sale_id).lines == ()


def test_the_lowest_price_of_a_while_is_found(till: Till) -> None:
    catalog = till.counter.desk.catalog
    tea, box = unit_of(till.counter, TEA), unit_of(till.counter, COLA)
    now = till.options.clock.now()
    since = now.plus_seconds(-30 * 86_400)
    assert catalog.lowest_price_minor(tea.unit_id, since, now) == 1280
    assert catalog.lowest_price_minor("x", since, now) is None
    assert catalog.lowest_price_minor(box.unit_id, since, now) == 350
    _add_price(till, tea.unit_id, 990, since.plus_seconds(-99), since.plus_seconds(1))
    _add_price(till, tea.unit_id, 500, since.plus_seconds(-99), since)
    _add_price(till, tea.unit_id, 400, now.plus_seconds(60), now.plus_seconds(99))
    assert catalog.lowest_price_minor(tea.unit_id, since, now) == 990


def _add_price(
    till: Till, unit_id: str, minor: int, start: Timestamp, end: Timestamp
) -> None:
    statement = (
        "INSERT INTO price (unit_key, priority, valid_from, price_id, valid_until, "
        "minor) SELECT unit_key, 5, :start, :id, :end, :minor FROM unit "
        "WHERE unit_id = :unit"
    )
    values = {
        "start": start.unix_ms,
        "end": end.unix_ms,
        "id": f"p{minor}",
        "minor": minor,
        "unit": unit_id,
    }
    engine = open_catalog(till.folder.catalog, till.ring.catalog_key)
    with engine.begin() as connection:
        connection.execute(text(statement), values)
    engine.dispose()
