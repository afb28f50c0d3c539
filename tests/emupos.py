"""emupos 0.4.0: somebody else's printer, in an environment of its own.

It needs Python 3.13 or newer, which the till does not; it is installed once into
the user's cache folder.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

VERSION = "0.4.0"
CACHE = Path.home() / ".cache" / "emupos"


def command() -> str:
    """Return the emupos command, installing it once; skip the test if it cannot be."""
    found = CACHE / "bin" / "emupos"
    marker = CACHE / f"installed-{VERSION}"
    if not (found.exists() and marker.exists()):
        python = _python()
        if python is None:
            pytest.skip("emupos needs Python 3.13 or newer, and there is none here")
        _install(python)
        marker.touch()
    return str(found)


def _install(python: str) -> None:
    wanted = [str(CACHE / "bin" / "pip"), "install", "-q", f"emupos=={VERSION}"]
    try:
        for step in ([python, "-m", "venv", str(CACHE)], wanted):
            subprocess.run(step, check=True, capture_output=True, timeout=110)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"emupos {VERSION} could not be installed: {error}")


def _python() -> str | None:
    roots = [
        Path.home() / ".pyenv/versions",
        Path.home() / ".local/share/uv/python",
    ]
    kept = [p for root in roots for p in sorted(root.glob("*3.1[3-9]*/bin/python3"))]
    named = [shutil.which(f"python3.{minor}") for minor in (14, 13)]
    for candidate in [*map(str, kept), *filter(None, named), shutil.which("python3")]:
        if candidate is not None and _is_new_enough(candidate):
            return candidate
    return None


def _is_new_enough(python: str) -> bool:
    asked = [python, "-c", "import sys, venv; print(sys.version_info >= (3, 13))"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.stdout.strip() == "True"


class Emupos:
    """A running emupos with one printer and its drawer."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._api = _free_port()
        self.port = _free_port()

    @contextmanager
    def running(self) -> Iterator[Emupos]:
        config = self._folder / "emupos.yaml"
        config.write_text(
            f"schema: 1\napi: {{ host: 127.0.0.1, port: {self._api} }}\n"
            "devices:\n  - id: front\n    type: printer\n    profile: epson-tm-t20iii\n"
            f"    connections:\n      - tcp: {{ port: {self.port} }}\n"
            f"    receipts_dir: {self._folder}/receipts\n"
        )
        # Two pyenv variables would send its Python to the till's own version.
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        with (self._folder / "emupos.log").open("wb") as log:
            process = subprocess.Popen(
                [self._program, "run", "--config", str(config)],
                stdout=log,
                stderr=log,
                env=clean,
            )
            try:
                wait_until(self._is_listening)
                yield self
            finally:
                process.terminate()  # SIGINT is ignored in the background
                process.wait(60)

    def do(self, *words: str) -> str:
        api = f"http://127.0.0.1:{self._api}"
        asked = [self._program, "--api", api, *words]
        return subprocess.run(
            asked, check=True, capture_output=True, text=True, timeout=110
        ).stdout

    def pictures(self) -> list[Path]:
        return sorted((self._folder / "receipts").rglob("*.png"))

    def text(self, picture: Path) -> str:
        return picture.with_suffix(".txt").read_text("utf-8")

    def _is_listening(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def wait_until(condition: Callable[[], object], timeout_s: float = 100) -> None:
    """Wait for a foreign program, which tells nobody when it is done."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
