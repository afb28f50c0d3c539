"""Points as lots and moves: each sentence is a day at the till."""

from itertools import permutations

import pytest

from pos_app.domain.loyalty.booking import booked, merged, replayed
from pos_app.domain.loyalty.facts import (
    Adjusted,
    Burned,
    DayEnded,
    Earned,
    PartReturned,
)
from pos_app.domain.loyalty.ledger import Balance, PointLedger, Written
from pos_app.domain.loyalty.lot import LotKind, MoveKind
from pos_app.domain.loyalty.unit_points import (
    LinePoints,
    WeightedLine,
    split_points,
    whole,
)
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp

DAY = 86_400_000


def day(number: int) -> Timestamp:
    return Timestamp(number * DAY)


def earned(
    event: str, points: int, at: int = 0, *, waits: int = 0, ends: int | None = None
):
    end = None if ends is None else day(ends)
    return Earned(event, day(at), whole(points), day(at + waits), end)


def burned(event: str, points: int, at: int = 1, **more):
    return Burned(event, day(at), whole(points), **more)


def returned(event: str, sale: str, at: int = 2, grace: int | None = None):
    until = None if grace is None else day(grace)
    return PartReturned(event, day(at), sale, 0, 0, 1000, until)


def adjusted(event: str, points: int, at: int = 1, by: str = "ana", and_by: str = "bo"):
    return Adjusted(event, day(at), points, "kindness", by, and_by)


def book(*facts) -> PointLedger:
    ledger = PointLedger()
    for fact in facts:
        ledger = booked(ledger, fact)
        ledger.check()
    return ledger


def pieces(position: int, *each: int) -> LinePoints:
    return LinePoints(position, 1000 * len(each), True, tuple((1, one) for one in each))


