"""Connects the member's panel to what a touch and a keyboard ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from ui.member_flow import MemberFlow
    from ui.panels.member import MemberPanel


class MemberHand(QObject):
    """Bound methods for the panel's signals; the flow does the work."""

    def __init__(self, members: MemberFlow, panel: MemberPanel) -> None:
        super().__init__(members)
        self._members, self._panel = members, panel
        presenter, form = members.presenter, members.presenter.form
        panel.closed.connect(members.leave)
        panel.search_edited.connect(presenter.look_for)
        panel.search_submitted.connect(members.take_chosen)
        panel.search_moved.connect(presenter.move)
        panel.search_left.connect(self._on_search_left)
        panel.member_chosen.connect(self._on_chosen)
        panel.key_pressed.connect(members.takes_function)
        panel.coupon_pressed.connect(members.flow.features.coupons.press)
        panel.suggestion_pressed.connect(members.actions.add_goods)
        panel.form.edited.connect(form.type_field)
        panel.form.field_chosen.connect(self._on_field)
        panel.form.agreed.connect(form.agree)
        panel.form.offers_agreed.connect(form.agree_to_offers)
        panel.form.profile_refused.connect(form.refuse_profile)
        panel.form.submitted.connect(self._on_form_submitted)

    def _on_chosen(self, member_id: str) -> None:
        """A row was touched: that is the customer."""
        self._members.attach(member_id, self._members.presenter.means_of())

    def _on_search_left(self) -> None:
        self._panel.search.stop()
        self._members.presenter.look_for("")
        self._give_keyboard_back()

    def _on_field(self, which: str) -> None:
        self._give_keyboard_back()
        self._members.presenter.form.choose_field(which)

    def _on_form_submitted(self) -> None:
        self._give_keyboard_back()
        self._members.actions.enrol_on()

    def _give_keyboard_back(self) -> None:
        """The keyboard is the scanner's and the pad's again."""
        self._members.flow.screens.sale.setFocus()
