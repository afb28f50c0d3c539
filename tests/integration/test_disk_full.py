"""A full or read-only disk: refused in words, nothing lost, the ballast helps out."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pos_app.bootstrap import Options, Till
from pos_app.errors import StorageError
from pos_app.persistence.backup import make_backup
from pos_app.persistence.durable_file import write_durably
from pos_app.services.replay import Replay, ReplayClock
from tests.builders_ledger import OPENED
from tests.builders_till import SIGN_ON, as_lines, make_shop, one_sale

ROOT = Path(__file__).resolve().parents[2]
UNSHARE = shutil.which("unshare")


def in_own_mounts(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script where it may mount; skip where the system forbids that."""
    if UNSHARE is None:
        pytest.skip("needs unshare (util-linux) to make a small disk")
    probe = [UNSHARE, "-Urm", "true"]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody make a mount namespace")
    return subprocess.run(
        [UNSHARE, "-Urm", "sh", "-ec", script, "sh", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_the_ballast_lets_the_day_go_on_and_nothing_is_lost(tmp_path: Path) -> None:
    script = 'mount -t tmpfs -o size=12m small "$1"; exec "$2" -m tests.small_disk "$1"'
    done = in_own_mounts(script, str(tmp_path), sys.executable)
    assert done.returncode == 0, done.stderr
    happened = json.loads(done.stdout)
    assert happened["refused"] == ["disk_full"]
    assert happened["on_the_ballast"] >= 3
    assert happened["refused_with_room"] == []
    assert happened["after_room"] == 10
    assert happened["missing"] == []
    assert happened["unsaid"] == []


READ_ONLY = """
import sys
from pathlib import Path
from pos_app.bootstrap import Options, Till
from pos_app.errors import StorageError
from pos_app.persistence.shop_folder import ShopFolder
try:
    Till(ShopFolder(Path(sys.argv[1])), Options(with_printer=False))
except StorageError as error:
    print(error.key)
"""


def test_a_read_only_folder_is_refused_in_words(tmp_path: Path) -> None:
    folder, _ = make_shop(tmp_path / "shop")
    script = (
        'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; exec "$2" -c "$3" "$1"'
    )
    done = in_own_mounts(script, str(folder.root), sys.executable, READ_ONLY)
    assert done.stdout == "folder_read_only\n", done.stderr


def test_the_doctor_names_a_read_only_folder(tmp_path: Path) -> None:
    folder, _ = make_shop(tmp_path / "shop")
    script = (
        'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1";'
        ' exec "$2" -m pos_app doctor --json --shop "$1"'
    )
    done = in_own_mounts(script, str(folder.root), sys.executable)
    if "No module named 'pos_app.cli.doctor'" in done.stderr:
        pytest.skip("the command line has no doctor yet")
    assert "folder_read_only" in done.stdout + done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows limits files in other ways")
def test_a_sale_that_finds_no_room_is_not_acknowledged(tmp_path: Path) -> None:
    import resource

    folder, _ = make_shop(tmp_path / "shop")
    clock = ReplayClock()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Till(folder, Options(clock=clock, with_printer=False)) as till:
        replay = Replay(till.counter, clock)

        def answers(commands) -> list[str]:
            lines = as_lines(iter(commands))
            return [
                str(each.get("number") or each["refused"]) for each in replay.run(lines)
            ]

        assert answers([SIGN_ON, *one_sale(1)]) == ["02-A-000001"]
        limit = folder.ledger.with_name("ledger.db-wal").stat().st_size
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
            assert answers(one_sale(2)) == ["disk_error"]  # nothing is full
            assert answers([{"do": "finish"}]) == ["disk_error"]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert [s.number for s in till.ledger.recent_sales(9)] == ["02-A-000001"]
        assert answers([{"do": "finish"}]) == ["02-A-000002"]
        sold = till.ledger.last_sale()
        assert sold is not None
        assert len(sold.lines) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows limits files in other ways")
def test_a_backup_that_finds_no_room_leaves_no_half_one(tmp_path: Path) -> None:
    import resource

    folder, ring = make_shop(tmp_path / "shop")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        with pytest.raises(StorageError) as refused:
            make_backup(folder, ring, OPENED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused.value.key in {"disk_full", "disk_error"}
    assert list(folder.backups.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows limits files in other ways")
def test_a_small_file_that_finds_no_room_stays_the_old_one(tmp_path: Path) -> None:
    import resource

    path = tmp_path / "ring.json"
    write_durably(path, b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
        with pytest.raises(StorageError, match="disk_full"):
            write_durably(path, bytes(5_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"old"
