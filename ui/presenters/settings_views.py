"""What the pages of the settings show of the shop and the data."""

from __future__ import annotations

from dataclasses import replace

from pos_app import __version__
from pos_app.i18n import _
from ui.format import money
from ui.presenters.settings_state import (
    AboutView,
    ShopView,
    data_size,
    moment_words,
)
from ui.presenters.workplace import Workplace


def shop_view(work: Workplace) -> ShopView:
    """Return the shop as its slips show it."""
    shop = work.counter.desk.shop
    kind = _("included") if shop.rules.prices_include_tax else _("added")
    return ShopView(
        name=shop.name,
        address=shop.address,
        phone=shop.phone,
        tax_number=shop.tax_number,
        footer=shop.slip_footer,
        facts=(
            (_("Till"), shop.till),
            (_("Currency"), shop.rules.currency),
            (_("Tax in prices"), kind),
            (_("Time zone"), shop.time_zone),
        ),
    )


def quick_notes_view(work: Workplace) -> tuple[tuple[str, str, bool], ...]:
    """Return the shop's notes and coins, and which of them cash keys are made of."""
    desk = work.counter.desk
    chosen = desk.settings.current.quick_notes.split(",")
    notes = [str(x) for x in sorted(desk.shop.cash_notes_minor, reverse=True)]
    is_all = not any(x in chosen for x in notes)
    return tuple(
        (x, money(int(x), work.currency), is_all or x in chosen) for x in notes
    )


def about_view(work: Workplace, known: AboutView) -> AboutView:
    """Return version and data, with how the last backup and check went."""
    last = work.upkeep.last_backup()
    size = data_size(work.upkeep.data_bytes())
    items = f"{work.counter.desk.catalog.item_count():,}"
    fingerprint = work.counter.black_box.fingerprint
    return replace(
        known,
        version=__version__,
        facts=(
            (_("Data"), size),
            (_("Goods"), items),
            (_("Key of exports"), fingerprint[:19]),
            ("", fingerprint[20:]),
        ),
        last_backup=moment_words(last) if last else "",
    )
