"""Reports about members, after a few of them bought, gave points and came again."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.member.recognition import Means
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.members import EnrolDraft
from ui.presenters.report_keys import figure_key
from ui.presenters.report_state import ReportPage

_PEOPLE = ("林可怡", "王小明", "欧阳娜娜", "陈晨", "赵一鸣")
_GOODS = ("710002", "120001", "9521010002743", "110001")
#: So often does one card buy at this cashier: the report finds it.
_TOO_OFTEN = 5
_PAGES = (
    ReportPage.MEMBERS,
    ReportPage.MEMBER_STATES,
    ReportPage.POINTS,
    ReportPage.TIERS,
    ReportPage.SUSPICIONS,
)


class MemberReportScenes:
    """Plays with an empty till and somebody signed on who may see reports.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place, self._hand = place, place.hand
        self._counter = place.till.counter
        self._reports = place.screen.flow.features.reports

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        self._bring_programme()
        self._live()
        self._hand.look()
        self._hand.press("tab_reports")
        presenter = self._reports.presenter
        self._hand.wait(lambda: not presenter.is_waiting, "the report")
        for page in _PAGES:
            presenter.on_page(page.value)
            yield f"reports_{page.value}"
        presenter.on_page(ReportPage.POINTS.value)
        key = figure_key(Figure(FigureKind.POINT_FLOW, "earn"))
        titles = {x.key: x.title for x in presenter.tables}
        presenter.on_figure(key, titles[ReportPage.POINTS.value])
        self._hand.wait(lambda: presenter.rows is not None, "the rows")
        yield "reports_points_rows"
        presenter.on_back()
        presenter.on_page(ReportPage.OVERVIEW.value)
        self._hand.press("tab_sale")

    def _bring_programme(self) -> None:
        desk = self._counter.desk
        at = desk.clock.now()

        def work(unit: UnitOfWork) -> None:
            programme = Programme(
                version=unit.points.programme().version + 1,
                earn=EarnRule(points=1, per_minor=100),
                burn=BurnRule(step_points=100, step_minor=100),
                tiers=(Tier("silver", "银卡", 10_000), Tier("gold", "金卡", 50_000)),
            )
            unit.points.add_programme(ProgrammeVersion(programme, at, "", ""))

        desk.record(work).result()

    def _live(self) -> None:
        found = [
            self._enrol(f"1390000{number:04d}", name)
            for number, name in enumerate(_PEOPLE)
        ]
        for number, who in enumerate(found):
            for code in _GOODS[: number + 1]:
                self._sell(who, code)
        for _ in range(_TOO_OFTEN):
            self._sell(found[0], _GOODS[1])
        self._sell(found[-1], *_GOODS, is_strong=True)

    def _enrol(self, phone: str, name: str) -> str:
        members = self._counter.members
        glance = members.enrol(EnrolDraft(phone, name)).result()
        members.settled()
        members.detach()
        return glance.member_id

    def _sell(self, who: str, *codes: str, is_strong: bool = False) -> None:
        counter = self._counter
        self._place.clock.pass_by(5 * 60)
        means = Means.ROTATING_CODE if is_strong else Means.LAST_FOUR
        counter.members.attach(who, means)
        for code in codes:
            counter.sale.scan(code)
        points = counter.points.burnable().burn.points if is_strong else 0
        if points:
            counter.points.give(points)
        counter.checkout.take("cash", None)
        counter.checkout.finish(print_slip=False).result()
        counter.checkout.finished()
