"""Members at the counter: F2, the tab, scanned codes, proofs and enrolling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.member.recognition import Means
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.ports.sounds import Sound
from pos_app.services.members import Attached
from ui.guest_feature import GuestFeature
from ui.keymap import Action
from ui.member_hand import MemberHand
from ui.member_proofs import MemberProofs
from ui.presenters.frame_state import TabView, Tone
from ui.presenters.member_said import price_change, price_said
from ui.presenters.member_state import MemberPage
from ui.presenters.pad_key import PadKey
from ui.presenters.sale_state import SaleState

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.member_actions import MemberActions
    from ui.panels.member import MemberPanel
    from ui.presenters.member import MemberPresenter


class MemberFlow(GuestFeature):
    """Says who buys, and shows it; what that does to the price is the sale's."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self.proofs = MemberProofs(self)
        flow.sale.payment_wanted.connect(self.leave)
        flow.sale.quick_cash_taken.connect(self.leave)
        flow.screens.sale.member_pressed.connect(self.on_strip)
        flow.screens.payment.member_pressed.connect(self.on_strip)
        flow.payment.deducting.told.connect(self._on_told)

    @cached_property
    def presenter(self) -> MemberPresenter:
        """What the panel shows; made once."""
        from ui.presenters.member import MemberPresenter

        made = MemberPresenter(self.flow.work, self.flow.frame)
        made.keys.has_customer = self.proofs.has_customer
        made.state_changed.connect(self.flow.render)
        return made

    @cached_property
    def actions(self) -> MemberActions:
        """What the keys of the panel do; made once."""
        from ui.member_actions import MemberActions

        return MemberActions(self)

    @cached_property
    def panel(self) -> MemberPanel:
        """The panel; made once, when a member is first asked for."""
        from ui.panels.member import MemberPanel

        panel = MemberPanel()
        self.keep(panel)
        self._hand = MemberHand(self, panel)
        return panel

    # ------------------------------------------------------------- where one is

    @property
    @override
    def is_shown(self) -> bool:
        return self.is_on_sale

    @property
    def may(self) -> bool:
        """Tell whether whoever is signed on recognises members at all."""
        staff = self.flow.work.counter.desk.session.staff
        return staff is not None and staff.may(Permission.MEMBERS)

    @override
    def manual_name(self) -> str:
        return "members"

    @override
    def tab(self) -> TabView | None:
        if not self.may:
            return None
        return TabView("members", _("Members"), "user-circle")

    @override
    def open(self) -> None:
        flow = self.flow
        if not self.may or flow.sale.is_held or flow.payment.is_waiting:
            return
        if flow.window.screen_shown is not flow.screens.sale:
            flow.go_to_sale()
        flow.features.leave(but=self)
        flow.sale.on_escape()
        self.presenter.begin()
        self.enter(self.panel)

    @override
    def leave(self) -> None:
        self.proofs.leave()
        if self.is_shown:
            self.panel.search.stop()
            self.flow.screens.sale.goods.show_guest(None)
            self.flow.screens.sale.setFocus()
            self.flow.render()

    @override
    def show(self) -> None:
        self.panel.show_state(self.presenter.state)

    @override
    def retranslate(self) -> None:
        if self.has_made("panel"):
            self.panel.retranslate()

    @override
    def dress(self, state: SaleState) -> SaleState:
        """Say what the sale earns; the panel takes pad and main key."""
        earns = self.flow.payment.deducting.earns
        if earns and state.errand is None:
            state = replace(state, tax_text=earns)
        if not self.is_shown or state.errand is not None:
            return state
        return self.presenter.dress(state)

    def on_strip(self) -> None:
        """The strip was touched: show the member, or put the panel away."""
        (self.leave if self.is_shown else self.open)()

    def _on_told(self, words: str) -> None:
        """Something was deducted: who sees the screen reads it, the others hear it."""
        self.flow.announcer.hear_news(words)

    def forget(self) -> None:
        """Points, wallet or coupons are others now: read them anew."""
        self.flow.sale.view.ticket.member.forget()
        self.flow.features.coupons.forget()

    # --------------------------------------------------------------- what comes

    @override
    def takes_scan(self, code: str) -> bool:
        members = self.flow.work.counter.members
        if not self.may or not members.is_member_code(code):
            return False
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            self.flow.frame.refuse(UserError("commit_under_way"))
            return True
        self.attempt(lambda: members.attach_code(code))
        return True

    @override
    def takes_pad(self, value: str) -> bool:
        if not self.is_shown:
            return False
        if not self.presenter.press(value):
            self.on_enter()
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.MEMBER:
            self.on_strip()
            return True
        return self.is_shown and self._serves(action)

    def _serves(self, action: Action) -> bool:
        """Serve a key while the panel is shown; what it does not want goes on."""
        presenter = self.presenter
        if action in {Action.UP, Action.DOWN} and presenter.has_found:
            presenter.move(-1 if action is Action.UP else 1)
        elif action in {Action.PAY, Action.ENTER}:
            self.on_enter()
        elif action is Action.DELETE and presenter.typed:
            presenter.press(PadKey.CLEAR.value)
        elif action is Action.ESCAPE:
            return self._step_back()
        else:
            if action is Action.FIND:
                self.leave()
            return False
        return True

    def _step_back(self) -> bool:
        if self.proofs.is_asking:
            self.proofs.leave()
            return True
        return self.presenter.clear()

    @override
    def takes_function(self, key: str) -> bool:
        return key.startswith("member_") and self.actions.do(key)

    # ------------------------------------------------------------------ finding

    def on_enter(self) -> None:
        """Enter: the next step of what is being done, or payment."""
        presenter = self.presenter
        if presenter.is_asking_pin:
            self.proofs.check_pin(presenter.take_typed())
        elif presenter.page is MemberPage.ENROL:
            self.actions.enrol_on()
        elif presenter.typed:
            self.find(presenter.take_typed())
        elif presenter.chosen:
            self.take_chosen()
        elif self.flow.sale.state.lines:
            self.flow.sale.on_pay_pressed()
        else:
            self.leave()

    def find(self, text: str) -> None:
        """Look for a phone number, its tail, or a code that was typed."""
        members, presenter = self.flow.work.counter.members, self.presenter
        if members.is_member_code(text):
            self.attempt(lambda: members.attach_code(text))
            return
        presenter.look_for(text)
        if presenter.only_one:
            self.attach(presenter.only_one, presenter.means_of())
        elif not presenter.has_found and presenter.is_phone(text):
            presenter.begin_enrol(text)
            self.actions.begin_with(text)
        elif not presenter.has_found:
            self.flow.work.beep()
            self.flow.frame.say(_("No member found: {text}", text=text), Tone.BAD)

    def take_chosen(self) -> None:
        """Recognise the chosen member of the list."""
        presenter = self.presenter
        if presenter.chosen:
            self.attach(presenter.chosen, presenter.means_of())

    # --------------------------------------------------------------- recognising

    def attach(self, member_id: str, means: Means) -> None:
        """Recognise a member that was found."""
        members = self.flow.work.counter.members
        self.attempt(lambda: members.attach(member_id, means))

    def attempt(self, recognise: Callable[[], Attached]) -> None:
        """Recognise somebody, or say why not; what it did to the price is told."""

        def whole() -> None:
            self.recognised(recognise())

        self.flow.with_approval(whole)

    def recognised(self, attached: Attached) -> None:
        """Somebody was recognised: show who, and what became of the price."""
        flow, glance = self.flow, attached.glance
        self.proofs.leave()
        change = price_change(attached.before, attached.after, flow.work.currency)
        name = glance.name_masked or glance.phone_masked
        words = _("Member recognised: {name}", name=name)
        if change:
            text = f"{change} · {name}"
            flow.frame.offer_undo(text, _("Undo"), self.actions.remove)
        flow.frame.say(words)
        flow.work.sounds.play(Sound.MEMBER)
        said = price_said(attached.before, attached.after, flow.work.currency)
        flow.announcer.hear_news(", ".join(x for x in (words, said) if x))
        self.forget()
        if self.is_shown:
            self.panel.search.stop()
            self.presenter.attached()
        flow.screens.sale.setFocus()
        flow.sale.refresh()
        flow.payment.refresh()
