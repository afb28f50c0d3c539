"""The tables of catalog.db, as SQLAlchemy Core sees them.

Rows are found by small integer keys (`*_key`); the UUIDv7 text identities stand
beside them. Times are milliseconds since 1970 UTC; an open start is 0, an open
end is `FOREVER`, so that one comparison decides. Texts in other languages are a
JSON object {tag: name}, "" when there are none: one row answers a scan.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

#: Written where a price or a rate has no end.
FOREVER = 1 << 62

metadata = MetaData()


def _text(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=False, server_default=default)


def _number(name: str, default: str | None = "0") -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=default)


shop = Table(
    "shop",
    metadata,
    Column("one", Integer, primary_key=True),  # always 1
    _text("shop_id", None),
    _text("name", None),
    _text("names"),
    _text("address"),
    _text("phone"),
    _text("tax_number"),
    _text("language", None),
    _text("time_zone", None),
    _number("day_starts_at_hour"),
    _text("till", None),
    _text("slip_footer"),
    _text("currency", None),
    _number("prices_include_tax", "1"),
    _text("tax_rounding", None),
    _number("cash_step_minor", "1"),
    _text("cash_mode", None),
    _number("merge_same_items", "1"),
    _text("cash_notes"),  # JSON list of minor units
    _text("policy"),  # domain.policy.ShopPolicy as JSON; "" for its defaults
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    _text("value", None),
)

tax_category = Table(
    "tax_category",
    metadata,
    Column("key", Text, primary_key=True),
    _text("name", None),
    _number("position"),
    _text("names"),
)

tax_rate = Table(
    "tax_rate",
    metadata,
    Column(
        "category",
        Text,
        ForeignKey("tax_category.key", ondelete="CASCADE"),
        nullable=False,
    ),
    _number("position", None),
    _text("code", None),
    _text("name", None),
    _number("millionths", None),
    _number("valid_from"),
    _number("valid_until", None),
    _text("names"),
    PrimaryKeyConstraint("category", "position"),
)

category = Table(
    "category",
    metadata,
    Column("category_id", Text, primary_key=True),
    _text("name", None),
    _text("names"),
    _number("position"),
    _text("hue"),
    Column("parent_id", Text, nullable=True),
)

item = Table(
    "item",
    metadata,
    Column("item_key", Integer, primary_key=True),
    _text("item_id", None),
    _text("sku"),
    _text("name", None),
    _text("variant"),
    _text("names"),
    _text("spec"),
    Column("category_id", Text, ForeignKey("category.category_id"), nullable=True),
    _text("tax_category", None),
    _text("icon"),
    Column("parent_key", Integer, ForeignKey("item.item_key"), nullable=True),
    _number("is_active", "1"),
    Column("discount_cap_millionths", Integer, nullable=True),  # None for any
    _number("is_returnable", "1"),
    _text("brand"),
    _text("tags"),  # JSON list; "" for none
)
Index("item_by_id", item.c.item_id, unique=True)
Index("item_by_sku", item.c.sku, unique=True, sqlite_where=item.c.sku != "")
Index("item_by_parent", item.c.parent_key, sqlite_where=item.c.parent_key.is_not(None))

unit = Table(
    "unit",
    metadata,
    Column("unit_key", Integer, primary_key=True),
    _text("unit_id", None),
    Column("item_key", Integer, ForeignKey("item.item_key"), nullable=False),
    _number("position"),  # 0 is the base unit
    _text("unit_code", None),
    _text("unit_name", None),
    _text("pieces", "1"),  # exact decimal text
    _text("sell_by", None),
    _text("barcode"),  # the main one, as printed
    _number("is_active", "1"),
    _number("floor_minor"),  # no promotion goes below it
)
Index("unit_by_id", unit.c.unit_id, unique=True)
Index("unit_by_item", unit.c.item_key, unit.c.position)

barcode = Table(
    "barcode",
    metadata,
    Column("key", Text, primary_key=True),  # gtin.barcode_key
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), nullable=False),
    _number("position"),
    _text("printed"),  # as printed, where that is not gtin.display_code(key)
    _text("tail", None),  # the key backwards: its tail is a beginning
    sqlite_with_rowid=False,
)
Index("barcode_by_tail", barcode.c.tail)
Index("barcode_by_unit", barcode.c.unit_key)

plu = Table(
    "plu",
    metadata,
    Column("plu", Text, primary_key=True),  # without leading zeros
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), nullable=False),
    sqlite_with_rowid=False,
)
Index("plu_by_unit", plu.c.unit_key)

price = Table(
    "price",
    metadata,
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), nullable=False),
    _number("priority"),
    _number("valid_from"),
    _text("price_id", None),
    _number("valid_until", None),
    _number("minor", None),
    # Clustered: the rows of one unit lie together and are read by one seek.
    PrimaryKeyConstraint("unit_key", "priority", "valid_from", "price_id"),
    sqlite_with_rowid=False,
)

cost = Table(
    "cost",
    metadata,
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), nullable=False),
    _number("valid_from", None),
    _number("minor", None),
    PrimaryKeyConstraint("unit_key", "valid_from"),
    sqlite_with_rowid=False,
)

velocity = Table(
    "velocity",
    metadata,
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), primary_key=True),
    _number("sold"),  # thousandths of units sold, for ranking only
    _number("shelf", None),  # the search shelf this unit stands on
)

barcode_rule = Table(
    "barcode_rule",
    metadata,
    Column("key", Text, primary_key=True),
    _text("name", None),
    _text("pattern", None),
    _text("kind", None),
    _number("decimals"),
    _number("price_decimals", "2"),
    _number("position"),
    _number("is_enabled", "1"),
    _number("is_verified", "1"),
)

quick_key = Table(
    "quick_key",
    metadata,
    _text("page"),
    _number("position", None),
    Column("unit_key", Integer, ForeignKey("unit.unit_key"), nullable=False),
    _text("label"),
    _text("labels"),
    PrimaryKeyConstraint("page", "position"),
)

tender_type = Table(
    "tender_type",
    metadata,
    Column("key", Text, primary_key=True),
    _text("name", None),
    _text("names"),
    _text("kind", None),
    _number("opens_drawer"),
    _number("gives_change"),
    _number("asks_reference"),
    _number("position"),
    _number("is_refundable", "1"),
    _number("is_active", "1"),
)

reason = Table(
    "reason",
    metadata,
    Column("key", Text, primary_key=True),
    _text("use", None),
    _text("name", None),
    _text("names"),
    _number("position"),
    _number("is_active", "1"),
)

role = Table(
    "role",
    metadata,
    Column("key", Text, primary_key=True),
    _text("name", None),
    _text("names"),
    _number("round_off_cap_minor"),
    _number("is_supervisor"),
    _text("limits"),  # domain.permission.RoleLimits as JSON; "" for its defaults
)

role_permission = Table(
    "role_permission",
    metadata,
    Column("role", Text, ForeignKey("role.key", ondelete="CASCADE"), nullable=False),
    _text("permission", None),
    PrimaryKeyConstraint("role", "permission"),
)

staff = Table(
    "staff",
    metadata,
    Column("staff_id", Text, primary_key=True),
    _text("number", None),
    _text("name", None),
    _text("names"),
    Column("role", Text, ForeignKey("role.key"), nullable=False),
    _text("language"),
    _number("is_active", "1"),
    _number("position"),
    _text("pin_hash"),
    _text("badge_digest"),
)
Index("staff_by_number", staff.c.number, unique=True)
Index(
    "staff_by_badge",
    staff.c.badge_digest,
    unique=True,
    sqlite_where=staff.c.badge_digest != "",
)
