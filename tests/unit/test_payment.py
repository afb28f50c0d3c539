"""Paying one sale: split tenders, change, cash rounding, what is refused."""

import pytest

from pos_app.domain.payment import Payment, cash_suggestions, likely_cash
from pos_app.domain.tax import CashRounding
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.values.rounding import RoundingMode
from tests.builders_pricing import card, cash, tender

EXACT = CashRounding()
FIVE = CashRounding(5)


def paid(total_minor: int, rounding: CashRounding, *tenders: TenderLine) -> Payment:
    payment = Payment(total_minor, rounding)
    for given in tenders:
        payment = payment.take(given)
    return payment


@pytest.mark.parametrize(
    ("total", "rounding", "tenders", "change", "rounded"),
    [
        pytest.param(4510, EXACT, [cash(4510)], 0, 0, id="exact"),
        pytest.param(4510, EXACT, [cash(5000)], 490, 0, id="change"),
        pytest.param(4510, EXACT, [card(4510)], 0, 0, id="card"),
        pytest.param(4510, EXACT, [card(3000), cash(2000)], 490, 0, id="split"),
        pytest.param(4510, EXACT, [cash(1000), card(3510)], 0, 0, id="cash first"),
        pytest.param(4510, EXACT, [cash(2000), cash(2600)], 90, 0, id="cash twice"),
        pytest.param(2042, FIVE, [cash(2040)], 0, -2, id="rounded down"),
        pytest.param(2043, FIVE, [cash(2045)], 0, 2, id="rounded up"),
        pytest.param(2043, FIVE, [cash(5000)], 2955, 2, id="change of a rounded sum"),
        pytest.param(2043, FIVE, [card(2043)], 0, 0, id="a card is never rounded"),
        pytest.param(2043, FIVE, [card(1000), cash(1045)], 0, 2, id="cash part only"),
        pytest.param(2043, FIVE, [cash(1000), card(1043)], 0, 0, id="card to the cent"),
        pytest.param(
            2042, FIVE, [card(2040)], 0, -2, id="a rest that coins cannot pay"
        ),
        pytest.param(2042, FIVE, [card(2040), card(2)], 0, 0, id="or the card pays it"),
        pytest.param(2, FIVE, [], 0, -2, id="so little that cash pays nothing"),
        pytest.param(0, FIVE, [], 0, 0, id="free"),
        pytest.param(
            1999, CashRounding(10, RoundingMode.DOWN), [cash(2000)], 10, -9, id="AR"
        ),
    ],
)
def test_a_sale_may_end(
    total: int,
    rounding: CashRounding,
    tenders: list[TenderLine],
    change: int,
    rounded: int,
) -> None:
    payment = paid(total, rounding, *tenders)
    assert payment.is_settled
    assert payment.change_minor == change
    assert payment.rounding_minor == rounded
    assert total + rounded == payment.taken_minor - change


@pytest.mark.parametrize(
    ("total", "rounding", "tenders", "due", "cash_due"),
    [
        pytest.param(4510, EXACT, [], 4510, 4510, id="nothing yet"),
        pytest.param(4510, EXACT, [card(3000)], 1510, 1510, id="part by card"),
        pytest.param(2043, FIVE, [], 2043, 2045, id="cash rounds up"),
        pytest.param(2043, FIVE, [cash(2000)], 43, 45, id="part in cash"),
        pytest.param(2043, FIVE, [cash(2040)], 3, 5, id="nearly there"),
        pytest.param(3, FIVE, [], 3, 5, id="one coin"),
    ],
)
def test_what_is_still_due(
    total: int,
    rounding: CashRounding,
    tenders: list[TenderLine],
    due: int,
    cash_due: int,
) -> None:
    payment = paid(total, rounding, *tenders)
    assert not payment.is_settled
    assert (payment.due_minor, payment.cash_due_minor) == (due, cash_due)
    assert (payment.change_minor, payment.rounding_minor) == (0, 0)


def test_a_rest_without_coins_may_end_and_may_still_be_paid_by_card() -> None:
    payment = paid(2042, FIVE, card(2040))
    assert payment.is_settled
    assert (payment.due_minor, payment.cash_due_minor) == (2, 0)


def test_a_sale_settled_in_cash_owes_nothing_although_it_was_rounded() -> None:
    assert paid(2042, FIVE, cash(2040)).due_minor == 0


