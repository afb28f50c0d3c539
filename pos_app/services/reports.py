"""Reports on the till: any business days, compared with the same weekdays before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.domain.report import (
    ExceptionShare,
    ItemShare,
    PeriodFigures,
    PromotionShare,
    PromotionUse,
    Report,
    Share,
)
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.report_rows import (
    LOYALTY_FIGURES,
    Figure,
    FigureKind,
    ReportRows,
    RowQuery,
)
from pos_app.domain.report_sums import (
    by_cashier,
    by_category,
    by_day,
    by_hour,
    by_item,
    by_promotion,
    total_of,
)
from pos_app.i18n import Words
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.desk import Desk
from pos_app.services.loyalty_reports import LoyaltyReports
from pos_app.services.report_names import report_names
from pos_app.services.report_paper import report_layout
from pos_app.services.report_request import ReportRequest
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.services.slip_forms import SlipFormService
from pos_app.values.times import BusinessDay, Timestamp

REPORT = "report"


class ReportService:
    """Makes reports, shows the rows behind them, prints them."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._forms = forms
        self.loyalty = LoyaltyReports(desk)
        #: Where items stand today whose documents do not say it.
        self._stands: dict[str, str] = {}
        #: The sign-on that was let see them; none yet.
        self._opened_in = -1

    def today(self) -> BusinessDay:
        """Return the business day that goes on now."""
        return self._desk.business_day()

    def open(self) -> None:
        """Let the cashier see reports until they sign off.

        Raises:
            UserError: "not_signed_on".
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.REPORTS)
        self._opened_in = self._desk.session.turn

    def close(self) -> None:
        """Show no more: the next person asks again."""
        self._opened_in = -1

    def prepare(self, period: ReportPeriod, language: str) -> ReportRequest:
        """Look up what a report needs; on the thread of the catalogue.

        Raises:
            UserError: "not_signed_on", or as `open` where it was not called.
        """
        session = self._desk.session
        if session.staff is None or session.turn != self._opened_in:
            self.open()
        shop, now = self._desk.shop, self._desk.clock.now()
        until = None
        if period.last >= self.today():
            local = now.at(ZoneInfo(shop.time_zone))
            until = Timestamp.of(local - timedelta(weeks=period.weeks_back))
        return ReportRequest(
            period=period,
            at=now,
            until=until,
            zone_name=shop.time_zone,
            starts_at_hour=shop.day_starts_at_hour,
            currency=shop.rules.currency,
            language=language,
            shop_language=shop.language,
            names=report_names(self._desk.catalog, language),
        )

    def make(self, request: ReportRequest) -> Report:
        """Make the report; on any thread, it may take a second."""
        reader, period = self._desk.ledger.reports, request.period
        zone, hour = ZoneInfo(request.zone_name), request.starts_at_hour
        found = reader.figures(period)
        earlier = period.before()
        whole = reader.slots(earlier)
        cut = whole if request.until is None else reader.slots(earlier, request.until)
        items = self._placed(found.items, request.at)
        return Report(
            period=period,
            made_at=request.at,
            currency=request.currency,
            starts_at_hour=hour,
            is_going_on=request.until is not None,
            total=total_of(found.slots),
            before=total_of(cut),
            hours=by_hour(found.slots, zone, hour),
            hours_before=by_hour(whole, zone, hour),
            days=by_day(found.slots, period),
            days_before=by_day(whole, earlier),
            cashiers=_renamed(by_cashier(found.slots), request.names.staff),
            tenders=_named(found.tenders, request.names.tenders),
            value=found.value,
            categories=by_category(items, request.names.categories),
            items=self._translated(by_item(items), request),
            taxes=found.taxes,
            exceptions=_who(found, request.names.staff),
            returned_rounding_minor=found.returned_rounding_minor,
            promotions=self._promotions(found.promotions, request),
            loyalty=self.loyalty.make(request),
        )

    def _promotions(
        self, uses: Sequence[PromotionUse], request: ReportRequest
    ) -> tuple[PromotionShare, ...]:
        """Fold promotions; what the catalogue has lost is called as it was sold."""
        names = dict(request.names.promotions)
        shares = dict(request.names.supplier_shares)
        for use in uses:
            if (use.promotion_id, use.version) in shares:
                continue
            sale = self._desk.ledger.sale(use.sale_id)
            for one in sale.priced.promoted.applications if sale else ():
                shares[one.promotion_id, one.version] = one.supplier_share
                names.setdefault(one.promotion_id, one.name_in(request.language))
        return by_promotion(uses, names, shares)

    def _placed(
        self, items: Sequence[ItemShare], at: Timestamp
    ) -> tuple[ItemShare, ...]:
        """Put items whose documents name no category where they stand today."""
        unknown = {
            x.item_id: x.unit_id
            for x in items
            if not x.category_id and x.item_id not in self._stands
        }
        if unknown:
            with self._desk.catalog.beside() as catalog:
                for item_id, unit_id in unknown.items():
                    unit = catalog.unit(unit_id, at)
                    self._stands[item_id] = (unit and unit.category_id) or ""
        return tuple(
            x
            if x.category_id
            else replace(x, category_id=self._stands.get(x.item_id, ""))
            for x in items
        )

    def _translated(
        self, items: tuple[ItemShare, ...], request: ReportRequest
    ) -> tuple[ItemShare, ...]:
        """Name items in the language asked for, where it is not the shop's."""
        if request.language == request.shop_language:
            return items
        found = []
        with self._desk.catalog.beside() as catalog:
            for item in items:
                unit = catalog.unit(item.unit_id, request.at)
                named = dict(unit.names).get(request.language) if unit else None
                found.append(replace(item, name=named) if named else item)
        return tuple(found)

    def rows(self, request: ReportRequest, figure: Figure) -> ReportRows:
        """Return the documents behind a figure; on any thread."""
        if figure.kind in LOYALTY_FIGURES:
            return self.loyalty.rows(request, figure)
        items: tuple[str, ...] = ()
        if figure.kind is FigureKind.CATEGORY:
            items = tuple(
                item
                for item, stands in self._stands.items()
                if (stands == figure.key if figure.key else stands)
            )
        query = RowQuery(request.period, figure, request.zone_name, items)
        found = self._desk.ledger.reports.rows(query)
        names = request.names
        named = [
            replace(
                row,
                staff_name=names.staff.get(row.staff_id, row.staff_name),
                detail=names.reasons.get(row.detail, row.detail),
            )
            for row in found.rows
        ]
        return replace(found, rows=tuple(named))

    def print_summary(self, report: Report) -> Future[None]:
        """Queue a slip with the report's head, tenders and taxes.

        Raises:
            UserError: "not_signed_on".
        """
        desk = self._desk
        staff, shop = desk.session.cashier, desk.shop
        stamp = desk.stamp()
        words = Words(self._forms.language())
        layout = report_layout(report, shop, words, staff.name, self._forms.current())
        job_id = desk.ids.new()
        job = PrintJob(
            job_id=job_id,
            document_id=job_id,
            kind=REPORT,
            copy_number=0,
            printer=RECEIPT_PRINTER,
            layout=layout,
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=stamp.at,
        )
        body = _body("slip", report.period)

        def work(unit: UnitOfWork) -> None:
            unit.add_print_job(job)
            unit.append(EntryKind.REPORT_PRINTED, body, stamp)

        future = desk.record(work)
        future.add_done_callback(lambda _done: desk.printer.wake())
        return future

    def note_export(self, what: str, period: ReportPeriod) -> Future[None]:
        """Journal that a report left the till as a file.

        Args:
            what: "csv", "xlsx" or "pdf".
            period: of the report.
        """
        body, stamp = _body(what, period), self._desk.stamp()

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.REPORT_PRINTED, body, stamp)

        return self._desk.record(work)


def _body(what: str, period: ReportPeriod) -> dict[str, object]:
    return {
        "what": what,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
    }


def _named(shares: Iterable[Share], names: Mapping[str, str]) -> tuple[Share, ...]:
    return tuple(replace(x, name=names.get(x.key, x.key)) for x in shares)


def _renamed(shares: Iterable[Share], names: Mapping[str, str]) -> tuple[Share, ...]:
    """Name people in the language asked for; former staff as they were called."""
    return tuple(replace(x, name=names.get(x.key, x.name)) for x in shares)


def _who(found: PeriodFigures, staff: Mapping[str, str]) -> tuple[ExceptionShare, ...]:
    """Name who did it; former staff are known by what they sold."""
    sold = {slot.cashier_id: slot.cashier_name for slot in found.slots}
    return tuple(
        replace(x, name=staff.get(x.staff_id) or sold.get(x.staff_id, ""))
        for x in found.exceptions
    )
