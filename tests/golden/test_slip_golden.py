"""Slips as text, kept; a changed slip is a changed file that a person reads."""

from pathlib import Path

import pytest

from pos_app.documents.layout import Layout
from pos_app.documents.receipt import receipt
from tests import builders_slip as make
from tests.kept_text import assert_kept, text_of

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
    layout = slip(language, copy_number=paper % 3)
    assert_kept(FOLDER / f"{language}_{paper}.txt", text_of(layout, columns))
