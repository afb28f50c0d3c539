"""The libraries under the till are the ones it was measured on."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

SOAK = """
import sys
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QPushButton

class Source(QObject):
    fired = Signal(object)

app = QApplication([])
clicks = []
button = QPushButton("x")
button.clicked.connect(lambda checked: clicks.append(1))
before = sys.getrefcount(None), sys.getrefcount(True)
for _ in range(20_000):
    button.click()
source = Source()
source.fired.connect(lambda value: None)
for _ in range(20_000):
    source.fired.emit((1, 2))
after = sys.getrefcount(None), sys.getrefcount(True)
assert len(clicks) == 20_000
assert all(late > early - 50 for early, late in zip(before, after)), (before, after)
"""


def test_clicks_and_emits_do_not_drop_references() -> None:
    """PySide6 6.12.0 on Python 3.11 drops references to None and True and aborts."""
    done = subprocess.run(
        [sys.executable, "-c", SOAK],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_sqlite_is_new_enough_for_two_connections_to_one_wal_file() -> None:
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_the_database_driver_encrypts() -> None:
    connection = dbapi2.connect(":memory:")
    (version,) = connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()
    assert version.startswith("4.")


def test_every_locked_requirement_has_its_hash(repository: Path) -> None:
    for name in ("runtime.txt", "dev.txt", "peers.txt"):
        text = (repository / "requirements" / name).read_text("utf-8")
        entries = re.split(r"\n(?=\S)", text.replace("\\\n", " "))
        pinned = [entry for entry in entries if not entry.startswith("#")]
        without = [e for e in pinned if e.strip() and "--hash=sha256:" not in e]
        assert pinned
        assert without == []


def test_the_locks_name_no_host(repository: Path) -> None:
    for name in ("runtime.txt", "dev.txt", "peers.txt"):
        text = (repository / "requirements" / name).read_text("utf-8")
        assert re.findall(r"https?://|--(?:extra-)?index-url|--find-links", text) == []


def test_both_locks_agree(repository: Path) -> None:
    def versions(name: str) -> dict[str, str]:
        text = (repository / "requirements" / name).read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))

    runtime, everything = versions("runtime.txt"), versions("dev.txt")
    assert runtime.items() <= everything.items()


def test_the_licence_is_apache(repository: Path) -> None:
    text = (repository / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


ORDERS = [
    pytest.param("pos_app.domain.codec", "PySide6.QtWidgets", id="the till's order"),
    pytest.param("PySide6.QtWidgets", "pos_app.domain.codec", id="the tests' order"),
]


@pytest.mark.parametrize(("first", "second"), ORDERS)
def test_pydantic_and_qt_are_loaded_in_any_order(first: str, second: str) -> None:
    """PySide6 looks into modules while they are imported; pydantic's late ones broke."""
    words = f"import {first}\nimport {second}\nimport pos_app.services.setup_file\n"
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, check=False, text=True
    )
    assert done.returncode == 0, done.stderr[-1000:]
