"""The device book: the only truth about the devices, journalled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.services.devices import (
    DEVICES_KEY,
    RECEIPT_ID,
    DeviceBook,
    older_printer,
    plain_printer,
    read_devices,
    virtual_receipt_printer,
)
from pos_app.services.settings import SETTINGS_KEY, SettingsService
from tests.counter_shop import MANAGER, fresh_shop, opened, prove, query

OLD = {
    "theme": "dark",
    "printer_kind": "tcp",
    "printer_address": "192.168.1.62",
    "printer_port": 9101,
    "paper_mm": 58,
    "printer_profile": "epson",
}
SCALE = DeviceSettings(
    "scale-1",
    DeviceCategory.SCALE,
    "Front scale",
    "toledo_8217",
    Connection(ConnectionKind.SERIAL, "0403:6001:A1", {"baud": 9600}),
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=MANAGER) as opened_till:
        yield opened_till
        prove(opened_till)


def bodies(till: Till, kind: EntryKind) -> list[dict[str, Any]]:
    till.ledger.flush()
    rows = query(till, f"SELECT canonical FROM journal WHERE kind = '{kind}'")
    return [json.loads(row[0])["body"] for row in rows]


def store(till: Till, key: str, value: object) -> None:
    text = json.dumps(value)
    till.ledger.submit(lambda unit: unit.set_setting(key, text)).result()


def test_every_till_begins_with_pictures_in_a_folder(till: Till) -> None:
    assert till.device_book.current == (virtual_receipt_printer(),)
    assert till.device_book.paper_mm == 80


def test_a_printer_of_an_older_release_is_taken_over_once(till: Till) -> None:
    store(till, SETTINGS_KEY, OLD)
    receipt = DeviceBook(till.ledger).receipt
    assert receipt.driver == "escpos"
    assert receipt.connection == Connection(ConnectionKind.NETWORK, "192.168.1.62:9101")
    assert receipt.options == {"paper_mm": 58, "profile": "epson"}
    till.ledger.flush()
    # From now on the settings may be written without it.
    stamp = till.counter.desk.stamp()
    SettingsService(till.ledger).change(stamp, theme="light")
    assert "printer_kind" not in str(till.ledger.setting(SETTINGS_KEY))
    again = DeviceBook(till.ledger)
    assert again.receipt == receipt
    assert again.paper_mm == 58


def test_an_older_release_without_an_address_is_one_that_misses_it(till: Till) -> None:
    store(till, SETTINGS_KEY, {**OLD, "printer_address": " "})
    receipt = DeviceBook(till.ledger).receipt
    assert receipt.connection == Connection(ConnectionKind.NETWORK)


def test_an_older_release_with_the_folder_stays_with_it() -> None:
    stored = json.dumps({**OLD, "printer_kind": "virtual"})
    printer = older_printer(stored)
    assert printer is not None
    assert printer.driver == "virtual"
    assert printer.options["paper_mm"] == 58


def test_settings_that_never_held_a_printer_change_nothing(till: Till) -> None:
    store(till, SETTINGS_KEY, {"theme": "dark"})
    assert DeviceBook(till.ledger).current == (virtual_receipt_printer(),)
    assert till.ledger.setting(DEVICES_KEY) is None


def test_a_device_is_added_changed_and_removed_in_the_journal(till: Till) -> None:
    book, stamp = till.device_book, till.counter.desk.stamp()
    book.adopt(book.begin_put(stamp, SCALE).result())
    assert book.of(DeviceCategory.SCALE) == (SCALE,)
    renamed = replace(SCALE, name="Back scale")
    book.adopt(book.begin_put(stamp, renamed).result())
    book.adopt(book.begin_put(stamp, renamed).result())  # the same again
    assert DeviceBook(till.ledger).current == book.current
    book.adopt(book.begin_remove(stamp, SCALE.device_id).result())
    assert book.current == (virtual_receipt_printer(),)
    (added,) = bodies(till, EntryKind.DEVICE_ADDED)
    (changed,) = bodies(till, EntryKind.DEVICE_CHANGED)
    (removed,) = bodies(till, EntryKind.DEVICE_REMOVED)
    assert added["before"] is None
    assert added["after"]["name"] == changed["before"]["name"] == "Front scale"
    assert changed["after"]["name"] == removed["before"]["name"] == "Back scale"


def test_the_receipt_printer_cannot_be_removed(till: Till) -> None:
    with pytest.raises(UserError, match="device_is_needed"):
        till.device_book.begin_remove(till.counter.desk.stamp(), RECEIPT_ID)


def test_a_device_that_is_gone_already_is_said(till: Till) -> None:
    gone = till.device_book.begin_remove(till.counter.desk.stamp(), "nobody")
    with pytest.raises(UserError, match="device_unknown"):
        gone.result()


@pytest.mark.parametrize(
    "device",
    [
        pytest.param(replace(SCALE, name="x" * 201), id="a name too long"),
        pytest.param(replace(SCALE, name="two\nlines"), id="a name of two lines"),
        pytest.param(replace(SCALE, device_id=""), id="no identity"),
        pytest.param(replace(SCALE, options={"unit": "\ud83d"}), id="half a character"),
    ],
)
def test_what_cannot_be_kept_is_refused(till: Till, device: DeviceSettings) -> None:
    with pytest.raises(UserError, match="device_setting_refused"):
        till.device_book.begin_put(till.counter.desk.stamp(), device)


def test_a_device_that_nobody_understands_is_left_out(till: Till) -> None:
    book, stamp = till.device_book, till.counter.desk.stamp()
    book.begin_put(stamp, SCALE).result()
    stored = json.loads(till.ledger.setting(DEVICES_KEY) or "[]")
    store(till, DEVICES_KEY, [{**stored[1], "category": "espresso"}, {"x": 1}])
    assert DeviceBook(till.ledger).current == (virtual_receipt_printer(),)


@pytest.mark.parametrize(
    ("host", "place"),
    [("10.0.0.9", "10.0.0.9:9100"), ("fe80::1", "[fe80::1]:9100"), (" ", "")],
)
def test_the_address_of_a_network_printer(host: str, place: str) -> None:
    assert plain_printer(host, 9100).connection.address == place


@pytest.mark.parametrize(
    "stored",
    ["", "{", "7", "null", "{}", '"x"', "[1, null, []]", "[[[", "NaN", '[{"a": 1}]'],
)
def test_a_list_that_no_release_wrote_leaves_the_virtual_printer(stored: str) -> None:
    assert read_devices(stored) == (virtual_receipt_printer(),)


def test_devices_of_another_release_are_read_as_far_as_they_are_known() -> None:
    scale = json.loads(json.dumps(asdict(SCALE)))
    newer = {**scale, "device_id": "n", "colour": "red", "connection": {"kind": "bt"}}
    twice = {**scale, "name": "Again"}
    odd = [{**scale, "device_id": f"o{at}", "is_on": at} for at in (None, "no", [])]
    stored = json.dumps([newer, scale, twice, *odd, {**scale, "options": [1]}])
    devices = read_devices(stored)
    assert [x.device_id for x in devices] == [RECEIPT_ID, "scale-1"]
    assert devices[1] == SCALE


def test_a_device_that_is_no_printer_does_not_become_the_receipt_printer() -> None:
    scale = {**asdict(SCALE), "device_id": RECEIPT_ID}
    assert read_devices(json.dumps([scale])) == (virtual_receipt_printer(),)
