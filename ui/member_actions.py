"""What the keys of the member's panel do."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.services.campaigns import VisitOutcome
from pos_app.services.members import MemberGlance
from ui import tasks
from ui.presenters import member_keys as keys
from ui.presenters.campaign_words import visit_said
from ui.presenters.frame_state import Tone

if TYPE_CHECKING:
    from ui.member_flow import MemberFlow


class MemberActions(QObject):
    """Enrols, removes, adds goods, and leads to top-up and history."""

    def __init__(self, members: MemberFlow) -> None:
        super().__init__(members)
        self._members = members
        presenter, proofs = members.presenter, members.proofs
        self._serve = {
            keys.FIND: members.on_enter,
            keys.PAY: members.on_enter,
            keys.CLOSE: members.leave,
            keys.ENROL: self.begin_enrol,
            keys.AGREE: self.enrol_on,
            keys.ENROL_NOW: self.enrol_on,
            keys.TYPES: proofs.ask_phone,
            keys.PIN: proofs.ask_pin,
            keys.CHECK_PIN: members.on_enter,
            keys.HISTORY: presenter.show_history,
            keys.CARD: presenter.begin,
            keys.OTHER: presenter.look_anew,
            keys.REMOVE: self.remove,
            keys.TOP_UP: self.open_wallet,
            keys.HERE: self.check_in,
            keys.TRIED: self.tried_on,
        }

    def do(self, key: str) -> bool:
        """Do what a key of the panel says; False for a key of somebody else."""
        serve = self._serve.get(key)
        if serve is None:
            return False
        serve()
        return True

    # ---------------------------------------------------------------- enrolling

    def begin_enrol(self) -> None:
        """Open the form, with what was looked for if that is a phone number."""
        presenter = self._members.presenter
        typed = presenter.take_typed() or presenter.state.search
        presenter.begin_enrol(typed if presenter.is_phone(typed) else "")

    def begin_with(self, phone: str) -> None:
        """Begin to enrol somebody; a number that can be none is said at once."""
        try:
            self._members.flow.work.counter.members.check_phone(phone)
        except UserError as error:
            self._refuse(error)
            return
        words = _("Nobody has this number yet; with consent it takes a moment")
        self._members.flow.frame.say(words, Tone.INFO)

    def enrol_on(self) -> None:
        """Take the next step: consent, then enrol; a known phone opens its member."""
        presenter = self._members.presenter
        if presenter.form.is_busy or not presenter.form.phone:
            return
        counter = self._members.flow.work.counter
        try:
            known = counter.members.known_phone(presenter.form.phone)
        except UserError as error:
            self._refuse(error)
            return
        if known is not None:
            self._open_known(known)
        elif not presenter.form.typing.is_agreed:
            presenter.form.agree()
        else:
            self._members.flow.with_approval(self._enrol)

    def _open_known(self, known: MemberGlance) -> None:
        from pos_app.domain.member.recognition import Means

        words = _("This number is a member's already")
        self._members.attach(known.member_id, Means.PHONE_SAID)
        self._members.flow.frame.say(words, Tone.INFO)

    def _enrol(self) -> None:
        presenter = self._members.presenter
        try:
            draft = presenter.form.typing.draft()
            future = self._members.flow.work.counter.members.enrol(draft)
        except UserError as error:
            self._refuse(error)
            return
        presenter.form.is_busy = True
        task = tasks.watch(future).then(self._on_enrolled)
        task.otherwise(self._on_failed).after_bug(self._let_go)
        self._members.flow.render()

    def _on_enrolled(self, glance: MemberGlance) -> None:
        """Make the new member the customer; enrolled is enrolled, whatever comes."""
        members, flow = self._members, self._members.flow
        members.presenter.form.is_busy = False
        try:
            attached = flow.work.counter.members.settled()
        except UserError as error:
            members.presenter.begin()
            flow.frame.refuse(error)
            return
        if attached is not None:
            members.recognised(attached)
        name = glance.name_masked or glance.phone_masked
        flow.frame.say(_("Enrolled: {name}", name=name))

    def _on_failed(self, error: GuitaiError) -> None:
        if isinstance(error, UserError):
            self._refuse(error)
        else:
            self._let_go()
            self._members.flow.frame.on_lost(error)

    def _refuse(self, error: UserError) -> None:
        self._members.presenter.form.refused(error)
        self._members.flow.frame.refuse(error)

    def _let_go(self) -> None:
        self._members.presenter.form.is_busy = False
        self._members.flow.render()

    # ------------------------------------------------------------------- others

    def remove(self) -> None:
        """Sell to nobody in particular again."""
        flow = self._members.flow
        try:
            flow.work.counter.members.detach()
        except GuitaiError as error:
            flow.frame.refuse(error)
            return
        flow.frame.drop_toast()
        flow.frame.say(_("Sold without a member now"))
        self._members.forget()
        if self._members.is_shown:
            self._members.presenter.begin()
        flow.sale.refresh()
        flow.payment.refresh()

    def add_goods(self, unit_id: str) -> None:
        """Lay suggested goods into the basket."""
        self._members.flow.sale.on_tile_pressed(unit_id)
        self._members.flow.screens.sale.setFocus()

    def open_wallet(self) -> None:
        """Show the member's wallet: balance, top-up, what was done with it."""
        glance = self._members.presenter.current
        if glance is not None:
            self._members.flow.features.value.open_wallet(glance.member_id)
            self._members.forget()

    def check_in(self) -> None:
        """The member came by: what the shop gives for that."""
        self._give(self._members.flow.work.counter.campaigns.here)

    def tried_on(self) -> None:
        """The member tried something on: what the shop gives for that."""
        self._give(self._members.flow.work.counter.campaigns.tried_on)

    def _give(self, give: Callable[[str], Future[VisitOutcome]]) -> None:
        flow, glance = self._members.flow, self._members.presenter.current
        if glance is None:
            return
        try:
            future = give(glance.member_id)
        except GuitaiError as error:
            flow.frame.refuse(error)
            return
        tasks.watch(future).then(self._on_given).otherwise(flow.frame.refuse)

    def _on_given(self, outcome: VisitOutcome) -> None:
        self._members.forget()
        self._members.flow.frame.say(visit_said(outcome))
        self._members.flow.render()
