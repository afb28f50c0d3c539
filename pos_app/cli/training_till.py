"""A second till beside the real one, for practising.

It has the same services and screens, the real catalogue through a reader, and a ledger
of its own under a key that only this process knows. The ledger lies in the shop's
folder while training lasts and is thrown away with it; after a kill nobody can read it,
and the next start removes it.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from typing_extensions import override

from hardware.printer.practice import PracticeDevice
from hardware.printer.worker import Listeners, PrinterWorker
from pos_app.bootstrap import (
    Options,
    Till,
    credentials_of,
)
from pos_app.cli.made_up import enrol_made_up
from pos_app.domain.permission import Permission, Role, RoleLimits, Staff
from pos_app.errors import StorageError, UserError
from pos_app.i18n import LANGUAGES, N_, Words
from pos_app.persistence.ballast import Ballast
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.training_reader import TrainingReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.ledger.training_ledger import (
    TrainingLedger,
    open_training_ledger,
)
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Clock
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrinterPort
from pos_app.ports.weighing import Weighing
from pos_app.services.devices import DEVICES_KEY, DeviceBook
from pos_app.services.guest_queue import GuestQueue
from pos_app.services.no_devices import NoDevices
from pos_app.services.printer_switch import PrinterSwitch
from pos_app.services.programme_preset import bring_rules
from pos_app.services.settings import SETTINGS_KEY, SettingsService
from pos_app.services.slip import RECEIPT_PRINTER
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

#: Everybody's PIN in training, shown on the screen; no real PIN is tried there.
PRACTICE_PIN = "2468"
PRACTICE_NUMBER = "0000"
_SUPERVISOR = N_("Practice supervisor")
#: What training does not lend: the catalogue, the real journal, and training itself.
NOT_LENT = frozenset(
    {
        Permission.ITEMS,
        Permission.PRICES,
        Permission.PEOPLE,
        Permission.STOCK,
        Permission.STOCK_ADJUST,
        Permission.IMPORT,
        Permission.REPORTS,
        Permission.BLACK_BOX,
        Permission.TRAINING,
        Permission.TRAINING_REVIEW,
        Permission.MEMBER_REVEAL,
        Permission.LOYALTY,
    }
)
_WHOLE = Percentage.parse("100")
_NO_LIMIT_MINOR = 100_000_000


@dataclass(frozen=True, slots=True)
class TrainingFolder(ShopFolder):
    """The folder of a training, with the shop's real catalogue.

    Attributes:
        real_catalog: catalog.db of the shop.
    """

    real_catalog: Path = Path()

    @property
    @override
    def catalog(self) -> Path:
        """Reference data of the shop; read."""
        return self.real_catalog


class TrainingClock:
    """The machine's clock, which a card may put back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.behind_ms = 0

    def now(self) -> Timestamp:
        """Return the machine's time, as far back as the card has it."""
        return Timestamp(self._clock.now().unix_ms - self.behind_ms)

    def monotonic_ms(self) -> int:
        """Return milliseconds of a clock that never goes back."""
        return self._clock.monotonic_ms()


@dataclass(frozen=True, slots=True)
class TrainingStore:
    """What of a training is made off the screen's thread.

    Attributes:
        folder, ring, ledger: of the training. pin_hash: of `PRACTICE_PIN`.
        scale: returns the counter's own; a practice weighs on it, too.
    """

    folder: TrainingFolder
    ring: KeyRing
    ledger: TrainingLedger
    pin_hash: str
    scale: Callable[[], Weighing | None]


def make_store(real: Till, on_stored: Callable[[], None]) -> TrainingStore:
    """Make the throw-away ledger, with this till's settings in it.

    Raises:
        StorageError: "disk_full", "folder_read_only", …; nothing is left then.
    """
    real.folder.sweep_training()
    root = real.folder.training
    folder = TrainingFolder(root, real.folder.catalog)
    ring = _ring(real.ring)
    try:
        folder.make()
        ledger = open_training_ledger(
            folder.ledger, ring.ledger_key, real.options.ids, on_stored
        )
    except StorageError:
        real.folder.sweep_training()
        raise
    for key in (SETTINGS_KEY, DEVICES_KEY):
        stored = real.ledger.setting(key)
        if stored is not None:
            ledger.submit(_storing(key, stored)).result()
    enrol_made_up(ledger, ring, real.options.ids)
    rules = real.ledger.points.programme()
    if rules.version:
        bring_rules(ledger, rules)
    pin_hash = credentials_of(ring).hash_pin(PRACTICE_PIN)
    return TrainingStore(folder, ring, ledger, pin_hash, real.devices.scale)


