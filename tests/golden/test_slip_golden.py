"""Slips as text, kept; a changed slip is a changed file that a person reads.

`GUITAI_REMAKE_SLIPS=1` writes them anew.
"""

import os
from pathlib import Path

import pytest

from pos_app.documents.layout import Layout
from pos_app.documents.receipt import receipt
from pos_app.documents.text import text_lines
from pos_app.documents.wrapping import text_columns
from tests import builders_slip as make

FOLDER = Path(__file__).parent / "slips"


def slip(language: str, copy_number: int = 0) -> Layout:
    return receipt(
        make.sale(language=language),
        make.shop(language),
        make.words(language),
        copy_number=copy_number,
        tender_names=make.TENDER_NAMES[language],
        local_time=make.LOCAL_TIME,
    )


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize(("paper", "columns"), [(58, 32), (80, 48)])
def test_the_slip_reads_as_it_did(language: str, paper: int, columns: int) -> None:
    lines = text_lines(slip(language, copy_number=paper % 3), columns)
    assert all(text_columns(line) <= columns for line in lines)
    file = FOLDER / f"{language}_{paper}.txt"
    text = "".join(f"{line.rstrip()}\n" for line in lines)
    if os.environ.get("GUITAI_REMAKE_SLIPS"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")
