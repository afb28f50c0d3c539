"""A file of items is looked through before there is a shop to import it into."""

from __future__ import annotations

import secrets
import tempfile
from pathlib import Path

from hardware.system_clock import RandomIds, SystemClock
from pos_app.errors import UserError
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.services.credentials import Credentials
from pos_app.services.item_import import ImportOptions, ImportReport, import_items
from pos_app.services.setup_draft import SetupDraft
from pos_app.services.setup_from_draft import setup_of
from pos_app.services.shop_setup import ShopSetup
from ui.presenters.setup_port import GoodsCheck

#: A first file of items is no larger: a million lines of a hundred characters.
GOODS_LIMIT_BYTES = 100 * 1024 * 1024
PROBLEMS_SHOWN = 200
_ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


def take_goods_file(file: Path, draft: SetupDraft, beside: Path) -> GoodsCheck:
    """Copy a file of items aside and import it into a catalogue of no shop.

    Args:
        file: as chosen; the stick it lies on may be pulled out afterwards.
        draft: says the shop's money, taxes and language.
        beside: the wizard's own folder, which keeps the copy as goods.*.

    Raises:
        UserError: "file_missing", "file_kind_unknown", "setup_goods_large", or
            what `import_items` finds.
        StorageError: what the disk refuses.
    """
    ending = file.suffix.lower()
    if not file.is_file():
        raise UserError("file_missing", file=file.name)
    if ending not in _ENDINGS:
        raise UserError("file_kind_unknown", file=file.name)
    content = _read(file)
    report = _dry_run(content, ending, draft, beside)
    for old in beside.glob("goods.*"):
        old.unlink(missing_ok=True)
    write_durably(beside / f"goods{ending}", content)
    return GoodsCheck(
        name=file.name,
        lines=report.lines,
        added=report.added,
        refused=report.refused,
        warnings=report.warnings,
        problems=tuple(report.problems[:PROBLEMS_SHOWN]),
        unused_columns=report.unused_columns,
    )


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > GOODS_LIMIT_BYTES:
            raise UserError("setup_goods_large", file=file.name)
        return file.read_bytes()
    except OSError as error:
        raise file_error(error, file) from error


def _dry_run(
    content: bytes, ending: str, draft: SetupDraft, beside: Path
) -> ImportReport:
    clock, ids = SystemClock(), RandomIds()
    setup = setup_of(draft.model_copy(update={"people": ()}), {}, None)
    with tempfile.TemporaryDirectory(prefix="trial-", dir=beside) as folder:
        copy = Path(folder) / f"goods{ending}"
        copy.write_bytes(content)
        engine = open_catalog(Path(folder) / "catalog.db", secrets.token_bytes(32))
        try:
            editor = CatalogWriter(engine, lambda: clock.now().unix_ms)
            keys = Credentials(secrets.token_bytes(32), secrets.token_bytes(32))
            ShopSetup(editor, ids, keys).store(setup)
            options = ImportOptions(clock, ids, is_dry_run=True)
            return import_items(copy, editor, options)
        finally:
            engine.dispose()
