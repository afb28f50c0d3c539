"""Writes the lines of the basket for the customer; a line that stays is kept."""

from __future__ import annotations

from pos_app.documents.kept_back_words import kept_parts
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.returned_line import ReturnedLine
from pos_app.i18n import Words
from ui.format import MINUS, amount, quantity
from ui.presenters.customer_state import CustomerLine
from ui.presenters.saving_words import line_saving

_SYMBOLS = {"KGM": "kg", "GRM": "g"}
_Key = tuple[object, ...]


class CustomerLines:
    """Builds the lines; of sixty, one scan writes one."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[_Key, CustomerLine]] = {}

    def of(
        self, basket: Basket, priced: PricedBasket, words: Words
    ) -> tuple[CustomerLine, ...]:
        """Return what comes back, then what is bought; a red line is left out."""
        amounts = {line.line_id: line for line in priced.lines}
        currency, fresh = priced.currency, {}
        for line in basket.lines:
            if line.unit is None:  # the cashier sees to it; nobody is to blame
                continue
            found = amounts[line.line_id]
            key: _Key = (line, found, words.language)
            known = self._kept.get(line.line_id)
            same = known is not None and known[0] == key
            view = (
                known[1]
                if known is not None and same
                else _bought(line, line.unit, found, (currency, words))
            )
            fresh[line.line_id] = (key, view)
        self._kept = fresh
        back = (_returned(line, currency, words) for line in basket.returns)
        return (*back, *(view for _key, view in fresh.values()))


def _bought(
    line: BasketLine,
    unit: SellingUnit,
    priced: PricedLine,
    spoken: tuple[str, Words],
) -> CustomerLine:
    currency, words = spoken
    by_label = line.source is PriceSource.EMBEDDED_PRICE
    is_weighed = unit.sell_by is SellBy.WEIGHT and not by_label
    symbol = _SYMBOLS.get(unit.unit_code, unit.unit_name)
    each = amount(priced.unit_price_minor, currency)
    return CustomerLine(
        line.line_id,
        name=" ".join(x for x in (unit.name_in(words.language), unit.variant) if x),
        quantity=quantity(line.quantity, symbol)
        if is_weighed
        else f"×{quantity(line.quantity)}",
        total=amount(priced.total_minor, currency),
        struck=amount(priced.list_minor, currency) if priced.discount_minor else "",
        reason=reason_of(priced, currency, words, line),
        detail=f"{each} / {symbol}" if is_weighed else "",
    )


def reason_of(
    priced: PricedLine, currency: str, words: Words, line: BasketLine | None = None
) -> str:
    """Say why a line costs less and how much; "" where it does not."""
    return line_saving(priced, currency, words, line).whole


def _returned(line: ReturnedLine, currency: str, words: Words) -> CustomerLine:
    is_weighed = line.sell_by is SellBy.WEIGHT
    symbol = _SYMBOLS.get(line.unit_code, line.unit_name) if is_weighed else ""
    name = dict(line.names).get(words.language, line.name)
    count = quantity(line.quantity, symbol)
    kept = kept_parts(line, currency, words)
    return CustomerLine(
        line.line_id,
        name=" ".join(x for x in (name, line.variant) if x),
        quantity=f"{MINUS}{count}" if is_weighed else f"×{MINUS}{count}",
        total=amount(-line.paid_minor, currency),
        detail=" · ".join((words("Comes back"), *kept)),
        is_returned=True,
    )
