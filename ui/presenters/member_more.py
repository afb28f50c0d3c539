"""What is offered to a member beside coupons: goods, last purchases, points' worth.

Read once for each basket and member, not for each paint.
"""

from __future__ import annotations

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.errors import UserError
from pos_app.i18n import _, current_language, plural
from ui.format import amount
from ui.messages import explain
from ui.presenters.member_state import CouponView, SuggestionView
from ui.presenters.two_line import TwoLineRow
from ui.presenters.workplace import Workplace

#: Key of a coupon that is got for points: this and the template.
FOR_POINTS = "points:"
_MOST, _MOST_PURCHASES = 3, 5


class MemberMore:
    """Keeps what it read until basket or member differ."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._of: tuple[str, object, str] | None = None
        self._suggestions: tuple[SuggestionView, ...] = ()
        self._purchases: tuple[TwoLineRow, ...] = ()

    def forget(self) -> None:
        """Read anew when next asked."""
        self._of = None

    def suggestions(self, member_id: str) -> tuple[SuggestionView, ...]:
        """Return goods with a reason: bought often and due, or bought together."""
        self._read(member_id)
        return self._suggestions

    def purchases(self, member_id: str) -> tuple[TwoLineRow, ...]:
        """Return what the member bought last."""
        self._read(member_id)
        return self._purchases

    def for_points(self) -> tuple[CouponView, ...]:
        """Return the coupons that points can be given for."""
        views = []
        for offer in self._work.counter.coupons.redeem_points_offers():
            cost = plural(
                "for {points} point",
                "for {points} points",
                offer.points,
                points=f"{offer.points:,}",
            )
            said = ""
            if offer.why_not:
                said = explain(UserError(offer.why_not), self._work.currency).text
            views.append(
                CouponView(
                    key=f"{FOR_POINTS}{offer.template_id}",
                    worth=f"{offer.points:,}",
                    title=offer.name,
                    detail=" · ".join(x for x in (cost, said) if x),
                    action="" if offer.why_not else _("Redeem"),
                    is_refused=bool(offer.why_not),
                )
            )
        return tuple(views)

    def _read(self, member_id: str) -> None:
        basket = self._work.counter.sale.basket
        lines = basket.lines if basket is not None else ()
        key = (member_id, lines, current_language())
        if self._of == key:
            return
        self._of = key
        service = self._work.counter.suggestions
        bought = service.last_purchases(member_id)
        inside = {line.unit.item_id for line in lines if line.unit is not None}
        due = [
            self._card(one.unit, _every_words(one.every_days))
            for one in bought
            if one.is_due and one.unit is not None and one.unit.item_id not in inside
        ]
        together = [
            self._card(one.unit, _together_words(one.because_name, one.permille))
            for one in service.bought_together(basket)
        ]
        cards = {card.key: card for card in (*together, *due) if card is not None}
        self._suggestions = tuple(cards.values())[:_MOST]
        self._purchases = tuple(
            TwoLineRow(
                key=f"bought-{number}",
                title=one.unit.name_in(current_language())
                if one.unit is not None
                else one.bought.name,
                subtitle=one.unit.variant if one.unit is not None else "",
                detail=_every_words(one.every_days),
                value=f"{one.bought.last_on:%m-%d}",
            )
            for number, one in enumerate(bought[:_MOST_PURCHASES])
        )

    def _card(self, unit: SellingUnit, reason: str) -> SuggestionView | None:
        """Return goods that one touch can lay in; what must be weighed cannot."""
        if unit.sell_by is SellBy.WEIGHT or unit.price is None:
            return None
        name = f"{unit.name_in(current_language())} {unit.variant}".rstrip()
        price = amount(unit.price.minor, self._work.currency)
        return SuggestionView(unit.unit_id, name, reason, price)


def _every_words(days: int | None) -> str:
    if days is None:
        return ""
    return plural("often, every {count} day", "often, every {count} days", days)


def _together_words(because: str, permille: int) -> str:
    return _(
        "with {goods}: {percent}%", goods=because, percent=str((permille + 5) // 10)
    )
