"""A promotion tried on last week's own sales, behind the screen."""

from __future__ import annotations

from functools import partial
from threading import Event

from PySide6.QtCore import QObject, Signal

from pos_app.domain.dry_run_result import DryRunResult
from pos_app.domain.promotion.promotion import Promotion, TriggerKind
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.services.dry_run import dry_run, last_week
from pos_app.services.dry_run_trial import DryRunRequest
from ui.format import day_text
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.dry_run_state import DryRunState, DryRunTable
from ui.presenters.dry_run_view import cards_of, notes_of, table_of, tables_of

#: So long the worker waits after each sale.
_BREATH_S = 0.0003


class DryRunPresenter(QObject):
    """Prices the sales on a task's thread; may be left at any moment."""

    changed = Signal()
    """The page must show `state` anew."""
    left = Signal()
    """Nobody looks at it any more."""
    went_on = Signal(int, int)
    """So many sales of so many were priced; emitted by the thread that works."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__()
        self._place = place
        self._request: DryRunRequest | None = None
        self._result: DryRunResult | None = None
        self._unwanted = Event()
        self._done = (0, 0)
        self._table = DryRunTable.ITEMS
        self.went_on.connect(self._on_went_on)

    @property
    def is_open(self) -> bool:
        """Whether a promotion is being tried, or its result stands on the page."""
        return self._request is not None

    def begin(self, promotion: Promotion) -> None:
        """Try a promotion as it stands, whether it was stored or not."""
        self._unwanted.set()  # what was tried before
        desk = self._place.work.counter.desk
        request, unwanted = last_week(desk, promotion), Event()
        self._request, self._unwanted = request, unwanted
        self._result, self._done = None, (0, 0)
        self._table = DryRunTable.ITEMS
        self.changed.emit()

        def work() -> tuple[DryRunRequest, DryRunResult | None]:
            # Each sale the screen may have the processor for a moment.
            went_on, ask = self.went_on.emit, partial(unwanted.wait, _BREATH_S)
            return request, dry_run(desk, request, went_on, ask)

        task = self._place.runner.run(work)
        task.then(self._on_done).otherwise(self._on_refused).after_bug(self.close)

    def choose(self, key: str) -> None:
        """Show another table."""
        self._table = DryRunTable(key)
        self.changed.emit()

    def close(self) -> None:
        """Leave: what still works stops after the sale that it is at."""
        self._unwanted.set()
        self._request = self._result = None
        self.changed.emit()
        self.left.emit()

    @property
    def state(self) -> DryRunState:
        """Return everything the page shows."""
        request, result = self._request, self._result
        if request is None:
            return DryRunState()
        title = request.promotion.name_in(current_language())
        days = f"{day_text(request.first)} – {day_text(request.last)}"
        if result is None:
            told = _("Pricing the sales again")
            if self._done[1]:
                told = _(
                    "Pricing the sales again: {count} of {all}",
                    count=self._done[0],
                    all=self._done[1],
                )
            return DryRunState(title, days, is_working=True, progress=told)
        currency = self._place.work.currency
        notes = (days, *self._asked(request), *notes_of(result, currency))
        return DryRunState(
            title=title,
            note=" · ".join(notes),
            cards=cards_of(result, currency),
            tables=tables_of(result),
            table=table_of(result, self._table, currency),
            chosen=self._table,
        )

    def _asked(self, request: DryRunRequest) -> tuple[str, ...]:
        kind = request.promotion.trigger.kind
        if kind is TriggerKind.COUPON:
            return (_("as if every customer had the coupon"),)
        if kind is TriggerKind.MANUAL:
            return (_("as if it was chosen each time"),)
        return ()

    def _on_done(self, answer: tuple[DryRunRequest, DryRunResult | None]) -> None:
        request, result = answer
        if request is self._request and result is not None:
            self._result = result
            self.changed.emit()

    def _on_refused(self, error: GuitaiError) -> None:
        self.close()
        self._place.frame.refuse(error)

    def _on_went_on(self, count: int, of_all: int) -> None:
        if self._result is None and self._request is not None:
            self._done = (count, of_all)
            self.changed.emit()
