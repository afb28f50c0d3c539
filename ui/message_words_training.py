"""What the counter says where training begins or refuses: words, one action."""

from __future__ import annotations

from pos_app.i18n import N_

TRAINING_WORDS: dict[str, tuple[str, str]] = {
    "training_basket_open": (
        N_("Goods or money wait in the open sale. Training was not begun."),
        N_("Finish, park or void that sale, then begin."),
    ),
    "training_catalog_closed": (
        N_(
            "In training the shop's goods and rules are only read. Nothing was changed."
        ),
        N_("Leave training with Ctrl+T to change them."),
    ),
    "training_not_here": (
        N_("That is not part of training. Nothing was done."),
        N_("Leave training with Ctrl+T first."),
    ),
    "training_no_goods": (
        N_("The quick keys hold too few goods with a price for this card."),
        N_("Choose another card, or let a manager put goods on the quick keys."),
    ),
    "training_one_tender": (
        N_("This shop takes only cash, so this card cannot be played."),
        N_("Choose another card."),
    ),
    "training_no_printer": (
        N_("The printer does not answer. The slip stays on the screen."),
        N_("Check its cable and power, then try again."),
    ),
}
