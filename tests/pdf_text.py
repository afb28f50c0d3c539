"""Reads a PDF with poppler's tools; a test without them is skipped."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest


def _run(tool: str, *arguments: str) -> str:
    found = shutil.which(tool)
    if found is None:
        pytest.skip(f"{tool} is not installed (poppler-utils)")
    return subprocess.run(
        [found, *arguments], capture_output=True, text=True, check=True, timeout=30
    ).stdout


def pdf_text(file: Path) -> str:
    """Return the words of a PDF."""
    # A glyph that two characters share comes back as either: 生 or its radical.
    return unicodedata.normalize("NFKC", _run("pdftotext", "-layout", str(file), "-"))


def pdf_fonts(file: Path) -> list[str]:
    """Return a line for each font: its name, kind and whether it is inside."""
    return _run("pdffonts", str(file)).splitlines()[2:]