@pytest.mark.parametrize(
    ("sentence", "facts", "at", "balance"),
    [
        ("nobody has points out of nothing", [], 1, Balance()),
        ("a sale earns", [earned("s", 40)], 1, Balance(active=40)),
        ("points wait", [earned("s", 40, waits=7)], 6, Balance(pending=40)),
        ("and begin by themselves", [earned("s", 40, waits=7)], 7, Balance(active=40)),
        ("and end by themselves", [earned("s", 40, ends=9)], 9, Balance(lapsed=40)),
        (
            "which the night writes down",
            [earned("s", 40, ends=9), DayEnded("n", day(9))],
            9,
            Balance(),
        ),
        ("a burn takes", [earned("s", 40), burned("b", 15)], 1, Balance(active=25)),
        (
            "a sale told twice earns once",
            [earned("s", 40), earned("s", 40)],
            1,
            Balance(active=40),
        ),
        (
            "what was spent and comes back unearned is owed",
            [earned("s", 40), burned("b", 30), returned("r", "s")],
            2,
            Balance(debt=30),
        ),
        (
            "later points repay first",
            [
                earned("s", 40),
                burned("b", 30),
                returned("r", "s"),
                earned("t", 50, 3),
            ],
            3,
            Balance(active=20),
        ),
        (
            "points that still wait repay, too",
            [
                earned("s", 40),
                burned("b", 40),
                returned("r", "s"),
                earned("t", 50, 3, waits=5),
            ],
            3,
            Balance(pending=10),
        ),
        (
            "a burn that comes back repays the debt before anything",
            [
                earned("s", 40),
                burned("b", 30),
                returned("r", "s"),
                returned("q", "b", 3),
            ],
            3,
            Balance(),
        ),
        (
            "what expired unspent is not owed when the sale comes back",
            [earned("s", 40, ends=9), DayEnded("n", day(9)), returned("r", "s", 10)],
            10,
            Balance(),
        ),
        (
            "points whose lot is over come back with days of grace",
            [earned("s", 40, ends=9), burned("b", 40), returned("r", "b", 10, 24)],
            10,
            Balance(active=40),
        ),
        (
            "and the grace ends",
            [
                earned("s", 40, ends=9),
                burned("b", 40),
                returned("r", "b", 10, 24),
                DayEnded("n", day(24)),
            ],
            24,
            Balance(),
        ),
        (
            "without grace they are over at once",
            [earned("s", 40, ends=9), burned("b", 40), returned("r", "b", 10)],
            10,
            Balance(),
        ),
        (
            "grace that ran out is not owed when the sale comes back",
            [
                earned("s", 40, ends=9),
                burned("b", 40),
                returned("r", "b", 10, 24),
                DayEnded("n", day(24)),
                returned("q", "s", 25),
            ],
            25,
            Balance(),
        ),
        (
            "a burn without a connection is written and owed",
            [earned("s", 40), burned("b", 60, is_accepted=True)],
            1,
            Balance(debt=20),
        ),
        (
            "and comes back whole, also when the debt was repaid meanwhile",
            [
                earned("s", 40),
                burned("b", 60, is_accepted=True),
                earned("t", 30, 2),
                returned("r", "b", 3),
            ],
            3,
            Balance(active=70),
        ),
        (
            "two people add by hand",
            [adjusted("a", 25)],
            1,
            Balance(active=25),
        ),
        (
            "and take by hand",
            [earned("s", 40), adjusted("a", -25)],
            1,
            Balance(active=15),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_points_are_what_the_facts_say(sentence, facts, at, balance) -> None:
    ledger = book(*facts)
    assert ledger.balance(day(at)) == balance
    assert replayed([*reversed(facts), *facts]).balance(day(at)) == balance


def test_the_earliest_end_is_burned_first_and_what_never_ends_last() -> None:
    ledger = book(
        earned("never", 10), earned("late", 10, ends=90), earned("soon", 10, ends=30)
    )
    after = booked(ledger, burned("b", 15))
    assert [(m.lot_id, m.points) for m in after.since(ledger).moves] == [
        ("soon/earned", -10),
        ("late/earned", -5),
    ]


def test_of_two_lots_with_one_end_the_lower_id_is_burned_first() -> None:
    ledger = book(earned("b", 10, ends=30), earned("a", 10, ends=30))
    after = booked(ledger, burned("c", 4))
    assert [m.lot_id for m in after.since(ledger).moves] == ["a/earned"]


def test_a_part_of_a_burn_goes_back_to_the_lots_it_came_from_the_latest_end_first() -> (
    None
):
    first = book(earned("soon", 10, ends=30), earned("late", 10, ends=90))
    ledger = booked(first, Burned("b", day(1), (pieces(1, 9, 6),)))
    after = booked(ledger, PartReturned("r", day(2), "b", 1, 1000, 2000))
    assert [(m.lot_id, m.points) for m in after.since(ledger).moves] == [
        ("late/earned", 5),
        ("soon/earned", 1),
    ]


def test_points_end_at_midnight_while_the_customer_pays() -> None:
    """The basket's one moment decides; a second later they are refused in words."""
    ledger = book(earned("s", 40, ends=2))
    last = Timestamp(day(2).unix_ms - 1)
    assert booked(ledger, Burned("b", last, whole(40))).balance(last).active == 0
    with pytest.raises(UserError, match="points_not_enough"):
        booked(ledger, Burned("b", day(2), whole(40)))


def test_waiting_points_cannot_be_given() -> None:
    with pytest.raises(UserError, match=r"points_not_enough\(asked=1, active=0\)"):
        book(earned("s", 40, waits=7), burned("b", 1))


def test_the_night_writes_once_that_points_have_begun() -> None:
    ledger = book(
        earned("s", 40, waits=3), DayEnded("n3", day(3)), DayEnded("n4", day(4))
    )
    begun = [m for m in ledger.moves.values() if m.kind is MoveKind.ACTIVATE]
    assert [(m.event_id, m.points) for m in begun] == [("n3", 0)]


@pytest.mark.parametrize(("by", "and_by"), [("ana", "ana"), ("ana", ""), ("", "bo")])
def test_one_person_alone_adjusts_nothing(by: str, and_by: str) -> None:
    with pytest.raises(UserError, match="adjustment_needs_two"):
        book(adjusted("a", 5, by=by, and_by=and_by))


def test_an_adjustment_never_takes_what_is_not_there() -> None:
    with pytest.raises(UserError, match="points_adjusted_below_zero"):
        book(earned("s", 4), adjusted("a", -5))


PARTS = (
    PartReturned("r1", day(2), "s", 1, 0, 1000),
    PartReturned("r2", day(2), "s", 1, 1000, 2000),
    PartReturned("r3", day(2), "s", 2, 0, 300),
    PartReturned("r4", day(2), "s", 2, 300, 701),
    PartReturned("r5", day(2), "s", 2, 701, 1000),
)


@pytest.mark.parametrize("parts", list(permutations(PARTS))[::7])
def test_parts_in_any_order_take_back_exactly_what_was_earned(parts) -> None:
    lines = (pieces(1, 7, 6), LinePoints(2, 1000, False, ((1, 17),)))
    ledger = book(Earned("s", day(0), lines, day(0)), *parts)
    assert ledger.balance(day(2)) == Balance()
    back = [m.points for m in ledger.moves.values() if m.kind is MoveKind.REVERSE_EARN]
    assert sum(back) == -30


def test_parts_that_overlap_count_once() -> None:
    lines = (pieces(1, 7, 6, 5),)
    ledger = book(
        Earned("s", day(0), lines, day(0)),
        PartReturned("r1", day(1), "s", 1, 0, 2000),
        PartReturned("r2", day(1), "s", 1, 1000, 3000),
    )
    assert ledger.balance(day(1)) == Balance()
    assert [m.points for m in ledger.moves_of("r2", MoveKind.REVERSE_EARN)] == [-5]


def test_stored_rows_in_any_order_and_twice_are_the_same_ledger() -> None:
    ledger = book(
        earned("s", 40), burned("b", 30), returned("r", "s"), earned("t", 9, 3)
    )
    rows = ledger.since(PointLedger())
    moves = rows.moves[::-1]
    again = PointLedger.of(Written(rows.lots[::-1], moves + moves, rows.splits))
    again.check()
    assert again == ledger
    assert rows.points == ledger.balance(day(3)).total


def test_a_day_counts_what_was_given_less_what_came_back() -> None:
    ledger = book(
        earned("s", 90), burned("b", 30), burned("c", 20), returned("r", "b", 1)
    )
    assert ledger.burned(Period(day(1), day(2))) == 20
    assert ledger.burned(Period(day(2), day(3))) == 0
    assert ledger.earned(Period(day(0), day(1))) == 90


def test_two_members_who_are_one_keep_both_histories_and_pay_their_debts() -> None:
    one = book(earned("s", 40), burned("b", 40), returned("r", "s"))
    other = book(earned("t", 100))
    both = merged(one, other, "m", day(5))
    both.check()
    assert both.balance(day(5)) == Balance(active=60)
    assert set(one.moves) | set(other.moves) < set(both.moves)


def test_a_million_equal_units_are_a_run() -> None:
    (line,) = split_points(1_500_000, [WeightedLine(1, 10**9, True, ((10**6, 250),))])
    assert line.runs == ((500_000, 2), (500_000, 1))
    assert line.between(499_999_000, 500_001_000) == 3


def test_points_that_come_back_too_late_still_repay_the_debt() -> None:
    ledger = book(
        earned("s", 40, ends=9),
        burned("b", 40),
        returned("r", "s"),
        returned("q", "b", 10),
    )
    assert ledger.balance(day(10)) == Balance()


# ------------------------------------------------------------- known elsewhere
def test_odoo_257854_buy_refund_and_keep_the_points() -> None:
    """The points of the sale go with its goods, spent or not."""
    ledger = book(earned("s", 100), burned("b", 100), returned("r", "s"))
    assert ledger.balance(day(2)) == Balance(debt=100)
    with pytest.raises(UserError, match="points_not_enough"):
        booked(ledger, burned("c", 1, 3))
    assert booked(ledger, earned("t", 100, 4)).balance(day(4)) == Balance()


def test_odoo_257854_in_a_loop_brings_nothing() -> None:
    ledger = PointLedger()
    for turn in range(20):
        ledger = booked(ledger, earned(f"s{turn:02}", 100, turn))
        ledger = booked(ledger, returned(f"t{turn:02}", f"s{turn:02}", turn))
        ledger.check()
    assert ledger.balance(day(20)) == Balance()


@pytest.mark.parametrize("number", ["212922", "221928"])
def test_odoo_points_are_not_taken_twice_on_refund(number: str) -> None:
    """A refund that is told again, or by another till under another id."""
    once = book(earned("s", 100), earned("t", 50), returned("r", "s"))
    assert once.balance(day(2)) == Balance(active=50)
    assert booked(once, returned("r", "s")) == once
    assert booked(once, returned(number, "s")).balance(day(2)) == Balance(active=50)


def test_odoo_212922_points_that_paid_come_back_once() -> None:
    once = book(earned("s", 100), burned("b", 60), returned("r", "b"))
    assert once.balance(day(2)) == Balance(active=100)
    assert booked(once, returned("q", "b")).balance(day(2)) == Balance(active=100)


def test_odoo_238806_points_are_deducted_when_the_order_is_refunded() -> None:
    ledger = book(earned("s", 100), returned("r", "s"))
    assert ledger.balance(day(2)) == Balance()
    assert ledger.left["s/earned"] == 0


def test_two_open_carts_cannot_give_the_same_points() -> None:
    ledger = book(earned("s", 100), burned("cart 1", 80))
    with pytest.raises(UserError, match=r"points_not_enough\(asked=80, active=20\)"):
        booked(ledger, burned("cart 2", 80))


def test_only_a_debt_is_below_zero() -> None:
    ledger = book(earned("s", 40), burned("b", 40), returned("r", "s"))
    below = {key for key, points in ledger.left.items() if points < 0}
    assert {ledger.lots[key].kind for key in below} == {LotKind.DEBT}
