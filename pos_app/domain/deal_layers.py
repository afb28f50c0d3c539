"""The layers of a price, one after the other, over all lines of a basket.

Own price -> item deals -> discount on a line -> order deals -> discount on the sale
-> coupons -> points. Each layer takes off what the one before it left, and each
says so in the steps of the lines. 抹零 follows in pricing, after tax where tax is
added.

What a person takes off a line comes off all its units. What is dealt over the sale
spares units that stand in an exclusive deal. Where a promotion has left less than
a person's discount was meant to take, the discount takes what is there: no
promotion may stop a sale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pos_app.domain.basket import Basket
from pos_app.domain.deal_steps import deal_step, is_same
from pos_app.domain.held_deals import NO_STAGE, ItemStage, held_over, is_too_large
from pos_app.domain.listed_line import ListedLine, discount_amount, discount_step
from pos_app.domain.lowering import (
    LookedAt,
    Lowering,
    by_hand,
    refuse_beyond_sale,
    sale_discount_step,
)
from pos_app.domain.offered_lines import claimed, offered, undealt
from pos_app.domain.promotion.application import Application, Claim, Promoted
from pos_app.domain.promotion.coupons import coupons, standing_coupons
from pos_app.domain.promotion.dealing import UnitLine, next_layer, spread
from pos_app.domain.promotion.item_deals import item_deals
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.order_deals import order_deals, standing_order_deals
from pos_app.domain.promotion.points import burn_points
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.reduction import PriceStep, StepKind
from pos_app.values.rounding import apportion


def lower(
    goods: Sequence[ListedLine],
    basket: Basket,
    offers: Offers,
    known: LookedAt,
    before: ItemStage = NO_STAGE,
) -> Lowered:
    """Take everything that lowers a basket but 抹零.

    Args:
        goods: the lines at their list prices.
        basket: with what people let go of it.
        offers: the promotions.
        known: of an earlier pricing, so that lines are not looked at anew.
        before: of an earlier pricing, for a basket that a frame is too short for.

    Raises:
        UserError: "discount_exceeds_sale".
    """
    if not offers.book.promotions and offers.occasion.points is None:
        return Lowered(by_hand(goods, basket.discount))
    seen = _seen(goods, known)
    looked_at = {
        line.line.line_id: (line, view) for line, view in zip(goods, seen, strict=True)
    }
    held = None
    if is_too_large(seen, offers):
        held = held_over(goods, offers, before)
        version = offers.book.version
        promoted = Promoted(held.applications, is_optimal=False, book_version=version)
    else:
        promoted = item_deals(seen, offers, offers.search)
    spends, shown = standing_order_deals(offers), standing_coupons(offers)
    points = offers.occasion.points
    if not (promoted.applications or spends or shown or points):
        found = by_hand(goods, basket.discount)
        return Lowered(replace(found, promoted=promoted, looked_at=looked_at))
    work = _Work(goods, seen, basket)
    if held is not None:
        work.hold(held)
    else:
        work.claim(promoted.applications, offers)
    stage = work.stage(offers)
    if spends:
        work.take(*order_deals(work.lines(), spends, offers))
    work.discount_all()
    if shown:
        after, taken, is_optimal = coupons(work.lines(), shown, offers)
        work.take(after, taken)
        promoted = replace(promoted, is_optimal=promoted.is_optimal and is_optimal)
    if points:
        work.take(*burn_points(work.lines(), points))
    return Lowered(work.lowering(promoted, looked_at), stage)


def deals_taken(
    goods: Sequence[ListedLine], basket: Basket, offers: Offers, known: LookedAt
) -> Promoted:
    """Return only which deals `lower` takes; where no later layer follows, sooner.

    Args:
        goods: the lines at their list prices.
        basket: with what people let go of it.
        offers: the promotions.
        known: lines that need not be looked at anew.
    """
    later = standing_order_deals(offers) or standing_coupons(offers)
    if later or offers.occasion.points is not None or not offers.book.promotions:
        return lower(goods, basket, offers, known).lowering.promoted
    return item_deals(_seen(goods, known), offers, offers.search)


def _seen(goods: Sequence[ListedLine], known: LookedAt) -> list[OfferedLine]:
    return [
        old[1] if (old := known.get(x.line.line_id)) and old[0] is x else offered(x)
        for x in goods
    ]


class Lowered(NamedTuple):
    """What a basket is lowered by, and how it stood after item deals."""

    lowering: Lowering
    stage: ItemStage = NO_STAGE


class _Work:
    """The lines between two layers; changed in place while a basket is priced."""

    def __init__(
        self, goods: Sequence[ListedLine], seen: Sequence[OfferedLine], basket: Basket
    ) -> None:
        self._goods, self._seen, self._basket = goods, seen, basket
        self._places = {line.line.line_id: at for at, line in enumerate(goods)}
        self._amounts = [line.lowered_minor for line in goods]
        self._steps = [line.steps for line in goods]
        self._taken: list[Application] = []
        self._units: dict[int, UnitLine] = {}  # of lines that a deal has touched

    def claim(self, applications: Sequence[Application], offers: Offers) -> None:
        """Take item deals, and then each line's own discount."""
        alone = _exclusive(applications, offers)
        claims: dict[int, list[tuple[Claim, bool]]] = {}
        for application in applications:
            is_closed = application.promotion_id in alone
            for claim in application.claims:
                at = self._places[claim.line_id]
                claims.setdefault(at, []).append((claim, is_closed))
        for at, found in claims.items():
            found.sort(key=lambda each: each[0].first)
            own = [claim for claim, _ in found]
            closed = [is_closed for _, is_closed in found]
            self._units[at] = claimed(self._seen[at], own, closed)
            self._back_to_own_price(at)
        self._note(applications)
        for at in claims:
            self._discount_line(at)

    def hold(self, held: ItemStage) -> None:
        """Take item deals and the lines' own discounts as they were before."""
        self._amounts, self._steps = list(held.amounts), list(held.steps)
        self._units, self._taken = dict(held.units), list(held.applications)

    def stage(self, offers: Offers) -> ItemStage:
        """Return how the basket stands now."""
        return ItemStage(
            offers,
            self._goods,
            tuple(self._amounts),
            tuple(self._steps),
            dict(self._units),
            tuple(self._taken),
        )

    def _back_to_own_price(self, at: int) -> None:
        """Take the line's discount back: deals come before it."""
        line = self._goods[at]
        self._steps[at] = tuple(
            step for step in line.steps if step.kind is not StepKind.LINE_DISCOUNT
        )
        self._amounts[at] = line.list_minor - line.asked_minor

    def _discount_line(self, at: int) -> None:
        line = self._goods[at].line
        if line.discount is None:
            return
        left_minor = self._units[at].minor
        step = discount_step(line, line.discount, left_minor, is_capped=True)
        if step.amount_minor:
            self._units[at] = spread(self._units[at], step.amount_minor)
        self._add(at, step)

    def lines(self) -> list[UnitLine]:
        """Return all lines as a new layer finds them: what was lost so far is lost."""
        return [
            next_layer(self._units[at])
            if at in self._units
            else undealt(line, self._seen[at], self._amounts[at])
            for at, line in enumerate(self._goods)
        ]

    def take(
        self, after: Sequence[UnitLine], applications: Sequence[Application]
    ) -> None:
        """Take what a layer over the whole basket lets go."""
        self._note(applications)
        for application in applications:
            for claim in application.claims:
                at = self._places[claim.line_id]
                is_closed = any(run.is_closed for run in after[at].runs)
                if at in self._units or claim.saving_minor or is_closed:
                    self._units[at] = after[at]

    def _note(self, applications: Sequence[Application]) -> None:
        for application in applications:
            self._taken.append(application)
            claims: dict[int, list[Claim]] = {}
            for claim in application.claims:
                claims.setdefault(self._places[claim.line_id], []).append(claim)
            for at, found in claims.items():
                if any(claim.saving_minor for claim in found):
                    self._add_deal(at, application, found)

    def _add_deal(
        self, at: int, application: Application, claims: Sequence[Claim]
    ) -> None:
        """Add the step of a deal; equal neighbours of one promotion are one step."""
        step = deal_step(application, claims, self._goods[at].count)
        steps = self._steps[at]
        last = steps[-1] if steps else None
        if last is not None and application.layer is Layer.ITEM and is_same(last, step):
            self._steps[at] = steps[:-1]
            self._amounts[at] -= last.amount_minor
            step = replace(
                step,
                amount_minor=last.amount_minor + step.amount_minor,
                base_minor=last.base_minor + step.base_minor,
                units=last.units + step.units,
            )
        self._add(at, step)

    def discount_all(self) -> None:
        """Take the discount on the whole sale; see `by_hand`."""
        discount = self._basket.discount
        if discount is None:
            return
        left = [
            self._open_minor(at, line) if line.may_lower else 0
            for at, line in enumerate(self._goods)
        ]
        base_minor = sum(left)
        if not base_minor:
            return
        own = (x.list_minor - x.lowered_minor for x in self._goods if x.may_lower)
        refuse_beyond_sale(discount, sum(own))  # what was never meant for this sale
        amount_minor = min(discount_amount(discount, base_minor), base_minor)
        step = sale_discount_step(discount, amount_minor, base_minor)
        for at, share in enumerate(apportion(amount_minor, left)):
            if share:
                self._add(at, replace(step, amount_minor=share))
                if at in self._units:
                    dealt = spread(self._units[at], share, spares_closed=True)
                    self._units[at] = dealt

    def _open_minor(self, at: int, line: ListedLine) -> int:
        """Return what a discount on the whole sale may take off a line."""
        if at not in self._units:
            return line.list_minor - self._amounts[at]
        runs = self._units[at].runs
        return sum(run.count * run.minor for run in runs if not run.is_closed)

    def _add(self, at: int, step: PriceStep) -> None:
        self._steps[at] = (*self._steps[at], step)
        self._amounts[at] += step.amount_minor

    def lowering(self, promoted: Promoted, looked_at: LookedAt) -> Lowering:
        """Return what the lines were lowered by, and why."""
        whole = replace(promoted, applications=tuple(self._taken))
        return Lowering(self._amounts, self._steps, self._units, whole, looked_at)


def _exclusive(applications: Sequence[Application], offers: Offers) -> set[str]:
    if not applications:
        return set()
    return {x.promotion_id for x in offers.book.promotions if x.exclusive}
