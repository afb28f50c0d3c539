"""Who may let how much go (抹零), when it is given and when the sale ends."""

from __future__ import annotations

from pos_app.domain.basket import Basket
from pos_app.domain.permission import Permission, Staff
from pos_app.errors import UserError
from pos_app.services.desk import Desk


def giver_of(desk: Desk, amount_minor: int) -> Staff:
    """Return the cashier if they may let an amount go.

    Raises:
        UserError: "not_permitted", "round_off_absurd" or "round_off_over_cap".
    """
    staff = desk.session.require(Permission.ROUND_OFF)
    if amount_minor < 0:
        raise UserError("round_off_absurd")
    cap_minor = staff.role.round_off_cap_minor
    if amount_minor > cap_minor:
        raise UserError("round_off_over_cap", cap_minor=cap_minor)
    return staff


def refuse_unowned(desk: Desk, basket: Basket, cashier: Staff) -> None:
    """Refuse to end a sale with an amount let go that nobody answers for.

    Who gave it answers for it, also when somebody else ends the sale; it stands
    in the sale under their id. If their role may no longer, the cashier must.

    Raises:
        UserError: "round_off_over_cap".
    """
    amount_minor = basket.round_off_minor
    givers = [x for x in desk.catalog.staff() if x.staff_id == basket.round_off_by]
    if amount_minor and not any(_may(x, amount_minor) for x in (*givers, cashier)):
        cap_minor = cashier.role.round_off_cap_minor
        if not cashier.may(Permission.ROUND_OFF):
            cap_minor = 0
        raise UserError("round_off_over_cap", cap_minor=cap_minor)


def _may(staff: Staff, amount_minor: int) -> bool:
    within = amount_minor <= staff.role.round_off_cap_minor
    return staff.may(Permission.ROUND_OFF) and within
