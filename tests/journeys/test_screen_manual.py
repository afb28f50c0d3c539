"""F1 shows the keys, F1 again helps with what is on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextCursor

from pos_app.i18n import LANGUAGES, _
from pos_app.services.manual import Manual
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from ui.screens.manual_text import ManualText

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


def text_of(till: ScreenTill) -> ManualText:
    found = till.window.findChild(ManualText, "manualText")
    assert isinstance(found, ManualText)
    return found


def pictures_of(text: ManualText) -> list[QImage]:
    """Return the pictures of the page as they are painted; null where one is not."""
    kind, paper, found = 2, text.document(), []
    block = paper.begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            looks = at.fragment().charFormat()
            if looks.isImageFormat():
                painted = text.loadResource(kind, looks.toImageFormat().name())
                found.append(painted if isinstance(painted, QImage) else QImage())
            at += 1
        block = block.next()
    return found


def open_nothing(_till: ScreenTill) -> None:
    """The sale is on the screen already."""


def open_settings_page(page: str) -> Callable[[ScreenTill], None]:
    def open_page(till: ScreenTill) -> None:
        till.press("function_settings")
        till.press(f"go-{page}")

    return open_page


def open_office_part(part: str) -> Callable[[ScreenTill], None]:
    def open_part(till: ScreenTill) -> None:
        till.press("tab_office")
        till.press(f"go-{part}")

    return open_part


def open_payment(till: ScreenTill) -> None:
    till.scan(COLA_GTIN)
    till.key(Qt.Key.Key_F12)


def open_why(till: ScreenTill) -> None:
    till.scan(COLA_GTIN)
    till.press("lineWhy")


WAYS: dict[str, Callable[[ScreenTill], None]] = {
    "sale": open_nothing,
    "payment": open_payment,
    "done": lambda till: (till.scan(COLA_GTIN), till.pay_cash()),  # type: ignore[dict-item]
    "returns": lambda till: till.key(Qt.Key.Key_F10),
    "parked": lambda till: till.key(Qt.Key.Key_F9),
    "price_check": lambda till: till.key(Qt.Key.Key_F4),
    "discounts": open_why,
    "reports": lambda till: till.press("tab_reports"),
    "shift": lambda till: till.press("tab_shift"),
    "printer": open_settings_page("devices"),
    "doctor": open_settings_page("doctor"),
    "place": open_settings_page("place"),
    "update": open_settings_page("about"),
    "items": open_office_part("items"),
    "stock": open_office_part("stock"),
    "people": open_office_part("people"),
}


@pytest.mark.parametrize("page", WAYS)
def test_every_screen_is_helped_by_its_own_page(till: ScreenTill, page: str):
    till.sign_on("1005")
    WAYS[page](till)
    before = till.shown
    assert ask(till) == page
    till.key(ESC)
    assert till.shown == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_returns_are_found_in_the_words_of_any_language(
    till: ScreenTill, language: str
):
    till.press(f"segment-languageSwitch-{language}")
    till.sign_on("1005")
    for words in ("退货", "退貨", "return"):
        ask(till)
        till.key(Qt.Key.Key_F3)
        till.compose(words)
        assert shown_page(till) == "returns"
        till.key(ESC)
        till.key(ESC)


def test_a_link_leads_to_its_page_and_its_pictures_are_painted(selling: ScreenTill):
    ask(selling)
    text = text_of(selling)
    page = Manual("zh-CN").page("sale")
    pictures = pictures_of(text)
    assert len(pictures) == len(re.findall(r"!\[", page.text))
    assert all(not picture.isNull() for picture in pictures)
    assert all(picture.width() > 300 for picture in pictures)
    cursor = QTextCursor(text.document())
    cursor = text.document().find(Manual("zh-CN").page("scanning").title, cursor)
    cursor.setPosition(cursor.anchor() + 1)
    text.setTextCursor(cursor)
    text.ensureCursorVisible()
    selling.touch(text.viewport(), text.cursorRect(cursor).center())
    assert shown_page(selling) == "scanning"
    assert text.verticalScrollBar().value() == 0


def test_what_is_half_read_stays_where_it_is(selling: ScreenTill):
    ask(selling)
    bar = text_of(selling).verticalScrollBar()
    selling.key(Qt.Key.Key_PageDown)
    down = bar.value()
    assert down > 0
    selling.flow.render()
    selling.settle()
    assert bar.value() == down
    selling.key(Qt.Key.Key_PageUp)
    assert bar.value() < down


def test_the_language_follows_the_cashier(till: ScreenTill):
    till.sign_on("1003")
    ask(till)
    english = Manual("en").page("sale")
    till.sees(english.title)
    assert "quick keys" not in english.title
    assert english.text.split(".")[0] in text_of(till).toPlainText()


@pytest.mark.parametrize(
    "language",  # the same pages in each: English words are the longest
    [
        pytest.param(tag, marks=() if tag == "en" else (pytest.mark.slow,))
        for tag in LANGUAGES
    ],
)
def test_every_page_is_laid_out_with_all_its_pictures(till: ScreenTill, language: str):
    till.press(f"segment-languageSwitch-{language}")
    ask(till)
    text = text_of(till)
    for page in Manual(language).pages:
        till.flow.features.manual.presenter.on_chosen(page.key)
        till.settle()
        pictures = pictures_of(text)
        assert len(pictures) == len(re.findall(r"!\[", page.text)), page.key
        assert all(not picture.isNull() for picture in pictures), page.key
        assert text.horizontalScrollBar().maximum() == 0, page.key
