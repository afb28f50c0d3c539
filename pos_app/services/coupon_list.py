"""The coupons of the open sale and of its customer, and what they would save."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeAlias

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
AT_ONCE_LINES = 40
_Key: TypeAlias = tuple[object, ...]
#: What was found, and for which basket.
Looked: TypeAlias = tuple[_Key, Found]


class OpenCoupons:
    """Knows the coupons of the open sale until something of them changes."""

    def __init__(self, desk: Desk, sale: SaleService, finder: Finder) -> None:
        self._desk = desk
        self._sale = sale
        self._finder = finder
        self._looked: Looked | None = None
        self._own: tuple[_Key, tuple[Coupon, ...]] | None = None

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
        self._looked = self._own = None

    def all(self, current: OpenSale) -> tuple[Coupon, ...]:
        """Return the coupons of the basket and those of its customer, each once."""
        shopper = current.basket.shopper
        inside = tuple(x.coupon_id for x in current.basket.coupons)
        key: _Key = (shopper.member_id if shopper else "", inside)
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
        shopper = current.basket.shopper
        if coupon.member_id and shopper is not None:
            ids = person_ids(self._desk.ledger.members, shopper.member_id)
            if coupon.member_id in ids:  # one person, however many numbers
                coupon = replace(coupon, member_id=shopper.member_id)
        cause = cause_against(template, coupon, self.occasion(current), basket_id)
        return cause or (None if self._holds(template) else CouponRefusal.NOT_OFFERED)

    def _holds(self, template: Template) -> bool:
        """Tell whether the promotion that a coupon unlocks runs for this basket."""
        book = self._desk.catalog.promotion_book(self._desk.price_moment())
        return any(x.promotion_id == template.promotion_id for x in book.promotions)

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
        return id(current.basket), current.basket.basket_id, minute

    def _is_new(self, current: OpenSale) -> bool:
        return self._looked is None or self._looked[0] != self._key(current)
