"""A paper of training cannot be taken for a receipt, whichever piece of it is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos_app.documents.layout import Block, Cut, Feed, Layout, Rule, Text
from pos_app.documents.training_mark import (
    ROWS_BETWEEN_MARKS,
    as_training,
    training_mark,
)
from pos_app.i18n import Words
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.guest_queue import GuestQueue
from tests.builders_training import opened_training, training_shop
from tests.print_queue import NOW, MemoryQueue

BLOCKS = st.lists(
    st.one_of(
        st.builds(Text, st.text(max_size=8)),
        st.just(Rule()),
        st.just(Feed(1)),
        st.just(Cut()),
    ),
    max_size=60,
)


def is_mark(block: Block, layout: Layout) -> bool:
    mark = training_mark(Words(layout.language))
    return isinstance(block, Text) and block.text == mark.text


@given(BLOCKS, st.sampled_from(["zh-CN", "zh-TW", "en"]))
def test_head_foot_and_every_piece_are_marked(blocks: list[Block], tag: str) -> None:
    marked = as_training(Layout(tuple(blocks), tag))
    assert is_mark(marked.blocks[0], marked)
    kept = [x for x in marked.blocks if not is_mark(x, marked)]
    assert kept == blocks
    since = 0
    for at, block in enumerate(marked.blocks):
        if is_mark(block, marked):
            since = 0
        elif isinstance(block, Cut):
            assert is_mark(marked.blocks[at - 1], marked)
        else:
            since += 1
        assert since <= ROWS_BETWEEN_MARKS
    last = [x for x in marked.blocks if not isinstance(x, Cut)][-1]
    assert is_mark(last, marked)


@given(BLOCKS)
def test_marked_once_is_marked(blocks: list[Block]) -> None:
    once = as_training(Layout(tuple(blocks)))
    assert as_training(once) == once


def test_every_paper_in_the_queue_of_training_is_marked_and_opens_no_drawer(
    tmp_path: Path,
) -> None:
    with opened_training(training_shop(tmp_path)) as here:
        counter = here.counter
        counter.sale.scan("9521005001379")
        counter.checkout.take("cash", None)
        sale = counter.checkout.finish(print_slip=True).result()
        counter.checkout.finished()
        here.upkeep.test_print(here.till.device_book.receipt)()
        jobs = here.till.ledger.print_jobs_of(sale.sale_id)
        assert sale.number.startswith("T")
        assert all(job.layout == as_training(job.layout) for job in jobs)
        assert not any(job.opens_drawer for job in jobs)
        assert here.real.counter.desk.ledger.last_sale() is None


def _job(name: str) -> PrintJob:
    return PrintJob(
        job_id=name,
        document_id=name,
        kind="training",
        copy_number=0,
        printer="slip",
        layout=Layout((Text("x"),)),
        opens_drawer=False,
        state=PrintJobState.QUEUED,
        offset_bytes=0,
        reason="",
        queued_at=NOW,
    )


def test_the_shops_own_slips_come_first_and_hear_nothing_of_guests() -> None:
    own = MemoryQueue()
    queue = GuestQueue(own)
    queue.add(_job("guest"))
    name = own.add(1)
    first = queue.next_job("slip")
    assert first is not None
    assert first.job_id == name
    queue.set_state(name, PrintJobState.CONFIRMED, offset_bytes=1, reason="")
    second = queue.next_job("slip")
    assert second is not None
    assert second.job_id == "guest"
    before = list(own.steps)
    queue.set_state("guest", PrintJobState.SENDING, offset_bytes=1, reason="")
    queue.send_guests_away()
    queue.set_state("guest", PrintJobState.CONFIRMED, offset_bytes=1, reason="")
    assert own.steps == before
    assert queue.next_job("slip") is None
    assert queue.waiting == 0


def test_a_paper_that_opens_the_drawer_is_no_guest() -> None:
    queue = GuestQueue(MemoryQueue())
    with pytest.raises(AssertionError):
        queue.add(replace(_job("x"), opens_drawer=True))
