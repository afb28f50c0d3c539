"""One till at a time has a shop folder, and the next one knows how it stopped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos_app.bootstrap import Options, Till
from pos_app.cli import main
from pos_app.errors import StorageError
from pos_app.persistence.backup import make_backup
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.durable_file import make_private, write_durably
from pos_app.persistence.shop_folder import ShopFolder, TillLock, running_till
from pos_app.values.times import Timestamp
from tests.builders_till import make_shop

if sys.platform != "win32":
    import fcntl

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from pos_app.persistence.shop_folder import ShopFolder, TillLock
lock = TillLock(ShopFolder(Path(sys.argv[1])))
print("locked", flush=True)
sys.stdin.read()
lock.release()
"""
PROBE = """
import fcntl, sys
with open(sys.argv[1], "rb+") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("locked")
"""


@pytest.fixture
def folder(tmp_path: Path) -> ShopFolder:
    return ShopFolder(tmp_path / "湖滨店").make()


def other_till(folder: ShopFolder) -> subprocess.Popen[str]:
    till = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert till.stdout
    assert till.stdout.readline() == "locked\n"
    return till


def test_the_folder_has_its_rooms(folder: ShopFolder) -> None:
    assert folder.slips.is_dir()
    assert folder.backups.is_dir()
    assert folder.logs.is_dir()
    assert not folder.is_shop


def test_a_second_till_is_refused_by_the_number_of_the_first(
    folder: ShopFolder,
) -> None:
    with other_till(folder) as till:
        with pytest.raises(StorageError) as refused:
            TillLock(folder)
        assert refused.value.key == "till_already_running"
        assert refused.value.params == {"pid": till.pid}
        assert running_till(folder) == till.pid
        till.communicate("")
    assert running_till(folder) is None
    with TillLock(folder) as lock:
        assert lock.was_clean


def test_a_second_lock_in_the_same_process_is_refused_too(folder: ShopFolder) -> None:
    with TillLock(folder), pytest.raises(StorageError) as refused:
        TillLock(folder)
    assert refused.value.params == {"pid": os.getpid()}


def test_a_killed_till_gives_the_folder_free_and_leaves_its_mark(
    folder: ShopFolder,
) -> None:
    with other_till(folder) as till:
        till.kill()
        till.wait()
    lock = TillLock(folder)
    assert not lock.was_clean
    lock.release()
    with TillLock(folder) as after:
        assert after.was_clean


def test_a_fresh_folder_counts_as_cleanly_stopped(folder: ShopFolder) -> None:
    with TillLock(folder) as lock:
        assert lock.was_clean


def test_an_error_in_the_till_is_no_clean_stop(folder: ShopFolder) -> None:
    with pytest.raises(RuntimeError), TillLock(folder):
        raise RuntimeError
    with TillLock(folder) as lock:
        assert not lock.was_clean


def test_rubbish_in_the_lock_file_is_not_taken_for_a_till(folder: ShopFolder) -> None:
    folder.lock_file.write_bytes("🙂 no number".encode())
    assert running_till(folder) is None
    TillLock(folder).release()


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "ring.json"
    write_durably(path, b"one")
    write_durably(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["ring.json"]


def test_the_ballast_is_laid_given_up_once_and_laid_again(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast.bin", size_bytes=3_000_000)
    assert not ballast.is_present
    assert ballast.restore()
    assert ballast.is_present
    taken = (tmp_path / "ballast.bin").stat()
    assert getattr(taken, "st_blocks", 6000) * 512 >= 3_000_000
    assert ballast.release()
    assert not ballast.release()
    assert ballast.restore()


def test_a_short_ballast_is_laid_anew(tmp_path: Path) -> None:
    path = tmp_path / "ballast.bin"
    path.write_bytes(b"short")
    ballast = Ballast(path, size_bytes=100_000)
    assert not ballast.is_present
    assert ballast.restore()
    assert path.stat().st_size == 100_000


def test_no_ballast_is_laid_where_room_is_short(tmp_path: Path) -> None:
    ballast = Ballast(tmp_path / "ballast.bin", size_bytes=1 << 60)
    assert not ballast.restore()
    assert not (tmp_path / "ballast.bin").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_nobody_else_reads_what_a_shop_holds(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        root = tmp_path / "shop"
        root.mkdir(mode=0o755)
        folder, ring = make_shop(root)
        folder.ledger.chmod(0o644)  # as an older release left it
        with Till(folder, Options(with_printer=False, ballast_bytes=4096)) as till:
            till.ballast.restore()
            backup = make_backup(folder, ring, Timestamp(0))
            copy = tmp_path / "stick" / "copy.guitai"
            copy.parent.mkdir()
            assert main(["backup", "--shop", str(root), "--to", str(copy)]) == 0
            modes = {
                str(file.relative_to(tmp_path)): file.stat().st_mode & 0o777
                for file in [*root.rglob("*"), copy, backup]
                if file.is_file()
            }
    finally:
        os.umask(before)
    assert root.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}, modes
    assert {"shop/ledger.db", "shop/ledger.db-wal", "shop/ballast.bin"} <= set(modes)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_making_a_file_private_drops_no_lock_of_this_process(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"content")
    path.chmod(0o644)
    with path.open("rb+") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        make_private(path)
        seen = subprocess.run(
            [sys.executable, "-c", PROBE, str(path)], check=True, capture_output=True
        )
    assert seen.stdout == b"locked\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes() == b"content"
