"""Whatever a device may say of itself has words, and one thing to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.running import _HEALTH
from pos_app.i18n import use_language
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
)
from ui.message_words_device_state import explain_report, has_state_words
from ui.messages import has_words
from ui.presenters.device_change_words import device_changes, told_device
from ui.presenters.device_tests import KINDS
from ui.presenters.device_views import chosen_view
from ui.presenters.device_words import (
    CATEGORY_ICONS,
    CONNECTION_NAMES,
    address_hint,
    chip_words,
    detail_words,
    fact_words,
    is_trouble,
)
from ui.theme.icons import icon_exists

HARDWARE = Path(__file__).parents[2] / "hardware"
#: Errors of drawing a paper, which no device says of itself.
DRAWING = {
    "barcode_impossible",
    "logo_unreadable",
    "no_cjk_font",
    "qr_too_long",
    "recording_differs",
}


@pytest.fixture(autouse=True)
def english():
    use_language("en")


def raised_keys() -> Iterator[str]:
    """Return the keys of all errors and reports that the code of devices makes."""
    for file in HARDWARE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = {"DeviceError": 0, "DeviceReport": 2}.get(name)
            if place is None or len(node.args) <= place:
                continue
            key = node.args[place]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield key.value


def test_every_key_that_devices_use_has_words_of_its_own():
    keys = set(raised_keys()) - DRAWING
    assert len(keys) > 5
    unknown = {x for x in keys if not (has_state_words(x) or has_words(x))}
    assert unknown == set()


@pytest.mark.parametrize("key", sorted({key for _health, key in _HEALTH.values()}))
def test_every_status_of_a_printer_has_words(key: str):
    assert has_state_words(key)


@pytest.mark.parametrize("health", DeviceHealth)
def test_a_drivers_own_key_still_has_a_chip_and_a_sentence(health: DeviceHealth):
    report = DeviceReport("x", health, "of_a_third_party")
    words, _tone = chip_words(report)
    assert words
    assert explain_report(report).sentence


def test_what_is_wrong_names_one_thing_to_do():
    report = DeviceReport("x", DeviceHealth.WAITING, "printer_paper_out")
    told = explain_report(report)
    assert told.text == "It is out of paper; slips wait."
    assert "roll" in told.action
    assert is_trouble(report)
    starting = DeviceReport("x", DeviceHealth.MISSING, "device_starting")
    assert not is_trouble(starting)


def test_a_field_of_the_settings_is_named_as_its_form_names_it():
    params = {"field": "address"}
    report = DeviceReport("x", DeviceHealth.WAITING, "device_setting_missing", params)
    assert "Address" in explain_report(report).text


@pytest.mark.parametrize("category", DeviceCategory)
def test_every_category_has_an_icon_and_a_test(category: DeviceCategory):
    assert icon_exists(CATEGORY_ICONS[category])
    assert category in KINDS


@pytest.mark.parametrize("kind", ConnectionKind)
def test_every_way_has_a_name(kind: ConnectionKind):
    assert CONNECTION_NAMES[kind]
    address_hint(kind)


def test_the_usual_port_is_not_shown():
    way = Connection(ConnectionKind.NETWORK, "192.168.1.62:9100")
    printer = DeviceSettings(
        "x", DeviceCategory.RECEIPT_PRINTER, "", "escpos", way, {"paper_mm": 58}
    )
    assert detail_words(printer, None) == "Network 192.168.1.62 · 58 mm"


def test_a_fact_that_nobody_named_is_shown_as_it_is():
    assert fact_words(("head_temperature", "31 °C")) == ("head temperature", "31 °C")


@pytest.mark.parametrize(
    ("pin", "level", "words"),
    [
        ("high", 1, "Drawer is open"),
        ("low", 1, "Drawer is shut"),
        ("low", 0, "Drawer is open"),
    ],
)
def test_a_drawer_is_told_once_it_is_known_which_level_means_open(
    pin: str, level: int, words: str
):
    way = Connection(ConnectionKind.NETWORK, "192.168.1.62:9100")
    printer = DeviceSettings("x", DeviceCategory.RECEIPT_PRINTER, "", "escpos", way)
    report = DeviceReport(
        "x", DeviceHealth.WORKING, "printer_ready", facts=(("drawer_pin", pin),)
    )
    known = replace(printer, options={"drawer_open_level": level})
    for device, said in ((printer, False), (known, True)):
        view = chosen_view(device, {}, (device,), {"x": report}, {})
        assert (words in dict(view.answers)) is said
        assert not any("pin" in label for label, _value in view.facts)


def test_the_black_box_tells_what_was_set_before_and_since():
    body = {
        "device_id": "x",
        "category": "scale",
        "before": {"name": "", "driver": "scale_cas", "is_on": True},
        "after": {
            "name": "Front",
            "driver": "scale_cas",
            "is_on": False,
            "connection": {
                "kind": "serial",
                "address": "A1",
                "options": {"baud": 9600},
            },
        },
    }
    assert told_device(body) == "Front"
    assert dict(device_changes(body)) == {
        "Name of the device": " → Front",
        "Use this device": "True → False",
        "How it is reached": " → Serial port",
        "Address": " → A1",
        "baud": " → 9600",
    }
