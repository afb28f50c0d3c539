"""Which shelf labels are out of date: what was printed, against what goods cost.

The smallest durable note serves: a moment up to which every label is right, and the
prices printed since. Whatever was printed for a price to come is known as well, so a
label is asked for once, and again when its price changes again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.domain.item import SellingUnit
from pos_app.domain.price import row_in_force
from pos_app.ports.catalog import Catalog
from pos_app.values.times import Timestamp

LABELS_PRINTED_KEY = "labels_printed"
#: A list that people walk; what is beyond comes when these are printed.
LIST_LIMIT = 500
#: More changes than a whole shop has in the while that nobody printed labels.
_LOOKED_AT = 200_000
#: A till that never printed a label looks back so far.
_FIRST_LOOK_S = 7 * 86_400


@dataclass(frozen=True, slots=True)
class PrintedLabels:
    """What lies on the shelf, as far as is known.

    Attributes:
        through: the prices of this moment are on the labels; None: never printed.
        shown: unit id to the price on its label, of those printed since.
        last: (unit id, price) of the last print, to print it again.
    """

    through: Timestamp | None = None
    shown: Mapping[str, int | None] | None = None
    last: tuple[tuple[str, int | None], ...] = ()

    def price_shown(self, unit_id: str) -> tuple[bool, int | None]:
        """Return whether a label was printed since, and with which price."""
        shown = self.shown or {}
        return unit_id in shown, shown.get(unit_id)


def read_printed(stored: str | None) -> PrintedLabels:
    """Read what is stored."""
    if not stored:
        return PrintedLabels()
    found: dict[str, Any] = json.loads(stored)
    through = found["through_ms"]
    return PrintedLabels(
        None if through is None else Timestamp(through),
        dict(found["shown"]),
        tuple((unit_id, minor) for unit_id, minor in found["last"]),
    )


def written_printed(printed: PrintedLabels) -> str:
    """Write it for the ledger."""
    through = printed.through
    return json.dumps(
        {
            "through_ms": None if through is None else through.unix_ms,
            "shown": dict(printed.shown or {}),
            "last": printed.last,
        }
    )


def with_printed(
    printed: PrintedLabels, fresh: Iterable[tuple[str, int | None]], now: Timestamp
) -> PrintedLabels:
    """Return the note once more labels are printed."""
    last = tuple(fresh)
    through = printed.through or Timestamp(now.unix_ms - _FIRST_LOOK_S * 1000)
    return PrintedLabels(through, {**(printed.shown or {}), **dict(last)}, last)


def settled(printed: PrintedLabels, catalog: Catalog, now: Timestamp) -> PrintedLabels:
    """Return a short note where every label is right now; else the same one."""
    if next(out_of_date(printed, catalog, now, now), None) is not None:
        return printed
    shown = {
        unit_id: minor
        for unit_id, minor in (printed.shown or {}).items()
        if _price(catalog, unit_id, now) != minor
    }
    return PrintedLabels(now, shown, printed.last)


@dataclass(frozen=True, slots=True)
class ChangedPrice:
    """A label that says something else than the goods cost.

    Attributes:
        unit: what, at the price of the moment that was asked for.
        at: when that price began or begins.
        before_minor: on the label. after_minor: then. None where there is none.
    """

    unit: SellingUnit
    at: Timestamp
    before_minor: int | None
    after_minor: int | None


def out_of_date(
    printed: PrintedLabels, catalog: Catalog, moment: Timestamp, now: Timestamp
) -> Iterator[ChangedPrice]:
    """Yield the labels that will be wrong at a moment, the oldest change first.

    Args:
        printed: what is on the labels.
        catalog: of the thread that asks.
        moment: whose prices are wanted; now or later.
        now: the present moment.
    """
    through = printed.through or Timestamp(now.unix_ms - _FIRST_LOOK_S * 1000)
    since = Timestamp(through.unix_ms + 1)
    until = Timestamp(max(since.unix_ms, moment.unix_ms + 1))
    # Ordered by time: the last change of each unit stays.
    last = dict(catalog.price_changes(since, until, _LOOKED_AT))
    for unit_id, at in sorted(last.items(), key=lambda x: (x[1].unix_ms, x[0])):
        is_known, minor = printed.price_shown(unit_id)
        before = minor if is_known else _price(catalog, unit_id, through)
        if _price(catalog, unit_id, moment) == before:
            continue
        unit = catalog.unit(unit_id, moment)
        if unit is not None:
            after = unit.price.minor if unit.price else None
            yield ChangedPrice(unit, at, before, after)


def _price(catalog: Catalog, unit_id: str, moment: Timestamp) -> int | None:
    row = row_in_force(catalog.price_rows(unit_id), moment)
    return row.minor if row else None
