"""The back office's coupons, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.screen_office import part_of, stored
from tests.journeys.screen_till import ScreenTill


def coupon_views(till: ScreenTill) -> Iterator[str]:
    """Show coupons, batches and partners, empty, typed and stored."""
    till.press("go-coupons")
    yield "coupons, none yet"
    part = part_of(till)
    part.on_add()
    part.on_edited("amount", "一块")
    part.on_save()
    yield "coupons, an amount that cannot be read"
    part.throw_away()
    stored(till, "coupons", name="满 5 减 1", amount="1", threshold="5")
    yield "coupons, one"
    stored(till, "partners", name="隔壁影院", bears="50", fee="0.30")
    yield "coupons, a partner"
    till.press("act-settle")
    till.wait(lambda: not part.is_working)
    yield "coupons, a settlement"
    part.on_view("batches")
    part.on_add()
    yield "coupons, a new batch"
    part.throw_away()
    stored(till, "batches", count="2", note="开业")
    yield "coupons, a batch"
    till.press("act-batchRevoke")
    yield "coupons, whether a batch is revoked"
    till.press("answer-revoke")
    till.wait(lambda: not part.is_working)
    part.on_view("coupons")
