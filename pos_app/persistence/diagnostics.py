"""The diagnostics bundle: one zip that a support can read and that names nobody."""

from __future__ import annotations

import contextlib
import json
import platform
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from pos_app import __released__, __version__
from pos_app.persistence.backup import backups_of
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.schema_revision import schema_revision
from pos_app.persistence.shop_folder import ShopFolder, free_bytes
from pos_app.services.diagnostics import Scrubber, journal_lines
from pos_app.values.times import Timestamp

#: The newest entries of the journal, by kind and time only.
ENTRIES = 500
#: The end of each log file: what went wrong is at its end.
LOG_BYTES = 500_000


def write_bundle(
    file: Path,
    room: CheckRoom,
    report: Mapping[str, Any],
    settings: Mapping[str, object],
) -> Path:
    """Write the bundle; whole, or not at all.

    Args:
        file: the zip.
        room: the shop, read only.
        report: of the doctor, plain.
        settings: of the till, those that may leave the shop.

    Returns:
        The file.

    Raises:
        StorageError: "folder_read_only", "disk_full" or "disk_error".
    """
    scrubber = Scrubber(names_in(room.catalog))
    parts = {
        "report.json": _json(scrubber.scrub_plain(report)),
        "settings.json": _json(settings),
        "machine.json": _json(_machine(room.folder)),
        "databases.json": _json(_databases(room)),
        "journal.txt": _journal(room.ledger),
        **_logs(room.folder, scrubber),
    }
    half = file.with_suffix(".part")
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.items():
                archive.writestr(name, text)
        half.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise file_error(error, file) from error
    return file


def names_in(catalog: Engine) -> set[str]:
    """Return the words that name people and the shop itself, in every language."""
    found: set[str] = set()
    with catalog.connect() as connection:
        shop = connection.exec_driver_sql(
            "SELECT name, names, address, phone, tax_number, slip_footer FROM shop"
        )
        staff = connection.exec_driver_sql("SELECT name, names, number FROM staff")
        for row in [*shop, *staff]:
            for cell in row:
                found |= _words(str(cell))
    return found


def _words(cell: str) -> set[str]:
    """Return a text, or the texts of a JSON object of languages."""
    if cell.startswith("{"):
        try:
            return {str(value) for value in json.loads(cell).values()}
        except ValueError:
            return {cell}
    return {cell} if cell else set()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True, default=str)


def _machine(folder: ShopFolder) -> dict[str, object]:
    return {
        "version": __version__,
        "released": __released__,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": platform.release(),
        "machine": platform.machine(),
        "free_mb": free_bytes(folder.root) // (1024 * 1024),
        "backups": [
            {"file": file.name, "bytes": file.stat().st_size}
            for file in backups_of(folder)
        ],
        "has_ballast": folder.ballast.exists(),
    }


def _databases(room: CheckRoom) -> dict[str, object]:
    files = {"ledger": room.ledger, "catalog": room.catalog}
    return {name: _database(engine) for name, engine in files.items()}


def _database(engine: Engine) -> dict[str, object]:
    file = Path(engine.url.database or "")
    with engine.connect() as connection:
        ask = connection.exec_driver_sql
        tables = [
            str(row[0])
            for row in ask("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not str(row[0]).startswith(("sqlite_", "search_"))
        ]
        rows = {
            name: ask(f'SELECT count(*) FROM "{name}"').scalar()  # noqa: S608 - ours
            for name in sorted(tables)
        }
    return {
        "bytes": file.stat().st_size if file.exists() else 0,
        "revision": schema_revision(engine),
        "rows": rows,
    }


def _journal(ledger: Engine) -> str:
    with ledger.connect() as connection:
        rows: Sequence[Any] = connection.exec_driver_sql(
            "SELECT epoch, seq, recorded_at_ms, kind FROM journal "
            "ORDER BY epoch DESC, seq DESC LIMIT ?",
            (ENTRIES,),
        ).fetchall()
    return journal_lines(
        [(row[0], row[1], str(Timestamp(row[2])), row[3]) for row in reversed(rows)]
    )


def _logs(folder: ShopFolder, scrubber: Scrubber) -> dict[str, str]:
    found: dict[str, str] = {}
    if not folder.logs.exists():
        return found
    for file in sorted(folder.logs.glob("guitai.log*")):
        with file.open("rb") as log:
            log.seek(max(0, file.stat().st_size - LOG_BYTES))
            text = log.read().decode("utf-8", "replace")
        found[f"logs/{file.name}"] = scrubber.scrub(text)
    return found
