"""What the database itself refuses, and what it holds after its migrations."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateIndex

from pos_app.bootstrap import Till
from pos_app.domain.journal import GENESIS_HASH, EntryKind, canonical_json
from pos_app.domain.sale import DocumentKind
from pos_app.domain.shift import CashCount
from pos_app.persistence.ledger.ledger import HEAD, MIGRATIONS, begin_epoch
from pos_app.persistence.ledger.tables import metadata
from pos_app.persistence.ledger.triggers import APPEND_ONLY, trigger_statements
from pos_app.persistence.migration_runner import expected_schema, head_of, schema_of
from tests.builders_campaigns import plant_campaigns
from tests.builders_promotion_data import application, store_using
from tests.builders_returns import refund, return_shop, take_back
from tests.builders_stock import receive
from tests.counter_shop import (
    MANAGER,
    SUPERVISOR,
    TEA,
    fresh_shop,
    journal_kinds,
    opened,
    pay_cash,
    prove,
    query,
    sell,
    sign_on,
)
from tests.value_till import plant_value


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Open a till with something in every table that never changes."""
    with full_till(tmp_path) as found:
        yield found


@pytest.fixture(scope="module")
def only_asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Till]:
    """The same for all that are refused: nothing is written there."""
    with full_till(tmp_path_factory.mktemp("full")) as found:
        yield found


@contextmanager
def full_till(folder: Path) -> Iterator[Till]:
    with opened(return_shop(folder), number=MANAGER) as found:
        counter = found.counter
        counter.sale.scan(TEA)
        counter.sale.round_off(80)
        sale = pay_cash(counter)
        take_back(counter, sale)
        refund(counter)
        sale = sell(counter, TEA, "S4")
        store_using(found, sale, application("p1"))
        wrong = sale.tenders[0].tender_id
        counter.tender_correction.correct(sale.sale_id, wrong, "coupon").result()
        counter.sale.scan(TEA)
        counter.checkout.void_sale("customer_left").result()
        counter.checkout.finished()
        counter.shift.paid_in(5000).result()
        receive(counter, TEA)
        counter.shift.count(CashCount(((100, 1),))).result()
        close = counter.shift.close(0).result()
        sign_on(counter, SUPERVISOR)
        counter.shift.review(close.shift.shift_id).result()
        sign_on(counter, MANAGER)
        plant_campaigns(found)
        plant_value(counter)
        sign_on(counter, MANAGER)
        counter.sale.scan(TEA)
        found.ledger.flush()
        yield found


def refused(
    till: Till, statement: str, first: str = "SELECT 1", **values: object
) -> str:
    """Run a statement past all services; return what the database said."""
    with till.ledger._writer.connect() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        connection.execute(text(first))
        with pytest.raises(DatabaseError) as error:
            connection.execute(text(statement), values)
        connection.rollback()
    return str(error.value.orig)


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_what_was_written_never_changes(
    only_asked: Till, table: str, verb: str
) -> None:
    till = only_asked
    is_empty = query(till, f"SELECT count(*) FROM {table}")[0][0] == 0
    column = next(iter(metadata.tables[table].columns)).name
    statement = {
        "update": f"UPDATE {table} SET {column} = {column}",
        "delete": f"DELETE FROM {table}",
    }[verb]
    first = some_row(table) if is_empty else "SELECT 1"
    assert refused(till, statement, first) == f"{table} is append-only"
    prove(till)


def some_row(table: str) -> str:
    """Return what writes a row into a table that this till's day has left empty."""
    columns = [c for c in metadata.tables[table].columns if not c.nullable]
    kinds = {"INTEGER": "7", "BLOB": "x'07'", "TEXT": "'x'"}
    values = [kinds.get(str(c.type), "'x'") for c in columns]
    names = ", ".join(f'"{c.name}"' for c in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(values)})"


ENTRY = (
    "INSERT INTO journal VALUES (:epoch, :seq, :id, 'DrawerOpened', 1, '', "
    "'2026-11-21', 0, x'7b7d', :prev, :hash)"
)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"seq": 1}, id="a number twice"),
        pytest.param({"seq": 99}, id="a gap"),
        pytest.param({"prev": bytes(32)}, id="a chain of its own"),
        pytest.param({"prev": b"\x01" * 32}, id="a stranger's chain"),
        pytest.param({"epoch": 2, "seq": 2}, id="an epoch that begins with two"),
        pytest.param({"epoch": 0, "seq": 1}, id="an epoch of the past"),
    ],
)
def test_an_entry_continues_the_chain_or_is_refused(only_asked: Till, wrong) -> None:
    till = only_asked
    seq, head = query(till, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")[
        0
    ]
    row = {"epoch": 1, "seq": seq + 1, "id": "x", "prev": head, "hash": b"h" * 32}
    said = refused(till, ENTRY, **{**row, **wrong})
    assert said == "journal entry does not continue the chain"
    prove(till)


