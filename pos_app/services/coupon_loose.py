"""Coupons that a replay names by an id of its own: the ledger is told of them first.

No sale ends with a coupon that the ledger does not know, so a day that is replayed
brings its coupons with it, as good as any other: each is used once.
"""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.coupon.facts import Issued, Stamp
from pos_app.domain.coupon.template import Template, Validity, ValidityKind
from pos_app.domain.promotion.promotion import Promotion
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.values.times import Period

#: Of one kind in a basket: as many as somebody cares to show.
_MANY = 99


def take_in(desk: Desk, coupon_id: str, promotion: Promotion) -> Future[None]:
    """Tell the ledger of a coupon that unlocks a promotion; known ones stay as they are.

    Args:
        desk: whose ledger.
        coupon_id: whatever the replay calls it.
        promotion: with the trigger COUPON; its id is the template's, too.
    """
    stamp = desk.stamp()

    def work(unit: UnitOfWork) -> None:
        if unit.coupons.coupon(coupon_id) is not None:
            return
        template = unit.coupons.template(promotion.promotion_id)
        if template is None:
            template = Template(
                promotion.promotion_id,
                1,
                promotion.name,
                promotion.promotion_id,
                Validity(ValidityKind.FIXED),
                most_per_basket=_MANY,
            )
            unit.coupons.add_template(template, stamp.at, stamp.actor)
        unit.coupons.add(
            Issued(
                Stamp(desk.ids.new(), coupon_id, stamp.at),
                template.template_id,
                template.version,
                "",
                "",
                is_bearer=True,
                window=Period(),
            )
        )

    return desk.record(work)
