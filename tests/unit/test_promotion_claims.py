"""What an application says of its units."""

from decimal import Decimal

from pos_app.domain.promotion.allocation import split_within
from pos_app.domain.promotion.deal import Break, NthDeal, TierDeal
from tests.builders_offers import EVERYTHING, counted, deal, dealt, percent


def test_of_equal_units_only_as_many_are_marked_as_lowered_as_are() -> None:
    (use,) = dealt(
        [counted("a", 1000, 3)], deal("p", NthDeal(EVERYTHING, 3, 1, percent("50")))
    ).applications
    marked = [(claim.count, claim.is_reduced) for claim in use.claims]
    assert marked == [(2, False), (1, True)]


def test_units_that_save_nothing_stand_in_the_deal_that_needs_them() -> None:
    """Two units for 10 %: of 0.04 that is nothing, but without it there is no deal."""
    two = TierDeal(EVERYTHING, (Break(Decimal(2), percent("10")),))
    (use,) = dealt([counted("a", 1000), counted("b", 4)], deal("p", two)).applications
    told = [
        (claim.line_id, claim.saving_minor, claim.is_reduced) for claim in use.claims
    ]
    assert told == [("a", 100, True), ("b", 0, False)]


def test_what_one_has_no_room_for_is_dealt_to_the_others_by_what_they_cost() -> None:
    assert split_within(42, (10, 1, 1), (2, 50, 50)) == (2, 21, 19)
    assert split_within(60, (30, 20, 10), (5, 60, 60)) == (5, 37, 18)
