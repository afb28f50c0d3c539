"""Tells whether words belong to the language of the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pos_app.bootstrap import demo_setup
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from ui.format import day_text

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")
#: Names on keys, and what is written so in every language.
_ANYWHERE = frozenset(
    {
        *("EN", "Esc", "Enter", "Ctrl", "Del", "Alt", "PIN", "SKU", "PLU", "App", "OK"),
        *("mm", "kg", "ml", "MB", "KB", "GB", "CNY", "PNG", "TCP", "Epson", "Big"),
        *("USB", "HID", "COM", "ESC", "POS", "ZPL", "TSPL", "Star", "Linux", "libusb"),
        *("Asia", "Shanghai", "DEMO", "English", "guitai", "JPEG", "WebP"),
        "customer",  # the folder of its pictures
        "RFM",  # what marketers call recency, frequency, money
    }
)
_LANGUAGE_NAMES = frozenset({"简体", "繁體", "简体中文", "繁體中文", "简", "繁"})
#: Whoever writes Chinese for the one reads no characters of the other.
_CHARACTER_SET = {"zh-CN": "gb2312", "zh-TW": "cp950"}


#: Typed by the test: letters of pinyin, and paths of this machine.
_TYPED = re.compile(r"niunai\w*|\S*[/_.\d]\S*")
#: A member's name as it is shown: 林*怡, 王*.
_MASKED = re.compile(r"[\u3400-\u9fff]\*+[\u3400-\u9fff]*")
#: Tiers, coupons and partners as the tests' shop calls them: its own words.
_LOYALTY = (
    *("金卡", "银卡", "銀卡", "每件减 0.10", "每件折 0.10", "满 5 减 1"),
    *("生日券 满 50 减 15", "生日券 滿 50 折 15", "隔壁影院", "开业", "一块"),
)
#: A recovery code, or how one is written; painted shorter where there is no room.
_CODE = re.compile(r"[A-Z]{4}(?:-[A-Z]{0,4})+…?")


def shops_own_words(till: ScreenTill) -> list[str]:
    """Return what the shop wrote in its one language: it is data, as goods are."""
    shop, rules = till.work.counter.desk.shop, till.work.counter.sale.rules
    rates = [rate for part in rules.tax_categories for rate in part.rates]
    sample_day = day_text(date(2026, 11, 21), shop.language)  # how it reads there
    catalog = till.work.counter.desk.catalog
    names = [x for c in catalog.categories() for x in (c.name, *dict(c.names).values())]
    keys = catalog.quick_keys("", till.work.counter.desk.clock.now())
    labels = [x for key in keys for x in (key.label, *dict(key.labels).values())]
    return [
        *(word for word in (*names, *labels) if word),
        *(shop.name, shop.address, shop.slip_footer.replace("\n", " "), sample_day),
        *(rate.name for rate in rates),
        *(part.name for part in rules.tax_categories),
        *words_of_goods(),
        *(person.name for person in catalog.everybody()),
        *_LOYALTY,
        *("1 罐", "/箱", "/盒", "/包", "/瓶", "/罐"),
    ]


def names_in_forms(till: ScreenTill) -> frozenset[str]:
    """Return the names that forms show in every language, each by itself."""
    catalog, rules = till.work.counter.desk.catalog, till.work.counter.sale.rules
    named = (
        *catalog.everybody(),
        *catalog.roles(),
        *catalog.known_tenders(),
        *catalog.known_reasons(),
        *rules.tax_categories,
    )
    return frozenset(x for one in named for x in (one.name, *dict(one.names).values()))


def names_on_card(till: ScreenTill) -> frozenset[str]:
    """Return what an item's card shows in every language: names of goods and units.

    Elsewhere goods are called what the reader calls them.
    """
    found = till.work.counter.sale.look_up(COLA_GTIN)
    assert found is not None
    cola = found.unit
    names = {cola.name, f"{cola.name} {cola.variant}".strip(), "可乐"}
    return frozenset({*names, *dict(cola.names).values(), "罐", "箱", "件"})


def words_of_goods() -> tuple[str, ...]:
    """Return the variants: they have no other language."""
    variants = {item.variant for item in demo_setup().items if item.variant}
    return tuple(sorted(variants, key=len, reverse=True))


def unit_names() -> frozenset[str]:
    """Return what the shop calls its units: they have no other language either."""
    return frozenset({item.unit_name for item in demo_setup().items} - {""})


def is_data(words: str, names: frozenset[str]) -> bool:
    """Tell whether words are a name in a form, or the part of it on one line."""
    parts = words.rstrip("…")
    return words in names or (len(parts) > 1 and any(parts in name for name in names))


def foreign(text: str, language: str, own: Sequence[str] = ()) -> bool:
    """Tell whether words are in another language than the screen's."""
    if text in _LANGUAGE_NAMES:
        return False
    # The longest first: a short name inside a long one would leave its rest behind.
    for words in sorted(own, key=len, reverse=True):
        text = text.replace(words, "")
    text = _TYPED.sub("", _CODE.sub("", _MASKED.sub("", text)))
    if language == "en":
        return bool(_HAN.search(text))
    if set(_WORD.findall(text)) - _ANYWHERE:
        return True
    han = "".join(_HAN.findall(text))
    try:
        han.encode(_CHARACTER_SET[language])
    except UnicodeEncodeError:
        return True
    return False
