"""Puts the part of stored value together: presenter, page, the counter's dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.value_office import ValueOfficePart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_value import ValueOfficePage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_value(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = ValueOfficePart(place), ValueOfficePage()
    page.search.text_edited.connect(part.on_search)
    page.search.left.connect(lambda: _leave_search(part, page))
    page.form.filter_chosen.connect(part.on_filter)
    page.form.row_chosen.connect(part.on_row)
    page.form.acted.connect(part.on_act)
    part.account_wanted.connect(flow.features.value.open_account)
    return part, page


def _leave_search(part: ValueOfficePart, page: ValueOfficePage) -> None:
    page.search.stop()
    part.on_search("")
