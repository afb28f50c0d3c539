"""The coupons of the customer, in the place of the goods (F7)."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.member_state import CouponsState
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.column import take_out
from ui.widgets.coupon_card import CouponCard
from ui.widgets.empty_note import paint_empty
from ui.widgets.kinetic import make_kinetic
from ui.widgets.panel import Panel


class CouponsPanel(Panel):
    """Usable ones first, each with one key; then the others, each with its reason."""

    coupon_pressed = Signal(str)
    """The key of a coupon; the coupon's key."""
    best_pressed = Signal()
    """The best combination is to be used."""

    def __init__(self) -> None:
        super().__init__("couponsPanel", icon="ticket")
        self._shown = CouponsState("")
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("couponsScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidget(self._rows)
        make_kinetic(self._scroll)
        face = ButtonFace(icon="sparkle", kind=Kind.QUICK, arrangement=Arrangement.ROW)
        self.best = ActionButton("couponsBest", face)
        self.best.set_size(56)
        self.best.clicked.connect(self.best_pressed)
        self.body.addWidget(self.best)
        self.body.addWidget(self._scroll, 1)
        theme_host().changed.connect(self._take_spacing)
        self._take_spacing()

    def show_state(self, state: CouponsState) -> None:
        """Show the coupons; cards are made anew only where they say something else."""
        self.set_title(state.title, note=state.note)
        self.best.setVisible(bool(state.best))
        self.best.retitle(state.best, state.best_detail)
        if state.coupons != self._shown.coupons:
            self._fill(state)
        self._scroll.setVisible(bool(state.coupons))
        self._shown = state
        self.update()

    def _fill(self, state: CouponsState) -> None:
        take_out(self._column)
        for coupon in state.coupons:
            card = CouponCard(coupon)
            card.pressed.connect(self.coupon_pressed)
            self._column.addWidget(card)
        self._column.addStretch(1)

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

    def _take_spacing(self) -> None:
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(8))
