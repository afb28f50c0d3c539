"""One member changed in one transaction; journalled by field, never by value.

The journal is kept for ever, so it says that a name was changed and by whom, not what
it was (law 14).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.member import MemberProfile
from pos_app.domain.member.profile_codec import profile_bytes, profile_of
from pos_app.domain.permission import Permission
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.ports.members import MemberRecord
from pos_app.services.desk import Desk
from pos_app.values.times import BusinessDay


class MemberWork:
    """What every change of a member has in common."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _change(
        self,
        member_id: str,
        change: Callable[[MemberProfile, BusinessDay], MemberProfile],
    ) -> Future[None]:
        def work(unit: UnitOfWork, record: MemberRecord, stamp: Stamp) -> list[str]:
            before = self._open(record)
            after = change(before, stamp.business_day)
            fields = changed_fields(before, after)
            if fields:
                self._put(unit, record, after)
            return fields

        return self._work(member_id, work)

    def _work(
        self,
        member_id: str,
        work: Callable[[UnitOfWork, MemberRecord, Stamp], list[str]],
    ) -> Future[None]:
        self._desk.allow(Permission.MEMBER_EDIT)
        stamp = self._desk.stamp()

        def whole(unit: UnitOfWork) -> None:
            record = unit.members.of(member_id)
            if record is None:
                raise UserError("member_unknown")
            if record.sealed.is_erased:
                raise UserError("member_erased")
            fields = work(unit, record, stamp)
            if fields:
                body = {"member": member_id, "fields": fields}
                unit.append(EntryKind.MEMBER_CHANGED, body, stamp)

        return self._desk.record(whole)

    def _open(self, record: MemberRecord) -> MemberProfile:
        return profile_of(self._desk.vault.open(record.sealed))

    def _put(
        self, unit: UnitOfWork, record: MemberRecord, profile: MemberProfile
    ) -> None:
        vault = self._desk.vault
        sealed = vault.reseal(record.sealed, profile_bytes(profile))
        unit.members.put_profile(sealed, vault.indices(profile))


def changed_fields(before: MemberProfile, after: MemberProfile) -> list[str]:
    """Return which fields of a profile differ, by name."""
    names = {"name": "name", "birthday": "birthday", "note": "note"}
    names |= {"language": "language", "pin_hash": "pin", "phone": "phone"}
    return [
        told
        for name, told in names.items()
        if getattr(before, name) != getattr(after, name)
    ]
