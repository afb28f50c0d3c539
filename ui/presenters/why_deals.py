"""The arithmetic of promotions on a line, as a person would do it on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from pos_app.documents.reduction_rows import deal_words
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.promotion.application import Application, Claim
from pos_app.domain.promotion.deal import DealKind
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.reduction import DEAL_STEPS, PriceStep, StepKind
from pos_app.i18n import Words
from pos_app.values.rounding import divide
from ui.format import amount

_LAYERS = {
    StepKind.ITEM_DEAL: Layer.ITEM,
    StepKind.ORDER_DEAL: Layer.ORDER,
    StepKind.COUPON: Layer.COUPON,
    StepKind.POINTS: Layer.POINTS,
}
#: Deals for goods that belong together: which ones they were is worth a word.
_TOGETHER = frozenset(DealKind) - {DealKind.SPEND}
_WHOLE = 1_000_000  # hundred per cent, as Percentage counts


@dataclass(frozen=True, slots=True)
class LineDeal:
    """What one application of a promotion does to one line.

    Attributes:
        application: which. amount_minor: what the line saves by it.
        base_minor: what the line's units in it cost just before.
        whole_base_minor: the same of all units in it, on all lines.
    """

    application: Application
    amount_minor: int
    base_minor: int
    whole_base_minor: int

    @property
    def is_shared(self) -> bool:
        """Tell whether other lines have a part of it, too."""
        return self.base_minor != self.whole_base_minor


def line_deals(
    priced: PricedBasket, line: PricedLine
) -> Mapping[int, tuple[LineDeal, ...]]:
    """Return the applications behind each step of a line, by the step's place.

    Equal neighbours of one promotion are one step of the line; they are told one by
    one. An older document that stored no applications has none.
    """
    left = list(_of_line(priced, line.line_id))
    found: dict[int, tuple[LineDeal, ...]] = {}
    for at, step in enumerate(line.steps):
        if step.kind in DEAL_STEPS:
            found[at] = tuple(_behind(step, left))
    return found


def _of_line(priced: PricedBasket, line_id: str) -> Iterator[LineDeal]:
    for one in priced.promoted.applications:
        own = [claim for claim in one.claims if claim.line_id == line_id]
        saving = sum(claim.saving_minor for claim in own)
        if saving:
            yield LineDeal(one, saving, _base(own), _base(one.claims))


def _behind(step: PriceStep, left: list[LineDeal]) -> Iterator[LineDeal]:
    missing = step.amount_minor
    for deal in tuple(left):
        one = deal.application
        is_same = one.layer is _LAYERS[step.kind]
        if one.layer is not Layer.POINTS:
            is_same = is_same and one.promotion_id == step.promotion_id
        if is_same and 0 < deal.amount_minor <= missing:
            left.remove(deal)
            missing -= deal.amount_minor
            yield deal


def _base(claims: tuple[Claim, ...] | list[Claim]) -> int:
    return sum(claim.base_minor for claim in claims)


class DealWords:
    """Writes applications.

    Args:
        currency: of all amounts.
        words: of the reader's language.
        names: goods by line id.
        when_of: when a promotion holds, in words; "" for always.
    """

    def __init__(
        self,
        currency: str,
        words: Words,
        names: Mapping[str, str],
        when_of: Callable[[Application], str],
    ) -> None:
        self._currency = currency
        self._words = words
        self._names = names
        self._when_of = when_of

    def title(self, deal: LineDeal) -> str:
        """Name the promotion, and that the line has a part of it only."""
        name = deal_words(deal.application, self._words)
        if deal.application.layer is Layer.COUPON and deal.is_shared:
            return self._words("{name}, this line's part", name=name)
        return name

    def working(self, deal: LineDeal) -> str:
        """Write "129.00 × 20%", and how the saving is shared where others have a part.

        "5.00 × 50% = 2.50 · 2.50 × 5.00 ÷ 10.00": what the deal saves, then the part
        of this line by what its units cost, a minor unit more or less.
        """
        one = deal.application
        sum_text = self._whole(one)
        if not deal.is_shared:
            return sum_text
        whole = self._amount(one.saving_minor)
        first = f"{sum_text} = {whole}" if sum_text != whole else ""
        return " · ".join(x for x in (first, self._share(deal)) if x)

    def _share(self, deal: LineDeal) -> str:
        """Write a line's part of a saving: whole saving × own base ÷ whole base."""
        one = deal.application
        figures = (one.saving_minor, deal.base_minor, deal.whole_base_minor)
        expected = divide(figures[0] * figures[1], figures[2])
        if abs(expected - deal.amount_minor) > one.times:  # a floor held it back
            return self._words("of {amount}", amount=self._amount(one.saving_minor))
        times = one.times if not any(x % one.times for x in figures) else 1
        saving, part, whole = (self._amount(x // times) for x in figures)
        tail = f" × {times}" if times > 1 else ""
        return f"{saving} × {part} ÷ {whole}{tail}"

    def goods(self, deal: LineDeal) -> str:
        """Say which goods are in it, where there are others, and when it holds."""
        one = deal.application
        words = []
        if deal.is_shared and one.kind in _TOGETHER:
            counts: dict[str, int] = {}
            for claim in one.claims:
                counts[claim.line_id] = counts.get(claim.line_id, 0) + claim.count
            words = [
                f"{self._names.get(line_id, '–')} × {count}"
                for line_id, count in counts.items()
            ]
        together = " + ".join(words)
        return " · ".join(x for x in (together, self._when_of(one)) if x)

    def _whole(self, one: Application) -> str:
        """Write what the saving is computed from; all uses together."""
        base, saving, off = one.off_base_minor, one.saving_minor, one.off
        if off is None:
            return self._amount(saving)
        each_base, base_rest = divmod(base, max(one.times, 1))
        each, rest = divmod(saving, max(one.times, 1))
        times = f" × {one.times}" if one.times > 1 else ""
        if not rest and off.amount_minor is not None and each == off.amount_minor:
            return f"{self._amount(each)}{times}"
        if off.percentage is not None:
            rate = off.percentage
            if divide(base * rate.millionths, _WHOLE) == saving:
                return f"{self._amount(base)} × {rate}"
            by_use = divide(each_base * rate.millionths, _WHOLE)
            if not rest and not base_rest and by_use == each:
                return f"{self._amount(each_base)} × {rate}{times}"
        return f"{self._amount(base)} → {self._amount(base - saving)}"

    def _amount(self, minor: int) -> str:
        return amount(minor, self._currency)
