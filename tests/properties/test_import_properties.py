"""Whatever a file says, importing it twice is importing it once."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos_app.services.item_import import ImportOptions, import_items
from tests.builders_catalog import CountedIds, SteppedClock, opened_catalog

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
