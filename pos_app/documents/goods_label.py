"""The label of goods: what is said of them, written into a form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pos_app.documents.amounts import slip_price, slip_quantity
from pos_app.documents.label import Label, LabelCode, LabelText, Symbology
from pos_app.documents.label_forms import LabelField, LabelForm, Place
from pos_app.domain.net_content import net_content, unit_price
from pos_app.i18n import Words
from pos_app.values.gs1.gtin import display_code, is_gtin

_F = LabelField
#: What no label may shorten: a cut amount is another amount.
_WHOLE = frozenset({_F.PRICE, _F.OLD_PRICE, _F.WEIGHT, _F.UNIT_PRICE, _F.UNTIL, _F.DAY})


@dataclass(frozen=True, slots=True)
class LabelGoods:
    """What a label says of goods.

    Attributes:
        name: in the label's language, with the variant.
        spec: what a pack holds, as the shop wrote it.
        unit_name: what one of them is called. sku: the shop's number.
        code: barcode; "" takes the SKU.
        price_minor: of one; None has no price. is_by_weight: for one kilogram.
        old_minor: what it cost before; None for no reduction.
        until: the last day of a reduced price.
        weight: net kilograms of this very pack; total_minor: its price.
        sold_code: barcode that carries its price or weight.
        square_code: what goods that are marked down carry beside it, as
            "(01)…(17)…"; "" for others. last_day: theirs. is_best_before: it is one.
        day: when the label is printed, or its price begins. shop: whose.
    """

    name: str
    unit_name: str
    sku: str
    price_minor: int | None
    day: date
    spec: str = ""
    code: str = ""
    is_by_weight: bool = False
    old_minor: int | None = None
    until: date | None = None
    weight: Decimal | None = None
    total_minor: int | None = None
    sold_code: str = ""
    shop: str = ""
    square_code: str = ""
    last_day: date | None = None
    is_best_before: bool = False


def goods_label(
    goods: LabelGoods,
    form: LabelForm,
    words: Words,
    currency: str,
    hidden: frozenset[LabelField] = frozenset(),
) -> Label:
    """Write goods into a form.

    Args:
        goods: what is said.
        form: where it stands.
        words: of the label's language.
        currency: ISO 4217 code.
        hidden: fields that the shop leaves out.

    Returns:
        One label; fields without a word are left out.
    """
    said = _texts(goods, words, currency)
    places = {x: place for x, place in form.places.items() if x not in hidden}
    spec = places.get(_F.SPEC)
    if spec is not None and spec.is_bare:
        said[_F.SPEC] = goods.spec
    texts = tuple(_written(places, said))
    codes = tuple(_codes(places, goods))
    return Label(form.width_um, form.height_um, texts, codes)


def _written(
    places: Mapping[LabelField, Place], said: Mapping[LabelField, str]
) -> Iterator[LabelText]:
    for field, place in places.items():
        text = said.get(field, "")
        if text:
            yield LabelText(
                place.box,
                text,
                place.size_um,
                place.least_um,
                place.lines,
                place.side,
                bold=place.bold,
                is_struck=field is _F.OLD_PRICE,
                is_whole=field in _WHOLE,
            )


def _codes(
    places: Mapping[LabelField, Place], goods: LabelGoods
) -> Iterator[LabelCode]:
    place, data = places.get(_F.CODE), goods.sold_code
    if not data and not goods.square_code:
        data = goods.code or goods.sku
    if place is not None and data:
        symbology, written = code_of(data)
        yield LabelCode(place.box, symbology, written, written)
    square = places.get(_F.SQUARE)
    if square is not None and goods.square_code:
        yield LabelCode(square.box, Symbology.GS1_DATA_MATRIX, goods.square_code)


def code_of(code: str) -> tuple[Symbology, str]:
    """Return how a number is drawn, and the form it is drawn in.

    A trade item number is an EAN, a box's of 14 digits a GS1-128, as is what is
    written with its identifiers in brackets; what a shop made
    up itself is Code 128, and what that cannot hold a QR code.
    """
    if code.startswith("("):
        return Symbology.GS1_128, code
    shown = display_code(code) if len(code) in {12, 13, 14} else code
    if is_gtin(shown):
        return _trade_item(shown)
    if code.isascii() and code.isprintable():
        return Symbology.CODE128, code
    return Symbology.QR, code


def _trade_item(number: str) -> tuple[Symbology, str]:
    """Return how a trade item number is drawn, by how long it is."""
    if len(number) == 8:
        return Symbology.EAN8, number
    if len(number) in {12, 13}:
        return Symbology.EAN13, number.rjust(13, "0")
    return Symbology.GS1_128, f"(01){number}"


def _texts(goods: LabelGoods, words: Words, currency: str) -> dict[LabelField, str]:
    price = goods.total_minor if goods.total_minor is not None else goods.price_minor
    said = {
        _F.NAME: goods.name,
        _F.SPEC: words("Spec: {spec}", spec=goods.spec) if goods.spec else "",
        _F.UNIT: words("Unit: {unit}", unit=goods.unit_name),
        _F.SKU: words("No. {sku}", sku=goods.sku),
        _F.PRICE: slip_price(price, currency) if price is not None else "",
        _F.UNIT_PRICE: _unit_price(goods, currency),
        _F.DAY: goods.day.isoformat(),
        _F.SHOP: goods.shop,
    }
    if goods.old_minor is not None:
        said[_F.OLD_PRICE] = slip_price(goods.old_minor, currency)
    if goods.until is not None:
        said[_F.UNTIL] = words("until {day}", day=goods.until.isoformat())
    if goods.last_day is not None:
        day = goods.last_day.isoformat()
        said[_F.UNTIL] = words("Use by {day}", day=day)
        if goods.is_best_before:
            said[_F.UNTIL] = words("Best before {day}", day=day)
    if goods.weight is not None:
        weight = slip_quantity(goods.weight)
        said[_F.WEIGHT] = words("Net {weight} kg", weight=weight)
    return said


def _unit_price(goods: LabelGoods, currency: str) -> str:
    if goods.price_minor is None:
        return ""
    if goods.is_by_weight:
        return f"{slip_price(goods.price_minor, currency)}/kg"
    content = net_content(goods.spec) or net_content(goods.name)
    if content is None:
        return ""
    found = unit_price(goods.price_minor, content)
    much = found.unit if found.count == 1 else f"{found.count}{found.unit}"
    return f"{slip_price(found.minor, currency)}/{much}"
