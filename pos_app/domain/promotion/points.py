"""L4: points given as a discount, dealt over what the goods still cost."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.deal import Off
from pos_app.domain.promotion.dealing import UnitLine
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.promotion.picking import Picked, cost_of, most_off, take_off
from pos_app.domain.promotion.promotion import Layer
from pos_app.values.rounding import RoundingMode, divide


def burn_points(
    lines: Sequence[UnitLine], burn: PointsBurn
) -> tuple[list[UnitLine], list[Application]]:
    """Take points off what is left.

    Where that is less than they are worth, only as many are taken as it needs,
    the last of them whole.

    Args:
        lines: as the layers before left them.
        burn: so many points for so much.
    """
    now = list(lines)
    picks = tuple(
        Picked(at, runs)
        for at, line in enumerate(now)
        if line.may_lower
        and (runs := tuple(i for i, x in enumerate(line.runs) if not x.is_closed))
    )
    saving_minor = min(burn.amount_minor, most_off(now, picks))
    if saving_minor <= 0:
        return now, []
    base_minor = cost_of(now, picks)
    after, claims = take_off(now, picks, saving_minor)
    points = divide(burn.points * saving_minor, burn.amount_minor, RoundingMode.UP)
    used = Application(
        promotion_id="",
        version=0,
        kind=None,
        layer=Layer.POINTS,
        name="",
        times=1,
        off=Off(amount_minor=saving_minor),
        off_base_minor=base_minor,
        saving_minor=saving_minor,
        claims=claims,
        points=points,
    )
    return after, [used]
