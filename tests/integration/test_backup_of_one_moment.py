"""A backup that is made while promotions are started and sold under is of one moment."""

from __future__ import annotations

import json
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Till
from pos_app.persistence.backup import make_backup
from pos_app.persistence.backup_archive import manifest_of, open_backup, unpack
from pos_app.persistence.engine import CATALOG_READER, LEDGER_READER, connect
from pos_app.services.journal_notes import journal_notes
from tests.builders_promotions import cut, promotion, spend
from tests.counter_shop import TEA, query, sell
from tests.restored_shop import RestoredShop

BACKUPS = 8
OFF = promotion(spend((100, cut(1))), "off")


def change_and_sell(till: Till, until: threading.Event) -> int:
    """Start version after version, and sell once under each."""
    count, promotions, stamp = 0, till.counter.promotions, till.counter.desk.stamp
    with till.editor() as editor:
        while not until.is_set():
            count += 1
            deal = spend((100, cut(count % 900 + 1)))
            editor.change(promotions.save_draft(replace(OFF, deal=deal)).edit)
            editor.change(promotions.start("off", count).edit)
            (used,) = sell(till.counter, TEA).priced.promoted.applications
            assert used.version == count
            journal_notes(editor.notes, till.ledger, stamp())
    return count


def backups_beside(shop: RestoredShop, till: Till) -> list[Path]:
    """Make backups on a thread of their own while the till goes on."""
    made: list[Path] = []
    is_over = threading.Event()

    def make() -> None:
        try:
            for number in range(BACKUPS):
                at = SystemClock().now().plus_seconds(number * 60)
                made.append(make_backup(shop.folder, till.ring, at))
        finally:
            is_over.set()

    thread = threading.Thread(target=make)
    thread.start()
    try:
        assert change_and_sell(till, is_over)
    finally:
        thread.join()
    return made


class Copied:
    """What a backup knows of the versions of the promotion."""

    def __init__(self, backup: Path, till: Till, folder: Path) -> None:
        folder.mkdir()
        with open_backup(backup) as archive:
            manifest = manifest_of(archive, backup)
            for name in ("ledger.db", "catalog.db"):
                unpack(archive, name, manifest, folder / name)
        ring = till.ring
        with closing(
            connect(folder / "ledger.db", ring.ledger_key, LEDGER_READER)
        ) as ledger:
            self.used = _numbers(ledger, "SELECT version FROM promotion_use")
            journal = "SELECT plain(canonical) FROM journal ORDER BY epoch, seq"
            entries = [json.loads(row[0]) for row in ledger.execute(journal)]
        with closing(
            connect(folder / "catalog.db", ring.catalog_key, CATALOG_READER)
        ) as catalog:
            self.begun = _numbers(catalog, "SELECT version FROM promotion_run")
            waiting = "SELECT value FROM setting WHERE key LIKE 'journal_note/%'"
            notes = [json.loads(row[0]) for row in catalog.execute(waiting)]
        told = [x["body"] for x in (*entries, *notes)]
        starts = [x for x in told if x.get("what") == "start"]
        self.told = {int(x["version"]) for x in starts}


def _numbers(connection: Any, query: str) -> set[int]:
    return {row[0] for row in connection.execute(query)}


def test_what_was_sold_under_is_there_and_what_was_started_is_told(
    tmp_path: Path,
) -> None:
    shop = RestoredShop(tmp_path)
    with shop.till() as till:
        made = backups_beside(shop, till)
        found = [
            Copied(each, till, tmp_path / f"copy-{number}")
            for number, each in enumerate(made)
        ]
    assert len(found) == BACKUPS
    for copied in found:
        assert copied.used <= copied.begun
        assert copied.begun <= copied.told
    shop.restore(made[-1])
    with shop.till() as till:  # what still waited is told once, and nothing twice
        with till.editor() as editor:
            journal_notes(editor.notes, till.ledger, till.counter.desk.stamp())
        begun = [x.version for x in till.counter.desk.catalog.promotion_runs("off")]
        journal = query(
            till, "SELECT plain(canonical) FROM journal ORDER BY epoch, seq"
        )
        bodies = [json.loads(row[0])["body"] for row in journal]
        told = [int(x["version"]) for x in bodies if x.get("what") == "start"]
        assert told == begun
