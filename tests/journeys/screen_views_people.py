"""People and rules in the back office: every list, form and dialog of theirs."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.screen_till import ScreenTill


def people_views(till: ScreenTill) -> Iterator[str]:
    """Show one view after the other; ends in the back office."""
    till.press("tab_office")
    till.press("go-people")
    yield "people"
    yield from _to_the_end(till, "people")
    till.press("officeAdd")
    yield "people, a new one"
    till.press("officeSave")
    yield "people, refused"
    till.press("officeDiscard")
    part = till.flow.features.back_office.part
    part.on_act("pin")
    yield "people, a new PIN"
    dialog = till.flow.features.people.pins.dialog
    dialog.typed.emit("1111")
    yield "people, too easy a PIN"
    till.press("dialogClose")
    part.on_act("badge")
    yield "people, a new badge"
    till.press("dialogClose")
    part.on_filter("former")
    yield "people, nobody left"
    part.on_view("roles")
    yield "roles"
    yield from _to_the_end(till, "roles")
    yield from _rules(till)


def _rules(till: ScreenTill) -> Iterator[str]:
    till.press("go-rules")
    part = till.flow.features.back_office.part
    yield "taxes"
    yield from _to_the_end(till, "taxes")
    till.press("officeAdd")
    yield "taxes, a new one"
    till.press("officeDiscard")
    part.on_act("delete")
    yield "taxes, whether to delete"
    till.press("dialogClose")
    part.on_view("tenders")
    # A field that is half below the edge paints words that nobody sees.
    yield from _to_the_end(till, "tenders")
    part.on_view("reasons")
    yield "reasons"


def _to_the_end(till: ScreenTill, name: str) -> Iterator[str]:
    """Scroll the form down, screen by screen."""
    made = till.flow.features.back_office._made
    page = made[till.flow.features.back_office.shown_key][1]
    bar = page.area.verticalScrollBar()
    till.settle()
    places = range(bar.pageStep(), bar.maximum() + bar.pageStep(), bar.pageStep())
    for number, place in enumerate(places, 2):
        bar.setValue(min(place, bar.maximum()))
        yield f"{name}, page {number}"
    bar.setValue(0)


def sign_on_views(till: ScreenTill) -> Iterator[str]:
    """Show what may be done about a PIN, of whoever is chosen at the sign-on."""
    till.press("pinChange")
    yield "sign-on, another PIN"
    till.press("dialogClose")
    till.press("pinForgotten")
    yield "sign-on, recovery code"
    till.compose("AAAA-BBBB")
    till.press("pinRecoveryTake")
    till.wait(lambda: till.is_there("pinRecoveryProblem"))
    yield "sign-on, recovery code mistyped"
    till.press("dialogClose")
