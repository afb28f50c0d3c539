"""The same troubles at a Star: one copy of each CONFIRMED slip, or a question."""

from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.printer.profile import load_profile
from hardware.printer.star_tongue import STAR
from pos_app.ports.printing import PrintJobState
from tests.effort import examples
from tests.faulty_counter import FaultyCounter
from tests.print_queue import MemoryQueue
from tests.properties.test_print_faults import (
    LIVELY,
    Fault,
    faults,
    judge,
    mark_of,
    play,
    slip,
)
from tests.star_model import StarModel


def star_counter(queue: MemoryQueue) -> FaultyCounter:
    model = StarModel(capacity=1024)
    profile = load_profile("star", 80)
    return FaultyCounter(queue, queue.state, profile=profile, model=model, tongue=STAR)


def hold_the_matrix(wrong: list[Fault], count: int) -> None:
    queue = MemoryQueue()
    jobs = [slip(number) for number in range(count)]
    queue.jobs = {job.job_id: job for job in jobs}
    with closing(star_counter(queue)) as counter:
        play(counter, wrong, jobs)
        unknown = judge(counter, jobs)
        again = [slip(int(job.document_id[5:]), copy=1) for job in unknown]
        queue.jobs |= {job.job_id: job for job in again}
        counter.settle([job.job_id for job in again])
        assert judge(counter, again) == []


def test_a_star_without_trouble_confirms_each_slip() -> None:
    queue = MemoryQueue()
    jobs = [slip(number) for number in range(3)]
    queue.jobs = {job.job_id: job for job in jobs}
    with closing(star_counter(queue)) as counter:
        counter.start()
        counter.settle([job.job_id for job in jobs])
        assert {queue.state(x.job_id) for x in jobs} == {PrintJobState.CONFIRMED}
        assert all(counter.copies(mark_of(x)) == (1, 1) for x in jobs)


@pytest.mark.parametrize("rate", [200, 300, 400])
def test_a_slip_that_a_star_ends_late_confirms_no_other_one(rate) -> None:
    """The first is in its large buffer when the till gives up; others follow it."""
    queue = MemoryQueue()
    jobs = [slip(number) for number in range(3)]
    queue.jobs = {job.job_id: job for job in jobs}
    with closing(star_counter(queue)) as counter:
        counter.model.capacity, counter.model.rate = 65536, rate
        counter.start()
        counter.settle([jobs[0].job_id])
        for job in jobs[1:]:
            counter.settle([job.job_id])
            is_confirmed = queue.state(job.job_id) is PrintJobState.CONFIRMED
            assert not is_confirmed or counter.copies(mark_of(job)) == (1, 1)


@settings(LIVELY, max_examples=examples(3, 6))
@given(st.lists(faults, min_size=1, max_size=3), st.integers(1, 3))
def test_each_confirmed_slip_lies_there_once_at_a_star(wrong, count) -> None:
    hold_the_matrix(wrong, count)


@pytest.mark.slow
@pytest.mark.timeout(3000)
@settings(LIVELY, max_examples=120)
@given(st.lists(faults, min_size=1, max_size=4), st.integers(1, 4))
def test_each_confirmed_slip_lies_there_once_at_a_star_in_much_trouble(
    wrong, count
) -> None:
    hold_the_matrix(wrong, count)


@pytest.mark.slow
@pytest.mark.parametrize("byte", [1, 2, 3, 63, 512, 513, 700, 1023, 1024, 1025, 1500])
@pytest.mark.parametrize("fault", ["pulled out", "takes only", "paper ends"])
def test_trouble_at_any_byte_leaves_a_star_with_one_copy_or_a_question(
    fault, byte
) -> None:
    hold_the_matrix([(fault, byte)], 2)
