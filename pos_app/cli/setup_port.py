"""The wizard's side of the machine: draft, devices, import, the shop itself."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hardware.system_clock import RandomIds, SystemClock
from pos_app.bootstrap import Till, demo_setup
from pos_app.cli.device_upkeep import SEARCH_S
from pos_app.cli.setup_goods import take_goods_file
from pos_app.cli.shop_making import (
    drop_aside,
    make_aside,
    put_in_place,
    require_free,
    setup_folder,
    shop_aside,
)
from pos_app.documents.layout import Layout
from pos_app.documents.setup_slips import recovery_slip, trial_page
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.i18n import Words, current_language
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.shop_folder import OWNER_ONLY_FOLDER, ShopFolder, TillLock
from pos_app.ports.devices import ConnectionKind, DeviceSettings, FoundDevice
from pos_app.ports.printing import PrinterStatus
from pos_app.services.item_import import ImportOptions, import_items
from pos_app.services.recovery_reminder import RecoveryReminder
from pos_app.services.setup_draft import SetupDraft, read_draft, write_draft
from pos_app.services.setup_from_draft import setup_of
from pos_app.services.setup_printer import devices_of, printer_of
from ui.presenters.setup_port import (
    GoodsCheck,
    RestoreSource,
    SampleStaff,
    ShopOrder,
)


class MachineSetup:
    """Implements ui.presenters.setup_port.SetupPort for a folder without a shop.

    Args:
        root: where the shop will be. What belongs to the wizard lies beside it.
    """

    def __init__(self, root: Path) -> None:
        """Take the right to set up this folder.

        Raises:
            StorageError: "till_already_running" while another wizard has it, or
                what the disk refuses.
        """
        self._root = root
        self._beside = setup_folder(root)
        try:
            self._beside.mkdir(mode=OWNER_ONLY_FOLDER, parents=True, exist_ok=True)
        except OSError as error:
            raise file_error(error, root) from error
        self._lock = TillLock(ShopFolder(self._beside))
        self._clock, self._ids = SystemClock(), RandomIds()

    def close(self) -> None:
        """Give the folder free; a shop that nobody took is thrown away."""
        drop_aside(self._root)
        self._lock.release()
        if self._is_over:
            shutil.rmtree(self._beside, ignore_errors=True)

    @property
    def _is_over(self) -> bool:
        """Tell whether there is nothing left to take up again."""
        return not self._draft_file.exists()

    # ------------------------------------------------------------------ the draft

    @property
    def _draft_file(self) -> Path:
        return self._beside / "draft.json"

    def load_draft(self) -> SetupDraft | None:
        """Return what was typed before; an unreadable file counts as nothing."""
        try:
            return read_draft(self._draft_file.read_bytes())
        except OSError:
            return None

    def save_draft(self, draft: SetupDraft) -> None:
        """Keep what was typed.

        Raises:
            StorageError: what the disk refuses.
        """
        write_durably(self._draft_file, write_draft(draft))

    def drop_draft(self) -> None:
        """Forget the draft and the file of items beside it."""
        for path in self._beside.glob("*"):
            if path.name != ShopFolder(self._beside).lock_file.name:
                with suppress(OSError):
                    path.unlink()

    # ------------------------------------------------------------------ the goods

    def take_goods_file(self, path: str, draft: SetupDraft) -> GoodsCheck:
        """Copy a file of items aside and say what its import would do.

        Raises:
            UserError, StorageError: see `setup_goods.take_goods_file`.
        """
        return take_goods_file(Path(path.strip().strip('"')), draft, self._beside)

    def _goods_copy(self) -> Path:
        """Return the copy of the file of items.

        Raises:
            UserError: "setup_goods_missing".
        """
        found = sorted(self._beside.glob("goods.*"))
        if not found:
            raise UserError("setup_goods_missing")
        return found[0]

    # ---------------------------------------------------------------- the devices

    def try_printer(self, draft: SetupDraft) -> PrinterStatus:
        """Print a short page on the draft's printer and wait for it."""
        return self._print(draft, trial_page(Words(draft.shop_language)))

    def print_code(self, draft: SetupDraft, code: str) -> PrinterStatus:
        """Print the recovery code on the draft's printer."""
        words = Words(draft.language)
        return self._print(draft, recovery_slip(draft.shop_name.strip(), code, words))

    def try_drawer(self, draft: SetupDraft) -> bool:
        """Open the drawer at the draft's printer; whether it took the command."""
        from hardware.printer_trial import PrinterTrial

        trial = PrinterTrial(self._printer(draft), self._clock, self._ids)
        return trial.kick_drawer()

    def find_devices(self) -> Sequence[FoundDevice]:
        """Look for printers and scales: USB, serial ports, queues, the network."""
        # Late: USB, HID and mDNS libraries, for a search that somebody asked for.
        from hardware.discovery.search import search

        return search(SEARCH_S, asks_network=True)

    def plugged_printers(self) -> Sequence[FoundDevice]:
        """Return the printers at this computer's own USB; quick."""
        from hardware.discovery.search import arranged
        from hardware.discovery.usb_printers import usb_printers

        return arranged(usb_printers())

    def _print(self, draft: SetupDraft, layout: Layout) -> PrinterStatus:
        # Late: rasterising loads Pillow, fonts and barcode libraries.
        from hardware.printer_trial import PrinterTrial

        trial = PrinterTrial(self._printer(draft), self._clock, self._ids)
        return trial.print_page(layout)

    def _printer(self, draft: SetupDraft) -> DeviceSettings:
        folder = self._beside / "slips"
        folder.mkdir(mode=OWNER_ONLY_FOLDER, exist_ok=True)
        printer = printer_of(draft)
        if printer.connection.kind is ConnectionKind.FOLDER:
            way = replace(printer.connection, address=str(folder))
            return replace(printer, connection=way)
        return printer

    # ------------------------------------------------------------------- the shop

    def make_shop(self, order: ShopOrder) -> str:
        """Make the shop aside, whole, and return its recovery code.

        Raises:
            StorageError: "key_ring_exists", "folder_in_use", or what the disk
                refuses. UserError: what an answer or the file of items got wrong.
        """
        require_free(self._root)
        draft = order.draft
        sample = demo_setup() if draft.goods == "demo" else None
        setup = setup_of(draft, order.pins, sample)
        return make_aside(
            self._root, setup, lambda till: self._furnish(till, draft)
        ).code

    def _furnish(self, till: Till, draft: SetupDraft) -> None:
        desk = till.counter.desk
        till.settings.change(
            desk.stamp(),
            language="" if draft.language == draft.shop_language else draft.language,
            theme=draft.theme,
            size_percent=draft.size_percent,
            screen_um_per_px=draft.screen_um_per_px,
        )
        for device in devices_of(draft, desk.ids.new()):
            put = till.device_book.begin_put(desk.stamp(), device)
            till.device_book.adopt(put.result())
        RecoveryReminder(desk).begin(is_waiting=True).result()
        if draft.goods == "import":
            self._import(till, draft)

    def _import(self, till: Till, draft: SetupDraft) -> None:
        """Import the file of items, with the journal's word of it."""
        desk, file = till.counter.desk, self._goods_copy()
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        with till.editor() as editor:
            report = import_items(file, editor, ImportOptions(self._clock, self._ids))
        body = {
            "file": draft.goods_file,
            "sha256": digest,
            "lines": report.lines,
            "added": report.added,
            "changed": report.changed,
            "unchanged": report.unchanged,
            "refused": report.refused,
        }
        stamp = desk.stamp()
        desk.record(
            lambda unit: unit.append(EntryKind.CATALOG_IMPORTED, body, stamp)
        ).result()

    def open_shop(self, *, is_confirmed: bool) -> None:
        """Move the shop into place; note whether its recovery code was typed back.

        Raises:
            StorageError: what the disk refuses.
        """
        if is_confirmed:
            from pos_app.bootstrap import Options

            with Till(shop_aside(self._root), Options(with_printer=False)) as till:
                RecoveryReminder(till.counter.desk).begin(is_waiting=False).result()
        put_in_place(self._root)
        self.drop_draft()

    # ---------------------------------------------------------------- the restore

    def restore_sources(self) -> Sequence[RestoreSource]:
        """Return the second places and backups that lie about."""
        from pos_app.cli.setup_restore import restore_sources

        return restore_sources(self._root)

    def sources_in(self, folder: str) -> Sequence[RestoreSource]:
        """Return what a folder that somebody chose holds to restore from.

        Raises:
            UserError: "setup_place_empty". StorageError: what the disk says.
        """
        from pos_app.cli.setup_restore import sources_in

        return sources_in(Path(folder))

    def restore(self, key: str, code: str) -> None:
        """Make the shop out of a second place or a backup, with its recovery code.

        Raises:
            StorageError, UserError: what is wrong with the place, the code, the disk.
        """
        from pos_app.cli.setup_restore import restore_shop

        restore_shop(ShopFolder(self._root), Path(key.strip().strip('"')), code)
        self.drop_draft()

    def sample_staff(self) -> Sequence[SampleStaff]:
        """Return who works in the sample shop."""
        language = current_language()
        return [
            SampleStaff(each.number, each.names.get(language, each.name), each.pin)
            for each in demo_setup().staff
        ]
