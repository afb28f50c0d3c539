"""Reports in believable states: the day, the rows behind a bar, a receipt, weeks."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.report_rows import Figure, FigureKind
from ui.presenters.report_keys import figure_key
from ui.presenters.report_state import ReportPage

#: What is sold in the hour before the pictures, beside what the scenes sold.
_BASKETS = (
    (("710002", "710020"), "wechat"),
    (("120001", "120001", "110001"), "alipay"),
    (("9521001001373",), "cash"),
    (("9521010002743", "990001"), "cash"),
    (("710002",), "card"),
)


class ReportScenes:
    """Plays with an empty till and somebody signed on who may see reports.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place = place
        self._hand = place.hand
        self._flow = place.screen.flow
        self._reports = self._flow.features.reports

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._sell()
        self._hand.look()
        self._hand.press("tab_reports")
        self._await_report()
        yield "reports"
        for page in (ReportPage.ITEMS, ReportPage.EXCEPTIONS):
            self._reports.presenter.on_page(page.value)
            yield f"reports_{page.value}"
        self._open_rows()
        yield "reports_rows"
        self._open_receipt()
        yield "reports_receipt"
        self._reports.presenter.on_back()
        self._reports.presenter.on_page(ReportPage.OVERVIEW.value)
        for span in ("yesterday", "own"):
            self._hand.press(f"segment-spans-{span}")
            self._await_report()
            yield f"reports_{span}"
        self._hand.press("segment-spans-week")
        self._await_report()
        yield "reports_week"
        self._hand.press("exportReport")
        yield "dialog_reports_export"
        self._hand.press("dialogClose")
        self._hand.press("tab_sale")

    def _sell(self) -> None:
        counter = self._place.till.counter
        for codes, tender in _BASKETS:
            for code in codes:
                counter.sale.scan(code)
            kinds = {x.key: x for x in counter.desk.catalog.tender_types()}
            reference = "1234" if kinds[tender].asks_reference else ""
            counter.checkout.take(tender, None, reference)
            counter.checkout.finish(print_slip=False).result()
            counter.checkout.finished()
            self._place.clock.pass_by(12 * 60)

    def _await_report(self) -> None:
        presenter = self._reports.presenter
        self._hand.wait(lambda: not presenter.is_waiting, "the report")

    def _open_rows(self) -> None:
        key = figure_key(Figure(FigureKind.NET_SALES))
        self._reports.presenter.on_figure(key, self._net_sales())
        presenter = self._reports.presenter
        self._hand.wait(lambda: presenter.rows is not None, "the rows")

    def _net_sales(self) -> str:
        return self._reports.screen.overview.cards[0].view.title

    def _open_receipt(self) -> None:
        presenter = self._reports.presenter
        assert presenter.rows is not None
        presenter.on_row(presenter.rows.rows[0].sale_id)
        self._hand.wait(lambda: presenter.has_receipt, "the receipt")
