"""Coupons made together: for a print run, a partner, or a letter; and revoked together."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from pos_app.documents.last_moment import until_text
from pos_app.domain.coupon.facts import Revoked
from pos_app.domain.coupon.facts import Stamp as FactStamp
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.signed import SignedCoupon
from pos_app.domain.coupon.template import Batch, Template
from pos_app.domain.coupon.using import issue, require_stock
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import StorageError, UserError
from pos_app.ports.coupons import StoredBatch
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.coupon_giving import issuing, offered_template
from pos_app.services.coupon_papers import CouponForm, queue_coupons
from pos_app.services.coupon_signing import sign_coupon
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.slip_forms import SlipFormService
from pos_app.values.times import Timestamp

#: Coupons that are made at once.
MOST_AT_ONCE = 10_000
#: Coupons of one transaction: a sale never waits longer for the disk than that.
CHUNK = 50


@dataclass(frozen=True, slots=True)
class BatchOrder:
    """Coupons that are to be made.

    Attributes:
        template_id: of what. count: how many.
        partner_id: who hands them out; "" for the shop itself. note: what for.
        printed: whether each is printed on paper now.
    """

    template_id: str
    count: int
    partner_id: str = ""
    note: str = ""
    printed: bool = False


@dataclass(frozen=True, slots=True)
class MadeBatch:
    """A batch with its codes, which are kept nowhere: print or save them now.

    Attributes:
        batch: see there. coupons: each with its code. zone: the shop's.
    """

    batch: Batch
    coupons: tuple[GivenCoupon, ...]
    zone: tzinfo

    @property
    def table(self) -> str:
        """The codes as CSV (RFC 4180): code, name, last day or moment in the shop."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(("code", "name", "until"))
        for each in self.coupons:
            until = until_text(each.until, self.zone) if each.until else ""
            writer.writerow((each.code, each.name, until))
        return out.getvalue()


