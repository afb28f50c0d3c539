"""guitai bench --peers: what another engine makes of the same baskets and rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pos_app.cli.bench_figures import Figure, percentile, timed_ms
from pos_app.cli.bench_oscar import OscarShop, start
from pos_app.cli.bench_promotion_sets import RULES, Load, shared_with_oscar
from pos_app.cli.bench_promotions import MOMENT, offers_of
from pos_app.domain.pricing import price_basket

#: Percentages, amounts, prices and n for a price: what both engines mean alike.
LOADS = (
    Load("20 lines, 50 promotions", 20, 50, 300, only_promoted=True),
    Load("20 lines, 200 promotions", 20, 200, 300, only_promoted=True),
)
PEER = "django-oscar"


@dataclass(frozen=True, slots=True)
class Beside:
    """The same baskets under the same rules in two engines.

    Attributes:
        name: of the load, with the number of baskets.
        saved_minor: by basket, what the till took off, and what the other did.
        took_ms: by basket, how long the till took, and the other.
    """

    name: str
    saved_minor: tuple[tuple[int, int], ...]
    took_ms: tuple[tuple[float, float], ...]

    @property
    def saved(self) -> tuple[float, float]:
        """What customers saved in all, in the currency's unit."""
        ours, theirs = zip(*self.saved_minor, strict=True)
        return sum(ours) / 100, sum(theirs) / 100

    @property
    def more(self) -> tuple[int, int]:
        """In how many baskets the till saved more, and the other."""
        ours = sum(mine > other for mine, other in self.saved_minor)
        return ours, sum(mine < other for mine, other in self.saved_minor)

    def within_ms(self, percent: int) -> tuple[float, float]:
        """How long so many of a hundred baskets took at most."""
        ours, theirs = zip(*self.took_ms, strict=True)
        return percentile(ours, percent), percentile(theirs, percent)

    def figures(self) -> Iterator[Figure]:
        """The same as figures; the other must never save more."""
        for at, who in enumerate(("Guitai", PEER)):
            yield Figure(f"{self.name}: saved, {who}", self.saved[at], "¥")
            for percent in (50, 95):
                name = f"{self.name}: a basket, {who}, p{percent}"
                yield Figure(name, self.within_ms(percent)[at], "ms")
        name = f"{self.name}: baskets in which {PEER} saves more"
        yield Figure(name, self.more[1], "baskets", 0)


def compare(baskets: int) -> Iterator[Beside]:
    """Price the same baskets twice.

    Args:
        baskets: of each load.

    Raises:
        UserError: "peer_missing" where the other engine is not installed.
    """
    start()
    for load in LOADS:
        yield _side_by_side(load, baskets)


def _side_by_side(load: Load, count: int) -> Beside:
    sets = shared_with_oscar(load, 1)
    baskets = [sets.basket() for _ in range(count)]
    items = {int(x.unit.sku) for b in baskets for x in b.lines if x.unit}
    shop, offers = OscarShop(sets, sorted(items)), offers_of(sets)
    saved, took = [], []
    for basket in baskets:
        found: list[int] = []
        other = shop.basket(basket)
        ours_ms = timed_ms(
            lambda: found.append(  # noqa: B023 - called at once
                price_basket(basket, RULES, MOMENT, offers).promoted.saving_minor  # noqa: B023
            )
        )
        theirs_ms = timed_ms(lambda: found.append(shop.saving_minor(other)))  # noqa: B023
        saved.append((found[0], found[1]))
        took.append((ours_ms, theirs_ms))
    return Beside(f"{load.name}, {count} baskets", tuple(saved), tuple(took))


def peer_table(found: Sequence[Beside]) -> list[str]:
    """Return both side by side, as lines for a terminal."""
    lines = [f"{'':44}{'Guitai':>12}{PEER:>16}"]
    for each in found:
        lines.append(each.name)
        lines.append(_row("saved for customers, ¥", each.saved))
        lines.append(_row("baskets in which it saves more", each.more))
        lines += [
            _row(f"{percent} of 100 baskets within, ms", each.within_ms(percent))
            for percent in (50, 95)
        ]
    return [
        *lines,
        "Both have the same percentages, amounts, prices and n for a price on the same",
        f"goods; each piece takes part in one. {PEER} tries the promotion that takes",
        "most off first; its database lies in memory, and its time counts the queries.",
    ]


def _row(what: str, values: tuple[float, float]) -> str:
    ours, theirs = (
        f"{x:,}" if isinstance(x, int) else f"{x:,.2f}" if x < 100_000 else f"{x:,.0f}"
        for x in values
    )
    return f"  {what:42}{ours:>12}{theirs:>16}"
