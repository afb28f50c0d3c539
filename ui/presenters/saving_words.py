"""What a customer saves, in words: on a line of the ticket, and below all lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.documents.reduction_rows import step_words
from pos_app.domain.basket import BasketLine
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.reduction import DEAL_STEPS, PriceStep, StepKind
from pos_app.i18n import N_, Words, _, current_language
from pos_app.services.sale import SaleService
from ui.format import amount, money
from ui.presenters.ticket_state import SumTone, SumView

#: So many reductions are named on a line of the ticket; of more their number is told.
_NAMED = 3
#: What the sums tell apart, in this order.
_PARTS: tuple[tuple[str, frozenset[StepKind]], ...] = (
    (N_("Promotions"), frozenset({StepKind.ITEM_DEAL, StepKind.ORDER_DEAL})),
    (N_("Member price"), frozenset({StepKind.LEVEL_PRICE})),
    (N_("Coupons"), frozenset({StepKind.COUPON})),
    (N_("Points"), frozenset({StepKind.POINTS})),
    (N_("Marked down"), frozenset({StepKind.MARKED_DOWN})),
    (
        N_("By hand"),
        frozenset(
            {
                StepKind.OVERRIDE,
                StepKind.EXCHANGE_PRICE,
                StepKind.LINE_DISCOUNT,
                StepKind.SALE_DISCOUNT,
            }
        ),
    ),
    (N_("Rounded off"), frozenset({StepKind.ROUND_OFF})),
)
#: Of more parts than these the last ones are told together.
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class SavingWords:
    """Why a line costs less and how much, from long to short.

    Attributes:
        forms: each tells all of it; the first one that fits is shown.
        tail: how the last form ends, which is never cut off.
    """

    forms: tuple[str, ...] = ()
    tail: str = ""

    @property
    def whole(self) -> str:
        """The longest form; "" where nothing was let go."""
        return self.forms[0] if self.forms else ""


def line_saving(
    priced: PricedLine, currency: str, words: Words, line: BasketLine | None = None
) -> SavingWords:
    """Say why a line costs less and how much: "第 2 件半价 −2.50".

    Args:
        priced: the line.
        currency: of its amounts.
        words: of the reader's language.
        line: of the basket, which knows what one unit costs a member.
    """
    if not priced.discount_minor:
        return SavingWords()
    told = [step for step in priced.steps if step.amount_minor]
    tail = amount(-priced.discount_minor, currency)
    if len(told) == 1 and told[0].kind is StepKind.LEVEL_PRICE:
        level = _level_price(told[0], line)
        tail = tail if level is None else amount(level, currency)
    if len(told) <= 1:
        name = step_words(told[0], words) if told else words("Rounded off")
        return SavingWords((f"{name} {tail}",), tail)
    names = [step_words(step, words) for step in told]
    count = words.plural("{count} reduction", "{count} reductions", len(told))
    shorter = (f"{names[0]} +{len(told) - 1} {tail}", f"{count} {tail}")
    if len(told) > _NAMED:
        return SavingWords(shorter, tail)
    each = " · ".join(
        f"{name} {amount(-step.amount_minor, currency)}"
        for name, step in zip(names, told, strict=True)
    )
    return SavingWords((each, f"{' + '.join(names)} {tail}", *shorter), tail)


def _level_price(step: PriceStep, line: BasketLine | None) -> int | None:
    """Return what one unit costs at the level that a step names."""
    unit = line.unit if line else None
    levels = unit.level_prices if unit else ()
    return next((x.minor for x in levels if x.level == step.name), None)


def has_deals(priced: PricedBasket) -> bool:
    """Tell whether a promotion or a member's price lowered a basket."""
    return any(
        step.kind in DEAL_STEPS or step.kind is StepKind.LEVEL_PRICE
        for line in priced.lines
        for step in line.steps
    )


def deal_sums(priced: PricedBasket) -> tuple[SumView, ...]:
    """Return the list price, what each kind of reduction takes off it, and the whole.

    "原价 218.40 | 促销优惠 −37.30 | 会员价 −1.00 | 优惠合计 −38.30"
    """
    currency = priced.currency
    parts = [(label, minor) for label, minor in _parts(priced) if minor]
    if len(parts) > _MOST_PARTS:
        rest = parts[_MOST_PARTS - 1 :]
        more = (_("More"), sum(minor for _label, minor in rest))
        parts = [*parts[: _MOST_PARTS - 1], more]
    if len(parts) > 1:
        parts.append((_("Saved in all"), priced.discount_minor))
    off = (
        SumView(label, amount(-minor, currency), SumTone.SAVING)
        for label, minor in parts
    )
    return (SumView(_("List price"), amount(priced.list_minor, currency)), *off)


def _parts(priced: PricedBasket) -> Iterable[tuple[str, int]]:
    steps = [step for line in priced.lines for step in line.steps]
    for label, kinds in _PARTS:
        yield _(label), sum(x.amount_minor for x in steps if x.kind in kinds)


def let_go(priced: PricedBasket) -> list[SumView]:
    """Return what was let go without promotions: by hand, and as round-off."""
    steps = [step for line in priced.lines for step in line.steps]
    off = [step.amount_minor for step in steps if step.kind is StepKind.ROUND_OFF]
    by_hand = priced.discount_minor - sum(off)
    parts = ((_("Discounts"), by_hand), (_("Rounded off"), sum(off)))
    return [
        SumView(label, amount(-minor, priced.currency), SumTone.SAVING)
        for label, minor in parts
        if minor
    ]


def changed_lines(before: PricedBasket | None, sale: SaleService) -> str:
    """Say which lines cost something else since a scan; "" for none.

    Lines whose quantity changed or that were not there before are not told: the
    scan itself was about them.
    """
    after, basket = sale.priced, sale.basket
    if before is None or after is None or basket is None:
        return ""
    if not (before.promoted.applications or after.promoted.applications):
        return ""
    known = {line.line_id: line for line in before.lines}
    names = {line.line_id: line.unit for line in basket.lines}
    found = []
    for line in after.lines:
        old, unit = known.get(line.line_id), names.get(line.line_id)
        if old is None or unit is None or old.quantity != line.quantity:
            continue
        if old.total_minor != line.total_minor:
            name = unit.name_in(current_language())
            price = money(line.total_minor, after.currency)
            found.append(_("{name} now {amount}", name=name, amount=price))
    if len(found) > 1:
        return _("{first}, and {count} more", first=found[0], count=len(found) - 1)
    return found[0] if found else ""
