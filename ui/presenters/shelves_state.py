"""What the page of categories and quick keys shows."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.sale_state import FoundView, TileView
from ui.presenters.two_line import TwoLineRow

#: The favourites' page among the categories.
FAVOURITES = "favourites"
LANGUAGES = ("zh-CN", "zh-TW", "en")


@dataclass(frozen=True, slots=True)
class ChosenKeyView:
    """The tile that is chosen.

    Attributes:
        name: of its goods. labels: short names in `LANGUAGES`, "" for none.
        can_go_back, can_go_on: whether it has neighbours on that side.
    """

    name: str
    labels: tuple[str, ...]
    can_go_back: bool
    can_go_on: bool


@dataclass(frozen=True, slots=True)
class CategoryForm:
    """A category as it is typed.

    Attributes:
        category_id: "" for a new one. names: in `LANGUAGES`; the shop's own first
            is the one that must be there. hue: its colour. parent_id: "" at the top.
    """

    category_id: str = ""
    names: tuple[str, ...] = ("", "", "")
    hue: str = "food"
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class ShelvesState:
    """Everything the page shows.

    Attributes:
        pages: favourites and categories, in order. page: key of the open one.
        title: its name. tiles: of the open page. chosen: key of a tile, "" for the
            free place, None for nothing. key: the chosen tile.
        search, found: for the free place.
        is_changed: something is not saved. can_undo: something can be taken back.
        is_category: the open page is a category's. has_tab: it has tiles at all.
        can_go_up, can_go_down: whether the category has such neighbours.
    """

    pages: tuple[TwoLineRow, ...]
    page: str
    title: str
    tiles: tuple[TileView, ...]
    chosen: str | None
    key: ChosenKeyView | None
    search: str
    found: tuple[FoundView, ...]
    currency: str
    is_changed: bool
    can_undo: bool
    is_category: bool
    has_tab: bool
    can_go_up: bool
    can_go_down: bool
    is_working: bool = False
