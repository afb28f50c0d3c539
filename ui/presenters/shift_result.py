"""Closing a shift, second step: the outcome of the count, the float, the Z."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from typing_extensions import override

from pos_app.domain.shift import ShiftClose, ShiftCount
from pos_app.domain.tender import TenderKind
from pos_app.i18n import _, current_language
from pos_app.services.tender_choice import known_tenders
from ui.format import amount, money
from ui.presenters.amount_entry import AmountEntry
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.entry import Entry
from ui.presenters.frame_state import KeyHint
from ui.presenters.pad_key import PadKey
from ui.presenters.shift_checks import is_sale_open, parked_words, uncarried
from ui.presenters.shift_closing import ClosingPart, closing_steps
from ui.presenters.shift_outcome import hint_words, outcome_facts, verdict_words
from ui.presenters.shift_part import ShiftPart, ShiftPlace
from ui.presenters.shift_state import (
    HeadView,
    KeyView,
    OutcomeView,
    PadView,
    ShiftPage,
    ShiftState,
)

BAG_DIGITS = 20
RECOUNT = "recount"


class OutcomePart(ShiftPart):
    """Shows the difference once the count is stored, and closes."""

    def __init__(self, place: ShiftPlace, counting: ClosingPart) -> None:
        super().__init__(place)
        self._counting = counting
        self._counts: Sequence[ShiftCount] = ()
        self._moved_minor = 0
        self._stays = AmountEntry(self.currency)
        self._bag = Entry(takes_times=False)
        self._is_bag_active = False
        self.closed: ShiftClose | None = None
        counting.changed.connect(self.changed)

    def begin(self) -> None:
        """Show how the last count came out."""
        self._look()
        self._stays.clear()
        self._bag, self._is_bag_active = Entry(takes_times=False), False
        self.changed.emit()

    def _look(self) -> None:
        shift_id = self._counting.shift.shift_id
        self._counts = self.service.counts(shift_id)
        expected = self.work.counter.desk.ledger.shifts.expected_minor(shift_id)
        #: What was sold or moved after the count is carried on.
        self._moved_minor = expected - self._counts[-1].expected_minor

    # --------------------------------------------------------------- what is shown

    @property
    def _counted_minor(self) -> int:
        """What the drawer holds by the last count and what moved since."""
        return self._counts[-1].count.total_minor + self._moved_minor

    @property
    def _stays_minor(self) -> int:
        """What stays as the next float: as typed, or the shop's usual one."""
        typed = self._stays.minor
        usual = self.work.counter.desk.shop.policy.float_minor
        return max(0, min(usual, self._counted_minor)) if typed is None else typed

    @property
    def _is_too_much(self) -> bool:
        return self._stays_minor > max(0, self._counted_minor)

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        detail = self.shift_words(self._counting.shift)
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Back")),)),
            currency=self.currency,
            head=HeadView(_("Close shift"), detail, closing_steps(), 1),
            page=ShiftPage.OUTCOME,
            outcome=self._outcome(),
            pad=self._blocked(self._pad()),
        )

    def _outcome(self) -> OutcomeView:
        last = self._counts[-1]
        verdict, tone = verdict_words(last.difference_minor, self.currency)
        return OutcomeView(
            verdict=verdict,
            verdict_tone=tone,
            hint=hint_words(last, self.currency),
            facts=outcome_facts(self._counts, self._moved_minor, self.currency),
            can_recount=len(self._counts) == 1 and last.difference_minor != 0,
            recount=_("Count the cash once more"),
            money=self._money(),
            others=self._others(),
            titles=(_("Cash"), _("Other tenders")),
            note=self._note(last),
            bag=self._bag.text,
            bag_hint=_("Number of the bag (may stay empty)"),
            is_bag_active=self._is_bag_active,
        )

    def _note(self, last: ShiftCount) -> str:
        limit = self.work.counter.desk.shop.policy.difference_limit_minor
        if abs(last.difference_minor) > limit:
            return _("A manager looks at this difference later; you can close now.")
        return _("Other tenders were noted by hand: there is nothing to count.")

    def _money(self) -> tuple[tuple[str, str], ...]:
        stays = max(0, min(self._stays_minor, self._counted_minor))
        return (
            (_("Stays as float"), money(stays, self.currency)),
            (_("Into the safe"), money(self._counted_minor - stays, self.currency)),
        )

    def _others(self) -> tuple[tuple[str, str], ...]:
        language = current_language()
        sums = self.service.tender_sums(self._counting.shift.shift_id)
        types = known_tenders(self.work.counter.desk)
        return tuple(
            (one.name_in(language), money(sums.get(one.key, 0), self.currency))
            for one in types
            if one.kind is not TenderKind.CASH
        )

    def _pad(self) -> PadView:
        problem = _("More than was counted") if self._is_too_much else ""
        return PadView(
            label=_("Stays as float"),
            amount=amount(self._stays_minor, self.currency),
            saved=_("{amount} into the safe", amount=self._money()[1][1]),
            entry_hint=_("Another float"),
            entry_text=self._stays.text,
            entry_problem=problem,
            is_entry_resting=self._is_bag_active,
            has_point=self._stays.has_point and not self._is_bag_active,
            first=KeyView(_("Open drawer"), "cash-register"),
            main=_("Close the shift"),
            main_detail=_("prints the Z report"),
            reason=problem,
            is_working=self.is_working or self._counting.is_working,
        )

    def _blocked(self, pad: PadView) -> PadView:
        """Say what must be settled first, with the one key that does it."""
        waiting = uncarried(self.work, self._counting.carried)
        if is_sale_open(self.work):
            key = KeyView(_("Park it"), "pause-circle")
            reason, detail = _("A sale is open"), _("park, finish or void it first")
        elif waiting:
            key = KeyView(_("Carry over"), "arrow-right")
            reason = parked_words(waiting)
            detail = _("carry over, or settle them first")
        else:
            return pad
        return replace(pad, second=key, reason=reason, reason_detail=detail)

    # -------------------------------------------------------------------- intents

    @override
    def on_pad(self, value: str) -> None:
        if self.is_working:
            return
        if value == PadKey.ENTER:
            self._is_bag_active = False
        elif self._is_bag_active:
            after = self._bag.press(PadKey(value))
            self._bag = after if len(after.text) <= BAG_DIGITS else self._bag
        else:
            self._stays.press(value)
        self.changed.emit()

    @override
    def on_entry(self) -> None:
        self._is_bag_active = False
        self.changed.emit()

    @override
    def on_field(self) -> None:
        self._is_bag_active = True
        self.changed.emit()

    @override
    def on_key(self, key: str) -> None:
        """Count once more; offered once."""
        if key == RECOUNT and not self.is_working and len(self._counts) == 1:
            self.left.emit(RECOUNT)

    @override
    def on_second(self) -> None:
        if is_sale_open(self.work):
            self._counting.park_open_sale()
        else:
            self._counting.carry_over()

    @override
    def on_main(self) -> None:
        if self.is_working or self._blocked(self._pad()).reason:
            return
        words = ApprovalWords(title=self.shift_words(self._counting.shift))
        self.frame.attempt(self._close, words)

    def _close(self) -> None:
        future = self.service.close(
            self._stays_minor,
            self._counting.carried,
            self._bag.text,
            self._counting.shift.shift_id,
        )
        self.await_future(future, self._on_closed)

    def _on_closed(self, close: ShiftClose) -> None:
        self.is_working = False
        self.closed = close
        self.left.emit("closed")

    @override
    def on_escape(self) -> bool:
        if not self.is_working:
            self.left.emit("menu")
        return True
