"""Power cuts: the SQL of real sales on a disk that forgets what was not synced.

Real sales go through the real services on the encrypted ledger; every statement of
its writer is recorded and played again, with the same pragmas, on a VFS that drops
unsynced writes. The power fails after every acknowledged sale and in the middle of
every sync. With synchronous=FULL nothing acknowledged is ever missing; with NORMAL
sales are lost, which shows that the disk does forget.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, Self

import apsw
import pytest
from sqlalchemy import Engine, event

from pos_app.bootstrap import Options, Till
from pos_app.persistence.engine import LEDGER_WRITER, _pragmas
from pos_app.persistence.packing import plain_text, unpack
from pos_app.services.replay import Replay, ReplayClock
from tests.builders_till import as_lines, endless_sales, make_shop
from tests.power_cut_vfs import NAME, ForgetfulDisk

SALES = 30


@dataclass(frozen=True, slots=True)
class Statement:
    """What the writer executed; many rows at once if `is_many`."""

    sql: str
    parameters: Any
    is_many: bool


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """From here on this number has been promised."""

    number: str


Step = Statement | Acknowledged


class Recorder:
    """Listens to the ledger's writer, whoever made its engine."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._hooks: dict[str, Callable[..., Any]] = {
            "before_cursor_execute": self._on_statement,
            "commit": lambda connection: self._add(connection, "COMMIT"),
            "rollback": lambda connection: self._add(connection, "ROLLBACK"),
        }

    def __enter__(self) -> Self:
        for name, hook in self._hooks.items():
            event.listen(Engine, name, hook)
        return self

    def __exit__(self, *_error: object) -> None:
        for name, hook in self._hooks.items():
            event.remove(Engine, name, hook)

    def acknowledge(self, number: str) -> None:
        self.steps.append(Acknowledged(number))

    def _on_statement(self, connection, _cursor, sql, parameters, _context, many):
        self._add(connection, sql, parameters, is_many=many)

    def _add(self, connection, sql, parameters=(), *, is_many=False) -> None:
        engine = connection.engine
        if engine.url.database.endswith("ledger.db") and engine.pool.size() == 1:
            self.steps.append(Statement(sql, parameters, is_many))


def record_day(root: Path, sales: int) -> list[Step]:
    """Sell through the real services and return what the ledger's writer executed."""
    clock = ReplayClock()
    options = Options(clock=clock, with_printer=False)
    with Recorder() as recorder:
        folder, _ = make_shop(root)
        with Till(folder, options) as till:
            lines = as_lines(islice(endless_sales(), 1 + sales * 5))
            for document in Replay(till.counter, clock).run(lines):
                recorder.acknowledge(document["number"])
    return recorder.steps


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> list[Step]:
    return record_day(tmp_path_factory.mktemp("recorded") / "shop", SALES)


@dataclass(slots=True)
class Tally:
    """What the cuts did."""

    cuts: int = 0
    lost: int = 0
    ghosts: int = 0
    unsound: list[str] = field(default_factory=list)


class Play:
    """Plays the recorded steps and lets the power fail."""

    def __init__(self, folder: Path, synchronous: str, checkpoint: int) -> None:
        self.disk = ForgetfulDisk()
        self.tally = Tally()
        self._wreck = folder / "after"
        self._acknowledged: list[str] = []
        path = folder / "ledger.db"
        self._connection = apsw.Connection(str(path), vfs=NAME)
        self._connection.create_scalar_function("plain", plain_text, 1)
        for pragma, value in _pragmas(LEDGER_WRITER):
            self._execute(f"PRAGMA {pragma}={value}")
        self._execute(f"PRAGMA wal_autocheckpoint={checkpoint}")
        self._settings = synchronous

    def run(self, day: list[Step], seed: int) -> Tally:
        """Play the day; the schema is on the disk before the setting applies."""
        first_sale = _beginning_of_sales(day)
        for step in day[:first_sale]:
            self._step(step)
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._execute(f"PRAGMA synchronous={self._settings}")
        draw = random.Random(seed)
        self.disk.before_sync = lambda: self._cut(draw)
        for step in day[first_sale:]:
            self._step(step)
            if isinstance(step, Acknowledged):
                self._acknowledged.append(step.number)
                self._cut(None)
                self._cut(draw)
        self.disk.before_sync = None
        self._connection.close()
        self.disk.unregister()
        return self.tally

    def _step(self, step: Step) -> None:
        if isinstance(step, Acknowledged):
            return
        if step.sql == "ROLLBACK" and not self._connection.in_transaction:
            return
        if step.is_many:
            self._connection.executemany(step.sql, step.parameters)
        else:
            self._execute(step.sql, step.parameters)

    def _execute(self, sql: str, parameters: Any = ()) -> None:
        for _ in self._connection.execute(sql, parameters):
            pass

    def _cut(self, draw: random.Random | None) -> None:
        """Let the power fail now, on a copy, and look at what is found."""
        self.disk.cut(self._wreck, draw)
        self.tally.cuts += 1
        connection = apsw.Connection(str(self._wreck / "ledger.db"))
        connection.create_scalar_function("plain", plain_text, 1)
        try:
            self._examine(connection)
        except apsw.Error as error:
            self.tally.unsound.append(str(error))
        finally:
            connection.close()

    def _examine(self, connection: apsw.Connection) -> None:
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            self.tally.unsound.append("integrity_check")
        found = [row[0] for row in connection.execute("SELECT number FROM sale")]
        promised = set(self._acknowledged)
        self.tally.lost += bool(promised - set(found))
        self.tally.ghosts += len(set(found) - promised) > 1
        self.tally.unsound += _broken_laws(connection)


