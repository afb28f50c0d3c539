"""Coupons in the back office: what they promise, batches, partners."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _, plural
from pos_app.services.coupon_batches import MadeBatch, save_table
from pos_app.services.coupon_drafts import CouponKind
from pos_app.services.coupon_office import CouponOffice, ListedTemplate
from pos_app.services.coupon_partners import PartnerSettlement, settlement_table
from pos_app.services.session import ApprovalNeeded
from ui import tasks
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.coupon_batch_book import BatchBook, BatchForm
from ui.presenters.coupon_book import CouponBook
from ui.presenters.coupon_form import ITEM, CouponForm, draft_of
from ui.presenters.coupon_partner_book import (
    PartnerBook,
    PartnerForm,
    period_of_days,
)
from ui.presenters.office_form import FormPart
from ui.presenters.office_form_state import Option
from ui.presenters.question_state import Answer, Question


class CouponsPart(FormPart):
    """Coupons are stored in the ledger; only what they unlock is of the catalogue."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.service: CouponOffice = self.work.counter.coupon_office
        self._listed: tuple[ListedTemplate, ...] | None = None
        self._settled: tuple[str, PartnerSettlement] | None = None
        #: First and last day of what is settled, as typed; "" for no bound.
        self.settle_days = ("", "")
        self.coupons = CouponBook(self)
        self.batches, self.partner_book = BatchBook(self), PartnerBook(self)
        self.take_books(self.coupons, self.batches, self.partner_book)

    # ------------------------------------------------------- what the books read

    def listed(self) -> tuple[ListedTemplate, ...]:
        """Return the coupons; read once until something is stored."""
        if self._listed is None:
            self._listed = self.service.templates()
        return self._listed

    def template(self, template_id: str) -> ListedTemplate | None:
        """Return one coupon as it is listed."""
        found = (x for x in self.listed() if x.template.template_id == template_id)
        return next(found, None)

    def names(self, *, given: bool = False) -> dict[str, str]:
        """Return the names by id; of those only that are still given out."""
        return {
            x.template.template_id: x.template.name
            for x in self.listed()
            if not (given and x.template.is_ended)
        }

    def partners(self, *, ended_too: bool = False) -> tuple[Option, ...]:
        """Return the partners to choose from."""
        return tuple(
            Option(x.terms.partner_id, x.name)
            for x in self.service.partners.all()
            if ended_too or not x.is_ended
        )

    def settled_of(self, partner_id: str) -> PartnerSettlement | None:
        """Return the settlement on show; None where none was asked for."""
        known = self._settled
        return known[1] if known is not None and known[0] == partner_id else None

    # --------------------------------------------------------------- what is asked

    @override
    def begin(self, subject: str = "") -> None:
        self._listed = self._settled = None
        self.settle_days = ("", "")
        super().begin(subject)

    @override
    def takes_scan(self, code: str) -> bool:
        """Make the coupon on show one for the goods that were scanned."""
        draft = self._draft
        if not isinstance(draft, CouponForm) or not draft.is_simple:
            return False
        return self.takes_goods(
            code, lambda unit: self.on_edited("goods", ITEM + unit.item_id)
        )

    def give(self, template_id: str) -> None:
        """Print one coupon for whoever holds it."""
        self._follow(
            lambda: tasks.watch(self.service.give(template_id)),
            lambda _given: self.frame.say(_("Coupon printed")),
        )

    def end(self, form: CouponForm) -> None:
        """Ask, then give the coupon out no more."""
        question = Question(
            "prohibit",
            _("Give “{name}” out no more?", name=form.name),
            _("Those given out stay good."),
            (
                Answer("stay", _("Go on giving it out"), is_main=True),
                Answer("end", _("Give out no more"), "prohibit"),
            ),
        )

        def answered(key: str) -> None:
            if key == "end":
                self._follow(
                    lambda: tasks.watch(self.service.end(form.template_id)),
                    lambda _template: self.frame.say(_("Saved")),
                )

        self.ask(question, answered)

    def revoke(self, batch_id: str) -> None:
        """Ask, then take back what of a batch was not used."""
        question = Question(
            "prohibit",
            _("Revoke the coupons of this batch?"),
            _("Those that were not used yet are good no more. It cannot be undone."),
            (
                Answer("stay", _("Keep them"), is_main=True),
                Answer("revoke", _("Revoke them"), "prohibit"),
            ),
        )

        def answered(key: str) -> None:
            if key == "revoke":
                reason = _("batch revoked")
                self._follow(
                    lambda: tasks.watch(self.service.batches.revoke(batch_id, reason)),
                    lambda count: self.frame.say(
                        plural(
                            "{count} coupon revoked", "{count} coupons revoked", count
                        )
                    ),
                )

        self.ask(question, answered)

    def settle(self, partner_id: str) -> None:
        """Show what is settled with a partner up to now."""

        def shown(found: PartnerSettlement) -> None:
            self._settled = (partner_id, found)

        self._follow(lambda: self._settling(partner_id), shown)

    def save_settlement(self, partner_id: str) -> None:
        """Save a settlement as a table, with a row for each coupon."""
        currency = self.work.currency

        def shown(found: PartnerSettlement) -> None:
            self._settled = (partner_id, found)
            self._save_table("settlement", settlement_table(found, currency))

        self._follow(lambda: self._settling(partner_id), shown)

    def print_settlement(self, partner_id: str) -> None:
        """Print a settlement on the slip printer."""

        def shown(found: PartnerSettlement) -> None:
            self._settled = (partner_id, found)
            task = tasks.watch(self.service.partners.print(found))
            task.then(lambda _job: self.frame.say(_("Printing")))
            task.otherwise(self.on_refused).after_bug(self.on_stopped)

        self._follow(lambda: self._settling(partner_id), shown)

    def _settling(self, partner_id: str) -> tasks.Task[PartnerSettlement]:
        partners = self.service.partners
        zone = ZoneInfo(self.work.counter.desk.shop.time_zone)
        period = period_of_days(self.settle_days, zone)
        return self.place.runner.run(partners.settling(partner_id, period))

    # -------------------------------------------------------------------- storing

    @override
    def _save(self, then: Callable[[], None]) -> None:
        draft = self._draft
        if draft is None or self.is_working:
            return
        self._problem = ("", "")
        self.frame.attempt(lambda: self._saved_as(draft, then))

    def _saved_as(self, draft: Any, then: Callable[[], None]) -> None:
        """Store what was typed; what does not fit a field is said there."""
        try:
            if isinstance(draft, CouponForm):
                self._save_coupon(draft, then)
            elif isinstance(draft, BatchForm):
                self._make_batch(draft, then)
            elif isinstance(draft, PartnerForm):
                typed = self.partner_book.typed(draft)
                self._start(
                    tasks.watch(self.service.partners.save(typed)),
                    lambda stored: self._done(stored.terms.partner_id, then),
                )
        except ApprovalNeeded:
            raise
        except GuitaiError as error:
            self.on_refused(error)

    def _save_coupon(self, form: CouponForm, then: Callable[[], None]) -> None:
        typed = draft_of(form, self.coupons.place())
        draft = self.service.with_ids(typed)

        def stored() -> None:
            self._start(
                tasks.watch(self.service.save(draft)),
                lambda template: self._done(template.template_id, then),
            )

        if draft.kind is CouponKind.PROMOTION:  # it is started by itself
            stored()
        else:
            self._store(self.service.promotion_change(draft), stored)

    def _make_batch(self, form: BatchForm, then: Callable[[], None]) -> None:
        if form.signed:
            order = self.batches.order(form)
            printing = self.service.signed.print(order.template_id, order.count)
            self._start(tasks.watch(printing), lambda count: self._signed(count, then))
            return
        making = self.service.batches.making(self.batches.order(form))

        def made(batch: MadeBatch) -> None:
            self._done(batch.batch.batch_id, then)
            if not form.printed:
                self._save_table("coupons", batch.table)

        self._start(self.place.runner.run(making), made)

    def _signed(self, count: int, then: Callable[[], None]) -> None:
        self._done("", then)
        words = plural("{count} coupon printed", "{count} coupons printed", count)
        self.frame.say(words)

    def _save_table(self, name: str, table: str) -> None:
        desk = self.work.counter.desk
        day = desk.business_day()
        folder = self.work.upkeep.export_file(day, day).parent
        file = folder / f"{name}_{day}_{desk.ids.new()[-6:]}.csv"
        task = self.place.runner.run(lambda: save_table(table, file))
        task.then(lambda path: self.frame.say(_("Saved as {file}", file=str(path))))
        task.otherwise(self.on_refused).after_bug(self.on_stopped)

    def _follow(
        self, begin: Callable[[], tasks.Task[Any]], shown: Callable[[Any], None]
    ) -> None:
        """Do something at once that is no part of the draft; then read anew."""
        if self.is_working:
            return

        def done(value: Any) -> None:
            self._listed = None
            shown(value)
            if not self.is_dirty:
                self._open(self._chosen)

        self.frame.attempt(lambda: self._start(begin(), done))

    def _start(self, task: tasks.Task[Any], then: Callable[[Any], None]) -> None:
        self.is_working = True
        self.changed.emit()

        def stored(value: Any) -> None:
            self.is_working = False
            then(value)
            self.changed.emit()

        task.then(stored).otherwise(self.on_refused).after_bug(self.on_stopped)

    def _done(self, key: str, then: Callable[[], None]) -> None:
        self._listed = None
        self._stored = self._draft = None
        self._open(key)
        then()
