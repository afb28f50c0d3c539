"""The back office's shell: who sees what, and what a lock, a sale and a scan do to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.permission import Permission
from pos_app.i18n import _
from tests.journeys.screen_till import (
    COLA_GTIN,
    ScreenTill,
    make_template,
    selling_setup,
)
from ui.back_office_parts import PARTS
from ui.widgets.office_rail import OfficeRail

MANAGER, CASHIER = "1005", "1001"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    till.sign_on(MANAGER)
    till.press("tab_office")
    return till


def back_office(till: ScreenTill):
    return till.flow.features.back_office


def shown_entries(till: ScreenTill) -> list[str]:
    return [entry.key for entry in back_office(till).entries()]


def test_the_permissions_decide_what_is_in_the_list(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    till.press("tab_office")
    staff = till.work.counter.desk.session.cashier
    on = [x for x in PARTS if x.is_on(till.work)]
    expected = [x.key for x in on if any(map(staff.may, x.permissions))]
    assert shown_entries(till) == expected
    for key in expected:
        till.unfold(f"go-{key}")
        assert till.find(f"go-{key}").accessibleName()


def test_whoever_may_open_nothing_has_no_tab(open_till, tmp_path) -> None:
    setup = selling_setup()
    roles = [
        role.model_copy(update={"permissions": (Permission.SELL.value,)})
        if role.key == "cashier"
        else role
        for role in setup.roles
    ]
    shop = make_template(tmp_path / "plain", setup.model_copy(update={"roles": roles}))
    till = open_till(shop)
    till.sign_on(CASHIER)
    assert not till.is_there("tab_office")


def test_a_permission_opens_its_own_parts_and_no_other(open_till, tmp_path) -> None:
    setup = selling_setup()
    mine = (Permission.SELL.value, Permission.PRICES.value)
    roles = [
        role.model_copy(update={"permissions": mine}) if role.key == "cashier" else role
        for role in setup.roles
    ]
    shop = make_template(tmp_path / "one", setup.model_copy(update={"roles": roles}))
    till = open_till(shop)
    till.sign_on(CASHIER)
    till.press("tab_office")
    # A new price wants a new label, and so does one that is reduced.
    assert shown_entries(till) == ["prices", "labels", "markdown"]
    assert back_office(till).shown_key == "prices"


def test_up_and_down_go_through_the_list_and_esc_back_to_the_sale(office) -> None:
    keys = shown_entries(office)
    back_office(office).go(keys[0])
    office.settle()
    back_office(office).screen.rail.give_keyboard(keys[0])
    office.key(Qt.Key.Key_Down)
    assert back_office(office).shown_key == keys[1]
    office.key(Qt.Key.Key_Up)
    office.key(Qt.Key.Key_Up)
    assert back_office(office).shown_key == keys[0]
    office.key(Qt.Key.Key_Escape)
    assert office.shown == "saleScreen"


@pytest.mark.parametrize("language", ["en", "zh-CN", "zh-TW"])
def test_all_tabs_fit_into_the_narrow_bar(open_till, language: str) -> None:
    till = open_till(size=(1024, 768))
    till.press(f"segment-languageSwitch-{language}")
    till.sign_on(MANAGER)
    till.press("tab_office")
    tabs = till.flow.features.tabs()
    edges = []
    for tab in tabs:
        widget = till.find(f"tab_{tab.key}")
        left = widget.mapTo(till.window, widget.rect().topLeft()).x()
        edges.append((left, left + widget.width()))
        assert widget.width() >= min(48, widget.sizeHint().width())
        assert widget.accessibleName() == tab.text
    assert all(one[1] <= other[0] for one, other in pairwise(edges))
    lock = till.find("lockButton")
    assert edges[-1][1] <= lock.mapTo(till.window, lock.rect().topLeft()).x()


def test_a_scan_begins_a_sale_as_anywhere(office) -> None:
    office.press("go-prices")
    office.scan(COLA_GTIN)
    assert (office.shown, len(office.lines)) == ("saleScreen", 1)
    office.press("tab_office")
    assert back_office(office).shown_key == "prices"


def test_an_open_basket_waits_behind_the_back_office(office) -> None:
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    office.press("tab_office")
    office.press("go-prices")
    office.key(Qt.Key.Key_Escape)
    assert len(office.lines) == 1


def test_the_back_office_does_not_open_while_a_sale_is_committed(office) -> None:
    office.press("tab_sale")
    office.scan(COLA_GTIN)
    office.flow.sale.hold()
    back_office(office).open()
    assert office.shown == "saleScreen"
    office.flow.sale.release()
    back_office(office).open()
    assert office.shown == "backOfficeScreen"


def test_a_locked_till_shows_nothing_of_it_to_the_next_person(office) -> None:
    office.press("go-prices")
    office.flow.lock()
    office.settle()
    assert office.shown == "signOnScreen"
    office.sign_on(CASHIER)
    assert office.shown == "saleScreen"
    assert "prices" not in shown_entries(office)
    if office.is_there("tab_office"):
        office.press("tab_office")
        assert back_office(office).shown_key != "prices"


def test_every_entry_can_be_opened_and_left(office) -> None:
    for key in shown_entries(office):
        office.press(f"go-{key}")
        assert back_office(office).shown_key == key
        office.sees(_("Back office"))
    office.press("tab_sale")
    assert office.shown == "saleScreen"


def rail_of(till: ScreenTill) -> OfficeRail:
    rail = till.find("officeRail")
    assert isinstance(rail, OfficeRail)
    return rail


def test_at_the_smallest_size_nothing_of_the_list_needs_a_scroll_or_a_mouse(
    open_till,
) -> None:
    till = open_till(size=(1024, 768))
    till.sign_on(MANAGER)
    till.press("tab_office")
    rail_of(till).give_keyboard("items")
    keys = shown_entries(till)
    passed = [back_office(till).shown_key]
    for _step in keys[1:]:
        till.key(Qt.Key.Key_Down)
        passed.append(back_office(till).shown_key)
        entry = till.find(f"go-{passed[-1]}")
        assert entry.hasFocus()
        assert entry.visibleRegion().boundingRect().height() >= 48
        assert rail_of(till).verticalScrollBar().maximum() == 0
    assert passed == keys
    till.find("group-2").setFocus(Qt.FocusReason.TabFocusReason)
    till.key(Qt.Key.Key_Space)
    assert back_office(till).shown_key == keys[-1]  # folding opens nothing by itself
    till.key(Qt.Key.Key_Tab)
    till.key(Qt.Key.Key_Space)
    assert back_office(till).shown_key == "members"
