"""The approval dialog's presenter: who approves, their PIN, the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.permission import Demand, Staff
from pos_app.domain.pin_rule import PIN_DIGITS
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language
from pos_app.services.approval import ApprovalVerdict
from ui import tasks
from ui.format import money
from ui.messages import explain
from ui.presenters.approval_state import (
    ApprovalState,
    ApprovalWords,
    ApproverView,
)
from ui.presenters.approval_words import asked_view
from ui.presenters.pad_key import PadKey
from ui.presenters.sign_on_state import lock_words
from ui.presenters.workplace import Workplace


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is half done in the dialog.

    Attributes:
        demand: what is asked. words: of the caller.
        approver: staff id; "" while nobody is chosen.
        pin: what is typed. reason: key. problem: in words.
        locked_until_ms: of the chosen approver, monotonic.
        is_checking: whether a PIN is on its way.
    """

    demand: Demand
    words: ApprovalWords
    approver: str = ""
    pin: str = ""
    reason: str = ""
    problem: str = ""
    locked_until_ms: int = 0
    is_checking: bool = False


class ApprovalPresenter(QObject):
    """Asks one approver at a time; the cashier stays signed on."""

    state_changed = Signal()
    """The dialog must show `state` anew."""
    approved = Signal(object)
    """Somebody agreed; the `Approval`, which the session has already."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._draft: _Draft | None = None
        self._last = ""  # who approved last, chosen again if they may

    @property
    def is_open(self) -> bool:
        """Tell whether something is being asked."""
        return self._draft is not None

    @property
    def is_checking(self) -> bool:
        """Tell whether a PIN is on its way."""
        return self._draft is not None and self._draft.is_checking

    def begin(self, demand: Demand, words: ApprovalWords) -> bool:
        """Ask for consent; False when nobody could give it."""
        approvers = self._work.counter.approval.approvers(demand)
        if not approvers:
            return False
        ids = [staff.staff_id for staff in approvers]
        chosen = ids[0] if len(ids) == 1 else self._last if self._last in ids else ""
        known = {key for key, _words in self._reasons(demand)}
        reason = words.reason if words.reason in known else ""
        self._draft = _Draft(demand, words, chosen, reason=reason)
        self.state_changed.emit()
        return True

    def leave(self) -> None:
        """Ask no more; an answer under way comes too late."""
        self._draft = None

    def refresh(self) -> None:
        """Show the present state: the seconds of a lock go on."""
        if self._draft is not None and self._draft.locked_until_ms:
            self.state_changed.emit()

    @property
    def state(self) -> ApprovalState:
        """Return everything the dialog shows."""
        draft = self._open
        desk, language = self._work.counter.desk, current_language()
        cashier, seconds = desk.session.cashier, self._locked_seconds(draft)
        approvers = self._work.counter.approval.approvers(draft.demand)
        return ApprovalState(
            asked=asked_view(self._work, draft.demand, draft.words),
            reasons=self._reasons(draft.demand),
            reason=draft.reason,
            approvers=tuple(_approver(staff, language) for staff in approvers),
            chosen=draft.approver,
            typed=len(draft.pin),
            most=PIN_DIGITS[1],
            problem=lock_words(seconds) if seconds else draft.problem,
            asked_by=_(
                "Asked by {name} ({number})",
                name=cashier.name_in(language),
                number=cashier.number,
            ),
            blocked=self._blocked(draft, seconds),
            can_type=bool(draft.approver) and not seconds and not draft.is_checking,
            is_phone_order=desk.settings.current.pad == "123",
        )

    def _reasons(self, demand: Demand) -> tuple[tuple[str, str], ...]:
        language = current_language()
        found = self._work.counter.approval.reasons(demand.action)
        return tuple((one.key, one.name_in(language)) for one in found)

    def _blocked(self, draft: _Draft, seconds: int) -> str:
        """Say what is still missing before anybody can agree."""
        if draft.is_checking:
            return _("Checking the PIN")
        if seconds:
            return lock_words(seconds)
        if not draft.approver:
            return _("Choose who approves")
        if not draft.reason and self._reasons(draft.demand):
            return _("Choose a reason")
        return "" if len(draft.pin) >= PIN_DIGITS[0] else _("Type the approver's PIN")

    def _locked_seconds(self, draft: _Draft) -> int:
        left = draft.locked_until_ms - self._work.counter.desk.clock.monotonic_ms()
        return max(0, -(-left // 1000)) if draft.locked_until_ms else 0

    # ----------------------------------------------------------------- intents

    def on_approver_chosen(self, staff_id: str) -> None:
        """Somebody else's PIN is wanted."""
        if self._draft is not None and not self._draft.is_checking:
            self._change(approver=staff_id, pin="", problem="", locked_until_ms=0)

    def on_reason_chosen(self, key: str) -> None:
        """A reason was tapped."""
        if self._draft is not None and not self._draft.is_checking:
            self._change(reason=key)

    def on_badge(self, code: str) -> None:
        """A badge was scanned: it chooses its owner, whose PIN is still asked."""
        if self._draft is None or self._draft.is_checking:
            return
        service = self._work.counter.approval
        try:
            staff = service.owner_of_badge(self._draft.demand, code)
        except GuitaiError as error:
            self._refuse(error)
        else:
            self.on_approver_chosen(staff.staff_id)

    def on_pad(self, value: str) -> None:
        """A key of the pad."""
        draft = self._draft
        if draft is None or not self.state.can_type:
            return
        if value == PadKey.ENTER:
            self.on_agreed()
        elif value == PadKey.CLEAR:
            self._change(pin="")
        elif value == PadKey.BACKSPACE:
            self._change(pin=draft.pin[:-1])
        elif len(value) == 1 and value.isdigit() and len(draft.pin) < PIN_DIGITS[1]:
            self._change(pin=draft.pin + value, problem="")

    def on_agreed(self) -> None:
        """The approver agrees: check their PIN on the core thread."""
        draft = self._draft
        if draft is None:
            return
        if self.state.blocked:
            self._change(problem=self.state.blocked)
            return
        service = self._work.counter.approval
        pin = draft.pin
        self._change(pin="", problem="", is_checking=True)
        try:
            future = service.approve(draft.demand, draft.approver, pin, draft.reason)
        except GuitaiError as error:
            self._refuse(error)
            return
        task = tasks.watch(future).then(self._on_answered)
        task.otherwise(self._refuse).after_bug(self._end_checking)

    def _on_answered(self, verdict: ApprovalVerdict) -> None:
        draft = self._draft
        asked = draft is not None and (draft.demand, draft.approver, draft.is_checking)
        given = verdict.approval
        if asked != (given.demand, given.approved_by, True):
            return  # the dialog was left while the PIN was checked
        try:
            approval = self._work.counter.approval.admit(verdict)
        except GuitaiError as error:
            self._refuse(error)
            return
        self._last, self._draft = approval.approved_by, None
        self.approved.emit(approval)

    def _end_checking(self) -> None:
        if self._draft is not None:
            self._change(is_checking=False)

    def _refuse(self, error: GuitaiError) -> None:
        if self._draft is None:
            return
        self._work.beep()
        until_ms = 0
        seconds = error.params.get("seconds")
        if error.key == "pin_locked" and isinstance(seconds, int):
            now_ms = self._work.counter.desk.clock.monotonic_ms()
            until_ms = now_ms + 1000 * seconds
        words = _problem(error, self._work.currency)
        self._change(problem=words, locked_until_ms=until_ms, is_checking=False, pin="")

    @property
    def _open(self) -> _Draft:
        assert self._draft is not None
        return self._draft

    def _change(self, **parts: Any) -> None:
        self._draft = replace(self._open, **parts)
        self.state_changed.emit()


def _approver(staff: Staff, language: str) -> ApproverView:
    return ApproverView(staff.staff_id, staff.name_in(language), staff.number)


def _problem(error: GuitaiError, currency: str) -> str:
    """Say what was wrong; a PIN's tries in one short line."""
    if error.key == "pin_wrong" and isinstance(error, UserError):
        left = error.params["tries_left"]
        return _("Wrong PIN; {count} more tries before a lock", count=left)
    if error.key == "approval_not_enough":
        name, cap_minor = str(error.params["name"]), error.params.get("cap_minor")
        cap = str(error.params.get("cap", ""))
        if isinstance(cap_minor, int):
            cap = money(cap_minor, currency)
        if cap:
            return _("{name} may go up to {cap} only", name=name, cap=cap)
    return explain(error, currency).sentence
