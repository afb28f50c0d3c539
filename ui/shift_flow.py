"""The shift at the counter: its tab, its screen, opening, closing, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.domain.shift import CashMoveKind, ShiftFigures
from pos_app.i18n import _
from ui.keymap import Action
from ui.presenters.frame_state import ChipView, TabView
from ui.shift_bars import REVIEWS, ShiftBars
from ui.shift_parts import ShiftParts

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow


class ShiftFlow(ShiftParts):
    """Leads from part to part; one of them is on the screen."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self.bars = ShiftBars(flow.work)
        self._is_phone_order = False
        # Where nobody counted, a shift opens by itself with the first money.
        flow.payment.sale_ended.connect(self.bars.forget)

    # ------------------------------------------------------------- where one is

    @property
    @override
    def is_shown(self) -> bool:
        shown = self.flow.window.screen_shown
        return self.has_made("screen") and shown is self.screen

    @override
    def tab(self) -> TabView | None:
        return TabView("shift", _("Shift"), "clock-user")

    @override
    def till_note(self) -> str:
        return self.bars.till_note()

    @override
    def open(self) -> None:
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            return
        if not self.is_shown or self.part is not self.closing:
            self.go("menu")  # what was counted is kept until the key "close"

    @override
    def show(self) -> None:
        wants_phone = self.flow.work.counter.desk.settings.current.pad == "123"
        if wants_phone != self._is_phone_order:
            self._is_phone_order = wants_phone
            self.screen.pay.keypad.use_phone_order(is_on=wants_phone)
        self.screen.show_state(self.part.state)

    @override
    def retranslate(self) -> None:
        if self.has_made("screen"):
            self.screen.retranslate()

    @override
    def go(self, where: str) -> None:
        """Show a part by its name, or leave the shift."""
        name, _colon, shift_id = where.partition(":")
        self.bars.forget()
        if name == "sale":
            self.flow.go_to_sale()
        elif name == "done":
            self.flow.lock()
        elif name == "review":
            self._ask_review(shift_id)
        else:
            self._show_part(name, shift_id)

    def _show_part(self, name: str, shift_id: str) -> None:
        if name == "x":
            self.flow.frame.attempt(self._ask_x)
            return
        self.flow.window.show_screen(self.screen)
        if name in {kind.value for kind in CashMoveKind}:
            self.part = self.move
            self.move.begin(CashMoveKind(name))
        elif name == "z":
            self.part = self.paper
            self.paper.begin_z(self.closed.find(shift_id), is_fresh=False)
        elif name == "closed":
            assert self.outcome.closed is not None
            self.part = self.paper
            self.paper.begin_z(self.outcome.closed, is_fresh=True)
        elif name == "close":
            self._close(shift_id)
        else:
            self._begin(name)
        self.flow.render()

    def _close(self, shift_id: str) -> None:
        """Close one's own shift, or somebody else's."""
        shifts = self.flow.work.counter.shift
        own, others = shifts.current(), self.others.shifts()
        found = next((x for x in others if x.shift_id == shift_id), own)
        if found is None:
            self._begin("menu")
            return
        self.part = self.closing
        self.closing.begin(found)

    def _begin(self, name: str) -> None:
        """Show a part that begins by itself."""
        part, begin = {
            "menu": (self.menu, self.menu.begin),
            "open": (self.opening, self.opening.begin),
            "recount": (self.closing, self.closing.begin_recount),
            "outcome": (self.outcome, self.outcome.begin),
            "z_list": (self.closed, self.closed.begin),
            "others": (self.others, self.others.begin),
            REVIEWS: (self.reviews, self.reviews.begin),
        }[name]
        self.part = part
        begin()

    def _ask_x(self) -> None:
        self.menu.await_future(self.flow.work.counter.shift.x_report(), self._show_x)

    def _show_x(self, figures: ShiftFigures) -> None:
        self.menu.is_working = False
        self.flow.features.leave(but=self)  # the reports ask for an X, too
        self.flow.window.show_screen(self.screen)
        self.part = self.paper
        self.paper.begin_x(figures)

    # ------------------------------------------------------------------- reviews

    @override
    def chips(self) -> tuple[ChipView, ...]:
        return self.bars.chips()

    def _ask_review(self, shift_id: str) -> None:
        close = self.reviews.find(shift_id)
        currency = self.flow.work.currency
        number = _("Shift #{number}", number=close.shift.short_number)
        from ui.presenters.shift_outcome import signed_money

        off = signed_money(close.difference_minor, currency)
        what = _(
            "{name} closed it with {amount}.",
            name=self.reviews.person(close.closed_by, close.closed_by_name),
            amount=off,
        )
        self.review.ask(shift_id, number, what)

    # --------------------------------------------------------------- what comes

    @override
    def signed_on(self) -> bool:
        self.bars.forget()
        counter = self.flow.work.counter
        staff, shift = counter.desk.session.cashier, self.bars.shift
        if shift is None:
            if counter.shift.asks_to_open and staff.may(Permission.SHIFT_OPEN):
                self.go("open")
                return True
            return False
        counts = counter.shift.counts()
        if counts and counts[-1].counted_by == staff.staff_id:
            self.go("close")  # the close is taken up where it stood
            return True
        return False

    @override
    def takes_pad(self, value: str) -> bool:
        if not self.is_shown:
            return False
        self.part.on_pad(value)
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        if not self.is_shown:
            return False
        return self.keys.take(action)

    @override
    def takes_function(self, key: str) -> bool:
        if key != REVIEWS:
            return False
        self.flow.features.leave(but=self)
        self.go(REVIEWS)
        return True
