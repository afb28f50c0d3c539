"""What every use case at the counter stands on."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TypeVar
from zoneinfo import ZoneInfo

from pos_app.domain.shop import Shop
from pos_app.ports.catalog import Catalog
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork
from pos_app.ports.printing import PrinterPort
from pos_app.services.session import Session
from pos_app.services.settings import SettingsService
from pos_app.services.trusted_clock import TrustedClock
from pos_app.values.times import BusinessDay, business_day_at

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports and the state that the counter's services share.

    Attributes:
        catalog: read access of the thread that uses the services.
        ledger: the ledger. clock: never behind the journal. ids: UUIDv7.
        session: who is signed on. settings: of this till.
        printer: the receipt printer.
    """

    catalog: Catalog
    ledger: Ledger
    clock: TrustedClock
    ids: Ids
    session: Session
    settings: SettingsService
    printer: PrinterPort

    @property
    def shop(self) -> Shop:
        """The shop as the catalogue says it now."""
        return self.catalog.shop()

    def business_day(self) -> BusinessDay:
        """Return the trading day that begins or goes on at this moment."""
        shop = self.shop
        zone = ZoneInfo(shop.time_zone)
        return business_day_at(self.clock.now(), zone, shop.day_starts_at_hour)

    def stamp(self, business_day: BusinessDay | None = None) -> Stamp:
        """Return who, on which day, when; for the entry about to be written."""
        staff = self.session.staff
        return Stamp(
            actor=staff.staff_id if staff else "",
            business_day=business_day or self.business_day(),
            at=self.clock.now(),
        )

    def record(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Submit work to the ledger; the clock learns when it is durable."""
        at = self.clock.now()
        future = self.ledger.submit(work)
        future.add_done_callback(lambda _done: self.clock.recorded(at))
        return future
