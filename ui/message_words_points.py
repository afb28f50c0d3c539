"""What is said of points and the programme that are refused: words and one action."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.i18n import N_

POINTS_WORDS: Mapping[str, tuple[str, str]] = {
    "points_without_member": (
        N_("Points are given by a member, and nobody is recognised in this sale."),
        N_("Find the customer, or take the points back."),
    ),
    "points_given_twice": (
        N_("This sale is given points in two ways."),
        N_("Take one of them back."),
    ),
    "points_off": (
        N_("Points pay for nothing in this shop."),
        N_("The programme says what points are worth."),
    ),
    "points_not_whole": (
        N_("Points are a whole number."),
        N_("Type digits only."),
    ),
    "points_none": (
        N_("No points would change."),
        N_("Type how many points are added or taken away."),
    ),
    "programme_unchanged": (
        N_("Nothing of the programme was changed."),
        N_("Change something, or leave the page."),
    ),
    "programme_stale": (
        N_("Somebody else changed the programme meanwhile."),
        N_("Open the page again and look at what is in force."),
    ),
    "programme_number": (
        N_("The number must lie between {least} and {most}."),
        N_("Type one that does."),
    ),
    "programme_amount": (
        N_("This is no amount that can be used here."),
        N_("Type another amount."),
    ),
    "programme_day": (
        N_("This is no day of the calendar."),
        N_("Type year, month and day, such as 2027-01-31, or leave it empty."),
    ),
    "programme_days_order": (
        N_("The last day lies before the first."),
        N_("Change one of the two days."),
    ),
    "programme_goods": (
        N_("No goods are chosen yet."),
        N_("Choose a category, or find an item and choose it."),
    ),
    "programme_earns_nothing": (
        N_("Sales earn no points yet."),
        N_("Switch earning on under Rules first."),
    ),
    "programme_tiers_order": (
        N_("Each tier must ask for more than the one below it."),
        N_("Change the amounts, the lowest tier first."),
    ),
    "programme_tier_unnamed": (
        N_("A tier has no name."),
        N_("Give it a name, or take it off the list."),
    ),
    "programme_tier_doubled": (
        N_("Two tiers are called {name}."),
        N_("Give one of them another name."),
    ),
    "programme_offers_order": (
        N_("Each bonus must ask for more than the one before it."),
        N_("Change the amounts, the smallest first."),
    ),
}
