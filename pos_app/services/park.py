"""Parked sales: set aside, taken up again, merged, given up."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from pos_app.domain.basket import Basket
from pos_app.domain.correction import VoidedSale
from pos_app.domain.intents_together import apply_all
from pos_app.domain.journal import EntryKind
from pos_app.domain.numbering import is_parked_number
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.domain.pricing import price_basket
from pos_app.domain.sale import DocumentKind
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.backlog import Accepted
from pos_app.services.coupon_reserving import release_basket, void_basket
from pos_app.services.desk import Desk
from pos_app.services.offers import offers_for
from pos_app.services.open_shift import shift_finder
from pos_app.services.parked_slip import ParkedSlipService
from pos_app.services.resumed_sale import (
    Renewals,
    Resumed,
    brought_along,
    outcome_of,
    parked_body,
    renewals,
    without_gifts,
)
from pos_app.services.sale import SaleService
from pos_app.services.slip_forms import SlipFormService
from pos_app.services.typed_code import clean_note
from pos_app.services.typed_text import typed_text

NAME_LIMIT = 40


class ParkService:
    """Parks and resumes; used from the sale's thread.

    What is asked for is a future, done after the commit. The caller calls `settled`
    when it is good, as after the end of a sale; the open sale stays until then.
    """

    def __init__(self, desk: Desk, sale: SaleService, forms: SlipFormService) -> None:
        self._desk = desk
        self._sale = sale
        self.slips = ParkedSlipService(desk, forms)

    # ------------------------------------------------------------------ reading

    def all(self) -> Sequence[ParkedSale]:
        """Return the parked sales, the oldest first."""
        return self._desk.ledger.parked.all()

    def count(self) -> int:
        """Return how many there are; quick."""
        return self._desk.ledger.parked.count()

    def age_minutes(self, parked: ParkedSale) -> int:
        """Return for how many whole minutes a sale has been parked."""
        passed_ms = self._desk.clock.now().unix_ms - parked.parked_at.unix_ms
        return max(0, passed_ms // 60_000)

    def by_slip(self, code: str) -> ParkedSale | None:
        """Return the parked sale of a scanned slip; None for any other code.

        Raises:
            UserError: "parked_gone" when it was resumed or voided,
                "parked_elsewhere" for the slip of another till.
        """
        number = typed_text(code, NAME_LIMIT).upper()
        if not is_parked_number(number):
            return None
        found = self._desk.ledger.parked.by_number(number)
        if found is not None:
            return found
        if number.partition("-")[0] != self._desk.shop.till:
            raise UserError("parked_elsewhere", number=number)
        raise UserError("parked_gone", number=number)

    # ------------------------------------------------------------------ changes

    def park(self, name: str = "", *, print_slip: bool = False) -> Future[ParkedSale]:
        """Set the open sale aside, durable when the future is done.

        Args:
            name: words to know it by, such as 白衬衫女士; may be empty.
            print_slip: whether the slip that brings it back is printed.

        Raises:
            UserError: "not_permitted", "basket_empty", "money_already_taken",
                "commit_under_way", "reversal_not_parked" for the mirror of a
                finished sale, or what `clean_note` refuses.
        """
        staff = self._may_change(Permission.PARK)
        words = clean_note(name)[:NAME_LIMIT]
        self._sale.keeper.settle_price()
        sale, priced = self._sale.current, self._sale.priced
        if sale is None or priced is None or sale.is_empty:
            raise UserError("basket_empty")
        if sale.has_money:
            raise UserError("money_already_taken")
        if sale.basket.reverses:
            raise UserError("reversal_not_parked")
        stamp, form = self._desk.stamp(), self.slips.form(sale)
        returned_minor = sum(line.paid_minor for line in sale.basket.returns)
        parked = ParkedSale(
            sale=sale,
            number="",
            name=words,
            parked_at=stamp.at,
            parked_by=staff.staff_id,
            parked_by_name=staff.name,
            business_day=stamp.business_day,
            total_minor=priced.total_minor - returned_minor,
            item_count=priced.item_count + len(sale.basket.unknown_lines),
        )

        def work(unit: UnitOfWork) -> ParkedSale:
            number = unit.next_number(form.shop.till, DocumentKind.PARKED)
            numbered = replace(parked, number=number)
            unit.parked.park(numbered)
            unit.append(EntryKind.SALE_PARKED, parked_body(numbered), stamp)
            if print_slip:
                self.slips.queue(unit, numbered, form)
            return numbered

        future = self._desk.record(work)
        self._sale.end_with(future)
        self.slips.wake_after(future)
        return future

    def resume(self, basket_id: str) -> Future[Resumed]:
        """Take a parked sale up again, at the prices of now.

        It belongs to whoever resumes it and to the business day of this moment.

        Raises:
            UserError: "not_permitted", "commit_under_way", "basket_not_empty",
                or "parked_gone" (from the future too: somebody was quicker).
        """
        staff = self._may_change(Permission.PARK)
        current = self._sale.current
        if current is not None and not current.is_empty:
            raise UserError("basket_not_empty")
        parked = self._found(basket_id)
        self._sale.refresh_rules()
        stamp = self._desk.stamp()
        sale = replace(
            parked.sale, cashier_id=staff.staff_id, business_day=stamp.business_day
        )
        rules = self._sale.rules
        found = renewals(self._desk, sale, rules, stamp.at)
        accepted = found.intents
        after = apply_all(sale, accepted)
        done = outcome_of(self._desk, parked, after, rules, found)
        empty_id = current.basket.basket_id if current is not None else ""

        def work(unit: UnitOfWork) -> Resumed:
            unit.parked.take(basket_id, parked.number)
            release_basket(unit, empty_id, stamp.at)  # it gives its place up
            unit.parked.reopen(sale)
            self._store(unit, sale, accepted, stamp)
            unit.append(EntryKind.SALE_RESUMED, done.body, stamp)
            return done

        future = self._desk.record(work)
        self._sale.end_with(future, after)
        return future

    def merge(self, basket_id: str) -> Future[Resumed]:
        """Add a parked sale's lines to the open basket (并入本单); it ends by that.

        A discount on the whole parked sale and its 抹零 do not come along: they
        were given for that sale.

        Raises:
            UserError: as `resume`, "basket_empty" when nothing is open,
                "money_already_taken", "merge_has_returns" when goods come back
                in either, or what the basket refuses.
        """
        self._may_change(Permission.PARK)
        before = self._sale.current
        if before is None or before.is_empty:
            raise UserError("basket_empty")
        if before.has_money:
            raise UserError("money_already_taken")
        parked = self._found(basket_id)
        if before.basket.returns or parked.sale.basket.returns:
            raise UserError("merge_has_returns", number=parked.number)
        rules, stamp = self._sale.rules, self._desk.stamp()
        at = self._desk.price_moment()  # one basket, one moment: the open one's
        fresh = renewals(self._desk, parked.sale, rules, at).intents
        theirs, merge = apply_all(parked.sale, fresh), rules.merge_same_items
        accepted = brought_along(before.basket, theirs.basket, merge=merge)
        after = apply_all(before, accepted)
        offers = offers_for(self._desk, after)
        price_basket(after.basket, rules, stamp.at, offers)  # refuse before, not after
        alone = apply_all(without_gifts(parked.sale), fresh)
        done = outcome_of(self._desk, parked, alone, rules, Renewals(fresh, None))
        done = replace(done, sale=after)
        body = {**done.body, "into": before.basket.basket_id}

        def work(unit: UnitOfWork) -> Resumed:
            unit.parked.take(basket_id, parked.number)
            release_basket(unit, basket_id, stamp.at)
            self._store(unit, before, accepted, stamp)
            unit.append(EntryKind.SALE_RESUMED, body, stamp)
            return done

        future = self._desk.record(work)
        self._sale.end_with(future, after)
        return future

    def void(self, basket_id: str, reason: str) -> Future[VoidedSale]:
        """Give a parked sale up, with a reason; a document of the series of voids.

        Raises:
            UserError: "not_permitted", "reason_unknown" or "parked_gone".
        """
        parked = self._found(basket_id)
        if reason not in {x.key for x in self._desk.catalog.reasons("sale_void")}:
            raise UserError("reason_unknown", reason=reason[:20])
        staff = self._desk.allow(Demand(Permission.SALE_VOID, basket_id)).staff
        stamp, till = self._desk.stamp(), self._desk.shop.till
        find_shift = shift_finder(self._desk, staff, stamp)

        def work(unit: UnitOfWork) -> VoidedSale:
            unit.parked.take(basket_id, parked.number)
            void = VoidedSale(
                sale_id=basket_id,
                number=unit.next_number(till, DocumentKind.VOID),
                till=till,
                cashier_id=staff.staff_id,
                cashier_name=staff.name,
                business_day=stamp.business_day,
                ended_at=stamp.at,
                reason=reason,
                lines=parked.sale.basket.lines,
                total_minor=parked.total_minor,
                shift_id=find_shift(unit),
            )
            void_basket(unit, void)
            return void

        return self._desk.record(work)

    def rename(self, basket_id: str, name: str) -> Future[None]:
        """Give a parked sale other words; words are no fact for the journal.

        Raises:
            UserError: "not_permitted", what `clean_note` refuses, or (from the
                future) "parked_gone".
        """
        self._desk.allow(Permission.PARK)
        words = clean_note(name)[:NAME_LIMIT]
        return self._desk.record(lambda unit: unit.parked.rename(basket_id, words))

    def settled(self) -> None:
        """Go on with what is open after a park, resume or merge that was good."""
        self._sale.ended()

    # ----------------------------------------------------------------- one step

    def _may_change(self, permission: Permission) -> Staff:
        """Return the cashier if they may, and if no commit is on its way."""
        if self._sale.is_ending:
            raise UserError("commit_under_way")
        self._sale.ended()
        return self._desk.allow(permission).staff

    def _found(self, basket_id: str) -> ParkedSale:
        parked = self._desk.ledger.parked.of(basket_id)
        if parked is None:
            raise UserError("parked_gone", number="")
        return parked

    def _store(
        self,
        unit: UnitOfWork,
        before: OpenSale,
        accepted: Sequence[Intent],
        stamp: Stamp,
    ) -> None:
        """Store what the change makes of a sale, in the very same transaction."""
        header = replace(before, basket=Basket(before.basket.basket_id), tenders=())
        rows = (Accepted(header, intent, stamp.at) for intent in accepted)
        self._desk.backlog.store_beside(unit, *rows)
