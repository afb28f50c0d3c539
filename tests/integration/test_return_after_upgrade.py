"""A receipt from before an upgrade: its sale reads back whole and comes back."""

import json
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos_app.persistence.engine import LEDGER_WRITER, open_engine
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.ledger import MIGRATIONS
from pos_app.persistence.migration_runner import upgrade
from pos_app.persistence.schema_revision import schema_revision
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import MANAGER, opened, prove, query

#: What the release before the returns wrote: rows and journal of one sale, with
#: 抹零, two rates of one code, weighed goods, card and cash with change.
STORED = Path(__file__).parent / "stored" / "ledger_0001.json"
OLD_NUMBER = "02-A-000001"


@pytest.fixture
def folder(tmp_path: Path) -> ShopFolder:
    """Return a shop whose ledger is still that of revision 0001."""
    found = return_shop(tmp_path)
    for file in found.ledger.parent.glob("ledger.db*"):
        file.unlink()
    scripts = tmp_path / "scripts" / "versions"
    scripts.mkdir(parents=True)
    (first,) = (MIGRATIONS / "versions").glob("0001*.py")
    shutil.copy(first, scripts)
    ring = open_key_ring(found.root, FileKeyStore(found.root))
    engine = open_engine(found.ledger, ring.ledger_key, LEDGER_WRITER)
    upgrade(engine, scripts.parent)
    with engine.begin() as connection:
        for table, rows in json.loads(STORED.read_text("utf-8")).items():
            for row in rows:
                names = ", ".join(f'"{name}"' for name in row)
                values = ", ".join(f":{name}" for name in row)
                statement = f"INSERT INTO {table} ({names}) VALUES ({values})"
                connection.execute(text(statement), _with_bytes(row))
    assert schema_revision(engine) == "0001"
    engine.dispose()
    return found


def _with_bytes(row: dict[str, Any]) -> dict[str, Any]:
    if "canonical" not in row:
        return row
    return {
        **row,
        "canonical": row["canonical"].encode(),
        "prev_hash": bytes.fromhex(row["prev_hash"]),
        "hash": bytes.fromhex(row["hash"]),
    }


def test_goods_of_a_sale_from_before_come_back(folder: ShopFolder) -> None:
    with opened(folder, number=MANAGER) as till:
        prove(till)
        counter = till.counter
        (found,) = counter.returns.receipts.by_code(OLD_NUMBER)
        sale = till.ledger.sale(found.sale_id)
        assert sale is not None
        assert (sale.returns, sale.refunds, sale.reverses) == ((), (), "")
        assert [x.category_id for x in sale.lines] == ["", "", ""]
        paid = sale.priced.total_minor + sale.rounding_minor
        take_back(counter, sale, 1, Decimal(2))
        take_back(counter, sale, 3, Decimal("0.2"))
        assert [w.key for w in counter.refund.ways()] == ["card", "cash"]
        counter.refund.give("card")
        counter.refund.give("cash")
        first = counter.checkout.finish(print_slip=True).result()
        counter.checkout.finished()
        counter.returns.set_all(sale.sale_id)
        for line in counter.sale.basket.returns:
            counter.returns.set_reason(line.line_id, "faulty")
        second = refund(counter)
        given = [r.amount_minor for t in (first, second) for r in t.refunds]
        assert paid - 20 < sum(given) <= paid
        assert {line.taxes[0].percentage.millionths for line in first.returns} == {
            130_000,
            90_000,
        }
        prove(till)
        assert query(till, "SELECT sum(thousandths) FROM stock_balance")[0][0] == 0


def test_a_sale_from_before_is_mirrored_on_its_day(folder: ShopFolder) -> None:
    with opened(folder, number=MANAGER) as till:
        sale = till.ledger.sale_by_number(OLD_NUMBER)
        assert sale is not None
        mirror = till.counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
        assert sum(r.amount_minor for r in mirror.refunds) == (
            sale.priced.total_minor + sale.rounding_minor
        )
        prove(till)
