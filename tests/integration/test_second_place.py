"""The second place while the till sells: equal to the commit, and never in the way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from pos_app.bootstrap import Options, Till
from pos_app.domain.journal import EntryKind
from pos_app.errors import StorageError
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.engine import CATALOG_READER, LEDGER_READER, connect
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.ledger import journal_rows
from pos_app.persistence.second_place.place_copy import PlaceCopy
from pos_app.persistence.second_place.place_disk import PlaceDisk
from pos_app.ports.second_place import PlaceState
from tests.builders_place import (
    choose,
    facts,
    make_place_shop,
    open_till,
    restore,
    sell,
    wait_for,
)


@pytest.fixture
def shop(tmp_path: Path):
    return make_place_shop(tmp_path / "shop")


def copy_in(place: Path, name: str, target: Path) -> Path:
    """Write what the place holds of a database as one file."""
    (files,) = place.glob("guitai-*/files-*")
    copy = PlaceCopy(files, name)
    assert copy.open()
    copy.copy_to(target, lambda _bytes: None)
    return target


def state(till) -> PlaceState:
    return till.second_place.report().state


class SlowDisk(PlaceDisk):
    """A disk that holds every write until it is let go, or takes its time."""

    def __init__(self, pause_s: float = 0) -> None:
        self.free = threading.Event()
        self.free.set()
        self.pause_s = pause_s
        self.writes = 0

    def write(self, path: Path, offset: int, content: bytes) -> None:
        """Write as the disk does, later."""
        self.writes += 1
        time.sleep(self.pause_s)
        self.free.wait()
        super().write(path, offset, content)


def commit_s(till) -> float:
    """Return how long one commit took."""
    began = time.monotonic()
    till.ledger.submit(lambda unit: unit.set_setting("x", "1")).result()
    return time.monotonic() - began


def sold_in(database: Path, key: bytes) -> list[str]:
    with closing(connect(database, key, LEDGER_READER)) as connection:
        rows = connection.execute("SELECT number FROM sale ORDER BY number")
        return [number for (number,) in rows]


# ------------------------------------------------------------------- it is equal


def test_a_sale_lies_at_the_place_when_it_is_acknowledged(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        for _turn in range(5):
            numbers = sell(till, 2)
            copy = copy_in(tmp_path / "stick", "ledger", tmp_path / "copy.db")
            assert set(numbers) <= set(sold_in(copy, till.ring.ledger_key))


def test_nothing_readable_lies_at_the_place(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        sell(till, 3)
    names = ("饼干", "02-A-0000", "SaleCompleted", "SQLite format")
    for path in (tmp_path / "stick").rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not [name for name in names if name.encode() in content], path


def test_a_change_of_the_catalogue_comes_too(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        engine = open_catalog(folder.catalog, till.ring.catalog_key)
        with engine.begin() as connection:
            connection.execute(text("UPDATE shop SET name = '别处'"))
        engine.dispose()

        def is_there() -> bool:
            copy = copy_in(tmp_path / "stick", "catalog", tmp_path / "copy.db")
            with closing(
                connect(copy, till.ring.catalog_key, CATALOG_READER)
            ) as connection:
                return "别处" in str(
                    connection.execute("SELECT * FROM shop").fetchall()
                )

        wait_for(is_there)


def test_the_copy_is_equal_after_folding_and_checkpoints(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        for _turn in range(4):
            sell(till, 20)
            mirror = till.second_place._now._threads["ledger"].mirror
            mirror.copy.fold()  # the thread rests: nothing is committed
        copy = copy_in(tmp_path / "stick", "ledger", tmp_path / "copy.db")
        with closing(connect(copy, till.ring.ledger_key, LEDGER_READER)) as connection:
            assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
            assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert len(sold_in(copy, till.ring.ledger_key)) == 80


def test_a_clean_stop_is_gone_on_from_without_copying_again(
    shop, tmp_path: Path
) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        sell(till, 2)
    (base,) = (tmp_path / "stick").glob("guitai-*/files-*/ledger.base")
    before = base.stat().st_mtime_ns
    for _turn in range(2):
        with open_till(folder) as till:
            assert state(till) in {PlaceState.CURRENT, PlaceState.COPYING}
            sell(till, 2)
    assert base.stat().st_mtime_ns == before
    copy = copy_in(tmp_path / "stick", "ledger", tmp_path / "copy.db")
    assert len(sold_in(copy, open_key_ring(folder.root).ledger_key)) == 6


def test_what_was_sold_without_the_place_is_there_when_it_comes_back(
    shop, tmp_path: Path
) -> None:
    folder, _code = shop
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    with open_till(folder, patience_s=0.2) as till:
        choose(till, stick)
        sell(till, 2)
        stick.rename(pocket)
        sell(till, 3)
        wait_for(lambda: state(till) is PlaceState.GONE)
        sell(till, 3)
        pocket.rename(stick)
        till.second_place.look_again()
        wait_for(lambda: state(till) is PlaceState.CURRENT)
        copy = copy_in(stick, "ledger", tmp_path / "copy.db")
        assert len(sold_in(copy, till.ring.ledger_key)) == 8


def test_a_till_that_ran_without_its_stick_brings_it_up_to_date(
    shop, tmp_path: Path
) -> None:
    folder, code = shop
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    with open_till(folder) as till:
        choose(till, stick)
        sell(till, 2)
    stick.rename(pocket)
    with open_till(folder, patience_s=0.1) as till:
        sell(till, 3)
        wait_for(lambda: state(till) is PlaceState.GONE)
    pocket.rename(stick)
    with open_till(folder) as till:
        wait_for(lambda: state(till) is PlaceState.CURRENT)
    before = facts(folder)
    restored, _begun = restore(stick, code, tmp_path / "spare")
    after = facts(restored)
    assert after["sale"] == before["sale"]
    assert len(after["sale"]) == 5


def test_an_empty_mount_point_is_not_written_to(shop, tmp_path: Path) -> None:
    folder, _code = shop
    stick = tmp_path / "stick"
    with open_till(folder, patience_s=0.2) as till:
        choose(till, stick)
        stick.rename(tmp_path / "pocket")
        stick.mkdir()  # as the system leaves the folder of a stick
        sell(till, 2)
        wait_for(lambda: state(till) is PlaceState.GONE)
    assert list(stick.iterdir()) == []


# ------------------------------------------------------------ it is never in the way


def test_a_place_that_hangs_delays_one_commit_only(shop, tmp_path: Path) -> None:
    folder, _code = shop
    disk = SlowDisk()
    with open_till(folder, patience_s=1.5) as till:
        till.second_place.disk = disk
        choose(till, tmp_path / "stick")
        wait_for(lambda: not till.second_place.is_behind)
        disk.free.clear()
        assert commit_s(till) >= 1.5
        # From here on, whoever waits for the place in vain waits for ever.
        till.second_place._now._gate._patience_s = 3_600
        for _commit in range(20):
            commit_s(till)
        disk.free.set()
        wait_for(lambda: not till.second_place.is_behind)
        for _commit in range(5):
            commit_s(till)
            assert not till.second_place.is_behind


def test_a_slow_place_catches_up_and_misses_nothing(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder, patience_s=0.01) as till:
        till.second_place.disk = SlowDisk(pause_s=0.05)
        choose(till, tmp_path / "stick")
        sell(till, 20)
        wait_for(lambda: not till.second_place.is_behind)
        copy = copy_in(tmp_path / "stick", "ledger", tmp_path / "copy.db")
        assert len(sold_in(copy, till.ring.ledger_key)) == 20


def test_a_place_that_hangs_does_not_fill_the_tills_own_disk(
    shop, tmp_path: Path
) -> None:
    folder, _code = shop
    disk = SlowDisk()
    with open_till(folder, patience_s=0.05) as till:
        till.second_place.disk = disk
        choose(till, tmp_path / "stick")
        mirror = till.second_place._now._threads["ledger"].mirror
        mirror._source = replace(mirror._source, most_wal_bytes=2_000_000)
        disk.free.clear()

        def is_let_go() -> bool:
            sell(till, 10)
            return not mirror._pins.is_held

        wait_for(is_let_go)
        disk.free.set()
        wait_for(lambda: state(till) is PlaceState.CURRENT)
        wait_for(lambda: not till.second_place.is_behind)
        sold = sell(till, 1)
        copy = copy_in(tmp_path / "stick", "ledger", tmp_path / "copy.db")
        assert sold[0] in sold_in(copy, till.ring.ledger_key)
        assert len(sold_in(copy, till.ring.ledger_key)) == int(sold[0][-6:])


# ------------------------------------------------------------------------ choosing


def refused(till, place: Path) -> str:
    with pytest.raises(StorageError) as why:
        till.second_place.choose(place, till.counter.desk.stamp())
    return why.value.key


def test_the_shops_own_folder_is_no_second_place(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        assert refused(till, folder.root) == "place_inside_shop"
        assert refused(till, folder.backups) == "place_inside_shop"
        assert refused(till, tmp_path / "nowhere") == "folder_missing"
        assert state(till) is PlaceState.NONE


def test_a_place_of_another_shop_is_refused_and_left_as_it_is(
    shop, tmp_path: Path
) -> None:
    folder, _code = shop
    other, _other_code = make_place_shop(tmp_path / "other")
    with open_till(other) as till:
        choose(till, tmp_path / "stick")
    before = sorted(path.name for path in (tmp_path / "stick").rglob("*"))
    with open_till(folder) as till:
        assert refused(till, tmp_path / "stick") == "place_foreign"
        (inside,) = (tmp_path / "stick").iterdir()
        assert refused(till, inside) == "place_foreign"
    assert sorted(path.name for path in (tmp_path / "stick").rglob("*")) == before


def test_a_stick_of_another_shop_in_its_place_is_not_written_to(
    shop, tmp_path: Path
) -> None:
    folder, _code = shop
    stick = tmp_path / "stick"
    with open_till(folder, patience_s=0.2) as till:
        choose(till, stick)
        (own,) = stick.iterdir()
        place = json.loads((own / "place.json").read_text())
        (own / "place.json").write_text(json.dumps({**place, "ring_id": "0" * 32}))
        till.second_place.look_again()
        wait_for(lambda: state(till) is PlaceState.FOREIGN)
        before = {x: x.read_bytes() for x in stick.rglob("*") if x.is_file()}
        sell(till, 2)
        assert state(till) is PlaceState.FOREIGN
        assert {x: x.read_bytes() for x in stick.rglob("*") if x.is_file()} == before


def test_choosing_changing_and_stopping_are_journalled(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        for name in ("one", "two"):
            choose(till, tmp_path / name)
        till.second_place.stop(till.counter.desk.stamp())
        assert state(till) is PlaceState.NONE
        sell(till)
        with till.ledger.read_engine.begin() as connection:
            bodies = [
                json.loads(entry.canonical)["body"]
                for entry in journal_rows.entries(connection)
                if entry.kind is EntryKind.SECOND_PLACE_CHANGED
            ]
    one, two, three = bodies
    assert one["before"] == ""
    assert two["before"] == one["after"] != two["after"]
    assert (three["before"], three["after"]) == (two["after"], "")
    with open_till(folder) as till:
        assert state(till) is PlaceState.NONE


def test_a_till_without_the_option_leaves_the_place_alone(shop, tmp_path: Path) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
    shutil.rmtree(tmp_path / "stick")
    options = Options(with_printer=False, place_patience_s=None)
    with Till(folder, options) as till:
        assert state(till) is PlaceState.NONE
        sell(till)


def test_a_full_place_says_so_and_has_everything_once_there_is_room(
    tmp_path: Path,
) -> None:
    place = tmp_path / "small"
    place.mkdir()
    script = 'mount -t tmpfs -o size=40m small "$2"; exec "$3" -m tests.small_place "$1" "$2"'
    done = in_own_mounts(script, str(tmp_path / "shop"), str(place), sys.executable)
    assert done.returncode == 0, done.stderr
    happened = json.loads(done.stdout)
    assert happened["alarm"] is True
    assert happened["sold_while_full"] >= 3
    assert happened["missing"] == []
    assert happened["unsaid"] == []


def test_a_disk_that_is_too_small_is_refused_before_anything_is_written(
    tmp_path: Path,
) -> None:
    folder, _code = make_place_shop(tmp_path / "shop")
    place = tmp_path / "tiny"
    place.mkdir()
    script = 'mount -t tmpfs -o size=4m tiny "$2"; exec "$3" -c "$4" "$1" "$2"'
    done = in_own_mounts(
        script, str(folder.root), str(place), sys.executable, TOO_SMALL
    )
    assert done.stdout == "place_too_small 0\n", done.stderr


TOO_SMALL = """
import sys
from pathlib import Path
from pos_app.errors import StorageError
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_place import open_till
place = Path(sys.argv[2])
with open_till(ShopFolder(Path(sys.argv[1]))) as till:
    try:
        till.second_place.choose(place, till.counter.desk.stamp())
    except StorageError as error:
        print(error.key, len(list(place.iterdir())))
