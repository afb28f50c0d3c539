"""Tabs, tiles and search results: what the catalogue offers on the sale screen."""

from __future__ import annotations

from pos_app.domain.item import Category, SellBy, SellingUnit
from pos_app.i18n import _, current_language
from ui.presenters.sale_state import CategoryView, FoundView, TileView
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.workplace import Workplace

RESULTS_SHOWN = 50
FAVOURITES = "favourites"


class GoodsView:
    """Reads the catalogue and keeps what a tab shows until it must change."""

    def __init__(self, work: Workplace) -> None:
        self._catalog = work.counter.desk.catalog
        self._clock = work.counter.desk.clock
        self._categories: tuple[Category, ...] = ()
        self._hues: dict[str, str] = {}
        self._tiles: dict[tuple[str, str], tuple[TileView, ...]] = {}
        self._version = -1
        self._minute = -1

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
            keys = self._catalog.quick_keys(page, self._clock.now())
            self._tiles[tab, language] = tuple(
                self._tile(key.unit, key.label_in(language)) for key in keys
            )
        return self._tiles[tab, language]

    def search(self, text: str) -> tuple[FoundView, ...]:
        """Return what a search finds, best sellers first."""
        units = self._catalog.search(text, self._clock.now(), RESULTS_SHOWN)
        return tuple(self._found(unit) for unit in units)

    def unit(self, key: str) -> SellingUnit | None:
        """Return the unit of a tile or result at the prices of now; None if gone."""
        return self._catalog.unit(key, self._clock.now())

    def _look_again(self) -> None:
        """Forget what was read once the catalogue changed or a minute is over.

        A price's period may begin in the next minute, without anybody's doing.
        """
        version, minute = self._catalog.version(), self._clock.now().unix_ms // 60_000
        if version != self._version:
            self._version = version
            self._categories = tuple(self._catalog.categories())
            self._hues = {c.category_id: c.hue for c in self._categories}
            self._tiles = {}
        if minute != self._minute:
            self._minute = minute
            self._tiles = {}

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
