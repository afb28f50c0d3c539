"""Items of the back office in believable states: the list, a card, its questions."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill

_BARCODE, _UNKNOWN = "9521001001373", "6977880012350"


class ItemScenes:
    """Plays with an empty till and somebody signed on who may change items.

    Args:
        place: an open scripted till.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand
        self._flow = place.screen.flow

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        yield from self._register()
        self._hand.press("tab_office")
        self._hand.press("go-items")
        yield "items"
        self._hand.press("itemShelf")
        yield "dialog_items_category"
        self._hand.press("dialogClose")
        self._hand.scan(_BARCODE)
        yield "items_card"
        self._hand.press("item_variants")
        self._hand.type_words("variantsFirst", "S, M, L")
        yield "dialog_items_variants"
        self._hand.press("dialogClose")
        self._hand.press("item_delete")
        yield "dialog_items_delete"
        self._hand.press("dialogClose")
        self._hand.scan(_UNKNOWN)
        yield "items_new"
        self._hand.press("tab_sale")

    def _register(self) -> Iterator[str]:
        self._hand.scan(_UNKNOWN)
        self._hand.press("problemRegister")
        self._hand.type_words("edit-register_name", "Cola 330 ml")
        self._hand.key_in("3.5")
        yield "dialog_register"
        self._hand.press("dialogClose")
        self._hand.press("problemDelete")
        self._flow.frame.drop_toast()
