"""Words keep their room: nothing elided, cut or pressed to a bar in the small window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from pos_app.i18n import _
from tests.journeys.painted_words import painted, painted_words
from tests.journeys.screen_members import open_members
from tests.journeys.screen_offers import SHIRT, open_offers
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import COLA, COLA_GTIN, ScreenTill
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Kind
from ui.widgets.deduct_card import DeductCard

MANAGER = "1005"


@pytest.fixture
def offering(open_till) -> ScreenTill:
    """Return a small till in English with promotions and a manager signed on."""
    made = open_till(size=(1024, 768))
    made.press("segment-languageSwitch-en")
    made.sign_on(MANAGER)
    open_offers(made)
    return made


def top_of(till: ScreenTill, name: str) -> int:
    """Return how far down a widget stands in the window."""
    widget = till.window.findChild(QWidget, name)
    assert widget is not None
    return widget.mapTo(till.window, QPoint()).y()


def cut_words(widget: QWidget) -> list[str]:
    """Return the texts that end with dots because they did not fit."""
    return [words for words in painted_words(widget) if words.endswith("…")]


def test_two_keys_below_a_price_stand_beside_each_other(offering: ScreenTill) -> None:
    offering.scan(COLA, COLA, COLA)
    offering.press("lineWhy")
    assert top_of(offering, "whyNote") == top_of(offering, "whyDecline")


def test_figures_that_scroll_keep_off_the_bar(offering: ScreenTill) -> None:
    offering.scan(SHIRT, COLA, COLA, COLA)
    offering.press("lineWhy")
    area = offering.window.findChild(QScrollArea, "whyScroll")
    assert area is not None
    bar = area.verticalScrollBar()
    assert bar.isVisible()
    left = bar.mapTo(area, QPoint()).x()
    assert max(x.area.right() for x in painted(area)) < left - 4


def test_an_offer_nearly_reached_is_told_whole(offering: ScreenTill) -> None:
    offering.scan(COLA, COLA, COLA)
    offering.press("lineWhy")
    strip = offering.window.findChild(QWidget, "whyNearly")
    assert strip is not None
    assert not cut_words(strip)


def test_a_coupon_that_lacks_an_amount_is_told_whole(open_till) -> None:
    till = open_till(size=(1024, 768))
    till.press("segment-languageSwitch-en")
    till.sign_on(MANAGER)
    there = open_members(till, ("Lin Keyi", "Wang Min"))
    till.scan(*[COLA_GTIN] * 15)
    proven = till.work.counter.members.prove_phone("13800006217")
    till.flow.features.members.recognised(proven)
    till.work.counter.coupons.use(there.coupons[1])
    till.flow.sale.refresh()
    offers = till.flow.features.offers
    till.wait(lambda: offers.nearest is not None)
    assert offers.nearest.coupon_id == there.coupons[0]
    strip = till.find("nearly")
    assert _("Saves {amount} more", amount="¥15.00") in painted_words(strip)
    assert not cut_words(strip)


def test_a_looked_up_price_has_the_column_for_itself(offering: ScreenTill) -> None:
    offering.press("function_price_check")
    offering.scan(COLA)
    area = offering.window.findChild(QScrollArea, "priceScroll")
    assert area is not None
    assert not area.verticalScrollBar().isVisible()
    offering.press("priceCheckBack")
    assert offering.can_press("function_price_check")


def test_what_is_deducted_is_told_whole_at_payment(offering: ScreenTill) -> None:
    open_members(offering, ("Lin Keyi", "Wang Min"))
    offering.scan(SHIRT)
    proven = offering.work.counter.members.prove_phone("13800006217")
    offering.flow.features.members.recognised(proven)
    offering.key(Qt.Key.Key_F7)
    best = offering.find("couponsBest")
    said = {x.text: x.area.height() for x in painted(best)}
    assert min(said.values()) > 0.8 * max(said.values()), said
    offering.press("couponsBest")
    offering.key(Qt.Key.Key_Escape)
    offering.key(Qt.Key.Key_F12)
    offering.press("deductUse-points")
    cards = offering.window.findChildren(DeductCard)
    shown = [card for card in cards if card.isVisible()]
    assert len(shown) > 1
    assert not [words for card in shown for words in cut_words(card)]
    lowest = [max(x.area.bottom() for x in painted(card)) for card in shown]
    assert all(y <= card.height() for y, card in zip(lowest, shown, strict=True))


def green_keys(till: ScreenTill) -> list[str]:
    """Return the large green keys on show."""
    return [
        key.objectName()
        for key in till.window.findChildren(ActionButton)
        if key.isVisible() and key.isEnabled() and key.face.kind is Kind.PRIMARY
    ]


def test_one_key_is_green_at_a_time(offering: ScreenTill) -> None:
    maker = PromotionMaker(offering, by_touch=True)
    maker.go()
    offering.touch_row("promotionRows", "Second at half price")
    assert green_keys(offering) == ["promotion-edit"]
    maker.begin("Spend 100, 20 off")
    assert green_keys(offering) == ["promotionStart"]
    offering.press("blank-audience")
    assert green_keys(offering) == ["promotionCardDone"]


def test_promotions_are_found_by_the_names_on_the_slips(offering: ScreenTill) -> None:
    PromotionMaker(offering, by_touch=True).go()
    rows = offering.find("promotionRows").rows
    assert [row for row in rows if "Second at half price" in row.detail]


def test_no_line_of_a_sentence_begins_with_a_comma(offering: ScreenTill) -> None:
    maker = PromotionMaker(offering, by_touch=True)
    maker.go()
    maker.begin("2 pieces 10%\u00a0off, 3 pieces 20%\u00a0off")
    words = offering.find("promotionSentence").findChildren(QLabel)
    first = [x.text() for x in words if x.text() and x.x() == 0]
    assert not [text for text in first if not text[0].isalnum()]


def test_a_short_basket_leaves_its_room_to_what_is_told(offering: ScreenTill) -> None:
    maker = PromotionMaker(offering, by_touch=True)
    maker.go()
    maker.begin("Second one half price")
    maker.choose("goods", COLA)
    rows = offering.find("promotionSampleRows")
    offering.wait(lambda: bool(rows.rows))
    assert rows.height() == rows.rows_height


def test_an_empty_page_of_marking_down_says_what_to_do(offering: ScreenTill) -> None:
    offering.press("tab_office")
    offering.press("go-markdown")
    offering.sees(_("Scan goods near their last day"))
    assert not offering.says(_("Choose a row on the left"))
    offering.press("segment-markdownViews-results")
    offering.sees(_("No marked-down goods ended in these days"))


def test_the_top_bar_names_its_tabs_where_small_letters_fit(open_till) -> None:
    till = open_till(size=(1366, 768))
    till.press("segment-languageSwitch-en")
    till.sign_on(MANAGER)
    bar = till.window.screen_shown.frame.top_bar
    names = {"Returns", "Parked", "Members", "Reports", "Shift", "Back office"}
    assert names <= set(painted_words(bar))


def test_the_reports_are_named_in_letters_of_one_size(open_till) -> None:
    till = open_till(size=(1024, 768))
    till.press("segment-languageSwitch-en")
    till.sign_on(MANAGER)
    till.press("tab_reports")
    strip = till.find("pages")
    sizes = {round(x.area.height()) for x in painted(strip)}
    assert len(sizes) == 1, sizes
    assert not cut_words(strip)
