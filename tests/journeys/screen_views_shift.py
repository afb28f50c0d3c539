"""Every view of the shift screen, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from tests.journeys.screen_till import COLA_GTIN, ScreenTill

COUNT = "0⏎2⏎9⏎14⏎10⏎10⏎15⏎8⏎10⏎"


def shift_views(till: ScreenTill, number: str, language: str) -> Iterator[str]:
    """Show one view after the other; begins and ends on the sale screen.

    Args:
        till: with an empty basket and a sale made before.
        number: of a manager, who is signed on.
        language: of the views; a lock gives the screen back to the shop's.
    """
    shift = till.flow.features.shift
    till.press("tab_shift")
    yield "shift menu"
    for kind in ("paid_in", "paid_out", "safe_drop"):
        till.press(f"shiftKey_{kind}")
        till.pad("1234.5")
        yield f"shift, {kind}"
        till.key(Qt.Key.Key_Escape)
    till.press("shiftKey_x")
    till.wait(lambda: shift.part is shift.paper)
    yield "X report"
    till.press("mainAction")
    till.flow.go_to_sale()
    till.scan(COLA_GTIN)
    till.press("tab_shift")
    till.press("shiftKey_close")
    yield "blind count, a sale is open"
    till.press("checkAction_open_sale")
    till.wait(lambda: till.work.counter.park.count() > 0)
    till.pad(COUNT)
    yield "blind count"
    till.press("mainAction")
    till.wait(lambda: shift.part is shift.outcome)
    yield "outcome of a count"
    till.press("recount")
    yield "recount"
    till.press("less_note-500")
    till.press("mainAction")
    till.wait(lambda: shift.part is shift.outcome)
    till.pad("99999")
    yield "outcome, too large a float"
    till.pad("C")
    till.press("shiftSecond")
    yield "outcome of a recount"
    till.press("mainAction")
    till.wait(lambda: shift.part is shift.paper)
    yield "Z report"
    till.press("mainAction")
    till.press(f"segment-languageSwitch-{language}")
    till.sign_on(number)
    yield from _later_views(till)


def _later_views(till: ScreenTill) -> Iterator[str]:
    till.press("tab_shift")
    yield "shift menu, none open"
    till.press("shiftKey_z_list")
    yield "Z reports"
    till.flow.on_chip("shift_reviews")
    yield "closes to review"
    till.press("shiftRow0Action")
    yield "review dialog"
    till.press("dialogClose")
    till.press("tab_shift")
    till.press("shiftKey_open")
    yield "opening count"
    till.pad(COUNT)
    till.press("more_note-10000")
    till.press("mainAction")
    yield "opening, a float unlike the one left"
    till.key(Qt.Key.Key_Escape)
    till.flow.go_to_sale()
