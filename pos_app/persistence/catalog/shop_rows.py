"""Reads and writes everything of the shop that is not an item."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind, check_rule
from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.item import Category
from pos_app.domain.policy import ShopPolicy
from pos_app.domain.shop import Shop
from pos_app.domain.tax import (
    CashRounding,
    PricingRules,
    TaxCategory,
    TaxRate,
    TaxRounding,
)
from pos_app.persistence.catalog import tables
from pos_app.persistence.catalog.codec import (
    names_from_text,
    names_to_text,
    period_from_numbers,
    period_to_numbers,
)
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import RoundingMode

#: Runs SELECT text with parameters and returns rows by position.
Query = Any


def replace_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Make `rows` the whole content of a small table."""
    connection.execute(delete(table))
    if rows:
        connection.execute(insert(table), [dict(row) for row in rows])


# ------------------------------------------------------------------- the shop


def put_shop(connection: Connection, shop: Shop) -> None:
    """Store the shop, its rules and its tax categories."""
    rules = shop.rules
    row = {
        "one": 1,
        "shop_id": shop.shop_id,
        "name": shop.name,
        "names": names_to_text(shop.names),
        "address": shop.address,
        "phone": shop.phone,
        "tax_number": shop.tax_number,
        "language": shop.language,
        "time_zone": shop.time_zone,
        "day_starts_at_hour": shop.day_starts_at_hour,
        "till": shop.till,
        "slip_footer": shop.slip_footer,
        "currency": rules.currency,
        "prices_include_tax": int(rules.prices_include_tax),
        "tax_rounding": rules.tax_rounding.value,
        "cash_step_minor": rules.cash_rounding.step_minor,
        "cash_mode": rules.cash_rounding.mode.value,
        "merge_same_items": int(rules.merge_same_items),
        "cash_notes": json.dumps(shop.cash_notes_minor),
        "policy": json.dumps(to_plain(shop.policy)),
    }
    replace_rows(connection, tables.shop, [row])
    put_tax_categories(connection, rules.tax_categories)


def put_tax_categories(
    connection: Connection, categories: Sequence[TaxCategory]
) -> None:
    """Store the tax categories with every rate that was ever in force."""
    connection.execute(delete(tables.tax_rate))
    heads = [
        {
            "key": category.key,
            "name": category.name,
            "position": position,
            "names": names_to_text(category.names),
        }
        for position, category in enumerate(categories)
    ]
    replace_rows(connection, tables.tax_category, heads)
    rates = [
        {
            "category": category.key,
            "position": position,
            "code": rate.code,
            "name": rate.name,
            "millionths": rate.percentage.millionths,
            "valid_from": period_to_numbers(rate.period)[0],
            "valid_until": period_to_numbers(rate.period)[1],
            "names": names_to_text(rate.names),
        }
        for category in categories
        for position, rate in enumerate(category.rates)
    ]
    if rates:
        connection.execute(insert(tables.tax_rate), rates)


def read_tax_categories(query: Query) -> tuple[TaxCategory, ...]:
    """Return the tax categories in order."""
    rates: dict[str, list[TaxRate]] = {}
    for key, code, name, millionths, start, end, names in query(
        "SELECT category, code, name, millionths, valid_from, valid_until, names "
        "FROM tax_rate ORDER BY category, position"
    ):
        period = period_from_numbers(start, end)
        told = names_from_text(names)
        rate = TaxRate(code, name, Percentage(millionths), period, told)
        rates.setdefault(key, []).append(rate)
    return tuple(
        TaxCategory(key, name, tuple(rates.get(key, ())), names_from_text(names))
        for key, name, names in query(
            "SELECT key, name, names FROM tax_category ORDER BY position"
        )
    )


def read_shop(query: Query) -> Shop | None:
    """Return the shop; None before it is set up."""
    rows = query(
        "SELECT shop_id, name, names, address, phone, tax_number, language, time_zone,"
        " day_starts_at_hour, till, currency, prices_include_tax, tax_rounding,"
        " cash_step_minor, cash_mode, merge_same_items, cash_notes, slip_footer,"
        " policy"
        " FROM shop"
    )
    if not rows:
        return None
    row = rows[0]
    rules = PricingRules(
        currency=row[10],
        prices_include_tax=bool(row[11]),
        tax_rounding=TaxRounding(row[12]),
        cash_rounding=CashRounding(row[13], RoundingMode(row[14])),
        tax_categories=read_tax_categories(query),
        merge_same_items=bool(row[15]),
    )
    return Shop(
        shop_id=row[0],
        name=row[1],
        names=names_from_text(row[2]),
        address=row[3],
        phone=row[4],
        tax_number=row[5],
        language=row[6],
        time_zone=row[7],
        day_starts_at_hour=row[8],
        till=row[9],
        rules=rules,
        cash_notes_minor=tuple(json.loads(row[16])),
        slip_footer=row[17],
        policy=from_plain(ShopPolicy, json.loads(row[18] or "{}")),
    )


# --------------------------------------------------------------------- shelves


def put_categories(connection: Connection, categories: Sequence[Category]) -> None:
    """Add or change categories; none is taken away, items stand in them."""
    for category in categories:
        connection.exec_driver_sql(
            "INSERT INTO category (category_id, name, names, position, hue, parent_id) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (category_id) DO UPDATE SET "
            "name = excluded.name, names = excluded.names, hue = excluded.hue, "
            "position = excluded.position, parent_id = excluded.parent_id",
            (
                category.category_id,
                category.name,
                names_to_text(category.names),
                category.position,
                category.hue,
                category.parent_id,
            ),
        )


def read_categories(query: Query) -> tuple[Category, ...]:
    """Return the categories in the order of their tabs."""
    return tuple(
        Category(row[0], row[1], names_from_text(row[2]), row[3], row[4], row[5])
        for row in query(
            "SELECT category_id, name, names, position, hue, parent_id "
            "FROM category ORDER BY position, category_id"
        )
    )


# ------------------------------------------------------------- barcode rules


def put_barcode_rules(connection: Connection, rules: Sequence[BarcodeRule]) -> None:
    """Store the rule table in the order given.

    Raises:
        UserError: when a rule cannot work; see `barcode_rule.check_rule`.
    """
    for rule in rules:
        check_rule(rule)
    rows = [
        {
            "key": rule.key,
            "name": rule.name,
            "pattern": rule.pattern,
            "kind": rule.kind.value,
            "decimals": rule.decimals,
            "price_decimals": rule.price_decimals,
            "position": position,
            "is_enabled": int(rule.is_enabled),
            "is_verified": int(rule.is_verified),
        }
        for position, rule in enumerate(rules)
    ]
    replace_rows(connection, tables.barcode_rule, rows)


def read_barcode_rules(query: Query) -> tuple[BarcodeRule, ...]:
    """Return the rule table in order."""
    return tuple(
        BarcodeRule(
            key=row[0],
            name=row[1],
            pattern=row[2],
            kind=MeasureKind(row[3]),
            decimals=row[4],
            price_decimals=row[5],
            position=row[6],
            is_enabled=bool(row[7]),
            is_verified=bool(row[8]),
        )
        for row in query(
            "SELECT key, name, pattern, kind, decimals, price_decimals, position, "
            "is_enabled, is_verified FROM barcode_rule ORDER BY position, key"
        )
    )