@pytest.mark.parametrize(
    ("total", "rounding", "before", "given", "key"),
    [
        pytest.param(4510, EXACT, [], card(4511), "over_tender", id="card over"),
        pytest.param(
            4510,
            EXACT,
            [cash(4000)],
            tender(511, TenderKind.CODE),
            "over_tender",
            id="code over",
        ),
        pytest.param(
            100, EXACT, [], tender(200, TenderKind.OTHER), "over_tender", id="voucher"
        ),
        pytest.param(2043, FIVE, [], card(2045), "over_tender", id="card pays exact"),
        pytest.param(4510, EXACT, [cash(5000)], cash(1), "nothing_due", id="settled"),
        pytest.param(4510, EXACT, [card(4510)], card(1), "nothing_due", id="paid"),
        pytest.param(2042, FIVE, [cash(2040)], card(2), "nothing_due", id="rounded"),
        pytest.param(2042, FIVE, [card(2040)], cash(5), "nothing_due", id="no coins"),
        pytest.param(0, EXACT, [], cash(100), "nothing_due", id="free"),
        pytest.param(4510, EXACT, [], cash(0), "tender_amount_absurd", id="nothing"),
        pytest.param(4510, EXACT, [], card(-1), "tender_amount_absurd", id="negative"),
        pytest.param(
            4510, EXACT, [], cash(10**11), "tender_amount_absurd", id="a billion"
        ),
        pytest.param(
            4510, EXACT, [], cash(690_123_400), "tender_amount_absurd", id="a barcode"
        ),
        pytest.param(2043, FIVE, [], cash(2043), "cash_step", id="coins of the past"),
    ],
)
def test_what_is_refused(
    total: int,
    rounding: CashRounding,
    before: list[TenderLine],
    given: TenderLine,
    key: str,
) -> None:
    payment = paid(total, rounding, *before)
    with pytest.raises(UserError) as refused:
        payment.take(given)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("total", "given"),
    [
        pytest.param(30, 10_000, id="0.30 with a note of 100"),
        pytest.param(30, 1_000_030, id="just not absurd: a large note, a small bag"),
        pytest.param(5_000_000, 400_000_000, id="a large sum may give large change"),
    ],
)
def test_generous_cash_is_taken(total: int, given: int) -> None:
    assert paid(total, EXACT, cash(given)).change_minor == given - total


def test_money_is_taken_back_and_the_sale_goes_on() -> None:
    payment = paid(4510, EXACT, card(3000), cash(2000))
    payment = payment.give_back("card-3000")
    assert (payment.due_minor, payment.change_minor) == (2510, 0)
    assert payment.take(card(2510)).is_settled


def test_taking_back_what_was_never_given_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="card-1"):
        paid(4510, EXACT, cash(1000)).give_back("card-1")


YUAN = [100, 500, 1000, 2000, 5000, 10000]
TAIWAN = [1, 5, 10, 50, 100, 500, 1000]


@pytest.mark.parametrize(
    ("due", "notes", "suggested"),
    [
        pytest.param(4510, YUAN, (4510, 4600, 5000, 10000), id="picture 04"),
        pytest.param(18010, YUAN, (18010, 18100, 19000, 20000), id="180.10"),
        pytest.param(1230, YUAN, (1230, 2000, 5000, 10000), id="one note is likeliest"),
        pytest.param(3550, YUAN, (3550, 4000, 5000, 10000), id="two twenties"),
        pytest.param(500, YUAN, (500, 1000, 2000, 10000), id="a note by itself"),
        pytest.param(9999, YUAN, (9999, 10000), id="nobody adds a needless note"),
        pytest.param(10000, YUAN, (10000,), id="exactly the largest note"),
        pytest.param(84520, YUAN, (84520, 84600, 85000, 90000), id="many notes"),
        pytest.param(857, TAIWAN, (857, 860, 900, 1000), id="NT$857"),
        pytest.param(1045, [5, 10, 20, 100], (1045, 1050, 1060, 1100), id="odd notes"),
        pytest.param(4510, [], (4510,), id="no notes known"),
    ],
)
def test_suggestions(due: int, notes: list[int], suggested: tuple[int, ...]) -> None:
    assert cash_suggestions(due, notes) == suggested
    assert cash_suggestions(due, notes[::-1] + notes) == suggested


@pytest.mark.parametrize(
    ("due", "likely"),
    [
        pytest.param(18010, 20000, id="two of the largest note"),
        pytest.param(3270, 5000, id="one note covers it"),
        pytest.param(5000, 5000, id="a note that fits exactly"),
        pytest.param(350, 500, id="a small coin is not enough"),
        pytest.param(40, 50, id="a coin covers cents"),
    ],
)
def test_likely_cash_is_one_note_where_one_is_enough(due: int, likely: int) -> None:
    notes = (10, 50, 100, 500, 1000, 2000, 5000, 10000)
    assert likely_cash(due, notes) == likely
