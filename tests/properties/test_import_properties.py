"""Whatever a file says: twice is once, and what is exported is imported back."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.persistence.catalog.item_stream import ItemStream
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.services.item_export_file import export_items
from pos_app.services.item_import import ImportOptions, import_items
from tests.builders_catalog import (
    KEY,
    NOW,
    CountedIds,
    SteppedClock,
    opened_catalog,
)

CODES = st.sampled_from(
    [
        "",
        "6901234567892",
        "06901234567892",
        "96385074",
        "036000291452",
        "123",
        "X;Y",
        "16901234567899",
    ]
)
CELLS = st.tuples(
    st.sampled_from(["", "A", "B", "C", "00A"]),
    CODES,
    st.sampled_from(["", "茶", "可乐", "=1", "🎵"]),
    st.sampled_from(["", "1", "2.50", "-1", "x", "1e3"]),
    st.sampled_from(["", "kg", "斤", "箱", "瓶"]),
    st.sampled_from(["", "饮料", "酒"]),
    st.sampled_from(["", "6", "0", "24"]),
    CODES,
    st.sampled_from(["", "2027-01-10", "2027/2/1", "x"]),
    st.sampled_from(["", "2027-01-14", "20270301"]),
)
HEADERS = [
    "货号", "条码", "名称", "售价", "单位", "分类", "箱规", "箱条码", "生效日期", "失效日期",
]  # fmt: skip


def export_again(folder: Path) -> Path:
    """Export the catalogue of `folder` and return the file."""
    engine = open_catalog_reader(folder / "catalog.db", KEY)
    with engine.begin() as connection:
        export_items(ItemStream(connection), folder / "back.csv", NOW, "zh-TW")
    engine.dispose()
    return folder / "back.csv"


@given(st.lists(CELLS, min_size=1, max_size=9))
@settings(max_examples=40)
def test_importing_twice_is_importing_once(rows: list[tuple[str, ...]]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        opened_catalog(Path(folder)) as (writer, reader),
    ):
        file = Path(folder) / "items.csv"
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([HEADERS, *rows])
        options = ImportOptions(SteppedClock(), CountedIds())
        first = import_items(file, writer, options)
        items, categories = reader.item_count(), list(reader.categories())
        second = import_items(file, writer, options)
        assert second.added + second.changed == 0, (first, second)
        assert second.unchanged == first.added + first.changed + first.unchanged
        assert (reader.item_count(), list(reader.categories())) == (items, categories)
        back = export_again(Path(folder))
        third = import_items(back, writer, options)
        assert third.unchanged == third.lines, third
