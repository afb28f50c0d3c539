"""The virtual printer leaves files, and settings make printers."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image as Pictures

from hardware.printer.escpos_device import EscposDevice
from hardware.printer.virtual import VirtualDevice
from hardware.printer.worker import Listeners
from pos_app.documents.layout import Barcode, Cut, Layout, Text
from pos_app.errors import UserError
from pos_app.ports.devices import ConnectionKind, DeviceSettings
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.builders_devices import (
    folder_printer,
    printer_worker,
    receipt_printer,
    tcp_printer,
)
from tests.print_queue import MemoryQueue

QUIET = Listeners(job_changed=lambda job_id, state: None)


def made(settings: DeviceSettings, queue: MemoryQueue, kicks: list[bool] | None = None):
    told = QUIET if kicks is None else Listeners(QUIET.job_changed, kicks.append)
    return printer_worker(settings, queue, told)


def test_every_slip_is_kept_as_bytes_text_and_picture(tmp_path: Path) -> None:
    queue = MemoryQueue()
    kicks: list[bool] = []
    job = queue.add(7)
    layout = Layout((Text("晴川生活"), Barcode("code128", "JOB-7"), Cut()))
    queue.jobs[job] = replace(queue.jobs[job], layout=layout)
    folder = tmp_path / "slips"
    worker = made(folder_printer(folder, paper_mm=58), queue, kicks)
    worker.open_drawer()
    worker.start()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.status() is PrinterStatus.READY
    assert worker.stop(60)
    kinds = sorted(file.suffix for file in folder.iterdir())
    assert kinds == [".bin", ".log", ".png", ".txt"]
    (text,) = folder.glob("*.txt")
    assert "晴川生活" in text.read_text("utf-8")
    assert text.name.startswith("20261121-065206-000-slip-job-0007")
    (data,) = folder.glob("*.bin")
    assert "晴川生活".encode("gbk") in data.read_bytes()
    (png,) = folder.glob("*.png")
    picture = Pictures.open(io.BytesIO(png.read_bytes()))
    assert picture.width == 384
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["JOB-7"]
    assert kicks == [True]


def test_a_folder_that_cannot_be_holds_the_slip(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    queue = MemoryQueue()
    job = queue.add(1)
    worker = made(folder_printer(tmp_path / "taken"), queue)
    worker.start()
    queue.wait_for(job, PrintJobState.HELD)
    (tmp_path / "taken").unlink()
    worker.wake()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.stop(60)


def test_settings_make_the_printer_they_name(tmp_path: Path) -> None:
    virtual = made(folder_printer(tmp_path), MemoryQueue())
    network = made(tcp_printer("printer.invalid", 9100, paper_mm=58), MemoryQueue())
    assert isinstance(virtual._device, VirtualDevice)
    assert isinstance(network._device, EscposDevice)
    assert network._device._transport.identity == "tcp:printer.invalid:9100"
    assert network.status() is PrinterStatus.UNKNOWN
    assert network.stop(1)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        pytest.param(
            receipt_printer("lpt", ConnectionKind.NETWORK, "h"),
            "device_driver_unknown",
            id="driver",
        ),
        pytest.param(
            receipt_printer("escpos", ConnectionKind.VIRTUAL, "h"),
            "device_connection_unknown",
            id="connection",
        ),
        pytest.param(
            receipt_printer("escpos", ConnectionKind.NETWORK, ""),
            "device_setting_missing",
            id="no host",
        ),
        pytest.param(
            receipt_printer("escpos", ConnectionKind.NETWORK, "h:x"),
            "device_setting_missing",
            id="port",
        ),
        pytest.param(
            receipt_printer("virtual", ConnectionKind.FOLDER, ""),
            "device_setting_missing",
            id="no folder",
        ),
        pytest.param(
            receipt_printer("virtual", ConnectionKind.FOLDER, "f", paper_mm=112),
            "paper_width_unknown",
            id="paper",
        ),
        pytest.param(
            receipt_printer("virtual", ConnectionKind.FOLDER, "f", paper_mm="wide"),
            "device_setting_missing",
            id="no paper",
        ),
        pytest.param(
            tcp_printer("h", 9100, profile="star"),
            "printer_profile_unknown",
            id="profile",
        ),
    ],
)
def test_settings_that_make_no_printer_say_why(
    settings: DeviceSettings, key: str
) -> None:
    with pytest.raises(UserError, match=key):
        made(settings, MemoryQueue())
