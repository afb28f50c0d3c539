"""What the back office says when many items cannot be changed: words, one action."""

from __future__ import annotations

from pos_app.i18n import N_

BULK_WORDS: dict[str, tuple[str, str]] = {
    "bulk_nothing_chosen": (
        N_("No items are chosen."),
        N_("Tick the items first."),
    ),
    "bulk_nothing_to_do": (
        N_("Nothing would change."),
        N_("Look at the notes of the rows."),
    ),
    "bulk_value_missing": (
        N_("It is not said how much."),
        N_("Type a number."),
    ),
    "bulk_percentage_absurd": (
        N_("This percentage cannot be."),
        N_("Type another one."),
    ),
    "bulk_price_below_zero": (
        N_("A price is not below zero."),
        N_("Type another price."),
    ),
    "bulk_tax_gone": (
        N_("The shop has no such tax any more."),
        N_("Choose another one."),
    ),
    "bulk_category_gone": (
        N_("This category is no longer there."),
        N_("Choose another one."),
    ),
    "bulk_gone": (
        N_("This change is no longer known."),
        N_("Look at the changes so far."),
    ),
    "bulk_already_undone": (
        N_("This change was set back before. Nothing was changed again."),
        N_("Look at the changes so far."),
    ),
}
