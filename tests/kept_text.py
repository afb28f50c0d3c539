"""Papers as text, kept: a changed paper is a changed file that a person reads.

`GUITAI_REMAKE_SLIPS=1` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from pos_app.documents.layout import Layout
from pos_app.documents.text import text_lines
from pos_app.documents.wrapping import text_columns


def text_of(layout: Layout, columns: int) -> str:
    """Return a paper as text; asserts that no line is wider than the paper."""
    lines = text_lines(layout, columns)
    assert all(text_columns(line) <= columns for line in lines)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def assert_kept(file: Path, text: str) -> None:
    """Assert that a paper reads as it did."""
    if os.environ.get("GUITAI_REMAKE_SLIPS"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")
