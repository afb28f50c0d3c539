"""The sections that an X and a Z have in common, from the totals of a shift."""

from __future__ import annotations

from collections.abc import Iterable

from pos_app.documents.amounts import slip_amount
from pos_app.documents.layout import Block, Columns, Rule, RuleStyle, Text
from pos_app.documents.shift_form import ShiftForm
from pos_app.domain.reduction import StepKind
from pos_app.domain.shift_totals import CLOSING, OPENING, Tally, TotalKind, tax_key
from pos_app.domain.stored_value.account import AccountKind
from pos_app.domain.tax import PricingRules
from pos_app.i18n import N_

#: Columns of net and tax, so that the figures stand below each other.
_NET, _TAX = 9, 8
_STEPS = {
    StepKind.MARKED_DOWN: N_("Marked down"),
    StepKind.OVERRIDE: N_("Prices by hand"),
    StepKind.EXCHANGE_PRICE: N_("Exchange prices"),
    StepKind.LEVEL_PRICE: N_("Member prices"),
    StepKind.ITEM_DEAL: N_("Promotions on goods"),
    StepKind.LINE_DISCOUNT: N_("Line discounts"),
    StepKind.ORDER_DEAL: N_("Promotions on tickets"),
    StepKind.SALE_DISCOUNT: N_("Ticket discounts"),
    StepKind.COUPON: N_("Coupons"),
    StepKind.POINTS: N_("Points"),
}
_EXCEPTIONS = (
    (TotalKind.REVERSED, N_("Sales reversed")),
    (TotalKind.VOID, N_("Baskets voided")),
    (TotalKind.LINE_VOID, N_("Lines voided")),
    (TotalKind.LINE_RESTORED, N_("Lines put back")),
    (TotalKind.QUANTITY_LOWERED, N_("Quantities lowered")),
)
_VALUE = (
    (TotalKind.VALUE_SOLD, N_("Stored value sold")),
    (TotalKind.VALUE_BONUS, N_("Bonus given")),
    (TotalKind.VALUE_REFUNDED, N_("Stored value taken out")),
    (TotalKind.VALUE_CLAWED, N_("Kept for bonus that was spent")),
)
_ACCOUNTS = {
    AccountKind.WALLET.value: N_("Wallet"),
    AccountKind.GIFT_CARD.value: N_("Gift card"),
}
_COUNTED = (
    (TotalKind.REPRINT, N_("Reprints")),
    (TotalKind.X_REPORT, N_("X reports")),
)


