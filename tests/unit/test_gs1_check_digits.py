"""Check digits, trade item numbers and the identifiers of scanners."""

from __future__ import annotations

from decimal import Decimal

import pytest
from biip.checksums import gs1_price_weight_check_digit

from pos_app.values.gs1.check_digit import (
    check_digit,
    has_valid_check_digit,
    measure_verifier,
)
from pos_app.values.gs1.gtin import (
    barcode_key,
    clean_code,
    display_code,
    expand_upc_e,
    is_gtin,
    look_up_keys,
)
from pos_app.values.gs1.message import may_be_message, read_message
from pos_app.values.gs1.symbology import DataKind, ScanData, read_identifier


@pytest.mark.parametrize(
    ("payload", "digit"),
    [
        pytest.param("950110153100", "0", id="GTIN-13"),
        pytest.param("9501234", "6", id="GTIN-8"),
        pytest.param("03600029145", "2", id="UPC-A"),
        pytest.param("1234567890123", "1", id="GTIN-14"),
        pytest.param("37613032110910342", "0", id="SSCC"),
    ],
)
def test_check_digit_of_every_length(payload: str, digit: str) -> None:
    assert check_digit(payload) == digit
    assert has_valid_check_digit(payload + digit)
    assert not has_valid_check_digit(payload + str((int(digit) + 1) % 10))


@pytest.mark.parametrize("text", ["", "7", "٣٤", "12a4", "１２３４"])
def test_what_is_not_plain_digits_has_no_valid_check_digit(text: str) -> None:
    assert not has_valid_check_digit(text)


def test_verifiers_are_those_of_the_kept_library_for_every_field() -> None:
    fields = [f"{n:04}" for n in range(10_000)] + [
        f"{n:05}" for n in range(0, 100_000, 7)
    ]
    wrong = [
        f for f in fields if measure_verifier(f) != str(gs1_price_weight_check_digit(f))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "same",
    [
        pytest.param(["036000291452", "0036000291452", "00036000291452"], id="UPC-A"),
        pytest.param(["96385074", "000096385074", "0000096385074"], id="EAN-8"),
        pytest.param(["6901234567892", "06901234567892"], id="EAN-13"),
    ],
)
def test_forms_of_one_number_have_one_key(same: list[str]) -> None:
    assert len({barcode_key(code) for code in same}) == 1


@pytest.mark.parametrize(
    "code", ["00012", "ABC-1", "1234567890", "12345678901234567890"]
)
def test_a_code_that_is_no_trade_item_number_is_its_own_key(code: str) -> None:
    assert barcode_key(code) == code
    assert display_code(code) == code


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("00000096385074", "96385074"),
        ("06901234567892", "6901234567892"),
        ("16901234567899", "16901234567899"),
        ("00036000291452", "0036000291452"),
    ],
)
def test_a_key_is_shown_as_people_know_it(key: str, shown: str) -> None:
    assert display_code(key) == shown
    assert barcode_key(shown) == key


@pytest.mark.parametrize(
    ("upc_e", "upc_a"),
    [
        ("425261", "042100005264"),
        ("0425261", "042100005264"),
        ("04252614", "042100005264"),
        ("02345673", "023456000073"),
        ("02345147", "023450000017"),
        ("06397126", "063200009716"),
        ("08679339", "086700000939"),
        ("02345670", None),
        ("21234567", None),
        ("12345", None),
    ],
)
def test_upc_e_expands(upc_e: str, upc_a: str | None) -> None:
    assert expand_upc_e(upc_e) == upc_a


def test_eight_digits_are_looked_up_as_ean_8_first_and_as_upc_e_next() -> None:
    assert look_up_keys("02345673") == ("00000002345673", "00023456000073")
    assert look_up_keys("96385074") == ("00000096385074",)


@pytest.mark.parametrize("scanned", ["011210000155", "0011210000155"])
def test_a_number_that_a_spreadsheet_shortened_is_looked_up_too(scanned: str) -> None:
    assert look_up_keys(scanned) == ("00011210000155", "11210000155")
    assert look_up_keys("11210000155") == ("11210000155", "00011210000155")
    assert look_up_keys("11210000156") == ("11210000156",)


def test_codes_come_clean() -> None:
    assert clean_code(" ６９０１234567892\r\n") == "6901234567892"
    assert clean_code("]C10112\x1d10A\x00") == "]C10112\x1d10A"
    assert len(clean_code("9" * 5000)) == 128


@pytest.mark.parametrize(
    ("scan", "meaning"),
    [
        ("]E06901234567892", ScanData(DataKind.RETAIL, "6901234567892")),
        ("]E496385074", ScanData(DataKind.RETAIL, "96385074")),
        ("]E3690123456789212345", ScanData(DataKind.RETAIL, "6901234567892")),
        ("]C10109", ScanData(DataKind.GS1_MESSAGE, "0109")),
        ("]C1\x1d0109", ScanData(DataKind.GS1_MESSAGE, "0109")),
        ("]Q3https://a/01/1", ScanData(DataKind.GS1_MESSAGE, "https://a/01/1")),
        ("]A0SHELF7", ScanData(DataKind.PLAIN, "SHELF7")),
        ("6901234567892", ScanData(DataKind.UNKNOWN, "6901234567892")),
        ("]", ScanData(DataKind.UNKNOWN, "]")),
        ("]]]", ScanData(DataKind.UNKNOWN, "]]]")),
    ],
)
def test_identifiers_are_taken_off_by_their_meaning(
    scan: str, meaning: ScanData
) -> None:
    assert read_identifier(scan) == meaning


@pytest.mark.parametrize(
    "digits",
    [
        pytest.param("4006381333932", id="mistyped EAN-13 that biip reads as AI 400"),
        pytest.param("2112345015002", id="in-store code that biip reads as AI 21"),
        pytest.param("96385074", id="EAN-8 that biip reads as AI 96"),
        pytest.param("15210527", id="eight digits that biip reads as a date"),
    ],
)
def test_bare_digits_are_never_a_message(digits: str) -> None:
    assert read_message(digits) is None
    assert not may_be_message(digits)


def test_a_message_says_item_weight_lot_and_date() -> None:
    message = read_message("0105901234123457310300123415210526\x1d10ABC")
    assert message is not None
    assert message.gtin == "05901234123457"
    assert message.weight_kg == Decimal("1.234")
    assert (message.lot, message.best_before or message.use_by) == ("ABC", "210526")


def test_pounds_become_kilograms_to_the_gram() -> None:
    message = read_message("01059012341234573202001234")
    assert message is not None
    assert message.weight_kg == Decimal("5.597")


def test_an_amount_payable_is_exact() -> None:
    message = read_message("0105901234123457392212341")
    assert message is not None
    assert message.amount == Decimal("123.41")


@pytest.mark.parametrize(
    "data",
    [
        "0105901234123458",
        "(01)05901234123457",
        "https://example.com/a",
        "99ABC",
        "",
        "\x1d",
    ],
)
def test_what_names_no_trade_item_is_no_message(data: str) -> None:
    assert read_message(data) is None


def test_every_gtin_is_a_gtin() -> None:
    assert is_gtin("6901234567892")
    assert not is_gtin("6901234567893")
    assert not is_gtin("1234567890")
