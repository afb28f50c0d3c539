"""A till goes on from its second place: refused clearly, begun once, fenced after."""

from __future__ import annotations

import io
import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.cli.place_upkeep import PlaceUpkeep
from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError
from pos_app.persistence.backup import make_backup
from pos_app.persistence.backup_archive import read_manifest
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.second_place.nightly import (
    COPIES_KEPT,
    copies_at,
    copy_backup,
    newest_copy_ms,
)
from pos_app.persistence.till_restore import list_restorable
from pos_app.ports.printing import PrintJobState
from pos_app.ports.second_place import PlaceState
from tests.builders_ledger import OPENED
from tests.builders_place import (
    choose,
    make_place_shop,
    open_till,
    restore,
    sell,
    wait_for,
)


@pytest.fixture
def sold(tmp_path: Path):
    """A shop that sold three times, its code, its stick; the till is closed."""
    folder, code = make_place_shop(tmp_path / "shop")
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        sell(till, 3)
    return folder, code, tmp_path / "stick"


def state(till) -> PlaceState:
    return till.second_place.report().state


def test_what_can_be_restored_is_named(sold, tmp_path: Path) -> None:
    folder, _code, stick = sold
    (found,) = list_restorable(stick)
    assert (found.till, found.shop_name) == ("02", "Replay")
    assert found.size_bytes >= folder.ledger.stat().st_size
    (inside,) = stick.iterdir()
    assert list_restorable(inside) == [found]
    assert list_restorable(tmp_path) == []
    with pytest.raises(StorageError, match="folder_missing"):
        list_restorable(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("AAAA", "recovery_code_length"),
        ("0000-0001-" * 4, "recovery_code_mistyped"),
    ],
)
def test_a_wrong_code_makes_no_shop_and_no_claim(
    sold, tmp_path: Path, typed: str, key: str
) -> None:
    _folder, _code, stick = sold
    claims = sorted(stick.glob("guitai-*/claims/*"))
    with pytest.raises(StorageError, match=key):
        restore(stick, typed, tmp_path / "spare")
    assert not (tmp_path / "spare").exists()
    assert sorted(stick.glob("guitai-*/claims/*")) == claims


def test_the_code_of_another_shop_is_wrong_here(sold, tmp_path: Path) -> None:
    _other, code = make_place_shop(tmp_path / "other")
    with pytest.raises(StorageError, match="recovery_code_wrong"):
        restore(sold[2], code, tmp_path / "spare")
    assert not (tmp_path / "spare").exists()


def test_a_folder_with_a_shop_is_left_alone(sold, tmp_path: Path) -> None:
    folder, code, stick = sold
    before = folder.ledger.read_bytes()
    with pytest.raises(StorageError, match="folder_in_use"):
        restore(stick, code, folder.root)
    assert folder.ledger.read_bytes() == before


def test_the_journal_says_from_where_it_goes_on(sold, tmp_path: Path) -> None:
    _folder, code, stick = sold
    restored, begun = restore(stick, code, tmp_path / "spare")
    with (
        open_till(restored) as till,
        till.ledger.read_engine.begin() as connection,
    ):
        entries = list(journal_rows.entries(connection))
        told = [x for x in entries if x.kind is EntryKind.LEDGER_RESTORED]
    (entry,) = told
    body = json.loads(entry.canonical)["body"]
    (place,) = stick.iterdir()
    assert body["place"] == json.loads((place / "place.json").read_text())["place_id"]
    assert (entry.epoch, entry.seq) == (begun.epoch, 1)
    before = entries[entries.index(entry) - 1]
    assert (body["head"], body["entries"]) == (before.hash.hex(), begun.entries)
    assert body["claimed"] is True


def test_the_old_till_finds_itself_fenced_and_sells_on(sold, tmp_path: Path) -> None:
    folder, code, stick = sold
    with open_till(folder, patience_s=0.2) as old:
        wait_for(lambda: state(old) is PlaceState.CURRENT)
        restored, _begun = restore(stick, code, tmp_path / "spare")
        with open_till(restored) as new:
            wait_for(lambda: state(new) is PlaceState.CURRENT)
            of_new = sell(new, 2)
            wait_for(lambda: state(old) is PlaceState.TAKEN)
            of_old = sell(old, 2)
            report = old.second_place.report()
            assert report.is_alarming
            assert not set(of_old) & set(of_new)
            wait_for(lambda: len(list(stick.glob("guitai-*/files-*"))) == 1)
    again, _ = restore(stick, code, tmp_path / "third")
    with open_till(again) as till:
        numbers = {sale.number for sale in till.ledger.recent_sales(99)}
    assert set(of_new) <= numbers
    assert not set(of_old) & numbers


