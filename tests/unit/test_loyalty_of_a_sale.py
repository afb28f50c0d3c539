"""Points of real tickets: priced, ended and brought back in parts."""

from itertools import permutations

import pytest

from pos_app.domain.loyalty.booking import booked
from pos_app.domain.loyalty.burning import discount_points
from pos_app.domain.loyalty.earn_rule import (
    EarnBasis,
    EarnOccasion,
    EarnRule,
    Multiplier,
    MultiplierKind,
)
from pos_app.domain.loyalty.earning import earn, earn_lines, excluded_minor
from pos_app.domain.loyalty.facts import Burned, Earned, PartReturned
from pos_app.domain.loyalty.ledger import PointLedger
from pos_app.domain.loyalty.unit_points import points_of, whole
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.refund import sold_thousandths
from pos_app.values.percentage import Percentage
from tests.builders_offers import offers
from tests.builders_pricing import NOON, basket, line, rules
from tests.builders_refund import ended

GOODS = basket(line(1999, "3"), line(3280, "0.735", by_weight=True), line(5, "2"))
RULE = EarnRule(points=1, per_minor=10)


def when(sale, excluded: int = 0) -> EarnOccasion:
    return EarnOccasion(
        NOON, paid_minor=sale.priced.total_minor, excluded_minor=excluded
    )


def cuts(sale) -> list[tuple[int, int, int]]:
    """Cut each line in two parts where it can be cut."""
    parts = []
    for position, sold in enumerate(sale.lines, 1):
        much = sold_thousandths(sold)
        middle = 1000 if much > 1000 else much // 3
        parts += [(position, 0, middle), (position, middle, much)]
    return parts


SALE = ended(GOODS, rules(), offers=offers(points=PointsBurn(1000, 1000)))


@pytest.mark.parametrize("order", list(permutations(cuts(SALE)))[::37])
def test_all_parts_of_a_ticket_take_back_what_it_earned_and_give_what_it_burned(
    order,
) -> None:
    earning = earn(RULE, earn_lines(SALE, RULE), when(SALE))
    assert earning.points == SALE.priced.total_minor // 10
    shares = discount_points(SALE)
    assert points_of(shares) == 1000
    ledger = booked(PointLedger(), Earned("opening", NOON, whole(1200), NOON))
    ledger = booked(ledger, Burned(SALE.sale_id, NOON, shares))
    ledger = booked(ledger, Earned(SALE.sale_id, NOON, earning.lines, NOON))
    assert ledger.balance(NOON).total == 200 + earning.points
    for number, part in enumerate(order):
        fact = PartReturned(f"r{number}", NOON, SALE.sale_id, *part)
        ledger = booked(ledger, fact)
        ledger.check()
    assert ledger.balance(NOON).active == 1200
    assert ledger.left["opening/earned"] == 1200


def test_points_given_as_a_discount_lie_where_they_lowered_the_price() -> None:
    saved = {
        claim.line_id: claim.saving_minor
        for claim in SALE.priced.promoted.applications[0].claims
    }
    for share in discount_points(SALE):
        sold = SALE.lines[share.position - 1]
        assert share.points == saved[sold.priced.line_id]


def test_a_ticket_without_points_burns_none() -> None:
    assert discount_points(ended(GOODS, rules())) == ()


def test_tax_earns_or_does_not() -> None:
    plain = EarnRule(points=1, per_minor=10, basis=EarnBasis.WITHOUT_TAX)
    sale = ended(GOODS, rules())
    net = earn(plain, earn_lines(sale, plain), when(sale)).points
    assert net == sale.priced.net_minor // 10
    assert net < earn(RULE, earn_lines(sale, RULE), when(sale)).points


def test_what_a_card_paid_can_be_left_out() -> None:
    sale = ended(GOODS, rules(), card_minor=2000)
    rule = EarnRule(points=1, per_minor=10, excluded_tenders=("card",))
    assert excluded_minor(sale, rule) == 2000
    assert excluded_minor(sale, RULE) == 0
    earning = earn(rule, earn_lines(sale, rule), when(sale, 2000))
    assert earning.points == (sale.priced.total_minor - 2000) // 10


def test_a_whole_branch_of_categories_earns_more() -> None:
    """The lines of these builders have no category; the empty one is no branch."""
    double = Multiplier(MultiplierKind.CATEGORY, "", Percentage.parse("200"))
    rule = EarnRule(points=1, per_minor=10, multipliers=(double,))
    sale = ended(GOODS, rules())
    lines = earn_lines(sale, rule, {"green": ("tea", "drinks")})
    assert earn(rule, lines, when(sale)).points == sale.priced.total_minor // 10
