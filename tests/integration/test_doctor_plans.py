"""No question of the doctor reads one table whole for every row of another."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from pos_app.bootstrap import Till
from tests.counter_shop import LEDGER_RULES, SALE_RULES, make_counter_shop, opened

_LOOP = re.compile(r"(SCAN|SEARCH) (\S+)(.*)")


@pytest.fixture(scope="module")
def till(tmp_path_factory: pytest.TempPathFactory):
    with opened(make_counter_shop(tmp_path_factory.mktemp("doctor") / "shop")) as found:
        yield found


@pytest.mark.parametrize("query", [rule.query for rule in (*SALE_RULES, *LEDGER_RULES)])
def test_no_table_is_read_whole_for_every_row_of_another(
    till: Till, query: str
) -> None:
    """In a plan, loops of one parent stand inside each other, the outermost first."""
    loops = defaultdict(list)
    with till.ledger.read_engine.connect() as connection:
        for _id, parent, _, detail in connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {query}"
        ):
            if found := _LOOP.match(detail):
                loops[parent].append(found)
    inner = [x[0] for nest in loops.values() for x in nest[1:] if x[1] == "SCAN"]
    assert not [x for x in inner if "VIRTUAL TABLE" not in x]
