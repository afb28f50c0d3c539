"""The card of one item: what is typed, what it was, and what was refused."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import N_, _, current_language
from pos_app.ports.item_listing import ItemPicture
from pos_app.services.item_form import CodeForm, ItemForm, UnitForm, rebased
from pos_app.services.item_reading import check_typed_code
from pos_app.services.item_save import ItemSave, Seen
from pos_app.values.gs1.gtin import barcode_key
from pos_app.values.money import parse_minor
from pos_app.values.quantity import from_thousandths
from ui.format import quantity, symbol_of
from ui.messages import explain
from ui.presenters.item_list import ItemList
from ui.presenters.item_state import ItemCardView
from ui.presenters.workplace import Workplace

_LANGUAGES = {
    "zh-CN": N_("Name in simplified Chinese"),
    "zh-TW": N_("Name in traditional Chinese"),
    "en": N_("Name in English"),
}


class ItemCard:
    """Holds one form; every method that changes it returns nothing."""

    def __init__(self, work: Workplace, form: ItemForm, seen: Seen | None) -> None:
        self._work = work
        self.form, self.opened = form, form
        self.seen = seen
        self.picture: ItemPicture | None = None
        self.drops_picture = False
        self.waits_for = -1
        self.has_conflict = False
        self.problems: dict[str, str] = {}
        listing = work.counter.desk.catalog.listing
        stored = listing.picture(form.item_id) if seen else None
        self._stored = stored.image if stored else b""
        self._has_history = seen is None or work.counter.items.has_history(form.item_id)

    @property
    def is_changed(self) -> bool:
        """Tell whether something was typed that is not saved."""
        has_picture = self.picture is not None or self.drops_picture
        return self.form != self.opened or has_picture

    @property
    def name(self) -> str:
        """What the item is called on its card."""
        return self.form.name.strip() or _("New item")

    # -------------------------------------------------------------------- typing

    def type(self, key: str, value: object) -> None:
        """Take over what was typed into a field, or chosen."""
        self.problems.pop(key, None)
        if key.startswith("unit"):
            at, _dot, field = key.removeprefix("unit").partition(".")
            self._change_unit(int(at), **{field: value})
        elif key.startswith("name."):
            names = {**dict(self.form.names), key.removeprefix("name."): str(value)}
            kept = tuple((tag, text) for tag, text in names.items() if text)
            self.form = replace(self.form, names=kept)
        else:
            field = {"tax": "tax_category", "category": "category_id"}.get(key, key)
            self.form = replace(self.form, **{field: value})  # type: ignore[arg-type]

    def _change_unit(self, at: int, **fields: Any) -> None:
        units = list(self.form.units)
        units[at] = replace(units[at], **fields)
        self.form = replace(self.form, units=tuple(units))

    def add_unit(self, unit: UnitForm) -> None:
        """Add a further unit."""
        self.form = replace(self.form, units=(*self.form.units, unit))

    def remove_unit(self, at: int) -> None:
        """Take a unit away; the first one stays."""
        if 0 < at < len(self.form.units):
            units = self.form.units[:at] + self.form.units[at + 1 :]
            self.form = replace(self.form, units=units)
            self.waits_for, self.problems = -1, {}

    def refuse_code(self, at: int, error: GuitaiError) -> None:
        """Say why a barcode was not added."""
        self.problems[f"unit{at}.codes"] = self._words(error)

    def checked_code(self, at: int, text: str, *, is_read: bool) -> str:
        """Return a barcode that may be added; "" and a problem when it may not."""
        self.problems.pop(f"unit{at}.codes", None)
        known = {barcode_key(x.code) for x in self.form.codes()}
        try:
            code = text.strip() if is_read else check_typed_code(text)
        except UserError as error:
            self.refuse_code(at, error)
            return ""
        if barcode_key(code) in known:
            self.refuse_code(at, UserError("barcode_twice", code=code))
            return ""
        return code

    def add_code(self, at: int, code: CodeForm) -> None:
        """Add a barcode to a unit."""
        self.waits_for = -1
        self._change_unit(at, codes=(*self.form.units[at].codes, code))

    def remove_code(self, at: int, code: str) -> None:
        """Take a barcode away."""
        codes = tuple(x for x in self.form.units[at].codes if x.code != code)
        self._change_unit(at, codes=codes)

    def free_prices(self) -> bool:
        """Tell whether a price was typed that gives goods away."""
        before = {unit.unit_id: unit.price for unit in self.opened.units}
        return any(
            unit.price.strip() != before.get(unit.unit_id, "").strip()
            and self._is_zero(unit.price)
            for unit in self.form.units
        )

    def _is_zero(self, text: str) -> bool:
        try:
            return bool(text.strip()) and parse_minor(text, self._work.currency) == 0
        except UserError:
            return False

    # -------------------------------------------------------------------- saving

    def as_save(self, *, allows_free: bool) -> ItemSave:
        """Return what is to be saved."""
        return ItemSave(
            self.form, self.seen, self.picture, self.drops_picture, allows_free
        )

    def on_refused(self, error: GuitaiError) -> None:
        """Show at the field why it was refused."""
        self.has_conflict = self.has_conflict or error.key == "item_changed_meanwhile"
        field = str(error.params.get("field", "")) or self._field_of(error)
        if field:
            self.problems[field] = self._words(error)

    def _field_of(self, error: GuitaiError) -> str:
        """Return the field of a number that another item has."""
        code = str(error.params.get("code", ""))
        for at, unit in enumerate(self.form.units):
            if error.key == "plu_taken" and unit.plu.lstrip("0") == code:
                return f"unit{at}.plu"
            keys = {barcode_key(x.code).lstrip("0") for x in unit.codes}
            if error.key == "barcode_taken" and code.lstrip("0") in keys:
                return f"unit{at}.codes"
        return "sku" if error.key == "sku_taken" else ""

    def lay_over(self, now: Seen) -> None:
        """Keep what was typed, over what somebody else made of the item."""
        newer = self._work.counter.items.form(now.item)
        self.form = rebased(self.form, self.opened, newer)
        self.opened, self.seen = newer, now
        self.has_conflict, self.problems = False, {}

    def _words(self, error: GuitaiError) -> str:
        return explain(error, self._work.currency).sentence

    # ------------------------------------------------------------------- showing

    def view(self, listed: ItemList) -> ItemCardView:
        """Return what the card shows."""
        shop, here = self._work.counter.desk.shop, current_language()
        form = self.form
        listing = self._work.counter.desk.catalog.listing
        now = self._work.counter.desk.clock.now()
        family = () if self.seen is None else listing.family(form.item_id, now)
        shelves = dict(listed.shelf_rows())
        picture = b"" if self.drops_picture else self._stored
        return ItemCardView(
            form=form,
            problems=dict(self.problems),
            is_new=self.seen is None,
            is_retired=self.seen is not None and not self.seen.item.is_active,
            is_changed=self.is_changed,
            has_conflict=self.has_conflict,
            category=shelves.get(form.category_id, _("Without a category")).strip(),
            taxes=tuple((x.key, x.name_in(here)) for x in shop.rules.tax_categories),
            languages=tuple(
                (tag, _(words))
                for tag, words in _LANGUAGES.items()
                if tag != shop.language
            ),
            picture=self.picture.image if self.picture else picture,
            facts=self._facts(),
            family=listed.views(tuple(family)),
            waits_for=self.waits_for,
            can_delete=not self._has_history,
            symbol=symbol_of(self._work.currency).strip(),
        )

    def _facts(self) -> tuple[tuple[str, str], ...]:
        if self.seen is None:
            return ()
        ledger = self._work.counter.desk.ledger
        stock = from_thousandths(ledger.stock_thousandths(self.form.item_id))
        unit = self.seen.item.units[0].unit_name
        history = _("sold or moved before") if self._has_history else _("none yet")
        stock = Decimal(0) if stock == 0 else stock
        return (
            (_("On hand"), f"{quantity(stock)} {unit}"),
            (_("History"), history),
        )
