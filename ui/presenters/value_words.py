"""Stored value in words: an account, its history, a top-up, what a refund comes to."""

from __future__ import annotations

from pos_app.documents.last_moment import until_text
from pos_app.domain.stored_value.account import AccountKind
from pos_app.domain.stored_value.moves import MoveKind
from pos_app.errors import UserError
from pos_app.i18n import N_, _, current_language
from pos_app.services.tender_choice import known_tenders
from pos_app.services.value_view import LotView, ValueMoveView, ValueView
from ui.format import amount, money
from ui.messages import explain
from ui.presenters.price_words import moment_text
from ui.presenters.value_state import ValueFact, ValueKey
from ui.presenters.workplace import Workplace

MOVES = {
    MoveKind.TOP_UP: N_("Topped up"),
    MoveKind.REDEEM: N_("Paid with"),
    MoveKind.RETURN: N_("Given back"),
    MoveKind.TOP_UP_REFUND: N_("Paid back"),
    MoveKind.EXPIRE: N_("Ended"),
}
_MOVES_SHOWN = 4


class ValueWords:
    """Writes for one till: its currency, its tenders, its clock."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    def title(self, view: ValueView) -> str:
        """Return what an account is called."""
        if view.kind is AccountKind.GIFT_CARD:
            return _("Gift card ···· {label}", label=view.label)
        return _("Stored value")

    def icon(self, view: ValueView) -> str:
        """Return an account's icon."""
        return "gift" if view.kind is AccountKind.GIFT_CARD else "wallet"

    def standing(self, view: ValueView) -> tuple[ValueFact, ...]:
        """Return what is there, of which money, and what ends."""
        currency = self._work.currency
        usable = money(view.usable_minor, currency)
        found = [ValueFact(_("Balance"), usable, is_total=True)]
        if view.bonus_minor:
            found.append(ValueFact(_("Paid money"), money(view.paid_minor, currency)))
            found.append(ValueFact(_("Bonus"), money(view.bonus_minor, currency)))
        if view.expires_at is not None:
            day = until_text(view.expires_at, self._work.zone)
            ends = money(view.expiring_minor, currency)
            title = _("Good until {day}", day=day)
            found.append(ValueFact(title, ends))
        return tuple(found)

    def history(self, view: ValueView) -> tuple[ValueFact, ...]:
        """Return the last moves, newest first."""
        moves = self._work.counter.stored_value.history(view.account_id)
        return self.moves(view, moves[:_MOVES_SHOWN])

    def moves(
        self, view: ValueView, moves: tuple[ValueMoveView, ...]
    ) -> tuple[ValueFact, ...]:
        """Return moves that were read, each with its document's number."""
        return tuple(self._move(view, move) for move in moves)

    def _move(self, view: ValueView, move: ValueMoveView) -> ValueFact:
        when = moment_text(move.at, self._work.zone)
        is_sale = view.kind is AccountKind.GIFT_CARD and move.kind is MoveKind.TOP_UP
        what = _("Sold") if is_sale else _(MOVES[move.kind])
        title = f"{when} · {what}"
        number = f" · {move.number}" if move.number else ""
        return ValueFact(title + number, amount(move.minor, self._work.currency))

    def tender(self, key: str) -> str:
        """Return a tender's name."""
        kinds = {kind.key: kind for kind in known_tenders(self._work.counter.desk)}
        return kinds[key].name_in(current_language()) if key in kinds else key

    def lot(self, lot: LotView, *, is_selected: bool) -> ValueKey:
        """Return a top-up as a key."""
        when = moment_text(lot.at, self._work.zone)
        left = money(lot.left_minor, self._work.currency)
        return ValueKey(lot.lot_id, left, when, is_selected=is_selected)

    def terms(
        self, view: ValueView, lot: LotView, minor: int
    ) -> tuple[tuple[ValueFact, ...], str]:
        """Return what a refund comes to, and why it cannot be; "" where it can."""
        currency, service = self._work.currency, self._work.counter.stored_value
        try:
            terms = service.refund_terms(view.account_id, lot.lot_id, minor)
        except UserError as error:
            return (), explain(error, currency).text
        found = [ValueFact(_("Taken out"), money(terms.paid_minor, currency))]
        if terms.bonus_minor:
            cancelled = money(terms.bonus_minor, currency)
            found.append(ValueFact(_("Bonus cancelled"), cancelled))
        if terms.clawed_minor:
            kept = amount(-terms.clawed_minor, currency)
            found.append(ValueFact(_("Kept for bonus that was spent"), kept))
        for source in terms.money:
            title = _("Back to {tender}", tender=self.tender(source.tender_key))
            back = money(source.minor, currency)
            found.append(ValueFact(title, back, is_total=True))
        return tuple(found), ""
