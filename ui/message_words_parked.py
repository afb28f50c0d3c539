"""What the counter says when a sale cannot be parked or taken up: words, one action."""

from __future__ import annotations

from pos_app.i18n import N_

PARKED_WORDS: dict[str, tuple[str, str]] = {
    "parked_gone": (
        N_("This parked sale is no longer there: it was resumed or voided."),
        N_("Look at the list of parked sales."),
    ),
    "parked_elsewhere": (
        N_("{number} was parked at another till."),
        N_("Take it up there."),
    ),
    "basket_not_empty": (
        N_("Another sale is open. The parked one stays parked."),
        N_("Park the open sale first, or merge the two."),
    ),
    "commit_under_way": (
        N_("The sale before is being saved. Nothing was changed."),
        N_("Try again in a moment."),
    ),
    "reversal_not_parked": (
        N_("A void of a finished sale cannot be parked."),
        N_("Finish it, or give it up."),
    ),
    "merge_has_returns": (
        N_("Goods come back in one of the two sales, so they are not merged."),
        N_("Finish the open sale, then resume the parked one."),
    ),
}
