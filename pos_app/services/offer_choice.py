"""Promotions that a person at the till chooses for a basket, or takes away from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.offer_intents import (
    ChoosePromotion,
    DeclinePromotion,
    OfferIntent,
    RestorePromotion,
)
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.holding import cause_against
from pos_app.domain.promotion.promotion import Promotion, TriggerKind
from pos_app.errors import UserError
from pos_app.i18n import N_, Words
from pos_app.services.backlog import Fact
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService

#: The use of the reasons in the catalogue.
DECLINE_REASONS = "promotion_decline"
#: What a shop that set up no reasons of its own chooses from: key and words.
_USUAL = (
    ("not_wanted", N_("The customer does not want it")),
    ("not_meant", N_("Not meant for this sale")),
    ("used_wrongly", N_("The offer is being misused")),
    ("decline_other", N_("Another reason")),
)


@dataclass(frozen=True, slots=True)
class Choosable:
    """A promotion that waits for a person to choose it.

    Attributes:
        promotion: which.
        is_chosen: whether this basket has it.
        is_own: whether the cashier's role may choose it.
        saving_minor: what the basket would cost less with it, or costs less since;
            minor units.
    """

    promotion: Promotion
    is_chosen: bool
    is_own: bool
    saving_minor: int


class OfferChoiceService:
    """Chooses, takes away and gives back promotions of the open sale."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale

    # ------------------------------------------------------------------ reading

    def choosable(self) -> tuple[Choosable, ...]:
        """Return what a person may choose now, in the order of the book."""
        current = self._sale.current
        if current is None:
            return ()
        return tuple(
            self._looked_at(current, promotion)
            for promotion in self._sale.offers.book.promotions
            if self._waits(promotion)
        )

    @property
    def has_any(self) -> bool:
        """Tell whether some promotion waits to be chosen, whatever the basket."""
        return any(map(self._waits, self._sale.offers.book.promotions))

    def reasons(self, language: str) -> tuple[tuple[str, str], ...]:
        """Return (key, words) of why a promotion may be taken away."""
        own = self._desk.catalog.reasons(DECLINE_REASONS)
        named = [(reason.key, reason.name_in(language)) for reason in own]
        return tuple(named) or usual_decline_reasons(language)

    # ------------------------------------------------------------------ changes

    def choose(self, promotion_id: str) -> None:
        """Give the basket a promotion that waits for a person.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "basket_empty", "promotion_gone" for one that does not hold,
                "promotion_not_your_role", "money_already_taken".
        """
        cashier = self._desk.session.require(Permission.SELL)
        promotion = self._known(promotion_id)
        if not self._waits(promotion):
            raise UserError("promotion_gone")
        if not self._is_own(promotion):
            raise UserError("promotion_not_your_role", name=promotion.name)
        self._accept(
            ChoosePromotion(promotion_id, cashier.staff_id),
            promotion,
            EntryKind.PROMOTION_CHOSEN,
        )

    def decline(self, promotion_id: str, reason: str) -> None:
        """Take a promotion away from the basket.

        Args:
            promotion_id: of one that the basket has.
            reason: key of one of `reasons`.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "basket_empty", "promotion_gone", "reason_unknown",
                "money_already_taken".
        """
        promotion = self._known(promotion_id)
        keys = {key for key, _words in self.reasons(self._desk.shop.language)}
        if reason not in keys:
            raise UserError("reason_unknown", reason=reason[:20])
        self._sale.preview(DeclinePromotion(promotion_id, ""))
        cleared = self._desk.allow(Demand(Permission.PROMOTION_DECLINE, promotion_id))
        intent = DeclinePromotion(
            promotion_id, cleared.staff.staff_id, cleared.approved_by
        )
        kind = EntryKind.PROMOTION_DECLINED
        self._accept(intent, promotion, kind, reason, cleared.approved_by)

    def restore(self, promotion_id: str) -> None:
        """Take back what was said of a promotion: the choice, or that it was declined.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "nothing_to_take_back", "money_already_taken".
        """
        self._desk.session.require(Permission.SELL)
        basket = self._going_on().basket
        if promotion_id in basket.declined:
            kind = EntryKind.PROMOTION_DECLINED
        elif promotion_id in basket.chosen:
            kind = EntryKind.PROMOTION_CHOSEN
        else:
            raise UserError("nothing_to_take_back")
        promotion = self._known(promotion_id)
        self._accept(RestorePromotion(promotion_id), promotion, kind)

    # ------------------------------------------------------------------ how

    def _accept(
        self,
        intent: OfferIntent,
        promotion: Promotion,
        kind: EntryKind,
        reason: str = "",
        approved_by: str = "",
    ) -> None:
        """Accept an intent, with an entry that says what it does to the total."""
        current = self._going_on()
        before_minor = self._total_minor()
        _basket, after = self._sale.preview(intent)
        body: Mapping[str, object] = {
            "sale": current.basket.basket_id,
            "promotion": promotion.promotion_id,
            "version": promotion.version,
            "name": promotion.name,
            "amount_minor": after.total_minor - before_minor,
            "reason": reason,
            "is_taken_back": isinstance(intent, RestorePromotion),
            "approved_by": approved_by,
        }
        fact = Fact(kind, body, self._desk.stamp(current.business_day))
        self._sale.accept(intent, fact=fact)

    def _total_minor(self) -> int:
        priced = self._sale.priced
        return priced.total_minor if priced is not None else 0

    def _looked_at(self, current: OpenSale, promotion: Promotion) -> Choosable:
        key = promotion.promotion_id
        is_chosen = key in current.basket.chosen
        saving_minor = 0
        if not current.has_money:
            cashier = self._desk.session.cashier.staff_id
            other = (
                RestorePromotion(key) if is_chosen else ChoosePromotion(key, cashier)
            )
            _basket, priced = self._sale.preview(other)
            saving_minor = abs(priced.total_minor - self._total_minor())
        return Choosable(promotion, is_chosen, self._is_own(promotion), saving_minor)

    def _waits(self, promotion: Promotion) -> bool:
        """Tell whether nothing but a person's choice decides about it."""
        if promotion.trigger.kind is not TriggerKind.MANUAL:
            return False
        occasion = self._sale.offers.occasion
        unsaid = replace(
            occasion,
            chosen=(*occasion.chosen, promotion.promotion_id),
            declined=tuple(x for x in occasion.declined if x != promotion.promotion_id),
        )
        cause = cause_against(promotion, unsaid)
        return cause is None or cause is RefusalCause.NOT_CHOSEN

    def _is_own(self, promotion: Promotion) -> bool:
        roles = promotion.trigger.roles
        return not roles or self._desk.session.cashier.role.key in roles

    def _known(self, promotion_id: str) -> Promotion:
        self._going_on()
        for promotion in self._sale.offers.book.promotions:
            if promotion.promotion_id == promotion_id:
                return promotion
        raise UserError("promotion_gone")

    def _going_on(self) -> OpenSale:
        current = self._sale.current
        if current is None:
            raise UserError("basket_empty")
        return current


def usual_decline_reasons(language: str) -> tuple[tuple[str, str], ...]:
    """Return the reasons of a shop that has none of its own."""
    words = Words(language)
    return tuple((key, words(text)) for key, text in _USUAL)
