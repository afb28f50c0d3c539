"""The menu of the shift: what it is, and what can be done with it."""

from __future__ import annotations

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.domain.shift import CashMoveKind, Shift
from pos_app.i18n import _
from ui.format import amount, money
from ui.presenters.cash_move import KINDS
from ui.presenters.frame_state import KeyHint
from ui.presenters.shift_part import ShiftPart
from ui.presenters.shift_state import (
    HeadView,
    MenuKey,
    MenuView,
    PadView,
    ShiftPage,
    ShiftState,
)


class MenuPart(ShiftPart):
    """Each key leads to a part of its own."""

    def begin(self) -> None:
        """Show the menu."""
        self.changed.emit()

    @property
    @override
    def state(self) -> ShiftState:
        """Return everything the screen shows."""
        shift = self.service.current()
        head = HeadView(_("Shift"), self.shift_words(shift) if shift else "")
        float_minor = shift.float_minor if shift else self.service.left_minor()
        return ShiftState(
            frame=self.frame.state((KeyHint("Esc", _("Back")),)),
            currency=self.currency,
            head=head,
            page=ShiftPage.MENU,
            menu=MenuView(self._facts(shift), self._keys(shift), self._note(shift)),
            pad=PadView(
                label=_("Float") if shift else _("Float that the last shift left"),
                amount=amount(float_minor, self.currency),
                has_digits=False,
                main=_("Sell"),
                main_icon="cash-register",
                is_working=self.is_working,
            ),
        )

    def _note(self, shift: Shift | None) -> str:
        if shift is None:
            return _(
                "No shift is open. Without counting, one opens by itself with the"
                " first sale, with the float that was left."
            )
        if self._is_somebody_elses(shift):
            return _(
                "{name} opened this shift. Somebody who may close the shifts of"
                " others can close it.",
                name=self.person(shift.opened_by, shift.opened_by_name),
            )
        if self._is_of_another_day(shift):
            return _("This shift began on another business day. Close it soon.")
        return ""

    def _is_somebody_elses(self, shift: Shift) -> bool:
        """Tell whether closing it is closing another's: see `ShiftService.count`."""
        staff = self.work.counter.desk.session.staff
        is_counted = shift.count is not None
        return is_counted and staff is not None and staff.staff_id != shift.opened_by

    def _is_of_another_day(self, shift: Shift) -> bool:
        return shift.business_day != self.work.counter.desk.business_day()

    def _facts(self, shift: Shift | None) -> tuple[tuple[str, str], ...]:
        if shift is None:
            return ()
        counted = _("counted") if shift.count else _("taken over, not counted")
        return (
            (_("Number"), shift.number),
            (_("Opened by"), self.person(shift.opened_by, shift.opened_by_name)),
            (_("Open since"), self.clock(shift.opened_at)),
            (_("Float"), f"{money(shift.float_minor, self.currency)} · {counted}"),
        )

    def _keys(self, shift: Shift | None) -> tuple[MenuKey, ...]:
        if shift is None:
            opens = MenuKey(
                "open",
                _("Open shift"),
                "clock-user",
                _("count the float"),
                self.needs_approval(Permission.SHIFT_OPEN),
            )
            return (opens, self._no_sale(), self._papers(), *self._others(None))
        close = (
            Permission.SHIFT_CLOSE_OTHER
            if self._is_somebody_elses(shift)
            else Permission.SHIFT_CLOSE
        )
        return (
            MenuKey(
                "close",
                _("Close shift"),
                "clock-user",
                _("blind count, then the Z report"),
                self.needs_approval(close),
            ),
            MenuKey(
                "x",
                _("X report"),
                "chart-bar",
                _("sums so far, nothing is reset"),
                self.needs_approval(Permission.X_REPORT),
            ),
            self._papers(),
            *self._moves(),
            self._no_sale(),
            *self._others(shift),
        )

    def _others(self, shift: Shift | None) -> tuple[MenuKey, ...]:
        """Offer the open shifts of others, where everybody has a drawer."""
        own = shift.shift_id if shift else ""
        others = [x for x in self.service.open_shifts() if x.shift_id != own]
        if not others:
            return ()
        names = ", ".join(
            self.person(one.opened_by, one.opened_by_name) for one in others[:3]
        )
        needs = self.needs_approval(Permission.SHIFT_CLOSE_OTHER)
        title = _("Shifts of others")
        return (MenuKey("others", title, "users", names, needs),)

    def _moves(self) -> tuple[MenuKey, ...]:
        details = {
            CashMoveKind.PAID_IN: _("into the drawer"),
            CashMoveKind.PAID_OUT: _("out of the drawer"),
            CashMoveKind.SAFE_DROP: _("out of the drawer, in a bag"),
        }
        return tuple(
            MenuKey(
                kind.value,
                _(words.title),
                words.icon,
                details[kind],
                self.needs_approval(words.permission),
            )
            for kind, words in KINDS.items()
        )

    def _no_sale(self) -> MenuKey:
        return MenuKey(
            "no_sale",
            _("Open drawer"),
            "cash-register",
            _("without a sale"),
            self.needs_approval(Permission.DRAWER_OPEN),
        )

    def _papers(self) -> MenuKey:
        return MenuKey(
            "z_list",
            _("Z reports"),
            "receipt",
            _("look, print again"),
            self.needs_approval(Permission.REPRINT),
        )

    # -------------------------------------------------------------------- intents

    @override
    def on_key(self, key: str) -> None:
        if self.is_working:
            return
        if key == "no_sale":
            self.place.open_drawer()
        else:
            self.left.emit(key)

    @override
    def on_main(self) -> None:
        self.left.emit("sale")
