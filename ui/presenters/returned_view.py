"""Goods that come back as lines and sums of the ticket; shared by all screens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from pos_app.documents.kept_back_words import kept_parts
from pos_app.domain.basket import Basket
from pos_app.domain.item import SellBy
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.returned_line import ReturnedLine
from pos_app.i18n import Words, _, current_language
from pos_app.services.exchange import paid_per_unit_minor
from ui.format import MINUS, amount, quantity
from ui.presenters.ticket_state import LineView, SumTone, SumView
from ui.presenters.workplace import Workplace

_UNIT_SYMBOLS = {"KGM": "kg", "GRM": "g"}
_Key: TypeAlias = tuple[ReturnedLine, int, str, str]


def name_of(line: ReturnedLine) -> str:
    """Return the name in the cashier's language."""
    return dict(line.names).get(current_language(), line.name)


def reason_names(work: Workplace) -> dict[str, str]:
    """Return the reasons for a return in the cashier's language, by key."""
    language = current_language()
    known = work.counter.desk.catalog.known_reasons()
    return {x.key: x.name_in(language) for x in known if x.use == "return"}


class ReturnedLines:
    """Goods that come back as ticket lines; one that did not change is kept."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._kept: dict[str, tuple[_Key, LineView]] = {}

    def of(self, returns: Iterable[ReturnedLine]) -> tuple[LineView, ...]:
        """Return goods that come back, below zero, in their order from number 1.

        Args:
            returns: of the open basket; those of another are built anew.
        """
        lines, language = tuple(returns), current_language()
        names = reason_names(self._work) if lines else {}
        fresh: dict[str, tuple[_Key, LineView]] = {}
        for position, line in enumerate(lines, 1):
            key = (line, position, names.get(line.reason, ""), language)
            known = self._kept.get(line.line_id)
            is_same = known is not None and known[0] == key
            view = known[1] if known and is_same else _line(*key[:3], self._work)
            fresh[line.line_id] = (key, view)
        self._kept = fresh
        return tuple(view for _key, view in fresh.values())


def _line(line: ReturnedLine, position: int, reason: str, work: Workplace) -> LineView:
    place = _("sellable") if line.is_sellable else _("damaged")
    origin = _("Return") if line.origin else _("No receipt")
    words = Words(current_language())
    kept = kept_parts(line, work.currency, words)
    is_weighed = line.sell_by is SellBy.WEIGHT
    unit = _UNIT_SYMBOLS.get(line.unit_code, line.unit_name) if is_weighed else ""
    return LineView(
        line.line_id,
        position,
        name=name_of(line),
        variant=line.variant,
        detail=" · ".join((*kept, origin, reason or _("reason?"), place)),
        quantity=f"{MINUS}{quantity(line.quantity, unit)}",
        unit_price_minor=paid_per_unit_minor(line),
        total_minor=-line.paid_minor,
        is_returned=True,
        can_change_quantity=line.origin is not None,
    )


def exchange_sums(
    basket: Basket, priced: PricedBasket, due_minor: int
) -> tuple[SumView, ...]:
    """Return what stands below a ticket in which goods come back.

    Args:
        basket: the ticket.
        priced: its new goods.
        due_minor: what it comes to, minor units: above zero to pay.
    """
    currency = priced.currency
    back_minor = sum(line.paid_minor for line in basket.returns)
    found = [SumView(_("Returned"), amount(-back_minor, currency), SumTone.RETURNED)]
    if basket.lines:
        new = f"+{amount(priced.total_minor, currency)}"
        found.append(SumView(_("New items"), new))
    if priced.discount_minor:
        saved = amount(-priced.discount_minor, currency)
        found.append(SumView(_("Discounts"), saved, SumTone.SAVING))
    due = due_words(due_minor, is_exchange=bool(basket.lines))
    found.append(SumView(due, amount(abs(due_minor), currency)))
    return tuple(found)


def due_words(due_minor: int, *, is_exchange: bool = True) -> str:
    """Say what becomes of the difference."""
    if not due_minor and not is_exchange:
        return _("No refund")
    if due_minor < 0:
        return _("Refund to customer")
    return _("To pay") if due_minor else _("Even exchange")
