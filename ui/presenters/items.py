"""Items in the back office: a list, one open card, and what is done with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.ports.item_listing import ItemPicture, Standing
from pos_app.services.item_form import CodeForm, ItemForm
from pos_app.services.item_picture import read_picture_file
from pos_app.services.item_save import Seen
from pos_app.values.gs1.gtin import barcode_key, clean_code
from ui.keymap import Action
from ui.presenters.frame_state import Tone
from ui.presenters.item_card import ItemCard
from ui.presenters.item_changes import ItemChanges
from ui.presenters.item_state import ItemsState

#: Before the barcode of an item that is to be registered, in what the part opens.
REGISTER = "code:"


class ItemsPart(ItemChanges):
    """Lists, opens and changes items."""

    @property
    @override
    def state(self) -> ItemsState:
        card = self.card
        return ItemsState(
            words=self.list.words,
            standing=self.list.standing.value,
            category=self.list.shelf_words(),
            rows=self.list.rows,
            has_more=self.list.after is not None,
            chosen=card.form.item_id if card else "",
            card=card.view(self.list) if card else None,
            is_working=self.is_working,
            is_locked=self.work.counter.desk.needs_approval(Permission.ITEMS),
        )

    @override
    def begin(self, subject: str = "") -> None:
        """Open the part as it was left, an item, or a new one: "code:BARCODE"."""
        staff = self.work.counter.desk.session.staff
        who = staff.staff_id if staff else ""
        if who != self._typist:
            self._typist, self.card = who, None
        if not self.list.rows:
            self.list.look()
        self.list.look_again()
        if subject.startswith(REGISTER):
            self.register(subject.removeprefix(REGISTER))
        elif subject:
            self.open(subject)
        elif self.card is not None and not self.card.is_changed:
            self._show(self.card.form.item_id)

    # ------------------------------------------------------------------ the list

    def on_words(self, words: str) -> None:
        """Search while somebody types."""
        self.list.words = words
        self._look()

    def on_standing(self, key: str) -> None:
        """List what is sold, what is not any more, or both."""
        self.list.standing = Standing(key)
        self._look()

    def on_shelf(self, key: str) -> None:
        """List one category with all below it."""
        self.list.shelf = key
        self._look()

    def on_more(self) -> None:
        """The list was scrolled near its end."""
        if self.list.more():
            self.changed.emit()

    def _look(self) -> None:
        self.list.look()
        self.changed.emit()

    def step(self, by: int) -> None:
        """Open the neighbour in the list."""
        keys = [row.key for row in self.list.rows]
        chosen = self.card.form.item_id if self.card else ""
        at = keys.index(chosen) + by if chosen in keys else 0
        if 0 <= at < len(keys):
            self.open(keys[at])

    # ------------------------------------------------------------------ the card

    def open(self, item_id: str) -> None:
        """Open an item's card, once what is typed is settled."""
        is_open = self.card is not None and self.card.form.item_id == item_id
        if not is_open:
            self._leaving(lambda: self._show(item_id))

    def on_new(self, code: str = "") -> None:
        """Begin a new item."""
        self._leaving(lambda: self._begin(self.work.counter.new_items.blank(code)))

    def register(self, code: str) -> None:
        """Begin a new item for a stock document; saved or given up, back to that."""
        self._leaving(lambda: self._register(code))

    def _register(self, code: str) -> None:
        self._begin(self.work.counter.new_items.blank(clean_code(code)))
        self._registering = self.card.form.item_id if self.card else ""

    @override
    def _stored(self, item_id: str, said: str) -> None:
        super()._stored(item_id, said)
        self._return(item_id)

    def _return(self, item_id: str) -> None:
        """Go back to the document that asked for an item."""
        asked, self._registering = self._registering, ""
        if asked and asked == item_id:
            self.left.emit("stock")

    def on_labels(self) -> None:
        """Print labels of the item."""
        if self.card is not None and self.card.seen is not None:
            self.left.emit(f"labels:item:{self.card.form.item_id}")

    def on_copy(self) -> None:
        """Begin another item like the open one."""
        seen = self.card.seen if self.card else None
        if seen is not None:
            self._leaving(
                lambda: self._begin(self.work.counter.new_items.copy(seen.item))
            )

    def _begin(self, form: ItemForm) -> None:
        self.card = ItemCard(self.work, form, None)
        self.changed.emit()
        self.name_wanted.emit()

    def on_typed(self, key: str, value: object) -> None:
        """A field was typed into, or something was chosen."""
        if self.card is not None:
            self.card.type(key, value)
            self.changed.emit()

    def on_unit_added(self) -> None:
        """Add a box."""
        if self.card is not None:
            self.card.add_unit(self.work.counter.new_items.unit())
            self.changed.emit()

    def on_unit_removed(self, at: int) -> None:
        """Take a unit away."""
        if self.card is not None:
            self.card.remove_unit(at)
            self.changed.emit()

    # ------------------------------------------------------------------- barcodes

    def on_waiting(self, at: int) -> None:
        """The next scan is a barcode of this unit; asked again, it is not."""
        if self.card is not None:
            self.card.waits_for = -1 if self.card.waits_for == at else at
            self.changed.emit()

    def on_code(self, at: int, text: str, *, is_read: bool = False) -> None:
        """Add a barcode; one that belongs to another item is asked about."""
        card = self.card
        code = card.checked_code(at, text, is_read=is_read) if card else ""
        if card is not None and code:
            owner = self._owner(code, card.form.item_id)
            if owner is None:
                card.add_code(at, CodeForm(code, is_read=is_read))
            else:
                self._moving = (at, CodeForm(code, owner.item.item_id, is_read))
                self.move_asked.emit(code, owner.item.name)
        self.changed.emit()

    def on_moved(self) -> None:
        """The person means it: the barcode moves to this item when it is saved."""
        moving, self._moving = self._moving, None
        if self.card is not None and moving is not None:
            self.card.add_code(*moving)
            self.changed.emit()

    def on_code_made(self, at: int) -> None:
        """Add a barcode of the shop's own."""
        if self.card is None:
            return
        used = [code.code for code in self.card.form.codes()]
        try:
            code = self.work.counter.new_items.in_store_code(used)
        except UserError as error:
            self.card.refuse_code(at, error)
        else:
            self.card.add_code(at, CodeForm(code))
        self.changed.emit()

    def on_code_removed(self, at: int, code: str) -> None:
        """Take a barcode away."""
        if self.card is not None:
            self.card.remove_code(at, code)
            self.changed.emit()

    def _owner(self, code: str, item_id: str) -> Seen | None:
        """Return which other item has exactly this barcode."""
        found = self.work.counter.desk.catalog.listing.id_of_code(code)
        seen = self.work.counter.items.seen(found) if found else None
        if seen is None or found == item_id:
            return None
        keys = {barcode_key(x) for unit in seen.item.units for x in unit.barcodes}
        return seen if barcode_key(code) in keys else None

    # ------------------------------------------------------------------- pictures

    def on_picture_file(self, path: str) -> None:
        """Read a picture behind the screen."""
        item_id = self.card.form.item_id if self.card else ""
        task = self.place.runner.run(lambda: read_picture_file(Path(path)))
        task.then(partial(self._on_picture, item_id)).otherwise(self._on_no_picture)

    def _on_picture(self, item_id: str, picture: ItemPicture) -> None:
        # Meanwhile another item's card may have been opened.
        if self.card is not None and self.card.form.item_id == item_id:
            self.card.picture, self.card.drops_picture = picture, False
            self.card.problems.pop("picture", None)
            self.changed.emit()

    def _on_no_picture(self, error: GuitaiError) -> None:
        self.frame.refuse(error)

    def on_picture_dropped(self) -> None:
        """Take the picture away."""
        if self.card is not None:
            self.card.picture, self.card.drops_picture = None, True
            self.changed.emit()

    # ----------------------------------------------------------------------- keys

    @override
    def takes_scan(self, code: str) -> bool:
        card = self.card
        if card is not None and card.waits_for >= 0:
            self.on_code(card.waits_for, clean_code(code), is_read=True)
            return True
        found = self.work.counter.desk.catalog.listing.id_of_code(code)
        if found is None:
            self.frame.say(_("Not known yet: a new item begins"), Tone.INFO)
            self.on_new(clean_code(code))
        else:
            self.open(found)
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.FIND:
            self.search_wanted.emit()
        elif action is Action.PAY:
            if self.card is not None and self.card.is_changed:
                self.on_save()
        elif action in {Action.UP, Action.DOWN}:
            self.step(-1 if action is Action.UP else 1)
        elif action is Action.ESCAPE:
            return self._step_back()
        else:
            return False
        return True

    def _step_back(self) -> bool:
        """Leave the scan waited for, the search, the card; False when all are left."""
        card = self.card
        if card is not None and card.waits_for >= 0:
            card.waits_for = -1
            self.changed.emit()
        elif self.list.words:
            self.on_words("")
        elif card is not None:
            item_id = card.form.item_id
            self._leaving(lambda: self._close(item_id))
        else:
            return False
        return True

    def _close(self, item_id: str) -> None:
        self.card = None
        self.changed.emit()
        self._return(item_id)
