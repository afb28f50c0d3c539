"""Many items changed at once: what is asked, what it makes of each, one document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.percentage import Percentage
from pos_app.values.rounding import divide, to_ending
from pos_app.values.times import Timestamp

#: A field of an item as plain JSON; a field that is not there is None.
Plain = str | int | bool | None | tuple[str, ...]
#: The fields of an item that a change is about (services.item_fields).
Fields = Mapping[str, Plain]
_WHOLE = 1_000_000


class BulkField(StrEnum):
    """What can be changed for many items at once."""

    PRICE_PERCENT = "price_percent"
    PRICE_AMOUNT = "price_amount"
    PRICE_SET = "price_set"
    TAX = "tax"
    CATEGORY = "category"
    RETURNABLE = "returnable"
    DISCOUNT_CAP = "discount_cap"
    ACTIVE = "active"


#: The ones that change shelf prices.
PRICE_FIELDS = frozenset(
    {BulkField.PRICE_PERCENT, BulkField.PRICE_AMOUNT, BulkField.PRICE_SET}
)


class PriceEnding(StrEnum):
    """What the last digit of a changed price is."""

    ANY = "any"
    ZERO = "zero"  # 12.30
    NINE = "nine"  # 12.39


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What is asked for all chosen items.

    Attributes:
        field: what is changed.
        percentage: how much dearer, below zero how much cheaper.
        minor: how much dearer or cheaper, or the new price; minor units.
        ending: of a new price. key: of the tax or the category; "" for none.
        is_on: returnable, or sold. cap: of the discount by hand; None for any.
    """

    field: BulkField
    percentage: Percentage | None = None
    minor: int | None = None
    ending: PriceEnding = PriceEnding.ANY
    key: str = ""
    is_on: bool = True
    cap: Percentage | None = None

    def priced(self, before_minor: int) -> int:
        """Return what a price becomes, minor units; below zero where it cannot be."""
        if self.field is BulkField.PRICE_PERCENT:
            assert self.percentage is not None
            whole = before_minor * (_WHOLE + self.percentage.millionths)
            price_minor = divide(whole, _WHOLE)
        elif self.field is BulkField.PRICE_AMOUNT:
            price_minor = before_minor + (self.minor or 0)
        else:
            return self.minor or 0  # somebody typed it digit by digit
        if price_minor <= 0 or self.ending is PriceEnding.ANY:
            return price_minor
        return to_ending(price_minor, 0 if self.ending is PriceEnding.ZERO else 9)


class BulkWarning(StrEnum):
    """What is odd about a row of the preview."""

    SAME = "same"  # nothing changes
    ZERO = "zero"  # the price becomes zero
    BELOW_ZERO = "below_zero"  # it cannot be: the row is left out
    BELOW_COST = "below_cost"
    NO_PRICE = "no_price"  # an open price stays open: the row is left out
    FOR_A_WHILE = "for_a_while"  # a price for a while lies over the shelf price
    EMPTIED = "emptied"  # a cell was emptied: what stood in it is taken away
    CHANGED = "changed"  # somebody changed it since: the row is left out
    ITEM_GONE = "item_gone"  # the rest of them: it cannot be set back any more
    CATEGORY_GONE = "category_gone"
    TAX_GONE = "tax_gone"
    NUMBER_TAKEN = "number_taken"
    FIRST_PRICE = "first_price"  # a price is followed by others, never by none
    COST_STAYS = "cost_stays"  # so is a cost; the rest of the row is set back


#: Warnings with which a row is not applied.
LEFT_OUT = frozenset(
    {
        BulkWarning.SAME,
        BulkWarning.BELOW_ZERO,
        BulkWarning.NO_PRICE,
        BulkWarning.CHANGED,
        BulkWarning.ITEM_GONE,
        BulkWarning.CATEGORY_GONE,
        BulkWarning.TAX_GONE,
        BulkWarning.NUMBER_TAKEN,
        BulkWarning.FIRST_PRICE,
    }
)


@dataclass(frozen=True, slots=True)
class BulkRow:
    """What becomes of one item.

    Attributes:
        item_id, sku, name: which one.
        before, after: the fields that differ; `before` is empty for a new item.
        added: the new item as plain JSON text; "" for one that is there.
        warnings: what is odd.
        line: of the file it comes from; 0 for none.
        names: (language tag, name) pairs, for the preview only.
    """

    item_id: str
    sku: str
    name: str
    before: Fields
    after: Fields
    added: str = ""
    warnings: tuple[BulkWarning, ...] = ()
    line: int = 0
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)

    @property
    def is_left_out(self) -> bool:
        """Tell whether the row changes nothing."""
        return any(warning in LEFT_OUT for warning in self.warnings)


class BulkKind(StrEnum):
    """Where the changes come from."""

    EDIT = "edit"
    IMPORT = "import"
    UNDO = "undo"


class BulkState(StrEnum):
    """How far a document is."""

    DRAFT = "draft"  # its rows are being written: nothing of it holds
    APPLYING = "applying"  # decided: what is left to do is done, kill or no kill
    DONE = "done"


@dataclass(frozen=True, slots=True)
class BulkDocument:
    """One document over many items.

    Attributes:
        bulk_id: UUIDv7. kind: where the changes come from.
        said: what was asked, as plain JSON: action, or file and hash.
        undoes: id of the document that this one sets back; "" for none.
        by, business_day, at: who, when (staff id; ISO day).
        row_count: how many items. state: how far it is.
        done, left: rows applied, and rows somebody else had changed meanwhile.
        undone_by: id of what set it back; "" while it stands.
    """

    bulk_id: str
    kind: BulkKind
    said: Mapping[str, object]
    undoes: str
    by: str
    business_day: str
    at: Timestamp
    row_count: int
    state: BulkState = BulkState.DRAFT
    done: int = 0
    left: int = 0
    undone_by: str = ""
