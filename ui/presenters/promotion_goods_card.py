"""The card of goods: what a promotion is for, by search, scan, category, brand, tag."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.documents.promotion_speech import GoodsKind
from pos_app.domain.item import SellingUnit
from pos_app.domain.promotion.selector import ALL_GOODS, NO_GOODS, GoodsSet, Selector
from pos_app.i18n import _, current_language
from ui.presenters.frame_state import Tone
from ui.presenters.promotion_names import GoodsNames
from ui.presenters.promotions_state import GoodsView
from ui.presenters.two_line import TwoLineRow
from ui.presenters.unit_name import unit_name
from ui.presenters.workplace import Workplace

_FOUND = 40
INCLUDE, EXCLUDE = "include", "exclude"
EVERYTHING = "everything"
#: How a list of a set is named in a row's key.
_LISTS = {
    "category": "category_ids",
    "brand": "brands",
    "tag": "tags",
    "item": "item_ids",
    "unit": "unit_ids",
}
_ICONS = {
    "category": "tree-structure",
    "brand": "storefront",
    "tag": "tag",
    "item": "package",
    "unit": "package",
}


class GoodsCard:
    """Shows the goods of one blank, and changes them."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self.side, self.search = INCLUDE, ""

    def open(self) -> None:
        """Begin with what is included, nothing searched for."""
        self.side, self.search = INCLUDE, ""

    # --------------------------------------------------------------- what to show

    def view(self, selector: Selector) -> GoodsView:
        """Return what the card shows for goods."""
        return GoodsView(
            sides=(
                (INCLUDE, _("It is for")),
                (EXCLUDE, _("Never for")),
            ),
            side=self.side,
            search=self.search,
            rows=tuple(self._rows(selector)),
            is_everything=selector.include.everything,
        )

    def _rows(self, selector: Selector) -> Iterator[TwoLineRow]:
        chosen = self._shown(selector)
        if self.search:
            yield from self._found(chosen)
            return
        if self.side == INCLUDE:
            yield self._row(EVERYTHING, "", _("All goods"), is_on=chosen.everything)
        yield from self._chosen(chosen)
        yield from self._offered(chosen, "")

    def _chosen(self, chosen: GoodsSet) -> Iterator[TwoLineRow]:
        names = GoodsNames(self._work.counter.desk.catalog, self._work)
        for kind, field in _LISTS.items():
            for key in getattr(chosen, field):
                words = key
                if kind in {"category", "item", "unit"}:
                    words = names(GoodsKind(kind), key) or _("no longer sold")
                yield self._row(kind, key, words, is_on=True)

    def _offered(self, chosen: GoodsSet, part: str) -> Iterator[TwoLineRow]:
        """Yield categories, brands and tags that are not chosen."""
        catalog, language = self._work.counter.desk.catalog, current_language()
        known = [
            ("category", x.category_id, x.name_in(language))
            for x in catalog.categories()
        ]
        known += [("brand", name, name) for name in catalog.brands()]
        known += [("tag", name, name) for name in catalog.tags()]
        for kind, key, words in known:
            is_meant = part.casefold() in words.casefold()
            if is_meant and key not in getattr(chosen, _LISTS[kind]):
                yield self._row(kind, key, words, is_on=False)

    def _found(self, chosen: GoodsSet) -> Iterator[TwoLineRow]:
        desk = self._work.counter.desk
        yield from self._offered(chosen, self.search)
        for unit in desk.catalog.search(self.search, desk.clock.now(), _FOUND):
            kind, key = self._key_of(unit)
            is_on = key in getattr(chosen, _LISTS[kind])
            yield self._row(kind, key, unit_name(unit), is_on=is_on)

    def _row(self, kind: str, key: str, words: str, *, is_on: bool) -> TwoLineRow:
        kinds = {
            EVERYTHING: _("the whole shop"),
            "category": _("category"),
            "brand": _("brand"),
            "tag": _("tag"),
            "item": _("goods"),
            "unit": _("goods"),
        }
        mark = ""
        if is_on:
            mark = _("chosen") if self.side == INCLUDE else _("excluded")
        tone = Tone.GOOD if self.side == INCLUDE else Tone.WARN
        icon = _ICONS.get(kind, "basket")
        return TwoLineRow(
            f"{kind}:{key}", words, kinds[kind], mark=mark, tone=tone, icon=icon
        )

    # ----------------------------------------------------------------- what is done

    def toggled(self, selector: Selector, row: str) -> Selector:
        """Return goods with a row's put in, or taken out again."""
        kind, _colon, key = row.partition(":")
        shown = self._shown(selector)
        if kind == EVERYTHING:
            everything = NO_GOODS if shown.everything else ALL_GOODS
            return replace(selector, include=everything)
        field = _LISTS[kind]
        before: tuple[str, ...] = getattr(shown, field)
        after = tuple(x for x in before if x != key)
        if key not in before:
            after = (*before, key)
        lists = {field: after}
        changed = replace(shown, **lists)  # type: ignore[arg-type]
        if self.side == INCLUDE:
            return replace(selector, include=replace(changed, everything=False))
        return replace(selector, exclude=changed)

    def with_unit(self, selector: Selector, unit: SellingUnit) -> Selector:
        """Return goods with what was scanned; what is there stays."""
        kind, key = self._key_of(unit)
        if key in getattr(self._shown(selector), _LISTS[kind]):
            return selector
        return self.toggled(selector, f"{kind}:{key}")

    def _shown(self, selector: Selector) -> GoodsSet:
        return selector.include if self.side == INCLUDE else selector.exclude

    def _key_of(self, unit: SellingUnit) -> tuple[str, str]:
        """Return what stands for goods: the item, or the unit where it has several.

        A price for a bottle is none for the box of 24.
        """
        item = self._work.counter.desk.catalog.listing.item(unit.item_id)
        if item is not None and len(item.units) > 1:
            return "unit", unit.unit_id
        return "item", unit.item_id
