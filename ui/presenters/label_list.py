"""The lists of labels: those that are due, those to come, those somebody chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from pos_app.documents.label import COPIES_LIMIT
from pos_app.documents.label_forms import LabelUse
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.i18n import _
from pos_app.services.label_changes import ChangedPrice
from pos_app.services.label_making import LabelWish
from pos_app.values.quantity import parse_quantity
from pos_app.values.times import Timestamp
from pos_app.values.wall_time import wall_time
from ui.format import money
from ui.presenters.labels_state import LabelsTab
from ui.presenters.price_words import moment_text
from ui.presenters.two_line import TwoLineRow
from ui.presenters.unit_name import unit_name
from ui.presenters.workplace import Workplace

_FOUND = 50
#: What labels of a kind are called in the list.
_ADDED = "+"


class LabelList:
    """Holds what is listed; every row has the key of its wish."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._labels = work.counter.labels
        self.tab, self.search, self.days_on = LabelsTab.CHANGED, "", 1
        self._due: tuple[ChangedPrice, ...] = ()
        self._chosen: dict[str, LabelWish] = {}
        self._named: dict[str, SellingUnit | None] = {}

    @property
    def day(self) -> date:
        """The day whose prices to come are listed."""
        return self._work.local_now().date() + timedelta(days=self.days_on)

    def look(self) -> None:
        """Read anew which labels are wrong."""
        self._named = {}
        if self.tab is LabelsTab.GOODS:
            return
        self._due = self._labels.due(self._moment())
        if self.tab is LabelsTab.COMING:
            now = self._work.counter.desk.clock.now()
            self._due = tuple(x for x in self._due if x.at.unix_ms > now.unix_ms)

    def _moment(self) -> Timestamp | None:
        """Return when prices are wanted; None for now."""
        if self.tab is not LabelsTab.COMING:
            return None
        end = datetime.combine(self.day + timedelta(days=1), time())
        last = wall_time(end, self._work.zone).moment
        return Timestamp(last.unix_ms - 1)

    # -------------------------------------------------------------------- the rows

    @property
    def changes(self) -> tuple[ChangedPrice, ...]:
        """What the list of changed prices says."""
        return () if self.tab is LabelsTab.GOODS else self._due

    def rows(self) -> tuple[TwoLineRow, ...]:
        """Return the rows of the list on show."""
        if self.tab is not LabelsTab.GOODS:
            return tuple(map(self._change_row, self._due))
        if self.search:
            now = self._work.counter.desk.clock.now()
            catalog = self._work.counter.desk.catalog
            return tuple(map(self._found_row, catalog.search(self.search, now, _FOUND)))
        return tuple(self._wish_rows())

    def _change_row(self, change: ChangedPrice) -> TwoLineRow:
        before, after = map(self._money, (change.before_minor, change.after_minor))
        when = moment_text(change.at, self._work.zone)
        name = unit_name(change.unit)
        return TwoLineRow(change.unit.unit_id, name, when, f"{before} → {after}")

    def _found_row(self, unit: SellingUnit) -> TwoLineRow:
        price = self._money(unit.price.minor if unit.price else None)
        number = unit.barcode or unit.sku
        return TwoLineRow(_ADDED + unit.unit_id, unit_name(unit), number, price)

    def _wish_rows(self) -> Iterable[TwoLineRow]:
        for key, wish in self._chosen.items():
            if key not in self._named:  # of hundreds, each letter typed asks again
                self._named[key] = self.unit(wish)
            unit = self._named[key]
            name = unit_name(unit) if unit else _("no longer sold")
            yield TwoLineRow(key, name, use_words(wish.use), f"× {wish.count}")

    def _money(self, minor: int | None) -> str:
        return "–" if minor is None else money(minor, self._work.currency)

    # ------------------------------------------------------------------ the wishes

    def wishes(self) -> tuple[LabelWish, ...]:
        """Return what the list on show would print."""
        if self.tab is LabelsTab.GOODS:
            return tuple(self._chosen.values())
        return tuple(LabelWish(x.unit.unit_id, at=self._moment()) for x in self._due)

    def wish(self, key: str) -> LabelWish | None:
        """Return the wish of a row."""
        if self.tab is LabelsTab.GOODS:
            return self._chosen.get(key)
        if any(x.unit.unit_id == key for x in self._due):
            return LabelWish(key, at=self._moment())
        return None

    def unit(self, wish: LabelWish) -> SellingUnit | None:
        """Return what a wish is about, at its price then."""
        desk = self._work.counter.desk
        return desk.catalog.unit(wish.unit_id, wish.at or desk.clock.now())

    def add(self, wishes: Sequence[LabelWish]) -> str:
        """Put labels on the list of what somebody chose; the key of the first."""
        first = ""
        for wish in wishes:
            key = wish.unit_id
            known = self._chosen.get(key)
            count = wish.count + (known.count if known else 0)
            count = min(COPIES_LIMIT, count)
            self._chosen[key] = replace(wish, count=count)
            first = first or key
        return first

    def add_found(self, key: str) -> str:
        """Put goods that were found on the list; the key of their row."""
        unit_id = key.removeprefix(_ADDED)
        self.search = ""
        if unit_id in self._chosen:
            return unit_id
        return self.add([LabelWish(unit_id)])

    @staticmethod
    def is_found(key: str) -> bool:
        """Tell whether a row is one that was found, not one on the list."""
        return key.startswith(_ADDED)

    def change_count(self, key: str, by: int) -> None:
        """Want more or fewer labels of a row."""
        wish = self._chosen.get(key)
        if wish is not None:
            count = max(1, min(COPIES_LIMIT, wish.count + by))
            self._chosen[key] = replace(wish, count=count)

    def change_use(self, key: str, use: LabelUse) -> None:
        """Want another kind of label."""
        wish = self._chosen.get(key)
        if wish is not None:
            self._chosen[key] = replace(wish, use=use, weight=None)

    def change_weight(self, key: str, text: str) -> None:
        """Take a net weight over, in kilograms.

        Raises:
            UserError: "quantity_not_a_number" and its like.
        """
        wish = self._chosen.get(key)
        if wish is not None:
            weight = parse_quantity(text) if text.strip() else None
            self._chosen[key] = replace(wish, weight=weight)

    def remove(self, key: str) -> None:
        """Take a row from the list."""
        self._chosen.pop(key, None)

    def clear(self) -> None:
        """Forget what somebody chose: it is printed."""
        self._chosen = {}


def use_words(use: LabelUse) -> str:
    """Return what a kind of label is called."""
    return {
        LabelUse.SHELF: _("Shelf label"),
        LabelUse.ITEM: _("Item label"),
        LabelUse.WEIGHED: _("Weighed pack"),
        LabelUse.MARKDOWN: _("Reduced price"),
    }[use]


def uses_of(unit: SellingUnit) -> tuple[LabelUse, ...]:
    """Return the kinds of labels that goods may have."""
    if unit.sell_by is SellBy.WEIGHT:
        return LabelUse.SHELF, LabelUse.WEIGHED
    return LabelUse.SHELF, LabelUse.ITEM
