"""The virtual printer leaves files, and settings make printers."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image as Pictures

from hardware.manager import make_printer
from hardware.printer.escpos_device import EscposDevice
from hardware.printer.virtual import VirtualDevice
from hardware.printer.worker import Listeners
from pos_app.documents.layout import Barcode, Cut, Layout, Text
from pos_app.errors import UserError
from pos_app.ports.printing import PrinterStatus, PrintJobState
from tests.print_queue import MemoryQueue, SteadyClock

QUIET = Listeners(job_changed=lambda job_id, state: None)


def made(
    settings: dict[str, object], queue: MemoryQueue, kicks: list[bool] | None = None
):
    told = QUIET if kicks is None else Listeners(QUIET.job_changed, kicks.append)
    return make_printer(
        {"name": "slip", **settings}, queue=queue, clock=SteadyClock(), listeners=told
    )


def test_every_slip_is_kept_as_bytes_text_and_picture(tmp_path: Path) -> None:
    queue = MemoryQueue()
    kicks: list[bool] = []
    job = queue.add(7)
    layout = Layout((Text("晴川生活"), Barcode("code128", "JOB-7"), Cut()))
    queue.jobs[job] = replace(queue.jobs[job], layout=layout)
    folder = tmp_path / "slips"
    worker = made({"kind": "virtual", "folder": str(folder), "paper": 58}, queue, kicks)
    worker.open_drawer()
    worker.start()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.status() is PrinterStatus.READY
    assert worker.stop(5)
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
    worker = made({"kind": "virtual", "folder": str(tmp_path / "taken")}, queue)
    worker.start()
    queue.wait_for(job, PrintJobState.HELD)
    (tmp_path / "taken").unlink()
    worker.wake()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.stop(5)


def test_settings_make_the_printer_they_name(tmp_path: Path) -> None:
    virtual = made({"kind": "virtual", "folder": str(tmp_path)}, MemoryQueue())
    network = made(
        {"kind": "tcp", "host": "printer.invalid", "paper": "58"}, MemoryQueue()
    )
    assert isinstance(virtual._device, VirtualDevice)
    assert isinstance(network._device, EscposDevice)
    assert network._device._transport.identity == "tcp:printer.invalid:9100"
    assert network.status() is PrinterStatus.UNKNOWN
    assert network.stop(1)


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        pytest.param({}, "printer_kind_unknown", id="no kind"),
        pytest.param({"kind": "lpt"}, "printer_kind_unknown", id="a kind of old"),
        pytest.param({"kind": "tcp"}, "printer_setting_missing", id="no host"),
        pytest.param(
            {"kind": "tcp", "host": "h", "port": "x"},
            "printer_setting_missing",
            id="port",
        ),
        pytest.param(
            {"kind": "virtual", "folder": "f", "paper": 112},
            "paper_width_unknown",
            id="paper",
        ),
        pytest.param(
            {"kind": "tcp", "host": "h", "profile": "star"},
            "printer_profile_unknown",
            id="profile",
        ),
    ],
)
def test_settings_that_make_no_printer_say_why(settings: dict, key: str) -> None:
    with pytest.raises(UserError, match=key):
        made(settings, MemoryQueue())
