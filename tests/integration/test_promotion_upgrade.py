"""A shop of the release before promotions: nothing is lost, and they can be used."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos_app.domain.permission import Permission
from pos_app.persistence.catalog.opening import MIGRATIONS as OF_CATALOG
from pos_app.persistence.engine import CATALOG_WRITER, LEDGER_WRITER, open_engine
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.ledger.ledger import MIGRATIONS as OF_LEDGER
from pos_app.persistence.migration_runner import schema_of, upgrade
from pos_app.persistence.schema_revision import schema_revision
from pos_app.persistence.shop_folder import ShopFolder
from tests.builders_returns import refund, return_shop, take_back
from tests.counter_shop import (
    MANAGER,
    SALT,
    TEA,
    opened,
    prove,
    query,
    sell,
    unit_of,
)

#: What the release before had no word for.
NEW = {Permission.PROMOTIONS, Permission.PROMOTION_DECLINE}


@pytest.fixture
def folder(tmp_path: Path) -> ShopFolder:
    """Return a shop with sales whose two databases are still those of 0003."""
    found = return_shop(tmp_path)
    with opened(found, number=MANAGER) as till:
        sell(till.counter, TEA, SALT)
        take_back(till.counter, sell(till.counter, TEA))
        refund(till.counter)
        till.ledger.flush()
    ring = open_key_ring(found.root, FileKeyStore(found.root))
    catalog = (found.catalog, ring.catalog_key, CATALOG_WRITER, OF_CATALOG)
    ledger = (found.ledger, ring.ledger_key, LEDGER_WRITER, OF_LEDGER)
    _set_back(tmp_path / "a", *catalog)
    _set_back(tmp_path / "b", *ledger)
    return found


def _set_back(aside: Path, path: Path, key: bytes, kind: Any, migrations: Path) -> None:
    """Write what a database holds into one of revision 0003, in its place."""
    scripts = aside / "versions"
    scripts.mkdir(parents=True)
    for script in sorted((migrations / "versions").glob("000[123]*.py")):
        shutil.copy(script, scripts)
    old, new = open_engine(aside / "old.db", key, kind), open_engine(path, key, kind)
    upgrade(old, aside)
    with old.begin() as target, new.connect() as source:
        target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name, sql in schema_of(target).items():
            if "CREATE TABLE" in sql and "search" not in name:
                _copy(source, target, name)
        if path.name.startswith("catalog"):
            gone = ", ".join(f"'{each.value}'" for each in NEW)
            target.execute(
                text(f"DELETE FROM role_permission WHERE permission IN ({gone})")
            )
            target.execute(
                text(
                    "INSERT OR IGNORE INTO role_permission VALUES ('manager', 'prices')"
                )
            )
    assert schema_revision(old) == "0003"
    for engine in (old, new):
        engine.dispose()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    (aside / "old.db").rename(path)


def _copy(source: Any, target: Any, table: str) -> None:
    if table == "alembic_version":
        return
    info = target.exec_driver_sql(f"PRAGMA table_info({table})").all()
    names = ", ".join(f'"{column[1]}"' for column in info)
    places = ", ".join("?" for _ in info)
    target.exec_driver_sql(f"DELETE FROM {table}")
    for row in source.exec_driver_sql(f"SELECT {names} FROM {table}").all():
        target.exec_driver_sql(
            f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(row)
        )


def test_the_upgraded_shop_sells_returns_and_mirrors_as_before(
    folder: ShopFolder,
) -> None:
    with opened(folder, number=MANAGER) as till:
        prove(till)
        (sold,) = [x for x in till.ledger.recent_sales(9) if x.item_count == 2]
        sale = till.ledger.sale(sold.sale_id)
        assert sale is not None
        assert (sale.member_id, sale.priced.promoted.applications) == ("", ())
        till.counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
        prove(till)
        assert query(till, "SELECT count(*) FROM promotion_use") == [(0,)]
        unit = unit_of(till.counter, SALT)
        assert (unit.brand, unit.tags, unit.floor_minor, unit.level_prices) == (
            "",
            (),
            0,
            (),
        )


def test_those_who_set_prices_make_promotions_and_supervisors_decline_them(
    folder: ShopFolder,
) -> None:
    with opened(folder, number=MANAGER) as till:
        assert till.counter.desk.session.cashier.may(Permission.PROMOTIONS)
        for role in till.counter.desk.catalog.roles():
            makes = Permission.PROMOTIONS in role.permissions
            assert makes == (Permission.PRICES in role.permissions), role.key
            declines = Permission.PROMOTION_DECLINE in role.permissions
            assert declines == role.is_supervisor, role.key
        assert till.counter.promotions.list() == ()
