"""The table of what was tried against the real kernel; see tests/usb_lab.py."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import pytest

#: What each test says it tried -> how it ended and how long it took.
_results: dict[str, tuple[str, float]] = {}
_WAYS = {"usb_printer": "usblp", "usb": "libusb"}
_LAB_IS_HERE = Path("/sys/class/udc/dummy_udc.0")


@pytest.fixture(autouse=True)
def in_the_lab() -> None:
    """Skip where there are no pretend devices: everywhere but in the lab."""
    if not _LAB_IS_HERE.exists():
        pytest.skip("runs in the lab's machine: python3 dev.py test --usb")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator:
    """Keep how each test ended, by what it says it tried."""
    report = yield
    if call.when == "call" or report.failed or report.skipped:
        function = getattr(item, "function", None)
        said = inspect.getdoc(function) or item.name.removeprefix("test_")
        what = said.splitlines()[0].replace("_", " ")
        how = {"passed": "works", "failed": "FAILS"}.get(report.outcome, "skipped")
        way = item.name.partition("[")[2].rstrip("]")
        if way:
            what += f" ({_WAYS.get(way, way)})"
        _results[f"{item.path.stem.removeprefix('test_kernel_')}: {what}"] = (
            how,
            call.duration,
        )
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table."""
    if not _results:
        return
    release = Path("/proc/sys/kernel/osrelease").read_text().strip()
    terminalreporter.section(f"USB on Linux {release}, simulated devices")
    for what, (how, seconds) in sorted(_results.items()):
        terminalreporter.write_line(f"| {how:7} | {seconds:6.1f} s | {what}")
