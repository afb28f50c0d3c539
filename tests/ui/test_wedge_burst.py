"""A scan is told from typing, key by key, and no key is lost, doubled or crossed."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.scanning.burst import (
    BurstClassifier,
    BurstSettings,
    Ignored,
    Scan,
    Typed,
    fold_full_width,
)

EAN = "6901234567892"


def keys(text: str, *, start: int = 0, gap: int = 5) -> list[tuple[str, int]]:
    return [(char, start + i * gap) for i, char in enumerate(text)]


@dataclass
class Heard:
    scans: list[str]
    typed: str
    ignored: str


def listen(
    pressed: list[tuple[str, int]], settings: BurstSettings | None = None
) -> Heard:
    """Press the keys, polling whenever a deadline passes, and end in silence."""
    burst = BurstClassifier(settings)
    heard = Heard([], "", "")

    def take(decided) -> None:
        for decision in decided:
            tokens = "".join(map(str, decision.tokens))
            if isinstance(decision, Scan):
                heard.scans.append(decision.text)
            elif isinstance(decision, Typed):
                heard.typed += tokens
            else:
                assert isinstance(decision, Ignored)
                heard.ignored += tokens

    for char, time_ms in pressed:
        deadline = burst.deadline_ms
        if deadline is not None and deadline <= time_ms:
            take(burst.poll(deadline))
        take(burst.feed(char, time_ms))
    if burst.deadline_ms is not None:
        take(burst.poll(burst.deadline_ms))
    assert not burst.is_holding
    return heard


@pytest.mark.parametrize(
    ("pressed", "scans", "typed"),
    [
        pytest.param(keys(EAN + "\r"), [EAN], "", id="ended by Enter"),
        pytest.param(keys(EAN + "\t"), [EAN], "", id="ended by Tab"),
        pytest.param(keys(EAN), [EAN], "", id="ended by silence"),
        pytest.param(keys(EAN + "\r\r", gap=10), [EAN], "", id="double Enter"),
        pytest.param(keys(EAN + "\r\n"), [EAN], "", id="Enter and line feed"),
        pytest.param(keys(EAN, gap=39), [EAN], "", id="a slow scanner"),
        pytest.param(keys(EAN, gap=41), [], EAN, id="just too slow"),
        pytest.param(
            [*keys("690123"), *keys("4567892\r", start=110)],
            [EAN],
            "",
            id="one hiccup of 85 ms",
        ),
        pytest.param(
            [*keys("690123"), *keys("4567892\r", start=115)],
            ["690123", "4567892"],
            "",
            id="a pause of 90 ms ends a scan",
        ),
        pytest.param(keys("12345\r"), [], "12345\r", id="five keys are too few"),
        pytest.param(keys("88\r", gap=150), [], "88\r", id="a typed PLU"),
        pytest.param(keys(EAN + "\r", gap=83), [], EAN + "\r", id="a fast typist"),
        pytest.param(keys("00000000", gap=30), [], "00000000", id="a key held down"),
        pytest.param(keys("\r"), [], "\r", id="Enter alone"),
        pytest.param(
            [("3", 0), ("*", 150), *keys(EAN + "\r", start=900)],
            [EAN],
            "3*",
            id="3 x scan",
        ),
        pytest.param(
            [*keys("kkkl", gap=120), *keys(EAN + "\r", start=420)],
            [EAN],
            "kkkl",
            id="a scan 60 ms after a typed letter",
        ),
        pytest.param(
            [*keys(EAN + "\r"), ("\r", 184)], [EAN], "", id="Enter 119 ms later"
        ),
        pytest.param(
            [*keys(EAN + "\r"), ("\r", 185)], [EAN], "\r", id="Enter 120 ms later"
        ),
        pytest.param(
            [*keys(EAN), ("\r", 165)], [EAN], "", id="a late Enter after silence"
        ),
        pytest.param(keys("]E0x\r"), ["]E0x"], "", id="an AIM identifier is kept"),
        pytest.param(keys("０１２３４５６\r"), ["0123456"], "", id="full-width digits"),
        pytest.param(
            keys("]C10100012345678905\x1d10AB\r"),
            ["]C10100012345678905\x1d10AB"],
            "",
            id="GS inside",
        ),
    ],
)
def test_what_is_heard(pressed, scans: list[str], typed: str) -> None:
    heard = listen(pressed)
    assert (heard.scans, heard.typed) == (scans, typed)


def test_a_prefix_makes_a_short_slow_code_certain() -> None:
    settings = BurstSettings(prefix="~")
    assert listen(keys("~42\r", gap=80), settings).scans == ["42"]
    assert listen(keys("~", gap=80), settings).typed == "~"


def test_a_suffix_ends_a_short_code_and_its_enter_is_no_key() -> None:
    settings = BurstSettings(suffix="#")
    heard = listen(keys("123#\r"), settings)
    assert (heard.scans, heard.typed, heard.ignored) == (["123"], "", "\r")


def test_a_code_without_the_suffix_is_still_a_scan() -> None:
    assert listen(keys(EAN + "\r"), BurstSettings(suffix="#")).scans == [EAN]


def test_the_length_is_bounded_and_the_rest_is_typed_nowhere() -> None:
    heard = listen(keys("0123456789" * 100 + "\r", gap=1))
    assert heard.scans == [("0123456789" * 100)[:512]]
    assert heard.typed == ""
    assert len(heard.ignored) == 488


def test_twenty_scans_a_second_are_twenty_scans() -> None:
    codes = [f"69012345{i:05d}" for i in range(100)]
    pressed = [
        k for i, c in enumerate(codes) for k in keys(c + "\r", start=50 * i, gap=3)
    ]
    assert listen(pressed).scans == codes


def test_a_key_clock_that_wraps_cuts_no_scan() -> None:
    pressed = [(c, t % 2**32) for c, t in keys(EAN + "\r", start=2**32 - 30)]
    assert listen(pressed).scans == [EAN]


def test_another_key_decides_what_is_held() -> None:
    burst = BurstClassifier()
    burst.feed("7", 0)
    assert burst.interrupt(10) == [Typed(("7",))]
    for char, time_ms in keys(EAN, start=1000):
        burst.feed(char, time_ms)
    (scan,) = burst.interrupt(1070)
    assert isinstance(scan, Scan)
    assert scan.text == EAN


def test_a_typed_key_waits_less_than_a_tenth_of_a_second() -> None:
    burst = BurstClassifier()
    burst.feed("7", 1000)
    assert burst.deadline_ms == 1090
    assert burst.poll(1090) == [Typed(("7",))]
    burst.feed("8", 1150)
    assert burst.deadline_ms == 1190  # a person is typing: the pace is known


@pytest.mark.parametrize(("text", "folded"), [("６９０Ａ", "690A"), ("①茶　", "①茶 ")])
def test_only_full_width_forms_are_folded(text: str, folded: str) -> None:
    assert fold_full_width(text) == folded


TYPED = st.tuples(
    st.just("person"),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789*+-. \r", min_size=1, max_size=12),
    st.lists(st.integers(83, 200), min_size=12, max_size=12),
)
SCANNED = st.tuples(
    st.just("scanner"),
    st.text("0123456789ABCDEFabcdef]\x1d-", min_size=6, max_size=40).filter(
        lambda code: len(set(code)) > 1
    ),
    st.lists(st.integers(1, 10), min_size=41, max_size=41),
)


@given(
    st.lists(
        st.tuples(
            st.one_of(TYPED, SCANNED),
            st.integers(125, 700),  # from one hand to the other
            st.sampled_from(["\r", "\t", ""]),
        ),
        max_size=8,
    )
)
def test_mixed_hands_and_scanners_never_cross(turns) -> None:
    pressed: list[tuple[str, int]] = []
    scans: list[str] = []
    typed = ""
    time_ms = 1000
    for (who, text, gaps), pause, end in turns:
        time_ms += pause
        word = text + end if who == "scanner" else text
        for char, gap in zip(word, gaps, strict=False):
            pressed.append((char, time_ms))
            time_ms += gap
        if who == "scanner":
            scans.append(text)
        else:
            typed += word
    heard = listen(pressed)
    assert heard.scans == scans
    assert heard.typed == typed
