"""A shop with members whose days can be asked about."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.domain.loyalty_report import LoyaltyFigures
from pos_app.domain.loyalty_suspicion import Pattern, Suspicion
from pos_app.domain.member.recognition import Means
from pos_app.domain.report import Report
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import Figure, ReportRows
from pos_app.domain.sale import Sale
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.replay import ReplayClock
from pos_app.services.report_request import ReportRequest
from tests import builders_returns
from tests.builders_members import enrol
from tests.builders_points import bring
from tests.counter_shop import MANAGER, NOON, TEA, finish, make_counter_shop, opened

_RIGHTS = {"members", "member_edit", "loyalty", "reports", "points_adjust"}


def member_setup() -> dict[str, object]:
    """Return a shop whose supervisor and manager may do everything with members."""
    setup = builders_returns._setup()
    for role in setup["roles"]:
        if role["is_supervisor"]:
            role["permissions"] = sorted({*role["permissions"], *_RIGHTS})
    return setup


@dataclass
class MemberDays:
    """A till, and what its reports say.

    Attributes:
        till: opened. clock: of it; moved by hand. enrolled: so many so far.
    """

    till: Till
    clock: ReplayClock
    enrolled: int = 0
    _request: ReportRequest | None = field(default=None)

    def enrol(self, **more: object) -> str:
        """Make somebody with a phone of their own a member."""
        self.enrolled += 1
        phone = f"139{self.enrolled:08d}"
        return enrol(self.till.counter, phone, f"会员{self.enrolled}", **more)

    def later(self, *, days: int = 0, minutes: int = 0) -> None:
        """Let time pass."""
        seconds = 86_400 * days + 60 * minutes
        self.clock.set(self.clock.now().plus_seconds(seconds))

    def sell(
        self,
        who: str = "",
        *codes: str,
        means: Means = Means.LAST_FOUR,
        points: int = 0,
        key: str = "cash",
        reference: str = "",
    ) -> Sale:
        """Sell to a member, or to somebody unknown."""
        self.later(minutes=1)
        counter = self.till.counter
        for code in codes or (TEA,):
            counter.sale.scan(code)
        if who:
            counter.members.attach(who, means)
        if points:
            counter.points.give(points)
        payment = counter.checkout.payment
        assert payment is not None
        if payment.due_minor:
            counter.checkout.take(key, None, reference)
        return finish(counter)

    def give_back(self, sale: Sale, position: int = 1) -> Sale:
        """Let one piece of a sale come back for cash."""
        self.later(minutes=1)
        builders_returns.take_back(self.till.counter, sale, position)
        return builders_returns.refund(self.till.counter)

    def report(self, days: int = 1) -> Report:
        """Return the report of the last so many days, today included."""
        self.till.ledger.flush()
        service = self.till.counter.reports
        today = service.today()
        period = ReportPeriod(today - timedelta(days=days - 1), today)
        self._request = service.prepare(period, "en")
        return service.make(self._request)

    def figures(self, days: int = 1) -> LoyaltyFigures:
        """Return what the report says of members."""
        found = self.report(days).loyalty
        assert found is not None
        return found.figures

    def found(self, days: int = 1) -> dict[Pattern, list[Suspicion]]:
        """Return every finding, by pattern."""
        report = self.report(days).loyalty
        assert report is not None
        found: dict[Pattern, list[Suspicion]] = {}
        for one in report.suspicions:
            found.setdefault(one.pattern, []).append(one)
        return found

    def rows(self, figure: Figure) -> ReportRows:
        """Return what stands behind a figure of the last report."""
        assert self._request is not None
        return self.till.counter.reports.rows(self._request, figure)


@cache
def _prepared() -> Path:
    """Return the folder that tests copy; made once, removed with the process."""
    folder = Path(tempfile.mkdtemp(prefix="guitai-member-days-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_counter_shop(folder / "shop", member_setup()).root


@contextmanager
def member_days(tmp_path: Path) -> Iterator[MemberDays]:
    """Open a till with a programme."""
    shop = ShopFolder(tmp_path / "shop")
    shutil.copytree(_prepared(), shop.root)
    clock = ReplayClock(NOON)
    with opened(shop, clock, number=MANAGER) as till:
        bring(till)
        yield MemberDays(till, clock)
