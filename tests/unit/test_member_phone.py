"""A phone number has many writings and is one number."""

import subprocess
import sys

import pytest

from pos_app.domain.member.masking import (
    mask_code,
    mask_digits,
    mask_name,
    mask_phone,
)
from pos_app.domain.member.phone import Phone, read_last_four, read_phone
from pos_app.errors import UserError

WRITINGS = [
    ("CN", "13812346217", "+8613812346217"),
    ("CN", "138 1234 6217", "+8613812346217"),
    ("CN", "138-1234-6217", "+8613812346217"),
    ("CN", "138—1234—6217", "+8613812346217"),
    ("CN", "１３８１２３４６２１７", "+8613812346217"),
    ("CN", "+86 138 1234 6217", "+8613812346217"),
    ("CN", "＋８６　１３８１２３４６２１７", "+8613812346217"),
    ("CN", "(+86)13812346217", "+8613812346217"),
    ("CN", "8613812346217", "+8613812346217"),
    ("CN", "0086 13812346217", "+8613812346217"),
    ("CN", "013812346217", "+8613812346217"),
    ("CN", "\u202d13812346217\u202c", "+8613812346217"),
    ("CN", "010-62345678", "+861062345678"),
    ("CN", "19912346217", "+8619912346217"),
    ("TW", "0912-345-678", "+886912345678"),
    ("TW", "912345678", "+886912345678"),
    ("TW", "+886 0912 345 678", "+886912345678"),
    ("TW", "886912345678", "+886912345678"),
    ("TW", "002 86 138 1234 6217", "+8613812346217"),
    ("HK", "9123 4567", "+85291234567"),
    ("HK", "85291234567", "+85291234567"),
    ("HK", "8613812346217", "+8613812346217"),
    ("MO", "6612 3456", "+85366123456"),
    ("CN", "85291234567", "+85291234567"),
    ("cn", "00852 9123 4567", "+85291234567"),
    ("CN", "+49 (0)1512 3456789", "+4915123456789"),
    ("CN", "+1 650-253-0000", "+16502530000"),
]

REFUSED = [
    ("CN", "", "member_phone_empty"),
    ("CN", " - ", "member_phone_empty"),
    ("CN", "138ABCD6217", "member_phone_signs"),
    ("CN", "13812346217#3", "member_phone_signs"),
    ("CN", "一三八", "member_phone_signs"),
    ("CN", "1", "member_phone_short"),
    ("CN", "1381234", "member_phone_short"),
    ("CN", "1381234621", "member_phone_short"),
    ("MO", "212349991", "member_phone_long"),
    ("HK", "912", "member_phone_short"),
    ("CN", "+1234567890123456789", "member_phone_long"),
    ("HK", "9123456", "member_phone_unknown"),
    ("CN", "138123462170", "member_phone_long"),
    ("CN", "12812346217", "member_phone_unknown"),
    ("CN", "1381234621713812346217", "member_phone_long"),
    ("CN", "1" * 60, "member_phone_long"),
    ("CN", "400 123 4567", "member_phone_service"),
    ("TW", "0800 123 456", "member_phone_service"),
    ("CN", "+999 1234567", "member_phone_unknown"),
]


@pytest.mark.parametrize(("region", "text", "number"), WRITINGS)
def test_all_writings_of_a_number_are_one(region, text, number) -> None:
    assert read_phone(text, region).e164 == number


@pytest.mark.parametrize(("region", "text", "key"), REFUSED)
def test_what_is_no_number_is_refused_by_its_own_word(region, text, key) -> None:
    with pytest.raises(UserError) as refused:
        read_phone(text, region)
    assert refused.value.key == key


def test_a_number_that_no_plan_knows_is_taken_when_somebody_is_sure() -> None:
    with pytest.raises(UserError, match="member_phone_unknown"):
        read_phone("1234 5678", "HK")
    assert read_phone("1234 5678", "HK", is_sure=True).e164 == "+85212345678"


def test_a_hotline_is_nobodys_own_even_when_somebody_is_sure() -> None:
    with pytest.raises(UserError, match="member_phone_service"):
        read_phone("400 123 4567", "CN", is_sure=True)


def test_the_last_four_digits_are_read_as_they_are_said() -> None:
    assert read_last_four(" ６２ 17 ") == "6217"
    for wrong in ("621", "62178", "62a7", ""):
        with pytest.raises(UserError, match="member_last_four_shape"):
            read_last_four(wrong)


def test_a_number_does_not_print_itself() -> None:
    assert "6217" not in repr(read_phone("13812346217", "CN"))


def test_the_plans_of_the_world_are_loaded_late() -> None:
    words = (
        "import sys, pos_app.domain.member.phone, pos_app.domain.member.member,"
        "pos_app.services.member_codes, pos_app.persistence.member_vault;"
        "sys.exit('phonenumbers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", words], check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "region", "home", "shown"),
    [
        ("13812346217", "CN", 86, "138****6217"),
        ("0912345678", "TW", 886, "09****5678"),
        ("91234567", "HK", 852, "****4567"),
        ("66123456", "MO", 853, "****3456"),
        ("91234567", "HK", 86, "+852 ****4567"),
        ("13812346217", "CN", 886, "+86 138****6217"),
        ("+16502530000", "CN", 86, "+1 65****0000"),
    ],
)
def test_a_number_is_shown_masked(text, region, home, shown) -> None:
    assert mask_phone(read_phone(text, region), home) == shown


def test_short_digits_hide_half_at_least() -> None:
    assert mask_digits("1234") == "**34"
    assert mask_digits("1") == "*"
    assert mask_digits("") == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("林可怡", "林*怡"),
        ("林 可怡", "林*怡"),
        ("林怡", "林*"),
        ("欧阳娜娜", "欧**娜"),
        ("林", "*"),
        ("古丽娜扎尔·买买提", "古****提"),
        ("김민수", "김*수"),
        ("山田太郎", "山**郎"),
        ("𠮷野家", "𠮷*家"),
        ("Jane Smith", "J*** S***"),
        ("O'Neil", "O***"),
        ("Élodie", "É***"),
        ("E\u0301lodie", "É***"),
        ("Анна Иванова", "А*** И***"),
        ("J", "***"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_name_is_masked_by_its_script(name, shown) -> None:
    assert mask_name(name) == shown


def test_a_card_shows_its_end_only() -> None:
    assert mask_code("M0123456789ABCX") == "****BCX"
    assert mask_code("1234") == "****4"
    assert mask_code("12") == "****"


def test_two_writings_of_one_number_are_equal_values() -> None:
    assert Phone(886, "912345678", "0") == Phone(886, "912345678")
