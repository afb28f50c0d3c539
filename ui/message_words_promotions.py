"""What is said of promotions that cannot be stored, started or used: words, action."""

from __future__ import annotations

from pos_app.i18n import N_

#: Key of an error -> (what happened and what it means, what to do now).
PROMOTION_WORDS: dict[str, tuple[str, str]] = {
    "promotion_gone": (
        N_("This promotion is not there any more. Nothing was changed."),
        N_("Look at the list again."),
    ),
    "promotion_no_name": (
        N_("The promotion has no name; slip and screen could not tell it."),
        N_("Give it a name."),
    ),
    "promotion_no_goods": (
        N_("The promotion is for no goods at all."),
        N_("Choose goods, or say that it is for everything."),
    ),
    "promotion_excludes_all": (
        N_("Everything that it is for is excluded again; it would never apply."),
        N_("Exclude less."),
    ),
    "promotion_off_unclear": (
        N_("What comes off is not said, or said twice."),
        N_("Give a percentage, an amount or a price: exactly one of them."),
    ),
    "promotion_percentage": (
        N_("More than 0 and at most 99.99 % may come off."),
        N_("Type another percentage; for nothing at all there are gifts."),
    ),
    "promotion_zero": (
        N_("Nothing would come off: the amount is zero."),
        N_("Type an amount above zero."),
    ),
    "promotion_price_zero": (
        N_("The goods would be given away for nothing."),
        N_("Type a price above zero; for nothing at all there are gifts."),
    ),
    "promotion_negative": (
        N_("Amounts, prices and numbers are never below zero."),
        N_("Type it again."),
    ),
    "promotion_count": (
        N_("This number of pieces makes no deal."),
        N_("Type a number of at least 2; fewer are lowered than are bought."),
    ),
    "promotion_order": (
        N_("The steps do not rise: a higher step must ask more and give more."),
        N_("Put the steps in order."),
    ),
    "promotion_slots": (
        N_("A set has at least two parts, or two pieces of one part."),
        N_("Add a part."),
    ),
    "promotion_off_too_much": (
        N_("As much or more would come off than has to be spent."),
        N_("Ask a higher amount, or take less off."),
    ),
    "promotion_never": (
        N_("There is no moment at which it holds."),
        N_("Look at days and hours again."),
    ),
    "promotion_over": (
        N_("Its time is over already; it would never apply."),
        N_("Choose a later end."),
    ),
    "promotion_limit": (
        N_("With this limit it could never be used."),
        N_("Type a limit of at least 1, or none."),
    ),
    "promotion_audience_unnamed": (
        N_("It is not said yet for which of the members."),
        N_("Name at least one tier or tag."),
    ),
    "promotion_contradictory": (
        N_("The promotion contradicts itself; it would never apply."),
        N_("Look at its goods and conditions again."),
    ),
    "promotion_circular": (
        N_("The gift is also what has to be bought; it would give itself away."),
        N_("Take the gift out of the goods that have to be bought."),
    ),
    "promotion_unknown_kind": (
        N_("This kind of promotion is not known here. It is listed, not applied."),
        N_("Update this till."),
    ),
    "promotion_supplier_share": (
        N_("The supplier's share is from 0 to 100 %."),
        N_("Type it again."),
    ),
    "promotion_start_past": (
        N_("That moment is over: what was sold then keeps its price."),
        N_("Let it begin now, or choose a later time."),
    ),
    "promotion_changed": (
        N_("Somebody else changed this promotion meanwhile. Nothing was stored."),
        N_("Go back, throw your change away and look at it again."),
    ),
    "promotion_not_running": (
        N_("This promotion is not running. Nothing was changed."),
        N_("Look at the list again."),
    ),
    "promotion_is_running": (
        N_("This promotion is running; what was active is never edited."),
        N_("Open it as a new version."),
    ),
    "promotion_name_long": (
        N_("The name is too long for screen and slip."),
        N_("Give it a shorter name: up to 60 characters."),
    ),
    "promotion_too_large": (
        N_("This amount is too large to be meant."),
        N_("Type it again."),
    ),
    "promotion_end_past": (
        N_("The end lies before the beginning. Nothing was changed."),
        N_("Choose a later end."),
    ),
    "what_if_unreadable": (
        N_("The file {file} must hold one promotion, no more and no less."),
        N_("Write one with guitai export promotions and look what it is like."),
    ),
    "promotion_not_your_role": (
        N_("{name} may be chosen by other roles only. Nothing was changed."),
        N_("Ask somebody who may choose it."),
    ),
    "promotion_file_unreadable": (
        N_("Line {line} of the file cannot be read as JSON."),
        N_("Mend the file and import it again."),
    ),
    "promotion_file_value": (
        N_("“{field}” cannot be read."),
        N_("Mend the file and import it again."),
    ),
    "promotion_file_field": (
        N_("“{field}” is no field that is known here."),
        N_("Mend the file, or update this till."),
    ),
    "promotion_file_twice": (
        N_("{name} stands twice in the file; the second one was left out."),
        N_("Give each a name or number of its own."),
    ),
    "promotion_file_goods": (
        N_("Nothing in the shop has the number, barcode or name “{code}”."),
        N_("Mend the file, or import the items first."),
    ),
}
