"""Slips that wait go to another printer by rule or by hand, once; or are let go."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceSettings,
)
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.devices import plain_printer
from pos_app.services.print_relief import FAILOVER, FAILOVER_S
from tests.counter_shop import TEA, finish, fresh_shop, journal_kinds, opened
from tests.paper_printer import PaperPrinter
from tests.print_queue import SteadyClock

SECOND = "second"


class Shop:
    """A till with two printers of slips."""

    def __init__(self, till: Till, first: PaperPrinter, second: PaperPrinter) -> None:
        self.till, self.first, self.second = till, first, second
        self.relief = till.counter.relief

    def use(self, failover_s: int | None) -> None:
        """Set both printers up; the second one stands in for the first."""
        book, stamp = self.till.device_book, self.till.counter.desk.stamp()
        options = {"profile": "epson"}
        stands_in = {FAILOVER: SECOND, FAILOVER_S: failover_s or 0}
        main = plain_printer("127.0.0.1", self.first.port)
        main = replace(
            main, options=options if failover_s is None else {**options, **stands_in}
        )
        other = plain_printer("127.0.0.1", self.second.port)
        other = replace(other, device_id=SECOND, options=options)
        for device in (main, other):
            book.adopt(book.begin_put(stamp, device).result())
        self.till.renew_printer()

    def sell(self) -> PrintJob:
        self.till.counter.sale.scan(TEA)
        self.till.counter.checkout.take("cash", 1280)
        sale = finish(self.till.counter, print_slip=True)
        (job,) = self.till.ledger.print_jobs_of(sale.sale_id)
        return job

    def now(self, job: PrintJob) -> PrintJob:
        found = self.till.ledger.print_jobs_of(job.document_id)
        return next(x for x in found if x.job_id == job.job_id)

    def wait(self, condition: Callable[[], object], timeout_s: float = 60) -> None:
        until = monotonic() + timeout_s
        while not condition():
            assert monotonic() < until
            sleep(0.01)

    def is_held(self, job: PrintJob) -> bool:
        return self.now(job).state is PrintJobState.HELD

    def is_ready(self, device_id: str) -> bool:
        reports = self.till.devices.reports()
        fine = {x.device_id for x in reports if x.health is DeviceHealth.WORKING}
        return device_id in fine


def slips(printer: PaperPrinter) -> int:
    return bytes(printer.paper).count(b"\x1dV")


@contextmanager
def shop_in(folder: Path, clock: SteadyClock) -> Iterator[Shop]:
    with (
        PaperPrinter() as first,
        PaperPrinter() as second,
        opened(fresh_shop(folder), clock) as till,
    ):
        till.options = replace(till.options, with_printer=True)
        yield Shop(till, first, second)


@pytest.fixture
def clock() -> SteadyClock:
    return SteadyClock()


@pytest.fixture
def shop(tmp_path: Path, clock: SteadyClock) -> Iterator[Shop]:
    with shop_in(tmp_path, clock) as found:
        yield found


def later(shop: Shop, clock: SteadyClock, seconds: int) -> int:
    """Look at once and after so many seconds; return how many jobs moved."""
    shop.relief.look()
    clock.ms += seconds * 1000
    moved = shop.relief.look()
    return moved.result(60) if moved is not None else 0


def test_a_slip_that_waits_too_long_goes_to_the_printer_that_stands_in(
    shop: Shop, clock: SteadyClock
) -> None:
    shop.use(failover_s=90)
    shop.first.pull_paper()
    job = shop.sell()
    shop.wait(lambda: shop.is_held(job) and shop.is_ready(SECOND))

    assert later(shop, clock, 89) == 0
    assert later(shop, clock, 1) == 1
    shop.wait(lambda: shop.now(job).state is PrintJobState.CONFIRMED)
    assert shop.now(job).printer == SECOND
    assert (slips(shop.first), slips(shop.second)) == (0, 1)
    assert journal_kinds(shop.till).count(EntryKind.PRINT_MOVED) == 1

    shop.first.load_paper()
    shop.till.devices.wake()
    shop.wait(lambda: shop.is_ready("receipt"))
    fresh = shop.sell()
    shop.wait(lambda: shop.now(fresh).state is PrintJobState.CONFIRMED)
    assert shop.now(fresh).printer == "receipt"
    assert (slips(shop.first), slips(shop.second)) == (1, 1)


@pytest.mark.parametrize("failover_s", [None, 0])
def test_without_a_rule_slips_wait(shop: Shop, clock: SteadyClock, failover_s) -> None:
    shop.use(failover_s)
    shop.first.pull_paper()
    job = shop.sell()
    shop.wait(lambda: shop.is_held(job) and shop.is_ready(SECOND))
    assert later(shop, clock, 9000) == 0
    assert shop.is_held(job)


def test_a_stand_in_that_cannot_print_gets_nothing(
    shop: Shop, clock: SteadyClock
) -> None:
    shop.use(failover_s=90)
    shop.first.pull_paper()
    shop.second.open_cover()
    job = shop.sell()
    shop.till.devices.wake()
    shop.wait(lambda: shop.is_held(job) and not shop.is_ready(SECOND))
    assert later(shop, clock, 900) == 0
    assert shop.now(job).printer == "receipt"


def test_somebody_hands_the_slips_over_at_once(shop: Shop) -> None:
    shop.use(failover_s=None)
    shop.first.pull_paper()
    jobs = [shop.sell(), shop.sell()]
    shop.wait(lambda: shop.is_held(jobs[0]) and shop.is_ready(SECOND))
    assert [x.device_id for x in shop.relief.helpers("receipt")] == [SECOND]
    assert shop.relief.begin_move("receipt", SECOND).result(60) == 2
    shop.wait(lambda: all(shop.now(x).state is PrintJobState.CONFIRMED for x in jobs))
    assert slips(shop.second) == 2
    assert b"\x1dV" not in shop.first.paper


def test_a_slip_of_which_a_byte_went_out_is_never_moved(shop: Shop) -> None:
    shop.use(failover_s=None)
    shop.first.paper_ends_at = 60
    job = shop.sell()
    shop.wait(lambda: shop.now(job).offset_bytes > 0)
    assert shop.relief.begin_move("receipt", SECOND).result(60) == 0
    assert shop.now(job).printer == "receipt"
    shop.first.load_paper()
    shop.wait(lambda: shop.now(job).state is PrintJobState.CONFIRMED)
    assert slips(shop.second) == 0


def test_a_slip_that_waits_is_let_go(shop: Shop) -> None:
    shop.use(failover_s=None)
    shop.first.pull_paper()
    job = shop.sell()
    shop.wait(lambda: shop.is_held(job))
    assert shop.relief.begin_cancel(shop.relief.waiting()[0]).result(60)
    shop.first.load_paper()
    other = shop.sell()
    shop.wait(lambda: shop.now(other).state is PrintJobState.CONFIRMED)
    assert shop.now(job).state is PrintJobState.CANCELLED
    assert slips(shop.first) == 1
    assert journal_kinds(shop.till).count(EntryKind.PRINT_CANCELLED) == 1


def test_a_slip_that_stalls_half_way_is_let_go_and_the_next_one_is_whole(
    shop: Shop,
) -> None:
    shop.use(failover_s=None)
    shop.first.paper_ends_at = 60
    job = shop.sell()
    shop.wait(lambda: shop.now(job).offset_bytes > 0)
    assert not shop.relief.begin_cancel(shop.now(job)).result(60)
    shop.wait(lambda: shop.now(job).state is PrintJobState.CANCELLED)
    shop.first.load_paper()
    other = shop.sell()
    shop.wait(lambda: shop.now(other).state is PrintJobState.CONFIRMED)


def test_only_a_printer_of_slips_takes_slips(shop: Shop) -> None:
    shop.use(failover_s=None)
    with pytest.raises(UserError) as refused:
        shop.relief.begin_move("receipt", "nobody")
    assert refused.value.key == "device_unknown"


def test_labels_wait_for_a_printer_of_labels(shop: Shop) -> None:
    shop.use(failover_s=None)
    shop.first.pull_paper()
    job = shop.sell()
    book, desk = shop.till.device_book, shop.till.counter.desk
    labels = DeviceSettings(
        "labels",
        DeviceCategory.LABEL_PRINTER,
        "",
        "label_virtual",
        Connection(ConnectionKind.FOLDER),
        is_on=False,
    )
    book.adopt(book.begin_put(desk.stamp(), labels).result())
    label = replace(job, job_id="label-1", kind="label", printer="labels")
    desk.record(lambda unit: unit.add_print_job(label)).result()
    shop.wait(lambda: shop.is_held(job))
    assert [x.job_id for x in shop.relief.waiting()] == [job.job_id]
    with pytest.raises(UserError):
        shop.relief.begin_move("labels", SECOND)


def remove(shop: Shop, device_id: str) -> None:
    book, desk = shop.till.device_book, shop.till.counter.desk
    book.adopt(book.begin_remove(desk.stamp(), device_id).result())
    shop.till.renew_printer()


def label_printer(device_id: str) -> DeviceSettings:
    return DeviceSettings(
        device_id,
        DeviceCategory.LABEL_PRINTER,
        "",
        "label_virtual",
        Connection(ConnectionKind.FOLDER),
        is_on=False,  # nothing prints what the test looks at
    )


def put(shop: Shop, device: DeviceSettings) -> None:
    book, desk = shop.till.device_book, shop.till.counter.desk
    book.adopt(book.begin_put(desk.stamp(), device).result())


def test_slips_of_a_printer_that_was_removed_come_out_of_the_slip_printer(
    shop: Shop,
) -> None:
    shop.use(failover_s=None)
    shop.first.pull_paper()
    shop.second.pull_paper()
    job = shop.sell()
    shop.wait(lambda: shop.is_held(job))
    assert shop.relief.begin_move("receipt", SECOND).result(60) == 1
    shop.wait(lambda: shop.is_held(job))
    remove(shop, SECOND)
    moved = shop.relief.look()
    assert moved is not None
    assert moved.result(60) == 1
    assert shop.relief.look() is None  # looked for once, not every second
    shop.first.load_paper()
    shop.wait(lambda: shop.now(job).state is PrintJobState.CONFIRMED)
    assert shop.now(job).printer == "receipt"
    assert (slips(shop.first), slips(shop.second)) == (1, 0)


def test_labels_of_a_printer_that_was_removed_are_counted_apart_and_let_go(
    shop: Shop,
) -> None:
    shop.use(failover_s=None)
    shop.first.pull_paper()
    job = shop.sell()
    shop.wait(lambda: shop.is_held(job))
    put(shop, label_printer("labels"))
    desk = shop.till.counter.desk
    label = replace(job, job_id="label-1", kind="label", printer="labels")
    desk.record(lambda unit: unit.add_print_job(label)).result()
    remove(shop, "labels")
    assert shop.relief.look() is None  # no printer of slips takes them
    counts = shop.relief.counts()
    assert (counts.slips, counts.stray_labels, counts.asks) == (1, 1, False)
    assert shop.relief.begin_cancel_labels().result(60) == 1
    assert shop.relief.counts().stray_labels == 0
    assert shop.is_held(job)


def test_labels_of_a_printer_that_was_removed_go_to_the_other_one(shop: Shop) -> None:
    shop.use(failover_s=None)
    job = shop.sell()
    put(shop, label_printer("labels"))
    put(shop, replace(label_printer("other"), is_on=True))
    desk = shop.till.counter.desk
    label = replace(job, job_id="label-1", kind="label", printer="labels")
    desk.record(lambda unit: unit.add_print_job(label)).result()
    assert shop.relief.look() is None  # switched off: they wait for it
    remove(shop, "labels")
    moved = shop.relief.look()
    assert moved is not None
    assert moved.result(60) == 1
    assert shop.relief.counts().stray_labels == 0


def test_a_printer_of_labels_never_stands_in_for_one_of_slips(
    shop: Shop, clock: SteadyClock
) -> None:
    shop.use(failover_s=90)
    book, stamp = shop.till.device_book, shop.till.counter.desk.stamp()
    was = book.device(SECOND)
    assert was is not None
    way = Connection(ConnectionKind.FOLDER, str(shop.till.folder.slips))
    labels = replace(
        was,
        category=DeviceCategory.LABEL_PRINTER,
        driver="label_virtual",
        connection=way,
        options={},
    )
    book.adopt(book.begin_put(stamp, labels).result())
    shop.till.renew_printer()
    shop.first.pull_paper()
    job = shop.sell()
    shop.wait(lambda: shop.is_held(job) and SECOND in printing(shop))
    assert later(shop, clock, 900) == 0
    assert shop.now(job).printer == "receipt"


def printing(shop: Shop) -> set[str]:
    """Return the devices that print, as far as they say."""
    fine = (DeviceHealth.WORKING, DeviceHealth.ATTENTION)
    return {x.device_id for x in shop.till.devices.reports() if x.health in fine}
