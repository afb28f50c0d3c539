"""Ages, goods and sums of parked sales in words."""

from __future__ import annotations

from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.pricing_result import PricedBasket
from pos_app.i18n import _, current_language, plural
from pos_app.services.resumed_sale import Resumed
from ui.format import amount, clock_text, day_text, money, quantity
from ui.presenters.ticket_state import BandView, SumTone, SumView
from ui.presenters.workplace import Workplace

_NAMED_GOODS = 4
_HOUR, _DAY = 60, 24 * 60
#: From here on somebody should ask what becomes of it.
OLD_MINUTES = 2 * _HOUR


def age_words(minutes: int) -> str:
    """Write how long a sale has been parked: "11 min", "2 h 52 min", "3 days"."""
    if minutes < 1:
        return _("just now")
    if minutes < _HOUR:
        return _("{minutes} min", minutes=minutes)
    if minutes < _DAY:
        hours, rest = divmod(minutes, _HOUR)
        return _("{hours} h {minutes} min", hours=hours, minutes=rest)
    return plural("{count} day", "{count} days", minutes // _DAY)


def title_of(parked: ParkedSale) -> str:
    """Return what people call it: "#12 白衬衫女士"."""
    return f"#{parked.short_number} {parked.name}".rstrip()


def goods_of(parked: ParkedSale) -> tuple[str, str]:
    """Name the first goods, and say how many pieces there are where that is not all."""
    language, basket = current_language(), parked.sale.basket
    words = []
    for line in basket.lines[:_NAMED_GOODS]:
        name = line.unit.name_in(language) if line.unit else line.scanned
        is_one = line.quantity == 1
        words.append(name if is_one else f"{name} ×{quantity(line.quantity)}")
    words += [
        _("Returned {name}", name=dict(back.names).get(language, back.name))
        for back in basket.returns[: _NAMED_GOODS - len(words)]
    ]
    goods = _(", ").join(words)
    if len(basket.lines) + len(basket.returns) <= _NAMED_GOODS:
        return goods, ""
    count = parked.item_count
    return goods, plural(" · {count} item in all", " · {count} items in all", count)


def who_of(parked: ParkedSale, work: Workplace) -> str:
    """Return who parked it, in the language of who reads it."""
    language = current_language()
    for staff in work.counter.desk.catalog.everybody():
        if staff.staff_id == parked.parked_by:
            return staff.name_in(language)
    return parked.parked_by_name


def when_of(parked: ParkedSale, work: Workplace) -> str:
    """Write when it was parked; with the day when that is not today."""
    moment = parked.parked_at.at(work.zone)
    time = clock_text(moment.time())
    is_today = moment.date() == work.local_now().date()
    return time if is_today else f"{day_text(moment.date())} {time}"


def band_of(parked: ParkedSale, work: Workplace) -> BandView:
    """Return the strip above its lines."""
    detail = _(
        "Parked at {time} by {name}",
        time=when_of(parked, work),
        name=who_of(parked, work),
    )
    return BandView(title_of(parked), detail, "pause-circle")


def sums_of(
    parked: ParkedSale, priced: PricedBasket, work: Workplace
) -> tuple[SumView, ...]:
    """Return what stands below its lines."""
    let_go = amount(-priced.discount_minor, work.currency)
    found = [
        SumView(_("Parked by"), who_of(parked, work)),
        SumView(_("Parked at"), when_of(parked, work)),
    ]
    if priced.discount_minor:
        found.append(SumView(_("Let go"), let_go, SumTone.SAVING))
    found.append(SumView(_("Price when resumed"), _("Computed anew")))
    return tuple(found)


def resumed_words(done: Resumed, currency: str) -> str:
    """Say that a sale goes on, and what changed meanwhile."""
    title = title_of(done.parked)
    said = _("{sale} goes on", sale=title)
    if done.changed_lines:
        said += " · " + plural(
            "{count} line has a new price",
            "{count} lines have new prices",
            done.changed_lines,
        )
    if done.difference_minor:
        sign = "+" if done.difference_minor > 0 else ""
        said += f" · {sign}{money(done.difference_minor, currency)}"
    return said
