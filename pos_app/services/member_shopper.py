"""What promotions and rewards know of a member: never a name, never a number."""

from __future__ import annotations

from pos_app.domain.member.profile_codec import profile_of
from pos_app.domain.promotion.occasion import Shopper
from pos_app.errors import UserError
from pos_app.ports.members import MemberLookups, MemberRecord
from pos_app.services.desk import Desk
from pos_app.services.tier_benefits import with_tier


def shopper_of(desk: Desk, members: MemberLookups, member_id: str) -> Shopper:
    """Return a member as promotions see them; the person's kept id stands for all.

    Args:
        desk: whose readers know tiers and groups, as committed; and the vault.
        members: of the readers, or of a transaction.
        member_id: any id of the person.

    Raises:
        UserError: "member_unknown", "member_erased".
    """
    ids = members.ids_of(member_id)
    record = members.of(ids[0])
    if record is None:
        raise UserError("member_unknown")
    return shopper_from(desk, members, record, ids)


def shopper_from(
    desk: Desk, members: MemberLookups, record: MemberRecord, ids: tuple[str, ...]
) -> Shopper:
    """Return the shopper of a member who was read already.

    Raises:
        UserError: "member_erased".
    """
    member = record.member
    born = profile_of(desk.vault.open(record.sealed)).birthday
    tags = {*member.tags, *desk.ledger.campaigns.tags_of(ids)}
    plain = Shopper(
        member_id=member.member_id,
        tags=tuple(sorted(tags)),
        is_newcomer=not members.has_bought(ids),
        birth_month=born.month if born else 0,
        birth_day=born.day if born else 0,
        is_staff=bool(member.staff_id),
    )
    return with_tier(desk, plain)
