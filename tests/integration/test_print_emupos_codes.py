"""Every symbol that the till prints is read back from somebody else's printer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image as Pictures

from hardware.printer.raster import draw_block, stack
from hardware.printer.worker import Listeners
from hardware.printer_guide import GuidedTestPage
from pos_app.documents.layout import Barcode, Block, Cut, Layout, QrCode, Text
from pos_app.ports.devices import Connection, ConnectionKind, OptionValue
from pos_app.ports.printing import PrintJobState
from tests import emupos
from tests.builders_devices import printer_worker, tcp_printer
from tests.print_queue import MemoryQueue

pytestmark = pytest.mark.slow
GS1 = "(01)09521234567899(17)271231(10)AB12"
SHORT_GS1 = "(01)09521234567899"
CODES: tuple[tuple[Block, str, str], ...] = (
    (Barcode("ean13", "9521234567899"), "EAN13", "9521234567899"),
    (Barcode("ean8", "96385074"), "EAN8", "96385074"),
    # A UPC-A is an EAN-13 whose first digit is 0; readers say it so.
    (Barcode("upca", "036000291452"), "", "0036000291452"),
    (Barcode("code128", "02-1-000162"), "Code128", "02-1-000162"),
    (Barcode("code128", "a{b%c"), "Code128", "a{b%c"),
    (Barcode("gs1-128", GS1), "Code128", GS1),
    (Barcode("gs1-128", SHORT_GS1), "Code128", SHORT_GS1),
    (Barcode("itf14", "15400141288763"), "ITF", "15400141288763"),
    (Barcode("code39", "ABC-12 $"), "Code39", "ABC-12 $"),
    (QrCode("urn:uuid:0", 5), "QRCode", "urn:uuid:0"),
    (QrCode("柜台 https://example.com/?a=1&b=2", 4, "H"), "QRCode", ""),
)
WAYS: Mapping[str, dict[str, OptionValue]] = {
    "the printer's own": {"profile": "epson"},
    "drawn, GS v 0": {"profile": "raster"},
    "drawn, GS ( L": {"profile": "raster", "raster": "gs_l"},
    "the printer's own, 58 mm": {"profile": "epson", "paper_mm": 58},
}


@pytest.fixture(scope="module")
def printer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[emupos.Emupos]:
    folder = tmp_path_factory.mktemp("emupos")
    with emupos.Emupos(emupos.command(), folder).running() as running:
        yield running


def printed(
    printer: emupos.Emupos, options: Mapping[str, OptionValue], *blocks: Block
) -> Path:
    before = len(printer.pictures())
    queue = MemoryQueue()
    job = queue.add(1)
    queue.jobs[job] = replace(queue.jobs[job], layout=Layout((*blocks, Cut()), "en"))
    settings = tcp_printer("127.0.0.1", printer.port, **options)
    worker = printer_worker(settings, queue, Listeners(lambda _job, _state: None))
    worker.start()
    queue.wait_for(job, PrintJobState.CONFIRMED)
    assert worker.stop(60)
    emupos.wait_until(lambda: len(printer.pictures()) > before)
    return printer.pictures()[-1]


@pytest.mark.parametrize("options", WAYS.values(), ids=WAYS.keys())
def test_every_symbol_is_read_back(
    printer: emupos.Emupos, options: dict[str, OptionValue]
) -> None:
    for block, kind, text in CODES:
        picture = Pictures.open(printed(printer, options, Text("Code"), block))
        found = [
            (code.format.name, code.text) for code in zxingcpp.read_barcodes(picture)
        ]
        wanted = text or (block.data if isinstance(block, QrCode) else "")
        assert found, f"{block} cannot be read"
        assert wanted in [text for _, text in found]
        assert kind in "".join(name for name, _ in found)
        if isinstance(block, Barcode) and block.symbology == "gs1-128":
            (code,) = zxingcpp.read_barcodes(picture)
            assert code.symbology_identifier == "]C1"


@pytest.mark.parametrize("raster", ["gs_v", "gs_l"])
def test_drawn_lines_are_on_its_paper_dot_for_dot(
    printer: emupos.Emupos, raster: str
) -> None:
    line = Text("覆盆子 龘 お茶 녹차 قهوة 12.50 €")
    options: dict[str, OptionValue] = {"profile": "raster", "raster": raster}
    page = Pictures.open(printed(printer, options, *[line] * 12)).convert("1")
    strip = draw_block(line, 576, "en")
    assert strip is not None
    # Twelve lines are several slices; nothing is between them.
    drawn = stack([strip] * 12, 576)
    assert page.width == drawn.width
    assert page.tobytes().count(drawn.tobytes()) == 1


def test_the_guided_page_is_whole_on_somebody_elses_printer(
    printer: emupos.Emupos,
) -> None:
    before = len(printer.pictures())
    connection = Connection(ConnectionKind.NETWORK, f"127.0.0.1:{printer.port}")
    heard = GuidedTestPage().print_page(connection, "escpos")
    assert heard.answers
    assert heard.confirms
    emupos.wait_until(lambda: len(printer.pictures()) > before)
    newest = printer.pictures()[-1]
    text = printer.text(newest)
    assert " 1  ABC abc 0123456789" in text
    assert " 6  Café Müller Señor" in text
    assert " 7  12,50 €" in text
    read = {code.text for code in zxingcpp.read_barcodes(Pictures.open(newest))}
    assert read == {"GUITAI-12", "GUITAI-13"}
