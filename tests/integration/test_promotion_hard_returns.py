"""Everything at once at a real counter, on a real book, and back in parts.

The book has a promotion of a kind that only a newer hub knows. The sale has an item
deal that looks at what stays, an order deal, a coupon, points, discounts by hand and
coins; it is parked in between, and so are its returns.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.member.recognition import Means, Recognition
from pos_app.domain.offer_intents import GivePoints, SetShopper, ShowCoupon
from pos_app.domain.pricing_result import TaxTotal
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn
from pos_app.domain.promotion.promotion import ReturnBasis
from pos_app.domain.sale import Sale
from pos_app.ports.promotions import PromotionRun, PromotionVersion
from pos_app.services.coupon_loose import take_in
from pos_app.services.member_shopper import shopper_of
from pos_app.services.money_ways import paid_for
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp
from tests.builders_members import enrolled
from tests.builders_points import give_points
from tests.builders_promotions import (
    by_coupon,
    cut,
    everything,
    nth,
    percent,
    promotion,
    spend,
    unit_deal,
)
from tests.builders_returns import approved, refund, return_shop, take_back
from tests.counter_shop import (
    COLA,
    MANAGER,
    SALT,
    TEA,
    finish,
    opened,
    pay_cash,
    prove,
    query,
)
from tests.promotion_in_shop import hold

SINCE = Timestamp.parse("2020-01-01T00:00:00Z")
HALF = promotion(
    nth(everything(), 2, percent("50")),
    "第二件半价",
    return_basis=ReturnBasis.RECOMPUTE,
)
OVER = promotion(
    spend((5000, cut(701))), "满50减7.01", return_basis=ReturnBasis.RECOMPUTE
)
COUPON = by_coupon(unit_deal(everything(), cut(99)), "券")
USES = "SELECT promotion_id, sum(times) FROM promotion_use GROUP BY 1 ORDER BY 1"


@pytest.fixture(params=["10 half_up", "5 down"])
def till(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Till]:
    shop = return_shop(tmp_path, request.param, tax_added=request.param == "5 down")
    with opened(shop, number=MANAGER) as found:
        hold(found, HALF, OVER, COUPON)
        _hold_unknown(found)
        yield found
        prove(found)


def _hold_unknown(till: Till) -> None:
    """Let a promotion hold whose kind nobody knows here."""
    text = '{"name":"拍卖","deal":{"kind":"auction","bids":3}}'
    run = PromotionRun("r", "auction", 1, Period(SINCE), "", "", SINCE)

    def edit(editor):  # type: ignore[no-untyped-def]
        editor.put_promotion_version(
            PromotionVersion("auction", 1, "auction", "拍卖", text, None, SINCE, "")
        )
        editor.put_promotion_run(run)
        return ()

    with till.editor() as editor:
        editor.change(edit)


def park_and_resume(till: Till) -> None:
    parked = till.counter.park.park("").result()
    till.counter.park.settled()
    till.counter.park.resume(parked.sale.basket.basket_id).result()
    till.counter.park.settled()


def sold(till: Till) -> Sale:
    """Sell tea, cola and salt with all that there is, parked in between."""
    counter = till.counter
    sale, by_hand = counter.sale, counter.price_by_hand
    for code, count in ((TEA, 5), (COLA, 3), (SALT, 3)):
        sale.scan(code, Decimal(count))
    approved(
        counter, by_hand.discount_line, sale.basket.lines[1].line_id, 33, "regular"
    )
    count = counter.desk.ledger.members.count()
    member_id = enrolled(counter, f"1390000{count:04d}")
    give_points(till, 200, member_id)
    shopper = shopper_of(counter.desk, counter.desk.ledger.members, member_id)
    known = Recognition(member_id, Means.ROTATING_CODE, counter.desk.clock.now())
    sale.accept(SetShopper(shopper, known))
    take_in(counter.desk, f"c{count}", COUPON).result()
    sale.accept(ShowCoupon(CouponInHand(f"c{count}", "券")))
    sale.accept(GivePoints(PointsBurn(200, 123)))
    approved(counter, by_hand.discount_sale, Percentage.parse("5"), "regular")
    before = sale.priced
    park_and_resume(till)
    assert sale.priced == before
    approved(counter, sale.round_off, 3)
    return pay_cash(counter)


def given(till: Till, sale: Sale, *parts: tuple[int, int]) -> Sale:
    """Take parts back, parked before they are paid out; return the ticket."""
    counter = till.counter
    for position, count in parts:
        approved(counter, take_back, counter, sale, position, Decimal(count))
    park_and_resume(till)
    money = counter.refund.payment
    if money is None or not money.cash_due_minor:  # no coin is small enough
        return finish(counter)
    return approved(counter, refund, counter)  # type: ignore[no-any-return]


def rates(amounts: Iterable[TaxTotal]) -> dict[str, tuple[int, int]]:
    """Return net and tax by rate."""
    found: dict[str, tuple[int, int]] = {}
    for each in amounts:
        net, tax = found.get(each.code, (0, 0))
        found[each.code] = (net + each.base_minor, tax + each.tax_minor)
    return found


def test_all_layers_come_back_in_parts_whatever_comes_in_between(till: Till) -> None:
    sale = sold(till)
    layers = {x.promotion_id for x in sale.priced.promoted.applications}
    assert layers == {"第二件半价", "满50减7.01", "券", ""}
    paid = sum(x.amount_minor for x in sale.tenders) - sale.change_minor
    uses = query(till, USES)
    other = sold(till)
    till.counter.reversal.reverse(other.sale_id, "rung_up_wrongly").result()
    assert query(till, USES) == uses
    back = [
        given(till, sale, (2, 1), (1, 2)),
        given(till, sale, (3, 3)),
        given(till, sale, (1, 1), (2, 2)),
        given(till, sale, (1, 2)),
    ]
    assert back == [till.ledger.sale(x.sale_id) for x in back]
    assert sum(x.amount_minor for ticket in back for x in ticket.refunds) == paid
    lines = [line for ticket in back for line in ticket.returns]
    assert any(line.kept_back for line in lines)
    assert rates(x for line in lines for x in line.taxes) == rates(sale.priced.taxes)
    assert query(till, USES) == uses


def test_what_was_exchanged_comes_back_too_and_all_sums_to_what_was_paid(
    till: Till,
) -> None:
    """The new goods of the exchange have offers of their own, and come back as well.

    Neither sale came to whole coins, both together did: what is left of them comes
    back in one ticket.
    """
    counter = till.counter
    sale = sold(till)
    approved(counter, take_back, counter, sale, 1, Decimal(3))
    approved(counter, take_back, counter, sale, 3, Decimal(1))
    counter.sale.scan(COLA, Decimal(2))
    park_and_resume(till)
    uses = counter.sale.priced.promoted.applications
    assert [x.promotion_id for x in uses] == [HALF.promotion_id]
    changed = approved(counter, refund, counter)
    back = [changed, given(till, changed, (1, 1)), given(till, sale, (2, 3))]
    approved(counter, take_back, counter, changed)
    back.append(given(till, sale, (1, 2), (3, 2)))
    found = [line for ticket in back for line in ticket.returns]
    for origin in (sale, changed):
        mine = [x for x in found if x.origin and x.origin.sale_id == origin.sale_id]
        assert all(line.refunded_minor >= 0 for line in mine)
        assert rates(x for line in mine for x in line.taxes) == rates(
            origin.priced.taxes
        )
        assert sum(line.refunded_minor for line in mine) == paid_for(origin)
    assert query(till, "SELECT sum(amount_minor) FROM money_move") == [(0,)]
