"""Stored value and gift cards: what may move, and what is refused by name."""

import pytest

from pos_app.domain.stored_value import account as accounts
from pos_app.domain.stored_value.account import Account, AccountKind, projected
from pos_app.domain.stored_value.booking import (
    ExpiryRule,
    RedeemOrder,
    expire,
    give_back,
    redeem,
    top_up,
)
from pos_app.domain.stored_value.moves import Move, MoveHead, Purse, Source
from pos_app.domain.stored_value.tender_rule import (
    Due,
    Hold,
    TenderRule,
    most_minor,
    require_tender,
)
from pos_app.domain.stored_value.top_up_refund import refund_top_up
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

DAY = 86_400
NOON = Timestamp(1_790_000_000_000)
NO_END = ExpiryRule()
CASH_AND_CARD = (Source("cash", 300_00), Source("card", 200_00))


def head(name: str, days: int = 0) -> MoveHead:
    return MoveHead(name, name, NOON.plus_seconds(DAY * days))


def wallet(bonus: int = 50_00, expiry: ExpiryRule = NO_END) -> Account:
    empty = accounts.opened("wallet", AccountKind.WALLET, "CNY")
    return empty.add(top_up(empty, head("top"), CASH_AND_CARD, bonus, expiry))


def gift_card(minor: int) -> Account:
    empty = accounts.opened("card", AccountKind.GIFT_CARD, "CNY")
    paid = (Source("cash", minor),)
    return empty.add(top_up(empty, head("sold"), paid, 0, ExpiryRule()))


def spent(
    account: Account,
    name: str,
    minor: int,
    order: RedeemOrder = RedeemOrder.PAID_FIRST,
) -> Account:
    return account.add(redeem(account, head(name), minor, order))


def purses(move: Move) -> dict[str, int]:
    return {
        purse.value: -sum(p.minor for p in move.parts if p.purse is purse)
        for purse in Purse
    }


@pytest.mark.parametrize(
    ("order", "paid", "bonus"),
    [
        (RedeemOrder.PAID_FIRST, 110_00, 0),
        (RedeemOrder.BONUS_FIRST, 60_00, 50_00),
        (RedeemOrder.PROPORTIONAL, 100_00, 10_00),
    ],
)
def test_the_rule_says_which_purse_pays(
    order: RedeemOrder, paid: int, bonus: int
) -> None:
    move = redeem(wallet(), head("sale"), 110_00, order)
    assert purses(move) == {"paid": paid, "bonus": bonus}


def test_what_ends_first_is_spent_first() -> None:
    account = wallet(expiry=ExpiryRule(bonus_days=60))
    later = ExpiryRule(bonus_days=10)
    second = top_up(account, head("second"), (Source("cash", 1_00),), 20_00, later)
    account = account.add(second)
    move = redeem(account, head("sale"), 30_00, RedeemOrder.BONUS_FIRST)
    assert [(p.lot_id, p.minor) for p in move.parts] == [
        ("second", -20_00),
        ("top", -10_00),
    ]


def test_regression_a_wallet_is_not_spent_twice() -> None:
    """Odoo: the same payment booked again by a second sync of the order."""
    account = wallet()
    move = redeem(account, head("sale-1/tender-1"), 550_00, RedeemOrder.PAID_FIRST)
    account = account.add(move)
    with pytest.raises(UserError, match="stored_value_moved_twice"):
        account.add(move)
    with pytest.raises(UserError, match="stored_value_moved_twice"):
        redeem(account, head("sale-1/tender-1"), 1, RedeemOrder.PAID_FIRST)
    with pytest.raises(UserError, match="stored_value_short"):
        redeem(account, head("sale-2/tender-1"), 1, RedeemOrder.PAID_FIRST)


def test_regression_a_gift_card_is_used_many_times_and_never_beyond_its_value() -> None:
    card = gift_card(100_00)
    for number in range(4):
        card = spent(card, f"sale-{number}", 25_00)
    assert card.balance_minor == 0
    with pytest.raises(UserError, match="stored_value_short"):
        spent(card, "sale-5", 1)


def test_regression_two_open_carts_do_not_spend_one_balance() -> None:
    account = gift_card(100_00)
    first = redeem(account, head("cart-1"), 80_00, RedeemOrder.PAID_FIRST)
    second = redeem(account, head("cart-2"), 80_00, RedeemOrder.PAID_FIRST)
    account = account.add(first)
    with pytest.raises(UserError, match="stored_value_changed"):
        account.add(second)
    assert account.balance_minor == 20_00


def test_what_an_open_cart_holds_another_one_cannot_take() -> None:
    account, rule = gift_card(100_00), TenderRule()
    held = [Hold("cart-1", "t", 80_00, NOON.plus_seconds(600))]
    due = Due("cart-2", NOON, 90_00, 90_00, is_proven=True)
    assert most_minor(account, rule, held, due) == 20_00
    with pytest.raises(UserError, match="stored_value_held"):
        require_tender(90_00, account, rule, held, due)
    later = Due("cart-2", NOON.plus_seconds(600), 90_00, 90_00, is_proven=True)
    require_tender(90_00, account, rule, held, later)


