"""What is said when goods cannot be marked down, or their label not be sold."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
MARKDOWN_WORDS: dict[str, tuple[str, str]] = {
    "marked_label_wrong": (
        N_(
            "This reduced label was not printed by this shop, or somebody changed it. Nothing was added."
        ),
        N_("Scan the barcode of the goods themselves, and tell your manager."),
    ),
    "marked_price_too_high": (
        N_("A reduced label cannot carry a price this high. Nothing was printed."),
        N_("Reduce this piece with a price by hand when it is sold."),
    ),
    "marked_weight_too_high": (
        N_("A reduced label carries less than {limit} kg. Nothing was printed."),
        N_("Weigh and mark smaller packs."),
    ),
    "marked_number_too_long": (
        N_("The number of these goods is too long for a reduced label, or not plain."),
        N_("Give them a barcode, or a number of at most {limit} letters and digits."),
    ),
    "markdown_no_day": (
        N_("The last day of {name} is not known yet."),
        N_("Read it from the pack and choose it, or type it."),
    ),
    "markdown_day_unreadable": (
        N_("“{text}” is no date."),
        N_("Type it as 2026-11-24, as 11-24, or only the day: 24."),
    ),
    "markdown_no_price": (
        N_("{name} has no price that could be reduced."),
        N_("Give it a price under Prices."),
    ),
    "markdown_no_weight": (
        N_("The code of {name} does not say what the pack weighs."),
        N_("Scan the label of the pack."),
    ),
    "markdown_expired": (
        N_("The last day of {name} is over ({day}). It may not be sold any more."),
        N_("Write it off under Stock."),
    ),
    "markdown_never": (
        N_("{name} is never reduced: its largest discount is 0 %."),
        N_("Sell it at its price, or change that on the item's card."),
    ),
    "markdown_no_ladder": (
        N_("No ladder is for {name}: nothing says how much comes off."),
        N_("Make one under Ladders, for all goods, its category or this item."),
    ),
    "markdown_too_early": (
        N_("{name} is not marked down yet: its ladder begins {since}."),
        N_("Come back then."),
    ),
    "markdown_at_floor": (
        N_(
            "The floor is {floor}, and the price is {price}: nothing can come off without a loss."
        ),
        N_("Leave the price, or lower the floor of its ladder."),
    ),
    "ladder_empty": (
        N_("A ladder without a step takes nothing off."),
        N_("Add a step, or switch the ladder off."),
    ),
    "ladder_too_long": (
        N_("A ladder has at most {limit} steps."),
        N_("Take one away."),
    ),
    "ladder_days": (
        N_("A step begins 0 to {limit} days before the last day."),
        N_("0 is the last day itself."),
    ),
    "ladder_hour": (
        N_("That is no time of the day."),
        N_("Type it as 19:00."),
    ),
    "ladder_percentage": (
        N_("More than 0 and less than 100 % may come off, not {percentage}."),
        N_("Type a percentage such as 30."),
    ),
    "ladder_order": (
        N_("Each step begins later than the one before it, and takes more off."),
        N_("Put the steps in order."),
    ),
    "ladder_floor": (
        N_("The floor is the cost and at most {limit} of it."),
        N_("Type a smaller percentage."),
    ),
}
