"""Real catalogues of other shops: dirty codes, long names, right-to-left names."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from pos_app.services.item_import import ImportOptions, ImportReport, import_items
from tests.builders_catalog import NOW, CountedIds, SteppedClock, opened_catalog

parquet = pytest.importorskip("pyarrow.parquet")


def rows_of(
    shared: Path, name: str, columns: list[str], count: int
) -> list[dict[str, str]]:
    file = shared / "data" / name
    if not file.is_file():
        pytest.skip(f"no {name} in the reference data")
    table = parquet.read_table(file, columns=columns).slice(0, count)
    return [
        {k: "" if v is None else str(v) for k, v in row.items()}
        for row in table.to_pylist()
    ]


def write(file: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])
    return file


def all_lines_answered(report: ImportReport) -> bool:
    done = report.added + report.changed + report.unchanged + report.refused
    return done == report.lines


def test_a_world_wide_catalogue(shared_folder: Path, tmp_path: Path) -> None:
    rows = rows_of(
        shared_folder, "catalog_off/products_90pct.parquet",
        ["barcode", "name", "valid_check_digit"], 3000,
    )  # fmt: skip
    file = write(
        tmp_path / "off.csv", ["条码", "商品名称", "售价"],
        [(row["barcode"], row["name"], "9.90") for row in rows],
    )  # fmt: skip
    with opened_catalog(tmp_path) as (writer, reader):
        options = ImportOptions(SteppedClock(), CountedIds())
        report = import_items(file, writer, options)
        assert all_lines_answered(report)
        assert report.added > 2900
        kinds = Counter(
            problem.key for problem in report.problems if problem.is_refusal
        )
        assert set(kinds) <= {
            "import_duplicate",
            "import_name_missing",
            "import_number_missing",
        }
        assert report.added == reader.item_count()
        refused = {problem.line for problem in report.problems if problem.is_refusal}
        for line, row in enumerate(rows, start=2):
            if line not in refused:
                found = reader.scan(row["barcode"], NOW)
                assert found is not None, row
        again = import_items(file, writer, options)
        assert (again.added, again.changed) == (0, 0)


def test_a_chain_with_right_to_left_names(shared_folder: Path, tmp_path: Path) -> None:
    columns = ["barcode", "name", "price", "unit_of_measure", "weighable"]
    rows = rows_of(
        shared_folder, "il_prices_promos/prices_2026-08-09_18.parquet", columns, 3000
    )
    file = write(tmp_path / "il.csv", columns, [tuple(row.values()) for row in rows])
    with opened_catalog(tmp_path, "ILS") as (writer, reader):
        report = import_items(
            file, writer,
            ImportOptions(SteppedClock(), CountedIds(), mapping={"unit": "unit_of_measure"}),
        )  # fmt: skip
        assert all_lines_answered(report)
        assert report.added == reader.item_count() > 1000
        first = next(row for row in rows if len(row["name"].split()[0]) > 2)
        words = first["name"].split()[0]
        names = [unit.name for unit in reader.search(words, NOW, 500)]
        assert any(words in name for name in names)
