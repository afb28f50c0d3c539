"""The back office's campaigns and segments, one view after the other."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.screen_till import ScreenTill


def campaign_views(till: ScreenTill) -> Iterator[str]:
    """Show the views; begins and ends in the back office."""
    till.press("go-campaigns")
    part = till.flow.features.back_office.part
    yield "campaigns, none yet"
    till.press("officeAdd")
    yield "a new campaign"
    for trigger in ("birthday", "newcomer", "referral", "win_back"):
        part.on_edited("trigger", trigger)
        yield f"a campaign for {trigger}"
    part.on_edited("audience", "tag")
    part.on_edited("since", "soon")
    till.press("officeSave")
    yield "a campaign whose day is none"
    till.press("officeDiscard")
    till.press("segment-campaignsViews-segments")
    till.press("officeAdd")
    yield "a new segment"
    part.act_on_segment(part._draft, "leaving")
    yield "a segment by groups"
    part.on_edited("by_goods", "1")
    yield "a segment of some goods"
    till.press("officeSave")
    till.wait(lambda: not part.is_working and not part.is_counting)
    yield "segments"
    till.press("segment-campaignsViews-campaigns")
