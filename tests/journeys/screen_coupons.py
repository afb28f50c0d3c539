"""The back office's coupons, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from pos_app.documents.layout import QrCode
from pos_app.persistence.ledger.layout_codec import layout_from_text
from pos_app.persistence.ledger.tables import print_job
from pos_app.ports.printing import COUPON_PAPER
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
    part.on_add()
    for kind in ("percent", "free_item", "one_more", "set_price", "promotion"):
        part.on_edited("kind", kind)
        yield f"coupons, a new one, {kind}"
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


def coupon_codes(till: ScreenTill) -> list[str]:
    """Return the codes of the coupons that wait for a printer, oldest first."""
    ledger = till.work.counter.desk.ledger
    ledger.flush()
    of_coupons = print_job.c.kind == COUPON_PAPER
    query = select(print_job.c.layout).where(of_coupons).order_by(print_job.c.job_id)
    with ledger.read_engine.begin() as connection:
        layouts = [layout_from_text(x) for x in connection.scalars(query)]
    return [b.data for x in layouts for b in x.blocks if isinstance(b, QrCode)]
