"""A catalogue is imported while the till sells; the till journals it itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from hardware.system_clock import RandomIds
from pos_app.bootstrap import Options, Till
from pos_app.cli import main
from pos_app.cli.catalog_session import catalog_session, journal_waiting
from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError
from pos_app.persistence.catalog.catalog_lock import CatalogLock
from pos_app.persistence.catalog.notes import CatalogNotes
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.journal_notes import JournalNote
from tests.builders_till import ROOT, make_shop

#: Nothing here takes a minute; a hang must not hold the suite.
PATIENCE_S = 240


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    return make_shop(tmp_path / "shop")[0]


@pytest.fixture
def till(shop: ShopFolder) -> Iterator[Till]:
    with Till(shop, Options(with_printer=False)) as opened:
        signing = opened.counter.sign_on
        signing.with_pin(signing.by_number("1001").staff_id, "1234")
        yield opened


def write_items(file: Path, count: int, price: str) -> Path:
    rows = [f"B{n},95200{n:08d},货品 {n},{price}\n" for n in range(1, count + 1)]
    sold = [f"S{n},,,{n}.99\n" for n in range(1, 8)]
    file.write_text(
        "货号,条码,名称,售价\n" + "".join(rows[: count // 2]) + "".join(sold)
        + "".join(rows[count // 2 :]),
        encoding="utf-8",
    )  # fmt: skip
    return file


def importing(shop: ShopFolder, file: Path) -> subprocess.Popen[str]:
    words = ["import", "items", str(file), "--shop", str(shop.root), "--json"]
    return subprocess.Popen(
        [sys.executable, "-m", "pos_app", *words],
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )


def imports_of(till: Till) -> list[dict]:
    connection = till.ledger.read_engine.raw_connection()
    rows = connection.cursor().execute(
        "SELECT plain(canonical) FROM journal WHERE kind = 'CatalogImported' ORDER BY seq"
    )
    found = [json.loads(row[0])["body"] for row in rows]
    connection.close()
    return found


def sell(till: Till, lines: int) -> int:
    """Sell one basket of distinct scans; return its total in minor units."""
    for n in range(lines):
        till.counter.sale.scan(f"S{n % 7 + 1}", Decimal(1 + n % 3))
    till.counter.checkout.take("cash", 1_000_000)
    sale = till.counter.checkout.finish(print_slip=False).result()
    till.counter.checkout.finished()
    sale.check()
    return sale.priced.total_minor


def test_two_hundred_lines_are_sold_while_twenty_thousand_are_imported(
    shop: ShopFolder, till: Till, tmp_path: Path
) -> None:
    file = write_items(tmp_path / "big.csv", 20_000, "5.00")
    moment = till.options.clock.now
    before = till.catalog.scan("S1", moment())
    assert before is not None
    assert before.unit.price is not None
    assert before.unit.price.minor == 115
    process = importing(shop, file)
    totals = [sell(till, 20) for _ in range(10)]
    with till.editor() as writer:
        writer.bump_velocity({before.unit.unit_id: Decimal(3)})
        writer.put_shop(till.counter.desk.shop)
    said, _ = process.communicate(timeout=PATIENCE_S)
    answer = json.loads(said)
    assert (process.returncode, answer["added"], answer["changed"]) == (0, 20_000, 7)
    assert answer["journalled"] is False
    assert len(totals) == 10
    after = till.catalog.scan("S1", moment())
    assert after is not None
    assert after.unit.price is not None
    assert after.unit.price.minor == 199
    assert till.catalog.scan("9520000019999", moment()) is not None
    assert till.catalog.search("货品 19999", moment(), 5)[0].sku == "B19999"
    assert imports_of(till) == []
    journal_waiting(till, till.counter.desk.stamp())
    journal_waiting(till, till.counter.desk.stamp())
    (entry,) = imports_of(till)
    assert (entry["added"], entry["file"]) == (20_000, "big.csv")
    assert entry["at"].endswith("Z")


def test_a_till_that_starts_later_journals_what_was_imported_before(
    shop: ShopFolder, tmp_path: Path, capsys
) -> None:
    file = write_items(tmp_path / "small.csv", 10, "5.00")
    words = ["import", "items", str(file), "--shop", str(shop.root), "--json"]
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["journalled"] is True
    with Till(shop, Options(with_printer=False)) as opened:
        assert len(imports_of(opened)) == 1


def test_two_imports_at_once_are_refused_in_words(
    shop: ShopFolder, tmp_path: Path, capsys
) -> None:
    file = write_items(tmp_path / "small.csv", 10, "5.00")
    words = ["import", "items", str(file), "--shop", str(shop.root), "--json"]
    with CatalogLock(shop):
        assert main(words) == 2
        answer = json.loads(capsys.readouterr().out)
        assert answer["error"] == "catalog_busy"
        assert "another program" in answer["words"].lower()
        assert main([*words, "--dry-run"]) == 0
    capsys.readouterr()
    assert main(words) == 0


def test_an_import_that_breaks_off_is_told_of_with_its_reason(
    shop: ShopFolder, till: Till, tmp_path: Path, capsys
) -> None:
    file = tmp_path / "torn.csv"
    lines = "".join(f"B{n},货品,1\n" for n in range(30_000))
    file.write_bytes(("货号,名称,售价\n" + lines).encode() + b"B9,\xff\xff\n")
    words = ["import", "items", str(file), "--shop", str(shop.root), "--json"]
    assert main(words) == 2
    assert json.loads(capsys.readouterr().out)["error"] == "file_encoding"
    journal_waiting(till, till.counter.desk.stamp())
    (entry,) = imports_of(till)
    assert entry["broken_off"] == "file_encoding"
    assert entry["lines"] >= 25_000


def test_a_killed_import_is_told_of_and_the_next_one_finishes_it(
    shop: ShopFolder, till: Till, tmp_path: Path
) -> None:
    file = write_items(tmp_path / "big.csv", 20_000, "5.00")
    process = importing(shop, file)
    while till.catalog.scan("B600", till.options.clock.now()) is None:
        assert process.poll() is None
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    journal_waiting(till, till.counter.desk.stamp())
    (entry,) = imports_of(till)
    assert entry["broken_off"] == "interrupted"
    again = importing(shop, file)
    said, _ = again.communicate(timeout=PATIENCE_S)
    answer = json.loads(said)
    assert answer["unchanged"] >= 600
    assert answer["added"] + answer["unchanged"] + answer["changed"] == 20_007


def test_a_note_is_journalled_once_though_the_till_died_before_taking_it_away(
    shop: ShopFolder, till: Till
) -> None:
    engine = open_catalog(shop.catalog, till.ring.catalog_key)
    notes = CatalogNotes(engine)
    note = JournalNote(
        RandomIds().new(), EntryKind.CATALOG_IMPORTED, {"file": "x.csv", "lines": 1}
    )
    notes.put(note)
    journal_waiting(till, till.counter.desk.stamp())
    assert list(notes.waiting()) == []
    notes.put(note)
    journal_waiting(till, till.counter.desk.stamp())
    assert list(notes.waiting()) == []
    assert imports_of(till) == [{"file": "x.csv", "lines": 1}]
    engine.dispose()


def test_notes_of_an_import_at_work_are_left_alone(
    shop: ShopFolder, till: Till
) -> None:
    with catalog_session(shop) as session:
        session.notes.put(
            JournalNote(RandomIds().new(), EntryKind.CATALOG_IMPORTED, {"lines": 0})
        )
        journal_waiting(till, till.counter.desk.stamp())
        assert imports_of(till) == []
    journal_waiting(till, till.counter.desk.stamp())
    assert len(imports_of(till)) == 1


def test_a_catalogue_of_another_release_is_not_upgraded_under_a_running_till(
    shop: ShopFolder, till: Till
) -> None:
    engine = open_catalog(shop.catalog, till.ring.catalog_key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    engine.dispose()
    with pytest.raises(StorageError) as refused, catalog_session(shop):
        pass
    assert refused.value.key == "till_of_other_release"


def test_the_till_changes_its_shop_while_an_import_holds_the_catalogue(
    shop: ShopFolder, till: Till
) -> None:
    with catalog_session(shop) as session:
        with till.editor() as editor:
            editor.put_shop(replace(till.counter.desk.shop, slip_footer="再来"))
        assert till.counter.desk.shop.slip_footer == "再来"
        assert session.editor.currency() == "CNY"


def test_a_till_opens_and_sells_while_an_import_is_at_work(shop: ShopFolder) -> None:
    with catalog_session(shop) as session:
        with Till(shop, Options(with_printer=False)) as opened:
            signing = opened.counter.sign_on
            signing.with_pin(signing.by_number("1001").staff_id, "1234")
            assert sell(opened, 3) > 0
        assert session.editor.currency() == "CNY"
