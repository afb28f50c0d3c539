"""Coupons of the open sale: shown, used, kept, and the ones that save most."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from pos_app.domain.coupon.code import CodeKind, looks_like_code, plain_code
from pos_app.domain.coupon.life import Coupon
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.signed import looks_signed
from pos_app.domain.coupon.template import Template
from pos_app.domain.coupon.using import in_hand, require_room
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.offer_intents import ShowCoupon, TakeBackCoupon
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.permission import Permission
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services import coupon_points
from pos_app.services.backlog import Fact
from pos_app.services.coupon_choice import CouponOffer
from pos_app.services.coupon_finding import Finder, refusal
from pos_app.services.coupon_list import Looked, OpenCoupons
from pos_app.services.coupon_points import PointsOffer
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService


class CouponService:
    """Coupons of the open sale's customer; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService, credentials: Credentials) -> None:
        self._desk = desk
        self._sale = sale
        self._finder = Finder(desk, credentials)
        self._list = OpenCoupons(desk, sale, self._finder)

    # ------------------------------------------------------------------ reading

    def is_coupon_code(self, code: str) -> bool:
        """Tell whether a scan means to be a coupon; nothing is looked up."""
        plain = plain_code(code)
        is_code = looks_like_code(plain) and plain[0] == CodeKind.COUPON.value
        return is_code or looks_signed(plain)

    @property
    def is_offered(self) -> bool:
        """Tell whether this shop has coupons at all: keys and lists for them."""
        return bool(self._desk.ledger.coupons.templates())

    @property
    def limit(self) -> int:
        """How many coupons one basket takes."""
        return self._list.limit

    def usable(self, language: str = "") -> tuple[CouponOffer, ...]:
        """Return the coupons of the basket and of its customer.

        Those that save most come first, then those that end soon. Of a large basket
        that was not looked at yet (`looking`) the savings are not counted.
        """
        current = self._sale.current
        return self._list.offers(current, language) if current is not None else ()

    def best(self) -> tuple[str, ...]:
        """Return the coupons that save most together, as many as a basket takes."""
        current = self._sale.current
        found = self._list.found(current) if current is not None else None
        return found.best if found is not None else ()

    @property
    def best_minor(self) -> int:
        """What `best` saves; minor units."""
        current = self._sale.current
        found = self._list.found(current) if current is not None else None
        return found.best_minor if found is not None else 0

    def in_hand(self) -> tuple[tuple[CouponInHand, Template], ...]:
        """Return the coupons that lie in the basket, or may join them; with their kind."""
        current = self._sale.current
        return self._list.in_hand(current) if current is not None else ()

    def looking(self) -> Callable[[], Looked] | None:
        """Return what tries the coupons, for another thread; None if that was done."""
        current = self._sale.current
        return self._list.looking(current) if current is not None else None

    def looked(self, found: Looked) -> None:
        """Take what `looking` came to; of a basket that changed it is not used."""
        self._list.looked(found)

    # ------------------------------------------------------------------ changes

    def show(self, code: str) -> CouponOffer:
        """Take a coupon that was scanned or typed into the basket.

        One that a member has to claim first is claimed by the customer at once.

        Raises:
            UserError: "not_signed_on", "basket_empty", "money_already_taken", and
                what `CouponRefusal` names, each with what there is to say.
        """
        self._desk.session.require(Permission.SELL)
        current = self._sale.keeper.going_on()
        shown = self._finder.by_code(code, current.basket.shopper)
        self._join(current, shown.coupon, shown.template, shown.first)
        return self._now(shown.coupon)

    def use(self, coupon_id: str) -> CouponOffer:
        """Use a coupon of the customer's list; in place of another where one is all.

        Raises:
            UserError: as `show`.
        """
        self._desk.session.require(Permission.SELL)
        current = self._sale.keeper.going_on()
        coupon = self._desk.ledger.coupons.coupon(coupon_id)
        if coupon is None:
            raise UserError(CouponRefusal.UNKNOWN.value)
        template = self._finder.template(coupon)
        others = [x for x in current.basket.coupons if x.coupon_id != coupon_id]
        if self.limit == 1 and others:
            self._refuse(current, coupon, template)
            self._put(current, (coupon,), replaced=tuple(x.coupon_id for x in others))
        else:
            self._join(current, coupon, template, None)
        return self._now(coupon)

    def use_best(self) -> tuple[str, ...]:
        """Use the coupons that save most together, and no others.

        Raises:
            UserError: as `show`; "coupon_saves_nothing" where none does.
        """
        self._desk.session.require(Permission.SELL)
        current = self._sale.keeper.going_on()
        best = self.best()
        if not best:
            raise UserError(CouponRefusal.SAVES_NOTHING.value)
        known = {each.coupon_id: each for each in self._list.all(current)}
        others = tuple(
            x.coupon_id for x in current.basket.coupons if x.coupon_id not in best
        )
        for coupon_id in best:
            coupon = known[coupon_id]
            self._refuse(current, coupon, self._finder.template(coupon))
        self._put(current, tuple(known[x] for x in best), replaced=others)
        return best

    def take_back(self, coupon_id: str) -> None:
        """Take a coupon out of the basket: the customer keeps it.

        Raises:
            UserError: "nothing_to_take_back", "money_already_taken".
        """
        self._desk.session.require(Permission.SELL)
        current = self._sale.keeper.going_on()
        if coupon_id not in {x.coupon_id for x in current.basket.coupons}:
            raise UserError("nothing_to_take_back")
        body = {"sale": current.basket.basket_id, "coupon": coupon_id}
        stamp = self._desk.stamp(current.business_day)
        fact = Fact(EntryKind.COUPON_TAKEN_BACK, body, stamp)
        self._sale.accept(TakeBackCoupon(coupon_id), fact=fact)
        self.forget()

    def claim(self, code: str, member_id: str) -> Future[GivenCoupon]:
        """Put a coupon on a member's list without using it now.

        Raises:
            UserError: as `show`, also from the future.
        """
        self._desk.session.require(Permission.SELL)
        self.forget()
        return self._finder.claim(code, member_id)

    def redeem_points_offers(self) -> tuple[PointsOffer, ...]:
        """Return the coupons that the customer may have for points, the dearest last."""
        current = self._sale.current
        shopper = current.basket.shopper if current is not None else None
        return coupon_points.offers(self._desk, shopper, self._list.occasion(current))

    def redeem_points(self, template_id: str) -> Future[GivenCoupon]:
        """Give the customer a coupon for points; both at once, or neither.

        Raises:
            UserError: "member_unknown" without a customer, what the recognition or
                the points refuse, and what `issue_in` refuses, also from the future.
        """
        self._desk.session.require(Permission.SELL)
        current = self._sale.keeper.going_on()
        self.forget()
        return coupon_points.redeem(self._desk, current.basket, template_id)

    def forget(self) -> None:
        """Ask anew: coupons were given, used or taken away."""
        self._list.forget()

    # ------------------------------------------------------------------ how

    def _join(
        self,
        current: OpenSale,
        coupon: Coupon,
        template: Template,
        first: Callable[[UnitOfWork], None] | None,
    ) -> None:
        self._refuse(current, coupon, template)
        lying = [
            x.template_id
            for x in current.basket.coupons
            if x.coupon_id != coupon.coupon_id
        ]
        require_room(template, lying, self.limit)
        self._put(current, (coupon,), first=first)

    def _refuse(self, current: OpenSale, coupon: Coupon, template: Template) -> None:
        """Refuse a coupon that may not be used in this basket, with its reason."""
        cause = self._list.cause(current, coupon, template)
        if cause is not None:
            raise refusal(self._desk, coupon, template, cause)

    def _put(
        self,
        current: OpenSale,
        coupons: tuple[Coupon, ...],
        replaced: tuple[str, ...] = (),
        first: Callable[[UnitOfWork], None] | None = None,
    ) -> None:
        """Take coupons into the basket, others out of it; one entry of the journal."""
        intents: list[ShowCoupon | TakeBackCoupon] = [
            TakeBackCoupon(coupon_id) for coupon_id in replaced
        ]
        names = []
        for coupon in coupons:
            template = self._finder.template(coupon)
            names.append(template.name)
            intents.append(ShowCoupon(in_hand(template, coupon, is_chosen=True)))
        body = {
            "sale": current.basket.basket_id,
            "coupons": [each.coupon_id for each in coupons],
            "name": ", ".join(names),
        }
        stamp = self._desk.stamp(current.business_day)
        fact = Fact(EntryKind.COUPON_SHOWN, body, stamp, first)
        self._sale.accept(*intents, fact=fact)
        self.forget()

    def _now(self, coupon: Coupon) -> CouponOffer:
        """Return how a coupon that just joined stands."""
        known = self._desk.ledger.coupons.coupon(coupon.coupon_id)
        current = self._sale.keeper.going_on()
        return self._list.offer(current, known if known is not None else coupon)
