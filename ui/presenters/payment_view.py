"""Builds the payment screen's state from the payment and what is half typed."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.ledger_tenders import LEDGER_TENDERS
from pos_app.domain.payment import Payment
from pos_app.domain.permission import Permission
from pos_app.domain.tender import TenderKind, TenderLine, TenderType
from pos_app.errors import UserError
from pos_app.i18n import N_, _, current_language
from pos_app.values.money import exponent_of, parse_minor
from ui.format import amount
from ui.messages import explain
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import KeyHint
from ui.presenters.payment_state import PaymentState, RoundOffView, TakenView
from ui.presenters.sale_state import QuickCash
from ui.presenters.tender_choice import (
    TenderChoice,
    choice_views,
    reference_view,
    tender_views,
)
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace

_SHORT_REASONS = {
    "reference_missing": N_("Type the number first"),
    "reference_is_card_number": N_("No whole card number here"),
    "reference_too_long": N_("The number is too long"),
    "over_tender": N_("Only cash may be more"),
    "tender_amount_absurd": N_("Check the amount"),
    "cash_step": N_("No coins for this amount"),
}


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """What is half done on the payment screen.

    Attributes:
        choice: the tender and what is typed for it.
        prints_slip: whether this sale's slip is printed.
        is_waiting: the sale is being committed.
    """

    choice: TenderChoice
    prints_slip: bool
    is_waiting: bool = False


class PaymentView:
    """Reads the services; keeps nothing."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, ticket: TicketView
    ) -> None:
        self._work = work
        self._frame = frame
        self._ticket = ticket

    def state(self, draft: PaymentDraft) -> PaymentState:
        """Return everything the screen shows."""
        counter = self._work.counter
        payment = counter.checkout.payment or _nothing_to_pay(self._work)
        types = tuple(counter.desk.catalog.tender_types())
        kind = next(x for x in types if x.key == draft.choice.key)
        typed, problem = self._typed(draft.choice)
        change, covers = _outlook(payment, kind, typed)
        reason = problem or self._refusal(payment, kind, draft.choice, typed)
        choices = counter.checkout.cash_choices()
        return PaymentState(
            frame=self._frame.state((KeyHint("Esc", _("Back")),)),
            currency=self._work.currency,
            band=self._ticket.band(),
            lines=self._ticket.lines(),
            selected_index=self._ticket.selected_index(),
            sums=self._ticket.sums(),
            due_minor=payment.total_minor,
            remaining_minor=_remaining(payment, kind),
            taken_minor=payment.taken_minor,
            change_minor=change,
            rounding_text=self._rounding(payment, kind),
            tenders=tender_views(types, draft.choice.key),
            choices=choice_views(types, draft.choice.key),
            choices_label=_("Which app?"),
            reference=reference_view(kind, draft.choice),
            suggestions=tuple(QuickCash(x.cash_minor, x.change_minor) for x in choices),
            suggested=typed if kind.kind is TenderKind.CASH else None,
            taken=tuple(self._taken(tender, types) for tender in payment.tenders),
            round_off=self._round_off(payment),
            entry_text=draft.choice.entry.shown,
            entry_hint=self._entry_hint(kind),
            entry_problem=problem,
            is_entry_active=not draft.choice.in_reference,
            is_slip_printed=draft.prints_slip,
            can_finish=not reason and (covers or typed is not None),
            finish_title=_("Finish") if covers else _("Take this amount"),
            finish_detail=self._finish_detail(kind, draft, covers=covers),
            blocked_reason=reason,
            is_waiting=draft.is_waiting,
        )

    def sale_ended(self) -> None:
        """Let the band name the sale that has just ended."""
        self._ticket.sale_ended()

    def _typed(self, choice: TenderChoice) -> tuple[int | None, str]:
        """Return the amount typed, and why it cannot be read."""
        if not choice.entry.text:
            return None, ""
        try:
            return parse_minor(choice.entry.text, self._work.currency), ""
        except UserError as error:
            return None, explain(error, self._work.currency).text

    def _refusal(
        self,
        payment: Payment,
        kind: TenderType,
        choice: TenderChoice,
        typed: int | None,
    ) -> str:
        """Return in short words why the tender would be refused; "" if it is not."""
        if may_end(payment, kind):
            return ""
        checkout = self._work.counter.checkout
        error = checkout.refusal(kind.key, typed, choice.reference)
        if error is None:
            return ""
        words = _SHORT_REASONS.get(error.key)
        return _(words) if words else explain(error, self._work.currency).text

    def _rounding(self, payment: Payment, kind: TenderType) -> str:
        if payment.is_settled or kind.kind is not TenderKind.CASH:
            return ""
        moved = payment.cash_due_minor - payment.due_minor
        if not moved:
            return ""
        return _("Cash rounding {amount}", amount=amount(moved, self._work.currency))

    def _taken(self, tender: TenderLine, types: tuple[TenderType, ...]) -> TakenView:
        kind = next(x for x in (*types, *LEDGER_TENDERS) if x.key == tender.key)
        parts = []
        if tender.reference:
            parts.append(_("ends in {reference}", reference=tender.reference[-4:]))
        needs_proof = tender.kind in {TenderKind.CODE, TenderKind.CARD}
        if needs_proof and not tender.is_verified:
            parts.append(_("not verified"))
        is_proven = tender.is_verified or not needs_proof
        is_cash = tender.kind is TenderKind.CASH
        return TakenView(
            tender.tender_id,
            kind.name_in(current_language()),
            " · ".join(parts) or (_("in cash") if is_cash else ""),
            tender.amount_minor,
            is_proven,
        )

    def _round_off(self, payment: Payment) -> RoundOffView | None:
        staff = self._work.counter.desk.session.staff
        basket = self._work.counter.sale.basket
        if staff is None or basket is None or not staff.may(Permission.ROUND_OFF):
            return None
        taken = basket.round_off_minor
        cap = staff.role.round_off_cap_minor
        offer = _odd_part(payment.total_minor, self._work.currency, cap)
        if not taken and not offer:
            return None
        reason = _("Give the money back first") if payment.tenders else ""
        return RoundOffView(offer, taken, reason)

    def _entry_hint(self, kind: TenderType) -> str:
        if kind.kind is TenderKind.CASH:
            return _("Cash received")
        return _("Amount, empty for all")

    def _finish_detail(
        self, kind: TenderType, draft: PaymentDraft, *, covers: bool
    ) -> str:
        if not covers:
            return _("The rest with another tender")
        drawer = _("open drawer") if kind.opens_drawer else ""
        slip = _("print slip") if draft.prints_slip else _("no slip")
        return " · ".join(part for part in (drawer, slip) if part)


