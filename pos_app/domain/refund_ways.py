"""The way money goes back: as it came, and otherwise with somebody's consent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.correction import TenderCorrection
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderLine


@dataclass(frozen=True, slots=True)
class MoneyWay:
    """An amount and the tender that it came with.

    Attributes:
        key: tender type. amount_minor: minor units, zero or more.
        reference: of the tender ("" for none): last four, voucher number.
        account_id: of stored value and gift cards; "" for others.
    """

    key: str
    amount_minor: int
    reference: str = ""
    account_id: str = ""

    @property
    def place(self) -> str:
        """Where the money lies: see `way_place`."""
        return way_place(self.key, self.account_id)


def way_place(key: str, account_id: str) -> str:
    """Return the name of a tender and, of stored value, of its account."""
    return f"{key}/{account_id}" if account_id else key


@dataclass(frozen=True, slots=True)
class EarlierRefund:
    """A ticket that gave money back for a sale.

    Attributes:
        refunded_minor: what the sale's goods in that ticket were worth.
        refunds: `way_place` -> what the whole ticket gave back so.
        rounded_minor: the part of `refunded_minor` that coins made of it, signed.
    """

    refunded_minor: int
    refunds: Mapping[str, int]
    rounded_minor: int = 0


def contribution_minor(sale: Sale, tender: TenderLine) -> int:
    """Return what a tender paid of the sale, its change deducted."""
    if tender.kind is not TenderKind.CASH:
        return tender.amount_minor
    cash = [t for t in sale.tenders if t.kind is TenderKind.CASH]
    change = sale.change_minor if tender == cash[-1] else 0
    return tender.amount_minor - change


def ways_paid(
    sale: Sale, corrections: Sequence[TenderCorrection]
) -> tuple[MoneyWay, ...]:
    """Return how a sale was paid, tenders as corrected and change deducted."""
    right = {each.tender_id: each for each in corrections}
    ways = []
    for tender in sale.tenders:
        key, reference = tender.key, tender.reference
        if tender.tender_id in right:
            correction = right[tender.tender_id]
            key, reference = correction.to_key, correction.reference
        amount_minor = contribution_minor(sale, tender)
        ways.append(MoneyWay(key, amount_minor, reference, tender.account_id))
    return tuple(way for way in ways if way.amount_minor)


def ways_left(
    ways: Iterable[MoneyWay], earlier: Sequence[EarlierRefund]
) -> tuple[MoneyWay, ...]:
    """Take off what went back before.

    A ticket may give money back for several sales; no more of it counts for one
    than its goods were worth there.
    """
    gone: dict[str, int] = {}
    for ticket in earlier:
        for place, amount_minor in ticket.refunds.items():
            part = min(amount_minor, ticket.refunded_minor)
            gone[place] = gone.get(place, 0) + part
    left = []
    for way in ways:
        off = min(way.amount_minor, gone.get(way.place, 0))
        gone[way.place] = gone.get(way.place, 0) - off
        left.append(replace(way, amount_minor=way.amount_minor - off))
    return tuple(way for way in left if way.amount_minor)


def ways_for(ways: Iterable[MoneyWay], worth_minor: int) -> tuple[MoneyWay, ...]:
    """Return each way with no more than the goods that come back are worth."""
    return tuple(
        replace(way, amount_minor=min(way.amount_minor, worth_minor)) for way in ways
    )


def off_the_ways_minor(
    refunds: Iterable[TenderLine], ways: Iterable[MoneyWay], step_minor: int
) -> int:
    """Return how much of some refunds does not go back the way it came.

    Cash rounding is not another way: less than the smallest coin does not count.
    """
    limits: dict[str, int] = {}
    for way in ways:
        limits[way.place] = limits.get(way.place, 0) + way.amount_minor
    given: dict[tuple[str, TenderKind], int] = {}
    for refund in refunds:
        place = (way_place(refund.key, refund.account_id), refund.kind)
        given[place] = given.get(place, 0) + refund.amount_minor
    off_minor = 0
    for (key, kind), amount_minor in given.items():
        over = max(0, amount_minor - limits.get(key, 0))
        is_rounding = kind is TenderKind.CASH and key in limits and over < step_minor
        off_minor += 0 if is_rounding else over
    return off_minor
