"""What a line of an item file says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pos_app.domain.item import SellBy
from pos_app.services.item_columns import ItemField
from pos_app.services.item_prices import ALWAYS
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong with a line.

    Attributes:
        line: of the file, from 1. column: the file's own header, "" for the line.
        value: what stands there. key: translation key. params: for the text.
        is_refusal: whether the line was left out; else it is a warning.
    """

    line: int
    column: str
    value: str
    key: str
    params: tuple[tuple[str, object], ...] = ()
    is_refusal: bool = True


@dataclass(slots=True)
class RowValues:
    """What a line says; None, "" and () mean that it says nothing.

    Attributes:
        names: language tag -> name. is_unit_code_said: else it is guessed from
            the unit's name. period: when the line's prices hold.
        parent_sku: the item that this one is a variant of.
        joins_line: the line that described the item; this one only adds prices
            and boxes. 0 when it describes an item itself.
        cap_text: what it says of `discount_cap`; "" for nothing.
        emptied: fields that somebody took away from an exported row.
    """

    line: int
    sku: str = ""
    barcodes: tuple[str, ...] = ()
    name: str = ""
    names: dict[str, str] = field(default_factory=dict)
    variant: str | None = None
    spec: str | None = None
    unit_code: str | None = None
    unit_name: str | None = None
    sell_by: SellBy | None = None
    price_minor: int | None = None
    cost_minor: int | None = None
    category: str = ""
    tax_category: str | None = None
    plu: str = ""
    box_pieces: Decimal | None = None
    box_barcodes: tuple[str, ...] = ()
    box_price_minor: int | None = None
    box_unit_name: str = ""
    period: Period = ALWAYS
    is_unit_code_said: bool = False
    parent_sku: str = ""
    joins_line: int = 0
    cap_text: str = ""
    emptied: frozenset[ItemField] = frozenset()
    discount_cap: Percentage | None = None
    is_returnable: bool | None = None
    brand: str = ""
    tags: tuple[str, ...] = ()
    floor_minor: int | None = None
    member_minor: int | None = None
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Tell whether anything makes the line unusable."""
        return any(problem.is_refusal for problem in self.problems)

    @property
    def has_box(self) -> bool:
        """Tell whether the line describes a box and not only its contents."""
        has_price = self.box_price_minor is not None
        return bool(self.box_barcodes or self.box_unit_name) or has_price

    @property
    def is_further(self) -> bool:
        """Tell whether the line may stand beside another of the same item."""
        return self.period != ALWAYS or self.has_box

    def refuse(self, value: str, key: str, **params: object) -> None:
        """Leave the whole line out, because of something in it."""
        self.problems.append(
            RowProblem(self.line, "", value[:80], key, tuple(params.items()))
        )

    def warn(self, key: str) -> None:
        """Say something of the line, which is imported all the same."""
        self.problems.append(RowProblem(self.line, "", "", key, is_refusal=False))
