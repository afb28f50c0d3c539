"""The weighing card: goods, what the scale says, and what it comes to."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from pos_app.domain.item import SellingUnit
from pos_app.errors import GuitaiError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.devices import DeviceCategory
from pos_app.ports.weighing import WeighingState
from pos_app.services.weighing import WeighingService, WeighingSight
from pos_app.values.quantity import KILOGRAM
from ui.format import money, quantity
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.weighing_state import TareKey, WeighingView
from ui.presenters.workplace import Workplace

#: Grams of the shop's bags and boxes where nothing else is set.
USUAL_TARES = "5,10,20,50"
TARES = "tares"
_MOST_TARES = 6
_LOAD, _ZERO = "load", "zero"
_SAID = {
    WeighingState.STABLE: (N_("The scale stands still"), Tone.GOOD),
    WeighingState.MOVING: (N_("Wait until the scale stands still"), Tone.INFO),
    WeighingState.ZERO: (N_("Put the goods on the scale"), Tone.INFO),
    WeighingState.UNDER_ZERO: (
        N_("Less than nothing lies there: set the scale to zero, or take the tare off"),
        Tone.WARN,
    ),
    WeighingState.OVER: (N_("Too heavy for this scale"), Tone.BAD),
    WeighingState.SILENT: (
        N_("The scale does not answer; the weight can be typed"),
        Tone.WARN,
    ),
    WeighingState.UNREADABLE: (
        N_("What the scale says cannot be understood; the weight can be typed"),
        Tone.WARN,
    ),
}


class WeighingPresenter(QObject):
    """Asks the service; keeps no weight of its own."""

    state_changed = Signal()
    """The card must show `state` anew."""
    weighed = Signal(str)
    """The weight was taken: the quantity, as digits."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, service: WeighingService
    ) -> None:
        super().__init__()
        self._work, self._frame, self.service = work, frame, service
        self.sight = WeighingSight(WeighingState.SILENT)

    def begin(self, unit: SellingUnit) -> None:
        """Weigh these goods."""
        self.service.begin(unit)
        self.look()

    def look(self) -> None:
        """Look at the scale; say so when something is different."""
        seen = self.service.look()
        if seen != self.sight:
            self.sight = seen
            self.state_changed.emit()

    def on_take(self) -> None:
        """Take what lies there; what changed meanwhile is refused."""
        try:
            taken = self.service.take()
        except GuitaiError as error:
            self._frame.refuse(error)
            self.look()
            return
        self.weighed.emit(f"{taken:f}")

    def on_tare(self, key: str) -> None:
        """A key of a container was pressed."""
        try:
            if key == _LOAD:
                self.service.tare_load()
            elif key == _ZERO:
                self.service.set_zero()
            else:
                self.service.set_tare(Decimal(int(key)) / 1000)
        except GuitaiError as error:
            self._frame.refuse(error)
        self.sight = self.service.look()
        self.state_changed.emit()

    @property
    def state(self) -> WeighingView:
        """Return everything the card shows."""
        unit, sight = self.service.unit, self.sight
        if unit is None:
            return WeighingView()
        symbol, currency = unit_symbol(unit), self._work.currency
        assert unit.price is not None
        each = money(unit.price.minor, currency)
        weight = _weight(sight.quantity, unit)
        total = sight.total_minor
        said, tone = self._said(sight)
        return WeighingView(
            title=unit.name_in(current_language()),
            price=_("{price} per {unit}", price=each, unit=symbol),
            weight=weight,
            unit=symbol,
            total="" if total is None else money(total, currency),
            said=said,
            tone=tone,
            tare=_grams(sight.tare_kg) if sight.tare_kg else "",
            tares=self._tares(sight),
            take=_("Take {weight}", weight=f"{weight} {symbol}")
            if sight.quantity
            else _("Take the weight"),
            can_take=sight.can_take,
        )

    def _said(self, sight: WeighingSight) -> tuple[str, Tone]:
        if sight.is_sold:
            return _("This load was sold already: take it off the scale"), Tone.WARN
        state = sight.state
        if state is WeighingState.UNDER_ZERO and sight.tare_kg:
            # An empty scale stands below zero by the container that is not there.
            state = WeighingState.ZERO
        words, tone = _SAID[state]
        return _(words), tone

    def _tares(self, sight: WeighingSight) -> tuple[TareKey, ...]:
        grams = sight.tare_kg * 1000
        presets = (0, *self._preset_grams())
        keys = [
            TareKey(
                str(x), _grams(Decimal(x) / 1000) if x else _("No tare"), x == grams
            )
            for x in presets
        ]
        is_other = bool(grams) and all(x != grams for x in presets)
        keys.append(TareKey(_LOAD, _("What lies there"), is_other))
        keys.append(TareKey(_ZERO, _("Set to zero")))
        return tuple(keys)

    def _preset_grams(self) -> tuple[int, ...]:
        """Return the containers of the scale's settings; nonsense is left out."""
        book = self._work.counter.desk.device_book
        scales = [x for x in book.of(DeviceCategory.SCALE) if x.is_on]
        said = scales[0].options.get(TARES, USUAL_TARES) if scales else USUAL_TARES
        parts = [x.strip() for x in str(said).replace("，", ",").split(",")]
        right = [int(x) for x in parts if x.isascii() and x.isdecimal() and len(x) < 5]
        return tuple(dict.fromkeys(x for x in right if x))[:_MOST_TARES]


def _weight(count: Decimal | None, unit: SellingUnit) -> str:
    """Write a weight as scales do: a kilogram always has three decimals."""
    if count is None:
        return "–"
    return f"{count:.3f}" if unit.unit_code == KILOGRAM else quantity(count)


def _grams(tare_kg: Decimal) -> str:
    return quantity(tare_kg * 1000, "g")