@pytest.mark.parametrize(
    ("minor", "rule", "due", "key"),
    [
        (0, TenderRule(), Due("b", NOON, 100, 100), "amount_absurd"),
        (101, TenderRule(), Due("b", NOON, 100, 100), "amount_absurd"),
        (50, TenderRule(), Due("b", NOON, 100, 100), "not_proven"),
        (9, TenderRule(least_minor=10), Due("b", NOON, 100, 100), "below_least"),
        (51, TenderRule(free_minor=99), Due("b", NOON, 100, 100, 50), "buys_no_value"),
        (
            31,
            TenderRule(most_share=Percentage(300_000), free_minor=99),
            Due("b", NOON, 100, 100),
            "above_share",
        ),
        (
            600_00,
            TenderRule(),
            Due("b", NOON, 600_00, 600_00, is_proven=True),
            "short",
        ),
    ],
)
def test_a_tender_is_refused(minor: int, rule: TenderRule, due: Due, key: str) -> None:
    with pytest.raises(UserError, match=f"stored_value_{key}"):
        require_tender(minor, wallet(), rule, [], due)


def test_parts_in_any_sizes_give_each_purse_back_what_it_gave() -> None:
    account = wallet()
    move = redeem(account, head("sale"), 200_01, RedeemOrder.PROPORTIONAL)
    account = account.add(move)
    for number, minor in enumerate((150_00, 1, 33_33, 16_67)):
        parts = account.redemption("sale").parts_of(minor)
        back = give_back(account, head(f"return-{number}"), "sale", parts, 30)
        assert back.minor == minor
        account = account.add(back)
    assert (account.paid_minor, account.bonus_minor) == (500_00, 50_00)
    with pytest.raises(UserError, match="stored_value_too_much_back"):
        give_back(account, head("again"), "sale", parts, 30)


def test_a_whole_top_up_goes_back_to_where_it_came_from() -> None:
    account = wallet()
    move = refund_top_up(account, head("back"), "top", 500_00)
    assert move.money == (Source("cash", -300_00), Source("card", -200_00))
    assert account.add(move).balance_minor == 0


def test_half_a_top_up_takes_half_its_bonus() -> None:
    account = wallet()
    move = refund_top_up(account, head("back"), "top", 250_00)
    assert move.money == (Source("cash", -150_00), Source("card", -100_00))
    account = account.add(move)
    assert (account.paid_minor, account.bonus_minor) == (250_00, 25_00)


def test_a_bonus_that_was_spent_is_kept_from_the_money() -> None:
    account = spent(wallet(), "sale", 50_00, RedeemOrder.BONUS_FIRST)
    move = refund_top_up(account, head("back"), "top", 500_00)
    assert move.money_minor == -450_00
    assert move.clawed_minor == 50_00


def test_goods_that_come_back_after_the_purse_ended_get_a_while_longer() -> None:
    account = wallet(expiry=ExpiryRule(bonus_days=10))
    account = spent(account, "sale", 50_00, RedeemOrder.BONUS_FIRST)
    parts = account.redemption("sale").left
    account = account.add(give_back(account, head("return", 20), "sale", parts, 30))
    assert account.usable_minor(NOON.plus_seconds(49 * DAY)) == 550_00
    assert account.usable_minor(NOON.plus_seconds(50 * DAY)) == 500_00
    with pytest.raises(UserError, match="stored_value_not_topped_up"):
        refund_top_up(account, head("back", 20), "return", 1)


def test_what_was_paid_ends_only_where_the_law_allows() -> None:
    with pytest.raises(UserError, match="stored_value_may_not_expire"):
        ExpiryRule(paid_days=365).check()
    with pytest.raises(UserError, match="stored_value_may_not_expire"):
        ExpiryRule(may_paid_expire=True, least_paid_days=1826, paid_days=365).check()
    ExpiryRule(may_paid_expire=True, least_paid_days=1826, paid_days=1826).check()


def test_what_ended_is_not_spent_and_is_booked_once() -> None:
    account = wallet(expiry=ExpiryRule(bonus_days=10))
    assert account.usable_minor(NOON.plus_seconds(10 * DAY)) == 500_00
    account = account.add(expire(account, head("night", 10)))
    assert account.balance_minor == 500_00
    with pytest.raises(UserError, match="stored_value_nothing_expired"):
        expire(account, head("night-2", 11))


def test_moves_come_to_the_same_in_any_order() -> None:
    empty = accounts.opened("wallet", AccountKind.WALLET, "CNY")
    first = top_up(empty, head("top"), CASH_AND_CARD, 0, ExpiryRule())
    second = redeem(empty.add(first), head("sale"), 1_00, RedeemOrder.PAID_FIRST)
    assert projected(empty, [second, first]) == projected(empty, [first, second])
    with pytest.raises(UserError, match="stored_value_changed"):
        projected(empty, [second])
