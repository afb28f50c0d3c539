"""The shop's shelves on the screen: categories, and the pages of quick keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pos_app.domain.item import Category
from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.catalog_editing import QuickKeyDraft
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.catalog_change import change_note, differences
from pos_app.services.desk import Desk
from pos_app.services.typed_text import typed_text

#: The kinds of shelves that have a colour (resources/tokens.json).
HUES = ("food", "drinks", "coffee", "household", "wear", "services")
NAME_LIMIT, LABEL_LIMIT = 24, 24
#: A page that nobody scrolls to the end of; and tabs that nobody finds.
KEYS_LIMIT, CATEGORIES_LIMIT = 96, 60

Keys = tuple[QuickKeyDraft, ...]


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page of tiles as a person found it and as they leave it.

    Attributes:
        page: category id, or "" for the favourites.
        before: as it was read. after: in the order wanted.
    """

    page: str
    before: Keys
    after: Keys

    @property
    def undone(self) -> PageChange:
        """The change that takes this one back."""
        return PageChange(self.page, self.after, self.before)


def numbered(keys: Sequence[QuickKeyDraft]) -> Keys:
    """Return tiles with positions in their order, without a gap."""
    return tuple(replace(key, position=at) for at, key in enumerate(keys))


class ShelfService:
    """Checks what is wanted of categories and tiles; the screen stores it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------------ quick keys

    def arrange(self, changes: Sequence[PageChange]) -> CatalogChange:
        """Return the change that stores pages as they were arranged, all as one.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "quick_key_twice", "quick_keys_full", "quick_key_label"; from
                the edit "quick_keys_moved" where somebody else was quicker.
        """
        self._desk.allow(Demand(Permission.ITEMS, "quick_keys"))
        stamp = self._desk.stamp()
        wanted = [
            PageChange(x.page, numbered(x.before), numbered(_checked(x.after)))
            for x in changes
        ]

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            notes = []
            for change in wanted:
                if numbered(editor.quick_keys(change.page)) != change.before:
                    raise UserError("quick_keys_moved")
                if change.before != change.after:
                    editor.put_quick_keys(change.page, change.after)
                    notes.append(self._keys_note(stamp, change))
            return notes

        return CatalogChange(stamp, edit)

    def _keys_note(self, stamp: Stamp, change: PageChange) -> JournalNote:
        return change_note(
            self._desk,
            EntryKind.QUICK_KEYS_CHANGED,
            stamp,
            before={"keys": _told_keys(change.before)},
            after={"keys": _told_keys(change.after)},
            page=change.page,
        )

    # ------------------------------------------------------------------ categories

    def put_category(self, category: Category) -> CatalogChange:
        """Return the change that adds or changes a category; "" as id adds one.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "category_name", "category_hue"; from the edit
                "category_name_taken", "category_parent", "category_gone",
                "categories_full".
        """
        self._desk.allow(Demand(Permission.ITEMS, "categories"))
        stamp = self._desk.stamp()
        wanted = _checked_category(category)
        is_new = not category.category_id
        if is_new:
            wanted = replace(wanted, category_id=self._desk.ids.new())

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            known = {x.category_id: x for x in editor.categories()}
            before = known.get(wanted.category_id)
            if before is None and not is_new:
                raise UserError("category_gone")
            if is_new and len(known) >= CATEGORIES_LIMIT:
                raise UserError("categories_full", limit=CATEGORIES_LIMIT)
            _refuse_taken(wanted, known)
            _refuse_parent(wanted, known)
            last = max((x.position for x in known.values()), default=-1) + 1
            place = before.position if before else last
            after = replace(wanted, position=place)
            if after == before:
                return []
            editor.put_categories([after])
            return [self._note(stamp, before, after)]

        return CatalogChange(stamp, edit)

    def order(self, ids: Sequence[str]) -> CatalogChange:
        """Return the change that puts the categories in an order.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: from the edit "category_gone" where the list is another now.
        """
        self._desk.allow(Demand(Permission.ITEMS, "categories"))
        stamp, wanted = self._desk.stamp(), list(ids)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            known = {x.category_id: x for x in editor.categories()}
            if sorted(known) != sorted(wanted):
                raise UserError("category_gone")
            before = list(known)
            if before == wanted:
                return []
            editor.put_categories(
                [replace(known[key], position=at) for at, key in enumerate(wanted)]
            )
            told = change_note(
                self._desk,
                EntryKind.CATEGORY_CHANGED,
                stamp,
                before={"order": before},
                after={"order": wanted},
            )
            return [told]

        return CatalogChange(stamp, edit)

    def delete(self, category_id: str, move_to: str | None = None) -> CatalogChange:
        """Return the change that takes a category away.

        Args:
            category_id: which.
            move_to: where its items go; None only where it is empty.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: from the edit "category_gone", "category_has_items" with
                their count, "category_has_children".
        """
        self._desk.allow(Demand(Permission.ITEMS, "categories"))
        stamp = self._desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            known = {x.category_id: x for x in editor.categories()}
            before = known.get(category_id)
            gone = move_to is not None and move_to not in known
            if before is None or gone or move_to == category_id:
                raise UserError("category_gone")
            if any(x.parent_id == category_id for x in known.values()):
                raise UserError("category_has_children", name=before.name)
            count = editor.count_items(category_id)
            if count and move_to is None:
                raise UserError("category_has_items", name=before.name, count=count)
            editor.move_items(category_id, move_to)
            editor.drop_category(category_id)
            return [self._note(stamp, before, None, moved_to=move_to or "")]

        return CatalogChange(stamp, edit)

    def _note(
        self, stamp: Stamp, before: Category | None, after: Category | None, **more: str
    ) -> JournalNote:
        was = _told_category(before) if before else {}
        now = _told_category(after) if after else {}
        told_before, told_after = differences(was, now)
        known = before or after
        assert known is not None
        return change_note(
            self._desk,
            EntryKind.CATEGORY_CHANGED,
            stamp,
            before=told_before if before else None,
            after=told_after if after else None,
            category_id=known.category_id,
            **more,
        )


def _checked(keys: Keys) -> Keys:
    if len(keys) > KEYS_LIMIT:
        raise UserError("quick_keys_full", limit=KEYS_LIMIT)
    if len({key.unit_id for key in keys}) != len(keys):
        raise UserError("quick_key_twice")
    return tuple(_checked_key(key) for key in keys)


def _checked_key(key: QuickKeyDraft) -> QuickKeyDraft:
    label = typed_text(key.label, LABEL_LIMIT + 1)
    labels = {tag: typed_text(text, LABEL_LIMIT + 1) for tag, text in key.labels}
    if max(map(len, (label, *labels.values()))) > LABEL_LIMIT:
        raise UserError("quick_key_label", limit=LABEL_LIMIT)
    kept = tuple((tag, text) for tag, text in labels.items() if text)
    return replace(key, label=label, labels=kept)


def _checked_category(category: Category) -> Category:
    name = typed_text(category.name, NAME_LIMIT + 1)
    names = {tag: typed_text(text, NAME_LIMIT + 1) for tag, text in category.names}
    if not name or max(map(len, (name, *names.values()))) > NAME_LIMIT:
        raise UserError("category_name", limit=NAME_LIMIT)
    if category.hue not in HUES:
        raise UserError("category_hue")
    kept = tuple((tag, text) for tag, text in names.items() if text)
    return replace(category, name=name, names=kept)


def _refuse_taken(wanted: Category, known: Mapping[str, Category]) -> None:
    taken = (
        other.name == wanted.name and key != wanted.category_id
        for key, other in known.items()
    )
    if any(taken):
        raise UserError("category_name_taken", name=wanted.name)


def _refuse_parent(wanted: Category, known: Mapping[str, Category]) -> None:
    """Refuse a parent that is none: tabs have one level below them."""
    if wanted.parent_id is None:
        return
    parent = known.get(wanted.parent_id)
    has_children = any(x.parent_id == wanted.category_id for x in known.values())
    is_own = wanted.parent_id == wanted.category_id
    if parent is None or parent.parent_id is not None or has_children or is_own:
        raise UserError("category_parent", name=wanted.name)


def _told_category(category: Category) -> dict[str, object]:
    return {
        "name": category.name,
        "names": dict(category.names),
        "hue": category.hue,
        "parent": category.parent_id or "",
        "position": category.position,
    }


def _told_keys(keys: Keys) -> list[dict[str, object]]:
    return [
        {"unit": key.unit_id, "label": key.label, "labels": dict(key.labels)}
        for key in keys
    ]
