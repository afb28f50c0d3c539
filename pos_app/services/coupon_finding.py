"""Finding a coupon by what was scanned, and saying clearly why it cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from pos_app.documents.last_moment import until_text
from pos_app.domain.coupon.code import CodeKind, code_digest, plain_code, read_code
from pos_app.domain.coupon.facts import Claimed, CouponFact, Stamp
from pos_app.domain.coupon.life import Coupon, CouponState, step
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.signed import looks_signed
from pos_app.domain.coupon.template import Template
from pos_app.domain.coupon.using import claim, require_stock
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.promotion.occasion import Shopper
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.coupon_signing import Trust, accept, read_trusted
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.person import person_ids

#: Templates of coupons that are kept in memory; a version never changes.
_KEPT = 256


@dataclass(frozen=True, slots=True)
class Shown:
    """A coupon that was shown.

    Attributes:
        coupon: as it stands, with what `first` adds. template: of it.
        first: stores what the ledger did not know yet; None for nothing.
    """

    coupon: Coupon
    template: Template
    first: Callable[[UnitOfWork], None] | None = None


class Finder:
    """Finds coupons by their codes; used from the sale's thread."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk = desk
        self._credentials = credentials
        self._version = lru_cache(_KEPT)(desk.ledger.coupons.template)

    def template(self, coupon: Coupon) -> Template:
        """Return the version that a coupon was issued under; it is never deleted."""
        issued = coupon.issued
        found = self._version(issued.template_id, issued.template_version)
        assert found is not None
        return found

    def by_code(self, code: str, shopper: Shopper | None) -> Shown:
        """Return the coupon of a code; one to be claimed is claimed by the customer.

        Raises:
            UserError: "coupon_code_unreadable", "coupon_unknown", and of a signed
                one what is false about it.
        """
        plain = plain_code(code)
        if looks_signed(plain):
            return self._signed(plain)
        kind, read = read_code(plain)
        if kind is not CodeKind.COUPON:
            raise UserError(CouponRefusal.CODE_UNREADABLE.value)
        coupon = self._desk.ledger.coupons.by_digest(code_digest(read))
        if coupon is None:
            raise UserError(CouponRefusal.UNKNOWN.value)
        template = self.template(coupon)
        if coupon.issued.is_bearer or coupon.member_id or shopper is None:
            return Shown(coupon, template)
        return self._claimed(coupon, template, shopper.member_id)

    def claim(self, code: str, member_id: str) -> Future[GivenCoupon]:
        """Put a coupon on a member's list.

        Raises:
            UserError: as `by_code`; "coupon_claimed_already", "coupon_redeemed", …
        """
        shown = self.by_code(code, None)
        claimed = self._claimed(shown.coupon, shown.template, member_id)
        stamp = self._desk.stamp()
        coupon, first = claimed.coupon, claimed.first
        body = {
            "coupon": coupon.coupon_id,
            "template": coupon.issued.template_id,
            "member": member_id,
            "why": "claimed",
        }

        def work(unit: UnitOfWork) -> GivenCoupon:
            assert first is not None
            if shown.first is not None:
                shown.first(unit)
            first(unit)
            unit.append(EntryKind.COUPON_GIVEN, body, stamp)
            return GivenCoupon(
                coupon.coupon_id, shown.template.name, "", coupon.window.end
            )

        return self._desk.record(work)

    def _claimed(self, coupon: Coupon, template: Template, member_id: str) -> Shown:
        """Return a coupon as the customer's own; refuses what cannot be claimed."""
        reader, now = self._desk.ledger.coupons, self._desk.clock.now()
        ids = person_ids(self._desk.ledger.members, member_id)
        of_member = reader.issued(template.template_id, ids)
        require_stock(
            Template(
                template.template_id,
                template.version,
                template.name,
                template.promotion_id,
                template.validity,
                most_per_member=template.most_per_member,
            ),
            0,
            of_member,
        )
        stamp = Stamp(self._desk.ids.new(), coupon.coupon_id, now)
        fact = claim(template, coupon, member_id, stamp, shop_zone(self._desk))
        try:
            after = step(coupon, fact)
        except UserError as error:
            cause = CouponRefusal(error.key)
            raise refusal(self._desk, coupon, template, cause) from error
        return Shown(after, template, _adds(fact))

    def _signed(self, text: str) -> Shown:
        keys = self._credentials.coupon_keys
        # No limit: this shop's own ledger says whether one was used, not a hub's.
        trust, now = Trust(keys), self._desk.clock.now()
        read = read_trusted(text, now, trust)
        reader = self._desk.ledger.coupons
        known, template = (
            reader.coupon(read.coupon_id),
            reader.template(read.template_id),
        )
        if known is not None and template is not None:
            cause = _ENDED.get(known.state)
            if cause is not None:
                raise refusal(self._desk, known, template, cause)
        stamp = Stamp(self._desk.ids.new(), read.coupon_id, now)
        issued = accept(read, template, known, stamp, trust)
        assert template is not None
        if issued is None:
            assert known is not None
            return Shown(known, self.template(known))
        return Shown(step(None, issued), template, _adds(issued))


_ENDED = {
    CouponState.REDEEMED: CouponRefusal.REDEEMED,
    CouponState.EXPIRED: CouponRefusal.EXPIRED,
    CouponState.REVOKED: CouponRefusal.REVOKED,
}


def _adds(fact: Claimed | CouponFact) -> Callable[[UnitOfWork], None]:
    """Return what stores a fact; what somebody else stored meanwhile stays as it is."""

    def add(unit: UnitOfWork) -> None:
        try:
            unit.coupons.add(fact)
        except UserError:
            return

    return add


def refusal(
    desk: Desk, coupon: Coupon, template: Template, cause: CouponRefusal
) -> UserError:
    """Return why a coupon cannot be used, with what there is to say of it."""
    zone = shop_zone(desk)
    said: dict[str, object] = {"name": template.name}
    match cause:
        case CouponRefusal.EXPIRED if coupon.window.end is not None:
            said["until"] = until_text(coupon.window.end, zone)
        case CouponRefusal.NOT_YET if coupon.window.start is not None:
            said["since"] = f"{coupon.window.start.at(zone):%Y-%m-%d %H:%M}"
        case CouponRefusal.REDEEMED if coupon.redeemed is not None:
            sale = desk.ledger.sale(coupon.redeemed.sale_id)
            said["number"] = sale.number if sale is not None else ""
        case CouponRefusal.RESERVED if coupon.reserved is not None:
            parked = desk.ledger.parked.of(coupon.reserved.basket_id)
            said["number"] = parked.number if parked is not None else ""
    return UserError(cause.value, **said)


def shop_zone(desk: Desk) -> ZoneInfo:
    """Return the shop's time zone."""
    return ZoneInfo(desk.shop.time_zone)
