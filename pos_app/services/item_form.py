"""An item as it is typed: texts as they stand in the fields of its card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import TypeVar

from pos_app.domain.item import MEMBER_LEVEL, SellBy
from pos_app.domain.price import SHELF, row_in_force
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.values.money import format_minor
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class CodeForm:
    """A barcode of a unit.

    Attributes:
        code: as printed.
        takes_from: id of the item that has it now and gives it up; "" for nobody.
        is_read: a scanner read it, so that its check digit is what is printed.
    """

    code: str
    takes_from: str = ""
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class UnitForm:
    """A unit as it is typed; amounts and numbers are texts.

    Attributes:
        unit_id: UUIDv7, new or known. name: 件, 箱, kg. pieces: base units in it.
        is_weighed: sold by weight. price: "" for none of its own. cost: "" unknown.
        plu: "" none. codes: the main one first.
        floor: no promotion goes below it, "" for no floor. member: what members pay,
            "" for the price of everybody.
    """

    unit_id: str
    name: str
    pieces: str = "1"
    is_weighed: bool = False
    price: str = ""
    cost: str = ""
    plu: str = ""
    codes: tuple[CodeForm, ...] = ()
    floor: str = ""
    member: str = ""


@dataclass(frozen=True, slots=True)
class ItemForm:
    """An item as it is typed.

    Attributes:
        item_id: UUIDv7, new or known. name, variant, spec, sku: texts.
        names: (language, name) of other languages. category_id: "" for nowhere.
        tax_category: a key. cap: the discount cap, "" for any. icon: an icon's name.
        is_returnable: whether it may come back. parent_id: "" for an own item.
        units: the base unit first. brand: "" for none.
        tags: the shop's own words, with commas between them.
    """

    item_id: str
    name: str
    tax_category: str
    units: tuple[UnitForm, ...]
    names: tuple[tuple[str, str], ...] = ()
    variant: str = ""
    spec: str = ""
    sku: str = ""
    category_id: str = ""
    cap: str = ""
    is_returnable: bool = True
    parent_id: str = ""
    icon: str = ""
    brand: str = ""
    tags: str = ""

    def name_in(self, language: str) -> str:
        """Return what is typed for a language; "" for nothing."""
        return dict(self.names).get(language, "")

    def codes(self) -> Iterable[CodeForm]:
        """Yield every barcode."""
        return (code for unit in self.units for code in unit.codes)


Form = TypeVar("Form", ItemForm, UnitForm)


def form_of(draft: ItemDraft, currency: str, now: Timestamp) -> ItemForm:
    """Return what stands in the fields for a stored item."""
    return ItemForm(
        item_id=draft.item_id,
        name=draft.name,
        tax_category=draft.tax_category,
        units=tuple(_unit_form(unit, currency, now) for unit in draft.units),
        names=draft.names,
        variant=draft.variant,
        spec=draft.spec,
        sku=draft.sku,
        category_id=draft.category_id or "",
        cap="" if draft.discount_cap is None else str(draft.discount_cap),
        is_returnable=draft.is_returnable,
        parent_id=draft.parent_id or "",
        icon=draft.icon,
        brand=draft.brand,
        tags=", ".join(draft.tags),
    )


def _unit_form(unit: UnitDraft, currency: str, now: Timestamp) -> UnitForm:
    row = row_in_force([x for x in unit.prices if x.priority == SHELF], now)
    cost = unit.cost_minor
    member = dict(unit.level_prices).get(MEMBER_LEVEL)
    return UnitForm(
        unit_id=unit.unit_id,
        name=unit.unit_name,
        pieces=f"{unit.pieces:f}",
        is_weighed=unit.sell_by is SellBy.WEIGHT,
        price="" if row is None else format_minor(row.minor, currency),
        cost="" if cost is None else format_minor(cost, currency),
        plu=unit.plu,
        codes=tuple(CodeForm(code) for code in unit.barcodes),
        floor=format_minor(unit.floor_minor, currency) if unit.floor_minor else "",
        member="" if member is None else format_minor(member, currency),
    )


def prices_anew(form: ItemForm, before: ItemForm) -> bool:
    """Tell whether known goods would cost something else than before.

    A unit put in with a price of its own, and one without that holds another number
    of pieces, say so too.
    """
    olds = {unit.unit_id: unit for unit in before.units}
    for unit in form.units:
        old, price = olds.get(unit.unit_id), unit.price.strip()
        if price != (old.price if old else ""):
            return True
        if old and not price and unit.pieces.strip() != old.pieces:
            return True
    return False


def rebased(form: ItemForm, old: ItemForm, new: ItemForm) -> ItemForm:
    """Return what was typed over `old`, laid over what somebody else made of it.

    A field that the person did not touch takes the new value; units are matched by
    their identity.
    """
    units = []
    olds = {unit.unit_id: unit for unit in old.units}
    news = {unit.unit_id: unit for unit in new.units}
    for unit in form.units:
        before, after = olds.get(unit.unit_id), news.get(unit.unit_id)
        if before is None:
            units.append(unit)
        elif after is not None:
            units.append(_laid_over(unit, before, after))
    known = {unit.unit_id for unit in form.units} | set(olds)
    units += [unit for unit in new.units if unit.unit_id not in known]
    return replace(_laid_over(form, old, new), units=tuple(units))


def _laid_over(mine: Form, old: Form, new: Form) -> Form:
    untouched = {
        field.name: getattr(new, field.name)
        for field in fields(mine)
        if getattr(mine, field.name) == getattr(old, field.name)
    }
    return replace(mine, **untouched)
