"""A person who asks to be forgotten, and is forgotten again after a restore.

The person's key is destroyed, and with it everything that was sealed under it; what
finds them goes as well. Sales, points and value keep an id that says nothing of
anybody (PIPL article 47, GDPR article 17). The ids are written down outside of the
ledger: an older backup still holds the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from pos_app.domain.coupon import facts
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk
from pos_app.values.times import Timestamp

#: What the journal says of coupons that go with the person.
REASON = "member_erased"


@dataclass(frozen=True, slots=True)
class ErasureReview:
    """What becomes of a person's balances.

    Attributes:
        ids: of the person. points, coupons: that are given up.
        value_minor: in wallets; it is paid back first, never given up in silence.
        is_in_sale: the person is in the open sale, or in a parked one.
    """

    ids: tuple[str, ...]
    points: int
    coupons: int
    value_minor: int
    is_in_sale: bool

    @property
    def error(self) -> UserError | None:
        """Why it cannot be done now; None when it can."""
        if self.value_minor:
            return UserError("member_erase_value", amount_minor=self.value_minor)
        return UserError("member_erase_in_sale") if self.is_in_sale else None


class MemberErasure:
    """Erases persons."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def review(self, member_id: str) -> ErasureReview:
        """Return what a person still has; on any thread."""
        ledger = self._desk.ledger
        ids = ledger.members.ids_of(member_id)
        wallets = ledger.stored_value.wallets(ids)
        accounts = [ledger.stored_value.account(x.account_id) for x in wallets]
        open_sale = ledger.open_sale()
        shoppers = [open_sale.basket.shopper] if open_sale else []
        shoppers += [parked.sale.basket.shopper for parked in ledger.parked.all()]
        return ErasureReview(
            ids=ids,
            points=sum(ledger.points.balances(ids).values()),
            coupons=len(ledger.coupons.of_member(ids)),
            value_minor=sum(x.paid_minor + x.bonus_minor for x in accounts),
            is_in_sale=any(x is not None and x.member_id in ids for x in shoppers),
        )

    def erase(self, member_id: str) -> Future[tuple[str, ...]]:
        """Destroy what is personal of a person; points and coupons go with it.

        Returns:
            The ids of the person.

        Raises:
            UserError: "member_erase_value" with the amount while money is in a
                wallet, "member_erase_in_sale"; both with the future too, of what
                was written since, and "member_unknown".
            ApprovalNeeded: "not_permitted".
        """
        review = self.review(member_id)
        if review.error is not None:
            raise review.error
        self._desk.allow(Demand(Permission.MEMBER_REVEAL, subject=member_id))
        stamp, event_id = self._desk.stamp(), self._desk.ids.new()

        def work(unit: UnitOfWork) -> tuple[str, ...]:
            ids = unit.members.ids_of(member_id)
            _refuse_value(unit, ids)
            _refuse_in_sale(unit, ids)
            points = unit.points.forfeit(ids, event_id, stamp.at)
            coupons = self._revoke(unit, ids, stamp.at)
            papers = wipe(unit, ids, stamp.at)
            body = {"members": list(ids), "points": points, "coupons": coupons}
            told = {**body, "papers": papers, "event_id": event_id}
            unit.append(EntryKind.MEMBER_ERASED, told, stamp)
            return ids

        done = self._desk.record(work)
        done.add_done_callback(lambda future: self._remember(future, stamp.at))
        return done

    def again(self) -> int:
        """Forget everybody of the list whom an older copy brought back; at a start.

        Returns:
            How many were erased again.
        """
        desk = self._desk
        listed = tuple(desk.erased.all())
        back = desk.ledger.members.unerased(listed) if listed else ()
        if back:
            stamp = Stamp("", desk.business_day(), desk.clock.now())
            desk.record(lambda unit: self._again(unit, back, stamp)).result()
        return len(back)

    def write_list(self) -> None:
        """Write down outside of the ledger whom it says to be erased; any thread.

        A restored till has a ledger that knows of them and perhaps no list.
        """
        known = self._desk.ledger.members.erased_ids()
        if known:
            self._desk.erased.add({who: Timestamp(at) for who, at in known.items()})

    def _again(self, unit: UnitOfWork, back: Sequence[str], stamp: Stamp) -> None:
        event_id = self._desk.ids.new()
        points = unit.points.forfeit(back, event_id, stamp.at)
        coupons = self._revoke(unit, back, stamp.at)
        papers = wipe(unit, back, stamp.at)
        body = {"members": list(back), "points": points, "coupons": coupons}
        told = {**body, "papers": papers, "event_id": event_id, "again": True}
        unit.append(EntryKind.MEMBER_ERASED, told, stamp)

    def _revoke(self, unit: UnitOfWork, ids: Sequence[str], at: Timestamp) -> int:
        """Take the coupons of a person back; return how many."""
        coupons = unit.coupons.of_member(ids)
        for coupon in coupons:
            fact_id = self._desk.ids.new()
            stamp = facts.Stamp(fact_id, coupon.coupon_id, at)
            unit.coupons.add(facts.Revoked(stamp, REASON))
        return len(coupons)

    def _remember(self, done: Future[tuple[str, ...]], at: Timestamp) -> None:
        """Write the ids down outside of the ledger, once they are erased in it."""
        if done.exception() is None:
            self._desk.erased.add(dict.fromkeys(done.result(), at))


def wipe(unit: UnitOfWork, ids: Sequence[str], at: Timestamp) -> int:
    """Destroy keys, indices, slips and notes; return how many slips."""
    for member_id in ids:
        unit.members.erase(member_id, at)
    for parked in unit.parked.all():
        shopper = parked.sale.basket.shopper
        if shopper is not None and shopper.member_id in ids:
            unit.parked.rename(parked.sale.basket.basket_id, "")
    return unit.members.wipe_papers(ids)


def _refuse_value(unit: UnitOfWork, ids: Sequence[str]) -> None:
    """Refuse whoever got money into a wallet since it was looked at."""
    for row in unit.stored_value.wallets(ids):
        account = unit.stored_value.account(row.account_id)
        left = account.paid_minor + account.bonus_minor
        if left:
            raise UserError("member_erase_value", amount_minor=left)


def _refuse_in_sale(unit: UnitOfWork, ids: Sequence[str]) -> None:
    """Refuse whoever came into the open sale since it was looked at."""
    sale = unit.open_sale()
    shopper = sale.basket.shopper if sale else None
    if shopper is not None and shopper.member_id in ids:
        raise UserError("member_erase_in_sale")
