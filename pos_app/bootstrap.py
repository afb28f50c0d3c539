"""The composition root: the one module that wires all rooms together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from hardware.system_clock import RandomIds, SystemClock
from pos_app.errors import GuitaiError
from pos_app.persistence.ballast import BALLAST_BYTES, Ballast
from pos_app.persistence.catalog.opening import open_catalog, open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.erased_list import ErasedList
from pos_app.persistence.key_ring import KeyRing, create_key_ring
from pos_app.persistence.key_store import KeyStore
from pos_app.persistence.ledger.ledger import SqlLedger
from pos_app.persistence.member_vault import KeyedMemberVault, vault_root
from pos_app.persistence.second_place.keeper import PATIENCE_S, open_second_place
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.persistence.shop_opening import take_shop
from pos_app.persistence.shop_seal import ShopSeal
from pos_app.ports.clock import Clock, Ids
from pos_app.ports.devices import (
    ConnectionKind,
    DeviceReport,
    Devices,
    DeviceSettings,
    ScanEvent,
)
from pos_app.ports.health import Severity
from pos_app.ports.printing import PrinterStatus, PrintJobState
from pos_app.resources import resource_path
from pos_app.services.counter import Counter, set_up_counter
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.devices import DeviceBook
from pos_app.services.guest_queue import GuestQueue
from pos_app.services.printer_switch import NoPrinter, PrinterSwitch
from pos_app.services.session import Session
from pos_app.services.settings import SettingsService
from pos_app.services.trusted_clock import TrustedClock

if TYPE_CHECKING:
    from pos_app.services.setup_file import SetupFile

_log = logging.getLogger("guitai.bootstrap")
#: The shop's own picture for the head of its slips; any PNG.
LOGO_FILE = "logo.png"
#: What the printer's thread gets to record where its job stands.
PRINTER_STOP_S = 3.0


def _note_loss(error: GuitaiError) -> None:
    _log.error("an intent was not stored: %s", error)


def _nobody_hears(*_: object) -> None:
    """Let a job settle or the drawer open unobserved: nobody looks at a screen."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a till is opened.

    Attributes:
        clock: the machine's, or the replay's.
        ids: makes identities.
        with_printer: whether the devices' threads are started.
        devices_later: they wait for `renew_printer`: a window is painted first.
        on_lost: told (on the core thread) when an intent was not stored.
        on_print_change: told (on the printer's thread) about a job.
        on_drawer_kicked: told (on the printer's thread) whether the drawer opened.
        on_scan: told (on a scanner's thread) what a scanner of the till's own read.
        on_report: told (on a device's thread) how a device is now.
        on_plugged: told (on a thread of its own) that something was plugged in or out.
        ballast_bytes: room kept free for a full disk, laid by the daily care.
        place_patience_s: how long a commit waits for the second place; None: none.
    """

    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=RandomIds)
    with_printer: bool = True
    devices_later: bool = False
    on_lost: Callable[[GuitaiError], None] = _note_loss
    on_print_change: Callable[[str, PrintJobState], None] = _nobody_hears
    on_drawer_kicked: Callable[[bool], None] = _nobody_hears
    on_scan: Callable[[ScanEvent], None] = _nobody_hears
    on_report: Callable[[DeviceReport], None] = _nobody_hears
    on_plugged: Callable[[], None] = _nobody_hears
    ballast_bytes: int = BALLAST_BYTES
    place_patience_s: float | None = PATIENCE_S


class Till:
    """A shop folder opened for selling; close it to leave it clean."""

    def __init__(self, folder: ShopFolder, options: Options) -> None:
        """Take the lock, open both databases and wire the services.

        A printer that cannot be made stops nothing: its slips wait.

        Raises:
            StorageError: "till_already_running", "database_unreadable", …; all
                that was taken is free again then.
        """
        self.folder = folder
        self.options = options
        taken = take_shop(folder, options.clock)
        self._lock, self.ring = taken.lock, taken.ring
        self.was_clean = self._lock.was_clean
        #: What the start-up check found; a person must hear of what is broken.
        self.findings = taken.findings
        with ExitStack() as undo:
            undo.callback(self._lock.release, clean=self.was_clean)
            self._open_databases(undo)
            taken.room.close()
            self.settings = SettingsService(self.ledger)
            self.print_queue = GuestQueue(self.ledger)
            self.device_book = DeviceBook(self.ledger)
            self.devices = self._make_devices()
            undo.callback(lambda: self.devices.stop(PRINTER_STOP_S))
            later = self.options.devices_later
            before = PrinterStatus.UNKNOWN if later else PrinterStatus.UNREACHABLE
            self.printer = PrinterSwitch(NoPrinter(says=before))
            if not later:
                self.renew_printer()
            self.counter = self._wire()
            undo.pop_all()

    @property
    def is_sound(self) -> bool:
        """Tell whether the start-up check found nothing broken."""
        return all(x.severity is not Severity.BROKEN for x in self.findings)

    def _open_databases(self, undo: ExitStack) -> None:
        self.ballast = Ballast(self.folder.ballast, self.options.ballast_bytes)
        folder, key, ids = self.folder, self.ring.ledger_key, self.options.ids
        self.ledger = SqlLedger(folder.ledger, key, ids, self.ballast.release)
        undo.callback(self.ledger.close)
        writer = open_catalog(self.folder.catalog, self.ring.catalog_key)
        writer.dispose()
        self.catalog_engine = open_catalog_reader(
            self.folder.catalog, self.ring.catalog_key
        )
        undo.callback(self.catalog_engine.dispose)
        self.catalog = CatalogReader(self.catalog_engine)
        undo.callback(self.catalog.close)
        mirrored = (self.folder, self.ring, self.options.clock)
        patience_s = self.options.place_patience_s
        self.second_place = open_second_place(mirrored, self.ledger, patience_s)
        undo.callback(self.second_place.finish)

    def renew_printer(self) -> None:
        """Run the devices of the settings in force; see `DeviceManager.use`.

        Waits for the slip under way, so not on the screen's thread.
        """
        if self.options.with_printer:
            self.devices.use(self.device_settings())
            drawer = self.devices.drawer()
            self.printer.use(self.devices.receipt_printer(), drawer)

    def device_settings(self) -> tuple[DeviceSettings, ...]:
        """Return all devices; the virtual printer's folder is the shop's."""
        return tuple(
            replace(x, connection=replace(x.connection, address=str(self.folder.slips)))
            if x.connection.kind is ConnectionKind.FOLDER and not x.connection.address
            else x
            for x in self.device_book.current
        )

    def _make_devices(self) -> Devices:
        # Late: rasterising loads Pillow, fonts and barcode libraries.
        from hardware.manager import DeviceListeners, DeviceManager

        told, clock = self.options, self.options.clock
        heard = DeviceListeners(
            told.on_print_change,
            told.on_drawer_kicked,
            told.on_scan,
            told.on_report,
            told.on_plugged,
        )
        return DeviceManager(self.print_queue, clock, heard)

    def _logo(self) -> bytes | None:
        """Return the shop's picture; one that cannot be read stops no till."""
        try:
            return (self.folder.root / LOGO_FILE).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            _log.warning("the logo cannot be read: %s", error)
            return None

    def _wire(self) -> Counter:
        clock = TrustedClock(self.options.clock, self.ledger.last_recorded_at())
        desk = Desk(
            catalog=self.catalog,
            ledger=self.ledger,
            clock=clock,
            ids=self.options.ids,
            session=Session(),
            settings=self.settings,
            printer=self.printer,
            device_book=self.device_book,
            devices=self.devices,
            vault=KeyedMemberVault(vault_root(self.ring)),
            label_key=credentials_of(self.ring).label_key,
            erased=ErasedList(self.ring, self.folder.root, (self.folder.backups,)),
        )
        return set_up_counter(
            desk,
            credentials_of(self.ring),
            self.options.on_lost,
            ShopSeal(self.ring.signing_key),
            self._logo(),
        )

    @contextmanager
    def editor(self) -> Iterator[CatalogWriter]:
        """Give write access to the catalogue, for one thread, and close it after."""
        engine = open_catalog(self.folder.catalog, self.ring.catalog_key)
        try:
            yield CatalogWriter(engine, lambda: self.options.clock.now().unix_ms)
        finally:
            engine.dispose()

    def close(self) -> None:
        """Stop the printer, finish the ledger's queue, give the folder free."""
        self.devices.stop(PRINTER_STOP_S)
        self.catalog.close()
        self.catalog_engine.dispose()
        self.counter.desk.store_backlog()  # the disk may have room again
        self.ledger.stop()
        self.second_place.finish()
        self.ledger.close()
        self.second_place.close()
        self._lock.release()

    def __enter__(self) -> Self:
        """Use the till in a with statement."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the till."""
        self.close()


def credentials_of(ring: KeyRing) -> Credentials:
    """Return what checks PINs and badges with this shop's keys."""
    return Credentials(ring.pin_pepper, ring.badge_key, ring.signing_key)


def create_shop(
    folder: ShopFolder, setup: SetupFile, store: KeyStore, ids: Ids | None = None
) -> str:
    """Make a new shop in `folder`.

    Returns:
        The recovery code, shown once and kept nowhere.

    Raises:
        StorageError: "key_ring_exists" when there is a shop already.
        UserError: what the set-up file got wrong.
    """
    # Late: the models of the set-up file cost a tenth of a cold start.
    from pos_app.services.shop_setup import ShopSetup

    folder.make()
    ring, code = create_key_ring(folder.root, store)
    maker = ids or RandomIds()
    SqlLedger(folder.ledger, ring.ledger_key, maker).close()
    engine = open_catalog(folder.catalog, ring.catalog_key)
    editor = CatalogWriter(engine, lambda: SystemClock().now().unix_ms)
    ShopSetup(editor, maker, credentials_of(ring)).store(setup)
    engine.dispose()
    return code


def demo_setup() -> SetupFile:
    """Return the sample shop 晴川生活 · 湖滨店."""
    from pos_app.services.setup_file import read_setup

    return read_setup(
        resource_path("demo_shop", "shop.json"),
        resource_path("demo_shop", "items.csv"),
        resource_path("demo_shop", "promotions.json"),
    )


def demo_day() -> Path:
    """Return the file of the sample shop's scripted day."""
    return resource_path("demo_shop", "day.jsonl")
