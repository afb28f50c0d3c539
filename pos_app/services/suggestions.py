"""What a member buys, and what goes with what lies in the basket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from pos_app.domain.basket import Basket
from pos_app.domain.item import SellingUnit
from pos_app.domain.suggestion import (
    BoughtItem,
    PairCounter,
    PairRule,
    best_of,
)
from pos_app.ports.campaigns import OptOut
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.member_night import Night
from pos_app.services.opt_out import is_opted_out
from pos_app.services.person import person_ids
from pos_app.values.times import BusinessDay

#: Device setting: the business day up to which pairs were counted.
PAIRS_THROUGH = "item_pairs_through"
#: Sales of one person that are looked at: more say nothing new, and reading stays quick.
_NEWEST_SALES = 120
#: Lines of a basket that advice is looked for, the newest.
_NEWEST_LINES = 40


@dataclass(frozen=True, slots=True)
class LastPurchase:
    """What a member bought before.

    Attributes:
        bought: the item and its days.
        unit: what is sold today; None where the shop no longer has it.
        every_days: the usual rhythm; None for none. is_due: it is about time.
    """

    bought: BoughtItem
    unit: SellingUnit | None
    every_days: int | None
    is_due: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What often goes with something in the basket.

    Attributes:
        unit: to be offered, as it is sold now.
        because: item id in the basket; because_name: its name as it lies there.
        permille: of a thousand baskets with it, so many have the suggested as well.
        lift: hundredths; see `domain.suggestion`.
    """

    unit: SellingUnit
    because: str
    because_name: str
    permille: int
    lift: int


class SuggestionService:
    """Reads only; quick enough for the screen's thread, a million sold lines or not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def last_purchases(self, member_id: str, most: int = 8) -> tuple[LastPurchase, ...]:
        """Return what a person bought last, what is due first.

        Whoever does not want to be profiled gets none.

        Args:
            member_id: any id of the person; merged histories count together.
            most: how many.
        """
        desk = self._desk
        ids = _ids_of(desk, member_id)
        if not ids:
            return ()
        today, moment = desk.business_day(), desk.price_moment()
        bought = desk.ledger.suggestions.bought(ids, _NEWEST_SALES)
        found = [(not item.is_due(today), item) for item in bought]
        found.sort(key=lambda one: one[0])  # stable: the last bought first
        return tuple(
            LastPurchase(
                item,
                desk.catalog.unit(item.unit_id, moment),
                item.every_days,
                not later,
            )
            for later, item in found[:most]
        )

    def bought_together(
        self, basket: Basket | None, most: int = 3
    ) -> tuple[Suggestion, ...]:
        """Return what goes with a basket; nothing where there is too little data.

        Args:
            basket: as it lies there; of a customer who wants none there is none.
            most: how many.
        """
        if basket is None:
            return ()
        shopper = basket.shopper
        if shopper is not None and not _ids_of(self._desk, shopper.member_id):
            return ()
        lines = [x.unit for x in basket.lines[-_NEWEST_LINES:] if x.unit is not None]
        names = {unit.item_id: unit.name for unit in lines}
        if not names:
            return ()
        desk, inside = self._desk, {x.unit.item_id for x in basket.lines if x.unit}
        pairs = desk.ledger.suggestions.pairs_of(tuple(names))
        open_ = [pair for pair in pairs if pair.other_id not in inside]
        found: list[Suggestion] = []
        for pair in best_of(open_, 4 * most):
            unit = self._sold_now(pair.other_id)
            if unit is None:
                continue
            because = pair.item_id
            advice = Suggestion(unit, because, names[because], pair.permille, pair.lift)
            found.append(advice)
            if len(found) == most:
                break
        return tuple(found)

    def _sold_now(self, item_id: str) -> SellingUnit | None:
        """Return an item's unit with a price; None where it is not to be had."""
        desk = self._desk
        unit_id = desk.ledger.suggestions.last_unit(item_id)
        unit = desk.catalog.unit(unit_id, desk.price_moment())
        return unit if unit is not None and unit.price is not None else None


def _ids_of(desk: Desk, member_id: str) -> Sequence[str]:
    """Return all ids of a person who may be profiled; none of anybody else."""
    if not member_id:
        return ()
    ids = person_ids(desk.ledger.members, member_id)
    return () if is_opted_out(desk.ledger, ids, OptOut.PROFILING) else ids


def night_pairs(night: Night) -> None:
    """Count the shop's baskets anew, once a day; a step of `member_night`."""
    count_pairs(night.desk, night.day)


def count_pairs(desk: Desk, day: BusinessDay, rule: PairRule | None = None) -> bool:
    """Count the shop's baskets anew, unless that was done for this day.

    Day by day, so that nobody ever waits: the sales of one day are read, then let go.
    On any thread.

    Args:
        desk: its ledger.
        day: the business day that begins; it is not counted.
        rule: from when on a pair is advice.

    Returns:
        Whether anything was counted.
    """
    rule = rule or PairRule()
    if desk.ledger.setting(PAIRS_THROUGH) == day.isoformat():
        return False
    reader = desk.ledger.suggestions
    days = [day - timedelta(days=back) for back in range(rule.days, 0, -1)]
    counted: dict[str, int] = {}
    total = 0
    for each in days:
        baskets, items = reader.counted(each)
        total += baskets
        for item, count in items.items():
            counted[item] = counted.get(item, 0) + count
    counter = PairCounter(counted, total, rule)
    if total >= rule.least_baskets:
        for each in days:
            for basket in reader.baskets(each):
                counter.add(basket)
    pairs = counter.pairs()

    def work(unit: UnitOfWork) -> None:
        unit.suggestions.set_pairs(pairs)
        unit.set_setting(PAIRS_THROUGH, day.isoformat())

    desk.record(work).result()
    return True
