"""A till whose shop gives coupons out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.bootstrap import Till
from pos_app.domain.coupon.life import CouponState
from pos_app.domain.coupon.template import Template
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.ports.clock import Clock
from pos_app.services.coupon_drafts import CouponDraft
from tests.builders_returns import return_shop
from tests.counter_shop import MANAGER, opened, prove


@contextmanager
def coupon_till(parent: Path, clock: Clock | None = None) -> Iterator[Till]:
    """Open a till of a shop of one's own; everything is proven at the end."""
    with opened(return_shop(parent, "1 half_up"), clock, number=MANAGER) as till:
        yield till
        prove(till)
        assert till.ledger.coupons.unproven() == []


def make(till: Till, draft: CouponDraft) -> Template:
    """Make a coupon with its promotion, as the back office does."""
    office = till.counter.coupon_office
    whole = office.with_ids(draft)
    change = office.promotion_change(whole)
    with till.editor() as editor:
        editor.change(change.edit)
    return office.save(whole).result()


def give(till: Till, template: Template, member_id: str = "") -> GivenCoupon:
    """Give one coupon by hand."""
    return till.counter.coupon_office.give(template.template_id, member_id).result()


def state_of(till: Till, coupon_id: str) -> CouponState:
    """Return where a coupon stands, as committed."""
    till.ledger.flush()
    found = till.ledger.coupons.coupon(coupon_id)
    assert found is not None
    return found.state
