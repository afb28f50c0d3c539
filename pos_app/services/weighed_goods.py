"""Goods whose weight was asked for: what their code said stays, and who weighed them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.item import SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.trace import NO_TRACE
from pos_app.ports.weighing import WeighingState
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService
from pos_app.services.scan_result import ScanResult
from pos_app.services.traced_goods import note_sold
from pos_app.services.weighing import WeighingService

#: A scale that says one of these cannot weigh now; a person has to.
_DUMB = frozenset({WeighingState.SILENT, WeighingState.UNREADABLE, WeighingState.OVER})


@dataclass(frozen=True, slots=True)
class Weighed:
    """Goods and their weight.

    Attributes:
        unit: what was weighed.
        weight: in its own unit.
        asked: the scan that asked for the weight; None for a key or a search.
        is_typed: a person typed it; no scale of the till's said it.
    """

    unit: SellingUnit
    weight: Decimal
    asked: ScanResult | None = None
    is_typed: bool = True


class WeighedGoods:
    """Adds them to the sale.

    A weight that is typed while a scale works is journalled: it is the easiest way to
    give goods away.
    """

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk, self._sale = desk, sale
        self._scale = WeighingService(desk, sale)

    def add(self, goods: Weighed) -> ScanResult:
        """Add a line, with lot and dates of the scan that asked for the weight.

        Raises:
            UserError: what `SaleService.add_unit` raises.
        """
        asked = goods.asked
        traced = asked.traced if asked else None
        code = asked.code if asked else ""
        trace = traced.trace if traced else NO_TRACE
        result = self._sale.add_unit(goods.unit, goods.weight, code, trace)
        if traced is not None:
            note_sold(self._desk, traced, goods.unit)
        self._note_typed(goods)
        return result

    def resolve(self, line_id: str, goods: Weighed) -> None:
        """Give a red line its goods and their weight.

        Raises:
            UserError: what `SaleService.resolve` raises.
        """
        self._sale.resolve(line_id, goods.unit, goods.weight)
        self._note_typed(goods)

    def _note_typed(self, goods: Weighed) -> None:
        scale = self._desk.devices.scale()
        if not goods.is_typed or scale is None or not self._scale.serves(goods.unit):
            return
        state = scale.reading().state
        if state in _DUMB:
            return
        body = {
            "sku": goods.unit.sku,
            "quantity": f"{goods.weight:f}",
            "unit": goods.unit.unit_code,
            "scale": state.value,
        }
        stamp = self._desk.stamp()
        self._desk.record(lambda unit: unit.append(EntryKind.WEIGHT_TYPED, body, stamp))