def _beginning_of_sales(day: list[Step]) -> int:
    """Return where the transaction of the first scan begins."""
    sqls = [step.sql if isinstance(step, Statement) else "" for step in day]
    first_scan = next(at for at, sql in enumerate(sqls) if "INTO intent" in sql)
    return max(at for at in range(first_scan) if sqls[at].startswith("BEGIN"))


def _broken_laws(connection: apsw.Connection) -> list[str]:
    """Name what does not hold inside what was found: chain, sums, halves of sales."""
    previous = bytes(32)
    broken = []
    query = "SELECT prev_hash, canonical, hash FROM journal ORDER BY epoch, seq"
    for before, canonical, digest in connection.execute(query):
        if before != previous or digest != sha256(before + unpack(canonical)).digest():
            broken.append("chain")
            break
        previous = digest
    halves = (
        "SELECT count(*) FROM sale WHERE total_minor + rounding_minor <> (SELECT"
        " coalesce(sum(amount_minor), 0) FROM money_move WHERE document_id = sale_id)"
    )
    stock = (
        "SELECT (SELECT coalesce(sum(thousandths), 0) FROM stock_move)"
        " - (SELECT coalesce(sum(thousandths), 0) FROM stock_balance)"
    )
    for name, query in (("half a sale", halves), ("stock", stock)):
        if connection.execute(query).fetchone() != (0,):
            broken.append(name)
    return broken


def test_the_recording_is_the_real_thing(day: list[Step]) -> None:
    acknowledged = [step.number for step in day if isinstance(step, Acknowledged)]
    assert acknowledged == [f"02-A-{n:06d}" for n in range(1, SALES + 1)]
    statements = [step.sql for step in day if isinstance(step, Statement)]
    assert sum("INTO journal" in sql for sql in statements) >= SALES
    assert sum("INTO intent" in sql for sql in statements) >= 4 * SALES
    assert "BEGIN IMMEDIATE" in statements


@pytest.mark.parametrize("checkpoint", [1000, 10])
def test_a_power_cut_loses_no_acknowledged_sale(
    day: list[Step], tmp_path: Path, checkpoint: int
) -> None:
    tally = Play(tmp_path, "FULL", checkpoint).run(day, seed=checkpoint)
    assert tally.cuts >= 4 * SALES
    assert tally.unsound == []
    assert tally.lost == 0
    assert tally.ghosts == 0


def test_the_forgetful_disk_does_forget(day: list[Step], tmp_path: Path) -> None:
    tally = Play(tmp_path, "NORMAL", 1000).run(day, seed=1)
    assert tally.lost >= SALES
    assert tally.unsound == []


def test_the_forgetful_disk_also_corrupts(day: list[Step], tmp_path: Path) -> None:
    tally = Play(tmp_path, "OFF", 10).run(day, seed=1)
    assert tally.unsound
    assert tally.lost


@pytest.mark.all
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", range(20))
def test_many_power_cuts_lose_no_acknowledged_sale(tmp_path: Path, seed: int) -> None:
    day = record_day(tmp_path / "shop", 120)
    tally = Play(tmp_path, "FULL", (1000, 10, 50, 3)[seed % 4]).run(day, seed)
    assert (tally.unsound, tally.lost, tally.ghosts) == ([], 0, 0)
