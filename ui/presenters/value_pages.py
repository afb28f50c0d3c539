"""The pages of stored value's dialog: what each step shows and asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from pos_app.i18n import _
from pos_app.services.value_view import LotView, ValueView
from ui.format import money
from ui.presenters.amount_entry import AmountEntry
from ui.presenters.entry import Entry
from ui.presenters.value_money import ValueTill
from ui.presenters.value_state import ValueFact, ValueKey, ValueState
from ui.presenters.value_words import ValueWords
from ui.presenters.workplace import Workplace

#: Keys of the dialog beside the main one.
TOP_UP, REFUND, MAKE, UNTAKE = (
    "value_top_up",
    "value_refund",
    "value_make",
    "value_untake",
)
OFFER = "offer "
CODE_LENGTH = 64


class Step(Enum):
    """What the dialog asks for now."""

    LOOK = auto()
    CODE = auto()
    AMOUNT = auto()
    MONEY = auto()
    REFERENCE = auto()
    LOT = auto()


@dataclass(slots=True)
class ValueDraft:
    """What is being done, as far as it is said.

    Attributes:
        amount, till: what is typed, and the money so far.
        step: what is asked for now. problem: why what was typed is not taken.
        member_id, view: whose wallet, or which account is looked at.
        is_card: about a gift card. code: of the one that is sold; "" to make one.
        total_minor: what is paid in. lot: which top-up goes back.
        reference, asked: typed for a tender, and for which.
    """

    amount: AmountEntry
    till: ValueTill
    step: Step = Step.LOOK
    problem: str = ""
    member_id: str = ""
    view: ValueView | None = None
    is_card: bool = False
    code: str = ""
    total_minor: int = 0
    lot: LotView | None = None
    reference: Entry = field(default_factory=lambda: Entry(takes_times=False))
    asked: str = ""


class ValuePages:
    """Shows a draft; keeps nothing."""

    def __init__(self, work: Workplace) -> None:
        self._work, self._words = work, ValueWords(work)
        self._pages: dict[Step, Callable[[ValueDraft], ValueState]] = {
            Step.LOOK: self._look,
            Step.CODE: self._code_state,
            Step.AMOUNT: self._amount_state,
            Step.MONEY: self._money_state,
            Step.REFERENCE: self._reference_state,
            Step.LOT: self._lot_state,
        }

    def state(self, draft: ValueDraft) -> ValueState:
        """Return everything the dialog shows."""
        return self._pages[draft.step](draft)

    def _look(self, draft: ValueDraft) -> ValueState:
        view = draft.view
        assert view is not None
        keys = [ValueKey(REFUND, _("Pay back"), icon="hand-coins")]
        if not self._has_lots(draft):
            keys = []
        take = ""
        if not draft.is_card:
            keys.append(ValueKey(TOP_UP, _("Top up"), icon="plus-circle"))
        elif view.most_minor > 0:
            most = money(view.most_minor, self._work.currency)
            take = _("Pay {amount} with it", amount=most)
        return ValueState(
            title=self._words.title(view),
            icon=self._words.icon(view),
            facts=(*self._words.standing(view), *self._words.history(view)),
            keys=tuple(keys),
            take=take,
        )

    def _has_lots(self, draft: ValueDraft) -> bool:
        view = draft.view
        lots = self._work.counter.stored_value.lots(view.account_id) if view else ()
        return any(lot.left_minor for lot in lots)

    def _code_state(self, draft: ValueDraft) -> ValueState:
        return ValueState(
            title=_("Sell a gift card"),
            icon="gift",
            has_entry=True,
            entry_hint=_("Scan the card, or type its number"),
            entry_text=draft.code,
            problem=draft.problem,
            note=_("Without a card the till prints one with its code."),
            keys=(ValueKey(MAKE, _("Print a card"), icon="printer"),),
            take=_("Take this card"),
            blocked="" if draft.code else _("Scan the card first"),
        )

    def _amount_state(self, draft: ValueDraft) -> ValueState:
        minor = draft.amount.minor or 0
        return ValueState(
            title=_("Sell a gift card") if draft.is_card else _("Top up"),
            icon="gift" if draft.is_card else "wallet",
            facts=self._before_and_after(draft, minor),
            choices_title="" if draft.is_card else _("Offers"),
            choices=() if draft.is_card else self._offers(minor),
            has_entry=True,
            entry_hint=_("Amount"),
            entry_text=draft.amount.text,
            problem=draft.problem,
            take=_("Take the money"),
            blocked="" if minor else _("Type the amount"),
        )

    def _before_and_after(self, draft: ValueDraft, minor: int) -> tuple[ValueFact, ...]:
        service, currency = self._work.counter.stored_value, self._work.currency
        now = draft.view.usable_minor if draft.view else 0
        found = []
        if not draft.is_card:
            found.append(ValueFact(_("Balance now"), money(now, currency)))
        bonus = 0 if draft.is_card else service.bonus_for(minor)
        if bonus:
            found.append(ValueFact(_("Bonus"), money(bonus, currency)))
        after = money(now + minor + bonus, currency)
        found.append(ValueFact(_("Balance afterwards"), after, is_total=True))
        return tuple(found)

    def _offers(self, minor: int) -> tuple[ValueKey, ...]:
        currency = self._work.currency
        return tuple(
            ValueKey(
                f"{OFFER}{offer.paid_minor}",
                money(offer.paid_minor, currency),
                _("+ {amount} bonus", amount=money(offer.bonus_minor, currency)),
                is_selected=offer.paid_minor == minor,
            )
            for offer in self._work.counter.stored_value.rule.offers[:6]
        )

    def _money_state(self, draft: ValueDraft) -> ValueState:
        paid = money(draft.total_minor, self._work.currency)
        keys: tuple[ValueKey, ...] = ()
        if draft.till.money:
            words = _("Give back the last")
            keys = (ValueKey(UNTAKE, words, icon="arrow-counter-clockwise"),)
        done = _("Sell for {amount}") if draft.is_card else _("Top up {amount}")
        settled = draft.till.is_settled
        return ValueState(
            title=_("Sell a gift card") if draft.is_card else _("Top up"),
            icon="gift" if draft.is_card else "wallet",
            facts=draft.till.facts(),
            choices_title="" if settled else _("Take it with"),
            choices=draft.till.choices(),
            has_entry=not settled,
            entry_hint=_("Amount; empty for all of it"),
            entry_text=draft.amount.text,
            problem=draft.problem,
            keys=keys,
            take=done.format(amount=paid),
            blocked="" if settled else _("Take the money first"),
        )

    def _reference_state(self, draft: ValueDraft) -> ValueState:
        return ValueState(
            title=self._words.tender(draft.asked),
            icon="hash",
            facts=draft.till.facts(),
            has_entry=True,
            entry_hint=_("Last four digits, or the voucher's number"),
            entry_text=draft.reference.text,
            problem=draft.problem,
            take=_("Take it"),
            blocked="" if draft.reference.text else _("Type the reference"),
        )

    def _lot_state(self, draft: ValueDraft) -> ValueState:
        view, lot = draft.view, draft.lot
        assert view is not None
        assert lot is not None
        lots = self._work.counter.stored_value.lots(view.account_id)
        choices = tuple(
            self._words.lot(one, is_selected=one.lot_id == lot.lot_id)
            for one in lots[:6]
            if one.left_minor
        )
        minor = draft.amount.minor or lot.left_minor
        facts, problem = self._words.terms(view, lot, minor)
        paid_out = money(minor, self._work.currency)
        return ValueState(
            title=_("Pay stored value back"),
            icon="hand-coins",
            facts=facts,
            choices_title=_("Which money"),
            choices=choices,
            has_entry=True,
            entry_hint=_("Amount; empty for all that is left"),
            entry_text=draft.amount.text,
            problem=problem,
            note=_("It goes back to where it came from."),
            take=_("Take {amount} out", amount=paid_out),
            blocked=problem,
        )
