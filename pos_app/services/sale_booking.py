"""What a finished ticket brings to those who book its effects."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from pos_app.domain.basket import Basket
from pos_app.domain.loyalty.ticket_facts import TicketFacts
from pos_app.domain.member.recognition import Recognition
from pos_app.domain.sale import Sale
from pos_app.domain.shop import Shop
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk


@dataclass(slots=True)
class SaleBooking:
    """A ticket while its transaction is open.

    Attributes:
        unit: the transaction. sale: what it stored a moment ago: goods sold,
            goods returned (`returns`), a mirrored sale (`reverses`).
        stamp: who, on which day, when. desk: for ids; the catalogue and readers
            belong to another thread, ask `unit`.
        shop: as it was when the ticket was ended.
        basket: that ended; None for documents that no customer stands at.
        above: what goods belong to, as `goods_above` told it.
        facts: what the slip and the done screen say; each booking adds its own.
    """

    unit: UnitOfWork
    sale: Sale
    stamp: Stamp
    desk: Desk
    shop: Shop
    basket: Basket | None = None
    above: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facts: TicketFacts = field(default_factory=TicketFacts)

    @property
    def recognition(self) -> Recognition | None:
        """How the customer of the basket was recognised; None where nobody was."""
        return self.basket.recognition if self.basket else None

    @property
    def zone(self) -> ZoneInfo:
        """The shop's time zone."""
        return ZoneInfo(self.shop.time_zone)
