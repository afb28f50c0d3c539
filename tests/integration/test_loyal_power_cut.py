"""The power fails at every write of a member's sale: all of it is there, or nothing.

The sale has points, a coupon, a wallet and a gift card. Its real statements are played
on a disk that forgets what was not synced, on the ledger as it stood before.
"""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest

from pos_app.persistence.engine import LEDGER_READER, LEDGER_WRITER, _pragmas, connect
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.packing import plain_text
from tests.counter_shop import finish, opened
from tests.integration.test_power_cut import Recorder, Statement
from tests.loyal_sale import loyal_basket
from tests.power_cut_vfs import NAME, ForgetfulDisk
from tests.value_till import able

#: What a member's sale moves, each told by a number that it changes.
MOVED = (
    "SELECT count(*) FROM sale",
    "SELECT count(*) FROM sale_tender",
    "SELECT count(*) FROM money_move",
    "SELECT count(*), sum(points) FROM point_move",
    "SELECT count(*), sum(points) FROM point_left",
    "SELECT count(*) FROM point_split",
    "SELECT count(*) FROM tier_metric",
    "SELECT count(*) FROM coupon_fact",
    "SELECT group_concat(state) FROM coupon",
    "SELECT count(*) FROM value_move",
    "SELECT sum(paid_minor), sum(bonus_minor) FROM value_balance",
    "SELECT count(*) FROM ticket_fact",
)


class Plain:
    """A ledger without its cipher, and what was written to end a member's sale."""

    def __init__(self, parent: Path) -> None:
        loyal = loyal_basket(parent)
        self.file = parent / "plain.db"
        ring = open_key_ring(loyal.folder.root)
        ledger = connect(loyal.folder.ledger, ring.ledger_key, LEDGER_READER)
        with closing(ledger):
            ledger.execute("PRAGMA query_only=0")
            ledger.execute("ATTACH ? AS plain KEY ''", (str(self.file),))
            ledger.execute("SELECT sqlcipher_export('plain')").fetchall()
        with opened(loyal.folder) as till:
            able(till.counter)
            till.ledger.flush()
            with Recorder() as recorder:
                finish(till.counter)
                till.ledger.flush()
        self.steps = [step for step in recorder.steps if isinstance(step, Statement)]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Plain:
    return Plain(tmp_path_factory.mktemp("plain"))


def standing(connection: apsw.Connection) -> list[Any]:
    """Return all that a member's sale moves, as it stands."""
    return [connection.execute(query).fetchall() for query in MOVED]


class Play:
    """Plays the end of the sale; the power fails at every write and every sync."""

    def __init__(self, plain: Plain, folder: Path, seed: int, every: int) -> None:
        self._wreck, self._draw = folder / "after", random.Random(seed)
        self.found: list[Any] = []
        self._writes, self._every = seed, every
        file = folder / "ledger.db"
        file.write_bytes(plain.file.read_bytes())
        self.disk = ForgetfulDisk()
        connection = apsw.Connection(str(file), vfs=NAME)
        connection.create_scalar_function("plain", plain_text, 1)
        for pragma, value in _pragmas(LEDGER_WRITER):
            connection.execute(f"PRAGMA {pragma}={value}").fetchall()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.before = standing(connection)
        self.disk.after_write, self.disk.before_sync = self._written, self._cut
        for step in plain.steps:
            if step.is_many:
                connection.executemany(step.sql, step.parameters)
            elif step.sql != "ROLLBACK" or connection.in_transaction:
                connection.execute(step.sql, step.parameters).fetchall()
        self.disk.after_write = self.disk.before_sync = None
        self.after = standing(connection)
        self._cut()
        connection.close()
        self.disk.unregister()

    def _written(self) -> None:
        self._writes += 1
        if self._writes % self._every == 0:
            self._cut()

    def _cut(self) -> None:
        for draw in (None, self._draw):
            self.disk.cut(self._wreck, draw)
            with closing(apsw.Connection(str(self._wreck / "ledger.db"))) as wreck:
                assert wreck.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                self.found.append(standing(wreck))


@pytest.mark.parametrize(
    ("seed", "every"),
    [(0, 7), *(pytest.param(x, 1, marks=pytest.mark.slow) for x in range(1, 5))],
)
def test_the_power_fails_at_each_write_and_all_of_it_is_there_or_nothing(
    plain: Plain, tmp_path: Path, seed: int, every: int
) -> None:
    play = Play(plain, tmp_path, seed, every)
    moved = [x != y for x, y in zip(play.before, play.after, strict=True)]
    assert all(moved), MOVED[moved.index(False)]
    assert len(play.found) > 10
    assert [x for x in play.found if x not in (play.before, play.after)] == []
    assert play.before in play.found
    assert play.found[-1] == play.after
