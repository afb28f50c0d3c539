"""What the layers of promotions look at: the lines of a basket at their L0 price."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.promotion.selector import GoodsFacts


@dataclass(frozen=True, slots=True)
class OfferedLine:
    """A line of the basket as promotions see it; amounts in minor units.

    Attributes:
        line_id: of the basket.
        goods: what selectors look at.
        count: how many units; a weighed or label-priced line is one.
        unit_minor: what one unit costs before item deals; of a weighed line all of it.
        quantity_thousandths: of the whole line, in units or units of measure.
        by_weight: whether it is weighed.
        floor_minor: what one unit may never be sold below; of a weighed line all of it.
        is_open: whether it takes part in item deals; a price by hand does not.
        is_lowered: whether it costs less than the shelf says already.
        may_lower: whether promotions may touch it at all.
    """

    line_id: str
    goods: GoodsFacts
    count: int
    unit_minor: int
    quantity_thousandths: int
    by_weight: bool = False
    floor_minor: int = 0
    is_open: bool = True
    is_lowered: bool = False
    may_lower: bool = True

    @property
    def is_counted(self) -> bool:
        """Tell whether it is whole pieces, which nth and n-for-a-price ask for."""
        return not self.by_weight and self.quantity_thousandths == 1000 * self.count
