"""A grocer's till that real households buy at: members, tiers, points, coupons, returns."""

from __future__ import annotations

import copy
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.bootstrap import Till
from pos_app.domain.basket import BasketLine
from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.domain.item import LevelPrice, SellingUnit
from pos_app.domain.loyalty.burning import BurnRule
from pos_app.domain.loyalty.earn_rule import EarnRule
from pos_app.domain.loyalty.expiry import LifeRule
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier, TierBenefits
from pos_app.domain.member.recognition import Means, RecognitionPolicy
from pos_app.domain.open_sale import AddLine
from pos_app.domain.price import UnitPrice
from pos_app.domain.sale import Sale
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.points import ProgrammeVersion
from pos_app.services.coupon_giving import CouponGift, issue_in
from pos_app.services.members import EnrolDraft
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from tests import builders_returns
from tests.builders_promotions import by_coupon, cut, spend
from tests.counter_shop import MANAGER, finish, make_counter_shop, opened
from tests.journey_baskets import (
    JourneyBasket,
    JourneyLine,
    households_of,
    products_of,
)
from tests.promotion_in_shop import hold

#: Coupons of the most common values; another one is the largest below it.
VALUES = (10, 20, 25, 30, 35, 40, 50, 55, 60, 75, 80, 100, 150, 200, 250, 300, 400)
VALUES += (500, 600, 1000, 1500, 2000)
LEVEL = "member"
_COUPONS_AT_ONCE = 5
#: One basket of so many brings something back of an earlier one; gives its points.
RETURN_EVERY, POINTS_EVERY, CARD_EVERY = 150, 12, 3
_DOUBLE = Percentage(2_000_000)
PROGRAMME = Programme(
    version=1,
    earn=EarnRule(points=1, per_minor=100),
    burn=BurnRule(step_points=100, step_minor=100),
    life=LifeRule(months=6),
    tiers=(
        Tier("silver", "银卡", 1_000, TierBenefits(price_level=LEVEL)),
        Tier("gold", "金卡", 100_000, TierBenefits(price_level=LEVEL)),
        Tier(
            "black",
            "黑卡",
            300_000,
            TierBenefits(price_level=LEVEL, earn_times=_DOUBLE),
        ),
    ),
    recognition=RecognitionPolicy(10_000, 10_000),
    coupon_limit=_COUPONS_AT_ONCE,
)


@dataclass
class JourneySums:
    """What the replay itself counted; the ledgers must say the same.

    Attributes:
        baskets, returns: tickets. lines: sold. regular_minor: at regular prices.
        sold_minor: what the sales came to. returned_minor: what came back was worth.
        coupons: used. coupon_minor: what they saved. points: given.
    """

    baskets: int = 0
    returns: int = 0
    lines: int = 0
    regular_minor: int = 0
    sold_minor: int = 0
    returned_minor: int = 0
    coupons: int = 0
    coupon_minor: int = 0
    points: int = 0


