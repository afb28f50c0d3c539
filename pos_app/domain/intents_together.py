"""Many intents as one: what one pass over the lines can do is done in one.

Each intent makes a new basket. A reason for 10,000 goods that come back, or a start
with as many lines, would make that many baskets of 10,000 lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from itertools import groupby
from typing import Any

from pos_app.domain.basket import Basket, add_lines
from pos_app.domain.basket_returns import add_returns, renew_units, replace_returns
from pos_app.domain.open_sale import (
    AddLine,
    AddReturn,
    Intent,
    OpenSale,
    RenewUnit,
    ReplaceReturn,
    apply,
)


def apply_all(sale: OpenSale, intents: Iterable[Intent]) -> OpenSale:
    """Return the sale after accepted intents: as `apply` one by one leaves it.

    Raises:
        UserError: what `apply` refuses of the first that is refused.
    """
    for kind, group in groupby(intents, _kind):
        together = _TOGETHER.get(kind)
        if together is None:
            sale = reduce(apply, group, sale)
        else:
            sale = replace(sale, basket=together(sale.basket, list(group)))
    return sale


def _kind(intent: Intent) -> type[Any] | None:
    """Return what intents have in common that can be taken in one pass; or None."""
    if isinstance(intent, AddLine) and intent.merge:
        return None  # it may meet an equal line
    return type(intent) if type(intent) in _TOGETHER else None


def _added(basket: Basket, intents: Sequence[AddLine]) -> Basket:
    return add_lines(basket, (x.line for x in intents))


def _returned(basket: Basket, intents: Sequence[AddReturn]) -> Basket:
    return add_returns(basket, (x.line for x in intents))


def _replaced(basket: Basket, intents: Sequence[ReplaceReturn]) -> Basket:
    return replace_returns(basket, (x.line for x in intents))


def _renewed(basket: Basket, intents: Sequence[RenewUnit]) -> Basket:
    return renew_units(basket, [(x.line_id, x.unit) for x in intents])


_TOGETHER: Mapping[type[Any] | None, Callable[[Basket, Any], Basket]] = {
    AddLine: _added,
    AddReturn: _returned,
    ReplaceReturn: _replaced,
    RenewUnit: _renewed,
}
