"""`guitai export stock`: what is on the shelves, beside the open till."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pos_app.bootstrap import Till
from pos_app.cli import main
from pos_app.cli.till_upkeep import TillUpkeep
from tests.builders_stock import receive, waste
from tests.counter_shop import COLA, MANAGER, TEA, fresh_shop, opened, sell, unit_of
from tests.drawing import NoRasteriser


@pytest.fixture
def till(tmp_path: Path):
    with opened(fresh_shop(tmp_path), number=MANAGER) as found:
        yield found


@pytest.fixture
def ask(capsys):
    def run(*words: object):
        code = main([str(word) for word in words])
        return code, capsys.readouterr()

    return run


def exported(till: Till, file: Path, ask, language: str = "en"):
    till.ledger.flush()
    shop = till.folder.root
    words = ("--language", language, "export", "stock", file, "--shop", shop, "--json")
    code, said = ask(*words)
    assert code == 0, said.err
    return json.loads(said.out)


def rows_of(file: Path) -> dict[str, list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    return {line[2]: line for line in lines}


def test_what_came_and_went_stands_in_the_file(till, ask, tmp_path):
    receive(till.counter, TEA, TEA, COLA, cost_minor=250)
    sell(till.counter, TEA)
    waste(till.counter, COLA, "3")
    said = exported(till, tmp_path / "stock.csv", ask)
    rows = rows_of(tmp_path / "stock.csv")
    tea, cola = unit_of(till.counter, TEA), unit_of(till.counter, COLA)
    day = till.counter.desk.business_day().isoformat()
    assert rows[tea.name][5] == "1"
    assert rows[tea.name][7:] == [day, day]
    assert rows[cola.name][5] == "-2"
    assert rows[cola.name][7:] == [day, ""]
    assert said["below_zero"] == 1
    assert said["items"] == len(rows) - 1


def test_a_spreadsheet_has_numbers_dates_and_codes_as_texts(till, ask, tmp_path):
    receive(till.counter, TEA)
    file = tmp_path / "stock.xlsx"
    exported(till, file, ask, "zh-CN")
    head, *rows = load_workbook(file).active.iter_rows(values_only=True)
    assert head[:6] == ("货号", "条码", "商品", "款式", "单位", "现有库存")
    tea = unit_of(till.counter, TEA)
    (row,) = [row for row in rows if row[2] == tea.name]
    assert (row[5], row[7].date()) == (1, till.counter.desk.business_day())
    assert isinstance(row[7], date)
    assert row[1] is None or isinstance(row[1], str)


def test_goods_sold_no_more_are_listed_while_some_are_there(till, ask, tmp_path):
    receive(till.counter, TEA)
    items, upkeep = till.counter.items, TillUpkeep(till, NoRasteriser())
    tea, cola = unit_of(till.counter, TEA), unit_of(till.counter, COLA)
    for unit in (tea, cola):
        seen = items.seen(unit.item_id)
        assert seen is not None
        upkeep.catalog_change(items.set_active(seen, is_active=False))()
    exported(till, tmp_path / "stock.csv", ask)
    names = rows_of(tmp_path / "stock.csv").keys()
    assert tea.name in names
    assert cola.name not in names


def test_the_summary_says_what_is_there_at_cost(till, ask, tmp_path):
    receive(till.counter, TEA, TEA, COLA, cost_minor=250)
    TillUpkeep(till, NoRasteriser()).take_costs()
    waste(till.counter, COLA, "3")
    said = exported(till, tmp_path / "stock.csv", ask)
    tea = unit_of(till.counter, TEA)
    assert rows_of(tmp_path / "stock.csv")[tea.name][6] == "2.50"
    told = (said["value"], said["currency"], said["without_cost"])
    assert told == ("5.00", "CNY", 0)


def test_another_kind_of_file_is_refused_and_nothing_written(till, ask, tmp_path):
    file = tmp_path / "stock.pdf"
    code, said = ask("export", "stock", file, "--shop", till.folder.root)
    assert (code, file.exists()) == (2, False)
    assert "stock.pdf" in said.err
