"""Two members who are one person: looked at side by side, made one, and two again.

No history is rewritten: a fact says which id stands for which (`domain.member.merging`).
Either phone number, card and code goes on finding the person.
"""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.merging import MemberMerge, Merges, MergeUndone
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.member_pages import MemberPages, MemberRow
from pos_app.services.points_merge import book_merge, undo_merge


class MergeReason(StrEnum):
    """Why two members are made one; the journal keeps the word, never a name."""

    SAME_PERSON = "same_person"
    NEW_NUMBER = "new_number"
    OLD_CARD = "old_card"


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of two members, with all that would follow the person.

    Attributes:
        row: as in a list. ids: of the person that it stands for now.
        coupons: that may still be used. value_minor: in wallets.
        sales: tickets, at most `MOST_COUNTED`. cards: of other makes.
        birthday: month and day; None where it is not known.
        consents: purposes in force.
    """

    row: MemberRow
    ids: tuple[str, ...]
    coupons: int
    value_minor: int
    sales: int
    cards: int
    birthday: tuple[int, int] | None
    consents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What both have, and what the person would have.

    Attributes:
        kept, absorbed: the two. points, coupons, value_minor: together.
        doubts: keys of what speaks against it: "birthdays", "staff", "names".
    """

    kept: MergeSide
    absorbed: MergeSide
    points: int
    coupons: int
    value_minor: int
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldMerge:
    """A merge that holds, in the history of a person."""

    merge: MemberMerge
    on: date


MOST_COUNTED = 10_000


class MemberMerging:
    """Merges members and takes a merge back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages = MemberPages(desk)
        self._zone = ZoneInfo(desk.shop.time_zone)

    def preview(self, kept_id: str, absorbed_id: str) -> MergePreview:
        """Return both side by side; on any thread.

        Raises:
            UserError: "member_unknown", "member_erased", "member_merge_self" (they
                are one already).
        """
        kept, absorbed = self.side(kept_id), self.side(absorbed_id)
        if kept.ids[0] == absorbed.ids[0]:
            raise UserError("member_merge_self")
        doubts = []
        if kept.birthday and absorbed.birthday and kept.birthday != absorbed.birthday:
            doubts.append("birthdays")
        if kept.row.name and absorbed.row.name and kept.row.name != absorbed.row.name:
            doubts.append("names")
        staff = [
            self._desk.ledger.members.of(side.row.member_id)
            for side in (kept, absorbed)
        ]
        if any(record is not None and record.member.staff_id for record in staff):
            doubts.append("staff")
        return MergePreview(
            kept=kept,
            absorbed=absorbed,
            points=kept.row.points + absorbed.row.points,
            coupons=kept.coupons + absorbed.coupons,
            value_minor=kept.value_minor + absorbed.value_minor,
            doubts=tuple(doubts),
        )

    def side(self, member_id: str) -> MergeSide:
        """Return one member with all that follows the person; on any thread.

        Raises:
            UserError: "member_unknown", "member_erased".
        """
        ledger = self._desk.ledger
        detail = self._pages.detail(member_id)
        if detail.row.is_erased:
            raise UserError("member_erased")
        wallets = ledger.stored_value.wallets(detail.ids)
        accounts = [ledger.stored_value.account(x.account_id) for x in wallets]
        consents = detail.member.consents
        return MergeSide(
            row=detail.row,
            ids=detail.ids,
            coupons=len(ledger.coupons.of_member(detail.ids)),
            value_minor=sum(x.paid_minor + x.bonus_minor for x in accounts),
            sales=len(ledger.members.sales_of(detail.ids, MOST_COUNTED)),
            cards=len([card for card in detail.cards if card.until is None]),
            birthday=detail.birthday,
            consents=tuple(
                dict.fromkeys(
                    x.purpose.value
                    for x in consents.entries
                    if consents.allows(x.purpose)
                )
            ),
        )

    def merge(
        self, kept_id: str, absorbed_id: str, reason: MergeReason
    ) -> Future[MemberMerge]:
        """Make two members one person.

        Raises:
            UserError: "member_merge_self", "member_merge_done",
                "member_merge_circle", "member_erased", "member_unknown", all with
                the future. ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Demand(Permission.MEMBER_EDIT, subject=absorbed_id))
        stamp, merge_id = self._desk.stamp(), self._desk.ids.new()

        def work(unit: UnitOfWork) -> MemberMerge:
            _refuse_gone(unit, kept_id, absorbed_id)
            # The heads of two chains are made one, however they were asked for.
            kept = unit.members.ids_of(kept_id)[0]
            absorbed = unit.members.ids_of(absorbed_id)[0]
            fact = MemberMerge(
                merge_id, kept, absorbed, stamp.at, stamp.actor, reason.value
            )
            unit.members.add_merge(fact)
            book_merge(unit, self._zone, fact, stamp)
            body = {"merge_id": merge_id, "kept": kept, "absorbed": absorbed}
            told = {**body, "reason": reason.value}
            unit.append(EntryKind.MEMBER_MERGED, told, stamp)
            return fact

        return self._desk.record(work)

    def undo(self, merge_id: str) -> Future[None]:
        """Let both be themselves again; what each did in between stays theirs.

        A colleague's card that one of them was before stays that one's alone.

        Raises:
            UserError: "member_merge_unknown", with the future.
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Demand(Permission.MEMBER_EDIT, subject=merge_id))
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> None:
            fact = _merge_of(unit.members.merges(), merge_id)
            unit.members.undo_merge(MergeUndone(merge_id, stamp.at, stamp.actor))
            undo_merge(unit, fact, stamp)
            _part_staff(unit, fact, stamp)
            body = {"merge_id": merge_id, "kept": fact.kept_id}
            told = {**body, "absorbed": fact.absorbed_id, "undone": True}
            unit.append(EntryKind.MEMBER_MERGED, told, stamp)

        return self._desk.record(work)

    def held(self, member_id: str) -> tuple[HeldMerge, ...]:
        """Return the merges that made a person, the latest first."""
        members = self._desk.ledger.members
        ids = set(members.ids_of(member_id))
        facts = members.merges_of(member_id).facts
        theirs = [x for x in facts if x.kept_id in ids or x.absorbed_id in ids]
        return tuple(
            HeldMerge(fact, fact.at.at(self._zone).date()) for fact in reversed(theirs)
        )


def _refuse_gone(unit: UnitOfWork, *ids: str) -> None:
    for member_id in ids:
        record = unit.members.of(member_id)
        if record is None:
            raise UserError("member_unknown")
        if record.sealed.is_erased:
            raise UserError("member_erased")


def _part_staff(unit: UnitOfWork, fact: MemberMerge, stamp: Stamp) -> None:
    """Let one of the staff be one member: whoever was it before they were one."""
    working = {
        record.member.staff_id
        for each in unit.members.ids_of(fact.absorbed_id)
        if (record := unit.members.of(each)) is not None
    }
    for each in unit.members.ids_of(fact.kept_id):
        record = unit.members.of(each)
        if record is not None and record.member.staff_id in working - {""}:
            unit.members.set_staff(each, "")
            body = {"member": each, "fields": ["staff"]}
            unit.append(EntryKind.MEMBER_CHANGED, body, stamp)


def _merge_of(merges: Merges, merge_id: str) -> MemberMerge:
    for fact in merges.facts:
        if fact.merge_id == merge_id:
            return fact
    raise UserError("member_merge_unknown")