@dataclass
class JourneyShop:
    """The till, and what is rung up at it.

    Attributes:
        till: opened. clock: of it. root: its folder. baskets: to be rung up.
        sums: counted on the way. goods: pieces sold less returned, by item.
    """

    till: Till
    clock: ReplayClock
    root: Path
    baskets: Sequence[JourneyBasket]
    sums: JourneySums = field(default_factory=JourneySums)
    goods: Tally[str] = field(default_factory=Tally)
    _units: dict[str, SellingUnit] = field(default_factory=dict)
    _members: dict[int, str] = field(default_factory=dict)
    _last: Sale | None = None

    def prepare(self) -> None:
        """Bring the programme into force, make the coupons, enrol every household."""
        counter = self.till.counter
        desk, at = counter.desk, self.clock.now()
        hold(self.till, *(_promotion(value) for value in VALUES))

        def programme(unit: UnitOfWork) -> None:
            unit.points.add_programme(ProgrammeVersion(PROGRAMME, at, "m", "s"))
            for value in VALUES:
                unit.coupons.add_template(_template(value), at, "m")

        desk.record(programme).result()
        for number, household in enumerate(households_of(self.baskets)):
            draft = _draft(number)
            glance = counter.members.enrol(draft).result()
            self._members[household] = glance.member_id
            counter.members.settled()
            counter.members.detach()
        for product in products_of(self.baskets):
            found = counter.sale.look_up(product)
            assert found is not None
            self._units[product] = found.unit

    def ring_up(self, number: int, basket: JourneyBasket) -> None:
        """Sell one basket to its household; now and then take something back."""
        self.clock.set(max(self.clock.now(), basket.at))
        self.clock.tick()
        counter = self.till.counter
        counter.members.attach(self._members[basket.household], Means.CARD)
        lines = [AddLine(self._line(x), merge=False) for x in basket.lines]
        counter.sale.accept(*lines)
        coupons = self._use_coupons(basket)
        points = self._give_points() if number % POINTS_EVERY == 0 else 0
        payment = counter.checkout.payment
        assert payment is not None
        if not payment.due_minor:
            pass  # points and coupons paid for all of it
        elif number % CARD_EVERY == 0:
            counter.checkout.take("card", None, f"{basket.household % 10_000:04d}")
        else:
            counter.checkout.take("cash", None)
        sale = finish(counter)
        self._count(basket, sale, coupons, points)
        if number % RETURN_EVERY == 0 and self._last is not None:
            self._take_back(self._last)
        self._last = sale if number % RETURN_EVERY == RETURN_EVERY // 2 else self._last

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.till.counter.desk.shop.time_zone)

    def _line(self, line: JourneyLine) -> BasketLine:
        known = self._units[line.product]
        assert known.price is not None
        price = UnitPrice(known.price.price_id, line.regular_minor, known.price.period)
        levels = (LevelPrice(LEVEL, line.member_minor, known.price.price_id),)
        unit = replace(known, price=price, level_prices=levels)
        line_id = self.till.counter.desk.ids.new()
        return BasketLine(line_id, unit, line.product, Decimal(line.pieces))

    def _use_coupons(self, basket: JourneyBasket) -> int:
        counter, used = self.till.counter, 0
        member = self._members[basket.household]
        for line in basket.lines:
            value = max((x for x in VALUES if x <= line.coupon_minor), default=0)
            if not value or used == _COUPONS_AT_ONCE:
                continue
            counter.coupons.use(self._given(value, member))
            used += 1
        return used

    def _given(self, value_minor: int, member: str) -> str:
        """Give a member a coupon, and return its id."""
        desk = self.till.counter.desk
        stamp, zone = desk.stamp(), self.zone
        gift = CouponGift(f"template-{value_minor}", member_id=member, zone=zone)
        given = desk.record(lambda unit: issue_in(unit, desk, gift, stamp))
        return given.result().coupon_id

    def _give_points(self) -> int:
        service = self.till.counter.points
        points = service.burnable().burn.points
        if points:
            service.give(points)
        return points

    def _count(
        self, basket: JourneyBasket, sale: Sale, coupons: int, points: int
    ) -> None:
        sums = self.sums
        sums.baskets += 1
        sums.lines += len(sale.lines)
        sums.regular_minor += sum(x.pieces * x.regular_minor for x in basket.lines)
        sums.sold_minor += sale.priced.total_minor
        applied = [x for x in sale.priced.promoted.applications if x.coupon_id]
        assert len(applied) <= coupons
        sums.coupons += len(applied)
        sums.coupon_minor += sum(x.saving_minor for x in applied)
        sums.points += points
        for line in sale.lines:
            self.goods[line.item_id] += line.pieces_thousandths

    def _take_back(self, origin: Sale) -> None:
        counter = self.till.counter
        builders_returns.take_back(counter, origin)
        owed = counter.refund.payment
        # Coupons and points may have paid for all of it: then no money goes back.
        is_even = owed is None or owed.is_settled
        sale = finish(counter) if is_even else builders_returns.refund(counter)
        self.sums.returns += 1
        self.sums.returned_minor += sale.returned_minor
        for line in sale.returns:
            self.goods[line.item_id] -= line.pieces_thousandths
        self._last = None


def _draft(number: int) -> EnrolDraft:
    """Return what a household tells: a phone that nobody has."""
    return EnrolDraft(f"139{number:08d}", f"住户 {number}")


def _promotion(value_minor: int) -> Any:
    deal = spend((value_minor, cut(value_minor)))
    return by_coupon(deal, f"coupon-{value_minor}")


def _template(value_minor: int) -> Template:
    return Template(
        template_id=f"template-{value_minor}",
        version=1,
        name=f"{value_minor / 100:.2f}",
        promotion_id=f"coupon-{value_minor}",
        validity=Validity(ValidityKind.DAYS, length=30),
        most_per_basket=_COUPONS_AT_ONCE,
        is_bearer=False,
    )


@contextmanager
def opened_shop(folder: Path, found: Sequence[JourneyBasket]) -> Iterator[JourneyShop]:
    """Make the shop with every product of the baskets, and open its till."""
    setup = copy.deepcopy(builders_returns._setup(cash_rounding={"step_minor": 1}))
    setup["items"] = [
        {"sku": product, "name": f"货 {product}", "price": "1.00"}
        for product in products_of(found)
    ]
    for role in setup["roles"]:
        if role["is_supervisor"]:
            more = {"members", "loyalty", "reports"}
            role["permissions"] = sorted({*role["permissions"], *more})
    shop = make_counter_shop(folder / "shop", setup)
    clock = ReplayClock(found[0].at)
    with opened(shop, clock, number=MANAGER) as till:
        yield JourneyShop(till, clock, shop.root, found)
