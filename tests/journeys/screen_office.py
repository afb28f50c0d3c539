"""A part of the back office that is a list and a form, used by the shop's manager."""

from __future__ import annotations

from typing import Any

from tests.journeys.screen_till import ScreenTill

MANAGER = "1005"


def in_office(till: ScreenTill, part: str) -> ScreenTill:
    """Sign the manager on and open a part."""
    till.sign_on(MANAGER)
    till.press("tab_office")
    till.press(f"go-{part}")
    return till


def part_of(till: ScreenTill) -> Any:
    """Return the part that is open."""
    return till.flow.features.back_office.part


def fill(till: ScreenTill, **values: str) -> None:
    """Type into fields of the open form."""
    for key, value in values.items():
        part_of(till).on_edited(key, value)


def saved(till: ScreenTill) -> None:
    """Save the form, and wait until it is stored or refused."""
    part_of(till).on_save()
    till.wait(lambda: not part_of(till).is_working)


def stored(till: ScreenTill, view: str, **values: str) -> None:
    """Add something to a list; asserts that it was taken."""
    part_of(till).on_view(view)
    part_of(till).on_add()
    fill(till, **values)
    saved(till)
    assert not part_of(till).is_dirty, part_of(till).state