def test_the_old_till_may_not_take_the_place_back(sold, tmp_path: Path) -> None:
    folder, code, stick = sold
    restore(stick, code, tmp_path / "spare")
    with open_till(folder, patience_s=0.2) as old:
        wait_for(lambda: state(old) is PlaceState.TAKEN)
        with pytest.raises(StorageError, match="place_taken"):
            old.second_place.choose(stick, old.counter.desk.stamp())
        choose(old, tmp_path / "another")


def test_each_restore_sees_the_claim_of_the_one_before(sold, tmp_path: Path) -> None:
    _folder, code, stick = sold
    begun = [restore(stick, code, tmp_path / f"pc-{n}")[1].epoch for n in range(3)]
    assert begun == sorted(set(begun))
    assert len(list(stick.glob("guitai-*/claims/*"))) == 4
    with open_till(restore(stick, code, tmp_path / "last")[0]) as newest:
        wait_for(lambda: state(newest) is PlaceState.CURRENT)


def test_a_place_that_takes_no_claim_still_gives_its_till(sold, tmp_path: Path) -> None:
    _folder, code, stick = sold
    (claims,) = stick.glob("guitai-*/claims")
    shutil.rmtree(claims)
    claims.write_bytes(b"")  # no folder any more: nothing can be made in it
    restored, begun = restore(stick, code, tmp_path / "spare")
    assert begun.is_claimed is False
    with open_till(restored) as till:
        assert state(till) is PlaceState.NONE
        assert sell(till)[0].endswith("-000001")


def test_a_slip_on_its_way_is_asked_about_and_one_that_waits_is_printed(
    tmp_path: Path,
) -> None:
    folder, code = make_place_shop(tmp_path / "shop")
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        sell(till, 2)
        first, second = till.ledger.open_print_jobs()
        till.ledger.set_state(
            first.job_id, PrintJobState.SENDING, offset_bytes=100, reason=""
        )
        till.ledger.flush()
    restored, _begun = restore(tmp_path / "stick", code, tmp_path / "spare")
    with open_till(restored) as till:
        states = {job.job_id: job.state for job in till.ledger.open_print_jobs()}
    assert states == {
        first.job_id: PrintJobState.UNKNOWN,
        second.job_id: PrintJobState.QUEUED,
    }


@pytest.mark.parametrize("name", ["ledger", "catalog"])
def test_a_flipped_bit_at_the_place_is_found_before_anything_begins(
    sold, tmp_path: Path, name: str
) -> None:
    _folder, code, stick = sold
    (base,) = stick.glob(f"guitai-*/files-*/{name}.base")
    content = bytearray(base.read_bytes())
    content[len(content) - 2_000] ^= 1
    base.write_bytes(content)
    claims = sorted(stick.glob("guitai-*/claims/*"))
    with pytest.raises(StorageError, match="place_unsound"):
        restore(stick, code, tmp_path / "spare")
    assert not (tmp_path / "spare").exists()
    assert sorted(stick.glob("guitai-*/claims/*")) == claims


def test_the_till_of_a_backup_takes_its_own_place_again(sold, tmp_path: Path) -> None:
    """A till restored from a backup is later than the one that had the place."""
    from pos_app.cli.restore import restore_from_file
    from pos_app.persistence.shop_folder import ShopFolder

    folder, code, stick = sold
    with open_till(folder) as till:
        backup = make_backup(folder, till.ring, OPENED)
    again = ShopFolder(tmp_path / "again")
    restore_from_file(again, backup, code)
    with open_till(again, patience_s=0.2) as till:
        wait_for(lambda: state(till) is PlaceState.TAKEN)
        choose(till, stick)
        sell(till)
        assert state(till) is PlaceState.CURRENT


# ---------------------------------------------------------------- the nightly copy


