"""Every page of the wizard: no word cut, none over another, one language, in every dress."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from pos_app.cli.setup_port import MachineSetup
from pos_app.i18n import use_language
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    FoundDevice,
)
from tests.journeys.dresses import dresses
from tests.journeys.painted_words import Painted, painted
from tests.journeys.screen_language import foreign
from tests.ui.clipped_words import clipped_words, small_targets
from ui.app import make_application
from ui.hand import Hand
from ui.scanning.scan_meter import MeasuredScan
from ui.setup_window import SetupWindow
from ui.theme.host import theme_host
from ui.theme.theme import Theme

#: Languages in their own words, data of the sample shop, and what the test typed.
OWN = (
    *("Language · 语言 · 語言", "简体中文", "繁體中文", "English", "USD", "CNY", "TWD"),
    *(
        "Corner",
        "Europe/Vienna",
        "CSV",
        "Excel",
        "FAT",
        "CR",
        "Lin",
        "Wang",
        "barcode",
        "price",
    ),
)


@pytest.fixture
def window(qtbot, tmp_path: Path, garbage_of_windows: None) -> Iterator[SetupWindow]:
    """Return the wizard over an empty folder; in English."""
    make_application([])
    port = MachineSetup(tmp_path / "shop")
    made = SetupWindow(port, "en")
    yield made
    made.close()
    port.close()
    use_language("en")
    theme_host().use(Theme())


def every_page(window: SetupWindow, hand: Hand, tmp_path: Path) -> Iterator[str]:
    """Show one page after the other; yields the name of each."""
    wizard = window.wizard
    yield "welcome"
    wizard.choose("demo")
    yield "demo"
    wizard.choose("restore")
    hand.wait(lambda: wizard.state.sources is not None, "the search")
    wizard.go_on()
    yield "restore, refused"
    wizard.go_back()
    wizard.choose("steps")
    yield "language"
    wizard.on_changed("country", "OTHER")
    wizard.go_on()
    wizard.on_changed("till", "?")
    wizard.on_changed("day_starts_at", "99")
    wizard.go_on()
    yield "shop elsewhere, refused"
    wizard.go_back()
    wizard.on_changed("country", "TW" if wizard.draft.language == "zh-TW" else "CN")
    wizard.on_changed("till", "01")
    wizard.on_changed("day_starts_at", "4")
    wizard.go_on()
    wizard.on_changed("tax_number", "123")
    wizard.go_on()
    yield "shop, refused"
    wizard.on_changed("tax_number", "")
    wizard.on_changed("shop_name", "Corner")
    wizard.go_on()
    yield "screen"
    wizard.go_later()
    yield from device_pages(window, hand)
    wizard.go_later()
    yield from goods_pages(window, hand, tmp_path)
    wizard.add_person()
    wizard.go_on()
    yield "people, refused"
    wizard.remove_person(1)
    wizard.on_person(0, "name", "Lin")
    wizard.on_pin(0, "7391", "7391")
    yield "people"
    wizard.go_on()
    yield "people, being made"
    hand.wait(lambda: wizard.ending.is_made, "the shop")
    yield "code"
    wizard.go_on()
    yield "code, refused"
    wizard.go_later()
    hand.wait(lambda: wizard.draft.step == "sale", "the opening")
    yield "sale"


def device_pages(window: SetupWindow, hand: Hand) -> Iterator[str]:
    """Show the trials of printer, drawer and scanner."""
    wizard, devices = window.wizard, window.wizard.devices
    yield "devices"
    devices.try_printer()
    hand.wait(lambda: wizard.draft.printer_state == "passed", "the slip")
    devices.try_drawer()
    hand.wait(lambda: devices.drawer.stage == "ask", "the drawer")
    devices.take_scan(MeasuredScan("6901234500214", 38, "\r"))
    yield "devices, asking"
    devices.answer_drawer("nothing")
    yield "devices, the drawer stayed shut"
    wizard.on_changed("printer_kind", "tcp")
    devices.found = tuple(
        FoundDevice(
            DeviceCategory.RECEIPT_PRINTER,
            Connection(ConnectionKind.NETWORK, f"192.168.1.{host}:9100"),
            "escpos",
            "",
        )
        for host in (87, 88)
    )
    wizard.go_on()
    yield "devices, printers found, no address"
    devices.take_found(0)
    yield "devices, a found one taken"
    wizard.on_changed("printer_kind", "virtual")


def goods_pages(window: SetupWindow, hand: Hand, tmp_path: Path) -> Iterator[str]:
    """Show the three ways, and a file with faults."""
    wizard = window.wizard
    yield "goods"
    wizard.on_changed("goods", "empty")
    yield "goods, none"
    file = tmp_path / "list.csv"
    file.write_text("name,price,barcode\nTea,3.00,6901234500214\nMilk,x,12\n", "utf-8")
    wizard.on_changed("goods", "import")
    yield "goods, a file"
    wizard.on_goods_file(str(file))
    hand.wait(lambda: not wizard.state.is_reading_goods, "the file")
    yield "goods, a file read"
    wizard.on_changed("goods", "demo")
    wizard.go_on()


def overlapping(words: list[Painted]) -> list[str]:
    """Name the pairs of texts that are painted over each other."""
    found = []
    for (first, one), (second, other) in itertools.combinations(enumerate(words), 2):
        shared = one.area.intersected(other.area)
        is_one_text = second == first + 1 and shared.height() == one.area.height()
        if shared.width() > (12 if is_one_text else 3) and shared.height() > 3:
            found.append(f"{one.text} / {other.text}")
    return found


def faults_of(window: QWidget, language: str) -> list[str]:
    """Name what cannot be read or touched."""
    words = painted(window)
    own = (*OWN, *window.property("own"))
    return [
        *clipped_words(window),
        *small_targets(window),
        *overlapping(words),
        *(x.text for x in words if "…" in x.text),
        *(x.text for x in words if foreign(x.text.strip(), language, own)),
    ]


@pytest.mark.parametrize(("language", "size", "theme", "percent"), dresses())
def test_every_word_of_the_wizard_can_be_read(
    window, tmp_path, language, size, theme, percent
):
    hand = Hand(window.window)
    window.window.resize(*size)
    window.open(full_screen=False)
    window.window.resize(*size)
    for key, value in (
        ("language", language),
        ("theme", theme),
        ("size_percent", percent),
    ):
        window.wizard.on_changed(key, value)
    wrong = {}
    for page in every_page(window, hand, tmp_path):
        hand.look()
        for _turn in range(5):
            hand.look()
        groups = window.wizard.ending.code.groups
        window.window.setProperty("own", [str(tmp_path), *groups])
        faults = faults_of(window.window, language)
        if faults:
            wrong[page] = faults
    assert not wrong
