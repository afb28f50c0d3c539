"""What is done with the open item: saved, retired, deleted, varied; whole or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.item_listing import ItemPicture
from pos_app.services.item_form import CodeForm, ItemForm, rebased
from pos_app.services.item_variants import listed_values
from pos_app.services.session import ApprovalNeeded
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.item_card import ItemCard
from ui.presenters.item_list import ItemList


class ItemChanges(BackOfficePart):
    """Keeps the list and the open card, and changes the catalogue."""

    unsaved_asked = Signal(object)
    """Another card is wanted while this one is not saved; what then goes on."""
    move_asked = Signal(str, str)
    """A barcode belongs to another item: the code, and the other item's name."""
    free_asked = Signal()
    """A price is zero: is that meant?"""
    delete_asked = Signal(str, bool)
    """An item is to be deleted: its name, and whether it may be."""
    search_wanted = Signal()
    """The keyboard goes to the search field."""
    name_wanted = Signal()
    """The keyboard goes to the name of a new item."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self.list = ItemList(self.work)
        self.card: ItemCard | None = None
        self._moving: tuple[int, CodeForm] | None = None
        self._typist = ""
        self._sent: tuple[ItemForm, ItemPicture | None] | None = None
        self._registering = ""  # the new item that another part waits for
        self._is_free_meant = False
        self._then: Callable[[], None] = _nothing

    @override
    def unsaved(self) -> str:
        return self.card.name if self.card and self.card.is_changed else ""

    @override
    def throw_away(self) -> None:
        if self.card is not None and self.card.seen is not None:
            self._show(self.card.form.item_id)
        else:
            self.card = None
        self.changed.emit()

    @override
    def save(self, then: Callable[[], None]) -> None:
        """Save the card; ask first whether goods shall really cost nothing."""
        card = self.card
        if card is None:
            return
        if card.free_prices() and not self._is_free_meant:
            self._then = then
            self.free_asked.emit()
            return
        allows_free, self._is_free_meant = self._is_free_meant, False
        what, item_id = card.as_save(allows_free=allows_free), card.form.item_id

        def on_stored() -> None:
            self._stored(item_id, _("Saved: {name}", name=card.name))
            then()

        sent = (card.form, card.picture)
        self._change(lambda: self.work.counter.items.save(what), on_stored, sent)

    def on_free_meant(self) -> None:
        """The person means it: these goods cost nothing."""
        self._is_free_meant = True
        self.save(self._then)

    def _show(self, item_id: str) -> None:
        seen = self.work.counter.items.seen(item_id)
        self.card = None
        if seen is not None:
            form = self.work.counter.items.form(seen.item)
            self.card = ItemCard(self.work, form, seen)
        self.changed.emit()

    def _leaving(self, go_on: Callable[[], None]) -> None:
        if self.is_working:
            return
        if self.unsaved():
            self.unsaved_asked.emit(go_on)
        else:
            go_on()

    # -------------------------------------------------------------------- changes

    def on_save(self) -> None:
        """Save the card."""
        self.save(lambda: None)

    def on_retire(self) -> None:
        """Sell the item no more, or again."""
        seen = self.card.seen if self.card else None
        if seen is None:
            return
        is_active = not seen.item.is_active
        name, item_id = seen.item.name, seen.item.item_id
        words = _("On sale again: {name}") if is_active else _("Sold no more: {name}")
        said = words.format(name=name)
        items = self.work.counter.items
        self._leaving(
            lambda: self._change(
                lambda: items.set_active(seen, is_active=is_active),
                lambda: self._stored(item_id, said),
            )
        )

    def on_delete(self) -> None:
        """Ask before an item is gone; what has history is retired instead."""
        card = self.card
        if card is not None and card.seen is not None:
            has_history = self.work.counter.items.has_history(card.form.item_id)
            self.delete_asked.emit(card.name, not has_history)

    def on_delete_meant(self) -> None:
        """The person means it."""
        card = self.card
        if card is None or card.seen is None:
            return
        seen, name = card.seen, card.name

        def on_gone() -> None:
            self.card = None
            self.list.look_again()
            self.frame.say(_("Deleted: {name}", name=name))

        self._change(lambda: self.work.counter.items.delete(seen), on_gone)

    def on_variants(self, colours: str, sizes: str) -> None:
        """Make the variants of colours and sizes that are missing."""
        seen = self.card.seen if self.card else None
        if seen is None:
            return
        axes = [listed_values(colours), listed_values(sizes)]
        item_id = seen.item.item_id
        items = self.work.counter.items
        self._change(
            lambda: items.add_variants(seen, axes),
            lambda: self._stored(item_id, _("The variants are there")),
        )

    def on_keep_mine(self) -> None:
        """What was typed stays, over what somebody else made of the item."""
        card = self.card
        seen = self.work.counter.items.seen(card.form.item_id) if card else None
        if card is not None and seen is not None:
            card.lay_over(seen)
        elif card is not None:
            card.seen, card.has_conflict = None, False  # deleted: saved, it is new
        self.changed.emit()

    def _change(
        self,
        make: Callable[[], CatalogChange],
        then: Callable[[], None],
        sent: tuple[ItemForm, ItemPicture | None] | None = None,
    ) -> None:
        """Store a change; what is refused stands at its field, too.

        Args:
            make: returns the change, or refuses it.
            then: called once it is stored.
            sent: what the change stores of the card; None for nothing of what is
                typed there.
        """
        if self.is_working:
            return
        card = self.card
        self._sent = sent or ((card.opened, None) if card else None)

        def checked() -> CatalogChange:
            try:
                return make()
            except ApprovalNeeded:
                raise
            except UserError as error:
                self._mark(error)
                raise

        title = self.card.name if self.card else ""
        self.store(checked, then, ApprovalWords(title=title))

    def _mark(self, error: GuitaiError) -> None:
        if self.card is not None:
            self.card.on_refused(error)
            self.changed.emit()

    @override
    def on_refused(self, error: GuitaiError) -> None:
        self._mark(error)
        super().on_refused(error)

    def _stored(self, item_id: str, said: str) -> None:
        typed, sent = self.card, self._sent
        self._show(item_id)
        card = self.card
        if typed and card and sent and typed.form.item_id == item_id:
            # A slow disk: what was typed, and chosen, since then is not stored yet.
            card.form = rebased(typed.form, sent[0], card.form)
            if typed.picture is not sent[1]:
                card.picture = typed.picture
        self.list.look_again()
        self.frame.say(said)


def _nothing() -> None:
    """Nothing waits for the card to be saved."""
