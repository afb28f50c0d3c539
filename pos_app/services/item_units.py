"""The unit of an item file's line: what it is called, its code, how it is sold."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.item import SellBy
from pos_app.services.item_texts import shown_text
from pos_app.values.quantity import BOX, GRAM, KILOGRAM, PIECE

_WEIGHTS = {
    "kg": KILOGRAM, "千克": KILOGRAM, "公斤": KILOGRAM, "kgm": KILOGRAM,
    "g": GRAM, "克": GRAM, "公克": GRAM, "grm": GRAM,
}  # fmt: skip
#: The mainland's 斤 is 500 g: priced by the kilogram, exactly twice.
_HALF_KILOGRAM = frozenset({"斤", "市斤"})
#: Taiwan's 斤 is 600 g; its price per kilogram is no whole amount.
_NOT_METRIC = frozenset({"台斤", "臺斤", "磅", "lb", "lbs", "oz", "盎司"})
_BOXES = frozenset({"箱", "case", "carton", "box", "整箱", "件箱"})
_YES = frozenset(
    [
        "1",
        "y",
        "yes",
        "true",
        "是",
        "称重",
        "稱重",
        "计重",
        "計重",
        "weight",
        "散装",
        "散裝",
    ]
)


@dataclass(frozen=True, slots=True)
class SaidUnit:
    """What a line says of its unit.

    Attributes:
        name, code, sell_by: None where it says nothing.
        is_half_kilogram: amounts are for 500 g and must be doubled.
        refused: key of what makes it unusable, "" when it is usable.
    """

    name: str | None = None
    code: str | None = None
    sell_by: SellBy | None = None
    is_half_kilogram: bool = False
    refused: str = ""


def read_unit(name_text: str, code_text: str, weighed_text: str) -> SaidUnit:
    """Read a unit by its name, or by its code where the file has one.

    Args:
        name_text: such as 瓶, kg, 斤.
        code_text: UN/ECE Rec 20 or 21; with it the name is only a name.
        weighed_text: yes or no.
    """
    name, code = shown_text(name_text), code_text.strip().upper()
    is_weighed = weighed_text.casefold() in _YES
    if code:
        return _coded(name, code, weighed_text, is_weighed=is_weighed)
    said = name.casefold()
    if said in _NOT_METRIC:
        return SaidUnit(refused="import_unit_not_metric")
    if said in _HALF_KILOGRAM:
        return SaidUnit("kg", KILOGRAM, SellBy.WEIGHT, is_half_kilogram=True)
    found = _WEIGHTS.get(said, BOX if said in _BOXES else PIECE) if name else None
    if is_weighed and found not in (KILOGRAM, GRAM):
        return SaidUnit("kg", KILOGRAM, SellBy.WEIGHT)
    return SaidUnit(name or None, found, None if found is None else _sell_by(found))


def _coded(name: str, code: str, weighed_text: str, *, is_weighed: bool) -> SaidUnit:
    if not (code.isascii() and code.isalnum() and len(code) <= 3):
        return SaidUnit(refused="import_unit_code")
    sell_by = _sell_by(code)
    if weighed_text:
        sell_by = SellBy.WEIGHT if is_weighed else SellBy.COUNT
    return SaidUnit(name or None, code, sell_by)


def _sell_by(code: str) -> SellBy:
    return SellBy.WEIGHT if code in (KILOGRAM, GRAM) else SellBy.COUNT
