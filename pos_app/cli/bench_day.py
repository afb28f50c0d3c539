"""What a day of thousands of sales makes slower, or does not: return, report, Z."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from pos_app.bootstrap import Till
from pos_app.cli.bench_counter import QUIET
from pos_app.cli.bench_figures import Figure, spread, timed_ms
from pos_app.cli.bench_shop import Lab, signed_on
from pos_app.domain.permission import Permission
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.shift import CashCount

LINES = 3
REASON = "changed_mind"
LANGUAGE = "zh-CN"


def day_figures(lab: Lab) -> Iterator[Figure]:
    """Sell a whole day, then measure what looks back on it."""
    sales = lab.scale.day_sales
    after = f"after {sales:,} sales"
    with signed_on(lab.folder, QUIET) as till:
        _let_everybody_in(till)
        sold = [_sell(till, lab, number) for number in range(sales)]
        few = sold[:: max(1, sales // lab.scale.searches)]
        returns = [timed_ms(partial(_return, till, sale_id)) for sale_id in few]
        yield from spread(f"one item returned, {after}", returns, {50: None, 95: 100})
        reports = [timed_ms(partial(_report, till)) for _ in range(10)]
        yield from spread(f"report of the day, {after}", reports, {50: None, 95: 100})
        closing_ms = timed_ms(partial(_close, till))
        yield Figure(
            f"shift counted and closed with its Z, {after}", closing_ms, "ms", 1000
        )


def _let_everybody_in(till: Till) -> None:
    """Sign somebody on who may do all of it."""
    staff = till.counter.desk.catalog.staff()
    able = [one for one in staff if one.may(Permission.BLACK_BOX)]
    till.counter.desk.session.begin(able[0])


def _sell(till: Till, lab: Lab, number: int) -> str:
    for line in range(LINES):
        till.counter.sale.scan(lab.code(number * LINES + line + 1))
    till.counter.checkout.take("cash", None)
    sale = till.counter.checkout.finish(print_slip=False).result()
    till.counter.checkout.finished()
    return sale.sale_id


def _return(till: Till, sale_id: str) -> None:
    """Take one unit back by its receipt and pay it out."""
    counter = till.counter
    counter.returns.begin(sale_id)
    found = counter.returns.set_quantity(sale_id, 1, Decimal(1))
    here = found.lines[0].here
    assert here is not None
    counter.returns.set_reason(here.line_id, REASON)
    counter.refund.give("cash")
    counter.checkout.finish(print_slip=False).result()
    counter.checkout.finished()


def _report(till: Till) -> None:
    reports = till.counter.reports
    day = reports.today()
    report = reports.make(reports.prepare(ReportPeriod(day, day), LANGUAGE))
    assert report.total.tickets


def _close(till: Till) -> None:
    shift = till.counter.shift
    expected_minor = till.ledger.shifts.expected_minor(_open_shift(till))
    notes, coins = divmod(expected_minor, 10_000)
    shift.count(CashCount(((10_000, notes), (10, coins // 10)))).result()
    shift.close(0, print_slip=True).result()


def _open_shift(till: Till) -> str:
    found = till.counter.shift.current()
    assert found is not None
    return found.shift_id
