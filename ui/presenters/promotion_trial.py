"""The sample basket beside a promotion: priced behind the screen at each change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos_app.documents.promotion_words import deal_sentence
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.services.promotion_sample import Sample, SampleWish, try_out
from ui.format import money, quantity
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.promotion_doubt_words import sample_notes, tried_words
from ui.presenters.promotion_names import speech_for
from ui.presenters.promotions_state import SampleView
from ui.presenters.two_line import TwoLineRow
from ui.presenters.unit_name import unit_name

_MOST_PIECES = 99
#: No line ends between a minus and its amount (word joiner).
_TIE = "\u2060"


class PromotionTrial(QObject):
    """Asks for one sample after the other; only the last answer counts."""

    changed = Signal()
    """Another sample is there."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__()
        self._place, self._work = place, place.work
        self._asked: Promotion | None = None
        self._counts: dict[str, int] = {}
        self._serial = 0
        self._priced = 0  # the serial of what is or was priced last
        self._is_running = False
        self.sample: Sample | None = None
        self.chosen = ""

    def begin(self) -> None:
        """Forget the basket of another promotion."""
        self._asked, self._counts, self.sample, self.chosen = None, {}, None, ""
        self._serial += 1

    def follow(self, draft: Promotion) -> None:
        """Price the basket again where the promotion is another."""
        if draft != self._asked:
            if self._asked is not None and self._asked.deal != draft.deal:
                self._counts = {}
            self._asked = draft
            self._ask()

    def change_count(self, by: int) -> None:
        """Put more or fewer pieces of the chosen goods into the basket."""
        sample = self.sample
        if sample is None:
            return
        if self.chosen in (x.line_id for x in sample.basket.lines):
            count = self._count_of(self.chosen) + by
            self._counts[self.chosen] = max(0, min(_MOST_PIECES, count))
            self._ask()

    def add(self, unit_id: str) -> None:
        """Put scanned goods into the basket."""
        count = self._count_of(unit_id)
        self._counts[unit_id] = min(_MOST_PIECES, count + 1)
        self.chosen = unit_id
        self._ask()

    def _count_of(self, unit_id: str) -> int:
        """Return how many were asked for; the basket on show may be an older one."""
        lines = self.sample.basket.lines if self.sample else ()
        shown = {x.line_id: int(x.quantity) for x in lines}
        return self._counts.get(unit_id, shown.get(unit_id, 0))

    def _ask(self) -> None:
        self._serial += 1
        if not self._is_running and self._asked is not None:
            self._run()

    def _run(self) -> None:
        assert self._asked is not None
        self._is_running = True
        desk = self._work.counter.desk
        wish = SampleWish(
            self._asked,
            desk.clock.now(),
            self._work.zone,
            self._work.counter.sale.rules,
            dict(self._counts),
            desk.ledger.points.programme(),
        )
        self._priced, beside = self._serial, desk.catalog.beside

        def work() -> Sample:
            with beside() as catalog:
                return try_out(wish, catalog)

        task = self._place.runner.run(work)
        task.then(self._on_tried).otherwise(self._on_refused)
        task.after_bug(self._on_stopped)

    def _on_tried(self, sample: Sample) -> None:
        if self._goes_on():
            return
        self.sample = sample
        ids = [line.line_id for line in sample.basket.lines]
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else ""
        self.changed.emit()

    def _on_refused(self, error: GuitaiError) -> None:
        if self._goes_on():
            return
        self.sample = None
        self._place.frame.refuse(error)
        self.changed.emit()

    def _on_stopped(self) -> None:
        if not self._goes_on():
            self.changed.emit()

    def _goes_on(self) -> bool:
        """Whatever was answered: what was asked for meanwhile is priced now."""
        self._is_running = False
        if self._priced == self._serial:
            return False
        if self._asked is not None:
            self._run()
        return True

    # --------------------------------------------------------------- what to show

    def view(self) -> SampleView:
        """Return the basket as it is shown."""
        sample = self.sample
        if sample is None:
            return SampleView(is_counting=self._is_running)
        speech = speech_for(self._work)
        notes = tuple(sample_notes(sample, speech))
        if sample.before is None or sample.after is None:
            return SampleView(notes=notes, is_counting=self._is_running)
        before, after = sample.before.total_minor, sample.after.total_minor
        listed = sum(line.list_minor for line in sample.after.lines)
        del before
        return SampleView(
            rows=self._rows(sample),
            chosen=self.chosen,
            before=self._money(listed),
            after=self._money(after),
            saving=self._money(after - listed) if listed != after else "",
            deals=(tried_words(sample, speech), *self._deals(sample)),
            notes=notes,
            is_counting=self._is_running,
        )

    def _money(self, minor: int) -> str:
        return money(minor, self._work.currency)

    def _rows(self, sample: Sample) -> tuple[TwoLineRow, ...]:
        assert sample.after is not None
        names = self._names(sample)
        rows = []
        for line, priced in zip(sample.basket.lines, sample.after.lines, strict=True):
            unit = line.unit
            assert unit is not None
            used = [names(x) for x in _used_on(sample, line.line_id)]
            detail = " · ".join(used) or _("nothing applies")
            off = priced.list_minor != priced.total_minor
            was = self._money(priced.list_minor)
            count = quantity(line.quantity)
            rows.append(
                TwoLineRow(
                    line.line_id,
                    unit_name(unit),
                    _("{price} before · {deals}", price=was, deals=detail)
                    if off
                    else detail,
                    self._money(priced.total_minor),
                    subtitle=f"× {count}",
                )
            )
        return tuple(rows)

    def _names(self, sample: Sample) -> Callable[[str], str]:
        """Return what names a promotion of the basket by its id."""
        assert sample.after is not None
        language = current_language()
        draft = self._asked
        known = {
            one.promotion_id: one.name_in(language)
            for one in sample.after.promoted.applications
        }
        if draft is not None:
            words = draft.name_in(language)
            speech = speech_for(self._work)
            known[draft.promotion_id] = words or deal_sentence(draft.deal, speech)
        return lambda promotion_id: known.get(promotion_id, "")

    def _deals(self, sample: Sample) -> tuple[str, ...]:
        """Return what was applied: name, times, saving."""
        assert sample.after is not None
        names, told = self._names(sample), []
        for one in sample.after.promoted.applications:
            name, saving = names(one.promotion_id), self._money(-one.saving_minor)
            saving = saving.replace("\u2212", f"\u2212{_TIE}", 1)
            told.append(f"{name} ×\u00a0{one.times}: {saving}")
        return tuple(told)


def _used_on(sample: Sample, line_id: str) -> list[str]:
    assert sample.after is not None
    found = []
    for one in sample.after.promoted.applications:
        lines = {claim.line_id for claim in one.claims}
        if line_id in lines and one.promotion_id not in found:
            found.append(one.promotion_id)
    return found
