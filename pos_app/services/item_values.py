"""What a line of an item file says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pos_app.domain.item import SellBy


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
    """What a line says; None and () mean that it says nothing."""

    line: int
    sku: str = ""
    barcodes: tuple[str, ...] = ()
    name: str = ""
    name_en: str = ""
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
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        """Tell whether anything makes the line unusable."""
        return any(problem.is_refusal for problem in self.problems)
