"""Cash put into the drawer or taken out of it: amount on the pad, a reason to tap."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.domain.shift import CashMove, CashMoveKind
from pos_app.i18n import N_, _, current_language
from ui.format import amount, money
from ui.presenters.amount_entry import AmountEntry
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.entry import Entry
from ui.presenters.frame_state import KeyHint
from ui.presenters.pad_key import PadKey
from ui.presenters.shift_part import ShiftPart, ShiftPlace
from ui.presenters.shift_state import (
    HeadView,
    KeyView,
    MoveView,
    PadView,
    ShiftPage,
    ShiftState,
)

REFERENCE_DIGITS = 20


@dataclass(frozen=True, slots=True)
class MoveKind:
    """What a kind of cash move is called, msgids, and who may do it."""

    title: str
    main: str
    said: str
    reference: str
    icon: str
    permission: Permission


KINDS = {
    CashMoveKind.PAID_IN: MoveKind(
        N_("Cash in"),
        N_("Put {amount} in"),
        N_("{amount} put in"),
        N_("Number of the receipt (may stay empty)"),
        "tray-arrow-up",
        Permission.PAID_IN,
    ),
    CashMoveKind.PAID_OUT: MoveKind(
        N_("Cash out"),
        N_("Pay {amount} out"),
        N_("{amount} paid out"),
        N_("Number of the receipt (may stay empty)"),
        "hand-coins",
        Permission.PAID_OUT,
    ),
    CashMoveKind.SAFE_DROP: MoveKind(
        N_("Into the safe"),
        N_("Drop {amount}"),
        N_("{amount} dropped into the safe"),
        N_("Number of the bag (may stay empty)"),
        "wallet",
        Permission.SAFE_DROP,
    ),
}


class CashMovePart(ShiftPart):
    """One move after the other; each is a document of its own."""

    def __init__(self, place: ShiftPlace) -> None:
        super().__init__(place)
        self._kind = CashMoveKind.PAID_IN
        self._amount = AmountEntry(self.currency)
        self._reference = Entry(takes_times=False)
        self._reason = ""
        self._is_reference_active = False

    def begin(self, kind: CashMoveKind) -> None:
        """Ask for an amount."""
        self._kind = kind
        self._amount.clear()
        self._reference = Entry(takes_times=False)
        self._reason, self._is_reference_active = "", False
        reasons = self._reasons()
        if len(reasons) == 1:
            self._reason = reasons[0][0]
        self.changed.emit()

    def _reasons(self) -> tuple[tuple[str, str], ...]:
        if self._kind is CashMoveKind.SAFE_DROP:
            return ()
        found = self.work.counter.desk.catalog.reasons(self._kind.value)
        language = current_language()
        return tuple((one.key, one.name_in(language)) for one in found)

    @property
    def _words(self) -> MoveKind:
        return KINDS[self._kind]

    @property
    def _minor(self) -> int:
        return self._amount.minor or 0

    def _missing(self) -> str:
        """Say what is missing; "" when the move can be made."""
        if not self._minor:
            return _("Type the amount")
        if self._reasons() and not self._reason:
            return _("Choose a reason")
        return ""

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        shift = self.service.current()
        detail = self.shift_words(shift) if shift else ""
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Back")),)),
            currency=self.currency,
            head=HeadView(_(self._words.title), detail),
            page=ShiftPage.MOVE,
            move=self._move(),
            pad=self._pad(),
        )

    def _move(self) -> MoveView:
        reasons = self._reasons()
        return MoveView(
            reasons_title=_("Reason (required)") if reasons else "",
            reasons=reasons,
            reason=self._reason,
            reference=self._reference.text,
            reference_hint=_(self._words.reference),
            is_reference_active=self._is_reference_active,
            note=_("The drawer opens, and a slip for the signature is printed."),
        )

    def _pad(self) -> PadView:
        shown = money(self._minor, self.currency)
        return PadView(
            label=_(self._words.title),
            amount=amount(self._minor, self.currency),
            entry_hint=_("Amount"),
            entry_text=self._amount.text,
            is_entry_resting=self._is_reference_active,
            has_point=self._amount.has_point and not self._is_reference_active,
            first=KeyView(_("Back"), "arrow-left"),
            main=_(self._words.main, amount=shown),
            main_icon=self._words.icon,
            reason=self._missing(),
            is_working=self.is_working,
        )

    # -------------------------------------------------------------------- intents

    @override
    def on_pad(self, value: str) -> None:
        if self.is_working:
            return
        if value == PadKey.ENTER:
            if self._is_reference_active:
                self._is_reference_active = False
            elif not self._missing():
                self.on_main()
                return
        elif self._is_reference_active:
            after = self._reference.press(PadKey(value))
            if len(after.text) <= REFERENCE_DIGITS:
                self._reference = after
        else:
            self._amount.press(value)
        self.changed.emit()

    @override
    def on_key(self, key: str) -> None:
        self._reason = key
        self.changed.emit()

    @override
    def on_entry(self) -> None:
        self._is_reference_active = False
        self.changed.emit()

    @override
    def on_field(self) -> None:
        self._is_reference_active = True
        self.changed.emit()

    @override
    def on_first(self) -> None:
        self.on_escape()

    @override
    def on_main(self) -> None:
        if self.is_working or self._missing():
            return
        shown = money(self._minor, self.currency)
        words = ApprovalWords(
            title=f"{_(self._words.title)} {shown}", reason=self._reason
        )
        self.frame.attempt(self._do, words)

    def _do(self) -> None:
        future = self.service.move(
            self._kind, self._minor, self._reason, self._reference.text
        )
        self.await_future(future, self._on_moved)

    def _on_moved(self, move: CashMove) -> None:
        self.is_working = False
        shown = money(move.amount_minor, self.currency)
        self.frame.say(_(self._words.said, amount=shown))
        self.left.emit("menu")

    @override
    def on_escape(self) -> bool:
        if not self.is_working:
            self.left.emit("menu")
        return True