def test_the_canonical_bytes_hash_again_to_the_chain(till: Till) -> None:
    rows = query(
        till,
        "SELECT epoch, seq, entry_id, kind, schema_v, actor, business_day, canonical, "
        "prev_hash, hash FROM journal ORDER BY epoch, seq",
    )
    assert len(rows) >= 4
    before = GENESIS_HASH
    for seq, row in enumerate(rows, 1):
        assert row.prev_hash == before
        assert hashlib.sha256(before + row.canonical).digest() == row.hash
        inside = json.loads(row.canonical)
        assert canonical_json(inside) == row.canonical
        assert (inside["epoch"], inside["seq"]) == (row.epoch, row.seq) == (1, seq)
        assert (inside["id"], inside["kind"]) == (row.entry_id, row.kind)
        assert (inside["v"], inside["actor"]) == (row.schema_v, row.actor)
        assert inside["day"] == row.business_day
        before = row.hash


def test_a_restored_till_begins_an_epoch_and_goes_on_with_the_chain(
    tmp_path: Path,
) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder) as till:
        assert sell(till.counter).number == "02-A-000001"
        till.ledger.flush()
        begin_epoch(till.ledger._writer, 2)
    with opened(folder) as till:
        assert till.ledger.epoch == 2
        assert sell(till.counter).number == "02-B-000001"
        assert till.ledger.last_sale().number == "02-B-000001"
        assert till.ledger.sale_by_number("02-A-000001") is not None
        rows = query(till, "SELECT epoch, seq FROM journal ORDER BY epoch, seq")
        # The shift, the sale, its drawer; the shift goes on after the restore.
        places = [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]
        assert [tuple(row) for row in rows] == places
        assert [s.number[:4] for s in till.ledger.recent_sales(9)] == ["02-B", "02-A"]
        prove(till)


def test_numbers_have_no_gap_and_no_double(till: Till) -> None:
    def take(kind: DocumentKind, number: str = "02") -> str:
        return till.ledger.submit(lambda u: u.next_number(number, kind)).result()

    sales = [take(DocumentKind.SALE) for _ in range(3)]
    assert sales == [f"02-A-{serial:06d}" for serial in (5, 6, 7)]
    assert take(DocumentKind.VOID) == "02-AV-000002"
    assert take(DocumentKind.SALE, "03") == "03-A-000001"


def test_the_newest_script_is_the_head_that_the_program_expects() -> None:
    assert head_of(MIGRATIONS) == HEAD


# Alembic does not read expressions of an index: the next test does.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")
@pytest.mark.filterwarnings("ignore:autogenerate skipping metadata-specified")
def test_the_migrations_make_the_tables_that_the_program_describes(till: Till) -> None:
    with till.ledger._writer.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, metadata) == []
        connection.rollback()


def test_indexes_of_expressions_are_those_described(till: Till) -> None:
    table = metadata.tables["sale_tender"]
    (index,) = table.indexes
    described = str(CreateIndex(index).compile(dialect=sqlite.dialect()))
    stored = query(till, f"SELECT sql FROM sqlite_master WHERE name = '{index.name}'")
    assert stored[0][0].strip() == described


def test_primary_and_foreign_keys_are_those_described(till: Till) -> None:
    for table in metadata.tables.values():
        rows = query(till, f"PRAGMA table_info({table.name})")
        keys = {row[5]: row[1] for row in rows if row[5]}
        assert [keys[at] for at in sorted(keys)] == list(
            table.primary_key.columns.keys()
        )
        needed = {row[1] for row in rows if row[3] or row[5]}
        assert needed == {c.name for c in table.columns if not c.nullable}
        foreign = {
            row[3] for row in query(till, f"PRAGMA foreign_key_list({table.name})")
        }
        assert foreign == {x.parent.name for x in table.foreign_keys}


def test_the_triggers_are_those_that_the_program_expects(till: Till) -> None:
    with till.ledger.read_engine.connect() as connection:
        found = schema_of(connection)
    triggers = {k: v for k, v in found.items() if v.startswith("CREATE TRIGGER")}
    assert triggers == trigger_statements()
    assert found == expected_schema(MIGRATIONS)


def test_a_reader_cannot_write(till: Till) -> None:
    with till.ledger.read_engine.connect() as connection, pytest.raises(DatabaseError):
        connection.execute(text("INSERT INTO setting VALUES ('a', 'b')"))


def test_entries_stand_in_the_order_of_their_times(till: Till) -> None:
    counter = till.counter
    for second in (5, -3600, 7, 3600, -1):
        till.options.clock.set(till.options.clock.now().plus_seconds(second))
        sign_on(counter, MANAGER)
        counter.drawer.open("look")
        counter.sale.scan(TEA)
        counter.sale.remove_line(counter.sale.basket.lines[-1].line_id)
        counter.sign_on.sign_off()
    times = query(till, "SELECT recorded_at_ms FROM journal ORDER BY epoch, seq")
    assert times == sorted(times)


def test_the_printed_number_finds_its_sale(till: Till) -> None:
    sale = till.ledger.last_sale()
    assert till.ledger.sale_by_number(sale.number) == sale
    assert till.ledger.sale(sale.sale_id) == sale
    for nothing in ("", "02-A-999999", "'; DROP TABLE sale; --"):
        assert till.ledger.sale_by_number(nothing) is None
    assert till.ledger.recent_sales(0) == []


def test_entries_of_every_kind_can_be_written(till: Till) -> None:
    stamp = till.counter.desk.stamp()
    for kind in EntryKind:
        till.counter.desk.record(
            lambda unit, kind=kind: unit.append(kind, {"x": 1}, stamp)
        ).result()
    assert set(journal_kinds(till)) == {kind.value for kind in EntryKind}
