"""Who was erased stays erased, whatever older copy the shop goes on from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Till
from pos_app.cli.restore import restore_from_file
from pos_app.domain.journal import EntryKind
from pos_app.persistence.backup import make_backup
from pos_app.persistence.erased_list import ERASED_FILE
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.member_admin import MemberQuery
from tests.builders_members import LIN, WANG, enrolled, give_points, wait
from tests.builders_place import (
    choose,
    make_place_shop,
    open_till,
    play,
    restore,
    wait_for,
)
from tests.builders_till import SIGN_ON


class Erased:
    """A shop with a backup from before an erasure."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder, self.code = make_place_shop(root / "shop")
        with open_till(self.folder) as till:
            play(till, SIGN_ON)
            self.lin = enrolled(till.counter, LIN, "林可怡")
            self.wang = enrolled(till.counter, WANG, "王伟")
            give_points(till.counter, self.lin, 70)
            till.ledger.flush()
            self.backup = make_backup(self.folder, till.ring, SystemClock().now())
            wait(till.counter.member_admin.erasure.erase(self.lin))


@pytest.fixture
def shop(tmp_path: Path) -> Erased:
    return Erased(tmp_path)


def names(till: Till) -> list[str]:
    rows = till.counter.member_admin.pages.page(MemberQuery()).rows
    return [row.name for row in rows]


def is_forgotten(till: Till, shop: Erased) -> bool:
    record = till.ledger.members.of(shop.lin)
    assert record is not None
    pages = till.counter.member_admin.pages
    return record.sealed.is_erased and pages.found(LIN) == () and names(till) == ["王*"]


def test_a_backup_from_before_brings_nobody_back(shop: Erased) -> None:
    restore_from_file(shop.folder, shop.backup, shop.code, replaces=True)
    with open_till(shop.folder) as till:
        assert is_forgotten(till, shop)
        assert till.ledger.points.balances([shop.lin]).get(shop.lin, 0) == 0
        assert till.ledger.points.unproven() == []
        entries = till.ledger.members.entries_of(
            [shop.lin], [EntryKind.MEMBER_ERASED.value], 10
        )
        assert [entry.actor for entry in entries] == [""]
        assert '"again":true' in entries[0].body


def test_a_backup_on_another_machine_carries_the_list_beside_it(shop: Erased) -> None:
    stick = shop.root / "stick"
    shutil.copytree(shop.folder.backups, stick)
    spare = ShopFolder(shop.root / "spare")
    restore_from_file(spare, stick / shop.backup.name, shop.code)
    with open_till(spare) as till:
        assert is_forgotten(till, shop)


def test_it_is_done_once_and_never_again(shop: Erased) -> None:
    restore_from_file(shop.folder, shop.backup, shop.code, replaces=True)
    for _time in range(2):
        with open_till(shop.folder) as till:
            entries = till.ledger.members.entries_of(
                [shop.lin], [EntryKind.MEMBER_ERASED.value], 10
            )
            assert len(entries) == 1


def test_a_list_of_another_shop_erases_nobody_here(
    shop: Erased, tmp_path: Path
) -> None:
    other, _code = make_place_shop(tmp_path / "other")
    with open_till(other) as till:
        play(till, SIGN_ON)
        kept = enrolled(till.counter, LIN, "林可怡")
    shutil.copyfile(shop.folder.root / ERASED_FILE, other.root / ERASED_FILE)
    with open_till(other) as till:
        record = till.ledger.members.of(kept)
        assert record is not None
        assert not record.sealed.is_erased


def test_the_list_goes_to_the_second_place_and_comes_back_from_it(
    shop: Erased,
) -> None:
    stick = shop.root / "place"
    with open_till(shop.folder) as till:
        choose(till, stick)
        wait_for(lambda: any(stick.glob(f"*/{ERASED_FILE}")))
    spare, _restored = restore(stick, shop.code, shop.root / "spare")
    assert (spare.root / ERASED_FILE).exists()
    with open_till(spare) as till:
        assert is_forgotten(till, shop)


def test_a_list_that_was_lost_is_written_anew_from_the_ledger(shop: Erased) -> None:
    (shop.folder.root / ERASED_FILE).unlink()
    with open_till(shop.folder) as till:
        till.counter.member_admin.erasure.write_list()
        assert till.counter.desk.erased.all().keys() == {shop.lin}
