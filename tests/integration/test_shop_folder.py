"""One till at a time has a shop folder, and the next one knows how it stopped."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos_app.errors import StorageError
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.durable_file import write_durably
from pos_app.persistence.shop_folder import ShopFolder, TillLock, running_till

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
    path = tmp_path / "settings.toml"
    write_durably(path, b"one")
    write_durably(path, b"two")
    assert path.read_bytes() == b"two"
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


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
