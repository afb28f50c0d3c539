"""A line of a file of members: everything a spreadsheet did to it is seen."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pos_app.domain.member.consent import Purpose
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.services.item_file import FileRow
from pos_app.services.member_birthday_text import read_birthday
from pos_app.services.member_columns import MemberField, find_member_columns
from pos_app.services.member_import_words import (
    PROBLEM_WORDS,
    explain_member_problem,
)
from pos_app.services.member_line import MemberLine
from pos_app.services.member_row import (
    MemberRowReader,
    ShopMembers,
    folded_tier,
    read_points,
)
from pos_app.values.times import Timestamp

NOW = Timestamp.parse("2026-11-22T12:00:00+08:00")
SHOP = ShopMembers(
    "CN", ZoneInfo("Asia/Shanghai"), {folded_tier("金卡"): "gold", "gold": "gold"}, NOW
)


def line_of(country: str = "CN", **cells: str) -> MemberLine:
    columns = find_member_columns(list(cells))
    shop = ShopMembers(country, SHOP.zone, SHOP.tiers, SHOP.now)
    return MemberRowReader(columns, shop).read(FileRow(2, tuple(cells.values())))


def keys(line: MemberLine) -> list[str]:
    return [problem.key for problem in line.problems]


@pytest.mark.parametrize(
    "written",
    [
        "13812346217",
        "138-1234-6217",
        "+86 138 1234 6217",
        "'13812346217",
        "13812346217.0",
        "13812346217.00",
        "１３８１２３４６２１７",
        "008613812346217",
    ],
)
def test_a_phone_number_is_read_however_a_spreadsheet_wrote_it(written: str) -> None:
    line = line_of(手机号=written)
    assert line.phone is not None
    assert line.phone.e164 == "+8613812346217"
    assert not line.problems


@pytest.mark.parametrize("written", ["1.38E+10", "1.3812346217e+10", "1,38E10"])
def test_a_number_that_a_spreadsheet_has_shortened_is_refused(written: str) -> None:
    assert keys(line_of(phone=written)) == ["member_import_shortened"]
    assert keys(line_of(card=written)) == ["member_import_shortened"]


def test_a_taiwanese_number_without_its_zero_is_the_same_number() -> None:
    with_zero, without = (
        line_of("TW", 手機="0912345678"),
        line_of("TW", 手機="912345678"),
    )
    assert with_zero.phone is not None
    assert with_zero.phone == without.phone


def test_a_line_with_neither_phone_nor_card_is_refused() -> None:
    assert keys(line_of(phone="", name="林可怡")) == ["member_import_nobody"]


def test_a_card_of_sixteen_digits_that_end_in_zeros_is_told_of() -> None:
    line = line_of(卡号="8888000012345670")
    assert keys(line) == ["member_import_rounded"]
    assert not line.is_refused


def test_a_card_that_looks_like_a_payment_code_is_refused() -> None:
    line = line_of(卡号="134567890123456789")
    assert keys(line) == ["member_card_like_payment"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1990-05-17", (5, 17)),
        ("1990/5/17", (5, 17)),
        ("1990年5月17日", (5, 17)),
        ("1990-05-17 00:00:00", (5, 17)),
        ("5月17日", (5, 17)),
        ("05-17", (5, 17)),
        ("5/7", (5, 7)),
        ("0517", (5, 17)),
        ("19900517", (5, 17)),
        ("17/05/1990", (5, 17)),
        ("05/17/1990", (5, 17)),
        ("05/05/1990", (5, 5)),
        ("民國79年5月17日", (5, 17)),
        ("079/05/17", (5, 17)),
        ("33010", (5, 17)),
        ("2000-02-29", (2, 29)),
        ("02-29", (2, 29)),
    ],
)
def test_a_birthday_is_read_in_every_usual_writing(
    written: str, found: tuple[int, int]
) -> None:
    assert read_birthday(written) == found


@pytest.mark.parametrize("written", ["1990-02-30", "13-13", "spring", "0", "99999"])
def test_what_is_no_day_is_no_birthday(written: str) -> None:
    with pytest.raises(UserError, match="member_import_birthday"):
        read_birthday(written)


def test_a_birthday_that_may_be_two_days_is_not_guessed() -> None:
    with pytest.raises(UserError, match="member_import_birthday_order"):
        read_birthday("05/06/1990")


@pytest.mark.parametrize(
    ("written", "points"),
    [("0", 0), ("1200", 1200), ("1,200", 1200), ("1200.0", 1200), ("１２", 12)],
)
def test_points_are_whole(written: str, points: int) -> None:
    assert read_points(written) == points


@pytest.mark.parametrize("written", ["-5", "1.5", "1e3", "many", "9" * 13])
def test_points_that_cannot_be_are_refused(written: str) -> None:
    with pytest.raises(UserError, match="member_import_points"):
        read_points(written)


def test_points_that_ended_before_today_are_not_taken_and_the_member_is() -> None:
    line = line_of(phone="13812346217", 积分="100", 积分有效期="2026-11-21")
    assert keys(line) == ["member_import_points_over"]
    assert (line.points, line.points_until, line.is_refused) == (0, None, False)


def test_points_live_until_the_end_of_their_last_day() -> None:
    line = line_of(phone="13812346217", 积分="100", 积分有效期="2026-12-31")
    assert line.points_until == Timestamp.parse("2027-01-01T00:00:00+08:00")


def test_a_tier_is_found_by_key_or_name_and_an_unknown_one_refused() -> None:
    assert line_of(phone="13812346217", 等级=" 金 卡 ").tier == "gold"
    assert line_of(phone="13812346217", 等级="GOLD").tier == "gold"
    assert keys(line_of(phone="13812346217", 等级="钻石")) == ["member_import_tier"]


def test_consents_are_what_the_line_says_and_nothing_more() -> None:
    line = line_of(phone="13812346217", 同意="是", 营销同意="否")
    assert line.consents == {Purpose.MEMBERSHIP: True, Purpose.MARKETING: False}
    assert line_of(phone="13812346217").consents == {}
    assert keys(line_of(phone="13812346217", 同意="maybe")) == ["import_yes_or_no"]


def test_a_source_that_is_no_code_is_left_out_and_told_of() -> None:
    line = line_of(phone="13812346217", 来源="朋友 介绍")
    assert (keys(line), line.source, line.is_refused) == (
        ["member_source_shape"],
        "",
        False,
    )


def test_somebody_who_joins_tomorrow_is_refused() -> None:
    line = line_of(phone="13812346217", 入会日期="2026-11-23")
    assert keys(line) == ["member_import_future"]


def test_a_formula_nobody_worked_out_is_refused() -> None:
    columns = find_member_columns(["phone", "points"])
    row = FileRow(2, ("13812346217", "=A1"), uncalculated=(1,))
    line = MemberRowReader(columns, SHOP).read(row)
    assert "import_formula" in keys(line)


def test_headers_of_several_systems_mean_the_same_columns() -> None:
    columns = find_member_columns(["会员手机号", "會員姓名", "可用积分", "wechat"])
    assert columns.positions == {
        MemberField.PHONE: 0,
        MemberField.NAME: 1,
        MemberField.POINTS: 2,
    }
    assert columns.unused == ("wechat",)


def test_a_column_may_be_named_by_hand() -> None:
    columns = find_member_columns(["a", "b"], {"phone": "2", "name": "a"})
    assert columns.positions == {MemberField.PHONE: 1, MemberField.NAME: 0}
    for wrong in ({"phone": "3"}, {"fone": "1"}):
        with pytest.raises(UserError, match="import_mapping"):
            find_member_columns(["a", "b"], wrong)


def test_a_file_without_phone_and_card_cannot_be_used() -> None:
    with pytest.raises(UserError, match="member_import_columns"):
        find_member_columns(["姓名", "积分"])


def test_every_problem_has_words() -> None:
    odd = line_of(
        phone="12", 姓名="x" * 61, 生日="?", 等级="?", 积分="?", 卡号="汉", 同意="?"
    )
    assert len(odd.problems) == 7
    words = Words("en")
    assert all(explain_member_problem(each, words) for each in odd.problems)
    assert all(key in PROBLEM_WORDS for key in keys(odd))
