"""Every kind of paper that a template can be written for."""

from __future__ import annotations

from functools import cache

from pos_app.documents.template.compiler import Template, compile_template
from pos_app.documents.template.fields import FormFields
from pos_app.documents.template.gift_form import GIFT_FIELDS, GIFT_TEMPLATE
from pos_app.documents.template.part_forms import PART_FORMS
from pos_app.documents.template.receipt_form import RECEIPT_FIELDS, RECEIPT_TEMPLATE
from pos_app.domain.slip_form import SlipKind


@cache
def fields_of(kind: SlipKind) -> FormFields:
    """Return what a template of a kind may name."""
    if kind is SlipKind.RECEIPT:
        return RECEIPT_FIELDS
    return GIFT_FIELDS if kind is SlipKind.GIFT else PART_FORMS[kind].fields


def built_in_text(kind: SlipKind) -> str:
    """Return the built-in paper written as a template: where an own one begins."""
    if kind is SlipKind.RECEIPT:
        return RECEIPT_TEMPLATE
    return GIFT_TEMPLATE if kind is SlipKind.GIFT else PART_FORMS[kind].template


def template_of(kind: SlipKind, text: str) -> Template:
    """Understand a template of a kind."""
    return compile_template(text, fields_of(kind))
