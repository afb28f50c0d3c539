"""A shop of the release before the shop's day: its people can work after the upgrade."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from pos_app.bootstrap import demo_setup
from pos_app.domain.permission import Permission
from pos_app.domain.stock_document import REASON_USE
from pos_app.persistence.catalog.opening import MIGRATIONS
from pos_app.persistence.engine import CATALOG_READER, CATALOG_WRITER, open_engine
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.migration_runner import schema_of, upgrade
from pos_app.persistence.schema_revision import schema_revision
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.counter import Counter
from pos_app.services.country_preset import common_preset
from pos_app.services.session import ApprovalNeeded
from pos_app.services.stock_reasons import usual_reasons
from pos_app.values.percentage import Percentage
from tests.builders_returns import approve, approved
from tests.counter_shop import (
    COLA,
    MANAGER,
    SALT,
    TEA,
    finish,
    fresh_shop,
    opened,
    pay_cash,
    prove,
    sell,
    unit_of,
)

#: What a cashier and a manager could do before.
OLD_PERMISSIONS = {"sell", "line_void", "sale_void", "round_off", "reprint"}
OLD_ONLY_MANAGER = {"tender_correct", "drawer_open", "settings", "import"}
HALF = Percentage(500_000)


@pytest.fixture
def folder(tmp_path: Path) -> ShopFolder:
    """Return a shop whose catalogue is still that of revision 0001."""
    found = fresh_shop(tmp_path)
    ring = open_key_ring(found.root, FileKeyStore(found.root))
    new = open_engine(found.catalog, ring.catalog_key, CATALOG_READER)
    scripts = tmp_path / "scripts" / "versions"
    scripts.mkdir(parents=True)
    (first,) = (MIGRATIONS / "versions").glob("0001*.py")
    shutil.copy(first, scripts)
    path = tmp_path / "old.db"
    old = open_engine(path, ring.catalog_key, CATALOG_WRITER)
    upgrade(old, scripts.parent)
    with new.connect() as source, old.begin() as target:
        for table, rows in _rows(source):
            _insert(target, table, rows)
        target.execute(
            text(
                "DELETE FROM reason WHERE use IN "
                "('discount', 'price_override', 'return', 'sale_reverse', "
                "'stock_waste', 'stock_adjust')"
            )
        )
        known = "', '".join(OLD_PERMISSIONS | OLD_ONLY_MANAGER)
        target.execute(
            text(f"DELETE FROM role_permission WHERE permission NOT IN ('{known}')")
        )
    assert schema_revision(old) == "0001"
    for engine in (new, old):
        engine.dispose()
    for file in found.catalog.parent.glob("catalog.db*"):
        file.unlink()
    path.rename(found.catalog)
    return found


def _rows(source: Any) -> list[tuple[str, list[dict[str, Any]]]]:
    tables = [name for name, sql in schema_of(source).items() if "CREATE TABLE" in sql]
    kept = [x for x in tables if "search" not in x and x != "alembic_version"]
    return [
        (
            name,
            [
                dict(row._mapping)
                for row in source.execute(text(f"SELECT * FROM {name}"))
            ],
        )
        for name in kept
    ]


def _insert(target: Any, table: str, rows: list[dict[str, Any]]) -> None:
    info = target.exec_driver_sql(f"PRAGMA table_info({table})").all()
    columns = [column[1] for column in info]
    names = ", ".join(f'"{x}"' for x in columns)
    values = ", ".join("?" for _ in columns)
    target.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for row in rows:
        target.exec_driver_sql(
            f"INSERT INTO {table} ({names}) VALUES ({values})",
            tuple(row[x] for x in columns),
        )


def reason(counter: Counter, use: str) -> str:
    return str(counter.desk.catalog.reasons(use)[0].key)


def test_a_cashier_of_before_works_the_new_day_with_approvals(
    folder: ShopFolder,
) -> None:
    with opened(folder) as till:
        counter = till.counter
        cashier = counter.desk.session.cashier
        assert cashier.may(Permission.PARK)
        assert cashier.may(Permission.RETURN)
        assert not cashier.may(Permission.REPORTS)
        counter.sale.scan(TEA)
        why = reason(counter, "discount")
        with pytest.raises(ApprovalNeeded) as needed:
            counter.price_by_hand.discount_sale(HALF, why)
        approve(counter, needed.value.demand, MANAGER)
        counter.price_by_hand.discount_sale(HALF, why)
        basket = counter.sale.basket
        assert basket is not None
        line = basket.lines[0].line_id
        why = reason(counter, "price_override")
        approved(counter, counter.price_by_hand.override_price, line, 10_00, why)
        sold = pay_cash(counter)
        row = counter.returns.set_quantity(sold.sale_id, 1, Decimal(1))
        here = row.lines[0].here
        assert here is not None
        counter.returns.set_reason(here.line_id, reason(counter, "return"))
        counter.refund.give("cash")
        finish(counter)
        again = sell(counter, COLA)
        why = reason(counter, "sale_reverse")
        approved(counter, counter.reversal.reverse, again.sale_id, why).result()
        prove(till)


def test_goods_of_before_come_back_and_have_no_cap_of_their_own(
    folder: ShopFolder,
) -> None:
    with opened(folder, number=MANAGER) as till:
        unit = unit_of(till.counter, SALT)
        assert (unit.discount_cap, unit.is_returnable) == (None, True)
        names = till.counter.desk.catalog.reasons("return")[0]
        assert (names.name, names.name_in("en")) == ("不想要了", "Not wanted")


def test_a_new_shop_has_the_reasons_of_its_set_up_and_no_others(
    tmp_path: Path,
) -> None:
    with opened(fresh_shop(tmp_path)) as till:
        keys = [x.key for x in till.counter.desk.catalog.reasons("discount")]
        assert keys == ["regular"]


def test_goods_are_written_off_for_reasons_that_the_upgraded_shop_may_change(
    folder: ShopFolder,
) -> None:
    with opened(folder, number=MANAGER) as till:
        known = till.counter.desk.catalog.known_reasons()
        waste = [x for x in known if x.use == "stock_waste"]
        adjust = [x for x in known if x.use == "stock_adjust"]
        assert [len(waste), len(adjust)] == [6, 6]
        assert [waste[0].name, waste[0].name_in("en")] == ["过期", "Out of date"]
        assert adjust[-1].name_in("zh-TW") == "其他原因"
        assert [x.key for x in known[-12:]] == [x.key for x in (*waste, *adjust)]
        usual = [x.key for x in till.counter.reasons.all()]
        assert usual == [x.key for x in known]


def test_the_demo_shop_and_every_preset_have_reasons_for_stock() -> None:
    demo = demo_setup()
    common = common_preset()
    for reasons in (demo.reasons, common.reasons):
        for kind, use in REASON_USE.items():
            keys = [x.key for x in reasons if x.use == use]
            assert keys == [key for key, _words in usual_reasons(kind, "en")]
