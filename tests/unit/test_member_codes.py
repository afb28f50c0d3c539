"""Static and rotating codes: read, verified offline, refused by their own word."""

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import pos_app.services.member_codes as member_codes_module
from pos_app.domain.member.card_code import (
    ALPHABET,
    is_card,
    member_number,
    read_card,
    write_card,
)
from pos_app.domain.member.rotating_code import (
    CODE_BEGINNING,
    is_rotating_code,
    read_rotating_code,
    signed_message,
    step_at,
    write_rotating_code,
)
from pos_app.errors import UserError
from pos_app.services.member_codes import (
    CodeKind,
    MemberCodes,
    StepsInMemory,
    check_foreign_card,
    kind_of,
)
from pos_app.services.payment_secrets import is_payment_code
from pos_app.values.times import Timestamp

NOW = Timestamp(1_790_000_000_000)
NUMBER = 0x0123456789ABCDEF
PHONE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
LOST = Ed25519PrivateKey.from_private_bytes(b"l" * 32)
STRANGER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)


class Keys:
    """The public keys of one member's phones."""

    def good_keys(self, number: int) -> tuple[bytes, ...]:
        return (PHONE.public_key().public_bytes_raw(),) if number == NUMBER else ()

    def withdrawn_keys(self, number: int) -> tuple[bytes, ...]:
        return (LOST.public_key().public_bytes_raw(),) if number == NUMBER else ()


def shown(key=PHONE, number=NUMBER, at=NOW, off=0) -> str:
    step = step_at(at) + off
    return write_rotating_code(number, step, key.sign(signed_message(number, step)))


@pytest.fixture
def codes() -> MemberCodes:
    return MemberCodes(Keys(), StepsInMemory())


def refusal(codes: MemberCodes, code: str, now: Timestamp = NOW) -> str:
    with pytest.raises(UserError) as refused:
        codes.verify(code, now)
    return refused.value.key


def test_a_code_of_now_is_taken(codes) -> None:
    code = shown()
    assert len(code) == 125
    assert code.startswith(CODE_BEGINNING)
    assert re.fullmatch("[A-Z2-7]+", code)  # a QR code's alphanumeric mode
    seen = codes.verify(code.lower() + "\r", NOW)
    assert (seen.number, seen.step, seen.steps_ahead) == (NUMBER, step_at(NOW), 0)


@pytest.mark.parametrize("off", [-1, 0, 1])
def test_a_clock_may_be_a_step_off(codes, off) -> None:
    assert codes.verify(shown(off=off), NOW).steps_ahead == off


def test_every_wrong_code_is_refused_by_its_own_word(codes) -> None:
    forged = read_rotating_code(shown(STRANGER))
    assert refusal(codes, shown(STRANGER)) == "member_code_forged"
    assert refusal(codes, shown(number=NUMBER + 1)) == "member_code_unknown"
    assert refusal(codes, shown(LOST)) == "member_code_withdrawn"
    assert refusal(codes, shown(off=-2)) == "member_code_late"
    assert refusal(codes, shown(off=2)) == "member_code_early"
    assert refusal(codes, shown()[:-1]) == "member_code_damaged"
    assert refusal(codes, shown() + "A") == "member_code_damaged"
    assert refusal(codes, "1" + shown()[1:]) == "member_code_damaged"
    assert refusal(codes, "JUZ" + shown()[3:]) == "member_code_newer"
    moved = write_rotating_code(NUMBER, forged.step + 1, forged.signature)
    assert refusal(codes, moved) == "member_code_forged"


def test_a_code_is_taken_once(codes) -> None:
    codes.verify(shown(), NOW)
    assert refusal(codes, shown()) == "member_code_used"
    assert refusal(codes, shown(off=-1)) == "member_code_used"
    assert codes.verify(shown(off=1), NOW).steps_ahead == 1


def test_a_refused_code_uses_no_step_up(codes) -> None:
    refusal(codes, shown(STRANGER, off=1))
    refusal(codes, shown(off=2))
    codes.verify(shown(), NOW)


def test_the_spare_bit_is_no_second_writing(codes) -> None:
    code = shown()
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    other = code[:-1] + alphabet[alphabet.index(code[-1]) ^ 1]
    assert refusal(codes, other) == "member_code_damaged"


