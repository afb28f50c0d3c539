"""Cash rounding of a sale, dealt to its single units (law 6)."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.pricing_result import PricedBasket, UnitShare
from pos_app.values.rounding import Run, apportion_runs


def deal_rounding(priced: PricedBasket, rounding_minor: int) -> PricedBasket:
    """Return the basket with the cash rounding split to its single units.

    By largest remainder, in proportion to what each unit costs with tax.

    Args:
        priced: as priced; carries no rounding yet.
        rounding_minor: minor units, plus when the customer paid more.
    """
    if not rounding_minor:
        return priced
    shares = [share for line in priced.lines for share in line.shares]
    costs = [(share.count, share.net_minor + share.tax_minor) for share in shares]
    runs = list(reversed(apportion_runs(rounding_minor, costs)))
    lines = tuple(
        replace(
            line,
            shares=tuple(one for share in line.shares for one in _split(share, runs)),
        )
        for line in priced.lines
    )
    return replace(priced, lines=lines)


def _split(share: UnitShare, runs: list[Run]) -> list[UnitShare]:
    """Use up the last runs for the units of one share."""
    dealt, left = [], share.count
    while left:
        count, rounding_minor = runs.pop()
        assert count <= left
        dealt.append(replace(share, count=count, rounding_minor=rounding_minor))
        left -= count
    return dealt
