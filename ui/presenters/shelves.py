"""Categories and quick keys of the back office: arranged here, saved as one change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.item import Category, QuickKey
from pos_app.errors import UserError
from pos_app.i18n import _, current_language, plural
from pos_app.ports.catalog_editing import QuickKeyDraft
from pos_app.services.shelves import KEYS_LIMIT
from ui.keymap import Action
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.goods_view import GoodsView
from ui.presenters.key_board import KeyBoard, labelled, moved
from ui.presenters.sale_state import TileView
from ui.presenters.shelf_categories import ShelfCategories
from ui.presenters.shelves_state import (
    FAVOURITES,
    LANGUAGES,
    ChosenKeyView,
    ShelvesState,
)
from ui.presenters.two_line import TwoLineRow

FREE = ""


class ShelvesPart(ShelfCategories):
    """One page of tiles is open; one of its places may be chosen."""

    moved_by_key = Signal(int)
    """Up or down was pressed: -1 or +1 in what has the keyboard."""
    find_wanted = Signal()
    """The key for searching was pressed."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._goods = GoodsView(self.work)
        self.board = KeyBoard(self._read)
        self._search = ""
        self._chosen: str | None = None
        self._is_seeking: Callable[[], bool] = bool

    def ask_seeking(self, is_seeking: Callable[[], bool]) -> None:
        """Say who knows whether the search has the keyboard."""
        self._is_seeking = is_seeking

    @override
    def begin(self, subject: str = "") -> None:
        if subject:
            self._page, self._chosen = subject, None
        self.changed.emit()

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> ShelvesState:
        known = self.categories
        pages = self._pages(known)
        if self._page not in {row.key for row in pages}:
            self._page, self._chosen = FAVOURITES, None
        category = self._open_among(known)
        has_tab = category is None or category.parent_id is None
        at, last = self.place_among(category, known)
        return ShelvesState(
            pages=pages,
            page=self._page,
            title=next(row.title for row in pages if row.key == self._page),
            tiles=self._tiles() if has_tab else (),
            chosen=self._chosen,
            key=self._key_view(),
            search=self._search,
            found=self._goods.search(self._search) if self._search else (),
            currency=self.work.currency,
            is_changed=bool(self.board.changes),
            can_undo=self.board.has_steps or bool(self.board.saved),
            is_category=category is not None,
            has_tab=has_tab,
            can_go_up=at > 0,
            can_go_down=0 <= at < last,
            is_working=self.is_working,
        )

    def _pages(self, known: tuple[Category, ...]) -> tuple[TwoLineRow, ...]:
        count = self._count(FAVOURITES)
        rows = [TwoLineRow(FAVOURITES, _("Top"), count, icon="lightning")]
        for each in known:
            is_below = each.parent_id is not None
            detail = _("without a tab") if is_below else self._count(each.category_id)
            rows.append(
                TwoLineRow(
                    each.category_id,
                    each.name_in(current_language()),
                    detail,
                    indent=int(is_below),
                    stripe=each.hue,
                )
            )
        return tuple(rows)

    def _count(self, page: str) -> str:
        count = len(self.board.keys(_stored_page(page)))
        return plural("{count} key", "{count} keys", count)

    def _tiles(self) -> tuple[TileView, ...]:
        page, now = _stored_page(self._page), self._desk.clock.now()
        found = []
        for key in self.board.keys(page):
            unit = self._desk.catalog.unit(key.unit_id, now)
            if unit is not None:
                tile = QuickKey(page, key.position, unit, key.label, key.labels)
                found.append(self._goods.tile(tile))
        return tuple(found)

    def _keys(self) -> tuple[QuickKeyDraft, ...]:
        return self.board.keys(_stored_page(self._page))

    def _key_view(self) -> ChosenKeyView | None:
        keys = self._keys()
        at = next((i for i, x in enumerate(keys) if x.unit_id == self._chosen), -1)
        unit = self._goods.unit(self._chosen) if at >= 0 and self._chosen else None
        if unit is None:
            return None
        said = {**dict(keys[at].labels), self._desk.shop.language: keys[at].label}
        return ChosenKeyView(
            f"{unit.name_in(current_language())} {unit.variant}".strip(),
            tuple(said.get(tag, "") for tag in LANGUAGES),
            at > 0,
            at < len(keys) - 1,
        )

    def _read(self, page: str) -> tuple[QuickKey, ...]:
        return tuple(self._desk.catalog.quick_keys(page, self._desk.clock.now()))

    # ------------------------------------------------------------------- the tiles

    def on_page(self, page: str) -> None:
        """Another page was chosen."""
        self._page, self._chosen, self._search = page, None, ""
        self.changed.emit()

    def on_slot(self, key: str) -> None:
        """A tile was chosen, or the free place."""
        self._chosen, self._search = key, ""
        self.changed.emit()

    def on_moved(self, key: str, place: int) -> None:
        """A tile was put to another place."""
        self._change(moved(self._keys(), key, place))
        self._chosen = key
        self.changed.emit()

    def on_stepped(self, by: int) -> None:
        """The chosen tile was moved by a key: -1 or +1."""
        ids = [key.unit_id for key in self._keys()]
        if self._chosen in ids:
            place = ids.index(self._chosen) + by
            if 0 <= place < len(ids):
                self.on_moved(self._chosen, place)

    def on_taken_off(self) -> None:
        """The chosen tile goes from the page; the goods stay."""
        keys = self._keys()
        self._change(tuple(x for x in keys if x.unit_id != self._chosen))
        self._chosen = None
        self.changed.emit()

    def on_labels(self, texts: tuple[str, ...]) -> None:
        """Other short names were typed, in the order of `LANGUAGES`."""
        if self._chosen:
            labels = dict(zip(LANGUAGES, (x.strip() for x in texts), strict=True))
            own = self._desk.shop.language
            self._change(labelled(self._keys(), self._chosen, labels, own))
            self.changed.emit()

    def on_search(self, text: str) -> None:
        """Something was typed into the search of the free place."""
        self._search = text.strip()
        self.changed.emit()

    def on_found(self, unit_id: str) -> None:
        """Goods were found for the free place."""
        keys = self._keys()
        if any(x.unit_id == unit_id for x in keys):
            self.frame.refuse(UserError("quick_key_twice"))
        elif len(keys) >= KEYS_LIMIT:
            self.frame.refuse(UserError("quick_keys_full", limit=KEYS_LIMIT))
        else:
            self._change((*keys, QuickKeyDraft(len(keys), unit_id)))
            self._search = ""
        self.changed.emit()

    def _change(self, keys: tuple[QuickKeyDraft, ...]) -> None:
        category = self.category
        if category is None or category.parent_id is None:
            self.board.change(_stored_page(self._page), keys)

    def on_undo(self) -> None:
        """Take the last step back; with none left, what was saved last."""
        if self.board.has_steps:
            page = self.board.step_back()
            self._page, self._chosen = page or FAVOURITES, None
            self.changed.emit()
            return
        back = tuple(change.undone for change in self.board.saved)
        if back:
            self.store(lambda: self._shelves.arrange(back), self._on_taken_back)

    def _on_taken_back(self) -> None:
        self.board.settle(())
        self.frame.say(_("The keys are as they were before."))

    @override
    def unsaved(self) -> str:
        return _("Quick keys") if self.board.changes else ""

    @override
    def throw_away(self) -> None:
        self.board.settle(())
        self._chosen = None
        self.changed.emit()

    @override
    def save(self, then: Callable[[], None]) -> None:
        changes = self.board.changes

        def done() -> None:
            self.board.settle(changes)
            self.frame.say(_("The keys are saved; the counter shows them."))
            then()

        if changes:
            self.store(lambda: self._shelves.arrange(changes), done)
        else:
            then()

    # --------------------------------------------------------------- what is asked

    @override
    def takes_scan(self, code: str) -> bool:
        """Put what is scanned on the free place while its search is open."""
        if not self._is_seeking():
            return False
        return self.takes_goods(code, lambda unit: self.on_found(unit.unit_id))

    @override
    def takes_action(self, action: Action) -> bool:
        if action in {Action.UP, Action.DOWN}:
            self.moved_by_key.emit(-1 if action is Action.UP else 1)
        elif action is Action.UNDO:
            self.on_undo()
        elif action is Action.DELETE and self._chosen:
            self.on_taken_off()
        elif action is Action.FIND:
            self.on_slot(FREE)
            self.find_wanted.emit()
        else:
            return False
        return True


def _stored_page(page: str) -> str:
    return "" if page == FAVOURITES else page
