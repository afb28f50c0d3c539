"""Why promotions that are for a line's goods gave it nothing ("why this price?")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_app.domain.promotion.application import Application, Promoted
from pos_app.domain.promotion.deal import SpendDeal, UnitDeal
from pos_app.domain.promotion.explanation import Refusal, RefusalCause
from pos_app.domain.promotion.holding import cause_against, uses_left
from pos_app.domain.promotion.missing import (
    Counted,
    Missing,
    may_take,
    missing_for,
    roles_of,
)
from pos_app.domain.promotion.off_amount import taken
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.spending import tier_reached
from pos_app.domain.promotion.trial import alone_on

_Cause = RefusalCause


def refusals(
    lines: Sequence[OfferedLine], offers: Offers, promoted: Promoted, line_id: str
) -> tuple[Refusal, ...]:
    """Return every promotion for a line's goods that was not used on it, and why.

    Those that hold now come first, by rank; then those that do not.

    Args:
        lines: of the basket at their L0 prices.
        offers: that it was priced with.
        promoted: what came out.
        line_id: of the line that is asked about.
    """
    (line,) = (one for one in lines if one.line_id == line_id)
    asked = _Asked(lines, offers, promoted, line)
    used = {one.promotion_id for one in promoted.applications if _claims(one, line_id)}
    found = []
    for match in offers.book.matching(line.goods):
        promotion = offers.book.promotions[match.index]
        if promotion.promotion_id not in used:
            found.append(asked.refusal(promotion))
    return tuple(sorted(found, key=lambda x: x.cause in _NOT_HERE))


#: Causes that have nothing to do with the basket's goods.
_NOT_HERE = {
    _Cause.NOT_NOW,
    _Cause.NOT_FOR_CUSTOMER,
    _Cause.NOT_CHOSEN,
}


class _Asked:
    """One line that is asked about."""

    def __init__(
        self,
        lines: Sequence[OfferedLine],
        offers: Offers,
        promoted: Promoted,
        line: OfferedLine,
    ) -> None:
        self._lines = lines
        self._offers = offers
        self._promoted = promoted
        self._line = line
        self._counted = Counted(offers.book, promoted)

    def refusal(self, promotion: Promotion) -> Refusal:
        """Return why a promotion was not used on the line."""
        cause = self._of_the_line(promotion)
        if cause is None:
            cause = cause_against(promotion, self._offers.occasion)
        saving = self._saving(promotion)
        found = Refusal(
            promotion.promotion_id,
            promotion.version,
            promotion.name,
            cause or _Cause.CHEAPER_TAKEN,
            promotion.names,
            saving,
        )
        return found if cause is not None else self._beaten(promotion, found)

    def _of_the_line(self, promotion: Promotion) -> RefusalCause | None:
        line = self._line
        if not line.may_lower:
            return _Cause.NEVER_DISCOUNTED
        if not line.is_open and promotion.layer is Layer.ITEM:
            return _Cause.PRICE_BY_HAND
        if line.unit_minor <= line.floor_minor:
            return _Cause.AT_THE_FLOOR
        return None

    def _saving(self, promotion: Promotion) -> int:
        """Return what it would save on the line if it were the only one."""
        if isinstance(promotion.deal, SpendDeal):
            return self._spend_saving(promotion.deal, promotion)
        line, is_coupon = self._line, promotion.layer is Layer.COUPON
        once = is_coupon and not isinstance(promotion.deal, UnitDeal)
        found = alone_on(self._lines, promotion, self._offers, once=once)
        saving = found.get(line.line_id, 0)
        if is_coupon and not once and line.count:  # one coupon, one unit
            return saving // line.count
        return saving

    def _spend_saving(self, deal: SpendDeal, promotion: Promotion) -> int:
        parts = self._parts(promotion)
        amount = sum(line.unit_minor * line.count for line, _ in parts)
        spent = sum(self._counted.minor(promotion, line) for line, _ in parts)
        reached = tier_reached(deal, spent)
        if reached is None or not amount:
            return 0
        tier, times = reached
        saving = min(amount, taken(tier.off, amount) * times)
        if deal.most_minor is not None:
            saving = min(saving, deal.most_minor)
        own = self._line.unit_minor * self._line.count
        return saving * own // amount if own else 0

    def _parts(self, promotion: Promotion) -> list[tuple[OfferedLine, int]]:
        """Return the lines that it may take, with the roles that they may play."""
        parts = []
        for line in self._lines:
            may = line.may_lower
            if promotion.layer is Layer.ITEM:
                may = may_take(promotion, line)
            roles = roles_of(self._offers.book, promotion, line.goods) if may else 0
            if roles:
                parts.append((line, roles))
        return parts

    def _beaten(self, promotion: Promotion, found: Refusal) -> Refusal:
        """Return why one that holds was not used: something lacks, or another won."""
        winner = self._winner(promotion)
        is_lowered = self._line.is_lowered and not promotion.accepts_discounted
        if is_lowered or self._counted.is_closed(promotion, self._line):
            return _won(found, winner, _Cause.EXCLUDED_BY)
        if promotion.layer is Layer.COUPON and self._is_used_up(promotion):
            return replace(found, cause=_Cause.USED_UP)
        missing = self._missing(promotion)
        if missing.units or missing.minor:
            return replace(
                found,
                cause=_Cause.MORE_UNITS if missing.units else _Cause.MORE_AMOUNT,
                missing_units=missing.units,
                missing_minor=missing.minor,
            )
        if self._is_used_up(promotion):
            return replace(found, cause=_Cause.USED_UP)
        is_excluded = winner is not None and (
            self._stands_alone(winner) or winner.layer < promotion.layer
        )
        cause = _Cause.EXCLUDED_BY if is_excluded else _Cause.CHEAPER_TAKEN
        return _won(found, winner, cause)

    def _missing(self, promotion: Promotion) -> Missing:
        """Return what lacks for a use that would reach the line."""
        if isinstance(promotion.deal, SpendDeal):
            saving = self._spend_saving(promotion.deal, promotion)
        else:
            found = alone_on(self._lines, promotion, self._offers)
            saving = found.get(self._line.line_id, 0)
        if saving:
            return Missing()
        return missing_for(promotion, self._parts(promotion), self._counted)

    def _is_used_up(self, promotion: Promotion) -> bool:
        """Tell whether its limit, or every coupon of it, went to other goods."""
        own = [
            one
            for one in self._promoted.applications
            if one.promotion_id == promotion.promotion_id
        ]
        if promotion.layer is Layer.COUPON:
            coupons = self._offers.occasion.coupons
            shown = [x for x in coupons if x.promotion_id == promotion.promotion_id]
            if len(own) >= len(shown):
                return True
        left = uses_left(promotion, self._offers.occasion)
        return left is not None and sum(one.times for one in own) >= left

    def _stands_alone(self, winner: Application) -> bool:
        return any(
            x.exclusive and x.promotion_id == winner.promotion_id
            for x in self._offers.book.promotions
        )

    def _winner(self, promotion: Promotion) -> Application | None:
        """Return what took the line instead, or goods that it would have needed."""
        same_layer = [
            one for one in self._promoted.applications if one.layer <= promotion.layer
        ]
        here = [one for one in same_layer if _claims(one, self._line.line_id)]
        if not here:
            needed = {line.line_id for line, _ in self._parts(promotion)}
            here = [
                one
                for one in same_layer
                if one.promotion_id != promotion.promotion_id
                and any(claim.line_id in needed for claim in one.claims)
            ]
        return max(here, key=lambda x: (x.layer, x.saving_minor), default=None)


def _won(found: Refusal, winner: Application | None, cause: RefusalCause) -> Refusal:
    if winner is None:
        return replace(found, cause=cause)
    return replace(
        found,
        cause=cause,
        winner=winner.promotion_id,
        winner_name=winner.name,
        winner_names=winner.names,
    )


def _claims(application: Application, line_id: str) -> bool:
    return any(claim.line_id == line_id for claim in application.claims)
