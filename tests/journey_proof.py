"""Everything that a replay has booked, proven: money, goods, points, coupons, value."""

from __future__ import annotations

from datetime import date

from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.persistence.checks.shift_check import broken_shifts
from tests.counter_shop import EVERY_TICKET, prove, query
from tests.journey_shop import JourneyShop


def proofs(shop: JourneyShop) -> dict[str, bool]:
    """Return what was proven, by name; False for what is not true."""
    till, sums = shop.till, shop.sums
    prove(till)  # chain, sums of each document, balances, numbers, shifts
    service = till.counter.reports
    service.open()
    today = service.today()
    period = ReportPeriod(shop.baskets[0].at.at(_zone(shop)).date(), today)
    report = service.make(service.prepare(_widest(period, today), "en"))
    assert report.loyalty is not None
    figures = report.loyalty.figures
    points, desk = figures.points, till.counter.desk
    given = -sum(x.amount for x in points.account.flows if x.key == "burn")
    due = sum(x.amount for x in points.by_expiry)
    aged = sum(x.amount for x in points.by_age)
    money = query(till, "SELECT sum(amount_minor) FROM money_balance")[0][0]
    stock = {
        row[0]: -row[1]
        for row in query(till, "SELECT item_id, thousandths FROM stock_balance")
    }
    goods = {key: count for key, count in shop.goods.items() if count}
    request = service.prepare(report.period, "en")
    behind = service.rows(request, Figure(FigureKind.BUYERS, "members"))
    with till.ledger.read_engine.connect() as connection:
        shifts = broken_shifts(connection, EVERY_TICKET)
    return {
        "money": money == sums.sold_minor - sums.returned_minor,
        "report_sold": report.total.sold_minor == sums.sold_minor,
        "report_returned": report.total.returned_minor == sums.returned_minor,
        "members_bought_all": figures.members.net_minor == behind.amount_minor,
        "goods": {k: v for k, v in stock.items() if v} == goods,
        "shifts": not shifts,
        "points_reconciled": points.account.is_reconciled,
        "points_given": given == sums.points,
        "points_due": due == aged == points.account.closing,
        "points_projection": not desk.ledger.points.unproven(),
        "coupons_used": sum(x.redeemed for x in figures.coupons) == sums.coupons,
        "coupons_projection": not desk.ledger.coupons.unproven(),
        "value": all(account.is_reconciled for _key, account in figures.value),
    }


def _zone(shop: JourneyShop):  # type: ignore[no-untyped-def]
    from zoneinfo import ZoneInfo

    return ZoneInfo(shop.till.counter.desk.shop.time_zone)


def _widest(period: ReportPeriod, today: date) -> ReportPeriod:
    """Return the period with a day before: a basket may begin before its sale ends."""
    from datetime import timedelta

    return ReportPeriod(period.first - timedelta(days=1), today)