def sales_section(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    """Yield sales, returns, what is left, and what was let go."""
    words = form.words
    yield Rule(RuleStyle.DOUBLE)
    for kind, title in (
        (TotalKind.SALES, words("Sales")),
        (TotalKind.RETURNS, words("Goods returned")),
    ):
        sign = -1 if kind is TotalKind.RETURNS else 1
        yield form.row(title, sign * tally.amount_minor(kind), tally.count(kind))
    net = slip_amount(tally.amount_minor(TotalKind.NET), form.currency)
    tickets = str(tally.count(TotalKind.NET))
    yield Columns((words("Sales less returns"), tickets, net), (4, 9), bold=True)
    yield _pair(words("Pieces sold"), tally.count(TotalKind.PIECES))
    returned = tally.count(TotalKind.RETURNED_PIECES)
    if returned:
        yield _pair(words("Pieces returned"), returned)
    yield from _let_go(tally, form)
    rounding = tally.count(TotalKind.CASH_ROUNDING)
    if rounding:
        off_minor = tally.amount_minor(TotalKind.CASH_ROUNDING)
        yield form.row(words("Cash rounding"), off_minor, rounding)


def _let_go(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    for key in tally.keys(TotalKind.DISCOUNT):
        if key != StepKind.ROUND_OFF:  # stands below, tax included
            name = _STEPS.get(StepKind(key), "") if key else ""
            yield _row(tally, TotalKind.DISCOUNT, form, name or N_("Discounts"), key)
    if tally.count(TotalKind.ROUND_OFF):
        yield _row(tally, TotalKind.ROUND_OFF, form, N_("Rounded off"))
    if tally.count(TotalKind.DISCOUNT_RETURNED):
        title = N_("Discounts of returned goods")
        yield _row(tally, TotalKind.DISCOUNT_RETURNED, form, title)


def value_section(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    """Yield stored value: money that came in or went back, and is no revenue."""
    if not any(tally.count(kind) for kind, _title in _VALUE):
        return
    yield Rule()
    yield Text(form.words("Stored value (no revenue)"), bold=True)
    for kind, title in _VALUE:
        for key in tally.keys(kind):
            of = form.words(_ACCOUNTS[key]) if key in _ACCOUNTS else key
            name = f"{form.words(title)} · {of}"
            sign = -1 if kind is TotalKind.VALUE_REFUNDED else 1
            amount_minor = sign * tally.amount_minor(kind, key)
            yield form.row(name, amount_minor, tally.count(kind, key))


def tax_section(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    """Yield net and tax by rate, returns deducted."""
    keys = tally.keys(TotalKind.TAX_BASE, TotalKind.TAX)
    if not keys:
        return
    words, currency, widths = form.words, form.currency, (_NET, _TAX)
    yield Rule()
    yield Columns((words("Tax"), words("Net"), words("Tax")), widths)
    names = _tax_names(form.shop.rules, words.language)
    for key in keys:
        base = slip_amount(tally.amount_minor(TotalKind.TAX_BASE, key), currency)
        tax = slip_amount(tally.amount_minor(TotalKind.TAX, key), currency)
        code, _mark, percentage = key.partition("@")
        plain = code if percentage in code else f"{code} {percentage}"
        name = names.get(key, plain)
        yield Columns((name, base, tax), widths)


def _tax_names(rules: PricingRules, language: str) -> dict[str, str]:
    return {
        tax_key(rate.code, rate.percentage): dict(rate.names).get(language, rate.name)
        for category in rules.tax_categories
        for rate in category.rates
        if rate.name
    }


def tender_section(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    """Yield each tender: taken, change, refunded, corrected, and what is left."""
    words = form.words
    kinds = (TotalKind.TENDER, TotalKind.REFUND, TotalKind.CORRECTION)
    yield Rule()
    yield Text(words("Tenders"), bold=True)
    for key in tally.keys(*kinds):
        taken = tally.amount_minor(TotalKind.TENDER, key)
        parts = (
            (words("Change"), -tally.amount_minor(TotalKind.CHANGE, key)),
            (words("Refunded"), -tally.amount_minor(TotalKind.REFUND, key)),
            (words("Corrected"), tally.amount_minor(TotalKind.CORRECTION, key)),
        )
        name = form.tender_names.get(key, key)
        yield form.row(name, taken, tally.count(TotalKind.TENDER, key))
        moved = [(title, minor) for title, minor in parts if minor]
        for title, minor in moved:
            yield form.row(f"  {title}", minor)
        if moved:
            left_minor = taken + sum(minor for _title, minor in moved)
            yield form.row("  =", left_minor)


def cash_section(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    """Yield the float and what moved the drawer beside the tickets."""
    words = form.words
    yield Rule()
    yield Text(words("Cash drawer"), bold=True)
    yield form.row(words("Float"), tally.amount_minor(TotalKind.FLOAT))
    off_minor = tally.amount_minor(TotalKind.OVER_SHORT, OPENING)
    if off_minor:
        yield form.row(words("Float differed by"), off_minor)
    if TotalKind.CASH_FLOW in tally.kinds:
        yield form.row(words("Cash from tickets"), _cash_of_tickets(tally))
    for kind, title, sign in (
        (TotalKind.PAID_IN, words("Paid in"), 1),
        (TotalKind.PAID_OUT, words("Paid out"), -1),
        (TotalKind.SAFE_DROP, words("Dropped into the safe"), -1),
    ):
        for key in tally.keys(kind):
            reason = form.reason_names.get((kind.value, key), key)
            name = f"{title}: {reason}" if reason else title
            amount_minor = sign * tally.amount_minor(kind, key)
            yield form.row(name, amount_minor, tally.count(kind, key))


def _cash_of_tickets(tally: Tally) -> int:
    """Return what tickets and corrections changed: all but moves and the close."""
    moved = (
        tally.amount_minor(TotalKind.PAID_IN)
        - tally.amount_minor(TotalKind.PAID_OUT)
        - tally.amount_minor(TotalKind.SAFE_DROP)
    )
    closed = tally.amount_minor(TotalKind.OVER_SHORT, CLOSING)
    closed -= tally.amount_minor(TotalKind.TO_SAFE)
    return tally.amount_minor(TotalKind.CASH_FLOW) - moved - closed


def exception_section(tally: Tally, form: ShiftForm) -> Iterable[Block]:
    """Yield what a manager wants to know of: voids, no-sales, reprints."""
    yield Rule()
    rows = [
        _row(tally, kind, form, title)
        for kind, title in _EXCEPTIONS
        if tally.count(kind)
    ]
    for key in tally.keys(TotalKind.NO_SALE):
        title = form.words("Drawer opened without a sale")
        reason = form.reason_names.get((TotalKind.NO_SALE.value, key), "")
        name = f"{title}: {reason}" if reason else title
        rows.append(_pair(name, tally.count(TotalKind.NO_SALE, key)))
    rows += [
        _pair(form.words(title), tally.count(kind))
        for kind, title in _COUNTED
        if tally.count(kind)
    ]
    yield from rows
    if not rows:
        yield Text(form.words("No voids, no-sales or reprints"))


def _row(
    tally: Tally, kind: TotalKind, form: ShiftForm, title: str, key: str = ""
) -> Columns:
    amount_minor = tally.amount_minor(kind, key)
    return form.row(form.words(title), amount_minor, tally.count(kind, key))


def _pair(title: str, count: int) -> Columns:
    return Columns((title, str(count)), (0,))
