"""Codes of coupons: no look-alikes, every slip found, never taken for money."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.domain.coupon.code import (
    ALPHABET,
    CODE_LENGTH,
    CodeKind,
    code_digest,
    grouped,
    new_code,
    read_code,
)
from pos_app.errors import UserError
from pos_app.services.payment_secrets import is_payment_code

SECRETS = st.binary(min_size=16, max_size=16)


def code_of(secret: bytes, kind: CodeKind = CodeKind.COUPON) -> str:
    return new_code(kind, lambda _size: secret)


def test_a_code_has_no_look_alikes_and_begins_with_a_letter() -> None:
    code = code_of(bytes(range(16)))
    assert len(code) == CODE_LENGTH == 28
    assert code[0] == "C"
    assert not set("ILOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == 32


@given(SECRETS, st.sampled_from(CodeKind))
def test_a_code_is_read_as_people_write_it(secret: bytes, kind: CodeKind) -> None:
    code = code_of(secret, kind)
    typed = grouped(code).lower().replace("0", "o").replace("1", "l")
    assert read_code(code) == read_code(f" {typed} ") == (kind, code)
    assert not is_payment_code(code)


def test_every_wrong_character_is_found() -> None:
    code = code_of(random.Random(7).randbytes(16))
    for place, right in enumerate(code):
        for wrong in set(ALPHABET) - {right}:
            with pytest.raises(UserError, match="coupon_code_unreadable"):
                read_code(code[:place] + wrong + code[place + 1 :])


@given(SECRETS)
def test_every_two_characters_that_changed_places_are_found(secret: bytes) -> None:
    code = code_of(secret)
    for first in range(CODE_LENGTH):
        for second in range(first + 1, CODE_LENGTH):
            swapped = list(code)
            swapped[first], swapped[second] = code[second], code[first]
            if "".join(swapped) != code:
                with pytest.raises(UserError):
                    read_code("".join(swapped))


@given(st.text(max_size=40))
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="coupon_code_unreadable"):
        read_code(text)


def test_the_ledger_keeps_a_digest_that_tells_codes_apart() -> None:
    digests = {code_digest(code_of(bytes([n] * 16))) for n in range(100)}
    assert len(digests) == 100
