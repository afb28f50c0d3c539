"""Reads what was typed into an item: what does not fit says in which field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from pos_app.domain.item import MEMBER_LEVEL, SellBy
from pos_app.errors import UserError
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.ports.clock import Ids
from pos_app.services.item_form import CodeForm, ItemForm, UnitForm
from pos_app.services.item_rules import read_cap
from pos_app.services.item_texts import shown_text, split_tags
from pos_app.services.item_units import read_unit
from pos_app.services.price_now import priced_now
from pos_app.values.gs1.check_digit import check_digit, is_digits
from pos_app.values.gs1.gtin import GTIN_LENGTHS, barcode_key, clean_code, is_gtin
from pos_app.values.money import parse_minor
from pos_app.values.quantity import PIECE, parse_quantity
from pos_app.values.times import Timestamp

#: An item costs less than this many units of money; a barcode in the field would not.
PRICE_LIMIT_MINOR = 10**10
_NAME_LIMIT, _SKU_LIMIT, _PLU_LIMIT = 120, 40, 8

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form is read with.

    Attributes:
        currency: ISO 4217. now: when a changed price begins. ids: of new rows.
        seen: the item as it was when the form was opened; None for a new one.
    """

    currency: str
    now: Timestamp
    ids: Ids
    seen: ItemDraft | None = None


def read_form(form: ItemForm, reading: Reading) -> ItemDraft:
    """Return the item that a form describes.

    Raises:
        UserError: what does not fit; its parameter `field` says where: "name",
            "sku", "cap", "unit0.price", "unit1.codes" …
    """
    seen = reading.seen
    name = _text(form.name, "name", _NAME_LIMIT)
    if not name:
        raise UserError("item_name_missing", field="name")
    if not form.units:
        raise UserError("item_unit_missing", field="unit0.name")
    before = {unit.unit_id: unit for unit in seen.units} if seen else {}
    known = {barcode_key(code) for unit in before.values() for code in unit.barcodes}
    units = tuple(
        _unit(at, unit, before.get(unit.unit_id), reading, known)
        for at, unit in enumerate(form.units)
    )
    _refuse_doubled(units)
    names = tuple((tag, shown_text(text)) for tag, text in form.names)
    draft = ItemDraft(
        item_id=form.item_id,
        sku=_text(form.sku, "sku", _SKU_LIMIT),
        name=name,
        tax_category=form.tax_category,
        units=units,
        variant=_text(form.variant, "variant", _NAME_LIMIT),
        names=tuple((tag, text) for tag, text in names if text),
        category_id=form.category_id or None,
        spec=_text(form.spec, "spec", _NAME_LIMIT),
        icon=form.icon,
        parent_id=form.parent_id or None,
        discount_cap=_at("cap", lambda: read_cap(form.cap.strip() or "any")),
        is_returnable=form.is_returnable,
        brand=_text(form.brand, "brand", _NAME_LIMIT),
        tags=split_tags(_text(form.tags, "tags", _NAME_LIMIT)),
    )
    return replace(draft, is_active=seen.is_active) if seen else draft


def _text(text: str, field: str, limit: int) -> str:
    shown = shown_text(text)
    if len(shown) > limit:
        raise UserError("item_text_too_long", field=field, limit=limit)
    return shown


def _at(field: str, read: Callable[[], Value]) -> Value:
    """Read a field; what it refuses says where."""
    try:
        return read()
    except UserError as error:
        raise UserError(error.key, **{**error.params, "field": field}) from error


def _unit(
    at: int,
    form: UnitForm,
    before: UnitDraft | None,
    reading: Reading,
    known: set[str],
) -> UnitDraft:
    name = _text(form.name, f"unit{at}.name", 20)
    if not name:
        raise UserError("item_unit_missing", field=f"unit{at}.name")
    price = _money(form.price, f"unit{at}.price", reading.currency)
    cost = _money(form.cost, f"unit{at}.cost", reading.currency)
    floor = _money(form.floor, f"unit{at}.floor", reading.currency)
    member = _money(form.member, f"unit{at}.member", reading.currency)
    kept = before or UnitDraft(form.unit_id, PIECE, name)
    pieces = Decimal(1)
    if at:
        pieces = _at(f"unit{at}.pieces", lambda: parse_quantity(form.pieces))
    code, sell_by = _how_sold(at, form, name, before)
    always = reading.seen is None or not kept.prices
    return replace(
        kept,
        unit_code=code,
        unit_name=name,
        pieces=pieces,
        sell_by=sell_by,
        barcodes=tuple(_code(at, x, known) for x in form.codes),
        plu=_plu(form.plu, f"unit{at}.plu"),
        prices=priced_now(kept.prices, price, reading, is_first=always),
        cost_minor=kept.cost_minor if cost is None else cost,
        floor_minor=floor or 0,
        level_prices=_levels(kept, member),
    )


