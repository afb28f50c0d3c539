"""What writes the rows of items, as the driver takes it."""

from __future__ import annotations

PUT_ITEM = """
INSERT INTO item (item_key, item_id, sku, name, variant, names, spec, category_id,
                  tax_category, icon, parent_key, is_active,
                  discount_cap_millionths, is_returnable, brand, tags)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (item_key) DO UPDATE SET
    sku = excluded.sku, name = excluded.name, variant = excluded.variant,
    names = excluded.names, spec = excluded.spec, category_id = excluded.category_id,
    tax_category = excluded.tax_category, icon = excluded.icon,
    parent_key = excluded.parent_key, is_active = excluded.is_active,
    discount_cap_millionths = excluded.discount_cap_millionths,
    is_returnable = excluded.is_returnable, brand = excluded.brand,
    tags = excluded.tags
"""
PUT_UNIT = """
INSERT INTO unit (unit_key, unit_id, item_key, position, unit_code, unit_name,
                  pieces, sell_by, barcode, is_active, floor_minor)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
ON CONFLICT (unit_key) DO UPDATE SET
    position = excluded.position, unit_code = excluded.unit_code,
    unit_name = excluded.unit_name, pieces = excluded.pieces,
    sell_by = excluded.sell_by, barcode = excluded.barcode, is_active = 1,
    floor_minor = excluded.floor_minor
"""
PUT_PRICE = """
INSERT INTO price (unit_key, priority, valid_from, price_id, valid_until, minor)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (unit_key, priority, valid_from, price_id)
DO UPDATE SET valid_until = excluded.valid_until, minor = excluded.minor
"""
PUT_BARCODE = (
    "INSERT INTO barcode (key, unit_key, position, printed, tail) "
    "VALUES (?, ?, ?, ?, ?)"
)
PUT_COST = (
    "INSERT INTO cost (unit_key, valid_from, minor) VALUES (?, ?, ?) "
    "ON CONFLICT (unit_key, valid_from) DO UPDATE SET minor = excluded.minor"
)
OWNERS = {
    "barcode": "SELECT b.key, u.item_key FROM barcode b JOIN unit u USING (unit_key) "
    "WHERE b.key IN (SELECT value FROM json_each(?))",
    "plu": "SELECT p.plu, u.item_key FROM plu p JOIN unit u USING (unit_key) "
    "WHERE p.plu IN (SELECT value FROM json_each(?))",
    "sku": "SELECT sku, item_key FROM item "
    "WHERE sku IN (SELECT value FROM json_each(?)) AND sku <> ''",
}
