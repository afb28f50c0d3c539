"""What the open till does for its own safety (the screen's `Upkeep`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pos_app.bootstrap import Till
from pos_app.cli.catalog_session import journal_waiting
from pos_app.cli.device_upkeep import DeviceUpkeep
from pos_app.cli.logo_upkeep import LogoUpkeep
from pos_app.cli.place_upkeep import PlaceUpkeep
from pos_app.cli.scanner_upkeep import ScannerUpkeep
from pos_app.cli.till_doctor import TillDoctor
from pos_app.documents.label import Label
from pos_app.documents.layout import Layout
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission
from pos_app.i18n import current_language
from pos_app.persistence.backup import backups_of, make_backup
from pos_app.persistence.catalog.warming import warm_catalog
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.key_ring import check_recovery_code, renew_recovery_code
from pos_app.persistence.ledger.units_sold import COUNTED_THROUGH, units_sold
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.ledger import Stamp
from pos_app.ports.printing import Rasteriser
from pos_app.services.journal_notes import journal_note
from pos_app.services.shop_change import (
    ShopChange,
    four_eyes_change,
    rule_change,
    words_change,
)

if TYPE_CHECKING:
    from pos_app.services.bulk_run import BulkJob, BulkOutcome
    from pos_app.services.item_sheet import SheetReport
    from pos_app.services.sheet_plan import SheetPlan

#: A shop opens every day at about the same hour; 20 h makes that one backup a day.
BACKUP_DUE_MS = 20 * 3600 * 1000
#: Best sellers are counted in transactions short enough to disturb no import.
UNITS_AT_ONCE = 50
PAPER_DOTS = {58: 384, 80: 576}


class TillUpkeep(LogoUpkeep, TillDoctor, PlaceUpkeep, DeviceUpkeep, ScannerUpkeep):
    """Implements ui.presenters.workplace.Upkeep around an open till."""

    def __init__(self, till: Till, rasteriser: Rasteriser) -> None:
        """Take the till; on the thread that reads its catalogue."""
        self._till = till
        self._rasteriser = rasteriser
        # Kept, because the daily care runs on a thread that may not ask for it.
        self._zone = ZoneInfo(till.counter.desk.shop.time_zone)

    def back_up(self, stamp: Stamp) -> str:
        """Make a verified backup, journal it and return its file's name."""
        made = make_backup(self._till.folder, self._till.ring, stamp.at)
        body = {"file": made.name}
        self._till.ledger.submit(
            lambda unit: unit.append(EntryKind.BACKUP_MADE, body, stamp)
        ).result()
        return made.name

    def warm(self, is_wanted: Callable[[], bool]) -> int:
        """Fetch the pages of a day's first searches, while it is wanted."""
        till = self._till
        now = till.options.clock.now()
        return warm_catalog(till.folder.catalog, till.ring.catalog_key, now, is_wanted)

    def daily_care(self, stamp: Stamp) -> bool:
        """Back up if the newest backup is old, and let search know what sells.

        What imports beside the running till left for the journal goes in first.
        """
        self._till.ballast.restore()
        journal_waiting(self._till, stamp)
        from pos_app.cli.bulk_work import finish_bulks

        finish_bulks(self._till)
        self._till.counter.member_admin.erasure.write_list()
        self.take_costs()
        self._count_best_sellers()
        last = self.last_backup()
        now = stamp.at.unix_ms
        is_due = last is None or now - int(last.timestamp() * 1000) >= BACKUP_DUE_MS
        if is_due:
            self.back_up(stamp)
        return self.copy_to_place(stamp) or is_due

    def _count_best_sellers(self) -> None:
        ledger = self._till.ledger
        stored = ledger.setting(COUNTED_THROUGH) or "0:0"
        epoch, seq = (int(part) for part in stored.split(":"))
        with ledger.read_engine.begin() as connection:
            sold, newest = units_sold(connection, (epoch, seq))
        if not sold:
            return
        units = list(sold)
        with self._till.editor() as editor:
            for start in range(0, len(units), UNITS_AT_ONCE):
                some = units[start : start + UNITS_AT_ONCE]
                editor.bump_velocity({unit: sold[unit] for unit in some})
        place = f"{newest[0]}:{newest[1]}"
        ledger.submit(lambda unit: unit.set_setting(COUNTED_THROUGH, place)).result()

    def last_backup(self) -> datetime | None:
        """Return when the newest backup was made, on the shop's clock."""
        found = backups_of(self._till.folder)
        if not found:
            return None
        return datetime.fromtimestamp(found[0].stat().st_mtime, self._zone)

    def data_bytes(self) -> int:
        """Return how much room the shop's databases take."""
        folder = self._till.folder
        files = (folder.ledger, folder.catalog)
        return sum(file.stat().st_size for file in files if file.exists())

    def shop_change(self, changes: Mapping[str, str]) -> Callable[[], None]:
        """Check words of the shop and return what changes them, journalled.

        Raises:
            UserError: see `services.shop_change.words_change`.
        """
        return self._changing(words_change(self._till.counter.desk, changes))

    def rule_change(self, key: str, value: object) -> Callable[[], None]:
        """Check one of the shop's rules and return what changes it, journalled.

        Raises:
            UserError: see `services.shop_change.rule_change`.
        """
        return self._changing(rule_change(self._till.counter.desk, key, value))

    def four_eyes_change(
        self, action: Permission, *, needs_two: bool
    ) -> Callable[[], None]:
        """Return what makes an action need two people, or lets it go, journalled.

        Raises:
            UserError: see `services.shop_change.four_eyes_change`.
        """
        desk = self._till.counter.desk
        return self._changing(four_eyes_change(desk, action, needs_two=needs_two))

    def _changing(self, change: ShopChange) -> Callable[[], None]:
        """Return what stores a change and its note, then journals the note.

        A till killed in between journals it when it next looks after itself.
        """
        desk = self._till.counter.desk

        def run() -> None:
            with self._till.editor() as editor:
                note = editor.edit_shop(change.apply)
                if note is not None:
                    desk.record(journal_note(note, change.stamp)).result()
                    editor.notes.drop(note.note_id)

        return run

    def catalog_change(self, change: CatalogChange) -> Callable[[], bool]:
        """Return what stores a change with its notes, then journals the notes.

        A till killed in between journals them when it next looks after itself.
        """
        desk = self._till.counter.desk

        def run() -> bool:
            with self._till.editor() as editor:
                notes = editor.change(change.edit)
                for note in notes:
                    desk.record(journal_note(note, change.stamp)).result()
                    editor.notes.drop(note.note_id)
            return bool(notes)

        return run

    def run_bulk(self, job: BulkJob, on_progress: Callable[[int], None]) -> BulkOutcome:
        """Write, decide and apply a document over many items, journalled."""
        from pos_app.cli.bulk_work import run_bulk

        return run_bulk(self._till, job, on_progress)

    def plan_sheet(self, file: Path, on_progress: Callable[[int], None]) -> SheetPlan:
        """Read an item file and return what it would change; nothing is stored."""
        from pos_app.cli.bulk_work import plan_file

        return plan_file(self._till, file, on_progress)

    def write_sheet(
        self, item_ids: Sequence[str], file: Path, on_progress: Callable[[int], None]
    ) -> SheetReport:
        """Write items into a spreadsheet that `plan_sheet` reads back."""
        language = current_language()
        from pos_app.cli.bulk_work import write_items

        return write_items(self._till, item_ids, file, language, on_progress)

    def write_person(self, file: Path, page: str, plain: str) -> Path:
        """Write one person's data: a page to read, and JSON beside it."""
        write_durably(file.with_suffix(".json"), plain.encode())
        write_durably(file.with_suffix(".html"), page.encode())
        return file.with_suffix(".html")

    def take_costs(self) -> int:
        """Take over what goods received cost; how many documents waited."""
        from pos_app.cli.waiting_costs import take_waiting_costs

        return take_waiting_costs(self._till, self.catalog_change)

    def check_recovery_code(self, code: str) -> None:
        """Ask whether a recovery code is this shop's; it takes its time."""
        check_recovery_code(self._till.folder.root, code)

    def new_recovery_code(self) -> str:
        """Make another recovery code; the old one opens later backups no more."""
        return renew_recovery_code(self._till.folder.root, self._till.ring)

    def qr_rows(self, text: str, correction: str) -> tuple[str, ...]:
        """Encode as the slip's codes are; "1" is dark, without the quiet zone."""
        from hardware.printer.codes import qr_modules

        rows = qr_modules(text, correction)
        return tuple("".join("01"[cell] for cell in row) for row in rows)

    def draw(self, layout: Layout, paper_mm: int | None = None) -> bytes:
        """Draw a layout as the paper will show it; may run on any thread."""
        width_mm = paper_mm or self._till.device_book.paper_mm
        return self._rasteriser.png(layout, PAPER_DOTS[width_mm])

    def draw_label(self, label: Label, language: str) -> bytes:
        """Draw a label at 300 dpi; may run on any thread."""
        return self._rasteriser.label_png(label, language, 300)

    def label_file(self, name: str) -> Path:
        """Return where a sheet of labels goes; its folder is there.

        Raises:
            StorageError: as `export_file`.
        """
        folder = self._till.folder.exports
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise file_error(error, folder) from error
        return folder / name

    def export_file(self, first_day: date, last_day: date) -> Path:
        """Return where an export of the black box goes; its folder is there.

        Raises:
            StorageError: "folder_read_only", "disk_full" or "disk_error".
        """
        folder = self._till.folder.exports
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise file_error(error, folder) from error
        days = f"{first_day}_{last_day}" if first_day != last_day else f"{first_day}"
        till = self._till.counter.desk.shop.till
        return folder / f"journal_{till}_{days}.jsonl"
