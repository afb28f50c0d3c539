"""What the counter says of shifts, floats, counts and cash moves: words, one action."""

from __future__ import annotations

from pos_app.i18n import N_

SHIFT_WORDS: dict[str, tuple[str, str]] = {
    "shift_already_open": (
        N_("A shift is open already, with its float."),
        N_("Close it first, or go on selling."),
    ),
    "shift_not_open": (
        N_("No shift is open. Nothing was changed."),
        N_("Open one; the first sale opens one as well."),
    ),
    "shift_closed": (
        N_("This shift was closed meanwhile with Z {number}."),
        N_("Print that Z again if it is needed."),
    ),
    "shift_not_closed": (
        N_("This shift is still open, so it has no Z."),
        N_("Print an X, or close it first."),
    ),
    "shift_not_counted": (
        N_("The drawer was not counted yet. The shift stays open."),
        N_("Count the cash first."),
    ),
    "shift_counted_twice": (
        N_("The drawer was counted twice; both counts are kept."),
        N_("Close the shift: a difference does not hold it up."),
    ),
    "shift_basket_open": (
        N_("Goods or money wait in the open sale. The shift stays open."),
        N_("Finish, park or void that sale, then close."),
    ),
    "shift_parked_waiting": (
        N_("Parked sales: {count} ({numbers}). The shift stays open."),
        N_("Look at them, then carry exactly these over, or finish them."),
    ),
    "float_too_large": (
        N_("Only {counted} was counted, so no more can stay as the float."),
        N_("Type a smaller float."),
    ),
    "cash_count_odd": (
        N_("{pieces} × {value} cannot be a count of this drawer. Nothing was stored."),
        N_("Count that denomination again."),
    ),
    "drawer_too_little": (
        N_("There is not that much cash in the drawer. Nothing was booked."),
        N_("Type a smaller amount, or count the drawer."),
    ),
    "amount_missing": (
        N_("An amount above zero is missing. Nothing was booked."),
        N_("Type the amount."),
    ),
    "amount_no_coins": (
        N_("Cash here moves in steps of {step}. Nothing was booked."),
        N_("Type such an amount."),
    ),
    "review_unknown": (
        N_("No difference of this shift waits for a review."),
        N_("Look at the list again."),
    ),
    "review_by_counter": (
        N_("{name} counted or closed this shift and cannot review it too."),
        N_("Somebody else has to look at it."),
    ),
}