def _storing(key: str, text: str) -> Callable[[UnitOfWork], None]:
    return lambda unit: unit.set_setting(key, text)


def _ring(real: KeyRing) -> KeyRing:
    """Return keys that are kept nowhere, but for that of the real catalogue."""
    fresh = {
        name: secrets.token_bytes(32)
        for name in (
            "ledger_key",
            "pin_pepper",
            "device_key",
            "signing_key",
            "badge_key",
        )
    }
    ring_id = secrets.token_hex(16)
    return KeyRing(ring_id, "file", catalog_key=real.catalog_key, **fresh)


class TrainingTill(Till):
    """The till of a training; opened on the thread that reads its catalogue.

    Attributes:
        trainee: who practises. supervisor: who approves there.
        device: the printer that prints nothing. machine: the clock that cards move.
    """

    def __init__(self, store: TrainingStore, trainee: Staff, options: Options) -> None:
        self.machine = TrainingClock(options.clock)
        self.folder, self.ring = store.folder, store.ring
        self.options = replace(options, clock=self.machine)
        self.was_clean, self.findings = True, ()
        self.trainee = lent(trainee)
        self.supervisor = practice_supervisor(options.ids.new())
        self.ballast = Ballast(self.folder.ballast, 0)
        self.ledger: TrainingLedger = store.ledger
        key = self.ring.catalog_key
        self.catalog_engine = open_catalog_reader(self.folder.catalog, key)
        people = (self.trainee, self.supervisor)
        self.people = TrainingReader(self.catalog_engine, people, store.pin_hash)
        self.catalog = self.people
        self.settings = SettingsService(self.ledger)
        self.print_queue = GuestQueue(self.ledger)
        self.device = PracticeDevice()
        self.device_book = DeviceBook(self.ledger)
        self.printer = PrinterSwitch(self._make_printer())
        self.devices = NoDevices(self.printer, store.scale)
        self.counter = self._wire()

    def _make_printer(self) -> PrinterPort:
        """Start the practice printer, whatever printer the settings name."""
        listeners = Listeners(
            self.options.on_print_change, self.options.on_drawer_kicked
        )
        worker = PrinterWorker(
            RECEIPT_PRINTER,
            self.device,
            self.print_queue,
            self.machine,
            listeners=listeners,
        )
        worker.start()
        self._stop_printer = worker.stop
        return worker

    @override
    def renew_printer(self) -> None:
        """Keep the practice printer: settings of training change no device."""

    @contextmanager
    @override
    def editor(self) -> Iterator[CatalogWriter]:
        """Refuse to change the catalogue: it is the shop's.

        Raises:
            UserError: "training_catalog_closed".
        """
        yield _no_editor()

    def close_reader(self) -> None:
        """Close the catalogue, on the thread that read it."""
        self.catalog.close()
        self.catalog_engine.dispose()

    def finish(self) -> None:
        """Stop printer and ledger and throw everything away; on any thread."""
        self._stop_printer(3.0)
        self.ledger.close()
        shutil.rmtree(self.folder.root, ignore_errors=True)

    @override
    def close(self) -> None:
        """Close and throw away."""
        self.close_reader()
        self.finish()


def _no_editor() -> CatalogWriter:
    raise UserError("training_catalog_closed")


def lent(staff: Staff) -> Staff:
    """Return somebody as they are in training: without the back office."""
    permissions = staff.role.permissions - NOT_LENT
    return replace(staff, role=replace(staff.role, permissions=permissions))


def practice_supervisor(staff_id: str) -> Staff:
    """Return who approves in training, in any shop."""
    names = tuple((tag, Words(tag)(_SUPERVISOR)) for tag in LANGUAGES)
    role = Role(
        key="practice",
        name=names[0][1],
        names=names,
        permissions=frozenset(Permission) - NOT_LENT,
        round_off_cap_minor=_NO_LIMIT_MINOR,
        is_supervisor=True,
        limits=RoleLimits(_WHOLE, None, None),
    )
    return Staff(staff_id, PRACTICE_NUMBER, names[0][1], names, role)
