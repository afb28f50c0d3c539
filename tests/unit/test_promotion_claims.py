"""What an application says of its units."""

from pos_app.domain.promotion.deal import NthDeal
from tests.builders_offers import EVERYTHING, counted, deal, dealt, percent


def test_of_equal_units_only_as_many_are_marked_as_lowered_as_are() -> None:
    (use,) = dealt(
        [counted("a", 1000, 3)], deal("p", NthDeal(EVERYTHING, 3, 1, percent("50")))
    ).applications
    marked = [(claim.count, claim.is_reduced) for claim in use.claims]
    assert marked == [(2, False), (1, True)]
