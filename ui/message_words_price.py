"""What the counter says of prices and discounts by hand: words and one action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
PRICE_WORDS: dict[str, tuple[str, str]] = {
    "discount_absurd": (
        N_("That is no discount. The price stays as it was."),
        N_("Type more than 0, and up to 100 %."),
    ),
    "discount_exceeds_line": (
        N_("{amount} off is more than {name} costs ({line}). Nothing was changed."),
        N_("Give less off."),
    ),
    "discount_exceeds_sale": (
        N_("{amount} off is more than these goods cost ({sale}). Nothing was changed."),
        N_("Give less off, or take the sale's discount back first (F5)."),
    ),
    "discount_unowned": (
        N_("Line {line} is {percentage} cheaper now; nobody has agreed to that much."),
        N_("Give the discount again, or take it back."),
    ),
    "item_discount_cap": (
        N_("{name} may be lowered by {cap} at most. Nothing was changed."),
        N_("Give less off."),
    ),
    "nothing_to_discount": (
        N_("None of these goods may be discounted. Nothing was changed."),
        "",
    ),
    "nothing_to_take_back": (
        N_("There is nothing to take back."),
        "",
    ),
    "price_gone": (
        N_("This price or these goods are not there any more. Nothing was changed."),
        N_("Look at the list again."),
    ),
    "moment_unreadable": (
        N_("That is no day and time. Nothing was changed."),
        N_("Write the day as 2026-11-23 and the time as 08:00."),
    ),
    "price_negative": (
        N_("A price is never below zero. Nothing was changed."),
        N_("Type the price again."),
    ),
    "price_too_large": (
        N_("That is more than any goods cost. Nothing was changed."),
        N_("Type the price again."),
    ),
    "price_zero": (
        N_("{name} would be given away for nothing. Nothing was changed."),
        N_("Say that it shall cost nothing, or type the price again."),
    ),
    "price_start_past": (
        N_("That moment is over: what was sold then keeps its price."),
        N_("Let it begin now, or choose a later time."),
    ),
    "price_end_first": (
        N_("The price would end before it begins. Nothing was changed."),
        N_("Choose a later end."),
    ),
    "price_end_past": (
        N_("That end is over already. Nothing was changed."),
        N_("Choose a later end."),
    ),
    "price_same_start": (
        N_("Another price of {name} begins at that very moment."),
        N_("Cancel the other one first, or choose another time."),
    ),
    "price_begun": (
        N_("This price has begun; what was in force is not taken away."),
        N_("End it now instead."),
    ),
    "price_not_in_force": (
        N_("This price is not in force now. Nothing was changed."),
        N_("Look at the list again."),
    ),
    "price_last": (
        N_("{name} would be left without a price. Nothing was changed."),
        N_("Give it the new price first."),
    ),
    "price_absurd": (
        N_("That is no price. The line stays as it was."),
        N_("Type the price again."),
    ),
}
