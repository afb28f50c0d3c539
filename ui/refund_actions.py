"""Giving the money back: the way, its reference, one commit for the whole ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.domain.tender import TenderKind
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language
from pos_app.services.refund import refuse_unready
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.reference import ReferenceDialog
from ui.format import money
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.frame_state import Tone
from ui.presenters.refund_keys import (
    ORIGINAL,
    chosen_option,
    needs_reference,
    open_ways,
    shown_options,
    way_options,
)
from ui.presenters.returned_view import name_of

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class RefundActions(QObject):
    """What the two keys of the way and the main key do."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._chosen: tuple[str, str] = ("", ORIGINAL)
        self._references: dict[str, str] = {}
        self._asked = ""
        self.reference = ReferenceDialog(flow.window)
        self.others = ReasonDialog(flow.window, "refundWayDialog", "swap")
        flow.dialogs.own(self.reference)
        flow.dialogs.own(self.others)
        self.reference.given.connect(self._on_reference)
        self.others.chosen.connect(self._choose)
        flow.payment.commit_refused.connect(self._on_refused)

    @property
    def chosen(self) -> str:
        """Key of the chosen way; for the next ticket the original again."""
        basket = self._flow.work.counter.sale.basket
        if basket is None or basket.basket_id != self._chosen[0]:
            return ORIGINAL
        return self._chosen[1]

    @property
    def off_the_way(self) -> str:
        """Name of the chosen tender, if the money came another way."""
        if not open_ways(self._flow.work):
            return ""
        option = chosen_option(way_options(self._flow.work), self.chosen)
        return "" if option is None or option.is_original else option.title

    def on_way(self, key: str) -> None:
        """Choose a way; the second key, pressed again, offers all others."""
        options = way_options(self._flow.work)
        shown = shown_options(options, self.chosen)
        is_again = key == self.chosen and shown and key != shown[0].key
        if not is_again or len(options) <= len(shown):
            self._choose(key)
            return
        self.others.ask(
            _("How is the money given back?"),
            _("Not the way it was paid; a supervisor may have to agree."),
            [(option.key, option.title) for option in options if option != shown[0]],
        )

    def _choose(self, key: str) -> None:
        basket = self._flow.work.counter.sale.basket
        if basket is not None:
            self._chosen = (basket.basket_id, key)
        self._flow.render()

    # ------------------------------------------------------------------ giving

    def refund(self) -> None:
        """Give what is due and end the ticket; asks for what is missing first."""
        flow = self._flow
        if flow.sale.is_held or flow.payment.is_waiting:
            return
        try:
            flow.work.counter.sale.settle_unknown()
            refuse_unready(flow.work.counter.desk, flow.work.counter.sale)
        except UserError as error:
            flow.frame.refuse(error)
            return
        missing = self._missing_reference()
        if missing:
            self._ask_reference(missing)
            return
        flow.with_approval(self._give, self._words())

    def _words(self) -> ApprovalWords:
        """Return what a supervisor is told: whose money, how much, why."""
        work = self._flow.work
        basket, payment = work.counter.sale.basket, work.counter.refund.payment
        back = basket.returns[0] if basket and basket.returns else None
        total_minor = payment.total_minor if payment else 0
        off = self.off_the_way
        return ApprovalWords(
            title=_("Refund {amount}", amount=money(total_minor, work.currency)),
            note=_("Not back as it was paid: {tender}", tender=off) if off else "",
            reason=back.reason if back else "",
        )

    def _keys(self) -> tuple[str, ...]:
        """Return the tenders that the chosen way gives money with."""
        option = chosen_option(way_options(self._flow.work), self.chosen)
        if option is None:
            return ()
        if not option.is_original:
            return (option.key,)
        ways = open_ways(self._flow.work)
        places = dict.fromkeys((way.key, way.account_id) for way in ways)
        return tuple(key for key, _account_id in places)

    def _missing_reference(self) -> str:
        checkout = self._flow.work.counter.checkout
        for key in self._keys():
            kind = checkout.tender_type(key)
            if needs_reference(kind, self._flow.work) and key not in self._references:
                return key
        return ""

    def _ask_reference(self, key: str) -> None:
        counter, self._asked = self._flow.work.counter, key
        payment = counter.refund.payment
        assert payment is not None
        name = counter.checkout.tender_type(key).name_in(current_language())
        self.reference.ask(name, money(payment.due_minor, self._flow.work.currency))

    def _on_reference(self, text: str) -> None:
        self._references[self._asked] = text
        self.refund()

    def _give(self) -> None:
        """Give until nothing is due; may be done again after an approval."""
        refund = self._flow.work.counter.refund
        is_original = self._option_is_original()
        for key in self._keys():
            payment = refund.payment
            if payment is None or payment.is_settled:
                break
            kind = self._flow.work.counter.checkout.tender_type(key)
            rest_minor = None
            if not is_original:
                is_cash = kind.kind is TenderKind.CASH
                rest_minor = payment.cash_due_minor if is_cash else payment.due_minor
            refund.give(key, rest_minor, self._references.get(key, ""))
        self._flow.render()
        payment = refund.payment
        if payment is not None and not payment.is_settled:
            raise UserError("not_refunded", due_minor=payment.due_minor)
        self._references = {}
        self._flow.payment.finish_ticket()

    def _option_is_original(self) -> bool:
        option = chosen_option(way_options(self._flow.work), self.chosen)
        return option is not None and option.is_original

    def take_back(self) -> None:
        """Take the refund given last back: nothing is finished yet."""
        refund = self._flow.work.counter.refund
        payment = refund.payment
        if payment is None or not payment.refunds or self._flow.payment.is_waiting:
            return
        last = payment.refunds[-1].tender_id
        self._flow.frame.attempt(lambda: self._take_back(last))

    def _take_back(self, tender_id: str) -> None:
        self._flow.work.counter.refund.take_back(tender_id)
        self._flow.render()

    # -------------------------------------------------------------- was refused

    def _on_refused(self, error: GuitaiError) -> None:
        """Goods came back in another ticket meanwhile: bring this one up to it."""
        if error.key != "returned_meanwhile":
            return
        counter = self._flow.work.counter
        while (payment := counter.refund.payment) and payment.refunds:
            counter.refund.take_back(payment.refunds[-1].tender_id)
        current = counter.sale.current
        if current is None or current.has_money:
            return
        counter.checkout.money.look_again()
        changed = counter.returns.refresh()
        names = _(", ").join(name_of(line) for line in changed[:3])
        if names:
            self._flow.frame.say(
                _(
                    "Came back in another ticket meanwhile, taken out here: {names}",
                    names=names,
                ),
                Tone.WARN,
            )
