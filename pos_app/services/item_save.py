"""What is to be saved of an item, and whether it still is what the person saw."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.errors import UserError
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.ports.item_listing import ItemPicture
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.item_form import ItemForm


@dataclass(frozen=True, slots=True)
class Seen:
    """An item as the person saw it when the card was opened."""

    item: ItemDraft
    digest: str = ""


@dataclass(frozen=True, slots=True)
class ItemSave:
    """What is to be saved.

    Attributes:
        form: as typed.
        seen: what the person saw; None for a new item.
        picture: another picture; None for the one there is.
        drops_picture: the picture is taken away.
        allows_free: somebody confirmed that a price is zero.
    """

    form: ItemForm
    seen: Seen | None = None
    picture: ItemPicture | None = None
    drops_picture: bool = False
    allows_free: bool = False


def refuse_changed(editor: ShopEditor, item_id: str, seen: Seen | None) -> None:
    """Refuse when the item is not any more as the person saw it."""
    now = editor.item(item_id)
    if now is None and seen is None:
        return
    is_same = seen is not None and now == seen.item
    if not is_same or seen is None or editor.picture_digest(item_id) != seen.digest:
        name = (now or (seen.item if seen else None)) or None
        raise UserError("item_changed_meanwhile", name=name.name if name else "")


def put_picture(editor: ShopEditor, what: ItemSave, before: str) -> str:
    """Store the picture that was chosen; return the digest of the one there is."""
    if what.picture is not None:
        editor.put_picture(what.form.item_id, what.picture)
        return what.picture.digest
    if what.drops_picture and before:
        editor.put_picture(what.form.item_id, None)
        return ""
    return before
