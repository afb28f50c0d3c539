"""How a restored ledger begins: the next epoch, another device, and why.

What was issued after the copy was made is not in it, so no number may be issued
under the old series again; and two copies must not go on under one series either.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.journal import EntryKind
from pos_app.domain.numbering import EPOCH_CHANCES, restored_epoch
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.ledger import journal_rows, tables
from pos_app.persistence.ledger.ledger import MIGRATIONS, begin_epoch, current_epoch
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from pos_app.persistence.migration_runner import upgrade
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Ids
from pos_app.ports.ledger import Stamp
from pos_app.ports.printing import PrintJobState
from pos_app.values.times import BusinessDay, Timestamp, business_day_at

#: The setting that names a till's own installation.
DEVICE_SETTING = "device"
DEVICE_BYTES = 8


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """What a restored ledger begins with.

    Attributes:
        epoch: of the new series. device: names the installation, hex.
        body: of the journal entry: from where, and which head it continues.
        moment: now.
        settings: device settings that are other ones from now on.
    """

    epoch: int
    device: str
    body: Mapping[str, object]
    moment: Timestamp
    settings: Mapping[str, str]


def draw_epoch(newest: int) -> int:
    """Return an epoch beyond the newest one that is known."""
    return restored_epoch(newest, secrets.randbelow(EPOCH_CHANCES))


def new_device() -> str:
    """Name an installation."""
    return secrets.token_hex(DEVICE_BYTES)


def epoch_of(engine: Engine) -> int:
    """Bring a restored ledger to the present schema and return its epoch."""
    upgrade(engine, MIGRATIONS)
    with engine.begin() as connection:
        return current_epoch(connection)


def begin_anew(
    engine: Engine, staged: ShopFolder, ring: KeyRing, begun: NewEpoch, ids: Ids
) -> None:
    """Begin the epoch and journal the restore.

    A slip that was on its way to the printer when the copy was made may have been
    printed: it is asked about, and never printed again by itself (law 11).

    Args:
        engine: writes the restored ledger, which has the present schema.
        staged: where it and its catalogue lie.
        ring: their keys.
        begun: with what.
        ids: makes the entry's id.
    """
    begin_epoch(engine, begun.epoch)
    with engine.begin() as connection:
        job = tables.print_job
        connection.execute(
            update(job)
            .where(job.c.state == PrintJobState.SENDING.value)
            .values(state=PrintJobState.UNKNOWN.value)
        )
        settings = {**begun.settings, DEVICE_SETTING: begun.device}
        for key, value in settings.items():
            row = upsert(tables.setting).values(key=key, value=value)
            connection.execute(
                row.on_conflict_do_update(index_elements=["key"], set_={"value": value})
            )
        newest = journal_rows.head(connection)
        last_ms = newest[3] if newest else 0
        at = Timestamp(max(begun.moment.unix_ms, last_ms))
        stamp = Stamp("", _business_day(staged, ring, at), at)
        work = SqlUnitOfWork(connection, begun.epoch, ids)
        work.append(EntryKind.LEDGER_RESTORED, begun.body, stamp)


def _business_day(staged: ShopFolder, ring: KeyRing, moment: Timestamp) -> BusinessDay:
    """Ask the restored catalogue on which business day this is."""
    catalog = open_catalog(staged.catalog, ring.catalog_key)
    try:
        with closing(CatalogReader(catalog)) as reader:
            shop = reader.shop()
    finally:
        catalog.dispose()
    return business_day_at(moment, ZoneInfo(shop.time_zone), shop.day_starts_at_hour)
