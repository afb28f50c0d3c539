"""Whatever comes out of a scanner, in whatever pieces: the same codes, never a hang."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.scanner.framing import LIMIT_BYTES, Frame, Framer, text_of
from hardware.scanner.hid_descriptor import read_layout, values_of
from hardware.scanner.hid_pos import HidPosReader
from hardware.scanner.key_reader import KeyReader
from hardware.scanner.key_table import TABLES
from hardware.scanner.raw_input import read_raw_input
from pos_app.domain.scanner_learning import (
    RawScan,
    classify_scans,
    meant_signs,
    shown_signs,
)
from pos_app.errors import UserError
from ui.scanning.burst import BurstClassifier, Scan, Typed

PRINTABLE = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=60
)
ENDINGS = st.sampled_from(["\r", "\n", "\r\n", "\t"])


def cut(data: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(data), *(x % (len(data) + 1) for x in cuts)})
    return [data[a:b] for a, b in pairwise(places)]


def frames(pieces: list[bytes], terminator: str = "") -> list[Frame]:
    framer = Framer(terminator)
    found = [frame for piece in pieces for frame in framer.feed(piece)]
    return found + framer.end()


@given(st.lists(PRINTABLE, max_size=8), ENDINGS, st.lists(st.integers(0, 999)))
def test_codes_do_not_depend_on_how_their_bytes_are_cut(
    codes: list[str], end: str, cuts: list[int]
) -> None:
    data = "".join(code + end for code in codes).encode()
    found = [text_of(frame.body) for frame in frames(cut(data, cuts))]
    assert found == codes


@given(st.binary(max_size=600), st.lists(st.integers(0, 999)))
def test_any_bytes_give_the_same_frames_in_any_pieces(
    data: bytes, cuts: list[int]
) -> None:
    whole = frames([data])
    assert frames(cut(data, cuts)) == whole
    for frame in whole:
        assert len(frame.body) <= LIMIT_BYTES
        text_of(frame.body)


@settings(max_examples=20)
@given(st.integers(4096, 70_000), st.sampled_from([b"x", b"\x00", b"\xff", b"\x02"]))
def test_a_flood_is_bounded_and_the_code_after_it_is_read(
    size: int, rubbish: bytes
) -> None:
    framer = Framer()
    framer.feed(rubbish * size)
    framer.feed(b"\x03\r")
    (frame,) = framer.feed(b"4006381333931\r")
    assert text_of(frame.body) == "4006381333931"


@given(st.binary(max_size=300), st.lists(st.binary(max_size=70), max_size=6))
def test_any_descriptor_and_any_reports_are_survived(
    descriptor: bytes, reports: list[bytes]
) -> None:
    layout = read_layout(descriptor)
    reader = HidPosReader(layout)
    for report in reports:
        reader.feed(report)
        for fields in layout.fields.values():
            for field in fields:
                assert len(values_of(field, report)) <= 8192


@given(
    st.sampled_from(sorted(TABLES)),
    st.lists(st.tuples(st.integers(0, 260), st.integers(0, 2)), max_size=80),
)
def test_any_keys_are_survived_and_let_go_again(
    layout: str, keys: list[tuple[int, int]]
) -> None:
    reader = KeyReader(layout, "f8")
    for code, value in keys:
        assert len(reader.feed(code, value)) <= 2
    reader.forget()
    assert reader.feed(2, 1) == TABLES[layout].plain[2]


@given(st.binary(max_size=64), st.sampled_from([4, 8]))
def test_any_bytes_for_raw_input_are_survived(data: bytes, pointer: int) -> None:
    key = read_raw_input(data, pointer)
    assert key is None or key.value in (0, 1)


@given(
    st.lists(st.from_regex(r"[0-9]{8,14}", fullmatch=True), min_size=3, unique=True),
    st.sampled_from(["", "~", "\x02", "A#"]),
    st.sampled_from(["", "#", "/"]),
    st.sampled_from(["\r", "\n", "\r\n", "\t", "\x03"]),
)
def test_what_is_learned_takes_every_code_out_of_what_was_sent(
    codes: list[str], prefix: str, suffix: str, end: str
) -> None:
    samples = [RawScan(f"{prefix}{code}{suffix}{end}", 10, code) for code in codes]
    found = classify_scans(samples)
    assert (found.prefix, found.suffix) == (prefix, suffix)
    assert meant_signs(found.options["prefix"]) == prefix


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_scans_are_learned_from_or_refused_in_words(texts: list[str]) -> None:
    refused = ""
    try:
        classify_scans([RawScan(text, 5) for text in texts])
    except UserError as error:
        refused = error.key
    assert refused in {"", "scanner_samples_few", "scanner_samples_differ"}


@given(st.text(max_size=60))
def test_signs_written_by_name_show_no_control_character(text: str) -> None:
    assert shown_signs(text).isprintable()


def _typing(text: str, per_second: int, at_ms: int) -> list[tuple[str, int]]:
    gap = 1000 // per_second
    return [(char, at_ms + i * gap) for i, char in enumerate(text)]


@given(
    st.from_regex(r"[a-z]{2,8}", fullmatch=True),
    st.integers(5, 12),
    st.from_regex(r"[0-9]{8,14}", fullmatch=True).filter(lambda x: len(set(x)) > 1),
    st.integers(1, 12),
    st.sampled_from(["\r", "\t", ""]),
)
def test_a_burst_between_typed_words_is_a_scan_and_the_words_are_typing(
    word: str, per_second: int, code: str, gap_ms: int, end: str
) -> None:
    keys = _typing(word, per_second, 0)
    start = keys[-1][1] + 400
    burst = [(char, start + i * gap_ms) for i, char in enumerate(code + end)]
    after = _typing(word, per_second, burst[-1][1] + 400)
    classifier = BurstClassifier()
    decided = []
    for char, at in [*keys, *burst, *after]:
        decided += classifier.poll(at)
        decided += classifier.feed(char, at)
    decided += classifier.poll(after[-1][1] + 10_000)
    scans = [x.text for x in decided if isinstance(x, Scan)]
    typed = "".join(
        str(token) for x in decided if isinstance(x, Typed) for token in x.tokens
    )
    assert scans == [code]
    assert typed == word + word
