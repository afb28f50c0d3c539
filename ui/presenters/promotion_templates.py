"""What a new promotion begins with: a kind of deal, chosen by its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.promotion.deal import (
    Break,
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    Slot,
    SpendDeal,
    SpendTier,
    TierDeal,
    UnitDeal,
    flat_threshold,
)
from pos_app.domain.promotion.promotion import (
    DAY_MINUTES,
    Audience,
    AudienceKind,
    Hours,
    Limits,
    Promotion,
    ReturnBasis,
    Schedule,
)
from pos_app.domain.promotion.selector import ALL_GOODS, NO_GOODS, Selector
from pos_app.i18n import N_
from pos_app.values.money import exponent_of
from pos_app.values.percentage import Percentage

_NONE, _ALL = Selector(NO_GOODS), Selector(ALL_GOODS)
_ANY, _EVERYBODY, _ALWAYS = Limits(), Audience(), Schedule()
_EVENING = Hours(19 * 60, DAY_MINUTES)


@dataclass(frozen=True, slots=True)
class Template:
    """A way to begin.

    Attributes:
        key: stable name. title: msgid, as people say it.
        deal: makes its deal; given the minor units of one unit of the currency.
        audience, schedule, limits, exclusive, return_basis: as in `Promotion`.
    """

    key: str
    title: str
    deal: Callable[[int], Deal]
    audience: Audience = _EVERYBODY
    schedule: Schedule = _ALWAYS
    limits: Limits = _ANY
    exclusive: bool = False
    return_basis: ReturnBasis = ReturnBasis.PRORATED

    def begin(self, promotion_id: str, currency: str) -> Promotion:
        """Return a new promotion of this kind; it has no name yet."""
        return Promotion(
            promotion_id=promotion_id,
            version=1,
            name="",
            deal=self.deal(10 ** exponent_of(currency)),
            audience=self.audience,
            schedule=self.schedule,
            limits=self.limits,
            exclusive=self.exclusive,
            return_basis=self.return_basis,
        )


def _off(percent: int) -> Off:
    return Off(percentage=Percentage(percent * 10_000))


def _amount(minor: int) -> Off:
    return Off(amount_minor=minor)


def _price(minor: int) -> Off:
    return Off(price_minor=minor)


def _flat(minor: int) -> Deal:
    """Return an amount off any purchase."""
    off = _amount(minor)
    return SpendDeal((SpendTier(flat_threshold(off), off),), _ALL)


def _minor(tenths: int, unit: int) -> int:
    """Return tenths of the currency in minor units; whole ones without decimals."""
    return max(1, tenths * unit // 10)


TEMPLATES: tuple[Template, ...] = (
    Template(
        "second",
        N_("Second one half price"),
        lambda _unit: NthDeal(_NONE, 2, 1, _off(50)),
    ),
    Template(
        "spend",
        N_("Spend 100, 20 off"),
        lambda unit: SpendDeal((SpendTier(100 * unit, _amount(20 * unit)),), _ALL),
    ),
    Template(
        "bundle",
        N_("Coffee + sandwich for 19.90"),
        lambda unit: BundleDeal((Slot(_NONE), Slot(_NONE)), _price(_minor(199, unit))),
    ),
    Template(
        "member",
        N_("10%\u00a0off for members"),
        lambda _unit: UnitDeal(_ALL, _off(10)),
        audience=Audience(AudienceKind.MEMBER),
    ),
    Template(
        "free",
        N_("Buy three, one is free"),
        lambda _unit: NthDeal(_NONE, 3, 1, _off(100)),
        return_basis=ReturnBasis.RECOMPUTE,
    ),
    Template(
        "evening",
        N_("Bread 30%\u00a0off after 19:00"),
        lambda _unit: UnitDeal(_NONE, _off(30)),
        schedule=Schedule(hours=(_EVENING,)),
    ),
    Template("nfor", N_("Any 3 for 10"), lambda unit: NForDeal(_NONE, 3, 10 * unit)),
    Template(
        "breaks",
        N_("2 pieces 10%\u00a0off, 3 pieces 20%\u00a0off"),
        lambda _unit: TierDeal(
            _NONE, (Break(Decimal(2), _off(10)), Break(Decimal(3), _off(20)))
        ),
    ),
    Template(
        "every",
        N_("5 off for every 50 spent"),
        lambda unit: SpendDeal(
            (SpendTier(50 * unit, _amount(5 * unit)),), _ALL, repeats=True
        ),
    ),
    Template(
        "gift",
        N_("Buy one thing, another is free"),
        lambda _unit: GiftDeal(_NONE, _NONE),
        return_basis=ReturnBasis.RECOMPUTE,
    ),
    Template(
        "exchange",
        N_("Spend 100, a gift for 9.90"),
        lambda unit: GiftDeal(
            _ALL, _NONE, 0, 100 * unit, 1, price_minor=_minor(99, unit)
        ),
    ),
    Template(
        "special",
        N_("Special price"),
        lambda unit: UnitDeal(_NONE, _price(_minor(99, unit))),
    ),
    Template(
        "addon",
        N_("Buy one thing, another for 1"),
        lambda unit: GiftDeal(_NONE, _NONE, price_minor=unit),
    ),
    Template(
        "beside",
        N_("Buy one thing, another half price"),
        lambda _unit: BundleDeal((Slot(_NONE), Slot(_NONE, 1, _off(50)))),
    ),
    Template(
        "member_day",
        N_("Members' day: Wednesdays 12%\u00a0off"),
        lambda _unit: UnitDeal(_ALL, _off(12)),
        audience=Audience(AudienceKind.MEMBER),
        schedule=Schedule(weekdays=(3,)),
    ),
    Template(
        "tier",
        N_("Special price for a tier"),
        lambda unit: UnitDeal(_NONE, _price(_minor(99, unit))),
        audience=Audience(AudienceKind.TIER),
    ),
    Template(
        "first",
        N_("10 off for new customers"),
        lambda unit: _flat(10 * unit),
        audience=Audience(AudienceKind.NEWCOMER),
        limits=Limits(per_member=1),
    ),
    Template(
        "staff",
        N_("20%\u00a0off for our own staff"),
        lambda _unit: UnitDeal(_ALL, _off(20)),
        audience=Audience(AudienceKind.STAFF),
    ),
    Template(
        "flash",
        N_("Flash sale: a price that stands alone"),
        lambda unit: UnitDeal(_NONE, _price(_minor(99, unit))),
        limits=Limits(per_basket=1),
        exclusive=True,
    ),
)


def template(key: str) -> Template:
    """Return a template by its key."""
    return next(one for one in TEMPLATES if one.key == key)
