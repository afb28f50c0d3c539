"""Shifts: a drawer's time from float to Z, its counts and cash moves.

ARTS calls them Till sessions: till open, loan, pickup, paid in, paid out, close.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.times import BusinessDay, Timestamp

#: The drawer of a shop whose shifts belong to the till; else a staff id.
TILL_DRAWER = "till"


@dataclass(frozen=True, slots=True)
class CashCount:
    """Cash counted by denomination.

    Attributes:
        pieces: (value in minor units, how many), the largest first; every
            denomination that was counted, zeros included.
    """

    pieces: tuple[tuple[int, int], ...]

    @property
    def total_minor(self) -> int:
        """What it adds up to, minor units."""
        return sum(value * count for value, count in self.pieces)


@dataclass(frozen=True, slots=True)
class Shift:
    """An opened shift; never changes.

    Attributes:
        shift_id: UUIDv7. number: from the series of shifts: "02-AX-000003".
        till: the till's number. drawer: `TILL_DRAWER` or a staff id.
        business_day: at opening. opened_at: when.
        opened_by, opened_by_name: staff id and name.
        expected_minor: the float that the last shift of the drawer left; the float
            itself where it left none, which came out of the safe then.
        float_minor: the float as counted, or as expected where nobody counted.
        count: by denomination; None where nobody counted.
    """

    shift_id: str
    number: str
    till: str
    drawer: str
    business_day: BusinessDay
    opened_at: Timestamp
    opened_by: str
    opened_by_name: str
    expected_minor: int
    float_minor: int
    count: CashCount | None

    @property
    def short_number(self) -> str:
        """Return what people call it: "3"."""
        return self.number.rsplit("-", 1)[-1].lstrip("0")


class CashMoveKind(StrEnum):
    """Cash that moves without a sale."""

    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    SAFE_DROP = "safe_drop"


@dataclass(frozen=True, slots=True)
class CashMove:
    """Cash put into the drawer or taken out of it; a document of its own.

    Attributes:
        move_id: UUIDv7. number: from the series of cash moves.
        kind: what for. amount_minor: above zero, whichever way it goes.
        reason: key of the reason; "" for a drop.
        reference: bag number or receipt number; may be empty.
        shift_id: of the shift. till, staff_id, staff_name: where and who.
        approved_by: staff id; "" for nobody.
        business_day, at: when.
    """

    move_id: str
    number: str
    kind: CashMoveKind
    amount_minor: int
    reason: str
    reference: str
    shift_id: str
    till: str
    staff_id: str
    staff_name: str
    approved_by: str
    business_day: BusinessDay
    at: Timestamp

    @property
    def signed_minor(self) -> int:
        """What it adds to the drawer."""
        is_in = self.kind is CashMoveKind.PAID_IN
        return self.amount_minor if is_in else -self.amount_minor


@dataclass(frozen=True, slots=True)
class ShiftCount:
    """A blind count, stored before anybody sees what was expected.

    Attributes:
        shift_id: of the shift. position: 1 for the first count, 2 for the recount.
        count: by denomination.
        expected_minor: what the drawer should have held at that moment.
        counted_at, counted_by, counted_by_name: when and who.
    """

    shift_id: str
    position: int
    count: CashCount
    expected_minor: int
    counted_at: Timestamp
    counted_by: str
    counted_by_name: str

    @property
    def difference_minor(self) -> int:
        """Over (plus) or short (minus), minor units."""
        return self.count.total_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class ShiftTotal:
    """One running total of a shift; kept in each document's transaction.

    Attributes:
        kind: what is counted: see `shift_totals`.
        key: tender, tax rate, reason …; "" where there is only one.
        count: documents or pieces. amount_minor: minor units, signed.
    """

    kind: str
    key: str
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ShiftClose:
    """A closed shift and its Z; never changes.

    Attributes:
        shift: what was closed.
        z_number: from the series of Z reports: "02-AZ-000003".
        closed_at, closed_by, closed_by_name, business_day: when and who.
        counts: one or two.
        expected_minor: cash that should be in the drawer at the close.
        counted_minor: the last count, carried on by what moved after it.
        left_minor: what stays as the next float; the rest went to the safe.
        totals: the running totals at the close.
        first_number, last_number: of the sales; "" when there were none.
        carried: numbers of the parked sales that were knowingly carried over.
        needs_review: the difference was above the limit.
        clock_suspect: the clock stood behind an entry during the shift (law 13).
        chain_head: hash of the entry before this close, hex.
        bag: number of the bag that went to the safe; may be empty.
    """

    shift: Shift
    z_number: str
    closed_at: Timestamp
    closed_by: str
    closed_by_name: str
    business_day: BusinessDay
    counts: tuple[ShiftCount, ...]
    expected_minor: int
    counted_minor: int
    left_minor: int
    totals: tuple[ShiftTotal, ...]
    first_number: str
    last_number: str
    carried: tuple[str, ...]
    needs_review: bool
    clock_suspect: bool
    chain_head: str
    bag: str = ""

    @property
    def removed_minor(self) -> int:
        """What went from the drawer to the safe."""
        return self.counted_minor - self.left_minor

    @property
    def difference_minor(self) -> int:
        """Over (plus) or short (minus), minor units."""
        return self.counted_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class ShiftReview:
    """Somebody else looked at a close that was off by too much.

    Attributes:
        shift_id: of the closed shift.
        reviewed_at, reviewed_by, reviewed_by_name: when and who.
        note: their words; in no journal.
    """

    shift_id: str
    reviewed_at: Timestamp
    reviewed_by: str
    reviewed_by_name: str
    note: str


@dataclass(frozen=True, slots=True)
class ShiftFigures:
    """An X report: the figures of an open shift at one moment.

    Attributes:
        shift: which one. at: when. drawn_by_name: for whom.
        totals: the running totals; see `shift_totals.without_cash`.
        expected_minor: cash that should be in the drawer; None for whoever may
            not know it, since they will count it.
        first_number, last_number: of the tickets; "" when there are none.
        clock_suspect: the clock stood behind an entry during the shift.
    """

    shift: Shift
    at: Timestamp
    drawn_by_name: str
    totals: tuple[ShiftTotal, ...]
    expected_minor: int | None
    first_number: str
    last_number: str
    clock_suspect: bool
