"""The part where fresh goods are marked down: pieces in hand, and the ladders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from typing_extensions import override

from pos_app.documents.label import COPIES_LIMIT
from pos_app.domain.markdown import Proposal
from pos_app.domain.markdown_report import MarkedShare
from pos_app.errors import GuitaiError
from pos_app.i18n import _, plural
from pos_app.services.label_jobs import ReadyLabels
from pos_app.services.markdown import Piece
from ui import tasks
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.markdown_ladder_draft import LadderDraft
from ui.presenters.markdown_ladders import LadderBook
from ui.presenters.markdown_pieces import (
    DAY_KEYS,
    PRINT,
    PRINT_SLIPS,
    REMOVE,
    STEP_KEYS,
    PieceBook,
    PieceDraft,
)
from ui.presenters.markdown_results import ResultBook
from ui.presenters.office_form import FormPart


class MarkdownPart(FormPart):
    """Takes scans, proposes prices, prints labels; and changes the ladders."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.service = self.work.counter.markdown
        self.pieces: dict[str, PieceDraft] = {}
        self.results = ResultBook(self)
        self.take_books(PieceBook(self), LadderBook(self), self.results)

    @property
    def _is_piece(self) -> bool:
        return isinstance(self._draft, PieceDraft)

    @property
    @override
    def is_dirty(self) -> bool:
        """Pieces are kept as they are typed; a ladder is saved."""
        return not self._is_piece and super().is_dirty

    @override
    def begin(self, subject: str = "") -> None:
        self.results.forget()
        super().begin(subject)
        self._choose_days()

    @override
    def on_view(self, key: str) -> None:
        self.results.forget()
        super().on_view(key)
        self._choose_days()

    def _choose_days(self) -> None:
        """Show the shortest while first, and say so."""
        if self._view == ResultBook.key and not self._filter:
            self._filter = self.results.filters()[0][0]
            self.changed.emit()

    # --------------------------------------------------------------- what is asked

    @override
    def takes_scan(self, code: str) -> bool:
        """Take a piece into hand, once more each time; or say what a ladder is for."""
        try:
            piece = self.service.look(code)
        except GuitaiError as error:
            self.frame.refuse(error)
            return True
        if piece is None:
            return False
        if isinstance(self._draft, LadderDraft):
            if self.is_new:
                self._draft = self._draft.of_item(piece.unit.item_id)
                self.changed.emit()
            return True
        self._take(piece)
        return True

    def _take(self, piece: Piece) -> None:
        """Put a piece on the list; an equal one counts once more."""
        open_one = self._draft if self._is_piece else None
        if piece.day is None and open_one and open_one.is_like(piece):
            piece = replace(piece, day=open_one.piece.day)
        equal = (
            key
            for key, x in self.pieces.items()
            if x.is_like(piece) and x.piece.day == piece.day
        )
        key = next(equal, "") or self.work.counter.desk.ids.new()
        known = self.pieces.get(key)
        self.pieces[key] = known.counted(1) if known else PieceDraft.of(piece)
        self._view = PieceBook.key
        self._open(key)
        self.changed.emit()

    @override
    def on_edited(self, key: str, value: object) -> None:
        """A value was typed or chosen; what is typed of a piece holds at once."""
        super().on_edited(key, value)
        if isinstance(self._draft, PieceDraft):
            self._hold(self._draft)

    def _hold(self, draft: PieceDraft) -> None:
        self.pieces[self._chosen] = draft
        self._stored = self._draft = draft
        self.changed.emit()

    @override
    def on_act(self, key: str) -> None:
        """A key of the form was pressed."""
        if self.is_working:
            return
        if key in {PRINT, PRINT_SLIPS}:
            self.print_all(on_slips=key == PRINT_SLIPS)
        if self._draft is None or isinstance(self._draft, MarkedShare):
            return
        if isinstance(self._draft, LadderDraft):
            self._act_on_ladder(self._draft, key)
            return
        draft: PieceDraft = self._draft
        if key in DAY_KEYS:
            day = self.service.now().date() + timedelta(days=DAY_KEYS[key])
            self._hold(draft.on(day))
        elif key in STEP_KEYS:
            self._hold(draft.counted(STEP_KEYS[key]))
        elif key == REMOVE:
            self.remove()

    def _act_on_ladder(self, draft: LadderDraft, key: str) -> None:
        if key == LadderBook.DROP:
            target = draft.target

            def dropped() -> None:
                self.frame.say(_("Ladder taken away"))

            self.change_now(lambda: self.service.drop(target), dropped)
            return
        self._draft = draft.with_step() if key == LadderBook.ADD else draft.less()
        self.changed.emit()

    def remove(self) -> None:
        """The open piece is not marked down."""
        self.pieces.pop(self._chosen, None)
        self._open(next(iter(self.pieces), ""))
        self.changed.emit()

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.DELETE and self._is_piece:
            self.remove()
            return True
        return super().takes_action(action)

    # ------------------------------------------------------------------- printing

    def marked(self) -> list[tuple[Piece, Proposal]]:
        """Return the pieces that have a price now, with it."""
        found = ((x.piece, self.proposal(x)) for x in self.pieces.values())
        return [(piece, x) for piece, x in found if isinstance(x, Proposal)]

    def proposal(self, draft: PieceDraft) -> Proposal | GuitaiError:
        """Return what a piece costs by its ladder now, or why it does not."""
        if draft.problem is not None:
            return draft.problem
        try:
            return self.service.propose(draft.piece)
        except GuitaiError as error:
            return error

    @property
    def count(self) -> int:
        """How many labels would be printed."""
        return min(COPIES_LIMIT, sum(piece.count for piece, _x in self.marked()))

    def print_all(self, *, on_slips: bool) -> None:
        """Print the labels of all pieces that have a price, at the price of now."""
        marked = self.marked()
        if marked and not self.is_working:
            self.frame.attempt(lambda: self._make_ready(marked, on_slips=on_slips))

    def _make_ready(
        self, marked: Sequence[tuple[Piece, Proposal]], *, on_slips: bool
    ) -> None:
        wishes = [self.service.wish(piece, x) for piece, x in marked]
        make = self.service.printing(wishes, on_slips=on_slips)
        self.is_working = True
        self.changed.emit()
        task = self.place.runner.run(make)
        task.then(self._queueing(marked)).otherwise(self.on_refused)
        task.after_bug(self.on_stopped)

    def _queueing(
        self, marked: Sequence[tuple[Piece, Proposal]]
    ) -> Callable[[ReadyLabels], None]:
        def queue(ready: ReadyLabels) -> None:
            task = tasks.watch(self.service.begin_mark(ready, marked))
            task.then(self._on_printed).otherwise(self.on_refused)
            task.after_bug(self.on_stopped)

        return queue

    def _on_printed(self, count: int) -> None:
        """Forget what is printed; what has no price yet stays in hand."""
        self.is_working = False
        kept = {
            key: draft
            for key, draft in self.pieces.items()
            if not isinstance(self.proposal(draft), Proposal)
        }
        self.pieces = kept
        self._open(next(iter(kept), ""))
        words = plural(
            "{count} label is being printed", "{count} labels are being printed", count
        )
        self.frame.say(words)
        self.frame.look_at_print_jobs()
        self.changed.emit()
