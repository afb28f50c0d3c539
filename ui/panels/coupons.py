"""The coupons of the customer, in the place of the goods (F7)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from typing_extensions import override

from ui.presenters.member_state import CouponsState
from ui.theme.fonts import SEMIBOLD, free_font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.column import take_out
from ui.widgets.coupon_card import CouponCard
from ui.widgets.drawing import text_width
from ui.widgets.empty_note import paint_empty
from ui.widgets.panel import Panel
from ui.widgets.rows_area import RowsArea


class CouponsPanel(Panel):
    """Usable ones first, each with one key; then the others, each with its reason."""

    coupon_pressed = Signal(str)
    """The key of a coupon; the coupon's key."""
    best_pressed = Signal()
    """The best combination is to be used."""

    def __init__(self) -> None:
        super().__init__("couponsPanel", icon="ticket")
        self._shown = CouponsState("")
        self._rows = RowsArea("couponsScroll", gap=8)
        face = ButtonFace(icon="sparkle", kind=Kind.QUICK, arrangement=Arrangement.ROW)
        self.best = ActionButton("couponsBest", face)
        self.best.set_size(56)
        self.best.clicked.connect(self.best_pressed)
        self.body.addWidget(self.best)
        self.body.addWidget(self._rows, 1)

    def show_state(self, state: CouponsState) -> None:
        """Show the coupons; cards are made anew only where they say something else."""
        self.set_title(state.title, note=state.note)
        old, self._shown = self._shown, state
        self.best.setVisible(bool(state.best))
        self._name_best()
        if state.coupons != old.coupons:
            self._fill(state)
        self._rows.setVisible(bool(state.coupons))
        self.update()

    def _name_best(self) -> None:
        """Name the coupons on the key where there is room; they stand below, too."""
        now, state = theme(), self._shown
        room = self.best.width() - now.px(24)
        fits = text_width(state.best_detail, free_font(now, 13, SEMIBOLD)) <= room
        is_short = not fits and bool(state.best_saving)
        below = state.best_saving if is_short else state.best_detail
        self.best.retitle(state.best, below)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other words."""
        super().resizeEvent(event)
        self._name_best()

    def _fill(self, state: CouponsState) -> None:
        take_out(self._rows.column)
        for coupon in state.coupons:
            card = CouponCard(coupon)
            card.pressed.connect(self.coupon_pressed)
            self._rows.column.addWidget(card)
        self._rows.column.addStretch(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card; without coupons also what that means."""
        super().paintEvent(event)
        if self._shown.coupons:
            return
        with QPainter(self) as painter:
            top = theme().px(60)
            place = QRect(0, top, self.width(), self.height() - 2 * top)
            paint_empty(painter, place, "ticket", self._shown.empty)
