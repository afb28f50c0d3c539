"""A small shop for whole days: a cashier with narrow limits, a manager with none."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from pos_app.domain.permission import Permission
from pos_app.persistence.shop_folder import ShopFolder
from tests.counter_shop import make_counter_shop

CASHIER, MANAGER = "1001", "3001"
CODES = ("TEE-M", "TEE-L", "TEA", "SOUP", "BAG", "RICE")
ALONE = (
    *("sell", "park", "discount", "return", "line_void", "round_off", "reprint"),
    *("shift_open", "shift_close", "paid_in", "safe_drop"),
)

SETUP: dict[str, Any] = {
    "shop": {"cash_rounding": {"step_minor": 10, "mode": "half_up"}, "till": "02"},
    "tax_categories": [
        {"key": "standard", "rates": [{"code": "13%", "percentage": "13"}]},
        {"key": "reduced", "rates": [{"code": "9%", "percentage": "9"}]},
    ],
    "tenders": [
        {"key": "cash", "name": "现金", "kind": "cash", "opens_drawer": True}
        | {"gives_change": True},
        {"key": "card", "name": "银行卡", "kind": "card", "asks_reference": True},
        {"key": "voucher", "name": "代金券", "kind": "other", "is_refundable": False},
    ],
    "roles": [
        {
            "key": "cashier",
            "name": "cashier",
            "permissions": list(ALONE),
            "discount_cap": "10",
            "refund_cap_minor": 10_000,
            "round_off_cap_minor": 100,
        },
        {
            "key": "manager",
            "name": "manager",
            "permissions": [permission.value for permission in Permission],
            "discount_cap": "100",
            "round_off_cap_minor": 10_000,
            "is_supervisor": True,
        },
    ],
    "staff": [
        {"number": CASHIER, "name": "A", "role": "cashier", "pin": "1234"},
        {"number": MANAGER, "name": "B", "role": "manager", "pin": "9638"},
    ],
    "items": [
        {"sku": "TEE-M", "name": "T", "variant": "M", "price": "129.00"},
        {"sku": "TEE-L", "name": "T", "variant": "L", "price": "149.00"}
        | {"parent_sku": "TEE-M"},
        {"sku": "TEA", "name": "Tea", "price": "3.33"},
        {"sku": "SOUP", "name": "Soup", "price": "9.00", "returnable": False},
        {"sku": "BAG", "name": "Bag", "price": "0.50", "discount_cap": "0"},
        {"sku": "RICE", "name": "Rice", "price": "7.98", "sell_by": "weight"}
        | {"unit": "KGM", "unit_name": "kg", "tax_category": "reduced"},
    ],
}


@cache
def _prepared() -> ShopFolder:
    folder = tempfile.mkdtemp(prefix="guitai-day-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return make_counter_shop(Path(folder) / "shop", SETUP)


def day_shop(root: Path) -> ShopFolder:
    """Return a shop of one's own."""
    shutil.copytree(_prepared().root, root)
    return ShopFolder(root)
