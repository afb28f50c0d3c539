"""The doctor says how old the second place is, and the one thing to do."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.system_clock import SystemClock
from pos_app.i18n import Words
from pos_app.persistence.checks.place_check import second_place
from pos_app.persistence.checks.room import CheckRoom
from pos_app.persistence.key_ring import open_key_ring
from pos_app.ports.health import Action, Severity
from pos_app.ports.second_place import PlaceState
from pos_app.services.doctor import advise
from tests.builders_place import (
    choose,
    make_place_shop,
    open_till,
    restore,
    sell,
    wait_for,
)


class Later(SystemClock):
    """The machine's clock, some minutes ahead."""

    def now(self):
        """Return a moment ten minutes from now."""
        return super().now().plus_seconds(600)


@pytest.fixture
def shop(tmp_path: Path):
    folder, code = make_place_shop(tmp_path / "shop")
    return folder, code, tmp_path / "stick"


def found(folder, clock=None):
    room = CheckRoom(folder, open_key_ring(folder.root), clock or SystemClock())
    (finding,) = second_place(room)
    room.close()
    assert advise(finding, Words("en")).what
    return finding


def test_a_shop_without_a_second_place_hears_of_it_calmly(shop) -> None:
    finding = found(shop[0])
    assert (finding.key, finding.severity) == ("second_place_none", Severity.NOTICE)
    assert finding.action is Action.CHOOSE_SECOND_PLACE


def test_a_place_with_everything_is_fine_while_the_till_sells_and_after(shop) -> None:
    folder, _code, stick = shop
    with open_till(folder) as till:
        choose(till, stick)
        sell(till)
        wait_for(lambda: found(folder).key == "second_place_current")
    assert found(folder).key == "second_place_current"
    assert found(folder, Later()).key == "second_place_current"


def test_a_place_that_hears_nothing_for_minutes_is_named_with_its_age(shop) -> None:
    folder, _code, stick = shop
    with open_till(folder) as till:
        choose(till, stick)
        wait_for(lambda: found(folder).key == "second_place_current")
        finding = found(folder, Later())
    assert finding.key == "second_place_behind"
    assert finding.params == {"folder": str(stick), "minutes": 10}
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("state", ["gone", "foreign", "taken"])
def test_what_is_wrong_with_a_place_is_said(shop, tmp_path: Path, state: str) -> None:
    folder, code, stick = shop
    with open_till(folder) as till:
        choose(till, stick)
    (own,) = stick.iterdir()
    if state == "gone":
        shutil.rmtree(stick)
    elif state == "foreign":
        place = json.loads((own / "place.json").read_text())
        (own / "place.json").write_text(json.dumps({**place, "ring_id": "0" * 32}))
    else:
        restore(stick, code, tmp_path / "spare")
    finding = found(folder)
    assert finding.key == f"second_place_{state}"
    assert finding.severity is Severity.WARNING
    assert finding.action is not Action.NONE


def test_the_chip_warns_when_somebody_must_act_or_the_place_is_old(shop) -> None:
    folder, _code, stick = shop
    with open_till(folder, patience_s=0.2) as till:
        assert not till.second_place.report().is_alarming
        choose(till, stick)
        report = till.second_place.report()
        assert not report.is_alarming
        assert replace(report, age_s=301).is_alarming
        assert not replace(report, age_s=299).is_alarming
        stick.rename(stick.with_name("pocket"))
        till.second_place.look_again()
        wait_for(lambda: till.second_place.report().state is PlaceState.GONE)
        assert till.second_place.report().is_alarming
