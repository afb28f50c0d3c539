"""What is done with the drawer, by touching the window: float, cash, count, Z."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.domain.denomination import Form
from pos_app.domain.shift import ShiftClose

if TYPE_CHECKING:
    from ui.presenters.shift_counting import CountingPart
    from ui.presenters.shift_state import PaperView

#: Minor units of a piece -> how many.
Pieces = Mapping[int, int]


class ScriptedDrawer:
    """Somebody at the shift screen of a scripted till."""

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self._place = place
        self._hand = place.hand
        self._cashier = cashier
        self._shift = place.screen.flow.features.shift
        self._flow = place.screen.flow

    # -------------------------------------------------------------------- opening

    def count_float(self, pieces: Pieces) -> None:
        """Key in the float, where the till asks for it or from the menu."""
        if not self._shift.is_shown:
            self._go_to_menu()
            self._hand.press("shiftKey_open")
        self._count(self._shift.opening, pieces)

    def open(self) -> None:
        """Open the shift with what was counted."""
        self._hand.press("mainAction")
        self._hand.wait(lambda: self._cashier.is_selling, "the opened shift")

    # ----------------------------------------------------------------- cash moves

    def key_move(self, kind: str, amount: str, reason: str, reference: str) -> None:
        """Key in cash that comes or goes; nothing moves yet."""
        self._go_to_menu()
        self._hand.press(f"shiftKey_{kind}")
        if reason:
            self._hand.press(f"moveReason_{reason}")
        self._hand.key_in(amount.removesuffix(".00"))
        if reference:
            self._hand.press_at(self._shift.screen.move_page.reference)
            self._hand.key_in(reference)

    def move(self) -> None:
        """Press the main key: the cash moves, unless somebody must agree first."""
        self._hand.press("mainAction")

    def await_menu(self) -> None:
        """Wait until the move is booked."""
        self._hand.wait(lambda: self._shift.part is self._shift.menu, "the booked cash")

    def ask_x(self) -> None:
        """Ask for the sums so far."""
        self._go_to_menu()
        self._hand.press("shiftKey_x")

    def await_paper(self) -> None:
        """Wait until a report is shown as it is printed."""
        shift = self._shift
        self._hand.wait(lambda: shift.part is shift.paper, "the report")
        self._hand.wait(lambda: _has_picture(shift.paper.state.paper), "its picture")

    def leave(self) -> None:
        """Go back to the sale by the tab of the top bar."""
        self._cashier.press_tab("sale")
        assert self._cashier.is_selling

    # -------------------------------------------------------------------- closing

    def count_drawer(self, pieces: Pieces) -> None:
        """Key in what lies in the drawer: blind, or the one recount."""
        shift = self._shift
        if shift.is_shown and shift.part is shift.outcome:
            self._hand.press("recount")
        else:
            self._go_to_menu()
            self._hand.press("shiftKey_close")
        self._count(shift.closing, pieces)

    def store_count(self) -> None:
        """Press the main key; only now the difference is told."""
        self._hand.press("mainAction")
        shift = self._shift
        self._hand.wait(lambda: shift.part is shift.outcome, "the stored count")

    def close(self, left: str, *, carries: bool) -> ShiftClose:
        """Say what stays as the next float and close; the Z is shown.

        Args:
            left: amount; "" for the shop's usual float.
            carries: whether the parked sales go to the next shift.
        """
        if carries:
            self._hand.press("shiftSecond")
        self._hand.key_in(left.removesuffix(".00"))
        self._hand.press("mainAction")
        self.await_paper()
        closed = self._shift.outcome.closed
        assert closed is not None
        return closed

    def end(self) -> None:
        """Leave the Z: the till is locked."""
        self._hand.press("mainAction")
        assert self._place.till.counter.desk.session.staff is None

    # --------------------------------------------------------------------- inside

    def _go_to_menu(self) -> None:
        """Press the tab, once the bar has its tabs for whoever is there now."""
        self._cashier.begin_next()
        self._cashier.press_tab("shift")
        self._place.clock.pass_by()

    def _count(self, part: CountingPart, pieces: Pieces) -> None:
        """Key in each denomination; a yuan is note and coin, half of them each."""
        assert self._shift.part is part, self._shift.part
        values = [kind.value_minor for kind in part.sheet.kinds]
        assert set(pieces) <= set(values), pieces
        for kind in part.sheet.kinds:
            count = pieces.get(kind.value_minor, 0)
            if values.count(kind.value_minor) > 1:
                is_note = kind.form is Form.NOTE
                count = count // 2 if is_note else count - count // 2
            self._place.clock.pass_by()
            self._hand.key_in(f"{count}⏎")


def _has_picture(paper: PaperView | None) -> bool:
    return paper is not None and bool(paper.png)
