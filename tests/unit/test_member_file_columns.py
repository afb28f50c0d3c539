"""Columns of a file of members: proposed by the header, named by hand, remembered."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.services.member_admin import MemberAdmin
from pos_app.services.member_columns import MemberField as F
from pos_app.services.member_file_columns import (
    SETTING,
    finds_people,
    mapping_of,
    with_meaning,
)
from pos_app.services.replay import ReplayClock
from tests.counter_shop import (
    MANAGER,
    NOON,
    journal_kinds,
    make_counter_shop,
    opened,
)

CHANGED = EntryKind.SETTINGS_CHANGED.value


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(
        make_counter_shop(tmp_path / "shop"), ReplayClock(NOON), number=MANAGER
    ) as found:
        yield found


@pytest.fixture
def admin(till: Till) -> MemberAdmin:
    return till.counter.member_admin


def written(tmp_path: Path, header: str, name: str = "a.csv") -> Path:
    file = tmp_path / name
    file.write_text(f"{header}\n13712345678,陈小明,70\n13712345679,王,\n")
    return file


def test_the_header_proposes_and_the_first_lines_are_shown(admin, tmp_path) -> None:
    found = admin.file_columns.glimpse(written(tmp_path, "手机号,姓名,积分"), "CN")
    assert found.meanings == (F.PHONE, F.NAME, F.POINTS)
    assert found.lines[0] == ("13712345678", "陈小明", "70")
    assert len(found.lines) == 2


def test_a_header_that_says_nothing_is_named_by_hand_and_remembered(
    till, admin, tmp_path
) -> None:
    file, columns = written(tmp_path, "A,B,C"), admin.file_columns
    found = columns.glimpse(file, "CN")
    assert found.meanings == (None, None, None)
    said = with_meaning((None, F.NAME, None), 0, F.PHONE)
    assert finds_people(said)
    assert not finds_people(found.meanings)
    before = journal_kinds(till).count(CHANGED)
    for _twice in range(2):
        columns.remember(found.headers, said).result()
    assert columns.glimpse(written(tmp_path, " a ,b,C", "b.csv"), "CN").meanings == said
    assert (
        columns.glimpse(written(tmp_path, "A,B,D", "c.csv"), "CN").meanings
        == (None,) * 3
    )
    # The second time nothing was new.
    assert journal_kinds(till).count(CHANGED) == before + 1
    terms = admin.imports.terms(mapping_of(said), is_whole=True)
    looked = admin.imports.look(file, terms)
    assert [(x.line.name, x.line.points) for x in looked.planned] == [
        ("陈小明", 0),
        ("王", 0),
    ]


def test_what_is_named_by_hand_counts_more_than_the_header(admin, tmp_path) -> None:
    file = written(tmp_path, "电话,姓名,积分")
    said = with_meaning(with_meaning((F.PHONE, F.NAME, F.POINTS), 2, None), 1, F.NOTE)
    assert said == (F.PHONE, F.NOTE, None)
    terms = admin.imports.terms(mapping_of(said), is_whole=True)
    (first, _second) = admin.imports.look(file, terms).planned
    assert (first.line.note, first.line.name) == ("陈小明", "")
    with pytest.raises(UserError, match="member_import_columns"):
        admin.imports.look(file, admin.imports.terms({}, is_whole=True))


def test_a_meaning_belongs_to_one_column() -> None:
    assert with_meaning((F.PHONE, None), 1, F.PHONE) == (None, F.PHONE)


def test_what_is_remembered_wrongly_is_as_if_nobody_had_said_it(
    till, admin, tmp_path
) -> None:
    file = written(tmp_path, "手机号,姓名,积分")
    for text in ("{", "[]", json.dumps({"x": "y"})):
        till.counter.desk.ledger.submit(
            lambda unit, text=text: unit.set_setting(SETTING, text)
        ).result()
        assert admin.file_columns.glimpse(file, "CN").meanings[0] is F.PHONE


@pytest.mark.parametrize("first", ["13712345677", "'13712345677", "13712345677.0"])
def test_a_file_without_a_header_loses_no_member(admin, tmp_path, first) -> None:
    file, columns = written(tmp_path, f"林,{first},30"), admin.file_columns
    found = columns.glimpse(file, "CN")
    assert (found.headers, found.has_header) == (("1", "2", "3"), False)
    assert found.meanings == (None, F.PHONE, None)
    assert [line[0] for line in found.lines] == ["林", "13712345678", "13712345679"]
    file.write_text(f"林,{first},30\n陈小明,13712345678,70\n")
    looked = admin.imports.look(file, admin.imports.terms())
    assert not looked.has_header
    assert looked.unused_columns == ("1", "3")
    assert [x.line.line for x in looked.to_write] == [1, 2]
    named = admin.imports.look(file, admin.imports.terms({"name": "1", "points": "3"}))
    assert [(x.line.name, x.line.points) for x in named.planned] == [
        ("林", 30),
        ("陈小明", 70),
    ]


def test_what_columns_without_names_mean_is_proposed_again_but_the_phones_are_seen(
    admin, tmp_path
) -> None:
    columns = admin.file_columns
    said = (F.PHONE, F.NAME, F.POINTS)
    file = written(tmp_path, "13712345677,林,30")
    columns.remember(columns.glimpse(file, "CN").headers, said).result()
    assert columns.glimpse(file, "CN").meanings == said
    other = tmp_path / "other.csv"
    other.write_text("林,13712345677,30\n")
    assert columns.glimpse(other, "CN").meanings == (None, F.PHONE, F.POINTS)


@pytest.mark.parametrize("title", ["会员名单 2026", "手机号 13 位", "2026-11-23"])
def test_a_first_line_without_a_phone_number_is_a_header(
    admin, tmp_path, title
) -> None:
    found = admin.file_columns.glimpse(written(tmp_path, f"{title},姓名,积分"), "CN")
    assert found.has_header
    assert len(found.lines) == 2
