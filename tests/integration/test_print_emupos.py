"""A slip on a printer that nobody here wrote, read by a reader nobody here wrote."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image as Pictures

from hardware.printer.worker import Listeners, PrinterWorker
from pos_app.documents.layout import Layout
from pos_app.documents.receipt import receipt
from pos_app.ports.printing import PrintJobState
from tests import builders_slip as make
from tests import emupos
from tests.builders_devices import printer_worker, tcp_printer
from tests.print_queue import MemoryQueue

pytestmark = pytest.mark.slow
CODES = {f"urn:uuid:{make.SALE_ID}", "02-1-000162"}


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[emupos.Emupos]:
    folder = tmp_path_factory.mktemp("emupos")
    with emupos.Emupos(emupos.command(), folder).running() as running:
        yield running


def slip(language: str) -> Layout:
    return receipt(
        make.sale(language=language),
        make.shop(language),
        make.words(language),
        copy_number=0,
        tender_names=make.TENDER_NAMES[language],
        local_time=make.LOCAL_TIME,
    )


def till(
    printer: emupos.Emupos, queue: MemoryQueue, profile: str, kicks: list[bool]
) -> PrinterWorker:
    settings = tcp_printer("127.0.0.1", printer.port, profile=profile)
    told = Listeners(lambda job_id, state: None, kicks.append)
    return printer_worker(settings, queue, told)


def queued(language: str) -> tuple[MemoryQueue, str]:
    queue = MemoryQueue()
    job = queue.add(1)
    queue.jobs[job] = replace(queue.jobs[job], layout=slip(language))
    return queue, job


def read(picture: Path) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(Pictures.open(picture))}


@pytest.mark.parametrize(
    ("language", "profile"),
    [
        pytest.param("en", "epson", id="native text and codes"),
        pytest.param("zh-CN", "epson", id="drawn Chinese, native codes"),
        pytest.param("zh-TW", "raster", id="all drawn"),
        pytest.param("zh-CN", "china", id="a Chinese font that emupos lacks"),
    ],
)
def test_the_codes_are_read_from_its_picture(
    printer: emupos.Emupos, language: str, profile: str
) -> None:
    before = len(printer.pictures())
    queue, job = queued(language)
    worker = till(printer, queue, profile, [])
    worker.start()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.stop(60)
    emupos.wait_until(lambda: len(printer.pictures()) > before)
    newest = printer.pictures()[-1]
    assert len(printer.pictures()) == before + 1
    assert read(newest) == CODES
    if profile == "epson" and language == "en":
        written = [line.split() for line in printer.text(newest).splitlines()]
        assert ["Total", "¥123.20"] in written
        assert ["Rounded", "off", "-0.07"] in written


def test_paper_out_holds_and_fresh_paper_prints(printer: emupos.Emupos) -> None:
    before = len(printer.pictures())
    printer.do("fault", "set", "front", "paper-out")
    queue, job = queued("en")
    worker = till(printer, queue, "epson", [])
    worker.start()
    queue.wait_for(job, PrintJobState.HELD)
    assert queue.jobs[job].reason == "paper_out"
    assert len(printer.pictures()) == before
    printer.do("fault", "clear", "front", "paper-out")
    worker.wake()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.stop(60)
    emupos.wait_until(lambda: len(printer.pictures()) == before + 1)
    assert read(printer.pictures()[-1]) == CODES


def test_the_drawer_opens_with_the_sale(printer: emupos.Emupos) -> None:
    printer.do("drawer", "close")
    kicks: list[bool] = []
    queue, job = queued("en")
    worker = till(printer, queue, "epson", kicks)
    worker.open_drawer()
    worker.start()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.stop(60)
    assert kicks == [True]
    emupos.wait_until(lambda: '"drawer": "open"' in printer.do("devices", "--json"))
