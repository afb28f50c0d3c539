"""Why offers for a line's goods gave it nothing, for the cashier and the customer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_terms import audience_words, limit_words, when_words
from pos_app.domain.basket import BasketLine
from pos_app.domain.listed_line import listed
from pos_app.domain.promotion.explanation import Refusal, RefusalCause
from pos_app.domain.promotion.holding import is_time
from pos_app.domain.promotion.levels import MEMBER_LEVEL
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Promotion,
    TriggerKind,
)
from pos_app.i18n import N_, Words
from ui.format import amount, money
from ui.presenters.promotion_names import GoodsNames
from ui.presenters.why_price_state import RefusedView
from ui.presenters.workplace import Workplace

#: What concerns nobody but the staff: it is not told to a customer.
_OF_STAFF = frozenset({RefusalCause.DECLINED, RefusalCause.NOT_CHOSEN})
#: Groups that a customer need not know about.
_QUIET = frozenset({AudienceKind.TAG, AudienceKind.STAFF})
#: So many are told to a customer.
_TOLD = 3


class WhyNot:
    """Writes offers that were not used.

    Args:
        work: the counter.
        words: of the reader's language.
        is_for_staff: whether everything is told, or what concerns the customer.
    """

    def __init__(self, work: Workplace, words: Words, *, is_for_staff: bool) -> None:
        self._work, self._words = work, words
        self._is_for_staff = is_for_staff
        sale = work.counter.sale
        self._occasion: Occasion = sale.offers.occasion
        self._book = {x.promotion_id: x for x in sale.offers.book.promotions}

    def of(self, line: BasketLine) -> tuple[RefusedView, ...]:
        """Return what was not used on a line: member prices first, then offers."""
        refusals = self._work.counter.offer_explanation.refused(line.line_id)
        told = (self._view(x) for x in refusals if self._is_told(x))
        views = (*self._levels(line), *told, *self._begun(line))
        return (*views, *self._unread()) if self._is_for_staff else views[:_TOLD]

    def _begun(self, line: BasketLine) -> Iterator[RefusedView]:
        """Tell what was started since the sale began: it has the offers of then."""
        explanation = self._work.counter.offer_explanation
        for promotion in explanation.begun_since(line.unit) if line.unit else ():
            name = promotion.name_in(self._words.language)
            yield RefusedView(name, self._too_late, "")

    @property
    def _too_late(self) -> str:
        if not self._is_for_staff:
            return self._words("It began after this sale did")
        return self._words("It began after this sale did; park the sale, then go on")

    def _unread(self) -> Iterator[RefusedView]:
        """Tell what a newer program started and this one cannot read."""
        reason = self._words("A newer program made it; this till cannot apply it")
        for name in self._work.counter.offer_explanation.unreadable():
            yield RefusedView(name, reason, "")

    def _is_told(self, refusal: Refusal) -> bool:
        if self._is_for_staff:
            return True
        promotion = self._book.get(refusal.promotion_id)
        kind = promotion.audience.kind if promotion else AudienceKind.EVERYONE
        return refusal.cause not in _OF_STAFF and kind not in _QUIET

    def _view(self, refusal: Refusal) -> RefusedView:
        saving = refusal.saving_minor
        is_declined = refusal.cause is RefusalCause.DECLINED
        return RefusedView(
            title=dict(refusal.names).get(self._words.language, refusal.name),
            reason=self._reason(refusal),
            amount=amount(-saving, self._work.currency) if saving else "",
            restore=refusal.promotion_id if is_declined else "",
        )

    # ------------------------------------------------------------------- prices

    def _levels(self, line: BasketLine) -> Iterator[RefusedView]:
        """Tell the price for members while nobody is recognised."""
        unit, shopper = line.unit, self._occasion.shopper
        if unit is None or shopper is not None or line.override is not None:
            return
        if not any(x.level == MEMBER_LEVEL for x in unit.level_prices):
            return
        plain = replace(line, discount=None)
        now = listed(plain).asked_minor
        saving = now - listed(plain, (MEMBER_LEVEL,)).asked_minor
        if saving > 0:
            yield RefusedView(
                self._words("Member price"),
                self._whom(Audience(AudienceKind.MEMBER)),
                amount(-saving, self._work.currency),
            )

    # ------------------------------------------------------------------ reasons

    def _reason(self, refusal: Refusal) -> str:
        promotion = self._book.get(refusal.promotion_id)
        told = self._of_terms(refusal.cause, promotion) if promotion else ""
        return told or self._of_basket(refusal) or self._plain(refusal.cause)

    def _of_basket(self, refusal: Refusal) -> str:
        """Say what else the basket has, or what it lacks; "" for none of both."""
        words = self._words
        match refusal.cause:
            case RefusalCause.CHEAPER_TAKEN:
                unnamed = words("Other offers save more on this basket")
                named = N_("“{offer}” was taken, it saves more")
                return self._won(refusal, unnamed, named)
            case RefusalCause.EXCLUDED_BY:
                unnamed = words("Not for goods that cost less already")
                named = N_("Cannot be added to “{offer}”")
                return self._won(refusal, unnamed, named)
            case RefusalCause.MORE_UNITS:
                return words.plural(
                    "{count} more unit needed",
                    "{count} more units needed",
                    refusal.missing_units,
                )
            case RefusalCause.MORE_AMOUNT:
                missing = money(refusal.missing_minor, self._work.currency)
                return words("{amount} more needed", amount=missing)
        return ""

    def _won(self, refusal: Refusal, unnamed: str, named: str) -> str:
        names = dict(refusal.winner_names)
        winner = names.get(self._words.language, refusal.winner_name)
        return self._words(named, offer=winner) if winner else unnamed

    def _plain(self, cause: RefusalCause) -> str:
        words = self._words
        return {
            RefusalCause.NOT_NOW: words("Not at this time"),
            RefusalCause.NOT_FOR_CUSTOMER: words("Not for this customer"),
            RefusalCause.USED_UP: words("Used up"),
            RefusalCause.DECLINED: words("Taken away from this sale"),
            RefusalCause.NOT_CHOSEN: words("Somebody at the till has to choose it"),
            RefusalCause.PRICE_BY_HAND: words("The line has a price given by hand"),
            RefusalCause.AT_THE_FLOOR: words(
                "These goods cost their lowest price already"
            ),
            RefusalCause.NEVER_DISCOUNTED: words("These goods are never reduced"),
        }.get(cause, "")

    def _of_terms(self, cause: RefusalCause, promotion: Promotion) -> str:
        """Say which of a promotion's own terms is not met; "" for none of them."""
        match cause:
            case RefusalCause.NOT_NOW:
                return self._when(promotion)
            case RefusalCause.NOT_FOR_CUSTOMER:
                return self._whom(promotion.audience)
            case RefusalCause.NOT_CHOSEN if _needs_coupon(promotion):
                return self._words("Its coupon was not shown")
            case RefusalCause.USED_UP:
                return self._limit(promotion)
        return ""

    def _when(self, promotion: Promotion) -> str:
        if is_time(promotion.schedule, self._occasion):
            return self._words("Not in this shop")
        if self._work.counter.offer_explanation.holds_now(promotion.promotion_id):
            return self._too_late
        when = when_words(self._speech, promotion.schedule)
        return self._words("Not at this time: {when}", when=when)

    def _limit(self, promotion: Promotion) -> str:
        limit = limit_words(self._speech, promotion.limits)
        if limit:
            return self._words("The limit is reached: {limit}", limit=limit)
        if _needs_coupon(promotion):
            return self._words("The coupon was used on other goods")
        return ""

    def _whom(self, audience: Audience) -> str:
        words, whom = self._words, audience_words(self._speech, audience)
        if self._occasion.shopper is None:
            return words("Only {whom}; nobody is recognised yet", whom=whom)
        return words("Only {whom}", whom=whom)

    @cached_property
    def _speech(self) -> Speech:
        work, language = self._work, self._words.language
        names = GoodsNames(work.counter.desk.catalog, work, language)
        return Speech(language, work.currency, names, work.zone)


def _needs_coupon(promotion: Promotion) -> bool:
    return promotion.trigger.kind is TriggerKind.COUPON
