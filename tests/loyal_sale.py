"""A paid sale with everything that a member can have, and a till that dies over it."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.member.recognition import Means
from pos_app.domain.tender import TenderKind
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_returns import SHIRT_M
from tests.counter_shop import opened, query
from tests.coupon_shop import give
from tests.member_shop import (
    OPENING,
    WHOLE,
    member_shop,
    members_of,
    templates_of,
)
from tests.value_till import able, card

CARD, CARD_MINOR, GIVEN = "GIFT-0000-0007", 100_00, 500
PAID_BY = [TenderKind.GIFT_CARD, TenderKind.STORED_VALUE]
BEFORE_COMMIT, AFTER_COMMIT, TO_THE_END = "commit", "after", "end"


@dataclass(frozen=True, slots=True)
class Loyal:
    """A shop whose open basket is paid and not finished; who it is of, the coupon."""

    folder: ShopFolder
    member_id: str
    coupon_id: str


def loyal_basket(parent: Path) -> Loyal:
    """Fill a basket with member, coupon, points, gift card and wallet; close the till."""
    folder = member_shop(parent)
    with opened(folder) as till:
        counter = till.counter
        able(counter)
        member_id = members_of(till)[0]
        coupon = give(till, templates_of(till)[WHOLE], member_id)
        account_id = card(counter, CARD, CARD_MINOR).account_id
        counter.sale.scan(SHIRT_M)
        counter.members.attach(member_id, Means.ROTATING_CODE)
        counter.coupons.use(coupon.coupon_id)
        counter.points.give(GIVEN)
        counter.stored_value.pay(account_id)
        wallet = counter.stored_value.wallet(member_id)
        assert wallet is not None
        assert counter.stored_value.pay(wallet.account_id).due_minor == 0
    return Loyal(folder, member_id, coupon.coupon_id)


class Trap:
    """Ends the process with SIGKILL at a statement of the ledger's writer, or a commit."""

    def __init__(self, moment: str) -> None:
        self._moment = moment
        self.statements = 0
        event.listen(Engine, "before_cursor_execute", self._on_statement)
        event.listen(Engine, "commit", self._on_commit)

    def _on_statement(self, connection: Any, *_more: Any) -> None:
        if _is_writer(connection):
            self.statements += 1
            self._reach(str(self.statements))

    def _on_commit(self, connection: Any) -> None:
        if _is_writer(connection):
            self._reach(BEFORE_COMMIT)

    def _reach(self, moment: str) -> None:
        if moment == self._moment:
            os.kill(os.getpid(), signal.SIGKILL)


def _is_writer(connection: Any) -> bool:
    engine = connection.engine
    return bool(engine.url.database.endswith("ledger.db") and engine.pool.size() == 1)


def all_of_it(till: Till, loyal: Loyal) -> None:
    """Assert that the sale is there with everything that belongs to it."""
    ledger = till.ledger
    sale = ledger.last_sale()
    assert sale is not None
    assert len(ledger.recent_sales(9)) == 1
    assert sale.member_id == loyal.member_id
    assert [x.kind for x in sale.tenders] == PAID_BY
    assert till.counter.sale.basket is None
    earned = sum(
        points
        for (points,) in query(
            till,
            "SELECT points FROM point_move WHERE kind = 'earn'"
            f" AND event_id = '{sale.sale_id}'",
        )
    )
    assert ledger.points.balances((loyal.member_id,))[loyal.member_id] == (
        OPENING - GIVEN + earned
    )
    assert earned > 0
    (used,) = ledger.coupons.redeemed_in(sale.sale_id)
    assert used.coupon_id == loyal.coupon_id
    assert _value(till) == 105_00 * 3 + CARD_MINOR - sale.due_minor
    assert ledger.points.facts_of(sale.sale_id) is not None


def none_of_it(till: Till, loyal: Loyal) -> None:
    """Assert that nothing is booked and that the basket is back, paid as it was."""
    ledger, current = till.ledger, till.counter.sale.keeper.current
    assert list(ledger.recent_sales(9)) == []
    assert ledger.points.balances((loyal.member_id,)) == {loyal.member_id: OPENING}
    coupon = ledger.coupons.coupon(loyal.coupon_id)
    assert coupon is not None
    assert coupon.state is CouponState.RESERVED
    assert _value(till) == 105_00 * 3 + CARD_MINOR
    assert query(till, "SELECT count(*) FROM ticket_fact") == [(0,)]
    assert current is not None
    basket = current.basket
    assert basket.shopper.member_id == loyal.member_id
    assert basket.recognition is not None
    assert [x.coupon_id for x in basket.coupons] == [loyal.coupon_id]
    assert basket.points is not None
    assert [x.kind for x in current.tenders] == PAID_BY


def _value(till: Till) -> int:
    """Return what all wallets and gift cards hold."""
    statement = "SELECT sum(paid_minor + bonus_minor) FROM value_balance"
    return int(query(till, statement)[0][0])


def main(root: Path, moment: str) -> None:
    """Finish the open sale of a shop and die at a moment; or print the statements."""
    with opened(ShopFolder(root)) as till:
        able(till.counter)
        till.ledger.flush()
        trap = Trap(moment)
        till.counter.checkout.finish(print_slip=False).result()
        if moment == AFTER_COMMIT:
            os.kill(os.getpid(), signal.SIGKILL)
        sys.stdout.write(f"{trap.statements}\n")
        sys.stdout.flush()
        os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
