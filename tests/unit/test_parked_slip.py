"""The slip of a parked sale: it says what it is, and its barcode brings it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.layout import Barcode, Columns, Layout, Text
from pos_app.ports.printing import PrintJobState
from tests.counter_shop import COLA, TEA, fresh_shop, opened, prove


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    """Return an open till with a cashier."""
    with opened(fresh_shop(tmp_path)) as till:
        yield till
        prove(till)


def words_of(layout: Layout) -> str:
    """Return all words of a layout, a row a line."""
    rows = []
    for block in layout.blocks:
        if isinstance(block, Text):
            rows.append(block.text)
        elif isinstance(block, Columns):
            rows.append(" ".join(block.cells))
    return "\n".join(rows)


def test_a_slip_is_printed_with_the_parking_if_asked_for(till: Till) -> None:
    for code in (TEA, COLA, COLA, "4000000000006"):
        till.counter.sale.scan(code)
    parked = till.counter.park.park("白衬衫女士", print_slip=True).result()
    (job,) = till.ledger.print_jobs_of(parked.number)
    words = words_of(job.layout)
    assert job.kind == "parked"
    for said in ("#1", "白衬衫女士", "2 × 可乐 7.00", "4000000000006", "¥19.80"):
        assert said in words
    barcodes = [x.data for x in job.layout.blocks if isinstance(x, Barcode)]
    assert barcodes == [parked.number]
    assert till.counter.park.by_slip(barcodes[0]) == parked


def test_no_slip_is_printed_unasked_and_any_number_if_asked(till: Till) -> None:
    till.counter.sale.scan(TEA)
    parked = till.counter.park.park().result()
    assert till.ledger.print_jobs_of(parked.number) == ()
    for _ in range(2):
        till.counter.park.slips.print(parked.sale.basket.basket_id).result()
    first, second = till.ledger.print_jobs_of(parked.number)
    assert first.layout == second.layout


def test_a_slip_whose_end_nobody_saw_is_printed_again_as_it_was(till: Till) -> None:
    till.counter.sale.scan(TEA)
    parked = till.counter.park.park(print_slip=True).result()
    (job,) = till.ledger.print_jobs_of(parked.number)
    unknown = replace(job, state=PrintJobState.UNKNOWN, offset_bytes=10)
    till.ledger.set_state(job.job_id, unknown.state, offset_bytes=10, reason="")
    till.counter.slip.answer_unknown(unknown, printed=False).result()
    old, again = till.ledger.print_jobs_of(parked.number)
    assert old.state is PrintJobState.CANCELLED
    assert again.state is PrintJobState.QUEUED
    assert (again.offset_bytes, again.layout) == (0, job.layout)
