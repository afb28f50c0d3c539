"""Three scans tell how a scanner sends its codes."""

from __future__ import annotations

import pytest

from pos_app.domain.scanner_learning import (
    LearnedScanner,
    RawScan,
    classify_scans,
    meant_signs,
    shown_signs,
)
from pos_app.errors import UserError

CODES = ("4006381333931", "6901234567892", "5012345678900")


def learned(form: str, codes: tuple[str, ...] = CODES) -> LearnedScanner:
    return classify_scans([RawScan(form.format(code), 12) for code in codes])


def test_a_scanner_as_it_comes_from_the_box_sends_the_code_and_a_carriage_return() -> (
    None
):
    assert learned("{}\r") == LearnedScanner("", "", "cr", False, None, 12)


@pytest.mark.parametrize(
    ("form", "prefix", "suffix", "ending"),
    [
        ("~{}\r\n", "~", "", "crlf"),
        ("\x02{}\x03", "\x02", "", "etx"),
        ("{}", "", "", "idle"),
        ("A{}#\t", "A", "#", "tab"),
        ("{}\n", "", "", "lf"),
    ],
)
def test_what_stands_around_every_code_is_no_part_of_it(
    form: str, prefix: str, suffix: str, ending: str
) -> None:
    found = learned(form)
    assert (found.prefix, found.suffix, found.terminator) == (prefix, suffix, ending)


def test_an_aim_identifier_is_no_prefix() -> None:
    found = learned("~]E0{}\r")
    assert (found.prefix, found.sends_aim) == ("~", True)


def test_the_number_of_one_maker_is_no_prefix() -> None:
    found = learned("{}\r", ("4006381333931", "4006381333948", "4006381333955"))
    assert found.prefix == ""


def test_codes_of_the_set_up_sheet_tell_exactly_even_a_prefix_of_digits() -> None:
    found = classify_scans([RawScan(f"99{code}\r", 9, code) for code in CODES])
    assert found.prefix == "99"


def test_a_scanner_that_drops_the_group_separator_is_found_out() -> None:
    message = "0109506000134352" + "10LOT\x1d21X"
    kept = [RawScan(f"]C1{message}\r", 30, message)] * 3
    dropped = [RawScan(f"]C1{message}\r".replace("\x1d", ""), 30, message)] * 3
    assert classify_scans(kept).sends_gs is True
    assert classify_scans(dropped).sends_gs is False


def test_two_scans_or_one_code_three_times_are_not_enough() -> None:
    for codes in (CODES[:2], CODES[:1] * 3):
        with pytest.raises(UserError, match="scanner_samples_few"):
            learned("{}\r", codes)


def test_scans_that_end_otherwise_are_not_of_one_scanner() -> None:
    with pytest.raises(UserError, match="scanner_samples_differ"):
        classify_scans([RawScan("1\r"), RawScan("2\n"), RawScan("3\r")])


def test_control_characters_are_written_by_name_and_read_back() -> None:
    every = "".join(map(chr, range(128)))
    assert meant_signs(shown_signs(every)) == every
    assert learned("\x02{}\r").options == {
        "prefix": "<STX>",
        "suffix": "",
        "terminator": "cr",
    }
