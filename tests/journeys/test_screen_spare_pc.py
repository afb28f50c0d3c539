"""A till dies in the middle of a sale; a spare PC goes on where it stood.

Both tills are used by their screens alone. The spare PC has the stick and the
recovery code, and nothing of the dead till's own folder.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _, use_language
from pos_app.persistence.key_ring import renew_recovery_code
from pos_app.persistence.ledger import journal_rows
from pos_app.ports.second_place import PlaceState
from tests.journeys.screen_till import COLA_GTIN, FIRST_GTIN, PINS, ScreenTill
from tests.journeys.test_screen_second_place import choose, state
from tests.journeys.wizard_person import WizardPerson
from ui.theme.host import theme_host
from ui.theme.theme import Theme

CASHIER, MANAGER = "1001", "1005"


@pytest.fixture
def spare(qtbot, garbage_of_windows: None) -> Iterator[Callable[..., WizardPerson]]:
    """Return what starts the program on a PC that has no shop yet."""
    people: list[WizardPerson] = []

    def start(home: Path) -> WizardPerson:
        people.append(WizardPerson(home))
        return people[-1].come()

    yield start
    for person in people:
        person.go()
    people.clear()
    use_language("en")
    theme_host().use(Theme())


def with_a_second_place(till: ScreenTill, stick: Path) -> str:
    """Let the manager choose the stick; return the shop's recovery code."""
    code = renew_recovery_code(till.folder.root, till.till.ring)
    stick.mkdir()
    till.sign_on(MANAGER)
    till.press("function_settings")
    till.press("go-place")
    choose(till, stick)
    till.key(Qt.Key.Key_Escape)
    till.press("lockButton")
    till.sign_on(CASHIER)
    return code


def park(till: ScreenTill, code: str) -> None:
    till.scan(code)
    till.key(Qt.Key.Key_F8)
    till.wait(lambda: till.work.counter.park.count() == 1)
    till.wait(lambda: not till.flow.sale.is_held)


def die(till: ScreenTill, stick: Path, pocket: Path) -> None:
    """Take the stick out as it is while the till runs: as a kill -9 leaves it."""
    till.till.ledger.flush()
    till.wait(lambda: state(till) is PlaceState.CURRENT)
    shutil.copytree(stick, pocket)
    till.stop()


def restore(person: WizardPerson, stick: Path, code: str) -> None:
    """Bring the till back on the spare PC, and wait for its first screen."""
    person.press("way-restore")
    person.wait(lambda: person.wizard.state.sources is not None, "the search")
    person.type("restore_source", str(stick))
    person.type("restore_code", code)
    person.press("setupNext")
    person.wait(lambda: person.start.window is not None, "the restored till")


def sign_on(person: WizardPerson, number: str) -> None:
    person.press(f"staff-{number}")
    for digit in PINS[number]:
        person.press(f"pin-D{digit}")
    person.press("signOn")
    person.wait(lambda: person.shown == "saleScreen", "the sale screen")


def bodies(person: WizardPerson, kind: EntryKind) -> list[dict[str, Any]]:
    """Return the bodies of the restored journal's entries of a kind."""
    ledger = person.start.till.ledger
    ledger.flush()
    with ledger.read_engine.begin() as connection:
        found = list(journal_rows.entries(connection))
    return [json.loads(x.canonical)["body"] for x in found if x.kind is kind]


def test_the_basket_on_the_screen_is_sold_on_the_spare_pc(
    till, spare, tmp_path, record_property
):
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    code = with_a_second_place(till, stick)
    till.scan(COLA_GTIN)
    first = till.pay_cash()
    till.press("mainAction")
    park(till, FIRST_GTIN)
    till.scan(COLA_GTIN, COLA_GTIN, FIRST_GTIN)
    due = till.work.counter.sale.priced.total_minor
    names = [line.unit.name for line in till.lines]
    shifts = [x.shift_id for x in till.till.ledger.shifts.open_shifts()]
    signs_on = till.journal(EntryKind.SIGNED_ON)
    die(till, stick, pocket)
    began = time.monotonic()
    person = spare(tmp_path / "spare")
    restore(person, pocket, code)
    sign_on(person, CASHIER)
    record_property("restore_seconds", round(time.monotonic() - began, 1))
    record_property("restore_taps", person.taps)
    new = person.start.till
    for name in names:
        assert person.sees(name), person.words()
    assert person.sees(f"{due / 100:.2f}")
    assert [f"{x.quantity:f}" for x in new.counter.sale.basket.lines] == ["2", "1"]
    assert new.ledger.parked.count() == 1
    assert [x.shift_id for x in new.ledger.shifts.open_shifts()] == shifts
    name = "quickCash2" if person.hand.find_button("quickCash2") else "quickCash1"
    person.press(name)
    person.wait(lambda: person.shown == "paymentDoneScreen", "the sale's end")
    sale = new.ledger.last_sale()
    assert sale.priced.total_minor == due
    series, serial = sale.number.rsplit("-", 1)
    assert serial == "000001"
    assert series != first.number.rsplit("-", 1)[0]
    assert new.ledger.sale(first.sale_id).number == first.number
    (told,) = bodies(person, EntryKind.LEDGER_RESTORED)
    assert told["claimed"]
    assert bodies(person, EntryKind.SIGNED_ON)[: len(signs_on)] == signs_on
    person.wait(
        lambda: new.second_place.report().state is PlaceState.CURRENT, "the stick"
    )


def test_the_old_till_that_comes_back_says_that_another_one_went_on(
    till, spare, tmp_path
):
    stick = tmp_path / "stick"
    code = with_a_second_place(till, stick)
    till.scan(COLA_GTIN)
    first = till.pay_cash()
    till.till.ledger.flush()
    folder = till.folder
    till.stop()
    person = spare(tmp_path / "spare")
    restore(person, stick, code)
    person.go()
    again = ScreenTill(folder, till.qtbot).start()
    try:
        again.sign_on(MANAGER)
        again.wait(lambda: state(again) is PlaceState.TAKEN)
        again.flow.frame.tick()
        shown = [x.text for x in again.flow.frame.state().chips]
        assert _("A restored till goes on from here") in " ".join(shown), shown
        if again.shown != "saleScreen":
            again.press("mainAction")
        again.scan(COLA_GTIN)
        number = again.pay_cash().number
        assert number.rsplit("-", 1)[0] == first.number.rsplit("-", 1)[0]
        assert number != first.number
    finally:
        again.stop()
