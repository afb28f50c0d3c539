"""The black box screen's presenter: searches, chooses, replays, exports."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from pos_app.domain.journal_groups import EntryGroup
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.ports.black_box import Place
from pos_app.services.black_box import EntrySearch, ToldEntry
from pos_app.services.journal_export import ExportReport
from pos_app.values.times import BusinessDay
from ui.format import day_text
from ui.messages import explain
from ui.presenters.black_box_groups import group_words, icon_of
from ui.presenters.black_box_state import BlackBoxState, BoxPeriod, EntryRow
from ui.presenters.black_box_words import (
    amount_words,
    changes_of,
    sentence,
    who_words,
)
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import KeyHint
from ui.presenters.replay_view import ReplayPresenter
from ui.presenters.rule_words import rule_changes
from ui.presenters.sale_state import CategoryView
from ui.presenters.shop_change_words import SHOP_CHANGES, shop_changes
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace
from ui.tasks import TaskRunner

PAGE = 50
_DAYS_BACK = {BoxPeriod.WEEK: 6, BoxPeriod.MONTH: 29}


class BlackBoxPresenter(QObject):
    """Keeps the search, the entries found so far and the one that is chosen."""

    state_changed = Signal()
    """The screen must show `state` anew."""

    def __init__(
        self,
        work: Workplace,
        frame: FramePresenter,
        runner: TaskRunner,
        ticket: TicketView,
    ) -> None:
        super().__init__()
        self._work, self._frame, self._runner = work, frame, runner
        self._replay = ReplayPresenter(work, ticket)
        self._period = BoxPeriod.TODAY
        self._group: EntryGroup | None = None
        self._person = ""
        self._text = ""
        self._people: tuple[CategoryView, ...] = ()
        self._found: list[ToldEntry] = []
        self._next: Place | None = None
        self._selected = ""
        self._is_exporting = False
        self._note = ""

    # ----------------------------------------------------------------- intents

    def begin(self) -> None:
        """Open the screen: today's entries, nothing chosen."""
        self._period, self._group = BoxPeriod.TODAY, None
        self._person = self._text = self._note = ""
        self._search()

    def on_period_chosen(self, key: str) -> None:
        """Another period."""
        self._period = BoxPeriod(key)
        self._search()

    def on_group_chosen(self, key: str) -> None:
        """Another kind of entries; "" for all."""
        self._group = EntryGroup(key) if key else None
        self._search()

    def on_person_chosen(self, key: str) -> None:
        """Another person; "" for everybody."""
        self._person = key
        self._search()

    def on_text_edited(self, text: str) -> None:
        """Somebody typed a number, an amount, a reason."""
        self._text = text[:60]
        self._search()

    def on_more(self) -> None:
        """The end of the list is in sight: show older entries too."""
        if self._next is not None:
            self._fetch()
            self.state_changed.emit()

    def on_selected(self, key: str) -> None:
        """An entry was chosen: replay its sale, if it is about one."""
        self._choose(key)
        self.state_changed.emit()

    def on_moved(self, step: int) -> None:
        """Choose the entry above or below."""
        keys = [_key(told) for told in self._found]
        if keys:
            at = keys.index(self._selected) if self._selected in keys else -1
            self.on_selected(keys[max(0, min(len(keys) - 1, at + step))])

    def on_step(self, steps: int) -> None:
        """Go on or back in the replay."""
        self._replay.go(steps)
        self.state_changed.emit()

    def on_export(self) -> None:
        """Write the period shown into a signed file, off the GUI thread."""
        box = self._work.counter.black_box
        days = self._days() if self._period is not BoxPeriod.ALL else box.span()
        if days is None or self._is_exporting:
            return
        try:
            file = self._work.upkeep.export_file(*days)
            export = box.exporter(*days, file)
        except GuitaiError as error:
            self._on_refused(error)
            return
        self._is_exporting, self._note = True, ""
        task = self._runner.run(export.run)
        task.then(self._on_exported).otherwise(self._on_refused)
        self.state_changed.emit()

    # ------------------------------------------------------------------- state

    @property
    def state(self) -> BlackBoxState:
        """Return everything the screen shows."""
        told = self._chosen()
        return BlackBoxState(
            frame=self._frame.state((KeyHint("Esc", _("Back")),), tab=""),
            periods=_periods(),
            period=self._period.value,
            groups=_groups(),
            group=self._group.value if self._group else "",
            people=(CategoryView("", _("Everybody")), *self._people),
            person=self._person,
            text=self._text,
            rows=tuple(self._row(each) for each in self._found),
            has_more=self._next is not None,
            selected=self._selected,
            facts=self._facts(told) if told else (),
            replay=self._replay.view,
            is_exporting=self._is_exporting,
            export_note=self._note,
        )

    def _row(self, told: ToldEntry) -> EntryRow:
        moment = told.entry.recorded_at.at(self._work.zone)
        is_today = self._period in {BoxPeriod.TODAY, BoxPeriod.YESTERDAY}
        time = f"{moment:%H:%M}" if is_today else f"{moment:%m-%d %H:%M}"
        return EntryRow(
            key=_key(told),
            icon=icon_of(told),
            time=time,
            sentence=sentence(told),
            who=who_words(told),
            amount=amount_words(told, self._work.currency),
            has_sale=bool(told.sale_id),
        )

    def _facts(self, told: ToldEntry) -> tuple[tuple[str, str], ...]:
        moment = told.entry.recorded_at.at(self._work.zone)
        found = [
            (_("Time"), f"{day_text(moment.date())} {moment:%H:%M:%S}"),
            (_("Business day"), day_text(told.entry.business_day)),
            (_("Who"), who_words(told)),
            (_("Entry"), _key(told)),
        ]
        amount = amount_words(told, self._work.currency)
        if amount:
            found.append((_("Amount"), amount))
        if told.entry.kind in SHOP_CHANGES:
            return (*found, *shop_changes(told.body))
        rules = rule_changes(told.body, self._work.currency)
        return (*found, *changes_of(told), *rules)

    def _search(self) -> None:
        """Look anew; what was chosen is not what is looked for now."""
        self._found, self._next, self._selected = [], None, ""
        self._replay.begin(None, "")
        language = current_language()
        try:
            people = self._work.counter.black_box.people()
            self._people = tuple(
                CategoryView(each.staff_id, each.name_in(language)) for each in people
            )
            self._fetch()
        except GuitaiError as error:
            self._frame.refuse(error)
        self.state_changed.emit()

    def _fetch(self) -> None:
        days = self._days()
        wanted = EntrySearch(
            first_day=days[0] if days else None,
            last_day=days[1] if days else None,
            group=self._group,
            actor=self._person or None,
            text=self._text,
        )
        page = self._work.counter.black_box.search(wanted, self._next, PAGE)
        self._found += page.entries
        self._next = page.next_before

    def _days(self) -> tuple[BusinessDay, BusinessDay] | None:
        """Return the first and last business day looked at; None for all."""
        if self._period is BoxPeriod.ALL:
            return None
        today = self._work.counter.desk.business_day()
        if self._period is BoxPeriod.YESTERDAY:
            today -= timedelta(days=1)
        return today - timedelta(days=_DAYS_BACK.get(self._period, 0)), today

    def _choose(self, key: str) -> None:
        self._selected = key
        told = self._chosen()
        self._replay.begin(None, "")
        if told is None or not told.sale_id:
            return
        try:
            replay = self._work.counter.black_box.replay(told.sale_id)
        except GuitaiError:
            return  # a sale of which no step is kept: the facts stand alone
        self._replay.begin(replay, told.number)

    def _chosen(self) -> ToldEntry | None:
        return next((x for x in self._found if _key(x) == self._selected), None)

    def _on_exported(self, report: ExportReport) -> None:
        self._is_exporting = False
        self._note = _(
            "{count} entries written and signed: {file}",
            count=f"{report.entries:,}",
            file=str(report.file),
        )
        self.state_changed.emit()

    def _on_refused(self, error: GuitaiError) -> None:
        self._is_exporting = False
        self._note = explain(error, self._work.currency).sentence
        self._work.beep()
        self.state_changed.emit()


def _key(told: ToldEntry) -> str:
    return f"{told.entry.epoch}.{told.entry.seq}"


def _periods() -> tuple[tuple[str, str, str], ...]:
    words = {
        BoxPeriod.TODAY: _("Today"),
        BoxPeriod.YESTERDAY: _("Yesterday"),
        BoxPeriod.WEEK: _("7 days"),
        BoxPeriod.MONTH: _("30 days"),
        BoxPeriod.ALL: _("All days"),
    }
    return tuple((period.value, words[period], "") for period in BoxPeriod)


def _groups() -> tuple[CategoryView, ...]:
    everything = CategoryView("", _("Everything"))
    return (
        everything,
        *(CategoryView(group.value, group_words(group)) for group in EntryGroup),
    )
