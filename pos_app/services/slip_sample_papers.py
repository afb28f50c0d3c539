"""Sample papers of the shift, of parked sales and of reports."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.documents.heading import moment_text
from pos_app.documents.parked_slip import parked_parts
from pos_app.documents.report_slip import report_parts
from pos_app.documents.shift_form import ShiftForm
from pos_app.documents.shift_report import x_parts, z_parts
from pos_app.documents.template.part_forms import PartPaper
from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.pricing import price_basket
from pos_app.domain.report import Report, SalesSum, Share, TaxShare
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.sale import Sale
from pos_app.domain.shift import CashCount, Shift, ShiftClose, ShiftCount, ShiftFigures
from pos_app.domain.shift_totals import of_opening, of_sale
from pos_app.domain.shop import Shop
from pos_app.domain.slip_form import SlipKind
from pos_app.i18n import Words

_FLOAT_MINOR = 50_000


@dataclass(frozen=True, slots=True)
class Sample:
    """The sale that every sample paper tells of."""

    sale: Sale
    basket: Basket


def sample_paper(
    kind: SlipKind, sample: Sample, shop: Shop, words: Words, copy_number: int = 0
) -> PartPaper:
    """Return the parts of a sample paper that is no receipt."""
    sale = sample.sale
    zone = ZoneInfo(shop.time_zone)
    form = ShiftForm(shop, words, {"cash": words("Cash")}, {}, zone)
    at = moment_text(sale.ended_at.at(zone))
    match kind:
        case SlipKind.X_REPORT:
            figures = _figures(sale, shop)
            parts = x_parts(figures, form)
            return PartPaper(kind, parts, figures.shift.number, at)
        case SlipKind.Z_REPORT:
            close = _close(sale, shop)
            parts = z_parts(close, (), form, copy_number=copy_number)
            return PartPaper(kind, parts, close.z_number, at)
        case SlipKind.PARKED:
            parked = _parked(sample, shop)
            priced = price_basket(parked.sale.basket, shop.rules, sale.ended_at)
            local = sale.ended_at.at(zone)
            parts = parked_parts(parked, priced.lines, shop, words, local)
            return PartPaper(kind, parts, parked.number, at)
        case _:
            parts = report_parts(
                _report(sale, words),
                shop,
                words,
                cashier=sale.cashier_name,
                local_time=sale.ended_at.at(zone),
            )
            return PartPaper(kind, parts, "", at)


def _parked(sample: Sample, shop: Shop) -> ParkedSale:
    sale = sample.sale
    day = sale.business_day
    current = OpenSale(sample.basket, (), sale.cashier_id, day, sale.ended_at)
    return ParkedSale(
        sale=current,
        number=f"{shop.till}-AR-000012",
        name="",
        parked_at=sale.ended_at,
        parked_by=sale.cashier_id,
        parked_by_name=sale.cashier_name,
        business_day=day,
        total_minor=sale.priced.total_minor,
        item_count=sale.priced.item_count,
    )


def _shift(sale: Sale, shop: Shop) -> Shift:
    return Shift(
        shift_id="sample",
        number=f"{shop.till}-AX-000003",
        till=shop.till,
        drawer="till",
        business_day=sale.business_day,
        opened_at=sale.ended_at,
        opened_by=sale.cashier_id,
        opened_by_name=sale.cashier_name,
        expected_minor=_FLOAT_MINOR,
        float_minor=_FLOAT_MINOR,
        count=None,
    )


def _expected_minor(sale: Sale) -> int:
    return _FLOAT_MINOR + sale.due_minor + sale.rounding_minor


def _figures(sale: Sale, shop: Shop) -> ShiftFigures:
    return ShiftFigures(
        shift=_shift(sale, shop),
        at=sale.ended_at,
        drawn_by_name=sale.cashier_name,
        totals=(*of_opening(_shift(sale, shop)), *of_sale(sale)),
        expected_minor=_expected_minor(sale),
        first_number=sale.number,
        last_number=sale.number,
        clock_suspect=False,
    )


def _close(sale: Sale, shop: Shop) -> ShiftClose:
    expected_minor = _expected_minor(sale)
    count = CashCount(((expected_minor, 1),))
    counted = ShiftCount(
        "sample",
        1,
        count,
        expected_minor,
        sale.ended_at,
        sale.cashier_id,
        sale.cashier_name,
    )
    return ShiftClose(
        shift=_shift(sale, shop),
        z_number=f"{shop.till}-AZ-000003",
        closed_at=sale.ended_at,
        closed_by=sale.cashier_id,
        closed_by_name=sale.cashier_name,
        business_day=sale.business_day,
        counts=(counted,),
        expected_minor=expected_minor,
        counted_minor=expected_minor,
        left_minor=_FLOAT_MINOR,
        totals=(*of_opening(_shift(sale, shop)), *of_sale(sale)),
        first_number=sale.number,
        last_number=sale.number,
        carried=(),
        needs_review=False,
        clock_suspect=False,
        chain_head="0" * 64,
    )


def _report(sale: Sale, words: Words) -> Report:
    total = SalesSum(
        tickets=1,
        pieces=sale.priced.item_count,
        list_minor=sale.priced.list_minor,
        discount_minor=sale.priced.discount_minor,
        sold_minor=sale.priced.total_minor,
        rounding_minor=sale.rounding_minor,
        tax_minor=sale.priced.tax_minor,
    )
    cash = Share("cash", words("Cash"), 1, total.money_minor)
    taxes = tuple(
        TaxShare(x.code, x.name, x.percentage, x.base_minor, x.tax_minor)
        for x in sale.priced.taxes
    )
    return Report(
        period=ReportPeriod(sale.business_day, sale.business_day),
        made_at=sale.ended_at,
        currency=sale.priced.currency,
        starts_at_hour=4,
        is_going_on=False,
        total=total,
        before=SalesSum(),
        hours=(),
        hours_before=(),
        days=(),
        days_before=(),
        cashiers=(),
        tenders=(cash,),
        categories=(),
        items=(),
        taxes=taxes,
        exceptions=(),
    )
