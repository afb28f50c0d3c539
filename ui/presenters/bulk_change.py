"""What is changed for all chosen items: the field, and its value."""

from __future__ import annotations

from pos_app.domain.bulk_edit import (
    PRICE_FIELDS,
    BulkAction,
    BulkField,
    PriceEnding,
)
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from ui.messages import explain
from ui.presenters.back_office_part import BackOfficePlace
from ui.presenters.bulk_state import ChangeView, Choices
from ui.presenters.bulk_words import ending_choices, field_choices, rows_words
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey

UP, DOWN = "up", "down"
YES, NO = "yes", "no"
#: Beside the taxes and categories: none at all.
NONE = "none"


class BulkValue:
    """Keeps the field and what was typed or tapped for it."""

    def __init__(self, place: BackOfficePlace) -> None:
        self._place = place
        self.field = BulkField.PRICE_PERCENT
        self._sign, self._ending, self._option = UP, PriceEnding.ANY, ""
        self._entry, self.problem = Entry(takes_times=False), ""

    def choose_field(self, field: str) -> None:
        """Change something else."""
        self.field = BulkField(field)
        self._option = ""
        self._entry, self.problem = Entry(takes_times=False), ""

    def choose_sign(self, sign: str) -> None:
        """Dearer, or cheaper."""
        self._sign = sign

    def choose_ending(self, ending: str) -> None:
        """Say what new prices end in."""
        self._ending = PriceEnding(ending)

    def choose_option(self, option: str) -> None:
        """Take a tax, a category, yes or no."""
        self._option = option
        self._entry = Entry(takes_times=False)

    def press(self, value: str) -> None:
        """Take a key of the pad."""
        self.problem = ""
        if self.has_pad:
            self._option = ""
            self._entry = self._entry.press(PadKey(value))

    @property
    def has_pad(self) -> bool:
        """Tell whether the field is a number."""
        return self.field in PRICE_FIELDS or self.field is BulkField.DISCOUNT_CAP

    def action(self) -> BulkAction | None:
        """Return what is asked; None where something cannot be read, which is said."""
        try:
            return self._action()
        except UserError as error:
            self.problem = explain(error, self._place.work.currency).sentence
            return None

    def _action(self) -> BulkAction:
        field, text = self.field, self._entry.text
        sign = -1 if self._sign == DOWN else 1
        currency = self._place.work.currency
        if field is BulkField.PRICE_PERCENT:
            size = Percentage.parse(text).millionths
            return BulkAction(field, Percentage(sign * size), ending=self._ending)
        if field is BulkField.PRICE_AMOUNT:
            minor = sign * parse_minor(text, currency)
            return BulkAction(field, minor=minor, ending=self._ending)
        if field is BulkField.PRICE_SET:
            return BulkAction(field, minor=parse_minor(text, currency))
        if field is BulkField.DISCOUNT_CAP:
            cap = None if self._option == NONE else Percentage.parse(text)
            if cap is not None and cap.millionths > 1_000_000:
                raise UserError("bulk_percentage_absurd")
            return BulkAction(field, cap=cap)
        key = "" if self._option == NONE else self._option
        return BulkAction(field, key=key, is_on=self._option == YES)

    def view(self, chosen: int) -> ChangeView:
        """Return what the page shows."""
        field = self.field
        is_moved = field in {BulkField.PRICE_PERCENT, BulkField.PRICE_AMOUNT}
        typed = bool(self._entry.text.strip("."))
        return ChangeView(
            title=_("Change {items}", items=rows_words(chosen)),
            fields=field_choices(),
            field=field.value,
            has_pad=self.has_pad,
            hint=self._hint(),
            text=self._entry.text,
            problem=self.problem,
            signs=((UP, _("Dearer")), (DOWN, _("Cheaper"))) if is_moved else (),
            sign=self._sign,
            endings=ending_choices() if is_moved else (),
            ending=self._ending.value,
            options=self._options(),
            option=self._option,
            can_preview=bool(self._option) or (self.has_pad and typed),
        )

    def _hint(self) -> str:
        return {
            BulkField.PRICE_PERCENT: _("By how many percent"),
            BulkField.PRICE_AMOUNT: _("By how much"),
            BulkField.PRICE_SET: _("New price of one"),
            BulkField.DISCOUNT_CAP: _("Percent at most"),
        }.get(self.field, "")

    def _options(self) -> Choices:
        desk, language = self._place.work.counter.desk, current_language()
        match self.field:
            case BulkField.TAX:
                taxes = desk.shop.rules.tax_categories
                return tuple((x.key, x.name_in(language)) for x in taxes)
            case BulkField.CATEGORY:
                found = desk.catalog.categories()
                own = tuple((x.category_id, x.name_in(language)) for x in found)
                return (*own, (NONE, _("Without a category")))
            case BulkField.RETURNABLE | BulkField.ACTIVE:
                return ((YES, _("Yes")), (NO, _("No")))
            case BulkField.DISCOUNT_CAP:
                return ((NONE, _("Any discount")),)
            case _:
                return ()