def test_the_till_has_nothing_that_signs() -> None:
    source = Path(member_codes_module.__file__ or "").read_text("utf-8")
    assert "PrivateKey" not in source
    assert ".sign(" not in source


def test_steps_that_are_let_go_are_not_good_again() -> None:
    steps = StepsInMemory()
    assert steps.take(1, 100)
    for number in range(2, 5000):
        assert steps.take(number, 200)
    assert not steps.take(1, 100)
    assert not steps.take(9999, 150)
    assert steps.take(1, 201)


def test_a_published_code_for_whoever_writes_the_phones_side() -> None:
    """Seed 00 01 … 1f, member 0123456789ABCDEF, step 59666666; Ed25519 is exact."""
    assert step_at(NOW) == 59_666_666
    message = b"guitai member code 1\nM1" + bytes.fromhex("0123456789abcdef038e70ea")
    assert signed_message(NUMBER, step_at(NOW)) == message
    assert shown() == (
        "JUYQCI2FM6E2XTPPAOHHB2XEDZQCZGQEW234V6NQIDLJ5HBE52POYY6ORMHGPJW2"
        "WNAB3V4QJVCQZCGV4LQRX5KRSW6TNQLN3EWO36JVVAFTUTF5U2OPE3T3JFEQU"
    )


def test_a_static_code_is_fifteen_signs_and_begins_with_a_letter() -> None:
    code = write_card(NUMBER)
    assert len(code) == 15
    assert code[0] == "M"
    assert read_card(code) == NUMBER
    assert read_card(f"m{code[1:5].lower()}-{code[5:]} ") == NUMBER
    assert not is_payment_code(code)


def test_every_slip_of_one_sign_and_every_swap_is_noticed() -> None:
    code = write_card(NUMBER)
    wrong = {
        code[:at] + sign + code[at + 1 :]
        for at in range(1, 15)
        for sign in ALPHABET
        if sign != code[at]
    }
    for first in range(1, 15):
        for second in range(first + 1, 15):
            signs = list(code)
            signs[first], signs[second] = signs[second], signs[first]
            wrong.add("".join(signs))
    wrong.discard(code)
    for each in wrong:
        with pytest.raises(UserError, match="member_card_mistyped"):
            read_card(each)


def test_a_number_is_drawn_from_chance() -> None:
    assert member_number(b"\0" * 8) == 1
    assert member_number(b"\xff" * 8) == 2**64 - 1
    assert read_card(write_card(2**64 - 1)) == 2**64 - 1


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("134567890123456789", "member_card_like_payment"),  # WeChat Pay
        ("１３４５６７８９０１２３４５６７８９", "member_card_like_payment"),
        ("1345 6789 0123 456789", "member_card_like_payment"),
        ("281234567890123456", "member_card_like_payment"),  # Alipay
        ("6212345678901234567", "member_card_like_payment"),  # UnionPay
        ("4111 1111 1111 1111", "member_card_like_payment"),
        ("GTB0123456789ABC", "member_card_like_badge"),
        ("123", "member_card_shape"),
        ("卡片1234", "member_card_shape"),
        ("A" * 65, "member_card_shape"),
        ("M0123456789ABCZ", "member_card_mistyped"),
    ],
)
def test_a_card_that_could_be_something_else_is_refused(code, key) -> None:
    with pytest.raises(UserError) as refused:
        check_foreign_card(code)
    assert refused.value.key == key


@pytest.mark.parametrize("code", ["VIP-000123", "88001234", "04A1B2C3D4E5F6"])
def test_old_cards_are_taken_over(code) -> None:
    assert check_foreign_card(code.lower() + " ") == code


def test_a_scan_is_known_by_its_shape() -> None:
    assert kind_of(shown()) is CodeKind.ROTATING
    assert kind_of(shown()[:60]) is CodeKind.ROTATING
    assert kind_of(write_card(NUMBER)) is CodeKind.STATIC
    assert kind_of("6901234567892") is CodeKind.OTHER
    assert kind_of("134567890123456789") is CodeKind.OTHER
    assert not is_card("MILK")
    with pytest.raises(UserError, match="member_card_shape"):
        read_card("MILK")
    assert not is_rotating_code("JUYCE")