"""


def in_own_mounts(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script where it may mount; skip where the system forbids that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare (util-linux) to make a small disk")
    probe = [unshare, "-Urm", "true"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody make a mount namespace")
    return subprocess.run(
        [unshare, "-Urm", "sh", "-ec", script, "sh", *arguments],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )


class CutShortError(Exception):
    """The current went off in the middle of a fold."""


@pytest.mark.parametrize("pieces", [1, 2, 5])
def test_a_fold_that_is_cut_short_harms_nothing(
    shop, tmp_path: Path, pieces: int
) -> None:
    folder, _code = shop
    with open_till(folder) as till:
        choose(till, tmp_path / "stick")
        sell(till, 5)
    (files,) = (tmp_path / "stick").glob("guitai-*/files-*")
    key = open_key_ring(folder.root).ledger_key
    before = sold_in(copy_in(tmp_path / "stick", "ledger", tmp_path / "a.db"), key)
    left = [pieces]

    def cut() -> None:
        left[0] -= 1
        if not left[0]:
            raise CutShortError

    copy = PlaceCopy(files, "ledger")
    assert copy.open()
    with pytest.raises(CutShortError):
        copy.fold(cut)
    after = sold_in(copy_in(tmp_path / "stick", "ledger", tmp_path / "b.db"), key)
    assert after == before
    again = PlaceCopy(files, "ledger")
    assert again.open()
    again.fold()
    after = sold_in(copy_in(tmp_path / "stick", "ledger", tmp_path / "c.db"), key)
    assert after == before
