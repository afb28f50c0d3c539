"""The back office's list: plain where it fits, folded into groups where it does not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.office_rail import OfficeRail, RailEntry


def entries(count: int, groups: int = 3) -> list[RailEntry]:
    """Return so many entries, spread over groups."""
    size = -(-count // groups)
    return [
        RailEntry(f"part{at}", f"Part {at}", "tag", f"g{at // size}", f"G{at // size}")
        for at in range(count)
    ]


@pytest.fixture
def rail(qtbot) -> OfficeRail:
    made = OfficeRail()
    qtbot.addWidget(made)
    made.resize(168, 640)
    made.show()
    return made


def seen(rail: OfficeRail) -> list[str]:
    return [key for key, entry in rail.keys.items() if entry.isVisible()]


def heads(rail: OfficeRail) -> list[str]:
    return [x.text() for x in rail._groups if x.isVisible()]


def test_few_entries_stand_below_each_other_without_groups(rail) -> None:
    rail.show_entries(entries(8), "part0")
    assert (len(seen(rail)), heads(rail)) == (8, [])
    assert rail.head_of("part7") is None


def test_many_are_folded_but_for_the_group_of_the_open_one(rail, qtbot) -> None:
    rail.show_entries(entries(18), "part7")
    assert seen(rail) == [f"part{at}" for at in range(6, 12)]
    assert heads(rail) == ["G0", "G1", "G2"]
    qtbot.mouseClick(rail.head_of("part0"), Qt.MouseButton.LeftButton)
    assert seen(rail) == [f"part{at}" for at in range(6)]
    rail.show_entries(entries(18), "part7")  # a state that changes nothing
    assert seen(rail)[0] == "part0"
    rail.show_entries(entries(18), "part17")
    assert seen(rail)[0] == "part12"


def test_the_open_group_folds_in_by_a_touch(rail, qtbot) -> None:
    rail.show_entries(entries(18), "part0")
    head = rail._groups[0]
    assert head.accessibleDescription() == "Folded out"
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    assert seen(rail) == []
    assert head.accessibleDescription() == "Folded in"


def test_a_part_less_leaves_the_others_in_their_order(rail) -> None:
    rail.show_entries(entries(18), "part0")
    fewer = [x for x in entries(18) if x.key not in {"part1", "part12"}]
    rail.show_entries(fewer, "part13")
    assert seen(rail) == [f"part{at}" for at in range(13, 18)]
    rail.show_entries(entries(18), "part13")
    assert seen(rail) == [f"part{at}" for at in range(12, 18)]


def test_another_height_folds_or_unfolds(rail) -> None:
    rail.show_entries(entries(12), "part0")
    assert heads(rail)
    rail.resize(168, 900)
    assert (len(seen(rail)), heads(rail)) == (12, [])


def test_every_key_of_it_can_be_touched(rail) -> None:
    rail.show_entries(entries(18), "part0")
    shown = [*rail._groups, *(rail.keys[x] for x in seen(rail))]
    assert all(min(x.width(), x.height()) >= 48 for x in shown)
