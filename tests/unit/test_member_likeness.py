"""Members who are perhaps one person: told with a reason, never by a name alone."""

from __future__ import annotations

import pytest

from pos_app.domain.member.likeness import (
    Likeness,
    Traits,
    is_near,
    likely_pairs,
    likeness,
)
from pos_app.domain.member.phone import Phone


def phone(national: str) -> Phone:
    return Phone(86, national)


LIN = Traits("m1", "林可怡", "lin ke yi", (5, 17), phone("13812346217"))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (Traits("m2", "林可怡", "lin ke yi", (5, 17)), Likeness.NAME_AND_BIRTHDAY),
        (
            Traits("m2", "林可怡", "lin ke yi", None, phone("13812346271")),
            Likeness.NAME_AND_PHONE,
        ),
        (Traits("m2", "林可仪", "lin ke yi", (5, 17)), Likeness.SOUND_AND_BIRTHDAY),
        (
            Traits("m2", "", "", (5, 17), phone("13812346218")),
            Likeness.BIRTHDAY_AND_PHONE,
        ),
        (Traits("m2", "林可怡", "lin ke yi", (5, 18)), None),
        (Traits("m2", "林可怡", "lin ke yi"), None),
        (Traits("m2", "王伟", "wang wei", (5, 17), phone("13812346218")), None),
        (Traits("m2", "", "", None, phone("13812346218")), None),
        (Traits("m2"), None),
    ],
)
def test_why_two_members_look_like_one(other: Traits, why: Likeness | None) -> None:
    assert likeness(LIN, other) is why
    assert likeness(other, LIN) is why


def test_nobody_without_name_and_birthday_looks_like_anybody() -> None:
    assert likeness(Traits("a"), Traits("b")) is None


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ("13812346218", True),
        ("13812346271", True),
        ("31812346217", True),
        ("13812346217", False),  # the same number is no slip
        ("13812346128", False),
        ("1381234621", False),
    ],
)
def test_a_slip_of_the_finger_is_one_digit_or_two_that_changed_places(
    other: str, near: bool
) -> None:
    assert is_near(phone("13812346217"), phone(other)) is near


def test_numbers_of_two_countries_are_never_near() -> None:
    assert not is_near(Phone(86, "13812346217"), Phone(852, "13812346218"))


def test_pairs_come_once_the_likeliest_first_and_the_older_member_first() -> None:
    group = [
        Traits("m3", "林可仪", "lin ke yi", (5, 17)),
        Traits("m2", "林可怡", "lin ke yi", (5, 17)),
        LIN,
        LIN,
    ]
    pairs = likely_pairs(group)
    assert [(p.first_id, p.second_id) for p in pairs] == [
        ("m1", "m2"),
        ("m1", "m3"),
        ("m2", "m3"),
    ]
    assert pairs[0].why is Likeness.NAME_AND_BIRTHDAY
