"""A member's sale is cut off at its end: everything of it is there, or nothing is."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.system_clock import SystemClock
from pos_app.errors import StorageError
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.health import Severity
from pos_app.services.doctor import run_checks
from tests.counter_shop import fill_disk, finish, make_room, opened, prove
from tests.loyal_sale import (
    AFTER_COMMIT,
    BEFORE_COMMIT,
    TO_THE_END,
    Loyal,
    all_of_it,
    loyal_basket,
    none_of_it,
)
from tests.value_till import able, prove_pockets

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")


@pytest.fixture(scope="module")
def paid(tmp_path_factory: pytest.TempPathFactory) -> Loyal:
    return loyal_basket(tmp_path_factory.mktemp("loyal"))


def copied(paid: Loyal, root: Path) -> Loyal:
    shutil.copytree(paid.folder.root, root)
    return replace(paid, folder=ShopFolder(root))


def finish_and_die(loyal: Loyal, moment: str) -> subprocess.CompletedProcess[str]:
    """Finish in a process of its own that ends at a moment."""
    command = [sys.executable, "-m", "tests.loyal_sale", str(loyal.folder.root), moment]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, check=False
    )


def broken(loyal: Loyal) -> list[str]:
    """Return what the doctor finds broken."""
    room = CheckRoom(loyal.folder, open_key_ring(loyal.folder.root), SystemClock())
    found = run_checks(shop_checks(room))
    room.close()
    return [each.key for each in found if each.severity is Severity.BROKEN]


def killed_and_reopened(loyal: Loyal, moment: str) -> None:
    done = finish_and_die(loyal, moment)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert broken(loyal) == []
    with opened(loyal.folder) as till:
        able(till.counter)
        if moment != AFTER_COMMIT:
            none_of_it(till, loyal)
            finish(till.counter)
        all_of_it(till, loyal)
        prove_pockets(till)
    assert broken(loyal) == []


@pytest.mark.parametrize("moment", [BEFORE_COMMIT, AFTER_COMMIT])
def test_a_kill_leaves_all_of_a_member_s_sale_or_none(
    paid: Loyal, tmp_path: Path, moment: str
) -> None:
    killed_and_reopened(copied(paid, tmp_path / "shop"), moment)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_kill_at_any_statement_leaves_none_of_a_member_s_sale(
    paid: Loyal, tmp_path: Path
) -> None:
    whole = finish_and_die(copied(paid, tmp_path / "whole"), TO_THE_END)
    statements = int(whole.stdout)
    assert statements > 20
    for number in range(1, statements + 1, max(1, statements // 12)):
        killed_and_reopened(copied(paid, tmp_path / f"at-{number}"), str(number))


def test_a_full_disk_stores_none_of_a_member_s_sale_and_room_stores_all(
    paid: Loyal, tmp_path: Path
) -> None:
    loyal = copied(paid, tmp_path / "shop")
    with opened(loyal.folder) as till:
        able(till.counter)
        fill_disk(till)
        with pytest.raises(StorageError, match="disk_full"):
            till.counter.checkout.finish(print_slip=False).result()
        none_of_it(till, loyal)
        make_room(till)
        finish(till.counter)
        all_of_it(till, loyal)
        prove(till)
    assert broken(loyal) == []
