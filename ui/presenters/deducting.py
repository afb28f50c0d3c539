"""Deducting coupons and points before money is taken: keys, pad, and what they do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from ui.presenters.deductions import COUPONS, POINTS, Deductions, PointsTyping
from ui.presenters.entry import Entry
from ui.presenters.frame import FramePresenter
from ui.presenters.member_said import price_change, price_said
from ui.presenters.pad_key import PadKey
from ui.presenters.payment_state import DeductView, PaymentState
from ui.presenters.value_pay import VALUE
from ui.presenters.workplace import Workplace


class Deducting(QObject):
    """Lets the pad type points; puts coupons and points into the open sale."""

    changed = Signal()
    """The payment screen must be shown anew."""
    told = Signal(str)
    """Something was deducted or given back; in words for ears."""
    coupons_wanted = Signal()
    """The list of coupons is to be opened."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._work, self._frame = work, frame
        self._rows = Deductions(work)
        self._typing = PointsTyping()

    def begin(self) -> None:
        """Type nothing: the payment screen was opened."""
        self._typing = PointsTyping()

    @property
    def is_typing(self) -> bool:
        """Tell whether the pad types points."""
        return self._typing.is_on

    @property
    def earns(self) -> str:
        """What the open sale earns, as words; "" for nothing."""
        return self._rows.earns()

    def dress(self, state: PaymentState) -> PaymentState:
        """Add the rows; while points are typed, entry and main key are theirs."""
        rows = self._rows.rows(self._typing)
        if state.taken:
            fixed = {COUPONS} if self._rows.are_points_money else {COUPONS, POINTS}
            rows = tuple(_waiting(row) if row.key in fixed else row for row in rows)
        state = replace(state, deductions=rows, points_text=self._rows.earns())
        if not self._typing.is_on:
            return state
        return replace(
            state,
            entry_text=self._typing.entry.text,
            entry_hint=self._rows.hint(),
            entry_problem="",
            is_entry_active=True,
            can_finish=bool(self._typing.entry.text),
            finish_title=_("Use these points"),
            finish_detail=_("Whole steps only; the rest stays"),
            blocked_reason="" if self._typing.entry.text else _("Type how many points"),
        )

    # -------------------------------------------------------------------- keys

    def on_pressed(self, key: str) -> None:
        """The main key of a row: use all of it, or take it back."""
        self._typing = PointsTyping()
        if key == COUPONS:
            self._coupons()
        elif key == POINTS:
            self._points()
        elif key.startswith(VALUE):
            words = _("Stored value used or given back")
            self._change(lambda: self._rows.value.press(key), words)
        self.changed.emit()

    def on_amount(self, key: str) -> None:
        """Another amount: the list of coupons, or the pad for points."""
        if key == COUPONS:
            self.coupons_wanted.emit()
        elif key == POINTS:
            self._typing = PointsTyping(is_on=not self._typing.is_on)
        self.changed.emit()

    def press(self, key: PadKey) -> bool:
        """Take a key of the pad; False while it types no points."""
        if not self._typing.is_on:
            return False
        entry = self._typing.entry
        if key is PadKey.ENTER:
            if entry.text:
                self._give_typed(entry.text)
        elif key is PadKey.ALL:
            most = self._work.counter.points.burnable().burn.points
            typed = Entry(text=str(most), takes_times=False)
            self._typing = PointsTyping(is_on=True, entry=typed)
        elif key is not PadKey.POINT:
            self._typing = PointsTyping(is_on=True, entry=entry.press(key))
        self.changed.emit()
        return True

    def escape(self) -> bool:
        """Type no points after all; False when none were typed."""
        was_on = self._typing.is_on
        if was_on:
            self._typing = PointsTyping()
            self.changed.emit()
        return was_on

    # ------------------------------------------------------------------ changes

    def _coupons(self) -> None:
        coupons = self._work.counter.coupons
        used = [one for one in coupons.usable() if one.is_used]
        if not used:
            self._change(coupons.use_best, _("Coupon used"))
            return

        def take_back() -> None:
            for one in used:
                coupons.take_back(one.coupon_id)

        self._change(take_back, _("Coupon taken back"))

    def _points(self) -> None:
        points = self._work.counter.points
        if points.given is not None:
            self._change(lambda: points.give(None), _("Points taken back"))
            return
        most = points.burnable().burn.points
        self._change(lambda: points.give(most), _("Points used"))

    def _give_typed(self, text: str) -> None:
        points = self._work.counter.points

        def give() -> None:
            points.give(self._rows.points_of(text))

        if self._change(give, _("Points used")):
            self._typing = PointsTyping()
        else:
            self._typing = PointsTyping(is_on=True)

    def _change(self, change: Callable[[], object], words: str) -> bool:
        """Change the basket, or say why not; tell what it did to the price."""
        before = self._work.counter.sale.priced
        try:
            change()
        except GuitaiError as error:
            self._frame.refuse(error)
            return False
        after = self._work.counter.sale.priced
        was = before.total_minor if before is not None else None
        now = after.total_minor if after is not None else None
        prices = price_change(was, now, self._work.currency)
        self._frame.say(f"{words} · {prices}" if prices else words)
        said = price_said(was, now, self._work.currency)
        self.told.emit(", ".join(x for x in (words, said) if x))
        return True


def _waiting(row: DeductView) -> DeductView:
    """Return a row while money lies there: first that goes back."""
    words = _("Give the money back first to change this")
    return replace(row, action="", other="", detail=row.detail or words)
