"""Price rows and moments in words: the same on the screen, in "why" and black box."""

from __future__ import annotations

from datetime import tzinfo

from pos_app.domain.price import PROMOTION, UnitPrice
from pos_app.i18n import _
from pos_app.values.times import Timestamp
from ui.format import clock_text, day_text


def moment_text(moment: Timestamp, zone: tzinfo) -> str:
    """Write a moment in the shop's time: "Sat 21 Nov 08:00"."""
    local = moment.at(zone)
    return f"{day_text(local.date())} {clock_text(local.time())}"


def row_period_text(row: UnitPrice, zone: tzinfo) -> str:
    """Say from when until when a price row holds."""
    start, end = row.period.start, row.period.end
    if start is None and end is None:
        return _("always")
    if end is None:
        assert start is not None
        return _("from {moment} on", moment=moment_text(start, zone))
    if start is None:
        return _("until {moment}", moment=moment_text(end, zone))
    return _(
        "{start} until {end}",
        start=moment_text(start, zone),
        end=moment_text(end, zone),
    )


def since_text(row: UnitPrice, zone: tzinfo) -> str:
    """Say since when a row in force holds, and until when if it ends."""
    words = []
    if row.period.start is not None:
        words.append(_("since {day}", day=moment_text(row.period.start, zone)))
    if row.period.end is not None:
        words.append(_("until {moment}", moment=moment_text(row.period.end, zone)))
    return " · ".join(words)


def kind_text(row: UnitPrice) -> str:
    """Name the kind of a row."""
    return _("price for a while") if row.priority == PROMOTION else _("shelf price")


def row_name(price_id: str) -> str:
    """Return the short name of a price row, as slip and black box know it."""
    return f"#{price_id.replace('-', '')[-6:]}" if price_id else ""