def test_a_nightly_copy_is_opened_where_it_lies(sold) -> None:
    folder, _code, _stick = sold
    with open_till(folder) as till:
        place = till.second_place.place
        assert place is not None
        for day in range(COPIES_KEPT + 2):
            backup = make_backup(folder, till.ring, OPENED.plus_seconds(86_400 * day))
            manifest = copy_backup(backup, place, folder, till.ring)
        assert manifest.seq > 0
        assert len(copies_at(place)) == COPIES_KEPT
        assert newest_copy_ms(place) == manifest.made_at.unix_ms
        till.second_place.look_at_copies()
        assert till.second_place.report().copied_at_ms == manifest.made_at.unix_ms
    assert [path.name for path in folder.backups.iterdir() if path.is_dir()] == []


def test_a_nightly_copy_that_is_not_what_was_written_does_not_stay(sold) -> None:
    folder, _code, _stick = sold
    with open_till(folder) as till:
        place = till.second_place.place
        assert place is not None
        backup = make_backup(folder, till.ring, OPENED)
        content = bytearray(backup.read_bytes())
        content[len(content) // 2] ^= 1
        backup.write_bytes(content)
        with pytest.raises(StorageError, match="backup_damaged"):
            copy_backup(backup, place, folder, till.ring)
        assert list(place.copies.iterdir()) == []


# ------------------------------------------------------------- on the command line


def ask(capsys, *words: object) -> tuple[int, dict[str, object]]:
    code = main([str(word) for word in (*words, "--json")])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def test_restore_from_a_place_on_the_command_line(
    sold, tmp_path: Path, capsys, monkeypatch
) -> None:
    _folder, code, stick = sold
    monkeypatch.setattr(sys, "stdin", io.StringIO(code + "\n"))
    spare = tmp_path / "spare"
    done, answer = ask(capsys, "restore", "--from", stick, "--shop", spare)
    assert (done, answer["claimed"]) == (0, True)
    assert answer["entries"] > 3
    done, report = ask(capsys, "doctor", "--shop", spare)
    keys = [finding["key"] for finding in report["findings"]]
    assert "journal_sound" in keys
    assert "second_place_empty" in keys


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ((), "restore_source"),
        (("x.guitai", "--from", "y"), "restore_source"),
        (("--from", "{empty}"), "place_empty"),
        (("--from", "{stick}", "--till", "77"), "place_empty"),
    ],
)
def test_an_order_that_cannot_be_followed_is_refused_in_words(
    sold, tmp_path: Path, capsys, words: tuple[str, ...], key: str
) -> None:
    places = {"empty": tmp_path / "shop" / "logs", "stick": sold[2]}
    said = [word.format(**places) for word in words]
    done, answer = ask(capsys, "restore", *said, "--shop", tmp_path / "spare")
    assert (done, answer["error"]) == (2, key)
    assert not (tmp_path / "spare").exists()


class Care(PlaceUpkeep):
    """The till's care for its second place, without a screen."""

    def __init__(self, till: Till) -> None:
        self._till = till


def test_the_nightly_copy_waits_until_nobody_sells_and_is_journalled(sold) -> None:
    folder, _code, stick = sold
    with open_till(folder) as till:
        sell(till)
        care, stamp = Care(till), till.counter.desk.stamp()
        last = till.ledger.last_recorded_at()
        assert last is not None
        quiet = replace(stamp, at=last.plus_seconds(15 * 60))
        just_sold = replace(stamp, at=last.plus_seconds(60))
        assert not care.copy_to_place(just_sold)
        assert care.copy_to_place(quiet)
        assert not care.copy_to_place(quiet), "once a day is enough"
        with till.ledger.read_engine.begin() as connection:
            entry = next(
                x
                for x in journal_rows.entries(connection)
                if x.kind is EntryKind.SECOND_PLACE_COPIED
            )
    body = json.loads(entry.canonical)["body"]
    (copy,) = stick.glob("guitai-*/copies/*.guitai")
    assert body["file"] == copy.name
    assert read_manifest(copy).head == body["head"]


def test_a_place_that_is_gone_stops_no_daily_care(sold, tmp_path: Path) -> None:
    folder, _code, stick = sold
    with open_till(folder, patience_s=0.2) as till:
        stick.rename(tmp_path / "pocket")
        last = till.ledger.last_recorded_at()
        assert last is not None
        stamp = replace(till.counter.desk.stamp(), at=last.plus_seconds(900))
        assert Care(till).copy_to_place(stamp) is False
