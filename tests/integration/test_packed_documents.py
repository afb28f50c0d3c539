"""A ledger from before documents were packed goes on: both kinds are one chain."""

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.persistence.backup import make_backup
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.health import Severity
from pos_app.services.doctor import examine
from pos_app.services.replay import ReplayClock
from tests.counter_shop import (
    COLA,
    MANAGER,
    NOON,
    SALT,
    TEA,
    fresh_shop,
    opened,
    pay_cash,
    prove,
)

_PACKED = "typeof({0}) = 'blob' AND substr({0}, 1, 1) = x'01'"
_STORED = {"journal": "canonical", "intent": "body"}


def of_before(folder: ShopFolder) -> None:
    """Store every document as it was stored before, behind the triggers' back."""
    ring = open_key_ring(folder.root, FileKeyStore(folder.root))
    engine = open_engine(folder.ledger, ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = connection.execute(text(query)).all()
        for name, _ in triggers:
            connection.execute(text(f'DROP TRIGGER "{name}"'))
        for statement in (
            "UPDATE journal SET canonical = CAST(plain(canonical) AS BLOB)",
            "UPDATE intent SET body = plain(body)",
            "UPDATE alembic_version SET version_num = '0010'",
        ):
            assert connection.execute(text(statement)).rowcount
        connection.execute(text("DROP INDEX ix_tier_metric_sale_id"))  # of 0012
        for _, sql in triggers:
            connection.exec_driver_sql(sql)
    engine.dispose()


def packed(folder: ShopFolder, table: str) -> tuple[int, int]:
    """Return how many documents of a table are packed, and how many are not."""
    ring = open_key_ring(folder.root, FileKeyStore(folder.root))
    engine = open_engine(folder.ledger, ring.ledger_key, LEDGER_WRITER)
    is_packed = _PACKED.format(_STORED[table])
    query = f"SELECT sum({is_packed}), sum(NOT ({is_packed})) FROM {table}"
    with engine.connect() as connection:
        found = connection.execute(text(query)).one()
    engine.dispose()
    return found[0], found[1]


@pytest.fixture
def mixed(tmp_path: Path) -> ShopFolder:
    """Return a shop that sold before and after, and has a basket open from before."""
    folder = fresh_shop(tmp_path)
    with opened(folder, ReplayClock(NOON), number=MANAGER) as till:
        for code in (TEA, COLA, TEA):
            till.counter.sale.scan(code)
        pay_cash(till.counter)
        till.counter.sale.scan(SALT)
        till.ledger.flush()
    of_before(folder)
    assert packed(folder, "journal")[0] == packed(folder, "intent")[0] == 0
    return folder


def test_an_open_basket_of_before_is_sold_now_and_all_of_it_is_proven(
    mixed: ShopFolder,
) -> None:
    with opened(mixed, ReplayClock(NOON), number=MANAGER) as till:
        counter = till.counter
        assert counter.sale.basket is not None
        assert [x.quantity for x in counter.sale.basket.lines] == [Decimal(1)]
        counter.sale.scan(COLA)
        second = pay_cash(counter)
        prove(till)
        first = till.ledger.sale_by_number("02-A-000001")
        assert first is not None
        for sale in (first, second):
            replay = counter.black_box.replay(sale.sale_id)
            last = replay.frame(len(replay.steps) - 1)
            assert last.priced is not None
            assert replay.document == sale
            assert last.priced.total_minor == sale.priced.total_minor
    for table in _STORED:
        now, before = packed(mixed, table)
        assert min(now, before) > 0


def test_doctor_export_and_backup_read_both(mixed: ShopFolder) -> None:
    with opened(mixed, ReplayClock(NOON), number=MANAGER) as till:
        till.counter.sale.scan(COLA)
        pay_cash(till.counter)
        days = till.counter.black_box.span()
        assert days is not None
        file = mixed.root / "journal.jsonl"
        told = till.counter.black_box.export(*days, file)
        assert told.entries == file.read_bytes().count(b'"entry":')
    ring = open_key_ring(mixed.root, FileKeyStore(mixed.root))
    assert make_backup(mixed, ring, NOON).exists()
    room = CheckRoom(mixed, ring, ReplayClock(NOON), room_bytes=1)
    report = examine(shop_checks(room))
    room.close()
    worst = {x.key for x in report.findings if x.severity is Severity.BROKEN}
    assert worst == set()


def test_a_ticket_takes_a_quarter_of_its_documents(tmp_path: Path) -> None:
    folder = fresh_shop(tmp_path)
    with opened(folder, ReplayClock(NOON), number=MANAGER) as till:
        for _ in range(3):
            for code in (TEA, COLA, SALT, TEA, COLA):
                till.counter.sale.scan(code)
            pay_cash(till.counter)
        till.ledger.flush()
        for table, column in _STORED.items():
            query = f"SELECT sum(length(plain({column}))), sum(length({column}))"
            with till.ledger.read_engine.connect() as connection:
                plain, stored = connection.execute(text(f"{query} FROM {table}")).one()
            assert 4 * stored < plain + 3 * 64 * 4, (table, plain, stored)
