"""Finished sales and tickets with returns, priced and proven, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.domain.refund import ReturnPart, returned_part
from pos_app.domain.refund_payment import (
    RefundPayment,
    SalePaid,
    room_minor,
    within_paid,
)
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tax import CashRounding, PricingRules
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.services.money_ways import paid_for
from tests.builders_ledger import CASHIER
from tests.builders_pricing import NOON

DAY = date(2026, 11, 21)


def ended(
    goods: Basket,
    shop: PricingRules,
    coins: CashRounding | None = None,
    *,
    card_minor: int = 0,
    paid: Sequence[SalePaid] = (),
    number: str = "02-A-000001",
    language: str = "zh-CN",
    offers: Offers = NO_OFFERS,
) -> Sale:
    """End a ticket: a part by card if so wished, the rest paid or given in cash."""
    coins = coins or CashRounding()
    priced = price_basket(goods, shop, NOON, offers)
    returns = within_paid(goods.returns, paid)
    due = priced.total_minor - sum(line.refunded_minor for line in returns)
    money: Payment | RefundPayment = Payment(due, coins)
    if due < 0:
        money = RefundPayment(-due, coins, (), room_minor(returns, paid))
    if card_minor:
        card = TenderLine("a", "card", TenderKind.CARD, card_minor, "4821")
        money = _moved(money, card)
    if money.cash_due_minor:
        cash = TenderLine("b", "cash", TenderKind.CASH, money.cash_due_minor)
        money = _moved(money, cash)
    tenders = money.tenders if isinstance(money, Payment) else ()
    current = OpenSale(goods, tenders, "s1", DAY, NOON)
    ending = Ending(number, "02", CASHIER, NOON, clock_suspect=False, language=language)
    return build_sale(current, priced, money, ending, paid)


def part(
    sale: Sale, position: int = 1, quantity: str = "1", before: int = 0
) -> ReturnedLine:
    """Return a part of a sold line."""
    chosen = ReturnPart(position, before, Decimal(quantity))
    return returned_part(sale, chosen, f"back-{position}-{before}", "changed_mind")


def paid_of(sale: Sale, refunded_minor: int = 0) -> SalePaid:
    """Return what was paid for a sale, and what went back for it."""
    return SalePaid(sale.sale_id, paid_for(sale), refunded_minor)


def _moved(
    money: Payment | RefundPayment, tender: TenderLine
) -> Payment | RefundPayment:
    return money.take(tender) if isinstance(money, Payment) else money.give(tender)
