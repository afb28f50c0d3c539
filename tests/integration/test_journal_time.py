"""The journal's times never run back, however long work was on its way (law 13)."""

from pathlib import Path

import pytest
from sqlalchemy import insert, text

from pos_app.domain.journal import EntryKind, link
from pos_app.errors import StorageError
from pos_app.persistence.checks.journal_check import whole_chain
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.ledger.tables import journal
from pos_app.ports.ledger import Stamp
from pos_app.values.times import Timestamp
from tests.builders_ledger import DAY, OPENED, CountingIds

KEY = bytes(range(32))
EARLY = Stamp("s1", DAY, OPENED)
LATE = Stamp("s1", DAY, OPENED.plus_seconds(300))


@pytest.fixture
def ledger(tmp_path: Path):
    opened = SqlLedger(tmp_path / "ledger.db", KEY, CountingIds())
    yield opened
    opened.close()


def record(ledger: SqlLedger, kind: EntryKind, stamp: Stamp) -> Timestamp:
    entry = ledger.submit(lambda unit: unit.append(kind, {}, stamp)).result()
    return entry.recorded_at


def fault(ledger: SqlLedger) -> str:
    with ledger.read_engine.connect() as connection:
        found = whole_chain(connection).fault
    return found.key if found else ""


def test_work_that_took_minutes_is_recorded_when_it_was_done(ledger) -> None:
    record(ledger, EntryKind.SIGNED_ON, LATE)
    assert record(ledger, EntryKind.BACKUP_MADE, EARLY) == LATE.at
    assert ledger.last_recorded_at() == LATE.at
    assert fault(ledger) == ""


def test_time_goes_back_where_a_manager_confirmed_the_clock(ledger) -> None:
    record(ledger, EntryKind.CLOCK_CONFIRMED, LATE)
    assert record(ledger, EntryKind.SIGNED_ON, EARLY) == EARLY.at
    assert fault(ledger) == ""


def test_the_check_finds_an_entry_older_than_the_one_before(ledger) -> None:
    record(ledger, EntryKind.SIGNED_ON, LATE)

    def forge(unit) -> None:
        """Write what a till of the first days would have written."""
        entry = unit.append(EntryKind.BACKUP_MADE, {}, EARLY)
        early = entry.canonical.replace(str(LATE.at).encode(), str(EARLY.at).encode())
        row = {
            "epoch": 1,
            "seq": 3,
            "entry_id": "x",
            "kind": "BackupMade",
            "schema_v": 1,
            "actor": "s1",
            "business_day": DAY.isoformat(),
            "recorded_at_ms": EARLY.at.unix_ms,
            "canonical": early.replace(b'"seq":2', b'"seq":3').replace(
                entry.entry_id.encode(), b"x"
            ),
            "prev_hash": entry.hash,
        }
        row["hash"] = link(entry.hash, row["canonical"])
        unit._connection.execute(insert(journal), row)

    ledger.submit(forge).result()
    assert fault(ledger) == "journal_time_went_back"


def test_what_was_typed_stays_out_of_log_and_error_when_a_write_fails(
    ledger, caplog: pytest.LogCaptureFixture
) -> None:
    statement = text("INSERT INTO setting (key, value) VALUES (:key, NULL)")
    done = ledger.submit(
        lambda unit: unit._connection.execute(statement, {"key": "4111111111111111"})
    )
    with pytest.raises(StorageError, match="database_failed") as met:
        done.result()
    assert "ledger write failed" in caplog.text
    assert "4111" not in caplog.text + repr(met.value) + str(met.value.__cause__)
    assert "INSERT" not in caplog.text
