"""Who may change whom: nobody rises by their own hand, and no shop is left shut."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.domain.permission import Permission, Role, Staff
from pos_app.errors import UserError

#: What somebody who can sign on must hold, or the shop could never be changed again.
KEEPERS = frozenset({Permission.PEOPLE, Permission.SETTINGS})


def covers(mine: Role, theirs: Role) -> bool:
    """Tell whether a role may all that another may, and as far."""
    return not excess(mine, theirs)


def excess(mine: Role, theirs: Role) -> tuple[str, ...]:
    """Return what another role has beyond mine: permissions, then caps, by key."""
    found = sorted(x.value for x in theirs.permissions - mine.permissions)
    if theirs.limits.discount_cap > mine.limits.discount_cap:
        found.append("discount_cap")
    if theirs.round_off_cap_minor > mine.round_off_cap_minor:
        found.append("round_off_cap")
    caps = (
        ("refund_cap", mine.limits.refund_cap_minor, theirs.limits.refund_cap_minor),
        (
            "paid_out_cap",
            mine.limits.paid_out_cap_minor,
            theirs.limits.paid_out_cap_minor,
        ),
    )
    found += [key for key, own, other in caps if _is_beyond(own, other)]
    return tuple(found)


def is_above_all(giver: Role, everybody: Iterable[Staff]) -> bool:
    """Tell whether nobody at work has more rights than a role.

    Whoever stands above all may give what nobody has yet: else a permission that
    was lost, or came with a new release, could never be given again.
    """
    return all(covers(giver, one.role) for one in everybody if one.is_active)


def refuse_rise(giver: Role, wanted: Role, everybody: Iterable[Staff]) -> None:
    """Refuse to give more than one has.

    Args:
        giver: of whoever changes something.
        wanted: what shall be given.
        everybody: who works here now.

    Raises:
        UserError: "role_gives_more" with the first permission or cap beyond.
    """
    beyond = excess(giver, wanted)
    if beyond and not is_above_all(giver, everybody):
        raise UserError("role_gives_more", what=beyond[0], role=wanted.name)


def refuse_above(giver: Role, person: Staff) -> None:
    """Refuse to change somebody who may more than whoever changes them.

    Raises:
        UserError: "staff_has_more".
    """
    if not covers(giver, person.role):
        raise UserError("staff_has_more", name=person.name)


def refuse_orphaned(people: Iterable[tuple[Staff, bool]]) -> None:
    """Refuse a staff among whom nobody could run the shop.

    Args:
        people: everybody as they will be, and whether each can sign on.

    Raises:
        UserError: "last_manager".
    """
    if not any(
        person.is_active and can_sign_on and person.role.permissions >= KEEPERS
        for person, can_sign_on in people
    ):
        raise UserError("last_manager")


def _is_beyond(own_minor: int | None, other_minor: int | None) -> bool:
    """Compare two caps; None is no cap at all."""
    if own_minor is None:
        return False
    return other_minor is None or other_minor > own_minor
