"""How people write a promotion in a file, and what the program makes of it.

Beside the program's own shape a file may say amounts as decimal text in the shop's
currency ("price": "19.90"), percentages ("30%"), times of the shop ("2026-12-24" or
"2026-12-24T19:00"), hours ("19:00-22:00"), and goods by SKU, barcode and the name of a
category.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Protocol

from pos_app.domain.promotion.deal import DealKind
from pos_app.errors import UserError
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from pos_app.values.wall_time import wall_time

#: Amounts that may be written as text, without the ending of the program's own.
_AMOUNTS = ("amount", "price", "threshold", "most")
_SETS = frozenset({"include", "exclude"})
#: Lists that may be one word alone.
_LISTS = frozenset({"skus", "barcodes", "categories", "brands", "tags"})
_SELECTORS = frozenset({"goods", "gift"})
_PERCENTAGES = frozenset({"percentage", "supplier_share"})
#: A word alone stands for the kind: "audience": "member".
_KINDS = frozenset({"audience", "trigger"})
_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
_LAST_HOUR, _LAST_MINUTE = 24, 59


class GoodsNames(Protocol):
    """What people call goods, and their ids in the shop; "" for nobody's."""

    def item_id(self, sku: str) -> str:
        """Return the item of a SKU."""
        ...

    def unit_id(self, barcode: str) -> str:
        """Return the selling unit of a barcode."""
        ...

    def category_id(self, name: str) -> str:
        """Return the category of a name in any language, or of an id."""
        ...


@dataclass(frozen=True, slots=True)
class FileTerms:
    """What a file is read with.

    Attributes:
        names: of goods. currency: of amounts. zone: of times.
    """

    names: GoodsNames
    currency: str
    zone: tzinfo

    def plain(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Return a promotion of a file in the program's own shape.

        Raises:
            UserError: "promotion_file_goods" with the code or name nobody has,
                "promotion_file_value" with the field; and what amounts and
                percentages are refused with.
        """
        found: dict[str, Any] = {}
        for key, value in said.items():
            if key in _AMOUNTS and isinstance(value, str | int):
                found[f"{key}_minor"] = parse_minor(str(value), self.currency)
            else:
                found[str(key)] = self._value(str(key), value)
        if said.get("kind") == DealKind.GIFT and "threshold_minor" in found:
            found.setdefault("count", 0)  # the amount decides, as it says
        return found

    def _value(  # noqa: PLR0911 - one flat case for each form
        self, key: str, value: object
    ) -> object:
        read = self._reader_of(key)
        if read is not None and isinstance(value, str):
            return read(value)
        if key in _SELECTORS:
            return self._selector(value)
        if key in _SETS:
            return self._goods(value)
        if isinstance(value, dict):
            return self.plain(value)
        if isinstance(value, list):
            return [self._value("hours" if key == "hours" else "", x) for x in value]
        return value

    def _reader_of(self, key: str) -> Callable[[str], object] | None:
        """Return what reads a field that is written as text; None for no such one."""
        if key in _PERCENTAGES:
            return lambda text: {"millionths": Percentage.parse(text).millionths}
        if key in {"start", "end"}:
            return self._moment
        if key == "hours":
            return _hours
        return (lambda text: {"kind": text}) if key in _KINDS else None

    def _moment(self, text: str) -> dict[str, int]:
        try:
            local = datetime.fromisoformat(text)
        except ValueError as error:
            raise UserError("promotion_file_value", field=text[:40]) from error
        if local.tzinfo is not None:
            return {"unix_ms": Timestamp.of(local).unix_ms}
        return {"unix_ms": wall_time(local, self.zone).moment.unix_ms}

    def _selector(self, value: object) -> object:
        if isinstance(value, dict) and _SETS & set(value):
            return self.plain(value)
        is_said = value == "everything" or isinstance(value, dict)
        return {"include": self._goods(value)} if is_said else value

    def _goods(self, value: object) -> object:
        if value == "everything":
            return {"everything": True}
        return self._set(value) if isinstance(value, dict) else value

    def _set(self, said: Mapping[str, Any]) -> dict[str, Any]:
        found = {key: _listed(key, value) for key, value in said.items()}
        names = self.names
        for key, target, find in (
            ("skus", "item_ids", names.item_id),
            ("barcodes", "unit_ids", names.unit_id),
            ("categories", "category_ids", names.category_id),
        ):
            for code in found.pop(key, ()):
                known = find(str(code))
                if not known:
                    raise UserError("promotion_file_goods", code=str(code)[:40])
                found[target] = [*found.get(target, ()), known]
        return found


def _listed(key: str, value: object) -> Any:
    """Return what may be one word alone as a list.

    Raises:
        UserError: "promotion_file_value" where it is neither.
    """
    if key not in _LISTS or isinstance(value, list):
        return value
    if not isinstance(value, str):
        raise UserError("promotion_file_value", field=key)
    return [value]


def _hours(text: str) -> dict[str, int]:
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise UserError("promotion_file_value", field=text[:40])
    hour, minute, last_hour, last_minute = map(int, found.groups())
    if max(hour, last_hour) > _LAST_HOUR or max(minute, last_minute) > _LAST_MINUTE:
        raise UserError("promotion_file_value", field=text[:40])
    return {
        "start_minute": hour * 60 + minute,
        "end_minute": last_hour * 60 + last_minute,
    }
