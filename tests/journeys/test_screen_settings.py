"""The settings: what is changed there is in force at once, and in the journal."""

from __future__ import annotations

from unicodedata import east_asian_width

import pytest
from PySide6.QtCore import QPoint, Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from tests.journeys.screen_till import COLA, COLA_GTIN, ScreenTill
from ui.presenters.pad_key import PadKey
from ui.theme.host import theme, theme_host


@pytest.fixture
def settings(till: ScreenTill) -> ScreenTill:
    till.sign_on("1005")
    till.press("function_settings")
    return till


def fill_in(till: ScreenTill, key: str, text: str) -> None:
    """Type over a field and leave it with Enter."""
    field = till.find(f"edit-{key}")
    till.touch(field, field.rect().center())
    till.key("a", Qt.KeyboardModifier.ControlModifier)
    till.type(text)
    till.key(Qt.Key.Key_Return)


def changed(till: ScreenTill) -> list[dict[str, object]]:
    return [body["after"] for body in till.journal(EntryKind.SETTINGS_CHANGED)]


def test_name_of_the_shop_is_on_the_bar_and_on_the_next_slip(settings):
    fill_in(settings, "shop_name", "Corner Shop 7")
    settings.sees("Corner Shop 7")
    settings.key(Qt.Key.Key_Escape)
    settings.scan(COLA_GTIN)
    settings.pay_cash()
    assert "Corner Shop 7" in settings.wait_for_slips(1)[0]
    assert "Corner Shop 7" in str(settings.journal())


def test_refused_name_says_why_and_the_old_one_stays(settings):
    before = settings.work.counter.desk.shop.name
    fill_in(settings, "shop_name", " ")
    assert settings.is_there("problem-shop_name")
    assert settings.work.counter.desk.shop.name == before


def test_dark_large_and_phone_order_are_seen_at_once(settings):
    settings.press("go-look")
    settings.press("segment-choice-theme-dark")
    assert theme().name == "dark"
    settings.press("segment-choice-size_percent-125")
    assert theme().text_scale == 1.25
    settings.press("segment-choice-pad-123")
    settings.key(Qt.Key.Key_Escape)
    pad = settings.window.screen_shown.pay.keypad
    assert pad.button(PadKey.D1).y() < pad.button(PadKey.D7).y()
    settings.press("lockButton")
    assert settings.find("pin-D1").y() < settings.find("pin-D7").y()
    assert changed(settings) == [
        {"theme": "dark"},
        {"size_percent": 125},
        {"pad": "123"},
    ]


def test_language_of_the_screen_changes_every_word_at_once(settings):
    settings.press("go-language")
    settings.press("segment-choice-language-en")
    settings.sees("Settings", "Language", "Slip")
    settings.press("segment-choice-slip_language-zh-TW")
    settings.key(Qt.Key.Key_Escape)
    settings.sees("Price check", "Take payment")
    settings.scan(COLA_GTIN)
    sale = settings.pay_cash()
    assert sale.language == "zh-TW"
    settings.press("lockButton")
    settings.sees("Scan your badge to sign on")


def test_items_are_kept_apart_when_merging_is_off(settings):
    settings.press("go-sale")
    settings.press("switch-merge_same_items")
    settings.press("tab_sale")
    settings.scan(COLA_GTIN, COLA_GTIN)
    assert settings.basket == [(COLA, "1"), (COLA, "1")]
    assert changed(settings) == [{"merge_same_items": False}]


def test_one_tap_cash_and_slips_can_be_turned_off(settings):
    settings.press("go-sale")
    settings.press("switch-one_tap_cash")
    settings.press("switch-print_slips")
    settings.press("tab_sale")
    settings.scan(COLA_GTIN)
    assert not settings.is_there("quickCash1")
    assert not settings.is_there("quickCash2")
    settings.press("mainAction")
    settings.press("mainAction")
    settings.wait(lambda: settings.shown == "paymentDoneScreen")
    settings.sees("没有打小票")


def test_till_that_never_locks_and_one_that_locks_after_five_minutes(settings):
    settings.press("go-sale")
    settings.press("segment-choice-auto_lock_minutes-5")
    settings.press("tab_sale")
    for _second in range(300):
        settings.app._on_second()
    assert settings.shown == "signOnScreen"


def test_field_that_is_emptied_stays_empty_while_the_clock_goes_on(settings):
    field = settings.find("edit-shop_phone")
    settings.touch(field, field.rect().center())
    settings.key("a", Qt.KeyboardModifier.ControlModifier)
    settings.key(Qt.Key.Key_Backspace)
    settings.app._on_second()
    settings.settle()
    assert field.text() == ""
    settings.key(Qt.Key.Key_Return)
    assert settings.work.counter.desk.shop.phone == ""