def _nothing_to_pay(work: Workplace) -> Payment:
    return Payment(0, work.counter.sale.rules.cash_rounding)


def may_end(payment: Payment, kind: TenderType) -> bool:
    """Tell whether the sale may end without another tender.

    A rest too small for the smallest coin is let go in cash only; whoever chose
    a card pays it to the cent.
    """
    is_cash = kind.kind is TenderKind.CASH
    return payment.is_settled and (is_cash or payment.due_minor == 0)


def _remaining(payment: Payment, kind: TenderType) -> int:
    if kind.kind is TenderKind.CASH:
        return payment.cash_due_minor
    return payment.due_minor


def _outlook(payment: Payment, kind: TenderType, typed: int | None) -> tuple[int, bool]:
    """Return the change if the sale ended now, and whether it could end."""
    if may_end(payment, kind):
        return payment.change_minor, True
    rest = _remaining(payment, kind)
    given = rest if typed is None else typed
    return max(0, given - rest), given >= rest


def _odd_part(total_minor: int, currency: str, cap_minor: int) -> int:
    """Return what one press of 抹零 lets go: the cents, or what the cap allows."""
    whole = 10 ** exponent_of(currency)
    for step in (whole, whole // 10):
        odd = total_minor % step if step > 1 else 0
        if 0 < odd <= cap_minor and odd < total_minor:
            return odd
    return 0
