"""Campaigns and segments at the till's own back office."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from pos_app.domain.journal import EntryKind
from pos_app.i18n import _, plural
from tests.builders_campaigns import GIFT, coupon_template, enrol
from tests.journeys.screen_till import ScreenTill

MANAGER = "1005"


@pytest.fixture
def office(till: ScreenTill) -> ScreenTill:
    """Return a till at which the manager looks at the campaigns."""
    till.sign_on(MANAGER)
    coupon_template(till.work.counter)
    till.press("tab_office")
    till.press("go-campaigns")
    return till


def part(till: ScreenTill) -> Any:
    return till.flow.features.back_office.part


def stored(till: ScreenTill) -> None:
    till.wait(lambda: not part(till).is_working)


def write(till: ScreenTill, field: str, words: str) -> None:
    edit = till.find(f"edit-{field}")
    edit.setFocus()
    edit.selectAll()
    till.compose(words)


def press(till: ScreenTill, name: str) -> None:
    page = till.flow.features.back_office._made["campaigns"][1]
    page.area.ensureWidgetVisible(till.find(name))
    till.press(name)


def facts(till: ScreenTill) -> dict[str, str]:
    (found,) = (x for x in part(till).state.fields if x.key == "facts")
    return {each.key: each.words for each in found.options}


def members(count: int) -> str:
    return plural("{count} member", "{count} members", count)


def problems(till: ScreenTill) -> list[str]:
    return [x.key for x in part(till).state.fields if x.problem]


def write_campaign(till: ScreenTill) -> None:
    till.press("officeAdd")
    write(till, "name", "Welcome in")
    part(till).on_edited(f"coupon:{GIFT}", "1")
    write(till, "cost", "5")
    write(till, "budget", "12")
    till.press("officeSave")
    stored(till)


def test_a_campaign_is_written_counted_started_and_stopped(office: ScreenTill) -> None:
    counter = office.work.counter
    member = enrol(counter)
    write_campaign(office)
    assert [x.mark for x in part(office).state.rows] == [_("draft")]
    press(office, "act-count")
    office.wait(lambda: len(facts(office)) > 2)
    assert facts(office)[_("Members it is for")] == members(1)
    assert facts(office)[_("Today's would cost at most")].endswith("5.00")
    press(office, "act-start")
    stored(office)
    assert [x.mark for x in part(office).state.rows] == [_("running")]
    assert counter.campaigns.here(member).result().why_not == ""
    press(office, "act-stop")
    stored(office)
    assert counter.campaigns.here(member).result().gift is None
    told = [x["what"] for x in office.journal(EntryKind.CAMPAIGN_CHANGED)]
    assert told == ["draft", "start", "stop"]


def test_what_cannot_be_is_said_at_its_field(office: ScreenTill) -> None:
    office.press("officeAdd")
    write(office, "name", "Odd")
    write(office, "since", "soon")
    office.press("officeSave")
    assert problems(office) == ["since"]
    write(office, "since", "")
    write(office, "in_all", "many")
    office.press("officeSave")
    assert problems(office) == ["in_all"]
    office.press("officeDiscard")
    assert not part(office).is_dirty


def test_a_segment_begins_with_what_shops_ask_for_most(office: ScreenTill) -> None:
    office.press("segment-campaignsViews-segments")
    office.press("officeAdd")
    press(office, "act-high_value")
    assert part(office).state.title == _("High value")
    office.press("officeSave")
    stored(office)
    office.wait(lambda: not part(office).is_counting)
    (segment,) = office.work.counter.segments.list()
    assert segment.version.rule is not None
    assert segment.version.rule.tag == _("High value")
    press(office, "act-count")
    office.wait(lambda: any(x.key == "facts" for x in part(office).state.fields))
    assert facts(office) == {_("Would be in it today"): members(0)}


def test_a_segment_that_measures_nothing_is_refused_at_its_field(
    office: ScreenTill,
) -> None:
    office.press("segment-campaignsViews-segments")
    office.press("officeAdd")
    write(office, "name", "Empty")
    write(office, "tag", "empty")
    office.press("officeSave")
    assert problems(office) == ["metric0"]
    office.press("officeDiscard")


def test_a_segment_that_is_stored_while_all_are_counted_is_counted_as_well(
    office: ScreenTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    segments, goes_on = office.work.counter.segments, Event()
    count, counted = segments.refreshing, []

    def slowly() -> Callable[[], None]:
        counted.append([x.version.name for x in segments.list()])
        work = count()

        def run() -> None:
            work()
            goes_on.wait()

        return run

    monkeypatch.setattr(segments, "refreshing", slowly)
    part(office).count_anew()
    office.press("segment-campaignsViews-segments")
    office.press("officeAdd")
    press(office, "act-high_value")
    office.press("officeSave")
    stored(office)
    goes_on.set()
    office.wait(lambda: not part(office).is_counting)
    assert counted == [[], [_("High value")]]
