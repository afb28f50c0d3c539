"""A drawer that is watched: what is warned of, what is journalled, what is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typing_extensions import override

from pos_app.bootstrap import Till
from pos_app.domain.drawer_level import ALARM_S
from pos_app.ports.devices import DrawerPort
from pos_app.services.drawer_watch import DrawerWatch
from pos_app.services.no_devices import NoDevices
from pos_app.services.printer_switch import NoPrinter
from tests.counter_shop import fresh_shop, opened, query
from tests.print_queue import SteadyClock


class HandDrawer:
    """A drawer that the test opens and shuts."""

    def __init__(self) -> None:
        self.stands_open: bool | None = False

    def kick(self) -> None:
        self.stands_open = True

    def is_open(self) -> bool | None:
        return self.stands_open


class OneDrawer(NoDevices):
    """Devices that are one drawer."""

    def __init__(self, drawer: DrawerPort) -> None:
        super().__init__(NoPrinter())
        self._drawer = drawer

    @override
    def drawer(self) -> DrawerPort:
        return self._drawer


class Watched:
    """A till, its drawer, its clock and what watches them."""

    def __init__(self, till: Till, clock: SteadyClock) -> None:
        self.till, self.clock, self.drawer = till, clock, HandDrawer()
        desk = replace(till.counter.desk, devices=OneDrawer(self.drawer))
        self.watch = DrawerWatch(desk)
        self.watch.look()

    def after(self, seconds: float, *, is_open: bool | None) -> bool:
        """Look every half second; return whether it is too long at the end."""
        self.drawer.stands_open = is_open
        for _step in range(round(seconds * 2)):
            self.clock.ms += 500
            self.watch.look()
        return self.watch.look().is_too_long

    def journal(self) -> list[tuple[str, dict[str, object]]]:
        self.till.ledger.flush()
        rows = query(
            self.till,
            "SELECT kind, canonical FROM journal WHERE kind LIKE 'Drawer%'"
            " ORDER BY epoch, seq",
        )
        return [(kind, json.loads(text)["body"]) for kind, text in rows]


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    clock = SteadyClock()
    with opened(fresh_shop(tmp_path), clock) as till:
        yield Watched(till, clock)


def test_a_drawer_that_is_shut_in_time_is_nobodys_news(watched: Watched) -> None:
    watched.watch.kicked()

    assert not watched.after(59, is_open=True)
    assert not watched.after(600, is_open=False)
    assert watched.journal() == []


def test_a_drawer_left_open_is_journalled_once_and_once_when_it_is_shut(
    watched: Watched,
) -> None:
    watched.watch.kicked()

    assert watched.after(61, is_open=True)
    assert watched.after(60, is_open=True)
    assert not watched.after(5, is_open=False)
    [(kind, told), (again, shut)] = watched.journal()
    assert (kind, again) == ("DrawerLeftOpen", "DrawerLeftOpen")
    assert (told["seconds"], told["is_shut"]) == (60, False)
    assert shut["is_shut"] is True
    assert shut["seconds"] in (120, 121, 122)


def test_a_drawer_that_nobody_told_to_open_was_opened_with_its_key(
    watched: Watched,
) -> None:
    watched.after(20, is_open=True)
    watched.after(20, is_open=False)

    [(kind, body)] = watched.journal()
    assert kind == "DrawerOpened"
    assert body["why"] == "key"


def test_a_key_opening_of_a_second_is_journalled_too(watched: Watched) -> None:
    watched.after(1, is_open=True)
    watched.after(20, is_open=False)

    assert [body["why"] for _kind, body in watched.journal()] == ["key"]


def test_the_word_of_a_command_may_come_after_the_drawer_is_seen_open(
    watched: Watched,
) -> None:
    watched.after(1, is_open=True)
    watched.watch.kicked()
    watched.after(20, is_open=True)

    assert watched.journal() == []


def test_a_drawer_that_was_open_when_the_till_began_accuses_nobody(
    tmp_path: Path,
) -> None:
    clock = SteadyClock()
    with opened(fresh_shop(tmp_path), clock) as till:
        watched = Watched.__new__(Watched)
        watched.till, watched.clock, watched.drawer = till, clock, HandDrawer()
        desk = replace(till.counter.desk, devices=OneDrawer(watched.drawer))
        watched.watch = DrawerWatch(desk)

        assert not watched.after(30, is_open=True)
        assert watched.journal() == []


def test_a_printer_that_stops_telling_ends_all_claims(watched: Watched) -> None:
    watched.watch.kicked()
    watched.after(30, is_open=True)

    assert not watched.after(100, is_open=None)
    assert not watched.after(30, is_open=True)
    assert watched.journal() == []


def test_a_drawer_that_is_counted_may_stand_open(watched: Watched) -> None:
    watched.watch.kicked()
    watched.watch.excuse()

    assert not watched.after(900, is_open=True)
    watched.after(5, is_open=False)
    watched.watch.kicked()
    assert watched.after(61, is_open=True)


def test_a_drawer_is_excused_before_its_command_has_opened_it(
    watched: Watched,
) -> None:
    """The count is asked for, written down, and only then the drawer opens."""
    watched.watch.excuse()
    watched.after(2, is_open=False)
    watched.watch.kicked()

    assert not watched.after(900, is_open=True)
    assert watched.journal() == []


def test_an_excuse_that_opened_no_drawer_lapses(watched: Watched) -> None:
    watched.watch.excuse()
    watched.after(60, is_open=False)
    watched.watch.kicked()

    assert watched.after(61, is_open=True)


@pytest.mark.parametrize("word_comes_late", [False, True])
def test_one_command_excuses_one_opening(
    watched: Watched, word_comes_late: bool
) -> None:
    """Whoever has the key and opens it again at once is written down."""
    if not word_comes_late:
        watched.watch.kicked()
    watched.after(1, is_open=True)
    if word_comes_late:
        watched.watch.kicked()
    watched.after(1, is_open=False)
    watched.after(5, is_open=True)

    assert [body["why"] for _kind, body in watched.journal()] == ["key"]


@pytest.mark.parametrize(("limit_s", "is_too_long"), [(0, False), (5, True)])
def test_how_long_is_a_setting_of_the_drawer(
    watched: Watched, limit_s: int, is_too_long: bool
) -> None:
    book = watched.till.device_book
    device = replace(book.receipt, options={ALARM_S: limit_s})
    stamp = watched.till.counter.desk.stamp()
    book.adopt(book.begin_put(stamp, device).result())
    watched.watch.kicked()

    assert watched.after(100, is_open=True) is is_too_long
