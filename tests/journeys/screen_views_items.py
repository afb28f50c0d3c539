"""The back office's items, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QScrollArea

from tests.journeys.screen_till import COLA_GTIN, UNKNOWN_GTIN, ScreenTill
from ui.presenters.items import ItemsPart

#: Views that show one item as it is kept, whatever the reader's language.
CARD_VIEWS = (
    *("item card", "a new item", "variants dialog"),
    *("delete question", "move question", "free question"),
)


def item_views(till: ScreenTill) -> Iterator[str]:
    """Show the views; begins and ends on the sale screen."""
    till.scan(UNKNOWN_GTIN)
    till.press("problemRegister")
    yield "register unknown goods"
    till.press("pick-register")
    yield "categories for unknown goods"
    till.flow.features.register.picker.leave()
    till.press("dialogClose")
    till.press("problemDelete")
    till.press("tab_office")
    till.press("go-items")
    part = till.flow.features.back_office.part
    assert isinstance(part, ItemsPart)
    yield "items, none open"
    till.press("itemShelf")
    yield "items, categories"
    till.press("dialogClose")
    till.scan(COLA_GTIN)
    yield from _card_views(till, part)
    till.scan(UNKNOWN_GTIN)
    yield "a new item"
    part.throw_away()
    till.press("segment-itemStanding-retired")
    yield "items, none retired"
    till.press("segment-itemStanding-all")
    till.press("tab_sale")


def _card_views(till: ScreenTill, part: ItemsPart) -> Iterator[str]:
    area = till.find("itemCard").findChildren(QScrollArea)[0]
    bar = area.verticalScrollBar()
    part.on_unit_added()
    part.on_waiting(0)
    for share in range(4):
        till.settle()
        bar.setValue(bar.maximum() * share // 3)
        yield f"item card, {share}"
    part.on_code(0, "6901234567890")
    part.on_typed("unit0.price", "-3")
    part.on_save()
    bar.setValue(0)
    yield "item card, refused"
    assert part.card is not None
    part.on_typed("unit0.price", "3.00")
    part.card.has_conflict = True
    part.changed.emit()
    yield "item card, changed by somebody else"
    part.throw_away()
    till.press("item_variants")
    till.type("S,M")
    yield "variants dialog"
    till.press("dialogClose")
    till.press("item_delete")
    yield "delete question"
    till.press("dialogClose")
    part.move_asked.emit(COLA_GTIN, "可乐")
    yield "move question"
    till.press("dialogClose")
    part.free_asked.emit()
    yield "free question"
    till.press("dialogClose")
