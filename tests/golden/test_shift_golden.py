"""The papers of a shift as text, kept; a changed one is a file that a person reads.

They are in the program's own words: what a
catalogue does not translate stands there in English.
"""

from datetime import date
from pathlib import Path

import pytest

from pos_app.documents.cash_slips import cash_move_slip, opening_slip
from pos_app.documents.layout import Layout
from pos_app.documents.shift_form import ShiftForm
from pos_app.documents.shift_report import x_report, z_report
from pos_app.domain.correction import TenderCorrection
from pos_app.domain.reduction import StepKind
from pos_app.domain.shift import (
    TILL_DRAWER,
    CashCount,
    CashMove,
    CashMoveKind,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftFigures,
)
from pos_app.domain.shift_totals import Tally, TotalKind
from pos_app.i18n import Words
from pos_app.values.times import Timestamp
from tests import builders_slip as make
from tests.kept_text import assert_kept, text_of

FOLDER = Path(__file__).parent / "shifts"
DAY = date(2026, 11, 21)
MORNING = Timestamp.parse("2026-11-21T08:00:03+08:00")
EVENING = Timestamp.parse("2026-11-21T22:04:41+08:00")
FLOAT = CashCount(((10_000, 3), (5000, 2), (1000, 9), (100, 10)))
SHIFT = Shift(
    "019aa4e0-0000-7000-8000-000000000001",
    "02-AX-000003",
    "02",
    TILL_DRAWER,
    DAY,
    MORNING,
    "s1",
    "陈晓雨",
    51_000,
    50_000,
    FLOAT,
)
REASONS = {("paid_in", "coins"): "换零钱", ("paid_out", "water"): "买水"}


def tally() -> Tally:
    sums = Tally()
    for kind, key, count, minor in (
        (TotalKind.SALES, "", 62, 1_284_450),
        (TotalKind.RETURNS, "", 3, 38_800),
        (TotalKind.NET, "", 64, 1_245_650),
        (TotalKind.REVERSED, "", 1, 12_800),
        (TotalKind.PIECES, "", 211, 0),
        (TotalKind.RETURNED_PIECES, "", 4, 0),
        (TotalKind.DISCOUNT, StepKind.LINE_DISCOUNT, 5, 4310),
        (TotalKind.DISCOUNT, StepKind.SALE_DISCOUNT, 2, 1280),
        (TotalKind.ROUND_OFF, "", 4, 120),
        (TotalKind.DISCOUNT_RETURNED, "", 1, 200),
        (TotalKind.CASH_ROUNDING, "", 9, -31),
        (TotalKind.TAX_BASE, "13%@13%", 60, 902_120),
        (TotalKind.TAX, "13%@13%", 60, 117_276),
        (TotalKind.TAX_BASE, "9%@9%", 21, 207_572),
        (TotalKind.TAX, "9%@9%", 21, 18_682),
        (TotalKind.TENDER, "cash", 30, 421_000),
        (TotalKind.CHANGE, "cash", 22, 61_950),
        (TotalKind.REFUND, "cash", 2, 26_000),
        (TotalKind.TENDER, "wechat", 31, 899_400),
        (TotalKind.CORRECTION, "wechat", 1, -12_800),
        (TotalKind.CORRECTION, "cash", 1, 12_800),
        (TotalKind.VOID, "", 2, 9900),
        (TotalKind.LINE_VOID, "", 7, 13_310),
        (TotalKind.NO_SALE, "", 1, 0),
        (TotalKind.REPRINT, "", 2, 0),
        (TotalKind.X_REPORT, "", 1, 0),
        (TotalKind.FLOAT, "", 1, 50_000),
        (TotalKind.OVER_SHORT, "opening", 1, -1000),
        (TotalKind.PAID_IN, "coins", 1, 10_000),
        (TotalKind.PAID_OUT, "water", 2, 4500),
        (TotalKind.SAFE_DROP, "", 1, 200_000),
        (TotalKind.TO_SAFE, "", 1, 146_850),
        (TotalKind.OVER_SHORT, "closing", 1, -4500),
        (TotalKind.CASH_FLOW, "", 36, 0),
    ):
        sums.add(kind, key, count, minor)
    return sums


def close(*, is_suspect: bool = True) -> ShiftClose:
    def count(position: int, tens: int) -> ShiftCount:
        pieces = CashCount(((10_000, 19), (1000, tens), (100, 8), (50, 1)))
        return ShiftCount(
            SHIFT.shift_id, position, pieces, 201_350, EVENING, "s1", "陈"
        )

    return ShiftClose(
        shift=SHIFT,
        z_number="02-AZ-000003",
        closed_at=EVENING,
        closed_by="s1",
        closed_by_name="陈晓雨",
        business_day=DAY,
        counts=(count(1, 1), count(2, 5)),
        expected_minor=201_350,
        counted_minor=196_850,
        left_minor=50_000,
        totals=tally().totals,
        first_number="02-A-000101",
        last_number="02-A-000164",
        carried=("02-AR-000011", "02-AR-000012"),
        needs_review=True,
        clock_suspect=is_suspect,
        chain_head="0123456789abcdef" * 4,
        bag="B-2026-77",
    )


def figures() -> ShiftFigures:
    return ShiftFigures(
        SHIFT, EVENING, "林志强", tally().totals, 201_350, "02-A-1", "02-A-164", False
    )


def move(kind: CashMoveKind, reason: str, reference: str) -> CashMove:
    return CashMove(
        "m",
        "02-ACM-000007",
        kind,
        4500,
        reason,
        reference,
        SHIFT.shift_id,
        "02",
        "s1",
        "陈晓雨",
        "",
        DAY,
        EVENING,
    )


CORRECTION = TenderCorrection(
    *("c", "02-AC-000001", "s", "02-A-000120", "t", "wechat", "cash", 12_800, "", "02"),
    *("s1", "陈晓雨", DAY, EVENING),
)


def papers(language: str) -> dict[str, Layout]:
    form = ShiftForm(
        shop=make.shop(language),
        words=Words(language),
        tender_names=make.TENDER_NAMES[language],
        reason_names=REASONS,
        zone=make.CHINA,
    )
    return {
        "z": z_report(close(), (CORRECTION,), form, copy_number=1),
        "x": x_report(figures(), form),
        "opening": opening_slip(SHIFT, form),
        "paid_out": cash_move_slip(move(CashMoveKind.PAID_OUT, "water", "R-9"), form),
        "drop": cash_move_slip(move(CashMoveKind.SAFE_DROP, "", "B-1"), form),
    }


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize(("paper", "columns"), [(58, 32), (80, 48)])
def test_the_papers_of_a_shift_read_as_they_did(
    language: str, paper: int, columns: int
) -> None:
    text = ""
    for name, layout in papers(language).items():
        text += f"##### {name}\n{text_of(layout, columns)}"
    assert_kept(FOLDER / f"{language}_{paper}.txt", text)
