"""A full disk and a clock that went back: said plainly, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.ports.ledger import UnitOfWork
from tests.journeys.screen_till import (
    COLA,
    COLA_GTIN,
    FIRST_GTIN,
    SECOND_GTIN,
    HandClock,
    ScreenTill,
)

HOUR_S = 3600


def limit_pages(till: ScreenTill, pages: int | None) -> None:
    """Let the ledger's file grow to so many pages; None lets it grow on."""

    def work(unit: UnitOfWork) -> None:
        connection = unit._connection  # type: ignore[attr-defined]
        now = connection.exec_driver_sql("PRAGMA page_count").scalar()
        most = 1_000_000 if pages is None else now + pages
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    till.till.ledger.submit(work).result()


@contextmanager
def full_disk(till: ScreenTill) -> Iterator[None]:
    """Leave the ledger no room until the block ends."""
    till.till.ballast.release()
    limit_pages(till, 0)
    try:
        yield
    finally:
        limit_pages(till, None)


def fill(till: ScreenTill) -> None:
    """Scan until the disk refuses; one line for each scan."""
    for _scan in range(400):
        till.scan_quickly(COLA_GTIN)
        if _scan % 20 == 19:
            till.settle()
            till.till.ledger.flush()
            till.settle()
            if "磁盘满了" in till.message:
                return
    raise AssertionError("the disk never filled")


def test_full_disk_is_said_and_the_sale_goes_on_when_there_is_room(selling):
    selling.scan(FIRST_GTIN)
    with full_disk(selling):
        fill(selling)
        selling.sees("磁盘满了")
        count = int(selling.basket[-1][1])
        assert selling.basket[-1][0] == COLA
        selling.press("quickCash1")
        selling.wait(lambda: selling.shown == "paymentScreen")
        assert "磁盘满了" in selling.message
        assert selling.till.ledger.last_sale() is None
        assert len(selling.lines) == 2
    selling.press("mainAction")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    assert [count for _sku, count in selling.sold] == ["1", str(count)]
    assert not any(chip.key == "storage" for chip in selling.flow.frame.state().chips)
    selling.scan(SECOND_GTIN)
    assert len(selling.basket) == 1
    selling.till.ledger.flush()
    stored = selling.till.ledger.open_sale()
    assert stored is not None
    assert stored.basket == selling.work.counter.sale.basket


def test_clock_that_went_back_asks_the_manager_and_flags_the_sales(selling, open_till):
    selling.scan(COLA_GTIN)
    before = selling.pay_cash()
    selling.stop()
    after = open_till(selling.folder, clock=HandClock(-2 * HOUR_S))
    after.sign_on("1001")
    assert after.dialog == "clockQuestion"
    after.sees("时钟倒退了", "比最后一条流水慢")
    after.press("answer-right")  # a cashier may not say so alone
    assert after.dialog == "approvalDialog"
    after.key(Qt.Key.Key_Escape)
    assert after.message == _("Not approved; nothing was changed")
    assert after.journal(EntryKind.CLOCK_CONFIRMED) == []
    after.sees("时钟慢")
    after.scan(COLA_GTIN)
    flagged = after.pay_cash()
    assert flagged.clock_suspect
    assert flagged.ended_at >= before.ended_at
    assert len(after.journal(EntryKind.CLOCK_WENT_BACK)) == 1
    after.press("lockButton")
    after.sign_on("1005")
    after.press("answer-right")
    after.wait(lambda: not after.says("时钟慢"))
    assert after.dialog == ""
    assert len(after.journal(EntryKind.CLOCK_CONFIRMED)) == 1
    after.scan(FIRST_GTIN)
    assert not after.pay_cash().clock_suspect


def test_clock_that_will_be_set_stays_in_doubt(selling):
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    selling.clock.ahead_s = -HOUR_S
    selling.scan(COLA_GTIN)
    assert selling.pay_cash().clock_suspect
    selling.sees("时钟慢")
