"""What the page of devices does where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.presenters.frame_state import Tone
from ui.screens.settings_fields import FactRows
from ui.theme.fonts import font
from ui.theme.host import theme
from ui.widgets.drawing import text_width
from ui.widgets.head_panel import HeadPanel

pytestmark = pytest.mark.usefixtures("qapp")


def panel_with_chip(wide: int) -> HeadPanel:
    panel = HeadPanel("card-room", "magnifying-glass")
    panel.resize(wide, 300)
    panel.show_head("Devices", "plugs-connected", "Find new devices")
    panel.show_chip("1 needs attention", Tone.WARN)
    return panel


@pytest.mark.parametrize("wide", [434, 600, 900])
def test_a_chip_never_covers_the_title(wide: int) -> None:
    panel = panel_with_chip(wide)

    assert panel.chip is not None
    title_ends = theme().px(50) + text_width("Devices", font(theme(), "h2"))
    assert panel.chip.x() >= title_ends
    assert panel.chip.geometry().right() < panel.key.x()


def test_a_chip_that_is_shrunk_still_says_all_to_assistive_tools() -> None:
    narrow, wide = panel_with_chip(434), panel_with_chip(900)
    chip, whole = narrow.chip, wide.chip

    assert chip is not None
    assert whole is not None
    assert chip.width() < whole.width()
    assert chip.accessibleName() == whole.accessibleName() == "1 needs attention"


def test_facts_stand_below_their_labels_where_both_have_no_room() -> None:
    facts = FactRows("facts-room")
    facts.show_rows([("How it is reached", "Pictures in a folder")])

    facts.resize(600, 60)
    beside = facts.sizeHint().height()
    facts.resize(160, 60)

    assert facts.sizeHint().height() > beside
    QApplication.processEvents()
    assert not facts.grab().isNull()
