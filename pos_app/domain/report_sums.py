"""Folds what the ledger says into the shares of a report; pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo

from pos_app.domain.report import (
    ItemShare,
    PromotionShare,
    PromotionUse,
    SalesSlot,
    SalesSum,
    Share,
)
from pos_app.domain.report_period import ReportPeriod
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide


def total_of(slots: Iterable[SalesSlot]) -> SalesSum:
    """Add slots up."""
    return sum((slot.sums for slot in slots), SalesSum())


def by_hour(
    slots: Iterable[SalesSlot], zone: tzinfo, starts_at_hour: int
) -> tuple[Share, ...]:
    """Return the hours with sales and all between them, as a business day runs.

    Args:
        slots: of any days.
        zone: the shop's.
        starts_at_hour: the business day's first local hour: before it comes
            what is still yesterday's evening.
    """
    sums: dict[int, SalesSum] = {}
    for slot in slots:
        place = (slot.hour(zone) - starts_at_hour) % 24
        sums[place] = sums.get(place, SalesSum()) + slot.sums
    if not sums:
        return ()
    return tuple(
        _share(str((place + starts_at_hour) % 24), "", sums.get(place, SalesSum()))
        for place in range(min(sums), max(sums) + 1)
    )


def by_day(slots: Iterable[SalesSlot], period: ReportPeriod) -> tuple[Share, ...]:
    """Return every day of the period, those without a sale too."""
    sums = dict.fromkeys(period.each_day(), SalesSum())
    for slot in slots:
        sums[slot.business_day] += slot.sums
    return tuple(_share(day.isoformat(), "", found) for day, found in sums.items())


def by_cashier(slots: Iterable[SalesSlot]) -> tuple[Share, ...]:
    """Return who sold, the most first."""
    sums: dict[str, SalesSum] = {}
    names: dict[str, str] = {}
    for slot in slots:
        sums[slot.cashier_id] = sums.get(slot.cashier_id, SalesSum()) + slot.sums
        names[slot.cashier_id] = slot.cashier_name
    return most_first(_share(key, names[key], found) for key, found in sums.items())


def by_category(
    items: Iterable[ItemShare], names: Mapping[str, str]
) -> tuple[Share, ...]:
    """Return what the categories sold, the most first; pieces as the count."""
    amounts: dict[str, int] = {}
    pieces: dict[str, int] = {}
    for item in items:
        key = item.category_id
        amounts[key] = amounts.get(key, 0) + item.amount_minor
        pieces[key] = pieces.get(key, 0) + item.thousandths
    return most_first(
        Share(key, names.get(key, ""), divide(pieces[key], 1000), amount)
        for key, amount in amounts.items()
    )


def by_item(items: Iterable[ItemShare]) -> tuple[ItemShare, ...]:
    """Return each item once, whatever categories it stood in; the most first."""
    found: dict[str, ItemShare] = {}
    for item in items:
        old = found.get(item.item_id)
        found[item.item_id] = item if old is None else _joined(old, item)
    return tuple(sorted(found.values(), key=lambda x: (-x.amount_minor, x.name)))


def most_first(shares: Iterable[Share]) -> tuple[Share, ...]:
    """Return shares by amount, the largest first."""
    return tuple(sorted(shares, key=lambda x: (-x.amount_minor, x.name, x.key)))


def change_permille(now_minor: int, before_minor: int) -> int | None:
    """Return by how much a figure grew, in thousandths; None against nothing."""
    if before_minor <= 0:
        return None
    return divide(1000 * (now_minor - before_minor), before_minor)


def _share(key: str, name: str, found: SalesSum) -> Share:
    return Share(key, name, found.tickets, found.net_sales_minor)


def _joined(one: ItemShare, other: ItemShare) -> ItemShare:
    return ItemShare(
        one.item_id,
        one.unit_id,
        one.sku,
        one.name,
        one.category_id,
        one.thousandths + other.thousandths,
        one.sold_minor + other.sold_minor,
        one.returned_minor + other.returned_minor,
    )


def by_promotion(
    uses: Iterable[PromotionUse],
    names: Mapping[str, str],
    supplier_shares: Mapping[tuple[str, int], Percentage],
) -> tuple[PromotionShare, ...]:
    """Fold the versions of promotions, what saved most first.

    Args:
        uses: by version.
        names: by promotion id; one that is gone keeps its id.
        supplier_shares: by id and version; none for what is not known.
    """
    found: dict[str, PromotionShare] = {}
    for use in uses:
        share = supplier_shares.get((use.promotion_id, use.version), Percentage(0))
        borne = divide(use.saving_minor * share.millionths, 1_000_000)
        key = use.promotion_id
        empty = PromotionShare(key, names.get(key, key), 0, 0, 0, 0, 0, 0)
        old = found.get(key, empty)
        found[key] = PromotionShare(
            key,
            old.name,
            old.tickets + use.tickets,
            old.uses + use.uses,
            old.thousandths + use.thousandths,
            old.saving_minor + use.saving_minor,
            old.supplier_minor + borne,
            old.sold_minor + use.sold_minor,
            old.members_minor + use.members_minor,
        )
    ordered = sorted(found.values(), key=lambda x: (-x.saving_minor, x.promotion_id))
    return tuple(ordered)
