"""The questions of the scan path, as the driver takes them."""

from __future__ import annotations

UNIT = """
SELECT i.item_id, u.unit_id, i.sku, i.name, i.variant, i.names, i.category_id,
       u.unit_code, u.unit_name, u.pieces, u.sell_by, i.tax_category, u.barcode,
       i.icon, u.position, u.item_key, i.discount_cap_millionths, i.is_returnable,
       (SELECT p.item_id FROM item p WHERE p.item_key = i.parent_key),
       i.brand, i.tags, u.floor_minor,
       EXISTS (SELECT 1 FROM level_price l WHERE l.unit_key = u.unit_key)
FROM unit u JOIN item i USING (item_key)
WHERE u.unit_key = ? AND u.is_active AND i.is_active
"""
PRICE = """
SELECT price_id, minor, valid_from, valid_until, priority FROM price
WHERE unit_key = ? AND valid_from <= ? AND valid_until > ?
ORDER BY priority DESC, valid_from DESC, price_id DESC LIMIT 1
"""
LEVELS = """
SELECT level, minor, price_id FROM level_price
WHERE unit_key = ? AND valid_from <= ? AND valid_until > ?
ORDER BY level, valid_from, price_id
"""
BY_BARCODE = "SELECT unit_key FROM barcode WHERE key = ?"
BY_PLU = "SELECT unit_key FROM plu WHERE plu = ?"
BY_SKU = (
    "SELECT u.unit_key FROM item i JOIN unit u USING (item_key) "
    "WHERE i.sku = ? AND i.sku <> '' AND u.position = 0 AND u.is_active"
)
BASE_UNIT = (
    "SELECT unit_key FROM unit WHERE item_key = ? AND position = 0 AND is_active"
)
BY_ID = "SELECT unit_key FROM unit WHERE unit_id = ?"
