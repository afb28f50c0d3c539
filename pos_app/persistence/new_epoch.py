"""How a restored ledger begins: the next epoch, another device, and why.

What was issued after the copy was made is not in it, so no number may be issued
under the old series again, and no version of a promotion one that was given; and two copies
must not go on under one series either.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, update
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.journal import EntryKind
from pos_app.domain.numbering import EPOCH_CHANCES, restored_epoch
from pos_app.domain.promotion_plain import promotion_to_text
from pos_app.domain.shop import Shop
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.catalog.writer import CatalogWriter
from pos_app.persistence.key_ring import KeyRing
from pos_app.persistence.ledger import journal_rows, tables
from pos_app.persistence.ledger.ledger import MIGRATIONS, begin_epoch, current_epoch
from pos_app.persistence.ledger.unit_of_work import SqlUnitOfWork
from pos_app.persistence.migration_runner import upgrade
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.clock import Ids
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.printing import PrintJobState
from pos_app.ports.promotions import RESTORED_AT, VERSIONS_FROM, PromotionVersion
from pos_app.ports.shop_editing import ShopEditor
from pos_app.values.times import Timestamp, business_day_at

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
    shop = _begin_catalog(staged, ring, begun)
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
        day = business_day_at(at, ZoneInfo(shop.time_zone), shop.day_starts_at_hour)
        stamp = Stamp("", day, at)
        work = SqlUnitOfWork(connection, begun.epoch, ids)
        work.append(EntryKind.LEDGER_RESTORED, begun.body, stamp)


def _begin_catalog(staged: ShopFolder, ring: KeyRing, begun: NewEpoch) -> Shop:
    """Let versions of promotions follow the epoch, as series do; return the shop."""
    catalog = open_catalog(staged.catalog, ring.catalog_key)
    try:
        writer = CatalogWriter(catalog, lambda: begun.moment.unix_ms)
        writer.change(lambda editor: _number_from(editor, begun))
        with closing(CatalogReader(catalog)) as reader:
            return reader.shop()
    finally:
        catalog.dispose()


def _number_from(editor: ShopEditor, new: NewEpoch) -> Sequence[JournalNote]:
    """Give no version a lower number any more, nor start a draft that has one.

    Nobody knows which numbers were given since the copy was made, and for what.
    """
    begun = {(x.promotion_id, x.version) for x in editor.promotion_runs()}
    given: Counter[str] = Counter()
    for draft in editor.promotion_versions():
        key = (draft.promotion_id, draft.version)
        if key not in begun:
            editor.drop_promotion_version(*key)
            fresh = _numbered(draft, new.epoch + given[draft.promotion_id])
            editor.put_promotion_version(fresh)
            given[draft.promotion_id] += 1
    editor.put_setting(VERSIONS_FROM, str(new.epoch))
    editor.put_setting(RESTORED_AT, str(new.moment.unix_ms))
    return ()


def _numbered(draft: PromotionVersion, version: int) -> PromotionVersion:
    """Return a draft under another number; one that is not known here as it stands."""
    if draft.promotion is None:
        return replace(draft, version=version)
    promotion = replace(draft.promotion, version=version)
    text = promotion_to_text(promotion)
    return replace(draft, version=version, text=text, promotion=promotion)
