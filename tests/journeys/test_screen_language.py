"""The language of the screen is the language of who sells."""

from __future__ import annotations

from pos_app.i18n import current_language
from tests.journeys.screen_language import foreign
from tests.journeys.screen_till import COLA_GTIN, ScreenTill


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
