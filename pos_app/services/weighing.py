"""Weighing goods at the sale: a stable weight, once for each load on the scale.

No certified weighing system: where the law wants one (EU 2014/31, OIML R 76), goods
are weighed and labelled on a certified scale and the label is scanned.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.basket import Basket
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.pricing import price_basket
from pos_app.errors import UserError
from pos_app.ports.weighing import ScaleReading, Weighing, WeighingState
from pos_app.services.desk import Desk
from pos_app.services.offers import prices_only
from pos_app.services.sale import SaleService
from pos_app.services.sale_lines import unit_line
from pos_app.values.quantity import GRAM, KILOGRAM, weighed_quantity

_NOTHING = Decimal(0)
#: A load that differs by less is the same load: a scale's last digit may dance.
_OTHER_LOAD_KG = Decimal("0.005")
#: The scale is empty when it says so; with a tare set it then stands below zero.
_EMPTY = frozenset({WeighingState.ZERO, WeighingState.UNDER_ZERO})
#: More than a counter's containers weigh.
TARE_LIMIT_KG = Decimal(10)


@dataclass(frozen=True, slots=True)
class WeighingSight:
    """What lies on the scale now, as it would be sold.

    Attributes:
        state: what the scale says.
        weight_kg: net; None unless it stands still.
        tare_kg: what was taken off.
        quantity: in the unit of the goods; None unless it stands still.
        total_minor: what it costs, by the one pricing function; None likewise.
        is_sold: this very load was sold already and still lies there.
    """

    state: WeighingState
    weight_kg: Decimal | None = None
    tare_kg: Decimal = _NOTHING
    quantity: Decimal | None = None
    total_minor: int | None = None
    is_sold: bool = False

    @property
    def can_take(self) -> bool:
        """Tell whether it may be sold now."""
        is_still = self.state is WeighingState.STABLE and bool(self.quantity)
        return is_still and self.total_minor is not None and not self.is_sold


class WeighingService:
    """Weighs one sort of goods at a time; used from one thread."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk, self._sale = desk, sale
        self._unit: SellingUnit | None = None
        self._sold_kg: Decimal | None = None  # gross, while it lies there

    @property
    def unit(self) -> SellingUnit | None:
        """The goods that are weighed now."""
        return self._unit

    @property
    def is_waiting_for_empty(self) -> bool:
        """Whether a load that was sold may still lie there: somebody must look."""
        return self._sold_kg is not None

    def serves(self, unit: SellingUnit) -> bool:
        """Tell whether there is a scale that these goods can be weighed on."""
        fits = unit.sell_by is SellBy.WEIGHT and unit.unit_code in (KILOGRAM, GRAM)
        return fits and self._scale() is not None

    def begin(self, unit: SellingUnit) -> None:
        """Weigh these goods, without a tare at first."""
        assert unit.price is not None
        self._unit = unit
        scale = self._scale()
        if scale is not None:
            per_kg = 1000 if unit.unit_code == GRAM else 1
            scale.set_tare(_NOTHING)
            scale.offer_price(unit.price.minor * per_kg)

    def end(self) -> None:
        """Weigh nothing; the scale forgets tare and price."""
        self._unit = None
        scale = self._scale()
        if scale is not None:
            scale.set_tare(_NOTHING)
            scale.offer_price(0)

    def set_tare(self, tare_kg: Decimal) -> None:
        """Take a container off; 0 for none.

        Raises:
            UserError: "tare_absurd".
        """
        scale = self._scale()
        if not 0 <= tare_kg <= TARE_LIMIT_KG:
            raise UserError("tare_absurd", weight=str(tare_kg)[:12])
        if scale is not None:
            scale.set_tare(tare_kg)

    def tare_load(self) -> Decimal:
        """Take for the container what lies there now; return its weight.

        Raises:
            UserError: "weight_not_ready" unless the scale stands still.
        """
        scale = self._scale()
        reading = scale.reading() if scale is not None else None
        if reading is None or reading.state is not WeighingState.STABLE:
            raise UserError("weight_not_ready")
        tare_kg = _gross(reading)
        self.set_tare(tare_kg)
        return tare_kg

    def set_zero(self) -> None:
        """Ask the scale to take what lies there for nothing, where it can."""
        scale = self._scale()
        if scale is not None:
            scale.set_zero()

    def look(self) -> WeighingSight:
        """Return what lies there now; asked a few times a second."""
        scale = self._scale()
        if scale is None:
            return WeighingSight(WeighingState.SILENT)
        reading = scale.reading()
        self._note_load(reading)
        if self._unit is None or reading.weight_kg is None:
            return WeighingSight(reading.state, None, reading.tare_kg)
        quantity = weighed_quantity(reading.weight_kg, self._unit.unit_code)
        return WeighingSight(
            reading.state,
            reading.weight_kg,
            reading.tare_kg,
            quantity,
            self._total(self._unit, quantity) if quantity else None,
            is_sold=self._sold_kg is not None,
        )

    def take(self) -> Decimal:
        """Sell what lies there: return its quantity, and never this load again.

        Raises:
            UserError: "weight_not_ready", or "load_sold_already" until the scale
                was empty or carried something else.
        """
        sight = self.look()
        if sight.is_sold:
            raise UserError("load_sold_already")
        if not sight.can_take or sight.weight_kg is None or sight.quantity is None:
            raise UserError("weight_not_ready")
        self._sold_kg = sight.weight_kg + sight.tare_kg
        return sight.quantity

    def give_back(self) -> None:
        """The sale did not take it after all: the load may be sold."""
        self._sold_kg = None

    def _note_load(self, reading: ScaleReading) -> None:
        """Forget the load that was sold once it is gone."""
        if self._sold_kg is None:
            return
        if reading.state in _EMPTY:
            self._sold_kg = None
        elif reading.state is WeighingState.STABLE:
            difference = abs(_gross(reading) - self._sold_kg)
            if difference >= _OTHER_LOAD_KG:
                self._sold_kg = None

    def _total(self, unit: SellingUnit, quantity: Decimal) -> int | None:
        try:
            line = unit_line("weighing", unit, quantity, "")
            basket = Basket("weighing", (line,), selected="weighing")
            now = self._desk.clock.now()
            offers = prices_only(self._sale.current)
            priced = price_basket(basket, self._sale.rules, now, offers)
        except UserError:  # an amount beyond all sense: it is not sold
            return None
        return priced.lines[0].total_minor

    def _scale(self) -> Weighing | None:
        return self._desk.devices.scale()


def _gross(reading: ScaleReading) -> Decimal:
    assert reading.weight_kg is not None
    return reading.weight_kg + reading.tare_kg
