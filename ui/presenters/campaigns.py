"""The part of campaigns and segments: written, looked at, started and stopped."""

from __future__ import annotations

from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.services.campaign_reach import Reach
from ui.presenters import campaign_book, segment_book
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.campaign_book import CampaignBook
from ui.presenters.campaign_draft import rule_of
from ui.presenters.campaign_words import members_words
from ui.presenters.ledger_form import LedgerFormPart
from ui.presenters.segment_book import SegmentBook
from ui.presenters.segment_draft import (
    BABY,
    HIGH_VALUE,
    LEAVING,
    SegmentDraft,
    preset,
)
from ui.presenters.segment_draft import rule_of as segment_rule_of

_PRESETS = frozenset({HIGH_VALUE, LEAVING, BABY})


class CampaignsPart(LedgerFormPart):
    """Shows the campaigns and the segments; what is counted is counted elsewhere."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._reach: tuple[str, Reach] | None = None
        self._size: tuple[SegmentDraft, int] | None = None
        self.is_counting = self._counts_again = False
        self.take_books(CampaignBook(self), SegmentBook(self))

    @override
    def begin(self, subject: str = "") -> None:
        self.work.counter.segments.note_scopes()
        super().begin(subject)

    # --------------------------------------------------------------- what is known

    def reach_of(self, rule_id: str) -> Reach | None:
        """Return what was counted for the campaign that is open; None before that."""
        if self._reach is None or self._reach[0] != rule_id:
            return None
        return self._reach[1]

    def size_of(self, draft: SegmentDraft) -> int | None:
        """Return how many would be in a segment as it stands; None before that."""
        if self._size is None or self._size[0] != draft:
            return None
        return self._size[1]

    # ----------------------------------------------------------------- intents

    @override
    def on_act(self, key: str) -> None:
        if key == segment_book.REFRESH and not self.is_working:
            self.count_anew()
            return
        super().on_act(key)

    def act_on_rule(self, rule_id: str, key: str) -> None:
        """Start, stop, or count whom the open campaign reaches."""
        rules = self.work.counter.campaign_rules
        listed = rules.get(rule_id)
        if listed is None:
            return
        if key == campaign_book.START:
            version = listed.newest.version
            self.do_now(
                lambda: rules.start(rule_id, version),
                lambda: self.frame.say(_("{name} is running", name=listed.newest.name)),
            )
        elif key == campaign_book.STOP:
            self.do_now(
                lambda: rules.stop(rule_id),
                lambda: self.frame.say(_("{name} is stopped", name=listed.newest.name)),
            )
        elif key == campaign_book.COUNT and self._draft is not None:
            self.frame.attempt(self._count_reach)

    def _count_reach(self) -> None:
        book = self.book
        assert isinstance(book, CampaignBook)
        rule = rule_of(self._draft, book.how)
        look = self.work.counter.campaign_rules.reaching(rule)

        def on_counted(reach: Reach) -> None:
            self._reach = (rule.rule_id, reach)
            self.changed.emit()

        self.place.runner.run(look).then(on_counted).otherwise(self.on_refused)

    def act_on_segment(self, draft: SegmentDraft, key: str) -> None:
        """Begin with what many shops ask for, or count who would be in it."""
        if key in _PRESETS:
            self._draft = preset(draft, key)
            self.changed.emit()
        elif key == segment_book.COUNT:
            self.frame.attempt(lambda: self._count_segment(draft))

    def _count_segment(self, draft: SegmentDraft) -> None:
        rule = segment_rule_of(draft, self.work.currency)
        look = self.work.counter.segments.previewing(rule)

        def on_counted(found: frozenset[str]) -> None:
            self._size = (draft, len(found))
            self.frame.say(members_words(len(found)))
            self.changed.emit()

        self.place.runner.run(look).then(on_counted).otherwise(self.on_refused)

    def count_anew(self) -> None:
        """Put everybody where they belong, behind the screen; once at a time.

        What is stored while it counts is not in that count: there is another after it.
        """
        self._counts_again = self.is_counting
        if self.is_counting:
            return
        self.is_counting = True
        task = self.place.runner.run(self.work.counter.segments.refreshing())
        task.then(self._on_counted_anew).otherwise(self._on_not_counted)
        task.after_bug(self._on_counting_ended)

    def _on_counted_anew(self, _nothing: None) -> None:
        self.frame.say(_("All segments are counted"))
        self._on_counting_ended()

    def _on_not_counted(self, error: GuitaiError) -> None:
        self.on_refused(error)
        self._on_counting_ended()

    def _on_counting_ended(self) -> None:
        self.is_counting = False
        if self._counts_again:
            self.count_anew()
        self.changed.emit()
