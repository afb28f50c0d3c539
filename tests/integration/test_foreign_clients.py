"""Clients that nobody here wrote print to the virtual printers of these tests.

What they send is understood, what they are told is what they expect: so the printers
that the till is tried with behave as the world's software thinks printers do.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from escpos.printer import Network, Usb

from tests.printer_model import Paper, PrinterModel
from tests.tcp_printer import TalkativeModel, TcpPrinter
from tests.usbip_backend import Backend
from tests.virtual_printer import UsbPort, VirtualPrinter

RECEIPTIO = "2.1.2"
RAW_PORT = 9100  # receiptio knows no other
RECEIPT = "Asparagus | 1| 1.00\n---\n^TOTAL | ^1.00\n"


@pytest.fixture
def usb() -> Iterator[tuple[Usb, PrinterModel]]:
    port, printer = UsbPort(), VirtualPrinter(PrinterModel())
    printer.plug(via=port)
    backend = {"backend": Backend(port)}
    client = Usb(0x04B8, 0x0202, usb_args=backend, timeout=2000, profile="TM-T88V")
    yield client, printer.model
    client.close()
    printer.close()


@pytest.fixture
def network() -> Iterator[tuple[Network, PrinterModel]]:
    with TcpPrinter(TalkativeModel()) as printer:
        client = Network("127.0.0.1", port=printer.port, timeout=10, profile="TM-T88V")
        yield client, printer.model
        client.close()


@pytest.mark.parametrize("way", ["usb", "network"])
def test_python_escpos_prints_on_it(way: str, request: pytest.FixtureRequest) -> None:
    client, model = request.getfixturevalue(way)
    client.text("Milk 1L      2.50\n")
    client.qr("https://example.com", native=True)
    client.cut()
    assert model.wait(lambda m: b"\x1dV" in m.printed, 100)
    assert len(model.receipts) == 2
    assert b"Milk 1L" in model.receipts[0]
    assert b"https://example.com" in model.receipts[0]


@pytest.mark.parametrize("way", ["usb", "network"])
@pytest.mark.parametrize(
    ("paper", "says"), [(Paper.OK, 2), (Paper.NEAR_END, 1), (Paper.OUT, 0)]
)
def test_python_escpos_is_told_of_the_paper(
    way: str, paper: Paper, says: int, request: pytest.FixtureRequest
) -> None:
    client, model = request.getfixturevalue(way)
    model.paper = paper
    assert client.paper_status() == says


@pytest.mark.parametrize("way", ["usb", "network"])
def test_python_escpos_opens_the_drawer(
    way: str, request: pytest.FixtureRequest
) -> None:
    client, model = request.getfixturevalue(way)
    client.cashdraw(2)
    assert model.wait(lambda m: m.pulses == 1, 100)
    assert model.drawer_open


def receiptio(folder: Path) -> list[str]:
    """Return the command, fetched once into the user's cache; skip where it cannot."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("Node and npm are not installed")
    cache = Path.home() / ".cache" / "guitai-tests" / f"receiptio-{RECEIPTIO}"
    program = cache / "node_modules" / "receiptio" / "lib" / "receiptio.js"
    if not program.exists():
        cache.mkdir(parents=True, exist_ok=True)
        (cache / "package.json").write_text("{}")
        wanted = [npm, "install", "--no-audit", "--no-fund", f"receiptio@{RECEIPTIO}"]
        try:
            subprocess.run(
                wanted, cwd=cache, check=True, capture_output=True, timeout=110
            )
        except subprocess.SubprocessError as error:
            pytest.skip(f"receiptio {RECEIPTIO} could not be fetched: {error}")
    script = folder / "print.cjs"
    script.write_text(
        f"require({str(program)!r}).print(process.argv[2],"
        " '-d 127.0.0.1 -p escpos -c 42 -t 20').then(r => console.log(r));"
    )
    return [node, str(script), RECEIPT]


def open_cover(model: PrinterModel) -> None:
    model.cover_open = True


def pull_paper(model: PrinterModel) -> None:
    model.paper = Paper.OUT


@pytest.mark.all
@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        (lambda _model: None, "success"),
        (pull_paper, "paperempty"),
        (open_cover, "coveropen"),
    ],
)
def test_receiptio_is_told_what_it_expects(trouble, says: str, tmp_path: Path) -> None:
    command = receiptio(tmp_path)
    model = TalkativeModel(capacity=65_536)
    trouble(model)
    try:
        printer = TcpPrinter(model, RAW_PORT)
    except OSError:
        pytest.skip("something else listens on port 9100 of this machine")
    with printer:
        said = subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=60
        )
    assert said.stdout.strip() == says
    assert (b"Asparagus" in model.printed) == (says == "success")
