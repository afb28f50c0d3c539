"""What somebody typed while setting up a shop; a PIN is never in it."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pos_app.services.country_preset import CountryPreset, country_preset


class SetupStep(StrEnum):
    """The steps of the wizard, in their order."""

    LANGUAGE = "language"
    SHOP = "shop"
    SCREEN = "screen"
    DEVICES = "devices"
    GOODS = "goods"
    PEOPLE = "people"
    CODE = "code"
    SALE = "sale"


class _Draft(BaseModel):
    # A later release's draft is read for what this one knows.
    model_config = ConfigDict(extra="ignore", frozen=True)


class DraftPerson(_Draft):
    """Somebody who will work here; the first one is the owner."""

    number: str = ""
    name: str = ""
    role: str = "cashier"


class SetupDraft(_Draft):
    """The answers so far; every one has a default that works.

    Attributes:
        step: where to go on. passed: steps left with "next".
        language: of the screen while setting up. country: a preset's key.
        currency, time_zone: of the shop; "" for the country's or the machine's.
        tax_scheme: of the preset. tax_rate: percent, where the scheme asks.
        screen_um_per_px: how wide a pixel is, micrometres; 0 not measured.
        printer_kind: pictures in a folder, a printer of the network, or one that
            the search found. printer_address, printer_port: of the network.
        found_*: connection and driver of the printer that was found, and its name.
        scale_*: of the scale that was found; "" for none.
        printer_profile, paper_mm: of the receipt printer, see its driver.
        printer_state, drawer_state, scanner_state: "", "passed" or "failed".
        scanner_note: what was read, for whoever comes back.
        goods: what is sold first. goods_file: name of the file, kept beside.
        people: the first is the owner.
    """

    format: Literal[1] = 1
    step: SetupStep = SetupStep.LANGUAGE
    passed: tuple[SetupStep, ...] = ()
    language: str = "zh-CN"
    country: str = "CN"
    currency: str = ""
    time_zone: str = ""
    shop_name: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=200)
    phone: str = Field(default="", max_length=200)
    tax_number: str = Field(default="", max_length=200)
    tax_scheme: str = ""
    tax_rate: str = Field(default="", max_length=200)
    prices_include_tax: bool = True
    day_starts_at: str = Field(default="4", max_length=200)
    till: str = Field(default="01", max_length=200)
    theme: Literal["light", "dark"] = "light"
    size_percent: Literal[90, 100, 125] = 100
    screen_um_per_px: int = Field(default=0, ge=0)
    printer_kind: Literal["virtual", "tcp", "found"] = "virtual"
    found_kind: Literal["", "usb_printer", "usb", "serial", "queue", "network"] = ""
    found_address: str = Field(default="", max_length=200)
    found_driver: str = Field(default="", max_length=200)
    found_name: str = Field(default="", max_length=200)
    scale_kind: Literal["", "serial", "hid", "network"] = ""
    scale_address: str = Field(default="", max_length=200)
    scale_driver: str = Field(default="", max_length=200)
    scale_name: str = Field(default="", max_length=200)
    printer_address: str = Field(default="", max_length=200)
    printer_port: str = Field(default="9100", max_length=200)
    paper_mm: Literal[58, 80] = 80
    printer_profile: str = ""
    printer_state: Literal["", "passed", "failed"] = ""
    drawer_state: Literal["", "passed", "failed"] = ""
    scanner_state: Literal["", "passed", "failed"] = ""
    scanner_note: str = ""
    goods: Literal["demo", "empty", "import"] = "demo"
    goods_file: str = ""
    people: tuple[DraftPerson, ...] = (DraftPerson(number="1001", role="manager"),)

    @property
    def preset(self) -> CountryPreset:
        """The country's preset."""
        return country_preset(self.country)

    @property
    def money(self) -> str:
        """ISO 4217 code of the shop's currency."""
        return self.currency or self.preset.currency

    @property
    def profile(self) -> str:
        """Key of the printer profile, the country's where none was chosen."""
        return self.printer_profile or self.preset.printer_profile

    @property
    def shop_language(self) -> str:
        """Language tag of slips and goods: the country's, or the person's."""
        return self.language if self.preset.asks_currency else self.preset.language

    def with_country(self, key: str) -> SetupDraft:
        """Return the draft for another country: its money, taxes and printer."""
        preset = country_preset(key)
        return self.model_copy(
            update={
                "country": preset.key,
                "currency": preset.currency,
                "time_zone": preset.time_zone,
                "tax_scheme": preset.tax_schemes[0].key,
                "prices_include_tax": preset.prices_include_tax,
                "printer_profile": preset.printer_profile,
                "paper_mm": preset.paper_mm,
            }
        )


def write_draft(draft: SetupDraft) -> bytes:
    """Return a draft as the file that holds it."""
    return draft.model_dump_json(indent=1).encode()


def read_draft(content: bytes) -> SetupDraft | None:
    """Read a draft; None when it is none that this release can use."""
    try:
        return SetupDraft.model_validate(json.loads(content))
    except (ValidationError, ValueError):
        return None
