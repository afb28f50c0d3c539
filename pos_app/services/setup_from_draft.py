"""Makes a shop's set-up file of what was typed in the wizard."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol, TypeVar

from pos_app.domain.barcode_presets import preset as barcode_preset
from pos_app.domain.tax_number import check_tax_number
from pos_app.services.country_preset import RoleCaps, common_preset, in_language
from pos_app.services.setup_draft import SetupDraft
from pos_app.services.setup_file import (
    BarcodeRulePart,
    CashRoundingPart,
    CategoryPart,
    ItemPart,
    QuickKeyPart,
    RatePart,
    RolePart,
    SetupFile,
    ShopPart,
    StaffPart,
    TaxPart,
    Texts,
)

#: Codes of sample units, where the shop speaks another language than the goods.
_UNIT_NAMES: Mapping[str, Texts] = {
    "H87": {"zh-TW": "個", "en": "pc"},
    "KGM": {"zh-TW": "kg", "en": "kg"},
    "NPR": {"zh-TW": "雙", "en": "pair"},
    "SET": {"zh-TW": "組", "en": "set"},
    "XBG": {"zh-TW": "袋", "en": "bag"},
    "XBJ": {"zh-TW": "桶", "en": "tub"},
    "XBO": {"zh-TW": "瓶", "en": "bottle"},
    "XBX": {"zh-TW": "盒", "en": "box"},
    "XBE": {"zh-TW": "提", "en": "bundle"},
    "XCU": {"zh-TW": "杯", "en": "cup"},
    "XCX": {"zh-TW": "罐", "en": "can"},
    "XPA": {"zh-TW": "包", "en": "pack"},
    "XRO": {"zh-TW": "捲", "en": "roll"},
}


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def names(self) -> Texts: ...


Part = TypeVar("Part", TaxPart, RolePart, CategoryPart)


def setup_of(
    draft: SetupDraft, pins: Mapping[str, str], sample: SetupFile | None
) -> SetupFile:
    """Return the set-up file of a draft.

    Args:
        draft: sound in all its steps (`setup_draft_check`).
        pins: by staff number; they go nowhere but into the shop.
        sample: the sample shop, whose goods are taken; None for no goods.
    """
    language, preset, common = draft.shop_language, draft.preset, common_preset()
    taxes = tuple(_in(part, language) for part in _taxes(draft))
    plain = SetupFile(
        shop=_shop(draft),
        tax_categories=taxes,
        tenders=tuple(x.model_copy(update=_names(x, language)) for x in preset.tenders),
        reasons=tuple(x.model_copy(update=_names(x, language)) for x in common.reasons),
        roles=tuple(
            _capped(_in(role, language), preset.caps.get(role.key))
            for role in common.roles
        ),
        staff=tuple(
            StaffPart(
                number=person.number.strip(),
                name=person.name.strip(),
                role=person.role,
                pin=pins[person.number],
            )
            for person in draft.people
        ),
        barcode_rules=_barcode_rules(preset.barcode_rules),
    )
    return plain if sample is None else _with_goods(plain, draft, sample)


def _shop(draft: SetupDraft) -> ShopPart:
    preset = draft.preset
    cash = preset.cash(draft.money)
    mode = preset.cash_rounding.mode
    return ShopPart(
        name=draft.shop_name.strip(),
        address=draft.address.strip(),
        phone=draft.phone.strip(),
        tax_number=check_tax_number(draft.tax_number, preset.tax_number),
        country="" if preset.asks_currency else preset.key,
        language=draft.shop_language,
        time_zone=draft.time_zone or preset.time_zone,
        day_starts_at_hour=int(draft.day_starts_at),
        till=draft.till.strip(),
        currency=draft.money,
        prices_include_tax=draft.prices_include_tax,
        cash_rounding=CashRoundingPart(step_minor=cash.cash_step_minor, mode=mode),
        cash_notes_minor=cash.cash_notes_minor,
        slip_footer=in_language(preset.footer, draft.shop_language),
        policy=preset.policy,
    )


def _taxes(draft: SetupDraft) -> tuple[TaxPart, ...]:
    scheme = draft.preset.scheme(draft.tax_scheme)
    if not scheme.asks_rate:
        return scheme.tax_categories
    percentage = draft.tax_rate.strip().rstrip("%").strip()
    rate = RatePart(code=f"{percentage}%", percentage=percentage)
    first, *others = scheme.tax_categories
    return (first.model_copy(update={"rates": (rate,)}), *others)


def _names(part: _Named, language: str) -> dict[str, object]:
    """Return the name in the shop's language, and those in the others."""
    others = {tag: text for tag, text in part.names.items() if tag != language}
    return {"name": in_language(part.names, language), "names": others}


def _in(part: Part, language: str) -> Part:
    return part.model_copy(update=_names(part, language))


def _capped(role: RolePart, caps: RoleCaps | None) -> RolePart:
    return role if caps is None else role.model_copy(update=caps.model_dump())


def _barcode_rules(country: str) -> tuple[BarcodeRulePart, ...]:
    return tuple(
        BarcodeRulePart(
            key=rule.key,
            name=rule.name,
            pattern=rule.pattern,
            kind=rule.kind.value,
            decimals=rule.decimals,
            price_decimals=rule.price_decimals,
            is_verified=rule.is_verified,
        )
        for rule in (barcode_preset(country) if country else ())
    )


def _with_goods(plain: SetupFile, draft: SetupDraft, sample: SetupFile) -> SetupFile:
    """Add the sample goods, in the shop's language, money and taxes."""
    language = draft.shop_language
    keys = {part.name: part.key for part in sample.categories}
    taxes = {part.key for part in plain.tax_categories}
    named = [
        part.model_copy(update={"names": {"zh-CN": part.name, **part.names}})
        for part in sample.categories
    ]
    items = tuple(_item(item, draft, keys, taxes) for item in sample.items)
    return plain.model_copy(
        update={
            "categories": tuple(_in(part, language) for part in named),
            "quick_keys": {
                page: tuple(_tile(tile, language) for tile in tiles)
                for page, tiles in sample.quick_keys.items()
            },
            "items": items,
        }
    )


def _tile(tile: QuickKeyPart, language: str) -> QuickKeyPart:
    return tile.model_copy(update={"label": tile.labels.get(language, tile.label)})


def _item(
    item: ItemPart, draft: SetupDraft, keys: Mapping[str, str], taxes: set[str]
) -> ItemPart:
    language = draft.shop_language
    other = {"zh-TW": item.name_zh_tw, "en": item.name_en}.get(language, "")
    units = _UNIT_NAMES.get(item.unit, {})
    money = {
        field: _price(text, draft)
        for field in ("price", "cost", "box_price")
        if (text := getattr(item, field))
    }
    return item.model_copy(
        update={
            **money,
            "name": other or item.name,
            "unit_name": units.get(language, item.unit_name),
            "category": keys.get(item.category, ""),
            "tax_category": item.tax_category
            if item.tax_category in taxes
            else "standard",
        }
    )


def _price(text: str, draft: SetupDraft) -> str:
    """Turn a sample price in yuan into one of this shop's money."""
    sample, cash = draft.preset.sample, draft.preset.cash(draft.money)
    step = cash.sample_step or sample.step
    factor = cash.sample_factor or sample.factor
    steps = (Decimal(text) * factor / step).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{max(steps, Decimal(1)) * step:f}"
