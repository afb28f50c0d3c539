"""Members at the counter: found, recognised, proved, enrolled; part of the open sale."""

from __future__ import annotations

from concurrent.futures import Future
from functools import cached_property
from typing import TYPE_CHECKING

from pos_app.domain.member.masking import mask_phone
from pos_app.domain.member.recognition import (
    Means,
    Recognition,
    RecognitionPolicy,
    Strength,
    stronger,
)
from pos_app.domain.offer_intents import Recognise, SetShopper
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.member_draft import EnrolDraft
from pos_app.services.member_finder import MemberFinder
from pos_app.services.member_glance import Attached, MemberGlance
from pos_app.services.member_pin import MemberPins
from pos_app.services.member_scan import MemberScan
from pos_app.services.member_shopper import shopper_from
from pos_app.services.sale import SaleService
from pos_app.services.shop_region import calling_code_of

if TYPE_CHECKING:
    from pos_app.services.member_enrolment import Enrolment

__all__ = ["Attached", "EnrolDraft", "MemberGlance", "MemberService"]


class MemberService:
    """The customer of the open sale; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService, credentials: Credentials) -> None:
        self._desk, self._sale = desk, sale
        self._finder = MemberFinder(desk)
        self._scan = MemberScan(desk, sale, self._finder)
        self._pins = MemberPins(desk, credentials)
        self._pending: tuple[Future[MemberGlance] | Future[Recognition], Means] | None
        self._pending = None

    @cached_property
    def _enrolment(self) -> Enrolment:
        # Late: coupons, campaigns and rewards are nothing for a cold start.
        from pos_app.services.member_enrolment import Enrolment

        return Enrolment(self._desk, self._finder)

    # -------------------------------------------------------------------- asking

    def find(self, text: str) -> tuple[MemberGlance, ...]:
        """Return who may be meant by a phone, four digits, a name or a card.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.MEMBERS)
        return self._finder.find(text)

    def is_member_code(self, code: str) -> bool:
        """Tell whether a scan is a member's; never true of a payment code."""
        return self._scan.is_member_code(code)

    def glance(self, member_id: str) -> MemberGlance:
        """Return a member as the counter shows them.

        Raises:
            UserError: "member_unknown", "member_erased".
        """
        members = self._desk.ledger.members
        record = members.of(members.ids_of(member_id)[0])
        if record is None:
            raise UserError("member_unknown")
        return self._finder.glances.of(record)

    @property
    def current(self) -> MemberGlance | None:
        """The member of the open sale; None for somebody unknown."""
        recognition = self.recognition
        return None if recognition is None else self.glance(recognition.member_id)

    @property
    def recognition(self) -> Recognition | None:
        """How the customer of the open sale was recognised."""
        basket = self._sale.basket
        return None if basket is None else basket.recognition

    @property
    def strength(self) -> Strength | None:
        """How strongly, at this moment; None for somebody unknown."""
        known = self.recognition
        if known is None:
            return None
        return known.strength(self._desk.clock.now(), self._policy())

    def check_phone(self, text: str, *, is_sure: bool = False) -> str:
        """Read a number that is being typed; return it masked.

        Raises:
            UserError: what `read_phone` refuses.
        """
        phone = self._finder.phone(text, is_sure=is_sure)
        return mask_phone(phone, calling_code_of(self._desk.shop))

    def known_phone(self, text: str) -> MemberGlance | None:
        """Return who holds a number; None where nobody does.

        Raises:
            UserError: what `read_phone` refuses.
        """
        found = self._finder.by_phone(self._finder.phone(text, is_sure=True))
        return None if found is None else self.glance(found)

    # --------------------------------------------------------------- recognising

    def attach(self, member_id: str, means: Means) -> Attached:
        """Make a member the customer of the open sale, or of a new one.

        The same one again changes no price and is never weaker than before.

        Raises:
            UserError: "member_unknown", "member_erased", "money_already_taken" for
                another customer while money lies there, or what pricing refuses.
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.MEMBERS)
        return self._attach(member_id, means)

    def attach_code(self, code: str) -> Attached:
        """Make the member whose code was scanned the customer.

        Raises:
            UserError: as `attach`, and what `MemberScan.read` refuses: damaged,
                forged, late, early, used, withdrawn, unknown codes.
        """
        self._desk.allow(Permission.MEMBERS)
        self._sale.ended()
        known = self.recognition
        now, policy = self._desk.clock.now(), self._policy()
        is_strong = known is not None and (
            known.means is Means.ROTATING_CODE
            and known.strength(now, policy) is Strength.STRONG
        )
        shown = self._scan.read(code, known.member_id if known and is_strong else "")
        return self._attach(shown.member_id, shown.means)

    def prove_phone(self, text: str) -> Attached:
        """Take the full number that the customer typed on their own side.

        Raises:
            UserError: what `read_phone` refuses, "member_unknown" when nobody has
                it, "member_proof_wrong" when it is not the recognised member's, and
                as `attach`.
        """
        phone = self._finder.phone(text, is_sure=True)
        found = self._finder.by_phone(phone)
        self._sale.ended()
        known = self.recognition
        if known is not None:
            ids = self._desk.ledger.members.ids_of(known.member_id)
            if found not in ids:
                self._scan.note_failed(known.member_id, "phone")
                raise UserError("member_proof_wrong")
        if found is None:
            raise UserError("member_unknown")
        return self._attach(found, Means.PHONE_TYPED)

    def prove_pin(self, text: str) -> Future[Recognition]:
        """Check the PIN that the customer typed, on the core thread.

        When the future is done call `settled`: the proof becomes part of the sale.

        Raises:
            UserError: "member_none"; from the future "member_pin_wrong" with
                `tries_left`, "member_pin_locked" with `seconds`, "member_pin_none".
        """
        self._sale.ended()
        known = self.recognition
        if known is None:
            raise UserError("member_none")
        stamp, basket = self._desk.stamp(), self._sale.basket
        assert basket is not None

        def work(unit: UnitOfWork) -> UserError | None:
            return self._pins.refusal(unit, known.member_id, text, stamp)

        proved: Future[Recognition] = Future()

        def hear(done: Future[UserError | None]) -> None:
            error = done.exception() or done.result()
            if error is not None:
                proved.set_exception(error)
            else:
                proved.set_result(known.with_pin(stamp.at))

        self._pending = (proved, known.means)
        self._desk.record(work).add_done_callback(hear)
        return proved

    def detach(self) -> None:
        """Go on without the customer; a sale of nothing else is closed.

        Raises:
            UserError: "money_already_taken".
        """
        self._sale.ended()
        if self._sale.basket is not None and self._sale.basket.shopper is not None:
            self._sale.keeper.forget_customer()

    # ------------------------------------------------------------------ enrolling

    def enrol(self, draft: EnrolDraft) -> Future[MemberGlance]:
        """Make somebody a member; `settled` then makes them the customer.

        Raises:
            UserError: what `Enrolment.check` refuses.
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.MEMBERS)
        stamp = self._desk.stamp()
        checked = self._enrolment.check(draft, stamp)
        glance = self._finder.glances.of_new(checked.member, checked.profile)

        def work(unit: UnitOfWork) -> MemberGlance:
            self._enrolment.store(unit, checked, stamp)
            return glance

        future = self._desk.record(work)
        self._pending = (future, Means.PHONE_SAID)
        return future

    def settled(self) -> Attached | None:
        """Take into the sale what an enrolment or a PIN has proved meanwhile.

        Returns:
            None where nothing waits, or where it failed.

        Raises:
            UserError: as `attach`; the member is enrolled all the same.
        """
        if self._pending is None or not self._pending[0].done():
            return None
        (future, means), self._pending = self._pending, None
        if future.exception() is not None:
            return None
        found = future.result()
        if isinstance(found, MemberGlance):
            return self._attach(found.member_id, means)
        known = self.recognition
        if known is None or known.member_id != found.member_id:
            return None
        return self._prove(known, found)

    # ------------------------------------------------------------------- one step

    def _attach(self, member_id: str, means: Means) -> Attached:
        members = self._desk.ledger.members
        ids = members.ids_of(member_id)
        record = members.of(ids[0])
        if record is None:
            raise UserError("member_unknown")
        self._sale.ended()
        known, now = self.recognition, self._desk.clock.now()
        fresh = Recognition(record.member.member_id, means, now)
        if known is not None and known.member_id == fresh.member_id:
            return self._prove(known, fresh)
        before = self._total()
        shopper = shopper_from(self._desk, members, record, ids)
        self._sale.keeper.recognise(SetShopper(shopper, fresh))
        strength = fresh.strength(now, self._policy())
        glance = self._finder.glances.of(record, shopper)
        return Attached(glance, strength, before, self._total())

    def _prove(self, known: Recognition, fresh: Recognition) -> Attached:
        """Keep the stronger of two recognitions of one customer; prices stay."""
        policy = self._policy()
        kept = stronger(known, fresh, policy)
        if kept != known:
            self._sale.accept(Recognise(kept))
        total = self._total()
        strength = kept.strength(self._desk.clock.now(), policy)
        glance = self.glance(kept.member_id)
        return Attached(glance, strength, total, total, is_same=True)

    def _total(self) -> int | None:
        priced, basket = self._sale.priced, self._sale.basket
        if priced is None or basket is None or basket.is_empty:
            return None
        return priced.total_minor

    def _policy(self) -> RecognitionPolicy:
        return self._desk.ledger.points.programme().recognition
