"""Tabs, tiles and search results: what the catalogue offers on the sale screen."""

from __future__ import annotations

from pos_app.domain.item import Category, QuickKey, SellBy, SellingUnit
from pos_app.i18n import _, current_language
from pos_app.values.times import Timestamp
from ui.presenters.lowered_goods import LoweredGoods
from ui.presenters.sale_state import CategoryView, FoundView, TileView
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.workplace import Workplace

RESULTS_SHOWN = 50
FAVOURITES = "favourites"
_NEVER = Timestamp(1 << 62)


class GoodsView:
    """Reads the catalogue and keeps what a tab shows until it must change."""

    def __init__(self, work: Workplace) -> None:
        self._catalog = work.counter.desk.catalog
        self._desk = work.counter.desk
        self._lowered = LoweredGoods(self._desk, work.counter.sale)
        self._on_offer: frozenset[str] = frozenset()
        self._categories: tuple[Category, ...] = ()
        self._hues: dict[str, str] = {}
        self._tiles: dict[tuple[str, str], tuple[TileView, ...]] = {}
        self._version = -1
        self._since = self._until = Timestamp(0)

    def tabs(self) -> tuple[CategoryView, ...]:
        """Return the favourites and every top category."""
        self._look_again()
        language = current_language()
        own = [
            CategoryView(c.category_id, c.name_in(language))
            for c in self._categories
            if c.parent_id is None
        ]
        return (CategoryView(FAVOURITES, _("Top")), *own)

    def tiles(self, tab: str) -> tuple[TileView, ...]:
        """Return the tiles of a tab."""
        self._look_again()
        language = current_language()
        if (tab, language) not in self._tiles:
            page = "" if tab == FAVOURITES else tab
            keys = self._catalog.quick_keys(page, self._desk.price_moment())
            self._tiles[tab, language] = tuple(map(self.tile, keys))
        return self._tiles[tab, language]

    def tile(self, key: QuickKey) -> TileView:
        """Return a quick key as its page shows it."""
        self._look_again()
        return self._tile(self._priced(key.unit), key.label_in(current_language()))

    def search(self, text: str) -> tuple[FoundView, ...]:
        """Return what a search finds, best sellers first."""
        moment = self._desk.price_moment()
        units = self._catalog.search(text, moment, RESULTS_SHOWN)
        return tuple(self._found(self._priced(unit)) for unit in units)

    def unit(self, key: str) -> SellingUnit | None:
        """Return the unit of a tile or result as it would be sold; None if gone."""
        unit = self._catalog.unit(key, self._desk.price_moment())
        return None if unit is None else self._priced(unit)

    def _priced(self, unit: SellingUnit) -> SellingUnit:
        """Return a unit without a price at the open basket's moment as it is now."""
        if unit.price is not None:
            return unit
        return self._catalog.unit(unit.unit_id, self._desk.clock.now()) or unit

    def _look_again(self) -> None:
        """Forget what was read once the catalogue or the price moment changed.

        A price may begin or end without anybody's doing; an open basket holds the
        prices of its own moment, on the tiles too.
        """
        version, moment = self._catalog.version(), self._desk.price_moment()
        if version != self._version:
            self._version = version
            self._categories = tuple(self._catalog.categories())
            self._hues = {c.category_id: c.hue for c in self._categories}
            self._until = Timestamp(0)
        if not self._since <= moment < self._until:
            self._since = moment
            self._until = self._catalog.next_price_change(moment) or _NEVER
            self._tiles = {}
        on_offer = self._lowered.look_again()
        if on_offer != self._on_offer:
            self._on_offer, self._tiles = on_offer, {}

    def _tile(self, unit: SellingUnit, label: str) -> TileView:
        by_weight = unit.sell_by is SellBy.WEIGHT
        return TileView(
            key=unit.unit_id,
            name=label if label != unit.name_in(current_language()) else _whole(unit),
            price_minor=unit.price.minor if unit.price else None,
            price_text="" if unit.price else _("Open price"),
            icon=unit.icon,
            stripe=self._hues.get(unit.category_id or "", "household"),
            badge=f"/{unit_symbol(unit)}" if by_weight else "",
            picture=self._catalog.listing.small_picture(unit.item_id),
            is_lowered=self._lowered.has(unit),
        )

    def _found(self, unit: SellingUnit) -> FoundView:
        suffix = unit_symbol(unit) if unit.sell_by is SellBy.WEIGHT else ""
        is_pack = unit.pieces != 1
        words = f"/{suffix}" if suffix else (f"/{unit.unit_name}" if is_pack else "")
        return FoundView(
            key=unit.unit_id,
            name=unit.name_in(current_language()),
            variant=unit.variant,
            code=unit.barcode or unit.sku,
            price_minor=unit.price.minor if unit.price else None,
            price_text=words if unit.price else _("Open price"),
        )


def _whole(unit: SellingUnit) -> str:
    """Return the name with its variant: two rows of a tile hold both."""
    name = unit.name_in(current_language())
    return f"{name} {unit.variant}".strip()
