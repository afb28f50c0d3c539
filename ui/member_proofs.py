"""Proofs of a member: the customer types the phone or the PIN, here or over there."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from pos_app.domain.member.recognition import Recognition
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from ui import tasks
from ui.presenters.frame_state import Tone

if TYPE_CHECKING:
    from ui.member_flow import MemberFlow


class Proof(StrEnum):
    """What the customer types."""

    PHONE = "phone"
    PIN = "pin"


class CustomerSide(Protocol):
    """What asks on the customer's own screen (`CustomerAsking`)."""

    def begin(self, what: Proof, answered: Callable[[str], None]) -> None:
        """Ask the customer to type something there."""
        ...

    def end(self) -> None:
        """Ask no more."""
        ...


class MemberProofs(QObject):
    """Asks on the customer's screen where there is one, else on the cashier's pad."""

    def __init__(self, members: MemberFlow) -> None:
        super().__init__(members)
        self._members = members
        self._side: CustomerSide | None = None
        self._asking: Proof | None = None

    def meet(self, side: CustomerSide) -> None:
        """Say who shows the customer's screen."""
        self._side = side

    def has_customer(self) -> bool:
        """Tell whether the customer has a screen to type on."""
        return self._members.flow.features.offers.has_customer()

    @property
    def is_asking(self) -> bool:
        """Tell whether the customer's screen asks for something."""
        return self._asking is not None

    def leave(self) -> None:
        """Ask for nothing more."""
        if self._asking is not None and self._side is not None:
            self._asking = None
            self._side.end()

    # ------------------------------------------------------------------- asking

    def ask_phone(self) -> None:
        """Let the customer type the phone number."""
        words = _("The customer types the phone number")
        self._ask(Proof.PHONE, self._on_phone, words)

    def ask_pin(self) -> None:
        """Let the customer type the PIN: there, or here where there is no screen."""
        if self.has_customer():
            words = _("The customer types the PIN")
            self._ask(Proof.PIN, self.check_pin, words)
            return
        self._members.presenter.ask_pin()
        words = _("Turn the till: the customer types the PIN; it is not shown")
        self._members.flow.frame.say(words, Tone.INFO)

    def _ask(self, what: Proof, answered: Callable[[str], None], words: str) -> None:
        if self._side is None or not self.has_customer():
            return
        self._asking = what
        self._side.begin(what, answered)
        self._members.flow.frame.say(words, Tone.INFO)

    # ------------------------------------------------------------------ answers

    def _on_phone(self, text: str) -> None:
        self.leave()
        members = self._members.flow.work.counter.members
        try:
            attached = members.prove_phone(text)
        except UserError as error:
            if error.key == "member_unknown" and self._members.is_shown:
                self._members.presenter.begin_enrol(text)
            self._members.flow.frame.refuse(error)
            return
        self._members.recognised(attached)

    def check_pin(self, text: str) -> None:
        """Judge a PIN; whoever typed it is told the outcome only."""
        self.leave()
        if not text:
            return
        members = self._members.flow.work.counter.members
        try:
            future = members.prove_pin(text)
        except GuitaiError as error:
            self._on_refused(error)
            return
        tasks.watch(future).then(self._on_proven).otherwise(self._on_refused)

    def _on_proven(self, _proven: Recognition) -> None:
        """Take the proof into the sale; who has gone meanwhile proves nothing."""
        self._end_pin()
        try:
            attached = self._members.flow.work.counter.members.settled()
        except UserError as error:
            self._members.flow.frame.refuse(error)
            return
        if attached is not None:
            self._members.recognised(attached)
            self._members.flow.frame.say(_("The PIN is right"))

    def _on_refused(self, error: GuitaiError) -> None:
        self._end_pin()
        self._members.flow.frame.refuse(error)

    def _end_pin(self) -> None:
        if self._members.has_made("presenter"):
            self._members.presenter.pin_ended()
