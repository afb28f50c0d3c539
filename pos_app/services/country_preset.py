"""What a new shop starts with, country by country: data in resources/setup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pos_app.domain.permission import Permission
from pos_app.resources import resource_path
from pos_app.services.setup_file import (
    CashRoundingPart,
    PolicyPart,
    ReasonPart,
    RolePart,
    TaxPart,
    TenderPart,
    Texts,
)

#: Country keys, in the order of the screen; each is a file of resources/setup.
COUNTRIES = ("CN", "TW", "OTHER")
#: Of a role that may do everything there is, whatever a later release adds.
ALL_PERMISSIONS = "all"


class _Preset(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TaxScheme(_Preset):
    """One way in which a shop of a country is taxed.

    Attributes:
        key: kept in the draft. names, details: for people, by language tag.
        asks_rate: whether the person types the rate of "standard".
        tax_categories: with the rates in force and those to come.
    """

    key: str
    names: Texts
    details: Texts
    asks_rate: bool = False
    tax_categories: tuple[TaxPart, ...]


class RoleCaps(_Preset):
    """How far a role reaches in this country's money, minor units."""

    round_off_cap_minor: int = 0
    refund_cap_minor: int | None = None
    paid_out_cap_minor: int | None = None


class SampleGoods(_Preset):
    """How the sample goods' prices in yuan become prices here.

    Attributes:
        factor: they are multiplied by it. step: and rounded to this.
    """

    factor: Decimal
    step: Decimal


class CurrencyPreset(_Preset):
    """Cash of a currency, minor units; see the fields of CountryPreset."""

    cash_step_minor: int
    cash_notes_minor: tuple[int, ...]
    sample_factor: Decimal | None = None
    sample_step: Decimal | None = None


class CountryPreset(_Preset):
    """Everything a country decides for a new shop.

    Attributes:
        key: of `COUNTRIES`. names, details: for people, by language tag.
        language: of slips and goods. time_zone: IANA; "" asks the machine.
        tax_number: which check digit its tax numbers carry.
        caps: by the role's key.
        barcode_rules: table of domain.barcode_presets; "" for none.
        currencies: to choose from; empty where there is one.
    """

    key: str
    names: Texts
    details: Texts
    language: str
    time_zone: str
    currency: str
    tax_number: Literal["cn", "tw", ""]
    prices_include_tax: bool
    cash_rounding: CashRoundingPart
    cash_notes_minor: tuple[int, ...]
    footer: Texts
    policy: PolicyPart
    caps: dict[str, RoleCaps]
    printer_profile: str
    paper_mm: int
    barcode_rules: str
    sample: SampleGoods
    tax_schemes: tuple[TaxScheme, ...]
    tenders: tuple[TenderPart, ...]
    asks_currency: bool = False
    currencies: dict[str, CurrencyPreset] = {}

    def scheme(self, key: str) -> TaxScheme:
        """Return a tax scheme; the first where the key is another country's."""
        return next((x for x in self.tax_schemes if x.key == key), self.tax_schemes[0])

    def cash(self, currency: str) -> CurrencyPreset:
        """Return notes, coins and the price of sample goods in a currency."""
        chosen = self.currencies.get(currency)
        if chosen is not None:
            return chosen
        return CurrencyPreset(
            cash_step_minor=self.cash_rounding.step_minor,
            cash_notes_minor=self.cash_notes_minor,
        )


class CommonPreset(_Preset):
    """What every new shop starts with: roles and reasons."""

    roles: tuple[RolePart, ...]
    reasons: tuple[ReasonPart, ...]


@cache
def country_preset(key: str) -> CountryPreset:
    """Return the preset of a country; of "OTHER" where the key is unknown."""
    known = key if key in COUNTRIES else "OTHER"
    return CountryPreset.model_validate(_named(_read(known.lower())))


@cache
def common_preset() -> CommonPreset:
    """Return the roles and reasons that every new shop starts with."""
    plain = _named(_read("common"))
    everything = [permission.value for permission in Permission]
    for role in plain["roles"]:
        if role["permissions"] == [ALL_PERMISSIONS]:
            role["permissions"] = everything
    return CommonPreset.model_validate(plain)


def in_language(texts: Mapping[str, str], language: str) -> str:
    """Return the text of a language; English where there is none."""
    return texts.get(language) or texts["en"]


def _read(name: str) -> dict[str, Any]:
    path = resource_path("setup", f"{name}.json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _named(plain: dict[str, Any]) -> dict[str, Any]:
    """Give what has names a plain name too: the shop's language replaces it."""
    groups = [plain.get(key, []) for key in ("roles", "reasons", "tenders")]
    groups += [scheme["tax_categories"] for scheme in plain.get("tax_schemes", [])]
    for group in groups:
        for part in group:
            part["name"] = part["names"]["en"]
    return plain
