"""One language on the whole screen, whichever it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest

from pos_app.i18n import current_language
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.journeys.screen_views import every_view
from ui.format import day_text

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z]{2,}")
#: Names on keys, and what is written so in every language.
_ANYWHERE = frozenset(
    "EN Esc Enter Ctrl Del Alt PIN SKU mm kg ml PNG TCP MB KB GB CNY Asia Shanghai"
    " DEMO English App Epson Big VS guitai zip PLU".split()
)
_LANGUAGE_NAMES = frozenset({"简体", "繁體", "简体中文", "繁體中文", "简", "繁"})
#: Whoever writes Chinese for the one reads no characters of the other.
_CHARACTER_SET = {"zh-CN": "gb2312", "zh-TW": "cp950"}


#: Typed by the test: letters of pinyin, and paths of this machine.
_TYPED = re.compile(r"niunai\w*|\S*[/_.\d]\S*")


def shops_own_words(till: ScreenTill) -> list[str]:
    """Return what the shop wrote in its one language: it is data, as goods are."""
    shop, rules = till.work.counter.desk.shop, till.work.counter.sale.rules
    rates = [rate for part in rules.tax_categories for rate in part.rates]
    sample_day = day_text(date(2026, 11, 21), shop.language)  # how it reads there
    return [
        *(shop.name, shop.address, shop.slip_footer.replace("\n", " "), sample_day),
        *(rate.name for rate in rates),
        *("1 罐", "/箱", "/盒", "/包", "/瓶", "/罐"),
    ]


def foreign(text: str, language: str, own: Sequence[str] = ()) -> bool:
    """Tell whether words are in another language than the screen's."""
    if text in _LANGUAGE_NAMES:
        return False
    for words in own:
        text = text.replace(words, "")
    text = _TYPED.sub("", text)
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


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_every_view_speaks_one_language(till, language):
    wrong: dict[str, list[str]] = {}
    own = shops_own_words(till) if language != "zh-CN" else []
    for view in every_view(till, language):
        words = {text for text in till.words() if foreign(text, language, own)}
        if words:
            wrong[view] = sorted(words)
    assert not wrong


def test_cashiers_own_language_comes_with_the_badge_and_goes_with_the_lock(till):
    till.sign_on("1001")
    till.scan(COLA_GTIN)
    till.press("lineDelete")
    till.scan("GTB1003L5D2P7V8J4")
    assert current_language() == "en"
    till.sees("Take payment", "Price check", "Cashier 3")
    assert not [text for text in till.words() if foreign(text, "en")]
    till.press("lockButton")
    assert current_language() == "zh-CN"
    till.sees("谁来收银？")  # and not "locked": the basket was emptied
    till.sign_on("1001")
    till.sees("收款", "查价")


def test_language_chosen_at_sign_on_is_whose_who_signs_on(till: ScreenTill):
    till.press("segment-languageSwitch-zh-TW")
    till.sign_on("1003")  # whose own language is English
    assert current_language() == "zh-TW"
    till.press("lockButton")
    assert current_language() == "zh-CN"
