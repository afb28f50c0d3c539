"""What the open basket does to points, before it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pos_app.domain.loyalty.burning import BurnAs, BurnOccasion, BurnRule
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.services.desk import Desk
from pos_app.services.goods_above import goods_above
from pos_app.services.points_won import day_of
from pos_app.services.tier_benefits import tier_of


@dataclass(frozen=True, slots=True)
class Earner:
    """What the ledger says of a person who earns points.

    Attributes:
        earn_percent: of rewards that wait for the next sale. tier: key of the tier.
        is_newcomer: never bought. earned_today: points, for the cap of a day.
        above: by category those that it lies in (`goods_above`).
    """

    earn_percent: int
    tier: str
    is_newcomer: bool
    earned_today: int
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)


def earner_of(desk: Desk, ids: Sequence[str]) -> Earner:
    """Ask the ledger for what points of a person depend on."""
    ledger, zone = desk.ledger, ZoneInfo(desk.shop.time_zone)
    return Earner(
        earn_percent=ledger.campaigns.earn_percent(tuple(ids)),
        tier=tier_of(ledger.points, ids),
        is_newcomer=not ledger.points.has_bought(ids),
        earned_today=ledger.points.earned(ids, day_of(desk.clock.now(), zone)),
        above=goods_above(desk, ledger.points.programme()),
    )


def points_tender(sale: OpenSale) -> TenderLine | None:
    """Return the points that pay for an open sale; None for none."""
    found = (one for one in sale.tenders if one.kind is TenderKind.POINTS)
    return next(found, None)


def given(sale: OpenSale, priced: PricedBasket) -> PointsBurn | None:
    """Return the points that an open sale is given, as discount or as tender.

    Of a discount only what the goods could take: the rest stays with the customer.
    """
    paid = points_tender(sale)
    if paid is not None:
        return PointsBurn(int(paid.reference), paid.amount_minor)
    for one in priced.promoted.applications:
        if one.layer is Layer.POINTS:
            return PointsBurn(one.points, one.saving_minor)
    return None


def burn_occasion(
    desk: Desk,
    programme: Programme,
    ids: Sequence[str],
    open_: OpenSale,
    priced: PricedBasket,
) -> BurnOccasion:
    """Return what a burn for the open sale is measured by, as if none were given."""
    rule, now = programme.burn, desk.clock.now()
    assert rule is not None
    points = desk.ledger.points
    recognition = open_.basket.recognition
    allowed = (
        recognition.allowance(now, programme.recognition).burn_points
        if recognition is not None
        else 0
    )
    zone = ZoneInfo(desk.shop.time_zone)
    return BurnOccasion(
        balance=points.balance(ids, now),
        amount_minor=_amount_minor(rule, open_, priced),
        held=_held(desk, ids),
        burned_today=points.burned(ids, day_of(now, zone)),
        allowed=allowed,
    )


def _held(desk: Desk, ids: Sequence[str]) -> int:
    """Return the points that a person's parked sales were given."""
    return sum(
        parked.sale.basket.points.points
        for parked in desk.ledger.parked.all()
        if parked.sale.basket.points is not None
        and parked.sale.basket.shopper is not None
        and parked.sale.basket.shopper.member_id in ids
    )


def _amount_minor(rule: BurnRule, sale: OpenSale, priced: PricedBasket) -> int:
    """Return what points may pay: the goods, or what nobody has paid yet."""
    now = given(sale, priced)
    if rule.burn_as is BurnAs.DISCOUNT:
        return priced.total_minor + (now.amount_minor if now else 0)
    others = sum(
        one.amount_minor for one in sale.tenders if one.kind is not TenderKind.POINTS
    )
    back = sum(line.paid_minor for line in sale.basket.returns)
    return max(priced.total_minor - back - others, 0)
