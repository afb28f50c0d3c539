"""Puts the part of promotions together: presenter, page, and when one starts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos_app.errors import GuitaiError
from ui.dialogs.start_promotion import StartPromotionDialog
from ui.messages import explain
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.new_price import NewPriceForm, NewPriceText
from ui.presenters.promotions import PromotionsPart
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_promotions import PromotionsPage

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


def make_promotions(
    flow: CounterFlow, place: BackOfficePlace
) -> tuple[BackOfficePart, BackOfficePage]:
    """Return the part and its page, connected."""
    part, page = PromotionsPart(place), PromotionsPage()
    page.tab_chosen.connect(part.on_tab)
    page.search.text_edited.connect(part.on_search)
    page.search.left.connect(lambda: _leave_search(part, page))
    page.row_chosen.connect(part.on_row)
    page.template_chosen.connect(part.on_template)
    page.new.clicked.connect(part.on_new)
    page.acted.connect(part.on_action)
    part.moved.connect(page.move_chosen)
    part.find_wanted.connect(page.seek)
    part.entered.connect(page.take_marked)
    _connect_editor(part, page)
    PromotionStart(flow, part, page)
    return part, page


def _leave_search(part: PromotionsPart, page: PromotionsPage) -> None:
    part.on_search("")
    page.search.stop()


def _connect_editor(part: PromotionsPart, page: PromotionsPage) -> None:
    editor = page.editor
    editor.dry_run.clicked.connect(part.on_dry_run)
    page.dry_run.closed.connect(part.dry_run.close)
    page.dry_run.table_chosen.connect(part.dry_run.choose)
    editor.tapped.connect(part.on_blank)
    editor.parts_changed.connect(part.on_parts)
    editor.right.closed.connect(part.on_card_left)
    editor.done.clicked.connect(part.on_card_left)
    editor.back.clicked.connect(part.on_back)
    editor.save.clicked.connect(part.on_save)
    editor.start.clicked.connect(part.on_start)
    editor.fields.edited.connect(part.on_field)
    editor.fields.stepped.connect(part.on_step)
    editor.fields.day_tapped.connect(part.on_day)
    editor.fields.padded.connect(part.on_pad)
    editor.fields.aimed.connect(part.on_aim)
    editor.fields.acted.connect(part.on_card_key)
    editor.goods.tapped.connect(part.on_goods)
    editor.goods.side_chosen.connect(part.on_goods_side)
    editor.goods.search_edited.connect(part.on_goods_search)
    editor.sample.chosen.connect(part.on_sample_row)
    editor.sample.counted.connect(part.on_sample_count)


class PromotionStart(QObject):
    """Asks when a promotion starts; lives with its page."""

    def __init__(
        self, flow: CounterFlow, part: PromotionsPart, page: PromotionsPage
    ) -> None:
        super().__init__(page)
        self._part, self._form = part, NewPriceForm(part.work)
        self._dialog = StartPromotionDialog(flow.window)
        flow.dialogs.own(self._dialog)
        part.start_wanted.connect(self._ask)
        part.started.connect(self._dialog.hide)
        self._dialog.confirmed.connect(self._on_confirmed)

    def _ask(self, name: str) -> None:
        self._dialog.ask(name, self._form.first_text())

    def _on_confirmed(self, text: NewPriceText) -> None:
        part = self._part
        try:
            # The form of prices reads the same two moments.
            draft, _odd = self._form.draft("", replace(text, price="1"))
        except GuitaiError as error:
            self._dialog.show_problem(explain(error, part.work.currency).sentence)
            return
        part.start(draft.start, draft.end)
