"""The coupons of the open sale and of its customer, and what they would save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from pos_app.domain.basket import Basket
from pos_app.domain.coupon.life import Coupon
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import Template
from pos_app.domain.coupon.using import cause_against, in_hand
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.promotion.occasion import CouponInHand, Occasion
from pos_app.services.coupon_choice import (
    CouponOffer,
    Found,
    Tried,
    try_coupons,
)
from pos_app.services.coupon_finding import Finder, shop_zone
from pos_app.services.desk import Desk
from pos_app.services.person import person_ids
from pos_app.services.sale import SaleService

#: Lines of a basket that is tried at once; larger ones wait for `looking`.
AT_ONCE_LINES = 20


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """This very basket, within a minute."""

    basket: Basket
    minute: int

    def is_of(self, other: _Key) -> bool:
        """Tell whether both are one."""
        return self.basket is other.basket and self.minute == other.minute


#: What was found, and for which basket.
Looked: TypeAlias = tuple[_Key, Found]


@dataclass(frozen=True, slots=True)
class _Around:
    occasion: Occasion
    member_id: str
    ids: tuple[str, ...]
    running: frozenset[str]


class OpenCoupons:
    """Knows the coupons of the open sale until something of them changes."""

    def __init__(self, desk: Desk, sale: SaleService, finder: Finder) -> None:
        self._desk = desk
        self._sale = sale
        self._finder = finder
        self._looked: Looked | None = None
        self._own: tuple[tuple[object, ...], tuple[Coupon, ...]] | None = None
        self._kept: tuple[_Key, _Around] | None = None

    @property
    def limit(self) -> int:
        """How many coupons one basket takes."""
        return self._desk.ledger.points.programme().coupon_limit

    def offers(self, current: OpenSale, language: str) -> tuple[CouponOffer, ...]:
        """Return the coupons, those that save most first, then those that end soon."""
        offers = [self._offer(current, each, language) for each in self.all(current)]
        far = 1 << 62
        return tuple(
            sorted(
                offers,
                key=lambda x: (-x.saves_minor, x.until.unix_ms if x.until else far),
            )
        )

    def offer(self, current: OpenSale, coupon: Coupon) -> CouponOffer:
        """Return one coupon as it stands now."""
        return self._offer(current, coupon, self._desk.shop.language)

    def found(self, current: OpenSale) -> Found | None:
        """Return what the coupons save; tried at once for a basket that is small."""
        if self._is_new(current) and len(current.basket.lines) <= AT_ONCE_LINES:
            look = self.looking(current)
            assert look is not None
            self._looked = look()
        return None if self._is_new(current) or not self._looked else self._looked[1]

    def looking(self, current: OpenSale) -> Callable[[], Looked] | None:
        """Return what tries the coupons, for another thread; None if that was done."""
        if not self._is_new(current):
            return None
        key = self._key(current)
        tried = Tried(
            current.basket,
            self._sale.rules,
            self._desk.clock.now(),
            self._sale.keeper.pricing,
            self._sale.offers,
            self.limit,
            tuple(self._usable(current)),
        )
        return lambda: (key, try_coupons(tried))

    def looked(self, found: Looked) -> None:
        """Take what `looking` came to; of a basket that changed it is not used."""
        self._looked = found

    def forget(self) -> None:
        """Ask anew: coupons were given, used or taken away."""
        self._looked = self._own = self._kept = None

    def all(self, current: OpenSale) -> tuple[Coupon, ...]:
        """Return the coupons of the basket and those of its customer, each once."""
        shopper = current.basket.shopper
        inside = tuple(x.coupon_id for x in current.basket.coupons)
        minute = self._desk.clock.now().unix_ms // 60_000
        who = shopper.member_id if shopper is not None else ""
        key = (current.basket.basket_id, who, inside, minute)
        if self._own is not None and self._own[0] == key:
            return self._own[1]
        reader = self._desk.ledger.coupons
        found = {}
        if shopper is not None:
            ids = person_ids(self._desk.ledger.members, shopper.member_id)
            found = {each.coupon_id: each for each in reader.of_member(ids)}
        for coupon_id in inside:
            coupon = found.get(coupon_id) or reader.coupon(coupon_id)
            if coupon is not None:
                found[coupon_id] = coupon
        if found.keys() >= set(inside):  # else one is on its way to the disk
            self._own = (key, tuple(found.values()))
        return tuple(found.values())

    def in_hand(self, current: OpenSale) -> tuple[tuple[CouponInHand, Template], ...]:
        """Return the coupons that lie in the basket, or may join them; with their kind."""
        known = self.all(current)
        lying = {x.coupon_id: x for x in current.basket.coupons}
        kinds = [x.template_id for x in lying.values()]
        has_room = bool(known) and len(lying) < self.limit
        found = []
        for coupon in known:
            template = self._finder.template(coupon)
            shown = lying.get(coupon.coupon_id)
            if shown is None and has_room:
                is_open = kinds.count(template.template_id) < template.most_per_basket
                if is_open and self.cause(current, coupon, template) is None:
                    shown = in_hand(template, coupon, is_chosen=True)
            if shown is not None:
                found.append((shown, template))
        return tuple(found)

    def cause(
        self, current: OpenSale, coupon: Coupon, template: Template
    ) -> CouponRefusal | None:
        """Return why a coupon may not be used in this basket; None if it may."""
        basket_id, held = current.basket.basket_id, coupon.reserved
        if (
            held is not None
            and held.basket_id != basket_id
            and not self._desk.ledger.coupons.is_in_hand(held.basket_id)
        ):  # by a basket that is gone
            coupon = replace(coupon, state=coupon.before, reserved=None)
        around = self._around(current)
        if coupon.member_id in around.ids:  # one person, however many numbers
            coupon = replace(coupon, member_id=around.member_id)
        cause = cause_against(template, coupon, around.occasion, basket_id)
        is_offered = template.promotion_id in around.running
        return cause or (None if is_offered else CouponRefusal.NOT_OFFERED)

    def _around(self, current: OpenSale) -> _Around:
        """Return what all coupons of a basket are held against; asked once."""
        key, shopper = self._key(current), current.basket.shopper
        if self._kept is None or not self._kept[0].is_of(key):
            members, desk = self._desk.ledger.members, self._desk
            ids = person_ids(members, shopper.member_id) if shopper is not None else ()
            book = desk.catalog.promotion_book(desk.price_moment())
            running = frozenset(x.promotion_id for x in book.promotions)
            member_id = shopper.member_id if shopper is not None else ""
            around = _Around(self.occasion(current), member_id, ids, running)
            self._kept = (key, around)
        return self._kept[1]

    def occasion(self, current: OpenSale | None) -> Occasion:
        """Return when, where and for whom: now, not at the first scan."""
        return Occasion(
            moment=self._desk.clock.now(),
            zone=shop_zone(self._desk),
            store=self._desk.shop.shop_id,
            shopper=current.basket.shopper if current is not None else None,
        )

    def saved(self, coupon_id: str) -> int:
        """Return what a coupon of the basket saves; minor units."""
        priced = self._sale.priced
        used = priced.promoted.applications if priced is not None else ()
        return sum(x.saving_minor for x in used if x.coupon_id == coupon_id)

    def _offer(self, current: OpenSale, coupon: Coupon, language: str) -> CouponOffer:
        template, key = self._finder.template(coupon), coupon.coupon_id
        is_used = key in {x.coupon_id for x in current.basket.coupons}
        cause = self.cause(current, coupon, template)
        found = self.found(current)
        alone = found.savings.get(key, 0) if found is not None else 0
        saves = self.saved(key) if is_used else alone
        why_not = cause.value if cause is not None else ""
        is_counted = found is not None or is_used
        if not why_not and not saves and is_counted:
            why_not = CouponRefusal.SAVES_NOTHING.value
        return CouponOffer(
            key,
            template.name_in(language or self._desk.shop.language),
            0 if cause is not None else saves,
            coupon.window.end,
            is_used,
            why_not,
            coupon.issued.value_minor,
            is_own=bool(coupon.member_id),
            is_counted=is_counted,
        )

    def _usable(self, current: OpenSale) -> Iterator[tuple[CouponInHand, int]]:
        """Yield what may be used, and how many of its kind one basket takes."""
        for coupon in self.all(current):
            template = self._finder.template(coupon)
            if self.cause(current, coupon, template) is None:
                shown = in_hand(template, coupon, is_chosen=True)
                yield shown, template.most_per_basket

    def _key(self, current: OpenSale) -> _Key:
        minute = self._desk.clock.now().unix_ms // 60_000
        return _Key(current.basket, minute)

    def _is_new(self, current: OpenSale) -> bool:
        return self._looked is None or not self._looked[0].is_of(self._key(current))
