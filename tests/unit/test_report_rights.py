"""Who may look at the reports, and for how long an approval lasts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.bootstrap import Options, Till
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.report_period import ReportPeriod
from pos_app.services.counter import Counter
from pos_app.services.replay import ReplayClock
from pos_app.services.session import ApprovalNeeded
from tests.builders_day import CASHIER, MANAGER, day_shop


def look(counter: Counter) -> None:
    day = counter.reports.today()
    counter.reports.prepare(ReportPeriod(day, day), "en")


def approve(counter: Counter) -> None:
    staff = counter.sign_on.by_number(MANAGER)
    demand = Demand(Permission.REPORTS)
    asked = counter.approval.approve(demand, staff.staff_id, "9638")
    counter.approval.admit(asked.result())


def test_an_approval_to_see_reports_ends_with_the_sign_off(tmp_path: Path) -> None:
    folder = day_shop(tmp_path / "shop")
    options = Options(clock=ReplayClock(), with_printer=False)
    with Till(folder, options) as till:
        counter = till.counter
        cashier = counter.sign_on.by_number(CASHIER)
        counter.desk.session.begin(cashier)
        with pytest.raises(ApprovalNeeded):
            look(counter)
        approve(counter)
        look(counter)
        look(counter)
        counter.sign_on.sign_off()
        counter.desk.session.begin(cashier)
        with pytest.raises(ApprovalNeeded):
            look(counter)
