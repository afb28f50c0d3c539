"""The forms of labels: which field stands where, on which sheet.

Sizes follow the rolls and rails that shops buy: 70 x 38 mm for a supermarket's rail,
60 x 30 and 60 x 40 mm for small ones, 40 x 30 mm for the goods themselves. A Chinese
price tag names goods, specification, unit and price (明码标价和禁止价格欺诈规定, 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_app.documents.label import Box, Side
from pos_app.i18n import N_


class LabelField(StrEnum):
    """What a label may say."""

    NAME = "name"
    SPEC = "spec"
    UNIT = "unit"
    SKU = "sku"
    PRICE = "price"
    OLD_PRICE = "old_price"
    UNIT_PRICE = "unit_price"
    UNTIL = "until"
    WEIGHT = "weight"
    DAY = "day"
    SHOP = "shop"
    CODE = "code"
    SQUARE = "square"  # the square code of goods that are marked down


#: What a shop may leave out; the rest makes the label what it is.
OPTIONAL = (
    LabelField.SPEC,
    LabelField.UNIT,
    LabelField.SKU,
    LabelField.UNIT_PRICE,
    LabelField.DAY,
    LabelField.SHOP,
    LabelField.CODE,
)


class LabelUse(StrEnum):
    """What a label is for."""

    SHELF = "shelf"
    ITEM = "item"
    WEIGHED = "weighed"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field stands and how it is written; see `LabelText`."""

    box: Box
    size_um: int = 0
    least_um: int = 0
    lines: int = 1
    side: Side = Side.LEFT
    bold: bool = False
    is_bare: bool = False  # without the word before it, where there is no room


@dataclass(frozen=True, slots=True)
class LabelForm:
    """One form.

    Attributes:
        key: names it in the settings. name: msgid. use: what for.
        width_um, height_um: of the sheet. places: of its fields.
    """

    key: str
    name: str
    use: LabelUse
    width_um: int
    height_um: int
    places: Mapping[LabelField, Place]


def _mm(left: int, top: int, width: int, height: int) -> Box:
    """Return a box from tenths of a millimetre."""
    return Box(left * 100, top * 100, width * 100, height * 100)


def _small(box: Box, size_um: int = 3_000, side: Side = Side.LEFT) -> Place:
    return Place(box, size_um, 1_900, side=side)


_F, _R = LabelField, Side.RIGHT

SHELF_70 = LabelForm(
    "shelf_70x38",
    N_("Shelf label 70 × 38 mm"),
    LabelUse.SHELF,
    70_000,
    38_000,
    {
        _F.NAME: Place(_mm(20, 15, 660, 115), 4_700, 3_000, lines=2, bold=True),
        _F.SPEC: _small(_mm(20, 133, 320, 37)),
        _F.UNIT: _small(_mm(20, 171, 155, 37)),
        _F.SKU: _small(_mm(178, 171, 162, 37), 2_600),
        _F.CODE: Place(_mm(15, 215, 330, 150)),
        _F.PRICE: Place(_mm(350, 140, 330, 145), 11_500, 4_000, side=_R, bold=True),
        _F.UNIT_PRICE: _small(_mm(350, 288, 330, 38), 3_000, _R),
        _F.SHOP: _small(_mm(350, 329, 190, 32), 2_300, _R),
        _F.DAY: _small(_mm(545, 329, 135, 32), 2_300, _R),
    },
)
SHELF_60 = LabelForm(
    "shelf_60x30",
    N_("Shelf label 60 × 30 mm"),
    LabelUse.SHELF,
    60_000,
    30_000,
    {
        _F.NAME: Place(_mm(15, 12, 570, 92), 3_700, 2_600, lines=2, bold=True),
        _F.SPEC: _small(_mm(15, 106, 190, 33), 2_600),
        _F.UNIT: _small(_mm(207, 106, 103, 33), 2_600),
        _F.CODE: Place(_mm(12, 142, 300, 145)),
        _F.PRICE: Place(_mm(315, 108, 270, 110), 8_800, 3_000, side=_R, bold=True),
        _F.UNIT_PRICE: _small(_mm(315, 220, 270, 33), 2_600, _R),
        _F.DAY: _small(_mm(315, 255, 270, 30), 2_300, _R),
    },
)
ITEM_40 = LabelForm(
    "item_40x30",
    N_("Item label 40 × 30 mm"),
    LabelUse.ITEM,
    40_000,
    30_000,
    {
        _F.NAME: Place(
            _mm(15, 12, 370, 74), 2_900, 2_200, lines=2, side=Side.CENTRE, bold=True
        ),
        _F.SPEC: Place(_mm(15, 100, 130, 40), 2_600, 1_900, is_bare=True),
        _F.PRICE: Place(_mm(148, 86, 237, 66), 5_300, 2_500, side=_R, bold=True),
        _F.CODE: Place(_mm(12, 155, 376, 133)),
    },
)
WEIGHED_58 = LabelForm(
    "weighed_58x40",
    N_("Weighed goods 58 × 40 mm"),
    LabelUse.WEIGHED,
    58_000,
    40_000,
    {
        _F.NAME: Place(_mm(15, 12, 550, 92), 3_700, 2_600, lines=2, bold=True),
        _F.WEIGHT: _small(_mm(15, 108, 270, 40), 3_200),
        _F.UNIT_PRICE: _small(_mm(15, 150, 270, 40), 3_200),
        _F.DAY: _small(_mm(15, 192, 270, 36), 2_600),
        _F.SHOP: _small(_mm(290, 192, 275, 36), 2_600, _R),
        _F.PRICE: Place(_mm(290, 108, 275, 84), 6_800, 2_800, side=_R, bold=True),
        _F.CODE: Place(_mm(40, 232, 500, 155)),
    },
)
MARKDOWN_60 = LabelForm(
    "markdown_60x40",
    N_("Reduced price 60 × 40 mm"),
    LabelUse.MARKDOWN,
    60_000,
    40_000,
    {
        _F.NAME: Place(_mm(15, 12, 570, 86), 3_600, 2_600, lines=2, bold=True),
        _F.OLD_PRICE: Place(_mm(15, 102, 180, 52), 4_200, 2_000),
        _F.UNIT_PRICE: _small(_mm(15, 158, 180, 34), 2_600),
        _F.PRICE: Place(_mm(198, 102, 252, 92), 7_400, 3_000, side=_R, bold=True),
        _F.UNTIL: Place(_mm(15, 198, 435, 42), 3_300, 1_900, bold=True),
        _F.SQUARE: Place(_mm(455, 102, 130, 138)),
        # Bars of 220 modules at a quarter of a millimetre: the whole width.
        _F.CODE: Place(_mm(12, 244, 576, 146)),
    },
)

#: All, those used first in front of each use.
FORMS = (SHELF_70, SHELF_60, ITEM_40, WEIGHED_58, MARKDOWN_60)


def form_of(key: str) -> LabelForm | None:
    """Return a form by its key."""
    return next((form for form in FORMS if form.key == key), None)


def forms_for(use: LabelUse) -> tuple[LabelForm, ...]:
    """Return the forms of a use, the usual one first."""
    return tuple(form for form in FORMS if form.use is use)
