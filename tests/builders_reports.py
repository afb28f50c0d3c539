"""A shop with two people who see reports, and a day that has everything in it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.domain.report import Report
from pos_app.domain.report_period import Span, period_of
from pos_app.domain.report_rows import Figure, ReportRows
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.report_request import ReportRequest
from pos_app.values.percentage import Percentage
from tests import builders_returns
from tests.counter_shop import (
    COLA,
    MANAGER,
    SALT,
    SUPERVISOR,
    TEA,
    finish,
    make_counter_shop,
    pay_cash,
    sell,
    sign_on,
)


def report_shop(parent: Path) -> ShopFolder:
    """Return a shop of one's own whose manager and supervisor see reports."""
    setup = copy.deepcopy(builders_returns._setup())
    for role in setup["roles"]:
        if role["is_supervisor"]:
            role["permissions"] = sorted({*role["permissions"], "reports"})
    return make_counter_shop(parent / "shop", setup)


@dataclass
class ReportDay:
    """A till on one day, and what is asked of it.

    Attributes:
        till: opened. clock: of it; moved by hand.
    """

    till: Till
    clock: ReplayClock
    requests: list[ReportRequest] = field(default_factory=list)

    def report(self, span: Span = Span.TODAY, language: str = "zh-CN") -> Report:
        """Return a report as the signed-on person gets it."""
        service = self.till.counter.reports
        period = period_of(span, service.today())
        self.requests.append(service.prepare(period, language))
        return service.make(self.requests[-1])

    def rows(self, figure: Figure) -> ReportRows:
        """Return the rows behind a figure of the last report."""
        return self.till.counter.reports.rows(self.requests[-1], figure)

    def later(self, minutes: int) -> None:
        """Let time pass."""
        self.clock.set(self.clock.now().plus_seconds(60 * minutes))

    def live(self) -> None:
        """Sell, discount, round off, return, exchange, void, correct: two people."""
        counter = self.till.counter
        sign_on(counter, MANAGER)
        first = sell(counter, TEA, COLA, SALT)
        counter.sale.scan(COLA)
        line = _scanned(counter, TEA)
        counter.price_by_hand.discount_line(line, Percentage.parse("10"), "regular")
        counter.sale.round_off(3)
        discounted = pay_cash(counter)
        self.later(70)
        counter.sale.scan(TEA)
        counter.checkout.take("wechat", None, "123456")
        paid = finish(counter)
        right = paid.tenders[0].tender_id
        counter.tender_correction.correct(paid.sale_id, right, "card", "4321").result()
        builders_returns.take_back(counter, first)
        builders_returns.refund(counter)
        counter.slip.reprint(discounted.sale_id).result()
        sign_on(counter, SUPERVISOR)
        counter.sale.scan(SALT)
        line = _scanned(counter, COLA)
        counter.sale.remove_line(line)
        pay_cash(counter)
        counter.sale.scan(COLA)
        gone = _scanned(counter, TEA)
        counter.sale.remove_line(gone)
        counter.sale.undo_remove()
        counter.checkout.void_sale("customer_left").result()
        counter.checkout.finished()
        counter.drawer.open("change").result()
        builders_returns.take_back(counter, discounted)
        counter.sale.scan(TEA)
        counter.sale.scan(TEA)
        pay_cash(counter)
        sign_on(counter, MANAGER)
        self.till.ledger.flush()


def _scanned(counter: Counter, code: str) -> str:
    """Scan and return the line's id."""
    counter.sale.scan(code)
    basket = counter.sale.basket
    assert basket is not None
    return basket.lines[-1].line_id
