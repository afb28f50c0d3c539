"""A queue of CUPS gets a whole slip, or nothing of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.printer.worker import Listeners
from hardware.transport.base import finish_document
from hardware.transport.opening import transport_of
from pos_app.errors import DeviceError
from pos_app.ports.devices import Connection, ConnectionKind
from pos_app.ports.printing import PrintJobState
from tests.builders_devices import printer_worker, receipt_printer
from tests.print_queue import MemoryQueue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="CUPS is not there")

SLIP = b"\x1b@" + bytes(range(256)) * 40 + b"\x1dV\x00"
CUPSD = shutil.which("cupsd", path=os.environ.get("PATH", "") + ":/usr/sbin")
CONFIGURATION = """\
Listen 127.0.0.1:{port}
Browsing Off
PreserveJobFiles Yes
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
PLACES = """\
ServerRoot {0}/root
StateDir {0}/state
CacheDir {0}/cache
RequestRoot {0}/spool
TempDir {0}/spool
AccessLog {0}/access.log
ErrorLog {0}/error.log
PageLog {0}/page.log
FileDevice Yes
"""


def soon(seconds: float = 60) -> float:
    return time.monotonic() + seconds


def queue_named(name: str):
    return transport_of(Connection(ConnectionKind.QUEUE, name))


def program(folder: Path, name: str, script: str) -> None:
    """Put a program on the way: what CUPS might do, at its worst."""
    path = folder / name
    path.write_text("#!/bin/sh\n" + script)
    path.chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    program(folder, "lpstat", "echo slips accepting requests\n")
    return folder


def collected(slip: bytes = SLIP):
    transport = queue_named("slips")
    transport.open(soon())
    sent = 0
    while sent < len(slip):
        sent += transport.write_some(slip[sent:], soon())
    return transport


# ------------------------------------------------------------ CUPS at its worst
def test_a_slip_that_broke_off_is_never_handed_over(programs: Path) -> None:
    taken = programs / "taken"
    program(programs, "lp", f"cat >> {taken}\n")
    collected().close()
    assert not taken.exists()
    transport = collected()
    assert finish_document(transport, soon())
    transport.close()
    assert taken.read_bytes() == SLIP


def test_a_queue_that_refuses_has_printed_nothing(programs: Path) -> None:
    program(programs, "lp", "cat > /dev/null; exit 1\n")
    assert finish_document(collected(), soon()) is False


def test_a_scheduler_that_hangs_is_given_up(programs: Path) -> None:
    program(programs, "lp", "exec sleep 60\n")
    transport = collected()
    with pytest.raises(DeviceError) as caught:
        finish_document(transport, soon(0.3))
    assert caught.value.key == "device_gone"
    assert not transport.is_open


def test_a_queue_that_takes_no_jobs_is_unreachable(programs: Path) -> None:
    for script in ("echo slips not accepting requests\n", "exit 1\n"):
        program(programs, "lpstat", script)
        with pytest.raises(DeviceError) as caught:
            queue_named("slips").open(soon())
        assert caught.value.key == "device_unreachable"


def test_a_computer_without_cups_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError) as caught:
        queue_named("slips").open(soon())
    assert caught.value.key == "device_library_missing"


def test_a_slip_is_sent_through_a_queue_and_never_called_confirmed(
    programs: Path,
) -> None:
    taken = programs / "taken"
    program(programs, "lp", f"cat > {taken}\n")
    jobs = MemoryQueue()
    job = jobs.add(7)
    settings = receipt_printer("escpos", ConnectionKind.QUEUE, "slips")
    worker = printer_worker(settings, jobs, Listeners(lambda *_: None))
    worker.start()
    jobs.wait_for(job, PrintJobState.SENT, PrintJobState.CONFIRMED)
    assert worker.stop(60)
    assert jobs.state(job) is PrintJobState.SENT
    assert b"END-0007" in taken.read_bytes()


# ---------------------------------------------------------------- the real CUPS
def is_running() -> bool:
    said = subprocess.run(["lpstat", "-r"], capture_output=True, check=False)
    return b"is running" in said.stdout


@pytest.fixture
def scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Run a scheduler of our own: no root's queues, no port of the system's."""
    if CUPSD is None or shutil.which("lpadmin", path="/usr/sbin:/usr/bin") is None:
        pytest.skip("CUPS is not installed here")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    for name in ("root", "state", "cache", "spool"):
        (tmp_path / name).mkdir()
    (tmp_path / "cupsd.conf").write_text(CONFIGURATION.format(port=port))
    (tmp_path / "cups-files.conf").write_text(PLACES.format(tmp_path))
    files = [
        "-c",
        str(tmp_path / "cupsd.conf"),
        "-s",
        str(tmp_path / "cups-files.conf"),
    ]
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
    with subprocess.Popen([CUPSD, "-f", *files], stderr=subprocess.DEVNULL) as cupsd:
        try:
            deadline = soon(20)
            while not is_running():
                if time.monotonic() > deadline or cupsd.poll() is not None:
                    pytest.skip("cupsd does not run for this user")
                time.sleep(0.05)
            queue = ["/usr/sbin/lpadmin", "-p", "slips", "-v", "file:///dev/null"]
            made = subprocess.run(queue, capture_output=True, check=False)
            if made.returncode:
                pytest.skip(f"no queue can be made: {made.stderr.decode()}")
            subprocess.run(["/usr/sbin/cupsaccept", "slips"], check=True)
            yield tmp_path / "spool"
        finally:
            cupsd.terminate()


@pytest.mark.all
def test_cups_itself_gets_every_byte_as_it_was(scheduler: Path) -> None:
    transport = collected()
    assert finish_document(transport, soon(20))
    transport.close()
    assert [x.read_bytes() for x in scheduler.glob("d*")] == [SLIP]
    with pytest.raises(DeviceError):
        queue_named("another").open(soon())


#: Under Wine, whose spooler hands its jobs to CUPS.
ON_WINDOWS = """
import sys, time
sys.path.insert(0, ".")
from hardware.discovery.queues import queues
from hardware.transport.windows_spooler import WindowsQueue
assert [x.connection.address for x in queues()] == ["slips"], queues()
queue = WindowsQueue("slips")
queue.open(time.monotonic() + 10)
slip = b"\\x1b@" + bytes(range(256)) * 40 + b"\\x1dV\\x00"
while slip:
    slip = slip[queue.write_some(slip, 0):]
assert queue.finish(time.monotonic() + 60)
queue.close()
"""


@pytest.mark.all
def test_windows_spooler_gets_every_byte_as_it_was(
    scheduler: Path, repository: Path, shared_folder: Path
) -> None:
    lab = Path(os.environ.get("WINLAB", "~/.cache/winlab")).expanduser()
    packages = lab / "python" / "Lib" / "site-packages"
    if not (packages / "win32" / "win32print.pyd").exists():
        pytest.skip("no Windows here: python3 dev.py test --windows prepares one")
    winlab = shared_folder / "winlab" / "winlab"
    words = [str(winlab), "python", "-c", ON_WINDOWS]
    done = subprocess.run(
        words, cwd=repository, capture_output=True, check=False, timeout=200
    )
    assert done.returncode == 0, done.stderr.decode()
    assert [x.read_bytes() for x in scheduler.glob("d*")] == [SLIP]
