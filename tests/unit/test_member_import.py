"""A file of members becomes members: nothing twice, nothing written over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.domain.member.consent import Purpose
from pos_app.errors import UserError
from pos_app.ports.member_admin import MemberQuery
from pos_app.services.member_import import ImportOutcome, MemberFile
from pos_app.services.member_import_plan import LineOutcome
from pos_app.services.session import ApprovalNeeded
from tests.builders_members import LIN, WANG, approve, enrolled, wait
from tests.counter_shop import MANAGER, SUPERVISOR, fresh_shop, opened

HEADER = "手机号,姓名,生日,积分,积分有效期,卡号,标签,同意,营销同意,来源"
GOOD = f"""{HEADER}
13812346217,林可怡,1990-05-17,1200,2027-12-31,KA-1,vip;宝妈,是,否,poster
13912340001,王伟,,0,,,,是,是,
,陈小明,,50,,KA-3,,,,
"""


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as till:
        yield till


def look(till: Till, content: str | bytes, name: str = "members.csv") -> MemberFile:
    file = till.folder.root.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    imports = till.counter.member_admin.imports
    return imports.look(file, imports.terms())


def take(till: Till, content: str | bytes, name: str = "members.csv") -> ImportOutcome:
    imports = till.counter.member_admin.imports
    found = look(till, content, name)
    terms = imports.terms()
    try:
        job = imports.decide(found, terms)
    except ApprovalNeeded as needed:
        approve(till.counter, needed, SUPERVISOR)
        job = imports.decide(found, terms)
    return job.run()


def problems(found: MemberFile) -> list[tuple[int, str]]:
    return [(x.line, x.key) for x in found.problems]


def members(till: Till) -> dict[str, tuple[str, int]]:
    rows = till.counter.member_admin.pages.page(MemberQuery()).rows
    return {row.phone: (row.name, row.points) for row in rows}


def test_a_file_becomes_members_with_points_cards_tags_and_consents(
    till: Till,
) -> None:
    outcome = take(till, GOOD)
    assert (outcome.added, outcome.changed, outcome.points) == (3, 0, 1250)
    assert members(till) == {
        "138****6217": ("林*怡", 1200),
        "139****0001": ("王*", 0),
        "": ("陈*明", 50),
    }
    (lin,) = till.counter.member_admin.pages.found(LIN)
    detail = till.counter.member_admin.pages.detail(lin)
    assert detail.birthday == (5, 17)
    assert detail.member.tags == ("vip", "宝妈")
    assert detail.member.source == "poster"
    consents = detail.member.consents
    assert consents.allows(Purpose.MEMBERSHIP)
    assert not consents.allows(Purpose.MARKETING)
    assert {entry.how for entry in consents.entries} == {"import"}
    assert till.counter.member_admin.pages.found("KA-1") == (lin,)
    assert till.ledger.points.unproven() == []


def test_a_file_read_twice_changes_nothing_the_second_time(till: Till) -> None:
    take(till, GOOD)
    before = members(till)
    again = look(till, GOOD)
    assert again.to_write == ()
    assert again.count(LineOutcome.UNCHANGED) == 3
    assert again.points == 0
    imports = till.counter.member_admin.imports
    terms = imports.terms()
    with pytest.raises(UserError, match="member_import_nothing"):
        imports.decide(again, terms)
    assert members(till) == before


def test_opening_points_come_once_however_the_file_was_changed(till: Till) -> None:
    take(till, GOOD)
    found = look(till, GOOD.replace("1200", "9999"))
    assert found.to_write == ()
    assert (2, "member_import_points_booked") in problems(found)
    assert members(till)["138****6217"] == ("林*怡", 1200)


def test_points_of_a_file_need_two_people(till: Till) -> None:
    imports = till.counter.member_admin.imports
    with pytest.raises(ApprovalNeeded) as needed:
        imports.decide(look(till, GOOD), imports.terms())
    assert needed.value.demand.action.value == "points_adjust"
    assert members(till) == {}
    without = "phone,name\n13812346217,林可怡\n"
    assert imports.decide(look(till, without), imports.terms()).run().added == 1


def test_an_approval_of_one_file_is_none_for_another(till: Till) -> None:
    imports = till.counter.member_admin.imports
    with pytest.raises(ApprovalNeeded) as needed:
        imports.decide(look(till, GOOD), imports.terms())
    approve(till.counter, needed.value, SUPERVISOR)
    with pytest.raises(ApprovalNeeded):
        imports.decide(look(till, GOOD.replace("1200", "120000")), imports.terms())


def test_looking_writes_nothing(till: Till) -> None:
    found = look(till, GOOD)
    assert found.count(LineOutcome.ADDED) == 3
    assert found.points == 1250
    assert members(till) == {}


def test_the_same_number_in_two_lines_is_one_member(till: Till) -> None:
    text = "phone,name,card\n13812346217,林,\n+86 138-1234-6217,怡,\n,x,K-1234\n,y,k-1234\n"
    found = look(till, text)
    assert problems(found) == [
        (3, "member_import_duplicate"),
        (5, "member_import_card_duplicate"),
    ]
    assert take(till, text).added == 2


def test_a_known_member_keeps_what_the_shop_knows_and_gains_the_rest(
    till: Till,
) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    text = "phone,name,birthday,card,tags,points\n13812346217,LIN,0517,K-1234,vip,70\n"
    found = look(till, text)
    assert problems(found) == [(2, "member_import_name_kept")]
    (planned,) = found.planned
    assert (planned.outcome, planned.member_id) == (LineOutcome.CHANGED, lin)
    assert planned.gains == {"birthday", "card", "tags", "points"}
    assert take(till, text).changed == 1
    detail = till.counter.member_admin.pages.detail(lin)
    assert detail.row.name == "林*怡"
    assert detail.birthday == (5, 17)
    assert (detail.member.tags, detail.row.points) == (("vip",), 70)
    assert look(till, text).to_write == ()


def test_a_member_with_a_card_only_gains_a_number(till: Till) -> None:
    take(till, "card,name\nK-1234,林可怡\n")
    assert take(till, "card,phone\nK-1234,13812346217\n").changed == 1
    assert members(till) == {"138****6217": ("林*怡", 0)}


def test_number_and_card_of_two_members_are_refused(till: Till) -> None:
    enrolled(till.counter, LIN, card="K-1234")
    enrolled(till.counter, WANG)
    found = look(till, "phone,card\n13912340001,K-1234\n13712345678,K-1234\n")
    assert [key for _line, key in problems(found)] == [
        "member_import_two_members",
        "member_import_card_duplicate",
    ]
    found = look(till, "phone,card\n13712345678,K-1234\n")
    assert problems(found) == [(2, "member_import_card_taken")]


def test_a_number_that_was_a_members_before_is_told_of(till: Till) -> None:
    lin = enrolled(till.counter, LIN, "林可怡")
    wait(till.counter.member_admin.erasure.erase(lin))
    found = look(till, "phone\n13812346217\n")
    assert problems(found) == [(2, "member_import_seen")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5", "utf-16"])
def test_a_file_in_any_usual_encoding_is_read(till: Till, encoding: str) -> None:
    # Characters that all of them have; enough of them to tell the encodings apart.
    text = "手機號碼,姓名,備註\n" + "".join(
        f"1381234{n:04},王小明,老客戶,\n" for n in range(30)
    )
    found = look(till, text.encode(encoding))
    assert found.count(LineOutcome.ADDED) == 30
    assert {x.line.name for x in found.planned} == {"王小明"}


def test_a_spreadsheet_with_numbers_as_numbers_is_read(till: Till) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["手机号", "姓名", "积分"])
    sheet.append([13812346217, "林可怡", 120])
    sheet.append(["1.39E+10", "王伟", 5])
    file = till.folder.root.parent / "members.xlsx"
    book.save(file)
    found = look(till, file.read_bytes(), "members.xlsx")
    assert problems(found) == [(3, "member_import_shortened")]
    assert found.planned[0].line.points == 120


def test_somebody_who_was_quicker_is_left_to_the_next_reading(till: Till) -> None:
    imports = till.counter.member_admin.imports
    terms = imports.terms()
    text = "phone\n13812346217\n13912340001\n"
    job = imports.decide(look(till, text), terms)
    enrolled(till.counter, LIN)
    outcome = job.run()
    assert (outcome.added, outcome.late) == (1, [2])
    assert look(till, text).to_write == ()


def test_the_journal_tells_lines_and_sums_and_nobodys_data(till: Till) -> None:
    take(till, GOOD)
    with till.ledger.read_engine.begin() as connection:
        rows = connection.exec_driver_sql(
            "SELECT plain(canonical) FROM journal WHERE kind = ?",
            (EntryKind.MEMBERS_IMPORTED.value,),
        ).all()
    (told,) = [row[0] for row in rows]
    assert '"added":3' in told
    assert '"points":1250' in told
    for personal in ("林可怡", LIN, "KA-1", "王伟"):
        assert personal not in told
