"""The shift in believable states: menu, cash moves, a blind close, opening, reviews."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.demo_day_pictures import MANAGER, MORNING
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill

_GOODS = ("9521001001373", "120001", "990001")
#: A float by denomination, the largest note first: 500.00.
_FLOAT = ("0", "2", "9", "14", "10", "10", "15", "8", "10")
#: What lies in the drawer at the end, one fifty typed with the fives.
_WRONG = ("14", "9", "11", "12", "7", "10", "32", "17", "11")


class ShiftScenes:
    """Plays with an empty till and somebody signed on; ends as it began.

    Args:
        place: an open scripted till with somebody signed on.
        cashier: who works there.
    """

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self._place = place
        self._hand = place.hand
        self._cashier = cashier
        self._shift = place.screen.flow.features.shift

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        yield from self._menu()
        yield from self._moves()
        yield from self._close()
        yield from self._open()
        yield from self._lists()

    def _menu(self) -> Iterator[str]:
        for code in _GOODS:
            self._hand.scan(code)
        self._hand.press("quickCash1")
        flow = self._place.screen.flow
        done = flow.screens.done
        self._hand.wait(lambda: flow.window.screen_shown is done, "the sale's end")
        self._place.await_slips()
        self._go_to_shift()
        yield "shift_menu"

    def _moves(self) -> Iterator[str]:
        self._hand.press("shiftKey_paid_in")
        self._hand.press("moveReason_add_change")
        self._hand.key_in("2300")
        yield "shift_paid_in"
        self._hand.press("mainAction")
        self._await_part(self._shift.menu)
        self._hand.press("shiftKey_safe_drop")
        yield "shift_safe_drop"
        self._hand.strike("Escape")
        self._hand.press("shiftKey_x")
        self._await_paper()
        yield "shift_x"
        self._hand.press("mainAction")

    def _close(self) -> Iterator[str]:
        self._hand.press("shiftKey_close")
        yield "shift_close_nothing_counted"
        self._count(_WRONG)
        yield "shift_close_blind"
        self._hand.press("mainAction")
        self._await_part(self._shift.outcome)
        yield "shift_close_outcome"
        self._hand.press("recount")
        yield "shift_close_recount"
        self._hand.press("mainAction")
        self._await_part(self._shift.outcome)
        carry = self._hand.find_button("shiftSecond")
        if carry is not None:
            yield "shift_close_parked_waits"
            self._hand.press("shiftSecond")
        yield "shift_close_again"
        self._hand.press("mainAction")
        self._await_paper()
        yield "shift_closed"
        self._hand.press("mainAction")

    def _open(self) -> Iterator[str]:
        self._place.clock.pass_by(10 * 60)
        self._cashier.sign_on(*MORNING)
        self._go_to_shift()
        yield "shift_menu_none"
        self._hand.press("shiftKey_open")
        self._count(_FLOAT)
        yield "shift_open"
        self._hand.press("more_note-10000")
        self._hand.press("mainAction")
        yield "shift_open_confirm"
        self._hand.press("mainAction")
        shown = self._place.screen.flow.screens.sale
        window = self._place.screen.flow.window
        self._hand.wait(lambda: window.screen_shown is shown, "the opened shift")
        yield "shift_opened"
        self._cashier.lock()

    def _lists(self) -> Iterator[str]:
        self._cashier.sign_on(*MANAGER)
        self._go_to_shift()
        yield "shift_menu_of_somebody_else"
        self._hand.press("shiftKey_z_list")
        yield "shift_z_list"
        self._shift.go("shift_reviews")
        yield "shift_reviews"
        self._hand.press("shiftRow0Action")
        yield "dialog_shift_review"
        self._hand.press("dialogClose")
        self._hand.press("tab_sale")

    # -------------------------------------------------------------------- inside

    def _count(self, pieces: tuple[str, ...]) -> None:
        for number in pieces:
            self._hand.key_in(f"{number}⏎")

    def _go_to_shift(self) -> None:
        """Press the tab, once the bar has its tabs for whoever is there now."""
        self._hand.wait(self._has_tab, "the tabs")
        self._hand.press("tab_shift")

    def _has_tab(self) -> bool:
        tab = self._hand.find_button("tab_shift")
        row = tab.parentWidget() if tab is not None else None
        if tab is None or row is None:
            return False
        return row.rect().contains(tab.geometry())

    def _await_part(self, part: object) -> None:
        self._hand.wait(lambda: self._shift.part is part, "the next page")

    def _await_paper(self) -> None:
        self._await_part(self._shift.paper)
        paper = self._shift.paper
        self._hand.wait(
            lambda: paper.state.paper is not None and bool(paper.state.paper.png),
            "the report's picture",
        )
