"""A diagnostics bundle tells how the shop is, and nothing of anybody."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.errors import StorageError
from pos_app.i18n import Words
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.checks.all_checks import shop_checks
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.diagnostics import write_bundle
from pos_app.persistence.making_room import BACKUPS_LEFT, make_room
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
)
from pos_app.services.diagnostics import GONE, Scrubber, plain_devices, plain_settings
from pos_app.services.doctor import examine, report_to_plain
from pos_app.values.times import Timestamp
from tests.builders_ledger import OPENED, Shopkeeper, StillClock, open_ledger, open_shop

SECRETS = (
    "陈晓雨",
    "Chen Xiaoyu",
    "1027",
    "湖滨路 12 号",
    "0571-8888 6666",
    "91330100MA27XXXX0X",
    "138 1234 6217",
    "13812346217",
    "chen@example.com",
    "6901234500210",
    "/home/chenxiaoyu",
)


def tell(folder: ShopFolder) -> None:
    """Let the log and the catalogue hold what must not leave."""
    folder.logs.mkdir(exist_ok=True)
    lines = [f"2026-11-22 09:00:00,123 INFO ui said {x} and went on" for x in SECRETS]
    (folder.logs / "guitai.log").write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def room(tmp_path: Path) -> CheckRoom:
    folder, ring, _code = open_shop(tmp_path / "shop")
    ledger = open_ledger(folder, ring)
    Shopkeeper(ledger).sell(3)
    ledger.close()
    engine = open_catalog(folder.catalog, ring.catalog_key)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO shop (one, shop_id, name, names, address, phone,"
            " tax_number, language, time_zone, till, currency, tax_rounding, cash_mode)"
            " VALUES (1, 'id', '晴川生活', '', ?, ?, ?, 'zh-CN', 'Asia/Shanghai',"
            " '02', 'CNY', 'document', 'half_up')",
            (SECRETS[3], SECRETS[4], SECRETS[5]),
        )
        connection.exec_driver_sql(
            "INSERT INTO role (key, name) VALUES ('cashier', 'Cashier')"
        )
        connection.exec_driver_sql(
            "INSERT INTO staff (staff_id, number, name, names, role) VALUES"
            " ('s', '1027', '陈晓雨', '{\"en\": \"Chen Xiaoyu\"}', 'cashier')"
        )
    engine.dispose()
    tell(folder)
    return CheckRoom(folder, ring, StillClock(OPENED))


def bundle(room: CheckRoom, file: Path) -> dict[str, str]:
    report = report_to_plain(examine(shop_checks(room)), Words("en"))
    settings = plain_settings({"theme": "dark", "printer_address": SECRETS[4]})
    try:
        write_bundle(file, room, report, settings)
    finally:
        room.close()
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_nothing_of_anybody_is_in_it(room: CheckRoom, tmp_path: Path):
    parts = bundle(room, tmp_path / "bundle.zip")
    whole = "\n".join(parts.values())
    for secret in SECRETS:
        assert secret not in whole, secret
    assert "晴川生活" not in whole


def test_what_the_support_needs_is_in_it(room: CheckRoom, tmp_path: Path):
    parts = bundle(room, tmp_path / "bundle.zip")
    assert json.loads(parts["settings.json"]) == {"theme": "dark"}
    assert json.loads(parts["databases.json"])["ledger"]["rows"]["sale"] == 3
    assert json.loads(parts["report.json"])["findings"]
    assert "SaleCompleted" in parts["journal.txt"]
    assert "2026-11-22 09:00:00,123 INFO ui said" in parts["logs/guitai.log"]


def test_a_bundle_that_cannot_be_written_leaves_nothing(
    room: CheckRoom, tmp_path: Path
):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with pytest.raises(StorageError):
        bundle(room, blocked / "bundle.zip")
    assert not list(tmp_path.glob("*.part"))


@given(
    name=st.text("陈晓雨abc", min_size=2, max_size=5),
    around=st.text("xyz ,.-", max_size=9),
    number=st.integers(min_value=10_000, max_value=10**17),
)
def test_names_and_long_numbers_never_come_through(name, around, number):
    text = f"{around}{name}{around} {number} 2026-11-22 10:00:00 {name}"
    clean = Scrubber([name]).scrub(text)
    assert name not in clean
    assert str(number) not in clean
    assert "2026-11-22 10:00:00" in clean


def test_a_badge_never_comes_through():
    clean = Scrubber([]).scrub("no device for GTBABCDEFGHJKLMNP or gtb-1001-777777")
    assert clean == f"no device for {GONE} or {GONE}"


def test_what_is_no_number_of_anybody_stays():
    text = "2026-11-22 10:00:00,001 the ledger is at 1/4711, 12.50, took 35 ms"
    assert Scrubber(["陈"]).scrub(text) == text
    assert Scrubber([]).scrub("call 0571-88886666") == f"call {GONE}"


def test_room_is_made_of_what_the_till_can_do_without(tmp_path: Path):
    folder = ShopFolder(tmp_path / "shop").make()
    old_s = OPENED.unix_ms // 1000 - 30 * 24 * 3600
    for day in range(6):
        backup = folder.backups / f"shop-2026112{day}T000000.guitai"
        backup.write_bytes(b"x" * 1000)
    for name in ("old.png", "old.txt"):
        slip = folder.slips / name
        slip.write_bytes(b"y" * 10)
        os.utime(slip, (old_s, old_s))
    (folder.slips / "new.png").write_bytes(b"z")
    now_s = OPENED.unix_ms // 1000
    os.utime(folder.slips / "new.png", (now_s, now_s))
    folder.ledger.write_bytes(b"precious")
    freed = make_room(folder, Timestamp(OPENED.unix_ms))
    assert freed == 3 * 1000 + 2 * 10
    left = sorted(x.name for x in folder.backups.iterdir())
    assert left == [f"shop-2026112{day}T000000.guitai" for day in (3, 4, 5)]
    assert len(left) == BACKUPS_LEFT
    assert (folder.slips / "new.png").exists()
    assert folder.ledger.read_bytes() == b"precious"


def test_devices_are_told_without_names_addresses_and_serial_numbers():
    way = Connection(ConnectionKind.USB_PRINTER, "04b8:0202:X3B0012345")
    printer = DeviceSettings(
        "receipt", DeviceCategory.RECEIPT_PRINTER, "陈晓雨's printer", "escpos", way
    )
    facts = (("serial_number", "X3B0012345"),)
    health = DeviceHealth.WAITING
    report = DeviceReport("receipt", health, "printer_paper_out", facts=facts)
    assert plain_devices([printer], [report]) == [
        {
            "category": "receipt_printer",
            "driver": "escpos",
            "connection": "usb_printer",
            "is_on": True,
            "health": "waiting",
            "key": "printer_paper_out",
        }
    ]
