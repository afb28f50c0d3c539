"""The ledger's coupons: facts, and what stands beside them; templates and batches.

`ids` are all ids of one person (`MemberReader.ids_of`), the kept one first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.coupon.carried import CarriedLine
from pos_app.domain.coupon.facts import CouponFact
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.partner import PartnerTerms
from pos_app.domain.coupon.template import Batch, Template
from pos_app.values.times import Period, Timestamp


@dataclass(frozen=True, slots=True)
class StoredBatch:
    """A batch, and how far it went.

    Attributes:
        batch: which. made_at, made_by: when, by whom (staff id).
        note: what it is for. ended_at: when it was revoked; None for not at all.
        issued, claimed, redeemed, open: coupons of it, as now.
    """

    batch: Batch
    made_at: Timestamp
    made_by: str
    note: str = ""
    ended_at: Timestamp | None = None
    issued: int = 0
    claimed: int = 0
    redeemed: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class PartnerVersion:
    """What is agreed with a partner, as one version; the newest holds.

    Attributes:
        terms: see there. version: from 1. name: of the business, no person's.
        made_at, made_by: when, by whom. is_ended: nothing new is handed out.
    """

    terms: PartnerTerms
    version: int
    name: str
    made_at: Timestamp
    made_by: str
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """How coupons of a template went so far.

    Attributes:
        issued, open, redeemed, expired, revoked: coupons. saving_minor: of those
            redeemed, less the shares that went back as new coupons.
    """

    template_id: str
    issued: int = 0
    open: int = 0
    redeemed: int = 0
    expired: int = 0
    revoked: int = 0
    saving_minor: int = 0


class CouponBooks(Protocol):
    """What readers and writers both see."""

    def template(self, template_id: str, version: int = 0) -> Template | None:
        """Return a version of a template; 0 for the newest."""
        ...

    def templates(self) -> Sequence[Template]:
        """Return the newest version of each template, the newest template first."""
        ...

    def coupon(self, coupon_id: str) -> Coupon | None:
        """Return what a coupon's facts come to; None for a stranger."""
        ...

    def by_digest(self, digest: str) -> Coupon | None:
        """Return the coupon whose code has this digest."""
        ...

    def of_member(
        self, ids: Sequence[str], *, all_too: bool = False
    ) -> Sequence[Coupon]:
        """Return a person's coupons that may still be used, those that end soon first.

        Args:
            ids: of the person.
            all_too: with those that were used, have expired or were revoked.
        """
        ...

    def reserved_in(self, basket_id: str) -> Sequence[Coupon]:
        """Return the coupons that lie in a basket."""
        ...

    def redeemed_in(self, sale_id: str) -> Sequence[Coupon]:
        """Return the coupons that are redeemed in a sale, as now."""
        ...

    def issued(self, template_id: str, ids: Sequence[str] = ()) -> int:
        """Return how many of a template were ever given, in all or to a person.

        Shares that came back are no gifts and do not count.
        """
        ...

    def batch(self, batch_id: str) -> StoredBatch | None:
        """Return a batch."""
        ...

    def is_in_hand(self, basket_id: str) -> bool:
        """Tell whether a basket is open or parked at this till."""
        ...


class CouponReader(CouponBooks, Protocol):
    """Reads coupons, their templates and batches, as committed."""

    def batches(self, template_id: str = "") -> Sequence[StoredBatch]:
        """Return the batches of one template, or of all, the newest first."""
        ...

    def uses(self) -> Sequence[TemplateUse]:
        """Return how the coupons of each template went."""
        ...

    def facts(self, coupon_id: str) -> Sequence[CouponFact]:
        """Return everything that happened to a coupon, in order."""
        ...

    def partners(self) -> Sequence[PartnerVersion]:
        """Return the newest version of each partner, by name."""
        ...

    def of_partner(self, partner_id: str, redeemed: Period) -> Sequence[Coupon]:
        """Return the coupons of a partner's batches.

        Args:
            partner_id: whose.
            redeemed: those that are redeemed only if they were within it.
        """
        ...

    def unproven(self) -> Sequence[str]:
        """Return ids of coupons whose row is not what their facts come to; none."""
        ...


class CouponWriter(CouponBooks, Protocol):
    """Writes coupons, their templates and batches, in one transaction."""

    def add(self, fact: CouponFact, cause: str = "") -> Coupon:
        """Add a fact, and bring the coupon's row up to it.

        Args:
            fact: the next one of its coupon.
            cause: what a gift is given for once, whatever happens; "" for none.

        Raises:
            UserError: what `life.step` refuses; nothing was written.
        """
        ...

    def fact_count(self, coupon_id: str) -> int:
        """Return how many facts a coupon has."""
        ...

    def by_cause(self, cause: str) -> Coupon | None:
        """Return the coupon that was given for a cause."""
        ...

    def add_template(self, template: Template, at: Timestamp, by: str) -> None:
        """Store a version; its number is one above the last."""
        ...

    def add_batch(self, stored: StoredBatch) -> None:
        """Store a batch."""
        ...

    def end_batch(self, batch_id: str, at: Timestamp, by: str, reason: str) -> None:
        """Store that a batch is revoked: nothing of it is given out any more."""
        ...

    def add_partner(self, version: PartnerVersion) -> None:
        """Store a version of a partner's terms; its number is one above the last."""
        ...

    def add_carried(
        self, coupon_id: str, sale_id: str, lines: Sequence[CarriedLine]
    ) -> None:
        """Store on which units of a sale a coupon's saving lies."""
        ...

    def carried(self, coupon_id: str, sale_id: str) -> Sequence[CarriedLine]:
        """Return on which units of a sale a coupon's saving lies."""
        ...

    def taken(self, sale_id: str) -> dict[int, int]:
        """Return how much of each line of a sale came back, in thousandths."""
        ...

    def in_state(
        self, states: Sequence[CouponState], ended_by: Timestamp, limit: int
    ) -> Sequence[Coupon]:
        """Return coupons whose time is over at a moment, the longest over first."""
        ...

    def open_of_batch(self, batch_id: str, limit: int) -> Sequence[Coupon]:
        """Return coupons of a batch that might still be used."""
        ...
