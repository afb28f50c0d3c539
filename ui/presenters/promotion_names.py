"""Tells promotions in the cashier's language, with the catalogue's names."""

from __future__ import annotations

from pos_app.documents.promotion_speech import GoodsKind, Speech
from pos_app.i18n import current_language
from pos_app.ports.catalog import Catalog
from ui.presenters.label_list import unit_name
from ui.presenters.workplace import Workplace


class GoodsNames:
    """Names goods by id, and remembers them for as long as one page is painted."""

    def __init__(self, catalog: Catalog, work: Workplace) -> None:
        self._catalog, self._work = catalog, work
        self._known: dict[tuple[GoodsKind, str], str] = {}

    def __call__(self, kind: GoodsKind, goods_id: str) -> str:
        """Return the name of goods; "" for what is gone."""
        key = (kind, goods_id)
        if key not in self._known:
            self._known[key] = self._look(kind, goods_id)
        return self._known[key]

    def _look(self, kind: GoodsKind, goods_id: str) -> str:
        language = current_language()
        if kind is GoodsKind.CATEGORY:
            found = (x for x in self._catalog.categories() if x.category_id == goods_id)
            return next((x.name_in(language) for x in found), "")
        if kind is GoodsKind.UNIT:
            now = self._work.counter.desk.clock.now()
            unit = self._catalog.unit(goods_id, now)
            return unit_name(unit) if unit else ""
        item = self._catalog.listing.item(goods_id)
        if item is None:
            return ""
        name = dict(item.names).get(language, item.name)
        return f"{name} {item.variant}".strip()


def speech_for(work: Workplace, catalog: Catalog | None = None) -> Speech:
    """Return who tells promotions on the screen, in the language in use.

    Args:
        work: the till's services.
        catalog: of the thread that asks; None for the screen's own.
    """
    known = catalog if catalog is not None else work.counter.desk.catalog
    return Speech(current_language(), work.currency, GoodsNames(known, work), work.zone)
