"""What the fields and languages of labels are called."""

from __future__ import annotations

from pos_app.documents.label_forms import LabelField
from pos_app.i18n import _

_NAMES = {"zh-CN": "简体中文", "zh-TW": "繁體中文", "en": "English"}


def field_words(field: LabelField) -> str:
    """Return what a field of a label is called."""
    return {
        LabelField.SPEC: _("Specification"),
        LabelField.UNIT: _("Unit"),
        LabelField.SKU: _("Item number"),
        LabelField.UNIT_PRICE: _("Price per kilogram or litre"),
        LabelField.DAY: _("Day"),
        LabelField.SHOP: _("The shop's name"),
        LabelField.CODE: _("Barcode"),
    }[field]


def language_words(tag: str) -> str:
    """Return what a language is called, in itself; "" is the shop's."""
    return _NAMES.get(tag) or _("The shop's")
