"""What the two-line display says, from what the customer's screen shows."""

from __future__ import annotations

from pos_app.documents.line_display import DisplayRow, two_lines
from pos_app.domain.item import SellingUnit
from pos_app.i18n import Words
from pos_app.services.weighing import WeighingSight
from ui.format import amount, quantity
from ui.presenters.customer_state import CustomerMode, CustomerState
from ui.presenters.ticket_view import unit_symbol

Lines = tuple[str, str]


def customer_lines(state: CustomerState, *, is_served: bool) -> Lines:
    """Return both lines of what the customer sees."""
    words = Words(state.language)
    due = DisplayRow(state.label, state.amount)
    if state.mode is CustomerMode.BASKET and state.lines:
        line = next((x for x in state.lines if x.line_id == state.newest), None)
        newest = line or state.lines[-1]
        return two_lines(DisplayRow(newest.name, newest.total), due)
    if state.mode is CustomerMode.BASKET and state.member is not None:
        member = state.member
        return two_lines(DisplayRow(member.greeting), DisplayRow(member.balance))
    if state.mode in (CustomerMode.PAYMENT, CustomerMode.DONE):
        first = state.sums[0] if state.sums else None
        said = state.title if state.mode is CustomerMode.DONE else state.shop_name
        upper = DisplayRow(first.label, first.value) if first else DisplayRow(said)
        return two_lines(upper, due)
    below = state.training or (state.title if is_served else words("Till closed"))
    return two_lines(DisplayRow(state.shop_name), DisplayRow(below))


def weighing_lines(
    unit: SellingUnit, sight: WeighingSight, words: Words, currency: str
) -> Lines:
    """Return both lines while goods lie on the scale."""
    assert unit.price is not None
    symbol = unit_symbol(unit)
    each = f"{amount(unit.price.minor, currency)}/{symbol}"
    upper = DisplayRow(unit.name_in(words.language), each)
    if sight.quantity is None or sight.total_minor is None:
        return two_lines(upper, DisplayRow("–", ""))
    weight = quantity(sight.quantity, symbol)
    total = amount(sight.total_minor, currency)
    return two_lines(upper, DisplayRow(weight, total))
