"""Labels of tests: goods with every field, and what a camera reads from a picture."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import zxingcpp
from PIL import Image

from pos_app.documents.goods_label import LabelGoods, goods_label
from pos_app.documents.label import Label
from pos_app.documents.label_forms import LabelForm
from pos_app.i18n import Words

GTIN = "9521005001379"


def goods(**changes: Any) -> LabelGoods:
    """Return goods of which everything is known."""
    facts: dict[str, Any] = {
        "name": "云山纯牛奶 高钙低脂 整箱装",
        "unit_name": "箱",
        "sku": "210012",
        "price_minor": 5990,
        "day": date(2026, 11, 22),
        "spec": "250ml×24",
        "code": GTIN,
        "old_minor": 6990,
        "until": date(2026, 11, 30),
        "shop": "云上便利店",
    }
    return LabelGoods(**{**facts, **changes})


def weighed_goods(**changes: Any) -> LabelGoods:
    """Return a pack of weighed goods."""
    facts: dict[str, Any] = {
        "price_minor": 1960,
        "is_by_weight": True,
        "spec": "",
        "weight": Decimal("0.436"),
        "total_minor": 855,
        "sold_code": "2112345008558",
    }
    return goods(**{**facts, **changes})


def label(form: LabelForm, language: str = "zh-CN", **changes: Any) -> Label:
    """Return a label of goods in a form."""
    return goods_label(goods(**changes), form, Words(language), "CNY")


def codes_in(picture: Image.Image) -> list[str]:
    """Return what a camera reads from a picture, with room around it."""
    wide = Image.new("L", (picture.width + 40, picture.height + 40), 255)
    wide.paste(picture.convert("L"), (20, 20))
    wide = wide.resize((wide.width * 2, wide.height * 2))
    return [found.text for found in zxingcpp.read_barcodes(wide)]
