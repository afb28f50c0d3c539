"""The rows of stored value on the payment screen: wallets, and cards that paid."""

from __future__ import annotations

from pos_app.domain.tender import VALUE_KINDS, TenderLine
from pos_app.i18n import _
from pos_app.services.value_view import ValueView
from ui.format import amount, money
from ui.presenters.payment_state import DeductView
from ui.presenters.workplace import Workplace

#: What the keys of these rows begin with; then the account.
VALUE = "value "


class ValuePay:
    """Reads the stored value of the open sale's customer; keeps nothing."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    def rows(self) -> tuple[DeductView, ...]:
        """Return a row for each wallet with something in it, or that pays now."""
        counter = self._work.counter
        basket = counter.sale.basket
        shopper = basket.shopper if basket else None
        if shopper is None or not counter.stored_value.is_on:
            return ()
        views = counter.stored_value.wallets(shopper.member_id)
        return tuple(
            self._row(view) for view in views if view.usable_minor or view.used_minor
        )

    def _row(self, view: ValueView) -> DeductView:
        currency = self._work.currency
        title = _("Stored value {amount}", amount=money(view.usable_minor, currency))
        if view.used_minor:
            return DeductView(
                VALUE + view.account_id,
                title,
                "wallet",
                self._bonus(view),
                amount(-view.used_minor, currency),
                action=_("Undo"),
                is_used=True,
            )
        may = view.free_minor
        if not may:
            words = _("Code or PIN first") if view.needs_proof else self._bonus(view)
            return DeductView(VALUE + view.account_id, title, "wallet", words)
        detail = self._bonus(view)
        if view.needs_proof:
            free = money(view.most_minor, currency)
            detail = _("Up to {amount} with code or PIN", amount=free)
        return DeductView(
            VALUE + view.account_id,
            title,
            "wallet",
            detail,
            action=_("Use {amount}", amount=amount(-may, currency)),
        )

    def _bonus(self, view: ValueView) -> str:
        if not view.bonus_minor:
            return ""
        bonus = money(view.bonus_minor, self._work.currency)
        return _("of which {amount} bonus", amount=bonus)

    def press(self, key: str) -> None:
        """Pay with an account as much as may be, or take back what it paid.

        Raises:
            UserError: what `StoredValueService.pay` refuses.
        """
        account_id, counter = key.removeprefix(VALUE), self._work.counter
        taken = [x for x in self._tenders() if x.account_id == account_id]
        for tender in taken:
            counter.checkout.give_back(tender.tender_id)
        if not taken:
            counter.stored_value.pay(account_id)

    def _tenders(self) -> tuple[TenderLine, ...]:
        payment = self._work.counter.checkout.payment
        tenders = payment.tenders if payment else ()
        return tuple(x for x in tenders if x.kind in VALUE_KINDS)
