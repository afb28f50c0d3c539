"""Who may let how much go (抹零), when it is given and when the sale ends."""

from __future__ import annotations

from pos_app.domain.basket import Basket
from pos_app.domain.journal import EntryKind
from pos_app.domain.open_sale import OpenSale, RoundOff
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.errors import UserError
from pos_app.services.backlog import Fact
from pos_app.services.desk import Desk


def let_go(desk: Desk, current: OpenSale, amount_minor: int) -> tuple[RoundOff, Fact]:
    """Return 抹零 as an intent and what is journalled, if the cashier may give it.

    Args:
        desk: ports and shared state.
        current: the open sale.
        amount_minor: minor units; zero takes back what was let go.

    Raises:
        ApprovalNeeded: "not_permitted" without the permission, above the role's
            cap, or where the shop asks for a second person.
    """
    basket_id = current.basket.basket_id
    demand = Demand(Permission.ROUND_OFF, basket_id, amount_minor=amount_minor)
    four_eyes = desk.shop.policy.four_eyes if amount_minor else ()
    cleared = desk.session.clear(demand, four_eyes)
    body = {
        "sale": basket_id,
        "amount_minor": amount_minor,
        "approved_by": cleared.approved_by,
    }
    fact = Fact(EntryKind.ROUND_OFF_GIVEN, body, desk.stamp(current.business_day))
    return RoundOff(amount_minor, cleared.staff.staff_id, cleared.approved_by), fact


def refuse_unowned(desk: Desk, basket: Basket, cashier: Staff) -> None:
    """Refuse to end a sale with an amount let go that nobody answers for.

    Who gave or approved it answers for it, also when somebody else ends the sale;
    it stands in the sale under their ids. If they may no longer, the cashier must.

    Raises:
        UserError: "round_off_over_cap".
    """
    amount_minor = basket.round_off_minor
    if not amount_minor:
        return
    named = {basket.round_off_by, basket.round_off_approved_by}
    givers = [x for x in desk.catalog.staff() if x.staff_id in named]
    if not any(_may(x, amount_minor) for x in (*givers, cashier)):
        cap_minor = cashier.role.round_off_cap_minor
        if not cashier.may(Permission.ROUND_OFF):
            cap_minor = 0
        raise UserError("round_off_over_cap", cap_minor=cap_minor)


def _may(staff: Staff, amount_minor: int) -> bool:
    return staff.meets(Demand(Permission.ROUND_OFF, amount_minor=amount_minor))
