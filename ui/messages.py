"""Turns the key of an error into words and one action, in the person's language.

Pattern (design section 12): what happened, what it means for the money, one action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from pos_app.errors import DeviceError, GuitaiError, StorageError
from pos_app.i18n import N_, _
from ui.format import money
from ui.message_words_approval import APPROVAL_WORDS
from ui.message_words_black_box import BLACK_BOX_WORDS
from ui.message_words_bulk import BULK_WORDS
from ui.message_words_campaigns import CAMPAIGN_WORDS
from ui.message_words_catalogue import CATALOGUE_WORDS
from ui.message_words_counter import COUNTER_WORDS
from ui.message_words_coupons import COUPON_WORDS
from ui.message_words_devices import DEVICE_WORDS
from ui.message_words_items import ITEM_WORDS
from ui.message_words_labels import LABEL_WORDS
from ui.message_words_markdown import MARKDOWN_WORDS
from ui.message_words_member_admin import MEMBER_ADMIN_WORDS
from ui.message_words_members import MEMBER_WORDS
from ui.message_words_parked import PARKED_WORDS
from ui.message_words_people import PEOPLE_WORDS
from ui.message_words_place import PLACE_WORDS
from ui.message_words_points import POINTS_WORDS
from ui.message_words_price import PRICE_WORDS
from ui.message_words_promotions import PROMOTION_WORDS
from ui.message_words_reports import REPORT_WORDS
from ui.message_words_returns import RETURN_WORDS
from ui.message_words_setup import SETUP_WORDS
from ui.message_words_shelves import SHELF_WORDS
from ui.message_words_shift import SHIFT_WORDS
from ui.message_words_slips import SLIP_WORDS
from ui.message_words_stock import STOCK_WORDS
from ui.message_words_storage import STORAGE_WORDS
from ui.message_words_training import TRAINING_WORDS
from ui.message_words_value import VALUE_WORDS

_WORDS = {
    **COUNTER_WORDS,
    **CATALOGUE_WORDS,
    **PRICE_WORDS,
    **ITEM_WORDS,
    **DEVICE_WORDS,
    **LABEL_WORDS,
    **STORAGE_WORDS,
    **PLACE_WORDS,
    **BLACK_BOX_WORDS,
    **PARKED_WORDS,
    **RETURN_WORDS,
    **REPORT_WORDS,
    **APPROVAL_WORDS,
    **SHIFT_WORDS,
    **SLIP_WORDS,
    **PEOPLE_WORDS,
    **SHELF_WORDS,
    **SETUP_WORDS,
    **STOCK_WORDS,
    **BULK_WORDS,
    **TRAINING_WORDS,
    **MEMBER_WORDS,
    **MEMBER_ADMIN_WORDS,
    **CAMPAIGN_WORDS,
    **COUPON_WORDS,
    **POINTS_WORDS,
    **VALUE_WORDS,
    **PROMOTION_WORDS,
    **MARKDOWN_WORDS,
}
#: What is said of an error that has no words of its own; its key stands at the end.
_DEVICE = (
    N_("A device did not answer as it should. What was accepted is kept."),
    N_("Check its cable and power, then try again."),
)
_STORAGE = (
    N_("The till could not save or read its data. What was finished before is safe."),
    N_("Try again; if it stays so, call your technician."),
)
_OTHER = (
    N_("That did not work. Nothing was changed."),
    N_("Try again; if it stays so, call your technician."),
)


@dataclass(frozen=True, slots=True)
class Explained:
    """An error in words.

    Attributes:
        text: what happened and what it means.
        action: the one thing to do; may be empty.
        code: the error's key, small at the end; empty where the words say it all.
    """

    text: str
    action: str
    code: str = ""

    @property
    def sentence(self) -> str:
        """Return text, action and code in one line, for a chip or a toast."""
        gap = "" if self.text.endswith(("。", "！", "？")) else " "
        words = f"{self.text}{gap}{self.action}".strip()
        return f"{words} ({self.code})" if self.code else words


def has_words(key: str) -> bool:
    """Tell whether an error's key has words of its own."""
    return key in _WORDS


def explain(error: GuitaiError, currency: str = "CNY") -> Explained:
    """Say in words what happened and what to do.

    Args:
        error: key and parameters; a parameter that ends in `_minor` is an amount.
        currency: ISO 4217 code for such amounts.
    """
    text, action = _WORDS.get(error.key, _general(error))
    params = _shown(error.params, currency)
    return Explained(
        text=fill(text, params),
        action=fill(action, params) if action else "",
        code="" if has_words(error.key) else error.key,
    )


def _general(error: GuitaiError) -> tuple[str, str]:
    if isinstance(error, DeviceError):
        return _DEVICE
    return _STORAGE if isinstance(error, StorageError) else _OTHER


def _shown(params: dict[str, object], currency: str) -> dict[str, str]:
    """Return the parameters as a person reads them: `due_minor` as `due`."""
    shown = {}
    for name, value in params.items():
        if name.endswith("_minor") and isinstance(value, int):
            shown[name.removesuffix("_minor")] = money(value, currency)
        shown[name] = str(value)
    return shown


def fill(message: str, params: Mapping[str, str]) -> str:
    """Translate and fill; a parameter that is lacking reads as a dash."""
    wanted = (name for _text, name, _spec, _conv in Formatter().parse(message))
    known = {name: params.get(name, "–") for name in wanted if name}
    return _(message, **known)
