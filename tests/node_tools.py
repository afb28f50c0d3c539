"""Programs of other people, from npm, in the user's cache; for tests marked `all`."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

CACHE = Path.home() / ".cache" / "guitai-tests" / "node"
RECEIPTLINE = "receiptline@4.0.4"
RECEIPT_PRINTER_ENCODER = "@point-of-sale/receipt-printer-encoder@4.0.1"


def run_script(package: str, script: Path, question: object) -> object:
    """Ask a script of Node with a package at hand; skip the test if it cannot be.

    Args:
        package: name and version on npm.
        script: reads JSON from its standard input and writes JSON.
        question: what it reads.
    """
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("Node and npm are not installed")
    folder = CACHE / package.replace("/", "_")
    marker = folder / "installed"
    if not marker.exists():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        wanted = [npm, "install", "--no-audit", "--no-fund", package]
        try:
            subprocess.run(
                wanted, cwd=folder, check=True, capture_output=True, timeout=110
            )
        except (subprocess.SubprocessError, OSError) as error:
            pytest.skip(f"{package} could not be fetched from npm: {error}")
        marker.touch()
    answer = subprocess.run(
        [node, str(script)],
        cwd=folder,
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
        timeout=110,
    )
    made: object = json.loads(answer.stdout)
    return made
