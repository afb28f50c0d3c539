"""Promotions as data: ready-made ones, and sales that used them, for storage tests."""

from __future__ import annotations

from dataclasses import replace

from pos_app.bootstrap import Till
from pos_app.domain.promotion.application import Application, Promoted
from pos_app.domain.promotion.deal import DealKind
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.ports.ledger import UnitOfWork


def application(promotion_id: str, version: int = 1, times: int = 1) -> Application:
    """Return a use that saved nothing: what limits count."""
    return Application(
        promotion_id=promotion_id,
        version=version,
        kind=DealKind.SPEND,
        layer=Layer.ORDER,
        name="满减",
        times=times,
        off=None,
        off_base_minor=0,
        saving_minor=0,
        claims=(),
    )


def store_using(
    till: Till, sale: Sale, *uses: Application, member_id: str = ""
) -> Sale:
    """Store the same sale once more, as one that used promotions."""
    ids = till.counter.desk.ids

    def work(unit: UnitOfWork) -> Sale:
        priced = replace(sale.priced, promoted=Promoted(uses, book_version="b1"))
        tenders = tuple(replace(x, tender_id=ids.new()) for x in sale.tenders)
        again = replace(
            sale,
            sale_id=ids.new(),
            number=unit.next_number(sale.till, DocumentKind.SALE),
            priced=priced,
            tenders=tenders,
            member_id=member_id,
        )
        unit.add_sale(again)
        return again

    return till.ledger.submit(work).result()
