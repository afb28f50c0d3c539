"""Bytes and reports of scanners become codes, rubbish becomes a word of it."""

from __future__ import annotations

import pytest

from hardware.scanner.framing import LIMIT_BYTES, Framer, text_of, without_marks
from hardware.scanner.hid_descriptor import read_layout
from hardware.scanner.hid_pos import HidPosReader, is_scanner

#: Report 2: AIM id (3), data (59), continued (1); as the laboratory's scanner has it.
PLAIN = bytes.fromhex(
    "058c0902a1010912a1028502150026ff007508950309fb09fc09fd8102953b09fe820201950109ff8102c0c0"
)
#: Report 7: a length of its own, the flag of one bit first, seven bits of padding,
#: data of 40, then the AIM id: another maker's idea.
OTHER = bytes.fromhex(
    "058c0902a101850715002501750195 0109ff8102 95078103 26ff00 7508 9501 0680ff0901 8102"
    "058c 9528 09fe 8102 9503 09fb09fc09fd 8102 c0".replace(" ", "")
)


def codes(data: bytes, terminator: str = "") -> list[str]:
    framer = Framer(terminator)
    frames = framer.feed(data) + framer.end()
    return [text_of(frame.body) for frame in frames]


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b"\t", b"\x03", b""])
def test_a_code_ends_with_whatever_the_scanner_sends(end: bytes) -> None:
    assert codes(b"4006381333931" + end) == ["4006381333931"]


def test_between_stx_and_etx_line_ends_are_data() -> None:
    card = b"BEGIN:VCARD\r\nN:Li\r\nEND:VCARD"
    assert codes(b"\x02" + card + b"\r\n\x03" + b"\x021\x03") == [card.decode(), "1"]


def test_a_terminator_that_was_learned_leaves_the_others_in_the_code() -> None:
    assert codes(b"a\tb\r", "cr") == ["a\tb"]


def test_gs_stays_and_utf_8_is_read_latin_1_otherwise() -> None:
    assert codes(b"]C10104006381333931\x1d10A\r") == ["]C10104006381333931\x1d10A"]
    assert codes("柜台\r".encode()) == ["柜台"]
    assert codes("Größe\r".encode("latin-1")) == ["Größe"]
    assert text_of("柜台".encode("gb18030"), "gb18030") == "柜台"


def test_a_line_at_the_wrong_speed_is_rubbish_and_no_code() -> None:
    assert text_of(bytes(range(0x80, 0xA0)) * 4) == ""
    assert text_of(b"\x00\x01\x0e\x0f1") == ""
    assert text_of(b"\xd6\xff", "gb18030") == ""


def test_four_kilobytes_without_an_end_are_dropped_whole() -> None:
    framer = Framer()
    assert framer.feed(b"x" * 4096) == []
    (frame,) = framer.feed(b"\r4006381333931\r")[:1]
    assert (len(frame.body), frame.lost) == (LIMIT_BYTES, 4096 - LIMIT_BYTES)


def test_what_a_scanner_puts_around_a_code_comes_off() -> None:
    assert without_marks("~123#", "~", "#") == "123"
    assert without_marks("123", "~", "#") == "123"


def test_a_report_gives_its_code_with_the_symbology_in_front() -> None:
    reader = HidPosReader(read_layout(PLAIN))
    report = b"\x02]d2" + b"0109506000134352\x1d10LOT".ljust(59, b"\0") + b"\0"
    frame = reader.feed(report)
    assert frame is not None
    assert frame.body == b"]d20109506000134352\x1d10LOT"


def test_a_long_code_takes_several_reports() -> None:
    reader = HidPosReader(read_layout(PLAIN))
    code = bytes(range(0x30, 0x5A)) * 3
    frames = [
        reader.feed(
            b"\x02]Q1" + code[at : at + 59].ljust(59, b"\0") + bytes([at + 59 < 126])
        )
        for at in range(0, 126, 59)
    ]
    assert frames[:-1] == [None, None]
    assert frames[-1] is not None
    assert frames[-1].body == b"]Q1" + code


def test_another_maker_s_layout_is_read_from_its_descriptor() -> None:
    layout = read_layout(OTHER)
    reader = HidPosReader(layout)
    first = b"\x07\x01" + bytes([40]) + b"A" * 40 + b"]E0"
    last = b"\x07\x00" + bytes([2]) + b"BC".ljust(40, b"\0") + b"]E0"
    assert is_scanner(layout)
    assert reader.feed(first) is None
    frame = reader.feed(last)
    assert frame is not None
    assert frame.body == b"]E0" + b"A" * 40 + b"BC"


def test_reports_without_a_symbology_and_of_other_kinds_do_no_harm() -> None:
    reader = HidPosReader(read_layout(PLAIN))
    assert reader.feed(b"\x09whatever") is None
    assert reader.feed(b"") is None
    frame = reader.feed(b"\x02\0\0\0" + b"123".ljust(59, b"\0") + b"\0")
    assert frame is not None
    assert frame.body == b"123"


def test_a_keyboard_is_no_hid_pos_scanner() -> None:
    keyboard = bytes.fromhex(
        "05010906a101050719e029e71500250175019508810295017508810395067508150025650507190029658100c0"
    )
    assert not is_scanner(read_layout(keyboard))


@pytest.mark.parametrize("terminator", ["cr", "crlf", "lf", "tab", "etx"])
def test_a_hiccup_ends_no_code_of_a_scanner_that_ends_its_codes(
    terminator: str,
) -> None:
    assert Framer(terminator).patience_ms(60) >= 500
    assert Framer("idle").patience_ms(60) == 60


def test_a_scanner_that_once_ended_a_code_is_waited_for_until_it_shows_otherwise() -> (
    None
):
    framer = Framer()
    assert framer.patience_ms(60) == 60
    framer.feed(b"4006381333931\r")
    assert framer.patience_ms(60) >= 500
    framer.feed(b"4006381333931")
    assert [x.body for x in framer.end()] == [b"4006381333931"]
    assert framer.patience_ms(60) == 60
