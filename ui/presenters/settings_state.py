"""What the settings screen shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pos_app.i18n import N_, _
from pos_app.ports.printing import PrinterStatus
from ui.format import clock_text, day_text
from ui.presenters.frame_state import FrameState, Tone
from ui.presenters.settings_rules_state import RulesView


class SettingsPage(StrEnum):
    """The pages of the left list."""

    SHOP = "shop"
    DEVICES = "devices"
    CUSTOMER = "customer"
    LANGUAGE = "language"
    LOOK = "look"
    SALE = "sale"
    RULES = "rules"
    PLACE = "place"
    DOCTOR = "doctor"
    ABOUT = "about"


#: Settings that are words of the shop, and which.
SHOP_WORDS = {
    "shop_name": "name",
    "shop_address": "address",
    "shop_phone": "phone",
    "shop_tax_number": "tax_number",
    "shop_footer": "slip_footer",
}
#: What each setting is called on the screen.
SETTING_NAMES = {
    "shop_name": N_("Name on the slip"),
    "shop_address": N_("Address"),
    "shop_phone": N_("Telephone"),
    "shop_tax_number": N_("Tax number"),
    "shop_footer": N_("Words at the end of the slip"),
    "language": N_("Language"),
    "slip_language": N_("Slip"),
    "theme": N_("Theme"),
    "size_percent": N_("Text size"),
    "screen_um_per_px": N_("Screen size"),
    "pad": N_("Keypad"),
    "contrast": N_("Contrast"),
    "reduce_motion": N_("Nothing moves"),
    "left_handed": N_("Pad on the left"),
    "quick_notes": N_("Notes on the cash keys"),
    "merge_same_items": N_("Merge the same items"),
    "one_tap_cash": N_("One-tap cash"),
    "block_expired": N_("Stop expired goods"),
    "print_slips": N_("Print every slip"),
    "print_parked_slips": N_("Print a slip for each parked sale"),
    "auto_lock_minutes": N_("Lock when nobody touches the till for"),
    "customer_screen": N_("Customer display"),
    "customer_language": N_("Language of the customer display"),
    "customer_idle_s": N_("Pictures after"),
    "sounds": N_("Sounds"),
}


@dataclass(frozen=True, slots=True)
class ShopView:
    """The shop as its slips show it, and what cannot be changed any more.

    Attributes:
        name, address, phone, tax_number, footer: editable words.
        facts: read-only rows: till number, currency, how tax is counted.
    """

    name: str = ""
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    footer: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckView:
    """How the last check of the database went; one line for each finding."""

    is_sound: bool
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AboutView:
    """The program, its data and their safety.

    Attributes:
        version: of the program. facts: rows such as how much data, how many items.
        last_backup: words for when and where; "" for never.
        is_backing_up, is_checking: under way. backup_note: how the last one went.
        check: the last check; None when none was made.
    """

    version: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    last_backup: str = ""
    is_backing_up: bool = False
    backup_note: str = ""
    is_checking: bool = False
    check: CheckView | None = None


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """A field whose value was refused: which, and why in one sentence."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class SettingsState:
    """Everything on the settings screen.

    Attributes:
        frame: top bar and status bar.
        asks_approval: whether somebody else must agree to each change.
        may_change: false for a role without the permission: all is shown, greyed.
        may_look: whether the black box is open to this person.
        shop, rules, about: their pages.
        language, slip_language: tags; "" follows the shop.
        theme: "light" or "dark". size_percent: of text. pad: "789" or "123".
        contrast: "normal" or "high". reduce_motion, left_handed: on or off.
        screen_um_per_px: how wide a pixel is, micrometres; 0 for not measured.
        quick_notes: (minor units, words, whether cash keys are made of it).
        merge_same_items, one_tap_cash, print_slips, print_parked_slips,
            block_expired: of the sale.
        auto_lock_minutes: likewise.
        customer_screen, customer_language, customer_idle_s: of the customer's display.
        sounds: "off", "low" or "normal".
        problems: fields whose last value was refused.
    """

    frame: FrameState
    may_change: bool = True
    may_look: bool = False
    asks_approval: bool = False
    shop: ShopView = ShopView()
    rules: RulesView = RulesView()  # noqa: RUF009 - frozen value
    about: AboutView = AboutView()
    language: str = "zh-CN"
    slip_language: str = ""
    theme: str = "light"
    size_percent: int = 100
    contrast: str = "normal"
    reduce_motion: bool = False
    left_handed: bool = False
    screen_um_per_px: int = 0
    quick_notes: tuple[tuple[str, str, bool], ...] = ()
    pad: str = "789"
    merge_same_items: bool = True
    one_tap_cash: bool = True
    block_expired: bool = True
    print_slips: bool = True
    print_parked_slips: bool = False
    auto_lock_minutes: int = 10
    customer_screen: str = "auto"
    customer_language: str = ""
    customer_idle_s: int = 20
    sounds: str = "normal"
    problems: tuple[FieldProblem, ...] = ()

    def problem_of(self, key: str) -> str:
        """Return why a field's value was refused; "" when it was not."""
        return next((x.text for x in self.problems if x.key == key), "")


_STATUS: dict[PrinterStatus, tuple[str, Tone]] = {
    PrinterStatus.READY: (N_("Ready"), Tone.GOOD),
    PrinterStatus.PAPER_LOW: (N_("Paper low"), Tone.WARN),
    PrinterStatus.PAPER_OUT: (N_("Out of paper"), Tone.WARN),
    PrinterStatus.COVER_OPEN: (N_("Cover open"), Tone.WARN),
    PrinterStatus.OFFLINE: (N_("Refuses to print"), Tone.BAD),
    PrinterStatus.UNREACHABLE: (N_("No answer"), Tone.BAD),
    PrinterStatus.UNKNOWN: (N_("Cannot tell"), Tone.PLAIN),
}


def status_words(status: PrinterStatus) -> tuple[str, Tone]:
    """Return what a printer says of itself in words, and how loud that is."""
    words, tone = _STATUS[status]
    return _(words), tone


def data_size(size_bytes: int) -> str:
    """Write how large the data are: "214 MB", "1.2 GB", "640 KB"."""
    if size_bytes >= 10**9:
        tenths = size_bytes // 10**8
        return f"{tenths // 10}.{tenths % 10} GB"
    if size_bytes >= 10**6:
        return f"{size_bytes // 10**6} MB"
    return f"{size_bytes // 1000} KB"


def moment_words(moment: datetime) -> str:
    """Write a moment of the shop's time: "11-21 周六 14:32"."""
    return f"{day_text(moment.date())} {clock_text(moment.time())}"
