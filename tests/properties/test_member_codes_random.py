"""Ten thousand random codes: only the true one of now is taken, and only once."""

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.domain.member.card_code import (
    ALPHABET,
    is_card,
    read_card,
    write_card,
)
from pos_app.domain.member.rotating_code import (
    read_rotating_code,
    signed_message,
    step_at,
    write_rotating_code,
)
from pos_app.errors import UserError
from pos_app.services.member_codes import CodeKind, MemberCodes, StepsInMemory, kind_of
from pos_app.services.payment_secrets import is_payment_code
from pos_app.values.times import Timestamp

TOKENS = 10_000
MEMBERS = 200
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
NUMBERS = st.integers(1, 2**64 - 1)


class Phones:
    """Members' phones; the till sees the public half."""

    def __init__(self, chance: random.Random) -> None:
        self.keys = {
            chance.getrandbits(64) or 1: Ed25519PrivateKey.from_private_bytes(
                chance.randbytes(32)
            )
            for _each in range(MEMBERS)
        }
        self.public = {
            number: (key.public_key().public_bytes_raw(),)
            for number, key in self.keys.items()
        }

    def good_keys(self, number: int) -> tuple[bytes, ...]:
        return self.public.get(number, ())

    def withdrawn_keys(self, number: int) -> tuple[bytes, ...]:
        return ()

    def show(self, number: int, step: int, signer: int | None = None) -> str:
        key = self.keys[signer or number]
        return write_rotating_code(number, step, key.sign(signed_message(number, step)))


def answer(codes: MemberCodes, code: str, now: Timestamp) -> str:
    try:
        codes.verify(code, now)
    except UserError as refused:
        return refused.key
    return "taken"


def test_of_ten_thousand_random_codes_each_is_answered_as_it_must_be() -> None:
    chance = random.Random(20260922)
    phones = Phones(chance)
    codes = MemberCodes(phones, StepsInMemory())
    numbers = list(phones.keys)
    counts: dict[str, int] = {}
    now = Timestamp(1_790_000_000_000)
    for turn in range(TOKENS // 5):
        if turn % MEMBERS == 0:
            chance.shuffle(numbers)
            now = now.plus_seconds(120)
        number, other = numbers[turn % MEMBERS], numbers[turn % MEMBERS - 1]
        step, off = step_at(now), chance.choice([-1, 0, 1])
        true = phones.show(number, step + off)
        stranger = phones.show(number, step, signer=other)
        early = phones.show(number, step + chance.randint(2, 10**6))
        late = phones.show(number, step - chance.randint(2, 10**6))
        for code, wanted in (
            (stranger, "member_code_forged"),
            (early, "member_code_early"),
            (late, "member_code_late"),
            (true, "taken"),
            (true, "member_code_used"),
        ):
            assert answer(codes, code, now) == wanted
            counts[wanted] = counts.get(wanted, 0) + 1
    assert sum(counts.values()) == TOKENS
    assert set(counts.values()) == {TOKENS // 5}


PHONES = Phones(random.Random(7))
NUMBER = next(iter(PHONES.keys))
NOW = Timestamp(1_790_000_000_000)
TRUE = PHONES.show(NUMBER, step_at(NOW))


@given(at=st.integers(0, 124), sign=st.sampled_from(BASE32))
@settings(max_examples=150, deadline=None)
def test_no_changed_sign_passes(at: int, sign: str) -> None:
    changed = TRUE[:at] + sign + TRUE[at + 1 :]
    codes = MemberCodes(PHONES, StepsInMemory())
    assert (answer(codes, changed, NOW) == "taken") == (changed == TRUE)


@given(length=st.integers(0, 124))
@settings(max_examples=60, deadline=None)
def test_no_cut_code_passes(length: int) -> None:
    codes = MemberCodes(PHONES, StepsInMemory())
    assert answer(codes, TRUE[:length], NOW) == "member_code_damaged"


@given(code=st.text(max_size=200) | st.text(BASE32, min_size=120, max_size=130))
def test_any_text_is_answered_and_never_taken(code: str) -> None:
    codes = MemberCodes(PHONES, StepsInMemory())
    assert answer(codes, code, NOW) != "taken"
    assert kind_of(code) in CodeKind


@given(
    number=NUMBERS,
    step=st.integers(0, 2**32 - 1),
    signature=st.binary(min_size=64, max_size=64),
)
@settings(max_examples=80, deadline=None)
def test_nobody_forges_without_the_phones_key(number, step, signature) -> None:
    code = write_rotating_code(NUMBER, step, signature)
    shown = read_rotating_code(code)
    assert (shown.number, shown.step, shown.signature) == (NUMBER, step, signature)
    now = Timestamp(step * 30_000)
    assert answer(MemberCodes(PHONES, StepsInMemory()), code, now) == (
        "member_code_forged"
    )
    unknown = write_rotating_code(number, step, signature)
    if number not in PHONES.keys:
        codes = MemberCodes(PHONES, StepsInMemory())
        assert answer(codes, unknown, now) == "member_code_unknown"


@given(steps=st.lists(st.integers(0, 20), max_size=30))
def test_taken_steps_only_ever_rise(steps: list[int]) -> None:
    memory = StepsInMemory()
    taken = [step for step in steps if memory.take(NUMBER, step)]
    assert taken == sorted(set(taken))
    assert not steps or taken[-1] == max(steps)


@given(number=NUMBERS)
def test_a_static_code_is_read_back_and_never_looks_like_a_payment(number) -> None:
    code = write_card(number)
    assert read_card(code) == number
    assert is_card(code)
    assert kind_of(code) is CodeKind.STATIC
    assert not is_payment_code(code)


@given(digits=st.text("0123456789", min_size=16, max_size=24))
def test_digits_alone_are_never_a_members_code(digits: str) -> None:
    assert kind_of(digits) is CodeKind.OTHER


@given(number=NUMBERS, at=st.integers(1, 14), sign=st.sampled_from(ALPHABET))
def test_one_wrong_sign_of_a_card_is_noticed(number, at, sign) -> None:
    code = write_card(number)
    wrong = code[:at] + sign + code[at + 1 :]
    if wrong == code:
        return
    with pytest.raises(UserError, match="member_card_mistyped"):
        read_card(wrong)
