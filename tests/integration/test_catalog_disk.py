"""A catalogue that cannot be written says so and keeps what it had."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos_app.errors import StorageError
from pos_app.persistence.catalog.opening import open_catalog
from pos_app.persistence.catalog.writer import CatalogWriter
from tests.builders_catalog import KEY, NOW, opened_catalog, plain_item


def test_a_full_disk_refuses_the_batch_and_loses_nothing(tmp_path: Path) -> None:
    with opened_catalog(tmp_path) as (writer, reader):
        writer.put_item(plain_item(1, "可口可乐"))
        engine = writer._engine
        with engine.connect() as connection:
            # SQLite's own limit answers exactly as a disk without room does.
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageError) as caught:
            writer.put_items([plain_item(n, "名" * 250) for n in range(2, 200)])
        assert caught.value.key == "disk_full"
        assert reader.item_count() == 1
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")
        writer.put_items([plain_item(n, "名" * 250) for n in range(2, 200)])
        assert reader.item_count() == 199


def test_a_second_writer_is_told_that_the_file_is_in_use(tmp_path: Path) -> None:
    with opened_catalog(tmp_path) as (writer, reader):
        engine = open_catalog(tmp_path / "catalog.db", KEY)
        second = CatalogWriter(engine, lambda: NOW.unix_ms)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with writer._engine.begin(), pytest.raises(StorageError) as caught:
            second.put_item(plain_item(1, "茶"))
        assert caught.value.key == "database_locked"
        assert reader.item_count() == 0
        engine.dispose()
