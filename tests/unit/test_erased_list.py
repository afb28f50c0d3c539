"""The list of erased members: kept beside the ledger, and nobody's to forge."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.persistence.erased_list import ERASED_FILE, ErasedList, carry_erased
from pos_app.persistence.key_ring import KeyRing
from pos_app.values.times import Timestamp

AT = Timestamp(1_790_000_000_000)


def ring(pepper: bytes = b"p" * 32) -> KeyRing:
    keys = {"device_key": b"d" * 32, "signing_key": b"s" * 32, "badge_key": b"b" * 32}
    return KeyRing("r", "file", b"l" * 32, b"c" * 32, pepper, **keys)


@pytest.fixture
def backups(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def test_what_was_added_is_read_back_by_another_list(
    tmp_path: Path, backups: Path
) -> None:
    ErasedList(ring(), tmp_path, [backups]).add({"m1": AT, "m2": Timestamp(1)})
    assert ErasedList(ring(), tmp_path, ()).all() == {"m1": AT, "m2": Timestamp(1)}
    assert ErasedList(ring(), backups, ()).all().keys() == {"m1", "m2"}


def test_a_known_id_keeps_its_first_moment(tmp_path: Path) -> None:
    erased = ErasedList(ring(), tmp_path, ())
    erased.add({"m1": AT})
    erased.add({"m1": Timestamp(5), "m2": AT})
    assert erased.all() == {"m1": AT, "m2": AT}


def test_a_line_that_somebody_wrote_by_hand_erases_nobody(tmp_path: Path) -> None:
    ErasedList(ring(), tmp_path, ()).add({"m1": AT})
    file = tmp_path / ERASED_FILE
    genuine = file.read_text()
    forged = genuine.replace("m1", "m2") + f"m3 7\nm4 7 {'0' * 32}\n\nm5\n"
    file.write_text(genuine + forged)
    assert ErasedList(ring(), tmp_path, ()).all() == {"m1": AT}


def test_the_list_of_another_shop_says_nothing(tmp_path: Path) -> None:
    ErasedList(ring(b"q" * 32), tmp_path, ()).add({"m1": AT})
    assert ErasedList(ring(), tmp_path, ()).all() == {}


def test_a_list_cut_in_the_middle_keeps_its_whole_lines(tmp_path: Path) -> None:
    ErasedList(ring(), tmp_path, ()).add({"m1": AT, "m2": AT})
    file = tmp_path / ERASED_FILE
    file.write_bytes(file.read_bytes()[:-7])
    assert ErasedList(ring(), tmp_path, ()).all() == {"m1": AT}


def test_a_backup_folder_that_is_gone_stops_no_erasure(tmp_path: Path) -> None:
    erased = ErasedList(ring(), tmp_path, [tmp_path / "gone"])
    erased.add({"m1": AT})
    assert erased.all() == {"m1": AT}


def test_lists_of_several_places_come_together(tmp_path: Path, backups: Path) -> None:
    ErasedList(ring(), backups, ()).add({"m1": AT})
    shop = tmp_path / "shop"
    shop.mkdir()
    ErasedList(ring(), shop, ()).add({"m2": AT})
    staged = tmp_path / "staged"
    staged.mkdir()
    carry_erased(staged, [shop, backups, tmp_path / "gone"])
    assert ErasedList(ring(), staged, ()).all().keys() == {"m1", "m2"}


def test_nothing_is_written_where_nobody_was_erased(tmp_path: Path) -> None:
    carry_erased(tmp_path, [tmp_path / "gone"])
    assert not (tmp_path / ERASED_FILE).exists()