class CouponBatches:
    """Makes batches and takes them back; `make` is for a thread of its own."""

    def __init__(
        self, desk: Desk, credentials: Credentials, forms: SlipFormService
    ) -> None:
        self._desk = desk
        self._credentials = credentials
        self._forms = forms

    def all(self, template_id: str = "") -> Sequence[StoredBatch]:
        """Return the batches, the newest first."""
        return self._desk.ledger.coupons.batches(template_id)

    def making(self, order: BatchOrder) -> Callable[[], MadeBatch]:
        """Return what makes a batch, for another thread: it waits for the disk.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_count_absurd", "coupon_unknown",
                "coupon_template_ended", "coupon_partner_ended"; when it is called
                "coupon_batch_full".
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, order.template_id))
        if not 1 <= order.count <= MOST_AT_ONCE:
            raise UserError(CouponRefusal.COUNT_ABSURD.value, most=MOST_AT_ONCE)
        note = self._partner_name(order.partner_id)
        stamp, shop = desk.stamp(), desk.shop
        form = CouponForm(shop, self._forms.language(), note)
        batch_id = desk.ids.new()
        return lambda: self._make(batch_id, order, form, stamp)

    def _partner_name(self, partner_id: str) -> str:
        if not partner_id:
            return ""
        for each in self._desk.ledger.coupons.partners():
            if each.terms.partner_id == partner_id and not each.is_ended:
                return each.name
        raise UserError(CouponRefusal.PARTNER_ENDED.value, name="")

    def _make(
        self, batch_id: str, order: BatchOrder, form: CouponForm, stamp: Stamp
    ) -> MadeBatch:
        desk = self._desk

        def begin(unit: UnitOfWork) -> Batch:
            template = offered_template(unit, order.template_id)
            most = template.most_in_all
            issued = unit.coupons.issued(template.template_id)
            if most is not None and issued + order.count > most:
                left = max(0, most - issued)
                raise UserError(CouponRefusal.BATCH_FULL.value, left=left)
            batch = Batch(
                batch_id,
                template.template_id,
                template.version,
                order.count,
                order.partner_id,
            )
            stored = StoredBatch(batch, stamp.at, stamp.actor, order.note)
            unit.coupons.add_batch(stored)
            body = {
                "batch": batch_id,
                "template": template.template_id,
                "name": template.name,
                "count": order.count,
                "partner": order.partner_id,
            }
            unit.append(EntryKind.COUPON_BATCH_MADE, body, stamp)
            return batch

        batch = desk.record(begin).result()
        made: list[GivenCoupon] = []
        for start in range(0, order.count, CHUNK):
            count = min(CHUNK, order.count - start)
            some = _Some(batch, start, count, form, order.printed)
            made += desk.record(partial(self._some, some, stamp)).result()
        if order.printed:
            desk.printer.wake()
        return MadeBatch(batch, tuple(made), ZoneInfo(form.shop.time_zone))

    def _some(
        self, some: _Some, stamp: Stamp, unit: UnitOfWork
    ) -> Sequence[GivenCoupon]:
        batch, desk = some.batch, self._desk
        template = unit.coupons.template(batch.template_id, batch.template_version)
        assert template is not None
        source = issuing(desk, stamp, ZoneInfo(some.form.shop.time_zone))
        given = []
        for new in issue(batch, template, some.count, some.start, source):
            coupon = unit.coupons.add(new.issued)
            until = coupon.window.end
            given.append(GivenCoupon(coupon.coupon_id, template.name, new.code, until))
        if some.printed:
            queue_coupons(unit, desk, given, some.form, stamp.at)
        return given

    def signed(
        self, template_id: str, count: int, expires_at: Timestamp
    ) -> tuple[str, ...]:
        """Return the texts of signed coupons; the ledger knows each once it is shown.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_no_key", "coupon_count_absurd", "coupon_unknown",
                "coupon_template_ended", "coupon_batch_full".
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, template_id))
        if not 1 <= count <= MOST_AT_ONCE:
            raise UserError(CouponRefusal.COUNT_ABSURD.value, most=MOST_AT_ONCE)
        signer = self._credentials.coupon_signer
        if signer is None:
            raise UserError(CouponRefusal.NO_KEY.value)
        template = desk.ledger.coupons.template(template_id)
        _refuse_ended(template)
        assert template is not None
        require_stock(template, desk.ledger.coupons.issued(template_id), None)
        texts = tuple(
            sign_coupon(SignedCoupon(desk.ids.new(), template_id, expires_at), signer)
            for _each in range(count)
        )
        stamp = desk.stamp()
        body = {
            "batch": "",
            "template": template_id,
            "name": template.name,
            "count": count,
            "partner": "",
        }
        desk.record(lambda unit: unit.append(EntryKind.COUPON_BATCH_MADE, body, stamp))
        return texts

    def revoke(self, batch_id: str, reason: str) -> Future[int]:
        """Take back what of a batch was not used yet; nothing of it is given any more.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_unknown", "coupon_batch_ended" from the future.
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, batch_id))
        stamp = desk.stamp()

        def work(unit: UnitOfWork) -> int:
            stored = unit.coupons.batch(batch_id)
            if stored is None:
                raise UserError(CouponRefusal.UNKNOWN.value)
            if stored.ended_at is not None:
                raise UserError(CouponRefusal.BATCH_ENDED.value)
            unit.coupons.end_batch(batch_id, stamp.at, stamp.actor, reason)
            count = 0
            for coupon in unit.coupons.open_of_batch(batch_id, MOST_AT_ONCE):
                of_fact = FactStamp(desk.ids.new(), coupon.coupon_id, stamp.at)
                unit.coupons.add(Revoked(of_fact, reason))
                count += 1
            body = {"batch": batch_id, "count": count, "why": reason}
            unit.append(EntryKind.COUPON_REVOKED, body, stamp)
            return count

        return desk.record(work)


@dataclass(frozen=True, slots=True)
class _Some:
    batch: Batch
    start: int
    count: int
    form: CouponForm
    printed: bool


def _refuse_ended(template: Template | None) -> None:
    if template is None:
        raise UserError(CouponRefusal.UNKNOWN.value)
    if template.is_ended:
        raise UserError(CouponRefusal.TEMPLATE_ENDED.value, name=template.name)


def save_table(table: str, file: Path) -> Path:
    """Write a table so that a spreadsheet shows it; return the file.

    Raises:
        StorageError: "disk_error" when the disk refuses.
    """
    try:
        with file.open("x", encoding="utf-8-sig", newline="") as out:
            out.write(table)
    except OSError as error:
        raise StorageError("disk_error", file=file.name) from error
    return file
