"""Makes the part of shelf prices with its page and dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos_app.i18n import _
from ui.dialogs.new_price import NewPriceDialog, price_of_zero
from ui.dialogs.question import QuestionDialog
from ui.format import symbol_of
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.prices import PricesPart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_prices import PricesPage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_prices(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = PricesPart(place), PricesPage()
    page.tab_chosen.connect(part.on_tab)
    page.search_edited.connect(part.on_search)
    page.unit_chosen.connect(part.on_unit)
    page.row_chosen.connect(part.on_row)
    page.row_action.connect(part.on_row_action)
    page.day_stepped.connect(part.on_day)
    part.moved.connect(page.move_chosen)
    part.find_wanted.connect(page.seek)
    part.ask_seeking(lambda: page.is_seeking)
    _connect_dialogs(flow, part, page)
    return part, page


def _connect_dialogs(flow: CounterFlow, part: PricesPart, page: PricesPage) -> None:
    dialog = NewPriceDialog(flow.window, part.form.explain)
    zero = QuestionDialog(flow.window, "zeroPriceQuestion")
    zero.cover_all()
    for one in (dialog, zero):
        flow.dialogs.own(one)

    def on_new() -> None:
        unit = part.state.unit
        if unit is not None:
            what = _("{name} · now {price}", name=unit.title, price=unit.price)
            symbol = symbol_of(part.work.currency).strip()
            dialog.ask(what, symbol, part.form.first_text())

    def on_zero(name: str) -> None:
        dialog.hide()
        zero.ask(price_of_zero(name))

    def on_answer(key: str) -> None:
        if key == "free":
            part.on_zero_meant()
        else:
            dialog.open()

    page.new_wanted.connect(on_new)
    dialog.confirmed.connect(part.on_new_price)
    part.zero_asked.connect(on_zero)
    zero.answered.connect(on_answer)
    part.refused.connect(dialog.show_problem)
    part.stored.connect(dialog.finish)
