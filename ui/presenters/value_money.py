"""Money for stored value as it is taken: with several tenders, with change."""

from __future__ import annotations

from pos_app.domain.payment import Payment
from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderLine, TenderType
from pos_app.i18n import _, current_language
from pos_app.services.tender_choice import clean_reference
from pos_app.services.value_view import ValueMoney
from ui.format import money
from ui.presenters.tender_choice import TENDER_ICONS
from ui.presenters.value_state import ValueFact, ValueKey
from ui.presenters.workplace import Workplace


class ValueTill:
    """Takes the tenders of one top-up or gift card; nothing is stored yet."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._payment = Payment(0, work.counter.desk.shop.rules.cash_rounding)
        self.money: tuple[ValueMoney, ...] = ()

    def begin(self, total_minor: int) -> None:
        """Take nothing yet."""
        rounding = self._work.counter.desk.shop.rules.cash_rounding
        self._payment, self.money = Payment(total_minor, rounding), ()

    @property
    def is_settled(self) -> bool:
        """Tell whether all of it was taken."""
        return self._payment.is_settled and bool(self.money)

    @property
    def change_minor(self) -> int:
        """Cash to give back."""
        return self._payment.change_minor

    def types(self) -> tuple[TenderType, ...]:
        """Return the tenders that buy stored value."""
        found = self._work.counter.desk.catalog.tender_types()
        return tuple(kind for kind in found if kind.kind not in LEDGER_KINDS)

    def type_of(self, key: str) -> TenderType:
        """Return a tender."""
        return next(kind for kind in self.types() if kind.key == key)

    def take(self, key: str, amount_minor: int | None, reference: str = "") -> None:
        """Take a tender.

        Raises:
            UserError: what `Payment.take` and `clean_reference` refuse.
        """
        kind = self.type_of(key)
        is_cash = kind.kind is TenderKind.CASH
        rest = self._payment.cash_due_minor if is_cash else self._payment.due_minor
        minor = rest if amount_minor is None else amount_minor
        kept = clean_reference(kind, reference)
        line = TenderLine(str(len(self.money)), kind.key, kind.kind, minor, kept)
        self._payment = self._payment.take(line)
        self.money = (*self.money, ValueMoney(key, minor, kept))

    def give_back(self) -> None:
        """Give the last tender back."""
        self._payment = self._payment.give_back(str(len(self.money) - 1))
        self.money = self.money[:-1]

    def facts(self) -> tuple[ValueFact, ...]:
        """Return what is to pay, what was taken, and what is missing or goes back."""
        currency, language = self._work.currency, current_language()
        names = {kind.key: kind.name_in(language) for kind in self.types()}
        found = [ValueFact(_("To pay"), money(self._payment.total_minor, currency))]
        for one in self.money:
            taken = money(one.amount_minor or 0, currency)
            found.append(ValueFact(names.get(one.key, one.key), taken))
        if not self.is_settled:
            due = money(self._payment.due_minor, currency)
            found.append(ValueFact(_("Still to pay"), due, is_total=True))
        elif self.change_minor:
            change = money(self.change_minor, currency)
            found.append(ValueFact(_("Change"), change, is_total=True))
        return tuple(found)

    def choices(self) -> tuple[ValueKey, ...]:
        """Return a key for each tender; none when all was taken."""
        if self.is_settled:
            return ()
        language = current_language()
        return tuple(
            ValueKey(kind.key, kind.name_in(language), icon=TENDER_ICONS[kind.kind])
            for kind in self.types()
        )
