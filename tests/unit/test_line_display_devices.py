"""Two-line displays, byte for byte: never more than a line, never half a character."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.device_worker import BackOff, DeviceWorker
from hardware.line_display.charset import FONTS, shown_bytes
from hardware.line_display.languages import Cd5220Display, EpsonDisplay
from hardware.line_display.serial_display import DisplayShape, SerialDisplay
from hardware.line_display.virtual import FILE, VirtualLineDisplay
from tests.virtual_scales import SpokenLine


def wait_for(condition: Callable[[], object], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("text", "charset", "shown"),
    [
        ("Milk", "ascii", b"Milk                "),
        ("Crème brûlée", "ascii", b"Creme brulee        "),
        ("Café 2.50 €", "cp858", b"Caf\x82 2.50 \xd5         "),
        ("鲜牛奶 1L", "gb18030", "鲜牛奶 1L".encode("gb18030") + b" " * 11),
        ("鮮牛奶 1L", "big5", "鮮牛奶 1L".encode("big5") + b" " * 11),
        ("鲜牛奶 1L", "ascii", b"       1L           "),
        ("一二三四五六七八九十甲", "gb18030", "一二三四五六七八九十".encode("gb18030")),
        (
            "a一二三四五六七八九十",
            "gb18030",
            "a一二三四五六七八九".encode("gb18030") + b" ",
        ),
        ("\x1b@\x0c", "ascii", b" @                  "),
    ],
)
def test_a_line_in_a_font(text: str, charset: str, shown: bytes) -> None:
    assert shown_bytes(text, 20, FONTS[charset]) == shown


@given(st.text(max_size=60), st.sampled_from(sorted(FONTS)), st.integers(16, 40))
def test_a_line_is_as_long_as_the_display_and_steers_nothing(
    text: str, charset: str, columns: int
) -> None:
    line = shown_bytes(text, columns, FONTS[charset])

    assert len(line) == columns
    assert not set(line) & set(range(0x20))
    line.decode(FONTS[charset].codec)


def test_an_epson_display_gets_font_lines_and_nothing_that_flickers() -> None:
    line = SpokenLine(lambda _sent: b"")
    shape = DisplayShape(20, FONTS["cp858"])
    display = SerialDisplay(line, EpsonDisplay(), shape)
    worker = DeviceWorker("pole", display, lambda _r: None, BackOff(0.01, 1, 0.05))
    display.show("Milk", "2.50")
    worker.start()
    begin = b"\x1b@\x1bt\x13\x1f\x01\x1fC\x00\x0c"
    first = b"\x1f$\x01\x01Milk" + b" " * 16 + b"\x1f$\x01\x022.50" + b" " * 16

    wait_for(lambda: line.sent == begin + first)
    assert worker.stop(20)
    assert line.sent == begin + first + b"\x0c"


def test_a_cd5220_display_gets_its_two_commands() -> None:
    both = Cd5220Display().lines(b"A" * 20, b"B" * 20)

    assert both == b"\x1bQA" + b"A" * 20 + b"\r\x1bQB" + b"B" * 20 + b"\r"
    assert Cd5220Display().begin("ascii") == b"\x1b@\x0c"


def test_a_display_that_was_unplugged_shows_the_newest_lines_again() -> None:
    line = SpokenLine(lambda _sent: b"")
    display = SerialDisplay(line, Cd5220Display(), DisplayShape(20, FONTS["ascii"]))
    worker = DeviceWorker("pole", display, lambda _r: None, BackOff(0.01, 1, 0.05))
    worker.start()
    display.show("old", "1")
    wait_for(lambda: b"old" in line.sent)
    line.is_there = False
    display.show("lost", "2")
    display.show("new", "3")
    wait_for(lambda: not line.is_open)
    line.sent, line.is_there = b"", True

    wait_for(lambda: b"new" in line.sent)
    assert b"lost" not in line.sent
    assert worker.stop(20)


def test_the_display_for_practice_writes_its_lines(tmp_path: Path) -> None:
    display = VirtualLineDisplay(tmp_path / FILE)
    worker = DeviceWorker("pole", display, lambda _r: None, BackOff(0.01, 1, 0.05))
    worker.start()

    display.show("鲜牛奶 950 ml 全脂巴氏杀菌", "2.50")
    wait_for(
        lambda: (
            (tmp_path / FILE).exists()
            and "2.50" in (tmp_path / FILE).read_text("utf-8")
        )
    )
    assert (tmp_path / FILE).read_text("utf-8") == "鲜牛奶 950 ml 全脂巴\n2.50\n"
    assert worker.stop(20)
