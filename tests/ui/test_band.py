"""The strip above the ticket says which sale was the last, however little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.journeys.painted_words import painted
from ui.presenters.ticket_state import BandView
from ui.theme.host import theme_host
from ui.theme.theme import Theme
from ui.widgets.action_button import ActionButton
from ui.widgets.band import Band

LAST = BandView(
    "Last sale 02-A-000009",
    "15:43 · ¥205.50",
    action="Show",
    action_icon="receipt",
    member_key="Member",
    short="02-A-000009",
)
CALM = BandView("No sale yet", "Scan the first item", member_key="Member")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    theme_host().use(Theme(language="en"))
    theme_host().dress(qapp)


@pytest.mark.parametrize(
    ("width", "title", "key"),
    [(640, "Last sale 02-A-000009", "Member"), (397, "02-A-000009", "")],
)
def test_number_of_the_last_sale_is_whole(qtbot, width, title, key):
    band = Band()
    qtbot.addWidget(band)
    band.resize(width, 66)
    band.show()
    band.show_band(CALM)
    band.show_band(LAST)
    assert title in [word.text for word in painted(band)]
    member = band.findChild(ActionButton, "bandMember")
    assert (member.text(), member.accessibleName()) == (key, "Member")
    band.show_band(CALM)
    assert member.text() == "Member"
