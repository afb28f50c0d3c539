"""A number that is no longer a member's: its holding ends, and the profile forgets it."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.member.phone_holding import HoldingEnd
from pos_app.domain.member.profile_codec import profile_bytes, profile_of
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.member_vault import MemberVault
from pos_app.values.times import Timestamp


def release_phone(
    unit: UnitOfWork,
    vault: MemberVault,
    member_id: str,
    at: Timestamp,
    why: HoldingEnd,
) -> None:
    """Take a member's number away; history, points and cards stay.

    Args:
        unit: the transaction.
        vault: opens and seals the profile.
        member_id: who held it, under their own id.
        at: when it ended.
        why: re-issued by the operator, changed, merged.
    """
    unit.members.end_phone(member_id, at, why)
    record = unit.members.of(member_id)
    if record is None or record.sealed.is_erased:
        return
    left = replace(profile_of(vault.open(record.sealed)), phone=None)
    sealed = vault.reseal(record.sealed, profile_bytes(left))
    unit.members.put_profile(sealed, vault.indices(left))