def _levels(kept: UnitDraft, member: int | None) -> tuple[tuple[str, int], ...]:
    """Return the level prices with what members pay; other levels stay."""
    others = tuple(x for x in kept.level_prices if x[0] != MEMBER_LEVEL)
    return others if member is None else (*others, (MEMBER_LEVEL, member))


def _how_sold(
    at: int, form: UnitForm, name: str, before: UnitDraft | None
) -> tuple[str, SellBy]:
    """Return a unit's code and how it is counted; the same name keeps both."""
    sell_by = SellBy.WEIGHT if form.is_weighed else SellBy.COUNT
    if before and (before.unit_name, before.sell_by) == (name, sell_by):
        return before.unit_code, sell_by
    said = read_unit(name, "", "")
    if said.refused:
        raise UserError("unit_not_metric", field=f"unit{at}.name", name=name)
    if (said.sell_by is SellBy.WEIGHT) != form.is_weighed:
        key = "unit_needs_weight" if form.is_weighed else "unit_is_weight"
        raise UserError(key, field=f"unit{at}.name", name=name)
    return said.code or PIECE, sell_by


def _money(text: str, field: str, currency: str) -> int | None:
    if not text.strip():
        return None
    minor = _at(field, lambda: parse_minor(text, currency))
    if minor < 0:
        raise UserError("price_negative", field=field)
    if minor >= PRICE_LIMIT_MINOR:
        raise UserError("price_beyond_reason", field=field, price_minor=minor)
    return minor


def _plu(text: str, field: str) -> str:
    plain = clean_code(text)
    if not plain:
        return ""
    if not is_digits(plain) or len(plain) > _PLU_LIMIT:
        raise UserError("plu_unreadable", field=field, code=plain[:20])
    return plain.lstrip("0") or "0"


def _code(at: int, form: CodeForm, known: set[str]) -> str:
    code = clean_code(form.code)
    field = f"unit{at}.codes"
    if not code:
        raise UserError("barcode_missing", field=field)
    is_in_use = form.takes_from or barcode_key(code) in known
    if not form.is_read and not is_in_use:
        _check_typed(code, field)
    return code


def measure_of(item: ItemDraft) -> tuple[str, SellBy, str]:
    """Return what an item is counted in: its base unit, and how that is measured."""
    base = item.units[0]
    weight = base.unit_code if base.sell_by is SellBy.WEIGHT else ""
    return base.unit_id, base.sell_by, weight


def check_typed_code(code: str) -> str:
    """Return a typed barcode, cleaned.

    Raises:
        UserError: "barcode_missing", or "barcode_typed_wrong" when its last digit
            does not fit those before it.
    """
    clean = clean_code(code)
    if not clean:
        raise UserError("barcode_missing")
    _check_typed(clean, "")
    return clean


def _check_typed(code: str, field: str) -> None:
    is_number = is_digits(code) and len(code) in GTIN_LENGTHS
    if is_number and not is_gtin(code):
        right = check_digit(code[:-1])
        raise UserError("barcode_typed_wrong", field=field, code=code, digit=right)


def _refuse_doubled(units: tuple[UnitDraft, ...]) -> None:
    """Refuse a number that stands twice in one item: which unit would it sell?"""
    codes: set[str] = set()
    plus: set[str] = set()
    for at, unit in enumerate(units):
        for code in unit.barcodes:
            if barcode_key(code) in codes:
                raise UserError("barcode_twice", field=f"unit{at}.codes", code=code)
            codes.add(barcode_key(code))
        if unit.plu and unit.plu in plus:
            raise UserError("plu_twice", field=f"unit{at}.plu", code=unit.plu)
        plus.add(unit.plu)
