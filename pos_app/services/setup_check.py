"""Finds what is wrong in a set-up file before anything is made of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from zoneinfo import ZoneInfo

from pos_app.domain.barcode_rule import BarcodeRule, MeasureKind, check_rule
from pos_app.domain.permission import Permission
from pos_app.domain.pin_rule import PIN_DIGITS
from pos_app.domain.policy import ALWAYS_ALONE
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import LANGUAGES
from pos_app.services.setup_file import (
    BarcodeRulePart,
    ItemPart,
    SetupFile,
    ShopPart,
)
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import RoundingMode

#: A place in the file, and a test of it that raises what is wrong.
Check = tuple[str, Callable[[], object]]


def check_setup(setup: SetupFile) -> None:
    """Refuse a set-up file that would make no shop, or another than it says.

    Raises:
        UserError: "setup_unreadable" with the first place that is wrong.
    """
    for place, test in _checks(setup):
        try:
            test()
        except GuitaiError as error:
            raise UserError("setup_unreadable", place=place, why=str(error)) from error
        except (ValueError, LookupError, InvalidOperation) as error:
            raise UserError("setup_unreadable", place=place, why=str(error)) from error


def _checks(setup: SetupFile) -> Iterator[Check]:
    yield from _shop(setup.shop)
    yield from _taxes(setup)
    yield from _people(setup)
    yield from _ways(setup)
    yield from _shelves(setup)
    yield from _items(setup)


def _shop(shop: ShopPart) -> Iterator[Check]:
    yield "shop.currency", lambda: _iso_currency(shop.currency)
    yield "shop.language", lambda: _known(shop.language, LANGUAGES)
    yield "shop.time_zone", lambda: ZoneInfo(shop.time_zone)
    yield "shop.till", lambda: _till(shop.till)
    yield "shop.cash_rounding.mode", lambda: RoundingMode(shop.cash_rounding.mode)
    for action in shop.policy.four_eyes:
        yield "shop.policy.four_eyes", partial(_can_need_two, action)
    for note in shop.cash_notes_minor:
        yield "shop.cash_notes_minor", partial(_above_zero, note)


def _taxes(setup: SetupFile) -> Iterator[Check]:
    place = "tax_categories"
    yield place, lambda: _once(tax.key for tax in setup.tax_categories)
    for tax in setup.tax_categories:
        for rate in tax.rates:
            where = f"{place}.{tax.key}.{rate.code}"
            yield where, partial(_percentage, rate.percentage)
            for day in filter(None, (rate.from_, rate.until)):
                yield where, partial(date.fromisoformat, day)


def _people(setup: SetupFile) -> Iterator[Check]:
    roles = {role.key for role in setup.roles}
    yield "roles", lambda: _once(role.key for role in setup.roles)
    for role in setup.roles:
        for permission in role.permissions:
            yield f"roles.{role.key}", partial(Permission, permission)
        yield f"roles.{role.key}.discount_cap", partial(_percentage, role.discount_cap)
    yield "staff", lambda: _once(person.number for person in setup.staff)
    yield "staff", lambda: _once(person.badge for person in setup.staff if person.badge)
    for person in setup.staff:
        place = f"staff.{person.number}"
        yield f"{place}.role", partial(_known, person.role, roles)
        yield f"{place}.pin", partial(_pin, person.pin)


def _ways(setup: SetupFile) -> Iterator[Check]:
    yield "tenders", lambda: _once(tender.key for tender in setup.tenders)
    yield "reasons", lambda: _once(reason.key for reason in setup.reasons)
    yield "barcode_rules", lambda: _once(rule.key for rule in setup.barcode_rules)
    for rule in setup.barcode_rules:
        yield f"barcode_rules.{rule.key}", partial(check_rule, _rule(rule))


def _shelves(setup: SetupFile) -> Iterator[Check]:
    keys = {category.key for category in setup.categories}
    skus = {item.sku for item in setup.items}
    yield "categories", lambda: _once(category.key for category in setup.categories)
    for category in setup.categories:
        if category.parent:
            place = f"categories.{category.key}.parent"
            yield place, partial(_known, category.parent, keys)
    for page, tiles in setup.quick_keys.items():
        if page:
            yield "quick_keys", partial(_known, page, keys)
        for tile in tiles:
            yield f"quick_keys.{page}", partial(_known, tile.sku, skus)


def _items(setup: SetupFile) -> Iterator[Check]:
    yield "items", lambda: _once(item.sku for item in setup.items)
    taxes = {tax.key for tax in setup.tax_categories}
    keys = {category.key for category in setup.categories}
    shelves = keys | {category.name for category in setup.categories}
    skus = {item.sku for item in setup.items}
    for item in setup.items:
        yield from _item(item, setup.shop.currency)
        place = f"items.{item.sku}"
        yield f"{place}.tax_category", partial(_known, item.tax_category, taxes)
        if item.category:
            yield f"{place}.category", partial(_known, item.category, shelves)
        if item.parent_sku:
            yield f"{place}.parent_sku", partial(_known, item.parent_sku, skus)


def _item(item: ItemPart, currency: str) -> Iterator[Check]:
    place = f"items.{item.sku}"
    yield f"{place}.price", lambda: _amount(item.price, currency)
    yield f"{place}.pieces", partial(_above_zero, item.pieces)
    if item.discount_cap:
        yield f"{place}.discount_cap", lambda: _percentage(item.discount_cap)
    if item.cost:
        yield f"{place}.cost", lambda: _amount(item.cost, currency)
    if item.box_barcode:
        yield f"{place}.box_pieces", lambda: _above_zero(Decimal(item.box_pieces))
    if item.box_price:
        yield f"{place}.box_price", lambda: _amount(item.box_price, currency)


def _rule(part: BarcodeRulePart) -> BarcodeRule:
    kind = MeasureKind(part.kind)
    return BarcodeRule(part.key, part.name, part.pattern, kind, part.decimals)


def _can_need_two(action: Permission) -> None:
    if action in ALWAYS_ALONE:
        raise ValueError(f"{action.value!r} never waits for a second person")


def _known(key: str, keys: Collection[str]) -> None:
    if key not in keys:
        raise ValueError(f"{key[:40]!r} is not defined")


def _once(keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise ValueError(f"{key[:40]!r} stands there twice")
        seen.add(key)


def _above_zero(number: Decimal | int) -> None:
    if not 0 < number < 10**12:
        raise ValueError(f"{number} is not above zero")


def _amount(text: str, currency: str) -> None:
    if parse_minor(text, currency) < 0:
        raise ValueError(f"{text} is below zero")


def _percentage(text: str) -> None:
    if not 0 <= Percentage.parse(text).millionths <= 10_000_000:
        raise ValueError(f"{text} is no tax rate")


def _pin(pin: str) -> None:
    shortest, longest = PIN_DIGITS
    if not (pin.isascii() and pin.isdigit() and shortest <= len(pin) <= longest):
        raise ValueError(f"a PIN has {shortest} to {longest} digits")


def _iso_currency(code: str) -> None:
    if not (len(code) == 3 and code.isascii() and code.isupper() and code.isalpha()):
        raise ValueError(f"{code[:10]!r} is no ISO 4217 code")


def _till(till: str) -> None:
    if not (till.isascii() and till.isalnum() and len(till) <= 6):
        raise ValueError(
            f"{till[:10]!r}: a till's number has up to 6 letters or digits"
        )
