"""F1 shows the keys, F1 again helps with what is on the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos_app.i18n import _
from tests.journeys.screen_till import COLA_GTIN, ScreenTill

F1, ESC = Qt.Key.Key_F1, Qt.Key.Key_Escape
MANUAL = "manualScreen"


def ask(till: ScreenTill) -> str:
    """Ask for help; return the key of the page."""
    till.key(F1)
    assert till.dialog == "keymapOverlay"
    till.key(F1)
    assert till.dialog == ""
    assert till.shown == MANUAL
    return shown_page(till)


def shown_page(till: ScreenTill) -> str:
    rows = till.flow.features.manual.presenter.state.rows
    return next((row.key for row in rows if row.is_chosen), "")


def test_the_page_is_about_the_screen_and_the_basket_stays(selling: ScreenTill):
    selling.scan(COLA_GTIN)
    assert ask(selling) == "sale"
    selling.key(ESC)
    assert selling.shown == "saleScreen"
    assert len(selling.basket) == 1


def test_the_key_of_the_overlay_does_the_same(selling: ScreenTill):
    selling.key(F1)
    selling.press("manualOpen")
    assert selling.shown == MANUAL


def test_a_scan_goes_on_selling(selling: ScreenTill):
    ask(selling)
    selling.scan(COLA_GTIN)
    assert selling.shown == "saleScreen"
    assert len(selling.basket) == 1


def test_words_are_found_while_they_are_typed(selling: ScreenTill):
    ask(selling)
    manual = selling.flow.features.manual
    title = manual.presenter.state.rows[0].title
    selling.key(Qt.Key.Key_F3)
    selling.compose(title)
    assert manual.presenter.state.rows[0].key == shown_page(selling)
    selling.compose("zzzz")
    selling.sees(_("Nothing was found for “{words}”", words=f"{title}zzzz"))
    selling.key(ESC)
    assert len(manual.presenter.state.rows) > 1
    selling.key(ESC)
    assert selling.shown == "saleScreen"


def test_it_helps_also_before_anybody_signed_on(till: ScreenTill):
    assert ask(till) == "start"
    till.key(ESC)
    assert till.shown == "signOnScreen"
