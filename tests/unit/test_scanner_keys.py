"""A scanner that types is read by its scan codes; the till's keyboard means nothing."""

from __future__ import annotations

import pytest

from hardware.scanner.key_reader import KeyReader
from hardware.scanner.key_table import ALT_GR, TABLES

SHIFT, CTRL, ALT, CAPS, NUM = 42, 29, 56, 58, 69
EIGHT, BRACKET, F8 = 9, 27, 66


def press(reader: KeyReader, *codes: int) -> str:
    """Press keys together, let them go in the opposite order."""
    down = "".join(reader.feed(code, 1) for code in codes)
    return down + "".join(reader.feed(code, 0) for code in reversed(codes))


def typed(reader: KeyReader, text: str, layout: str = "us") -> str:
    table = TABLES[layout]
    said = ""
    for char in text:
        for keys, held in ((table.plain, ()), (table.shifted, (SHIFT,))):
            code = next((at for at, sign in keys.items() if sign == char), None)
            if code is not None:
                said += press(reader, *held, code)
                break
        else:
            (code,) = [at for at, sign in table.third.items() if sign == char]
            said += press(reader, ALT_GR, code)
    return said


PRINTABLE = "".join(map(chr, range(32, 127)))


def test_every_printable_character_of_a_us_scanner_is_read() -> None:
    assert typed(KeyReader(), PRINTABLE) == PRINTABLE


def test_a_united_kingdom_scanner_types_every_printable_character() -> None:
    assert typed(KeyReader("uk"), PRINTABLE, "uk") == PRINTABLE


@pytest.mark.parametrize("layout", ["de", "fr"])
def test_other_countries_keyboards_type_codes_with_their_own_keys(layout: str) -> None:
    text = "]E0-Ab12/zy(q)|{w}~@\\="
    assert typed(KeyReader(layout), text, layout) == text


def test_a_dead_key_and_a_space_are_the_sign_itself() -> None:
    reader = KeyReader("de")
    assert press(reader, 41) == ""
    assert press(reader, 57) == "^"


def test_caps_lock_and_num_lock_change_nothing() -> None:
    reader = KeyReader()
    for lock in (CAPS, NUM):
        press(reader, lock)
        assert typed(reader, "aB1") == "aB1"
    assert press(reader, 79) == "1"  # the keypad's


@pytest.mark.parametrize("layout", TABLES)
def test_gs_comes_as_control_and_bracket_on_every_keyboard(layout: str) -> None:
    assert press(KeyReader(layout), CTRL, BRACKET) == "\x1d"


def test_gs_comes_as_f8_where_the_scanner_is_set_so() -> None:
    assert press(KeyReader("us", "f8"), F8) == "\x1d"
    assert press(KeyReader(), F8) == ""


def test_gs_comes_as_alt_and_029_on_the_keypad() -> None:
    reader = KeyReader()
    assert press(reader, ALT, 82, 80, 73) == ""[:0] + "\x1d"


def test_alt_and_a_number_is_that_character() -> None:
    reader = KeyReader()
    said = reader.feed(ALT, 1)
    for code in (82, 80, 77, 77):  # 0 2 6 6: no, one byte only
        said += press(reader, code)
    said += reader.feed(ALT, 0)
    assert said == bytes([266 & 0xFF]).decode("cp1252")


def test_a_repeated_key_types_once() -> None:
    reader = KeyReader()
    assert reader.feed(2, 1) + reader.feed(2, 2) + reader.feed(2, 2) == "1"


def test_control_characters_that_frame_a_code_are_read() -> None:
    reader = KeyReader()
    assert press(reader, CTRL, 48) + press(reader, CTRL, 46) == "\x02\x03"
    assert press(reader, 28) + press(reader, 15) == "\r\t"
