"""What the sale screen shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.errand_state import ErrandView
from ui.presenters.frame_state import FrameState
from ui.presenters.ticket_state import (
    BandView,
    LineView,
    PolicyView,
    SumView,
)
from ui.presenters.why_price_state import NearlyView


class SaleFunction(StrEnum):
    """The function keys below the tiles; a screen shows only what works."""

    PRICE_CHECK = "price_check"
    PARK = "park"
    SALE_DISCOUNT = "sale_discount"
    DRAWER = "drawer"
    REPRINT = "reprint"
    VOID_SALE = "void_sale"
    LOCK = "lock"
    SETTINGS = "settings"
    CORRECT_TENDER = "correct_tender"
    COUPONS = "coupons"
    GIFT_CARD = "gift_card"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class CategoryView:
    """A tab above the tiles."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class TileView:
    """A quick key.

    Attributes:
        key: what `tile_pressed` says.
        name: two lines at most, in the cashier's language.
        price_minor: minor units; None shows `price_text` instead.
        price_text: words in the price's place ("称重", "押金").
        icon: a product icon's name, or "".
        stripe: "food", "drinks", "coffee", "household", "wear", "services".
        badge: a short warning ("剩 4"); "" for none.
        picture: bytes of the goods' small picture; b"" for none.
        is_lowered: whether a running promotion makes a piece cheaper than this price.
    """

    key: str
    name: str
    price_minor: int | None = None
    price_text: str = ""
    icon: str = ""
    stripe: str = "household"
    badge: str = ""
    picture: bytes = b""
    is_lowered: bool = False


@dataclass(frozen=True, slots=True)
class FoundView:
    """A search result.

    Attributes:
        key: what `search_picked` says. name, variant: of the goods.
        code: article number or barcode. price_minor: minor units or None.
        price_text: words behind or in place of the price ("/kg").
    """

    key: str
    name: str
    variant: str = ""
    code: str = ""
    price_minor: int | None = None
    price_text: str = ""


@dataclass(frozen=True, slots=True)
class QuickCash:
    """A one-tap cash key: the note given and the change it makes, minor units."""

    amount_minor: int
    change_minor: int

    @property
    def is_exact(self) -> bool:
        """Tell whether nothing is given back."""
        return self.change_minor == 0


@dataclass(frozen=True, slots=True)
class ProblemView:
    """The strip above the sums while a line waits for somebody.

    Attributes:
        line_id: the red line. text: one sentence.
        needs_approval: whether registering the goods needs somebody's consent.
    """

    line_id: str
    text: str
    needs_approval: bool = False


@dataclass(frozen=True, slots=True)
class SaleState:
    """Everything the sale screen shows.

    Attributes:
        frame: bars, clock, chips, message, toast.
        currency: ISO 4217 of all minor amounts here.
        band: the strip above the lines. lines: the ticket.
        selected_index: row of the selected line; -1 when empty.
        sums: what stands below the lines. problem: what waits, or None.
        amount_due_minor, item_count, unknown_count, saved_minor: the display.
        count_text: the count as words ("7 件 + 1 未知"). due_label: "应收".
        tax_text: lower right of the display ("含税 14.20"); "" for none.
        entry_text, entry_hint, entry_problem: the entry line.
        tabs, tab: categories and the chosen one. tiles: of the chosen tab.
        search_text: what the presenter searched for; "" clears the box.
        search_results: None while nobody searches; empty for "nothing found".
        search_note: beside the panel's title ("前 50 个").
        pricing_text: that the best price is still looked for; "" for no longer.
        quick_cash: at most two keys.
        functions: the function keys that work.
        blocked_reason: why payment must wait; "" when it may start.
        blocked_detail: the second line of it.
        can_change_line: whether the line actions apply to the selected line.
        can_change_quantity: false for a price label's line.
        locked: the function keys for which somebody must agree.
        locked_line_keys: the same of a line's keys: "delete", "price", "discount".
        errand: keys of a feature in the places of the sale's own; None for those.
        policy: what the rules say of goods that come back; None for nothing.
        nearly: the offer that a little more would reach; None for nothing.
        has_nearly_place: whether there is a place for one above the sums.
        invitation: what an empty ticket says, two lines; () for the sale's own.
    """

    frame: FrameState
    currency: str
    band: BandView
    lines: tuple[LineView, ...] = ()
    selected_index: int = -1
    sums: tuple[SumView, ...] = ()
    problem: ProblemView | None = None
    amount_due_minor: int = 0
    item_count: int = 0
    unknown_count: int = 0
    saved_minor: int = 0
    count_text: str = ""
    due_label: str = ""
    tax_text: str = ""
    pricing_text: str = ""
    entry_text: str = ""
    entry_hint: str = ""
    entry_problem: str = ""
    tabs: tuple[CategoryView, ...] = ()
    tab: str = ""
    tiles: tuple[TileView, ...] = ()
    search_text: str = ""
    search_results: tuple[FoundView, ...] | None = None
    search_note: str = ""
    quick_cash: tuple[QuickCash, ...] = ()
    functions: tuple[SaleFunction, ...] = (
        SaleFunction.PRICE_CHECK,
        SaleFunction.PARK,
        SaleFunction.SALE_DISCOUNT,
        SaleFunction.DRAWER,
        SaleFunction.REPRINT,
        SaleFunction.VOID_SALE,
        SaleFunction.LOCK,
        SaleFunction.SETTINGS,
    )
    blocked_reason: str = ""
    blocked_detail: str = ""
    can_change_line: bool = False
    can_change_quantity: bool = False
    locked: frozenset[SaleFunction] = frozenset()
    locked_line_keys: frozenset[str] = frozenset()
    errand: ErrandView | None = None
    policy: PolicyView | None = None
    nearly: NearlyView | None = None
    has_nearly_place: bool = False
    invitation: tuple[str, str] | tuple[()] = ()
