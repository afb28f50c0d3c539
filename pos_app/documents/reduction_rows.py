"""What was let go, by promotions and by hand, in the words of a slip."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from pos_app.documents.amounts import slip_amount
from pos_app.documents.layout import Columns
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.reduction import PriceStep, StepKind
from pos_app.domain.sale import Sale
from pos_app.i18n import Words
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import canonical

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts
#: The steps that are told with their line; the others belong to the whole sale.
_LINE_STEPS = (
    StepKind.MARKED_DOWN,
    StepKind.LEVEL_PRICE,
    StepKind.OVERRIDE,
    StepKind.EXCHANGE_PRICE,
    StepKind.ITEM_DEAL,
    StepKind.LINE_DISCOUNT,
)


def off_words(percentage: Percentage, language: str) -> str:
    """Write how much comes off, as people of a language say it.

    Chinese names what is left, in tenths: 20 % off are "8 折". Other languages
    name what comes off: "20%".
    """
    left = _WHOLE - percentage.millionths
    if language.startswith("zh") and 0 < left < _WHOLE:
        return f"{canonical(Decimal(left) / 100_000)} 折"
    return str(percentage)


def step_words(step: PriceStep, words: Words) -> str:
    """Name a step of a price: "Discount 20%", "Price changed", "Second at half price"."""
    if step.promotion_id:
        return dict(step.names).get(words.language, step.name)
    if step.kind is StepKind.MARKED_DOWN:
        return marked_down_words(step.name, words)
    rate = off_words(step.percentage, words.language) if step.percentage else ""
    discount = words("Discount {rate}", rate=rate) if rate else words("Discount")
    of_all = words("Whole-sale discount")
    if rate:
        of_all = words("Whole-sale discount {rate}", rate=rate)
    return {
        StepKind.LEVEL_PRICE: words("Member price"),
        StepKind.OVERRIDE: words("Price changed"),
        StepKind.EXCHANGE_PRICE: words("Price kept in the exchange"),
        StepKind.LINE_DISCOUNT: discount,
        StepKind.SALE_DISCOUNT: of_all,
        StepKind.POINTS: words("Points"),
        StepKind.ROUND_OFF: words("Rounded off"),
    }[step.kind]


def marked_down_words(day: str, words: Words) -> str:
    """Say that goods are marked down, with their last day where it is known.

    The year goes without saying: a longer line would be cut on the screen.
    """
    day = day.partition("-")[2]
    return words("Marked down, use by {day}", day=day) if day else words("Marked down")


def line_rows(line: PricedLine, currency: str, words: Words) -> Iterable[Columns]:
    """Return what stands below a line: its own price, its deals, its discount."""
    for step in told_steps(line):
        off = slip_amount(-step.amount_minor, currency)
        yield Columns((f"  {step_words(step, words)}", off), (0,))


def told_steps(line: PricedLine) -> tuple[PriceStep, ...]:
    """Return the steps of a price that are told below its line."""
    return tuple(x for x in line.steps if x.kind in _LINE_STEPS and x.amount_minor)


def sale_rows(
    sale: Sale, words: Words, *, is_tax_added: bool
) -> Iterable[tuple[str, int]]:
    """Yield (title, minor units) of what stands below the subtotal.

    With it the lines come to the total.

    Args:
        sale: the finished sale.
        words: in the slip's language.
        is_tax_added: whether tax is added below; then only the part of 抹零 that
            was let go before tax stands here.
    """
    priced = sale.priced
    steps = [step for line in priced.lines for step in line.steps]
    by_kind = {
        kind: sum(step.amount_minor for step in steps if step.kind is kind)
        for kind in StepKind
    }
    round_off_minor = by_kind[StepKind.ROUND_OFF]
    if not steps and sale.round_off_minor:  # older than the steps
        older_minor = priced.discount_minor if is_tax_added else sale.round_off_minor
        round_off_minor = older_minor
    sale_minor = by_kind[StepKind.SALE_DISCOUNT]
    before, after = tuple(_deal_rows(sale, words))
    deals_minor = sum(minor for _, minor in (*before, *after))
    lines_minor = priced.discount_minor - sale_minor - round_off_minor + deals_minor
    if lines_minor:
        yield words("Discounts on lines"), -lines_minor
    yield from before
    if sale_minor:
        dealt = [step for step in steps if step.kind is StepKind.SALE_DISCOUNT]
        yield step_words(dealt[0], words), -sale_minor
    yield from after
    if round_off_minor:
        yield words("Rounded off"), -round_off_minor


def _deal_rows(sale: Sale, words: Words) -> Iterable[list[tuple[str, int]]]:
    """Yield the deals over the whole sale: before a discount by hand, and after it."""
    used = sale.priced.promoted.applications
    order = [x for x in used if x.layer is Layer.ORDER]
    later = [x for x in used if x.layer in {Layer.COUPON, Layer.POINTS}]
    for layer in (order, later):
        yield [(deal_words(x, words), -x.saving_minor) for x in layer]


def deal_words(used: Application, words: Words) -> str:
    """Name a use of a promotion, or points that were given."""
    if used.layer is Layer.POINTS:
        return words.plural("{count} point", "{count} points", used.points)
    return used.name_in(words.language)
