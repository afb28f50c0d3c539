"""The second place on the screen: chosen, pulled out, come back, stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.persistence.till_restore import list_restorable
from pos_app.ports.second_place import PlaceState
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from ui.presenters.place_state import PLACE_CHIP


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def place(till: ScreenTill) -> ScreenTill:
    """A manager at the page of the second place."""
    till.sign_on("1005")
    till.press("function_settings")
    till.press("go-place")
    return till


def fill_in(till: ScreenTill, folder: Path) -> None:
    field = till.find("edit-place_folder")
    till.touch(field, field.rect().center())
    till.key("a", Qt.KeyboardModifier.ControlModifier)
    till.type(str(folder))


def state(till: ScreenTill) -> PlaceState:
    return till.till.second_place.report().state


def choose(till: ScreenTill, folder: Path) -> None:
    fill_in(till, folder)
    till.press("placeUse")
    till.wait(lambda: state(till) is PlaceState.CURRENT)
    till.wait(lambda: till.says(_("Up to date")))


def chips(till: ScreenTill) -> list[str]:
    return [
        chip.text for chip in till.flow.frame.state().chips if chip.key == PLACE_CHIP
    ]


def test_a_shop_without_one_is_told_calmly_and_no_chip_warns(place):
    place.sees(_("No second place yet"))
    assert chips(place) == []


def test_a_chosen_folder_has_every_sale_and_the_journal_says_so(place, stick):
    choose(place, stick)
    place.sees(str(stick))
    assert chips(place) == []
    (found,) = list_restorable(stick)
    assert found.shop_name == place.work.counter.desk.shop.name
    (entry,) = place.journal(EntryKind.SECOND_PLACE_CHANGED)
    assert entry == {"before": "", "after": found.place_id}
    place.key(Qt.Key.Key_Escape)
    place.scan(COLA_GTIN)
    place.pay_cash()


def test_a_stick_that_is_pulled_out_warns_and_selling_goes_on(place, stick):
    choose(place, stick)
    stick.rename(stick.with_name("pocket"))
    place.key(Qt.Key.Key_Escape)
    place.scan(COLA_GTIN)
    place.pay_cash()
    place.wait(lambda: state(place) is PlaceState.GONE)
    place.flow.frame.tick()
    assert chips(place)
    assert _("The disk is not there") in chips(place)[0]
    place.flow.on_chip(PLACE_CHIP)
    place.wait(lambda: place.shown == "settingsScreen")
    place.sees(_("Plug it in again, or choose another one. Selling goes on."))
    stick.with_name("pocket").rename(stick)
    place.wait(lambda: state(place) is PlaceState.CURRENT)
    place.flow.frame.tick()
    assert chips(place) == []
    place.sees(_("Up to date"))


def test_the_shops_own_folder_is_refused_beside_the_field(place):
    fill_in(place, place.folder.root)
    place.press("placeUse")
    place.wait(lambda: place.is_there("problem-place_folder"))
    assert state(place) is PlaceState.NONE
    assert place.journal(EntryKind.SECOND_PLACE_CHANGED) == []


def test_a_place_of_another_shop_is_refused_by_its_name(place, stick):
    choose(place, stick)
    (own,) = stick.iterdir()
    file = own / "place.json"
    ring = place.till.ring.ring_id
    file.write_text(file.read_text().replace(ring, "0" * len(ring)))
    place.press("placeUse")
    place.wait(lambda: place.is_there("problem-place_folder"))
    place.sees(place.work.counter.desk.shop.name)


def test_stopping_is_journalled_and_what_lies_there_stays(place, stick):
    choose(place, stick)
    place.press("placeStop")
    place.wait(lambda: state(place) is PlaceState.NONE)
    place.wait(lambda: place.says(_("No second place yet")))
    assert len(place.journal(EntryKind.SECOND_PLACE_CHANGED)) == 2
    assert list_restorable(stick)


def test_a_cashier_may_look_but_not_choose(till):
    till.sign_on("1001")
    till.flow.on_chip(PLACE_CHIP)
    till.wait(lambda: till.shown == "settingsScreen")
    staff = till.work.counter.desk.session.staff
    assert staff is not None
    asks = till.flow.settings.state.asks_approval
    assert asks or not till.can_press("placeUse")
