"""The manual has a page for everything that can be on the screen; it reads well."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from pos_app.i18n import LANGUAGES
from pos_app.services.manual import Manual
from ui.back_office_parts import PARTS
from ui.manual_flow import SCREENS
from ui.presenters.settings_state import SettingsPage

#: What features call what they show on the sale screen.
PANELS = {"returns", "parked", "why_price", "price_check", "print_wait"}
#: Settings that a page of their own speaks of.
OWN_PAGES = {
    SettingsPage.DEVICES: "printer",
    SettingsPage.CUSTOMER: "customer_display",
    SettingsPage.PLACE: "place",
    SettingsPage.DOCTOR: "doctor",
    SettingsPage.ABOUT: "update",
}


@pytest.fixture(params=LANGUAGES)
def manual(request: pytest.FixtureRequest) -> Manual:
    return Manual(request.param)


@pytest.mark.parametrize("name", sorted({*SCREENS.values(), *PANELS}))
def test_every_screen_and_panel_has_a_page_that_names_it(manual: Manual, name: str):
    assert name in manual.page_for(name).screens


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_every_part_of_the_back_office_has_a_page_that_names_it(manual: Manual, part):
    assert f"office_{part.key}" in manual.page_for(f"office_{part.key}").screens


@pytest.mark.parametrize("page", SettingsPage)
def test_every_page_of_the_settings_leads_to_its_page(manual: Manual, page):
    found = manual.page_for(f"settings_{page.value}").key
    assert found == OWN_PAGES.get(page, "settings")


@pytest.mark.usefixtures("qapp")
def test_no_mark_of_markdown_is_left_to_be_read(manual: Manual):
    for page in manual.pages:
        paper = QTextDocument()
        paper.setMarkdown(page.text)
        read = paper.toPlainText()
        assert "**" not in read, page.key
        assert "](" not in read, page.key
