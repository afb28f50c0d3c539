"""What scales say, byte for byte, and what the till makes of it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.scale.answer import UNREADABLE, stable
from hardware.scale.cas import read_cas
from hardware.scale.dialog06 import TillChecksum, read_reason, read_weighed
from hardware.scale.hid import read_report
from hardware.scale.nci import read_nci
from hardware.scale.toledo import read_toledo
from pos_app.ports.weighing import WeighingState as State
from tests.virtual_scales import Dialog06Device, cas_frame, nci_frame


@pytest.mark.parametrize(
    ("frame", "unit", "state", "kilograms"),
    [
        (b"\x0201.235\r", "kg", State.STABLE, "1.235"),
        (b"\x0200.000\r", "kg", State.ZERO, "0"),
        (b"\x02001.50\r", "lb", State.STABLE, "0.680388555"),
        (b"\x02010.00\r", "oz", State.STABLE, "0.28349523125"),
        (b"\x0200320\r", "g", State.STABLE, "0.32"),
        (b"\x0201.235N\r", "kg", State.STABLE, "1.235"),
        (b"\x02?\x61\r", "kg", State.MOVING, None),
        (b"\x02?\x01\r", "kg", State.MOVING, None),
        (b"\x02?\x62\r", "kg", State.OVER, None),
        (b"\x02?\x63\r", "kg", State.OVER, None),
        (b"\x02?\x64\r", "kg", State.UNDER_ZERO, None),
        (b"\x02?\x68\r", "kg", State.UNDER_ZERO, None),
        (b"\x02?\x70\r", "kg", State.ZERO, "0"),
        (b"\x0200320\r", "kg", State.UNREADABLE, None),
        (b"\x021.235\r"[:4] + b"\r", "kg", State.UNREADABLE, None),
        (b"\x0201.2.5\r", "kg", State.UNREADABLE, None),
        (b"\x0201.23", "kg", State.UNREADABLE, None),
        (b"\x02-1.235\r", "kg", State.UNREADABLE, None),
        (b"\x0201e235\r", "kg", State.UNREADABLE, None),
    ],
)
def test_a_toledo_frame_says(
    frame: bytes, unit: str, state: State, kilograms: str | None
) -> None:
    answer = read_toledo(frame, unit)

    assert answer.state is state
    weight = None if kilograms is None else Decimal(kilograms)
    assert answer.weight_kg == weight


@pytest.mark.parametrize(
    ("body", "state", "kilograms"),
    [
        (b"S  1.235kg", State.STABLE, "1.235"),
        (b"S 01.235KG", State.STABLE, "1.235"),
        (b"S  0.000kg", State.ZERO, "0"),
        (b"U  1.235kg", State.MOVING, None),
        (b"S- 0.120kg", State.UNDER_ZERO, None),
        (b"SF 0.000kg", State.OVER, None),
        (b"F  0.000kg", State.OVER, None),
        (b"S   2.50lb", State.STABLE, "1.133980925"),
        (b"S  320.0 g", State.STABLE, "0.32"),
        (b"S  1.235tl", State.UNREADABLE, None),
        (b"S  1,235kg", State.UNREADABLE, None),
    ],
)
def test_a_cas_frame_says(body: bytes, state: State, kilograms: str | None) -> None:
    answer = read_cas(cas_frame(body))

    assert answer.state is state
    assert answer.weight_kg == (None if kilograms is None else Decimal(kilograms))


@given(at=st.integers(0, 14), bit=st.integers(0, 7))
def test_one_wrong_bit_in_a_cas_frame_is_never_a_weight(at: int, bit: int) -> None:
    frame = bytearray(cas_frame(b"S  1.235kg"))
    frame[at] ^= 1 << bit

    assert read_cas(bytes(frame)).state is State.UNREADABLE


@pytest.mark.parametrize(
    ("frame", "state", "kilograms"),
    [
        (nci_frame(b"01.235kg"), State.STABLE, "1.235"),
        (nci_frame(b"001.50lb", b"0000"), State.STABLE, "0.680388555"),
        (nci_frame(b"00.000kg", b"20"), State.ZERO, "0"),
        (nci_frame(b"01.235kg", b"10"), State.MOVING, None),
        (nci_frame(b"-1.235kg", b"00"), State.UNDER_ZERO, None),
        (nci_frame(b" 1.235kg", b"02"), State.OVER, None),
        (nci_frame(b" 1.235kg", b"01"), State.UNDER_ZERO, None),
        (nci_frame(b" 1.235kg", b"40"), State.UNREADABLE, None),
        (b"\n01.235kg\r\n00\r\x03", State.STABLE, "1.235"),
        (b"\n01.235kg\r00\r\x03", State.STABLE, "1.235"),
        (b"\nS10\r\x03", State.MOVING, None),
        (b"\n?\r\x03", State.UNREADABLE, None),
    ],
)
def test_an_nci_frame_says(frame: bytes, state: State, kilograms: str | None) -> None:
    answer = read_nci(frame)

    assert answer.state is state
    assert answer.weight_kg == (None if kilograms is None else Decimal(kilograms))


@pytest.mark.parametrize(
    ("report", "state", "kilograms"),
    [
        ("0304 02 ff 3930", State.STABLE, "1.2345"),
        ("0304 03 fd d304", State.STABLE, "1.235"),
        ("0304 0b ff 6400", State.STABLE, "0.28349523125"),
        ("0304 0c fe 9600", State.STABLE, "0.680388555"),
        ("0304 02 00 0000", State.ZERO, "0"),
        ("0302 02 00 0000", State.ZERO, "0"),
        ("0303 02 ff 3930", State.MOVING, None),
        ("0305 02 ff 0000", State.UNDER_ZERO, None),
        ("0306 02 ff ffff", State.OVER, None),
        ("0301 02 ff 3930", State.UNREADABLE, None),
        ("0304 07 ff 3930", State.UNREADABLE, None),
        ("0304 02 7f 3930", State.UNREADABLE, None),
        ("0304 02 ff 39", State.UNREADABLE, None),
        ("0304 02 ff 3930 0000", State.STABLE, "1.2345"),
        ("0304 02 ff 3930 01", State.UNREADABLE, None),
    ],
)
def test_a_hid_report_says(report: str, state: State, kilograms: str | None) -> None:
    answer = read_report(bytes.fromhex(report.replace(" ", "")))

    assert answer is not None
    assert answer.state is state
    assert answer.weight_kg == (None if kilograms is None else Decimal(kilograms))


def test_a_hid_report_of_another_kind_says_nothing() -> None:
    assert read_report(bytes.fromhex("01ff02")) is None
    assert read_report(b"") is None


def test_a_price_computing_scale_is_believed_when_its_amount_is_right() -> None:
    frame = b"\x0202\x1b3\x1b01235\x1b000680\x1b000840\x03"

    assert read_weighed(frame, 680).weight_kg == Decimal("1.235")


@pytest.mark.parametrize(
    "frame",
    [
        b"\x0202\x1b3\x1b01235\x1b000680\x1b000841\x03",  # another amount
        b"\x0202\x1b3\x1b01236\x1b000680\x1b000840\x03"[:-1],  # half
        b"\x0202\x1b3\x1b01235\x1b000681\x1b000840\x03",  # another price
        b"\x0202\x1b1\x1b01235\x1b000680\x1b000840\x03",  # pounds and ounces
        b"\x0202\x1b3\x1b01935\x1b000680\x1b000840\x03",  # one digit changed
    ],
)
def test_a_price_computing_scale_is_not_believed_otherwise(frame: bytes) -> None:
    assert read_weighed(frame, 680).state is State.UNREADABLE


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (b"20", State.MOVING),
        (b"21", State.MOVING),
        (b"30", State.ZERO),
        (b"31", State.UNDER_ZERO),
        (b"32", State.OVER),
        (b"11", State.UNREADABLE),
    ],
)
def test_the_reason_of_a_price_computing_scale(code: bytes, state: State) -> None:
    assert read_reason(b"\x0209\x1b" + code + b"\x03").state is state


@given(checksum=st.integers(0, 0xFFFF), random=st.integers(0, 0xFF))
def test_the_till_proves_itself_as_the_scale_computes(
    checksum: int, random: int
) -> None:
    scale = Dialog06Device(asks_checksum=True)
    scale.random = random
    till = TillChecksum(checksum, scale.POLYNOMIAL & 0xFFFF)

    scale(b"\x04\x0210\x1b" + till.answer_to(random) + b"\x03")

    assert scale.is_trusted


@given(st.binary(max_size=40))
def test_no_bytes_make_a_reader_fail(garbage: bytes) -> None:
    for answer in (
        read_toledo(garbage, "kg"),
        read_cas(garbage),
        read_nci(garbage),
        read_reason(garbage),
        read_weighed(garbage, 680),
        read_report(garbage),
    ):
        assert answer is None or (answer.weight_kg is None) == (
            answer.state not in (State.STABLE, State.ZERO)
        )


@given(st.integers(0, 6), st.binary(min_size=1, max_size=1))
def test_a_toledo_frame_with_a_byte_that_is_no_digit_is_never_a_weight(
    at: int, byte: bytes
) -> None:
    frame = bytearray(b"\x0201.235\r")
    frame[at : at + 1] = byte
    is_digit = byte in b"0123456789"

    answer = read_toledo(bytes(frame), "kg")

    # A point in a digit's place beside the other makes two: no weight either.
    assert (
        answer.state is not State.STABLE
        or is_digit
        or bytes(frame) == (b"\x0201.235\r")
    )


@given(st.integers(0, 7))
def test_half_a_toledo_frame_is_never_a_weight(length: int) -> None:
    frame = b"\x0201.235\r"

    assert read_toledo(frame[:length], "kg").state is State.UNREADABLE


@pytest.mark.parametrize("unit", ["kg", "lb"])
def test_kilograms_whose_point_was_lost_are_no_weight(unit: str) -> None:
    """001235 is never a ton and a quarter on a counter."""
    assert stable(b"001235", unit) is UNREADABLE
    assert stable(b"000000", unit).state is State.ZERO
    assert stable(b"001235", "g").weight_kg == Decimal("1.235")
