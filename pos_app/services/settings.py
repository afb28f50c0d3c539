"""The settings of this till: device settings, kept in the ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import Any

from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.i18n import LANGUAGES
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork

SETTINGS_KEY = "till_settings"


#: How large text may be; at 150 some words no longer fit on their keys (tried).
SIZES_PERCENT = (90, 100, 110, 125)


@dataclass(frozen=True, slots=True)
class TillSettings:
    """How this till is set up; every field has a sane default.

    Attributes:
        language: screen language where the cashier has none; "" = the shop's.
        slip_language: language of the slip; "" = the shop's.
        theme: "light" or "dark". size_percent: of text: 90, 100, 110 or 125.
        contrast: "normal", or "high" for lines and grounds that are seen better.
        reduce_motion: nothing moves. left_handed: the pad stands on the left.
        quick_notes: notes and coins that cash keys are made of, minor units with
            commas between; "" for all that the shop has.
        screen_um_per_px: how wide a pixel of this screen is, micrometres, as
            measured with a bank card; 0 for not measured.
        pad: "789" or "123". merge_same_items: scanning again raises the line.
        one_tap_cash: quick-cash keys on the sale screen.
        auto_lock_minutes: idle time before the till locks; 0 never.
        print_slips: whether a slip is printed without being asked.
        print_parked_slips: whether parking prints the slip that ends it.
        customer_screen: where the customer looks: "auto" for any second screen,
            "off", or the system's name of a screen.
        customer_language: what the customer reads there; "" for the slip's.
        customer_idle_s: seconds without a basket until pictures are shown.
        sounds: "off", "low" or "normal".
        block_expired: a use-by date that is over stops a sale; else it is said.
    """

    language: str = ""
    slip_language: str = ""
    theme: str = "light"
    size_percent: int = 100
    contrast: str = "normal"
    reduce_motion: bool = False
    left_handed: bool = False
    quick_notes: str = ""
    screen_um_per_px: int = 0
    pad: str = "789"
    merge_same_items: bool = True
    one_tap_cash: bool = True
    auto_lock_minutes: int = 10
    print_slips: bool = True
    print_parked_slips: bool = False
    customer_screen: str = "auto"
    customer_language: str = ""
    customer_idle_s: int = 20
    sounds: str = "normal"
    block_expired: bool = True


_CHOICES: Mapping[str, tuple[object, ...]] = {
    "language": ("", *LANGUAGES),
    "slip_language": ("", *LANGUAGES),
    "theme": ("light", "dark"),
    "size_percent": SIZES_PERCENT,
    "contrast": ("normal", "high"),
    "pad": ("789", "123"),
    "customer_language": ("", *LANGUAGES),
    "sounds": ("off", "low", "normal"),
}
_RANGES: Mapping[str, tuple[int, int]] = {
    "auto_lock_minutes": (0, 240),
    "screen_um_per_px": (0, 600),
    "customer_idle_s": (5, 600),
}


class SettingsService:
    """Reads and changes the settings; every change is journalled."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._current = _read(ledger.setting(SETTINGS_KEY))

    @property
    def current(self) -> TillSettings:
        """The settings in force."""
        return self._current

    def change(self, stamp: Stamp, **changes: Any) -> TillSettings:
        """Change settings, durable when it returns.

        Raises:
            UserError: "setting_refused" with the key and the value.
        """
        return self.adopt(self.begin_change(stamp, **changes).result())

    def begin_change(self, stamp: Stamp, **changes: Any) -> Future[TillSettings]:
        """Change settings on the core thread; `adopt` then puts them in force.

        Raises:
            UserError: "setting_refused" with the key and the value.
        """
        for key, value in changes.items():
            _check(key, value, getattr(self._current, key))

        def work(unit: UnitOfWork) -> TillSettings:
            # As they stand behind every change before this one, adopted or not.
            present = _read(unit.setting(SETTINGS_KEY))
            fresh = replace(present, **changes)
            before = {key: getattr(present, key) for key in changes}
            body = {"before": before, "after": changes}
            unit.set_setting(SETTINGS_KEY, json.dumps(asdict(fresh)))
            unit.append(EntryKind.SETTINGS_CHANGED, body, stamp)
            return fresh

        return self._ledger.submit(work)

    def adopt(self, settings: TillSettings) -> TillSettings:
        """Put in force what is on the disk now."""
        self._current = settings
        return settings


def _read(stored: str | None) -> TillSettings:
    """Read what is stored; a choice that is gone falls back to its default."""
    known = set(TillSettings.__dataclass_fields__)
    found = json.loads(stored) if stored else {}
    settings = TillSettings()
    for key in known.intersection(found):
        with suppress(UserError):
            _check(key, found[key], getattr(settings, key))
            settings = replace(settings, **{key: found[key]})
    return settings


def _check(key: str, value: object, present: object) -> None:
    fits = type(value) is type(present)
    if fits and key in _CHOICES:
        fits = value in _CHOICES[key]
    if fits and key in _RANGES:
        low, high = _RANGES[key]
        fits = isinstance(value, int) and low <= value <= high
    if fits and key == "quick_notes" and value:
        fits = all(x.isdigit() and int(x) > 0 for x in str(value).split(","))
    if fits and key == "customer_screen":
        fits = bool(value)
    if fits and isinstance(value, str):
        fits = len(value) <= 200 and value.isprintable()
    if not fits:
        raise UserError("setting_refused", setting=key, value=str(value)[:40])