def columns(line: str) -> int:
    """Return how wide a line is on paper; a Han character takes two columns."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


def test_paper_of_58_mm_is_seen_in_the_preview_and_on_the_slip(settings):
    settings.press("go-devices")
    devices = settings.flow.features.hardware.presenter
    settings.wait(lambda: devices.knows_drivers)
    settings.press("card-device-key")
    settings.press("segment-choice-device-option-paper_mm-58")
    settings.wait(lambda: settings.till.device_book.paper_mm == 58)
    settings.wait(lambda: not devices.is_changing)
    settings.press("card-device-key")
    settings.press("deviceTestNow")
    settings.wait(lambda: len(list(settings.folder.slips.glob("*.png"))) == 1)
    settings.press("tab_sale")
    settings.scan(COLA_GTIN)
    settings.pay_cash()
    settings.wait_for_slips(2)
    widths = {columns(line) for line in settings.slips()[-1].split("\n")}
    assert max(widths) <= 32


def test_backup_and_check_say_how_they_went(settings):
    settings.press("go-about")
    settings.press("backUp")
    settings.wait(lambda: settings.says("已保存并核对"))
    settings.press("checkDatabase")
    settings.wait(lambda: settings.says("需要处理") or settings.says("一切正常"))
    settings.sees("密钥在当前用户的文件里")  # of a test's shop: said, not hidden
    assert not settings.says("损坏")
    made = list((settings.folder.root / "backups").glob("*.guitai"))
    assert made
    assert len(settings.journal(EntryKind.BACKUP_MADE)) >= 1
    assert settings.beeps == 0


def test_the_notes_chosen_are_what_cash_keys_are_made_of(settings: ScreenTill):
    settings.press("go-sale")
    for minor in ("5000", "2000", "1000", "500", "100", "50", "10"):
        settings.press(f"segment-notes-quick_notes-{minor}")
        settings.wait(lambda: not settings.flow.settings.is_changing)
    assert settings.till.settings.current.quick_notes == "10000"
    settings.press("segment-notes-quick_notes-10000")  # the last one stays
    assert settings.till.settings.current.quick_notes == "10000"
    settings.press("tab_sale")
    settings.scan(COLA_GTIN)
    due = settings.work.counter.checkout.payment.cash_due_minor
    offered = [x.cash_minor for x in settings.work.counter.checkout.cash_choices()]
    assert offered == [due, 10000]


def test_left_handed_the_pad_stands_on_the_left_at_once(settings: ScreenTill):
    settings.press("go-look")
    settings.press("switch-left_handed")
    settings.wait(lambda: settings.till.settings.current.left_handed)
    settings.press("tab_sale")
    pad, ticket = settings.find("padKey7"), settings.find("ticket")
    window = settings.window
    assert pad.mapTo(window, QPoint(0, 0)).x() < ticket.mapTo(window, QPoint(0, 0)).x()


def test_strong_lines_are_seen_at_once(settings: ScreenTill):
    settings.press("go-look")
    settings.press("segment-choice-contrast-high")
    settings.wait(lambda: theme_host().theme.is_high_contrast)
    c = theme_host().theme.colours
    assert c.line == c.linestrong


def test_the_screen_is_measured_again_with_a_card_and_forgotten(settings: ScreenTill):
    settings.press("go-look")
    settings.sees(_("Not measured"))
    assert not settings.is_there("forgetScreen")
    settings.press("measureScreen")
    assert settings.dialog == "measureDialog"
    settings.press("dialogClose")  # nothing was taken
    assert settings.till.settings.current.screen_um_per_px == 0
    settings.press("measureScreen")
    before = settings.find("cardMeasure").um_per_px
    for _tap in range(20):
        settings.press("cardLarger")
    settings.press("measureTake")
    settings.wait(lambda: settings.till.settings.current.screen_um_per_px > 0)
    um = settings.till.settings.current.screen_um_per_px
    assert um < before
    settings.wait(lambda: theme_host().theme.um_per_px == um)
    settings.sees(f"0.{um:03}")
    settings.press("measureScreen")  # it begins where it stood
    assert settings.find("cardMeasure").um_per_px == um
    settings.key(Qt.Key.Key_Escape)
    settings.press("forgetScreen")
    settings.wait(lambda: settings.till.settings.current.screen_um_per_px == 0)
    settings.wait(lambda: theme_host().theme.um_per_px == 0)
    settings.sees(_("Not measured"))
