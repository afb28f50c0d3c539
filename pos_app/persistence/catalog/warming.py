"""Brings the catalogue's hot pages into memory, away from the screen's thread.

After the machine was started the first search must fetch some dozens of pages from
the disk, one after the other: 30 ms at a million items on a fast disk, more than a
frame (measured; 6 ms once they are in memory). Whoever opens a till calls `warm_catalog` on a thread of its own; the system's file cache is shared.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from pathlib import Path

from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.values.times import Timestamp

#: What sells best fills most baskets.
BEST_SELLERS = 1000
PAGE = 20
#: A catalogue of a million items has 700 MB; beyond this memory may be short.
READ_LIMIT = 1 << 30
CHUNK_BYTES = 1 << 20


def warm_catalog(
    path: Path,
    key: bytes,
    moment: Timestamp,
    is_wanted: Callable[[], bool] = lambda: True,
) -> int:
    """Read what the first scans and searches of a day will read.

    Args:
        path: catalog.db.
        key: 32 bytes.
        moment: for prices.
        is_wanted: asked now and then; false ends it early.

    Returns:
        How many questions were asked.
    """
    engine = open_catalog_reader(path, key)
    reader = CatalogReader(engine)
    asked = 0
    try:
        reader.promotion_book(moment)  # what was read once, every reader knows
        reader.warm(BEST_SELLERS, moment)
        for typed in (*string.ascii_lowercase, *string.digits, "0000"):
            if not is_wanted():
                break
            reader.search(typed, moment, PAGE)
            asked += 1
    finally:
        reader.close()
        engine.dispose()
    _read_through(path, is_wanted)
    return asked


def _read_through(path: Path, is_wanted: Callable[[], bool]) -> None:
    """Bring the whole file into the system's cache, front to back.

    A search by the tail of a barcode touches a hundred pages anywhere in it.
    """
    left = READ_LIMIT
    with path.open("rb", buffering=0) as stream:
        while left > 0 and is_wanted() and (read := len(stream.read(CHUNK_BYTES))):
            left -= read
