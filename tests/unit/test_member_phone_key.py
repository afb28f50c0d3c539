"""A phone's public key as it is shown once: read exactly, or not at all."""

from __future__ import annotations

import pytest

from pos_app.domain.member.card_code import is_card
from pos_app.domain.member.phone_key import (
    KEY_BEGINNING,
    KEY_CHARACTERS,
    is_phone_key,
    read_phone_key,
    write_phone_key,
)
from pos_app.domain.member.rotating_code import is_rotating_code
from pos_app.errors import UserError

KEY = bytes(range(32))


def test_a_key_is_read_back_from_its_code() -> None:
    code = write_phone_key(KEY)
    assert len(code) == KEY_CHARACTERS
    assert code.startswith(KEY_BEGINNING)
    assert read_phone_key(f" {code.lower()} ") == KEY


def test_a_key_is_taken_for_no_other_code() -> None:
    code = write_phone_key(KEY)
    assert is_phone_key(code)
    assert not is_rotating_code(code)
    assert not is_card(code)


def test_each_wrong_character_is_noticed() -> None:
    code = write_phone_key(KEY)
    for at in range(len(code)):
        wrong = "A" if code[at] != "A" else "B"
        with pytest.raises(UserError, match="member_token_shape"):
            read_phone_key(code[:at] + wrong + code[at + 1 :])


@pytest.mark.parametrize("code", ["", "JMY", "1" * 61, KEY_BEGINNING + "!" * 58])
def test_anything_else_is_no_key(code: str) -> None:
    with pytest.raises(UserError, match="member_token_shape"):
        read_phone_key(code)
