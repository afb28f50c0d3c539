"""The doctor looks at members: what finds them, who was erased, merges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hardware.system_clock import SystemClock
from pos_app.bootstrap import Till
from pos_app.persistence.checks.member_check import members
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_members import LIN, WANG, enrolled, wait
from tests.counter_shop import MANAGER, fresh_shop, opened


@pytest.fixture
def shop(tmp_path: Path) -> ShopFolder:
    folder = fresh_shop(tmp_path)
    with opened(folder, number=MANAGER) as till:
        enrolled(till.counter, LIN, "林可怡", card="KA-1234", tags=("vip",))
        other = enrolled(till.counter, WANG, "王伟")
        gone = enrolled(till.counter, "13712345678", "陈小明")
        wait(till.counter.member_admin.erasure.erase(gone))
        wait(till.counter.member_admin.means.release_phone(other))
    return folder


@pytest.fixture
def room(shop: ShopFolder) -> Iterator[CheckRoom]:
    room = CheckRoom(shop, open_key_ring(shop.root), SystemClock())
    yield room
    room.close()


def keys(room: CheckRoom) -> set[str]:
    return {finding.key for finding in members(room)}


def spoil(room: CheckRoom, *statements: str) -> None:
    """Change the ledger behind its triggers' back."""
    room.close()
    engine = open_engine(room.folder.ledger, room.ring.ledger_key, LEDGER_WRITER)
    with engine.begin() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type='trigger'")
        ).scalars()
        for name in [x for x in names if x.startswith("member")]:
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_a_sound_shop_is_sound(room: CheckRoom) -> None:
    assert keys(room) == {"members_sound"}


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        (
            (
                "INSERT INTO member_tag SELECT 'vip', member_key FROM member"
                " WHERE erased_at_ms IS NOT NULL"
            ),
            "members_half_erased",
        ),
        (
            "UPDATE member_profile SET wrapped_key = x'' WHERE member_key = 1",
            "members_without_data",
        ),
        (
            "UPDATE member_phone SET digest = x'00112233' WHERE member_key = 1",
            "members_not_found_by_number",
        ),
        (
            "UPDATE member_profile SET content = x'0102' WHERE member_key = 1",
            "members_not_found_by_number",
        ),
        (
            (
                "INSERT INTO member_phone (digest, member_key, since_ms)"
                " VALUES (x'99', 1, 1)"
            ),
            "members_numbers_twice",
        ),
    ],
)
def test_what_is_wrong_is_named(room: CheckRoom, statement: str, key: str) -> None:
    spoil(room, statement)
    assert key in keys(room)


def test_no_finding_names_anybody(room: CheckRoom) -> None:
    spoil(room, "UPDATE member_phone SET digest = x'00' WHERE member_key = 1")
    told = repr(members(room))
    assert "林可怡" not in told
    assert LIN not in told


def test_the_open_till_is_a_patient_too(shop: ShopFolder) -> None:
    with opened(shop, number=MANAGER) as till:
        assert isinstance(till, Till)
        room = CheckRoom(shop, till.ring, SystemClock())
        assert keys(room) == {"members_sound"}
        room.close()
