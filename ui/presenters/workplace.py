"""What the presenters work with; bootstrap fills it, so ui knows no other room."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from pos_app.documents.label import Label
from pos_app.documents.layout import Layout
from pos_app.domain.permission import Permission
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.devices import DeviceSettings, DriverFacts, FoundDevice
from pos_app.ports.health import Finding
from pos_app.ports.ledger import Stamp
from pos_app.ports.logo import Dithering, LogoSketch
from pos_app.ports.printer_guide import PrinterGuide
from pos_app.ports.second_place import DiskFound, SecondPlaceKeeper
from pos_app.services.counter import Counter
from pos_app.services.sounds import SILENT, SoundBoard
from ui.presenters.practice import Practice, TrainingDoor

if TYPE_CHECKING:
    from pos_app.services.bulk_run import BulkJob, BulkOutcome
    from pos_app.services.item_sheet import SheetReport
    from pos_app.services.sheet_plan import SheetPlan


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How a check of the shop's data went; one sentence for each finding."""

    is_sound: bool
    findings: tuple[str, ...] = ()


class Upkeep(Protocol):
    """What the till does for its own safety; slow, so off the GUI thread."""

    @property
    def second_place(self) -> SecondPlaceKeeper:
        """The second place of this till."""
        ...

    def look_at_disks(self) -> Sequence[DiskFound]:
        """Return the disks that may be a second place; slow."""
        ...

    def back_up(self, stamp: Stamp) -> str:
        """Make a verified backup, journal it and return its file's name."""
        ...

    def warm(self, is_wanted: Callable[[], bool]) -> int:
        """Fetch the pages of a day's first searches, while it is wanted."""
        ...

    def daily_care(self, stamp: Stamp) -> bool:
        """Do what is due once a day: backup, best sellers; whether anything was."""
        ...

    def check(self) -> CheckResult:
        """Check databases, chain and sums."""
        ...

    def examine(self, *, is_whole: bool) -> tuple[Finding, ...]:
        """Ask the checks that answer at once, or all of them."""
        ...

    def make_room(self) -> int:
        """Delete what the till can do without; return how many bytes are free now."""
        ...

    def bundle(self, findings: tuple[Finding, ...], stamp: Stamp) -> Path:
        """Write a diagnostics bundle that names nobody; journalled."""
        ...

    def last_backup(self) -> datetime | None:
        """Return when the newest backup was made."""
        ...

    def data_bytes(self) -> int:
        """Return how much room the shop's data take."""
        ...

    def shop_change(self, changes: Mapping[str, str]) -> Callable[[], None]:
        """Check words of the shop (name, address, phone, tax_number, slip_footer).

        Returns:
            What makes the change; for another thread than the screen's.
        """
        ...

    def rule_change(self, key: str, value: object) -> Callable[[], None]:
        """Check a rule of the shop: a field of its policy but "four_eyes".

        Returns:
            What makes the change; for another thread than the screen's.
        """
        ...

    def four_eyes_change(
        self, action: Permission, *, needs_two: bool
    ) -> Callable[[], None]:
        """Return what makes an action need two people, whoever asks, or lets it go."""
        ...

    def catalog_change(self, change: CatalogChange) -> Callable[[], bool]:
        """Return what makes a change of the catalogue, journalled.

        Returns:
            For another thread than the screen's; tells whether anything changed.
        """
        ...

    def run_bulk(self, job: BulkJob, on_progress: Callable[[int], None]) -> BulkOutcome:
        """Write, decide and apply a document over many items, journalled.

        Args:
            job: what somebody decided.
            on_progress: told how many rows are applied; on the thread that works.
        """
        ...

    def plan_sheet(self, file: Path, on_progress: Callable[[int], None]) -> SheetPlan:
        """Read an item file and return what it would change; nothing is stored."""
        ...

    def write_sheet(
        self, item_ids: Sequence[str], file: Path, on_progress: Callable[[int], None]
    ) -> SheetReport:
        """Write items into a spreadsheet that `plan_sheet` reads back."""
        ...

    def write_person(self, file: Path, page: str, plain: str) -> Path:
        """Write one person's data: a page to read, and JSON beside it; slow.

        Raises:
            StorageError: "folder_read_only", "disk_full" or "disk_error".
        """
        ...

    def take_costs(self) -> int:
        """Take the costs of goods received into the catalogue; how many waited."""
        ...

    def check_recovery_code(self, code: str) -> None:
        """Ask whether a recovery code is this shop's; it takes its time.

        Raises:
            StorageError: "recovery_code_wrong", or what a slip of the pen raises.
        """
        ...

    def new_recovery_code(self) -> str:
        """Make another recovery code; the old one opens later backups no more."""
        ...

    def device_drivers(self) -> Sequence[DriverFacts]:
        """Return what can be set up; the first call loads drivers, so it is slow."""
        ...

    def find_devices(self) -> Sequence[FoundDevice]:
        """Look for devices that are not set up yet; takes seconds."""
        ...

    def plugged_devices(self) -> Sequence[FoundDevice]:
        """Look for devices at this computer alone; quick, asks no network."""
        ...

    def install_rule(self) -> bool:
        """Let this person use the counter's devices; asks for a password."""
        ...

    def renew_devices(self) -> None:
        """Run the devices that are set up now; waits for the slip under way."""
        ...

    def test_page(self, device: DeviceSettings | None = None) -> Layout:
        """Lay the test page of a printer out; on the screen's thread."""
        ...

    def test_print(self, device: DeviceSettings) -> Callable[[], None]:
        """Lay the test page out and return what prints it, for another thread."""
        ...

    def printer_guide(self, device: DeviceSettings) -> PrinterGuide:
        """Return the guided test page of a printer; not on the screen's thread."""
        ...

    def scanner_sheet(self, language: str = "", *, codes_only: bool = False) -> Layout:
        """Lay the set-up sheet of scanners out; slow at first, on any thread."""
        ...

    def print_sheet(self) -> Callable[[], None]:
        """Return what prints the sheet; for another thread than the screen's."""
        ...

    def read_picture(self, file: Path) -> tuple[str, ...]:
        """Return the codes of a picture as a scanner sends them; slow.

        Raises:
            UserError: "code_picture_too_large", "code_picture_unreadable".
        """
        ...

    def draw(self, layout: Layout, paper_mm: int | None = None) -> bytes:
        """Draw a layout as the paper will show it; on any thread.

        Args:
            layout: what to draw.
            paper_mm: 58 or 80; None for the paper of this till.
        """
        ...

    def qr_rows(self, text: str, correction: str) -> tuple[str, ...]:
        """Return a QR code's modules as `CustomerQr.rows`; on any thread."""
        ...

    def sketch_logo(self, picture: Path | bytes, paper_mm: int) -> LogoSketch:
        """Read a picture and make it black and white in each way; slow."""
        ...

    def logo_prints(
        self, original: bytes, dithering: Dithering
    ) -> tuple[tuple[int, bytes], ...]:
        """Make the logo ready for each width of paper; slow."""
        ...

    def draw_label(self, label: Label, language: str) -> bytes:
        """Draw a label at 300 dpi; may run on any thread."""
        ...

    def label_file(self, name: str) -> Path:
        """Return where a sheet of labels goes; its folder is there.

        Raises:
            StorageError: "folder_read_only", "disk_full" or "disk_error".
        """
        ...

    def export_file(self, first_day: date, last_day: date) -> Path:
        """Return where an export of the black box goes; its folder is there."""
        ...


@dataclass(frozen=True, slots=True)
class Workplace:
    """The services of this till, as the screen uses them.

    Attributes:
        counter: sign-on, sale, checkout, slips.
        upkeep: backups, checks, pictures of slips.
        was_clean: whether the till had stopped cleanly before this start.
        is_sound: whether the start-up check found nothing broken.
        beep: makes the short sound of a problem.
        door: the way into training; None inside of it, or where there is none.
        practice: the stage of training; None at the real till.
        customer_pictures: the folder of the customer display's idle pictures.
        sounds: what is heard beside what is seen.
    """

    counter: Counter
    upkeep: Upkeep
    was_clean: bool
    is_sound: bool
    beep: Callable[[], None]
    door: TrainingDoor | None = None
    practice: Practice | None = None
    customer_pictures: Path | None = None
    sounds: SoundBoard = SILENT

    @property
    def zone(self) -> tzinfo:
        """The shop's time zone."""
        return ZoneInfo(self.counter.desk.shop.time_zone)

    @property
    def currency(self) -> str:
        """ISO 4217 code of the shop."""
        return self.counter.sale.rules.currency

    def local_now(self) -> datetime:
        """Return the shop's wall time."""
        return self.counter.desk.clock.now().at(self.zone)
