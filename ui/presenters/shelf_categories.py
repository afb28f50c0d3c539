"""The categories of the shop as the back office changes them."""

from __future__ import annotations

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.item import Category
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.shelves_state import FAVOURITES, LANGUAGES, CategoryForm


class ShelfCategories(BackOfficePart):
    """The half of the part that knows categories; one page is open."""

    category_stored = Signal()
    """The form of a category was stored."""
    category_refused = Signal(object)
    """It was refused: a GuitaiError."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._desk = self.work.counter.desk
        self._shelves = self.work.counter.shelves
        self._page = FAVOURITES

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories, each with those below it."""
        known = tuple(self._desk.catalog.categories())
        tops = [x for x in known if x.parent_id is None]
        return tuple(
            one
            for top in tops
            for one in (top, *(x for x in known if x.parent_id == top.category_id))
        )

    @property
    def category(self) -> Category | None:
        """The open page's category; None for the favourites."""
        return self._open_among(self.categories)

    def _open_among(self, known: tuple[Category, ...]) -> Category | None:
        return next((x for x in known if x.category_id == self._page), None)

    def place_among(
        self, category: Category | None, known: tuple[Category, ...]
    ) -> tuple[int, int]:
        """Return a category's place among its siblings, and the last place.

        Both come from one reading: another thread may be deleting it.
        """
        if category is None:
            return -1, -1
        siblings = [x for x in known if x.parent_id == category.parent_id]
        return siblings.index(category), len(siblings) - 1

    @override
    def on_refused(self, error: GuitaiError) -> None:
        """Say it where the category is edited, too."""
        super().on_refused(error)
        if error.key.startswith("category"):
            self.category_refused.emit(error)

    def form(self, *, is_new: bool) -> CategoryForm:
        """Return the form of the open category, or of a new one."""
        category = self.category
        if is_new or category is None:
            return CategoryForm()
        own = self._desk.shop.language
        said = {**dict(category.names), own: category.name}
        return CategoryForm(
            category.category_id,
            tuple(said.get(tag, "") for tag in LANGUAGES),
            category.hue,
            category.parent_id or "",
        )

    def on_category(self, form: CategoryForm) -> None:
        """A category was typed: add or change it."""
        own = self._desk.shop.language
        names = {
            tag: text.strip()
            for tag, text in zip(LANGUAGES, form.names, strict=True)
            if text.strip()
        }
        name = names.pop(own, "") or next(iter(names.values()), "")
        category = Category(
            form.category_id,
            name,
            tuple(names.items()),
            0,
            form.hue,
            form.parent_id or None,
        )
        try:
            self._shelves.put_category(category)
        except GuitaiError as error:
            if error.key.startswith("category"):
                self.category_refused.emit(error)
                return

        def then() -> None:
            self.frame.say(_("Category stored: {name}", name=name))
            self.category_stored.emit()

        self.store(lambda: self._shelves.put_category(category), then)

    def on_category_stepped(self, by: int) -> None:
        """Move the open category among its siblings: -1 or +1."""
        known = self.categories
        category = self._open_among(known)
        if category is None:
            return
        siblings = [x for x in known if x.parent_id == category.parent_id]
        place = siblings.index(category) + by
        if 0 <= place < len(siblings):
            self.on_category_dropped(category.category_id, siblings[place].category_id)

    def on_category_dropped(self, key: str, onto: str) -> None:
        """A category was dragged to the place of another."""
        ids = [x.category_id for x in self.categories]
        if key not in ids or onto not in ids or key == onto:
            return
        place = ids.index(onto)
        ids.remove(key)
        ids.insert(place, key)
        self.store(lambda: self._shelves.order(ids), lambda: None)

    def on_category_deleted(self, move_to: str) -> None:
        """Take the open category away; its items go to another, "" for none."""
        category = self.category
        if category is None:
            return
        key, name = category.category_id, category.name_in(current_language())

        def then() -> None:
            self.frame.say(_("Category deleted: {name}", name=name))
            self.category_stored.emit()

        self.store(lambda: self._shelves.delete(key, move_to or None), then)
