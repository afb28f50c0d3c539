"""The shop's rules and the goods that come back: real facts, one row each."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.basket import Basket
from pos_app.domain.permission import Permission
from pos_app.i18n import _
from pos_app.services.returnable import ReturnableSale
from ui.format import quantity
from ui.presenters.returned_view import name_of
from ui.presenters.ticket_state import PolicyView
from ui.presenters.workplace import Workplace

_GOOD, _LOCK, _WARN = "check-circle-fill", "lock-key", "warning-fill"
_NAMED = 2
_MOST_ROWS = 6

Row = tuple[str, str, bool]


class PolicyCheck:
    """Reads the receipts once for each change of the goods or of the way."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._known: tuple[object, PolicyView] | None = None

    def forget(self) -> None:
        """Read all anew: another language is in use."""
        self._known = None

    def view(self, basket: Basket, off_the_way: str) -> PolicyView:
        """Return what is checked for the open ticket; see `policy_of`."""
        counter = self._work.counter
        key = (
            basket.returns,
            off_the_way,
            counter.desk.session.staff,
            counter.park.count(),
        )
        if self._known is None or self._known[0] != key:
            ids = dict.fromkeys(x.origin.sale_id for x in basket.returns if x.origin)
            sales = [counter.returns.look(sale_id) for sale_id in ids]
            self._known = (key, policy_of(basket, sales, off_the_way, self._work))
        return self._known[1]


def policy_of(
    basket: Basket,
    sales: Sequence[ReturnableSale],
    off_the_way: str,
    work: Workplace,
) -> PolicyView:
    """Return what is checked for a ticket in which goods come back.

    Args:
        basket: the open one.
        sales: the receipts that its goods come from, as they stand.
        off_the_way: name of the chosen tender where the money does not go back as
            it came; "" where it does.
        work: knows the shop's policy.
    """
    rows = [row for sale in sales for row in _receipt_rows(sale, work)]
    if any(line.origin is None for line in basket.returns):
        rows += _loose_rows(work)
    if off_the_way:
        needs = work.counter.desk.needs_approval(Permission.REFUND_OTHER_TENDER)
        words = _("Not back as it was paid: {tender}", tender=off_the_way)
        rows.append((_LOCK if needs else _GOOD, words, needs))
    rows = [*dict.fromkeys(rows)][:_MOST_ROWS]
    needs_somebody = any(row[0] == _LOCK for row in rows)
    title = _("Policy check: all clear, no approval needed")
    if needs_somebody:
        title = _("Policy check: somebody has to agree")
    return PolicyView(title, tuple(rows))


def _receipt_rows(found: ReturnableSale, work: Workplace) -> list[Row]:
    limit = work.counter.desk.shop.policy.return_days
    days = found.days_ago
    if limit is None:
        first = (_GOOD, _("Sold {days} days ago, no day limit", days=days), False)
    elif found.is_late:
        words = _("Day {days}, the limit is {limit}", days=days, limit=limit)
        needs = work.counter.desk.needs_approval(Permission.RETURN_LATE)
        first = (_LOCK if needs else _WARN, words, True)
    else:
        words = _("{days} of {limit} days used", days=days, limit=limit)
        first = (_GOOD, words, False)
    here = _("Receipt found on this till (works offline)")
    rows = [first, (_GOOD, here, False), *_taken_row(found)]
    if work.counter.desk.needs_approval(Permission.RETURN):
        rows.append((_LOCK, _("A return needs a supervisor here"), True))
    parked = {number for row in found.lines if row.here for number in row.parked}
    if parked:
        numbers = ", ".join(x.rsplit("-", 1)[-1].lstrip("0") for x in sorted(parked))
        rows.append((_WARN, _("Also in parked #{numbers}", numbers=numbers), True))
    return rows


def _taken_row(found: ReturnableSale) -> list[Row]:
    """Say how much of the goods in this ticket came back before."""
    mine = [row for row in found.lines if row.here is not None]
    if not mine:
        return []
    before = [row for row in mine if row.taken]
    words = [
        _(
            "{name} {taken} of {sold}",
            name=name_of(row.here) if row.here else row.line.name,
            taken=quantity(row.taken),
            sold=quantity(row.sold),
        )
        for row in (before or mine)[:_NAMED]
    ]
    what = _(", ").join(words)
    if before:
        return [(_WARN, _("Came back before: {what}", what=what), True)]
    return [(_GOOD, _("Not returned before: {what}", what=what), False)]


def _loose_rows(work: Workplace) -> list[Row]:
    days = work.counter.desk.shop.policy.no_receipt_days
    needs = work.counter.desk.needs_approval(Permission.RETURN_NO_RECEIPT)
    words = _("No receipt: lowest price of the last {days} days", days=days)
    return [(_LOCK if needs else _GOOD, words, needs)]
