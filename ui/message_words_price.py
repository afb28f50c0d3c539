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
    "price_absurd": (
        N_("That is no price. The line stays as it was."),
        N_("Type the price again."),
    ),
}
