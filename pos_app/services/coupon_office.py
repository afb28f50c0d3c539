"""Coupons in the back office: what they promise, for whom, and how they went."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.template import Template
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.promotion import Promotion, TriggerKind
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.coupons import TemplateUse
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.promotions import PromotionRun
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.coupon_batches import CouponBatches
from pos_app.services.coupon_drafts import (
    CouponDraft,
    CouponKind,
    draft_of,
    promotion_of,
    template_of,
)
from pos_app.services.coupon_giving import CouponGift, issue_in, revoke_in
from pos_app.services.coupon_papers import CouponForm, queue_coupons
from pos_app.services.coupon_partners import CouponPartners
from pos_app.services.coupon_signed_papers import SignedPapers
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.promotion_changes import begin_run, was_started, write_draft
from pos_app.services.slip_forms import SlipFormService
from pos_app.values.times import Period


@dataclass(frozen=True, slots=True)
class ListedTemplate:
    """A template in the list of the back office.

    Attributes:
        template: its newest version. use: how its coupons went.
        is_running: whether the promotion that it unlocks runs now.
        draft: the same as a person described it; None where its promotion does not
            run.
    """

    template: Template
    use: TemplateUse
    is_running: bool
    draft: CouponDraft | None


class CouponOffice:
    """Templates, coupons given by hand; batches and partners beside them."""

    def __init__(
        self, desk: Desk, credentials: Credentials, forms: SlipFormService
    ) -> None:
        self._desk = desk
        self._forms = forms
        self.batches = CouponBatches(desk, credentials, forms)
        self.partners = CouponPartners(desk, forms)
        self.signed = SignedPapers(desk, self.batches, forms)

    # ------------------------------------------------------------------ reading

    def templates(self) -> tuple[ListedTemplate, ...]:
        """Return the templates that are given out, then those that ended."""
        reader, catalog = self._desk.ledger.coupons, self._desk.catalog
        uses = {use.template_id: use for use in reader.uses()}
        book = catalog.promotion_book(self._desk.clock.now())
        running = {each.promotion_id: each for each in book.promotions}
        found = []
        for template in reader.templates():
            key, promotion = template.template_id, running.get(template.promotion_id)
            use = uses.get(key, TemplateUse(key))
            draft = draft_of(template, promotion)
            found.append(ListedTemplate(template, use, promotion is not None, draft))
        return tuple(sorted(found, key=lambda each: each.template.is_ended))

    # ------------------------------------------------------------------ changes

    def with_ids(self, draft: CouponDraft) -> CouponDraft:
        """Return a draft with the ids of a new template where it has none."""
        if draft.template_id:
            return draft
        ids = self._desk.ids
        promotion_id = draft.promotion_id or ids.new()
        return replace(draft, template_id=ids.new(), promotion_id=promotion_id)

    def promotions(self) -> tuple[Promotion, ...]:
        """Return the newest versions of promotions that wait for a coupon, by name."""
        newest: dict[str, Promotion] = {}
        for one in self._desk.catalog.promotion_versions():
            if one.promotion is not None:
                newest[one.promotion_id] = one.promotion
        waiting = (x for x in newest.values() if x.trigger.kind is TriggerKind.COUPON)
        return tuple(sorted(waiting, key=lambda x: (x.name, x.promotion_id)))

    def promotion_change(self, draft: CouponDraft) -> CatalogChange:
        """Return the change that writes what a coupon unlocks, and starts it.

        The template is stored after it (`save`): a promotion that no coupon names
        does nothing.

        Args:
            draft: of `with_ids`.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: what `refuse_unsound` and `Template.check` say.
        """
        desk = self._desk
        assert draft.template_id
        clearance = desk.allow(Demand(Permission.LOYALTY, draft.template_id))
        known = desk.ledger.coupons.template(draft.template_id)
        template_of(draft, known).check()
        promotion = promotion_of(draft, draft.promotion_id)
        refuse_unsound(promotion)
        stamp = desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            notes = list(write_draft(desk.ids, stamp, editor, promotion))
            versions = editor.promotion_versions(draft.promotion_id)
            runs = editor.promotion_runs(draft.promotion_id)
            version = versions[-1].version
            if was_started(version, runs) and not notes:
                return ()  # it runs already, just so
            run = PromotionRun(
                desk.ids.new(),
                draft.promotion_id,
                version,
                Period(stamp.at),
                stamp.actor,
                clearance.approved_by,
                stamp.at,
            )
            return [*notes, *begin_run(desk.ids, stamp, editor, run)]

        return CatalogChange(stamp, edit)

    def save(self, draft: CouponDraft) -> Future[Template]:
        """Store the next version of a template, once its promotion was stored.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_template_unsound".
        """
        assert draft.template_id
        waiting = {x.promotion_id for x in self.promotions()}
        if draft.kind is CouponKind.PROMOTION and draft.promotion_id not in waiting:
            raise UserError(CouponRefusal.UNSOUND.value, field="promotion")
        known = self._desk.ledger.coupons.template(draft.template_id)
        return self.store(template_of(draft, known))

    def end(self, template_id: str) -> Future[Template]:
        """Give out no more coupons of a template; those given stay good.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_unknown".
        """
        known = self._desk.ledger.coupons.template(template_id)
        if known is None:
            raise UserError(CouponRefusal.UNKNOWN.value)
        return self.store(replace(known, version=known.version + 1, is_ended=True))

    def store(self, template: Template) -> Future[Template]:
        """Store a version of a template that unlocks any promotion of coupons.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "coupon_template_unsound".
        """
        desk = self._desk
        clearance = desk.allow(Demand(Permission.LOYALTY, template.template_id))
        template.check()
        stamp = desk.stamp()
        body = {
            "template": template.template_id,
            "version": template.version,
            "name": template.name,
            "is_ended": template.is_ended,
            "approved_by": clearance.approved_by,
        }

        def work(unit: UnitOfWork) -> Template:
            known = unit.coupons.template(template.template_id)
            version = known.version + 1 if known is not None else 1
            stored = replace(template, version=version)
            unit.coupons.add_template(stored, stamp.at, stamp.actor)
            unit.append(
                EntryKind.COUPON_TEMPLATE_CHANGED, body | {"version": version}, stamp
            )
            return stored

        return desk.record(work)

    def give(
        self, template_id: str, member_id: str = "", *, printed: bool = True
    ) -> Future[GivenCoupon]:
        """Give one coupon by hand: to a member, or to whoever holds the paper.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: what `issue_in` refuses, from the future.
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, template_id))
        stamp, shop = desk.stamp(), desk.shop
        form = CouponForm(shop, self._forms.language())
        zone = ZoneInfo(shop.time_zone)
        gift = CouponGift(template_id, member_id, zone=zone)

        def work(unit: UnitOfWork) -> GivenCoupon:
            given = issue_in(unit, desk, gift, stamp)
            if printed:
                queue_coupons(unit, desk, (given,), form, stamp.at)
            return given

        future = desk.record(work)
        future.add_done_callback(lambda _done: desk.printer.wake())
        return future

    def revoke(self, coupon_id: str, reason: str) -> Future[tuple[str, ...]]:
        """Take one coupon back that was not used yet.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        desk = self._desk
        desk.allow(Demand(Permission.LOYALTY, coupon_id))
        stamp = desk.stamp()
        return desk.record(
            lambda unit: revoke_in(unit, desk, (coupon_id,), stamp, reason)
        )
