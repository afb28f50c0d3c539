"""What every use case at the counter stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from pos_app.domain.permission import Demand, Permission
from pos_app.domain.policy import ALWAYS_TWO
from pos_app.domain.shop import Shop
from pos_app.ports.catalog import Catalog
from pos_app.ports.clock import Ids
from pos_app.ports.devices import Devices
from pos_app.ports.erased_ids import ErasedIds, ErasedInMemory
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork
from pos_app.ports.member_vault import MemberVault
from pos_app.ports.printing import PrinterPort
from pos_app.services.backlog import Backlog
from pos_app.services.devices import DeviceBook
from pos_app.services.price_moment import PriceMoment
from pos_app.services.session import Clearance, Session
from pos_app.services.settings import SettingsService
from pos_app.services.trusted_clock import TrustedClock
from pos_app.values.times import BusinessDay, Timestamp, business_day_at

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports and the state that the counter's services share.

    Attributes:
        catalog: read access of the thread that uses the services.
        ledger: the ledger. clock: never behind the journal. ids: UUIDv7.
        session: who is signed on. settings: of this till.
        printer: the receipt printer.
        device_book: the devices as they are set up. devices: as they run.
        backlog: accepted intents that the next transaction stores first.
        prices: which moment's prices the open basket holds.
        label_key: seals the labels of goods that are marked down.
        vault: keeps what is personal of members.
        erased: whom an older copy of the ledger must forget again.
    """

    catalog: Catalog
    ledger: Ledger
    clock: TrustedClock
    ids: Ids
    session: Session
    settings: SettingsService
    printer: PrinterPort
    device_book: DeviceBook
    devices: Devices
    vault: MemberVault
    backlog: Backlog = field(default_factory=Backlog)
    prices: PriceMoment = field(default_factory=PriceMoment)
    label_key: bytes = field(default=b"", repr=False)
    erased: ErasedIds = field(default_factory=ErasedInMemory)

    @property
    def shop(self) -> Shop:
        """The shop as the catalogue says it now."""
        return self.catalog.shop()

    def price_moment(self) -> Timestamp:
        """Return whose prices are shown and sold: the open basket's, or now."""
        return self.prices.at(self.clock)

    def allow(self, what: Permission | Demand) -> Clearance:
        """Let the cashier do something, alone or with an approval (law 12).

        The actions that the shop marks four-eyes need a second person, whoever
        asks. Nothing may be changed before this; after an approval the whole
        action is done again.

        Args:
            what: the permission, or how far it is needed and for what.

        Raises:
            UserError: "not_signed_on".
            ApprovalNeeded: "not_permitted".
        """
        demand = what if isinstance(what, Demand) else Demand(what)
        return self.session.clear(demand, self._two_people())

    def allow_all(self, *demands: Demand) -> Clearance:
        """Let the cashier do something that has several demands; see `allow`.

        Raises:
            UserError: "not_signed_on".
            ApprovalNeeded: "not_permitted", for the first demand not met.
        """
        return self.session.clear_all(demands, self._two_people())

    def needs_approval(self, permission: Permission) -> bool:
        """Tell whether the cashier will have to ask somebody: the lock on a key."""
        staff = self.session.staff
        if staff is None:
            return False
        return not staff.may(permission) or permission in self._two_people()

    def needing_approval(
        self, permissions: Iterable[Permission]
    ) -> frozenset[Permission]:
        """Return those that the cashier will have to ask for: a screen's locks.

        One look at the shop's rules for all of them: it is asked with every scan.
        """
        staff = self.session.staff
        if staff is None:
            return frozenset()
        two = self._two_people()
        return frozenset(x for x in permissions if not staff.may(x) or x in two)

    def _two_people(self) -> frozenset[Permission]:
        """Return what nobody does alone: by the shop's choice, or by nature."""
        return ALWAYS_TWO | frozenset(self.shop.policy.four_eyes)

    def business_day(self) -> BusinessDay:
        """Return the trading day that begins or goes on at this moment."""
        shop = self.shop
        zone = ZoneInfo(shop.time_zone)
        return business_day_at(self.clock.now(), zone, shop.day_starts_at_hour)

    def stamp(self, business_day: BusinessDay | None = None) -> Stamp:
        """Return who, on which day, when; for the entry about to be written.

        The clock is held at this moment from now on, so that entries stand in
        the order of their times (law 13).
        """
        staff = self.session.staff
        at = self.clock.now()
        self.clock.recorded(at)
        found = Stamp(
            actor=staff.staff_id if staff else "",
            business_day=business_day or self.business_day(),
            at=at,
        )
        self.clock.stamp_jump(found)
        return found

    def record(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Submit work to the ledger, behind all that was accepted before it.

        Intents that no transaction could store yet go in with this one, first;
        so does the word that the clock was set on meanwhile (law 13).
        """

        def whole(unit: UnitOfWork) -> T:
            self.backlog.store(unit)
            self.clock.note_jump(unit)
            return work(unit)

        return self.ledger.submit(whole)

    def store_backlog(self) -> Future[None]:
        """Store what was accepted and may not be on the disk yet."""
        return self.ledger.submit(self.backlog.store)
